"""Plans of many records: lint, the answers, and the peers on the same files."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Sequence
from pathlib import Path

from plans import write_plan
from running import (
    COMPOSE,
    DAY,
    ROOT,
    counter_name,
    in_turn,
    instructions,
    milliseconds,
    new_environment,
    peak,
    run,
    run_on_terminal,
)

_FOUND = frozenset({0, 1})
_SIZES = (1_000, 10_000, 100_000)
_SLIPS = (  # ten of them, so that what is found out about one word does not serve for all files
    ("title:", "titel:"), ("response:", "respons:"), ("section:", "secton:"), ("rag:", "rga:"),
    ("detail:", "deatil:"), ("title:", "tilte:"), ("response:", "repsonse:"), ("rag:", "rating:"),
    ("section: section", "section: sektion"), ("detail:", "details:"),
)  # fmt: skip
_COUNTED = (500, 1_500)  # records: enough that what each of them adds is the same in every run


def large_plans(programs: Path, folder: Path, runs: int) -> None:
    """Hold lint of growing plans against reading and composing the same files."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    base = in_turn([kimplan, "lint"], [python, "-V"], runs)
    start = statistics.median(one.processor for one in base.ours)
    print("\n| records | `lint` | each | peak memory | composing | ratio | of user time | limit |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    print(f"| 21, the shipped plan | {milliseconds(base.ours)} | | {peak(base.ours)} | | | |")
    for size in _SIZES:
        plan = str(folder / str(size) / "plan")
        write_plan(Path(plan), size)
        times = runs if size < _SIZES[-1] else 2
        pair = in_turn([kimplan, "lint", "--plan", plan], [python, "-c", COMPOSE, plan], times)
        seconds = statistics.median(one.processor for one in pair.ours)
        each = (seconds - start) / (size - 21) * 1e6
        limit = "2.3" if size == 10_000 else ""
        print(
            f"| {size:,} | {milliseconds(pair.ours)} | {each:.0f} µs | {peak(pair.ours)} "
            f"| {milliseconds(pair.theirs)} | {pair.ratio:.2f} | {pair.processor_ratio:.2f} "
            f"| {limit} |"
        )
    shutil.rmtree(folder / str(_SIZES[-1]))


def answers(programs: Path, folder: Path, runs: int) -> None:
    """Hold the answers about 10,000 records against composing, and a terminal against a pipe."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    plan = str(folder / "10000" / "plan")
    faulty = folder / "faulty" / "plan"
    shutil.copytree(plan, faulty)
    for number in range(50, 10_001, 100):
        record = faulty / "recommendations" / f"REC{number}.yaml"
        right, wrong = _SLIPS[number // 100 % len(_SLIPS)]
        record.write_text(record.read_text().replace(right, wrong, 1), encoding="utf-8")
    compose = [python, "-c", COMPOSE, plan]
    lint = [kimplan, "lint", "--plan", plan]
    overdue, list_ = ([kimplan, name, "--plan", plan, *DAY] for name in ("overdue", "list"))
    print("\n| 10,000 recommendations | held against | ratio | of user time | limit | median |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, against, ours, theirs, limit in (
        ("`overdue`", "composing", overdue, compose, "1.7"),
        ("`list`", "composing", list_, compose, "1.7"),
        (
            "`lint`, 100 files with findings",
            "`lint`",
            [kimplan, "lint", "--plan", str(faulty)],
            lint,
            "1.1",
        ),
    ):
        pair = in_turn(ours, theirs, runs, codes=_FOUND)
        print(
            f"| {name} | {against} | {pair.ratio:.2f} | {pair.processor_ratio:.2f} | {limit} "
            f"| {milliseconds(pair.ours)} |"
        )
    shown = [*list_, "--no-pager"]
    pair = in_turn(shown, list_, runs, codes=_FOUND, runner=run_on_terminal)
    print(
        f"| `list` on a terminal | `list` in a pipe | {pair.ratio:.2f} "
        f"| {pair.processor_ratio:.2f} | 1.5 | {milliseconds(pair.ours)} |"
    )


def each_record(programs: Path, folder: Path, runs: int) -> None:
    """Count the instructions that each further record takes, whatever else the machine does."""
    python = str(programs / "python")
    fewer, more = (str(folder / f"counted-{size}" / "plan") for size in _COUNTED)
    for plan, size in zip((fewer, more), _COUNTED, strict=True):
        write_plan(Path(plan), size)
    kimplan = [python, str(programs / "kimplan")]
    commands: tuple[tuple[str, list[str], Sequence[str]], ...] = (
        ("composing", [python, "-c", COMPOSE], []),
        ("`lint`", [*kimplan, "lint", "--plan"], []),
        ("`overdue`", [*kimplan, "overdue", "--plan"], DAY),
        ("`list`", [*kimplan, "list", "--plan"], DAY),
    )
    print(f"\n| each further record, by {counter_name()} | instructions | ratio |")
    print("| --- | --- | --- |")
    composing = 0.0
    for name, before, behind in commands:
        few, many = (instructions([*before, plan, *behind], codes=_FOUND) for plan in (fewer, more))
        if few is None or many is None:
            print(f"| {name} | not counted here | |")
            continue
        each = (many - few) / (_COUNTED[1] - _COUNTED[0])
        composing = composing or each
        print(f"| {name} | {each / 1000:.0f} k | {each / composing:.2f} |")


def peers(programs: Path, folder: Path, runs: int) -> None:
    """Hold lint against yamllint and check-jsonschema on the same files."""
    kimplan = str(programs / "kimplan")
    alone = new_environment(folder / "alone", ["check-jsonschema"])
    schema = folder / "recommendation.schema.json"
    schema.write_text(run([kimplan, "schema"], ROOT).output, encoding="utf-8")
    (folder / "yamllint.yaml").write_text("extends: default\nrules: {line-length: disable}\n")
    print("\n| files | held against | `lint` | the other | ratio | limit |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size, limits in ((1_000, ("0.15", "", "")), (10_000, ("0.10", "", "0.28"))):
        plan = folder / str(size) / "plan"
        files = sorted(str(path) for path in (plan / "recommendations").iterdir())
        lint = [kimplan, "lint", "--plan", str(plan)]
        checked = ["--schemafile", str(schema), *files]
        style = ["-c", str(folder / "yamllint.yaml"), str(plan)]
        others = (
            ("yamllint", [str(programs / "yamllint"), *style]),
            ("check-jsonschema, without the C parser", [str(alone / "check-jsonschema"), *checked]),
            ("check-jsonschema, with it", [str(programs / "check-jsonschema"), *checked]),
        )
        for (name, other), limit in zip(others, limits, strict=True):
            pair = in_turn(lint, other, runs)
            print(
                f"| {size:,} | {name} | {milliseconds(pair.ours)} | {milliseconds(pair.theirs)} "
                f"| {pair.ratio:.3f} | {limit} |"
            )
