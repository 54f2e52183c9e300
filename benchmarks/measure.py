"""Measure kimplan side by side with what it is held against, and print the figures as Markdown.

Run it from the repository's root, with nothing else running:

    python3 benchmarks/measure.py            all figures, about fifteen minutes
    python3 benchmarks/measure.py --runs 7   fewer runs of the short commands

It builds the wheel, installs it byte-compiled into a virtual environment of its own, and runs the
commands of each figure in turn (A B A B …), so that a change of the machine's speed meets both.
A ratio is the median of the ratios of the pairs. Where ``perf stat`` can count instructions, the
ratio of instructions is given too.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from plans import write_plan
from repositories import write_history
from tables import write_table

_ROOT = Path(__file__).resolve().parent.parent
_FINE = frozenset({0})
_COMPOSE = """
import os, sys
from ruamel.yaml.cyaml import CSafeLoader
folder = sys.argv[1] + "/recommendations"
for name in os.listdir(folder):
    with open(f"{folder}/{name}", "rb") as file:
        CSafeLoader(file.read()).get_single_node()
"""
_PREPARE = """
import datetime, pathlib, sys
from kimplan.linter import load
from kimplan.report.build import build_report
from kimplan.report.request import Request
plan = load(pathlib.Path(sys.argv[1])).plan
document = build_report(plan, Request(datetime.date(2024, 5, 31), "Source version 0000000"))
del plan
"""
_WRITE_REPORT = f"""{_PREPARE}
import time
from kimplan.word import write_report
started = time.perf_counter()
write_report(document, pathlib.Path(sys.argv[2]))
print(time.perf_counter() - started)
"""
_READ_TABLE = """
import gc, pathlib, sys
gc.disable()
from kimplan.exchange.read import read_sheets
read_sheets(pathlib.Path(sys.argv[1]))
"""
_WRITE_STRINGS = """
import sys, time, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    text = archive.read("word/document.xml").decode()
rows = [row + "</w:tr>" for row in text.split("</w:tr>")]
started = time.perf_counter()
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("word/document.xml", "w") as file:
        for row in rows:
            file.write(row.encode())
print(time.perf_counter() - started)
"""


class Run(NamedTuple):
    """One run of a command: seconds of wall and of user time, MiB at most, and what it printed."""

    seconds: float
    processor: float
    mebibytes: float
    output: str


class Pair(NamedTuple):
    """The runs of two commands in turn."""

    ours: list[Run]
    theirs: list[Run]

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios of wall time."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(a.seconds / b.seconds for a, b in pairs)


def run(command: Sequence[str], cwd: Path, codes: frozenset[int] = _FINE) -> Run:
    started = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} failed:\n{text}")
    return Run(seconds, usage.ru_utime, usage.ru_maxrss / 1024, text)


def in_turn(
    ours: Sequence[str],
    theirs: Sequence[str],
    runs: int,
    cwd: Path = _ROOT,
    codes: frozenset[int] = _FINE,
) -> Pair:
    run(ours, cwd, codes), run(theirs, cwd, codes)
    pair = Pair([], [])
    for _ in range(runs):
        pair.ours.append(run(ours, cwd, codes))
        pair.theirs.append(run(theirs, cwd, codes))
    return pair


def instructions(command: Sequence[str]) -> int | None:
    """Return the instructions that `command` takes, where this machine can count them."""
    if not shutil.which("perf"):
        return None
    perf = ["perf", "stat", "-x", ",", "-e", "instructions:u", *command]
    done = subprocess.run(perf, cwd=_ROOT, capture_output=True, text=True, check=False)
    for line in done.stderr.splitlines():
        count, _, _ = line.partition(",")
        if "instructions" in line and count.isdecimal():
            return int(count)
    return None


def milliseconds(runs: list[Run]) -> str:
    times = [one.seconds * 1000 for one in runs]
    return f"{statistics.median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})"


def install(folder: Path) -> Path:
    """Build the wheel, install it into a new environment, and return that one's programs."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder / "dist", _ROOT], check=True)
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    programs = folder / "venv" / "bin"
    wheel = next((folder / "dist").glob("*.whl"))
    quiet = ["--quiet", "--disable-pip-version-check"]
    peers = ["check-jsonschema", "yamllint"]
    install = [str(programs / "pip"), "install", *quiet, "--compile", str(wheel)]
    subprocess.run([*install, *peers], check=True)
    return programs


def short_commands(programs: Path, folder: Path, runs: int) -> None:
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    report = [kimplan, "report", "--as-of", "2024-05-31", "--output", str(folder / "report.docx")]
    bare = [python, "-c", "pass"]
    pydantic = [python, "-c", "from pydantic import BaseModel"]
    print("| command | held against | limit | ratio of wall time | of instructions | median |")
    print("| --- | --- | --- | --- | --- | --- |")
    for ours, theirs, limit in (
        ([kimplan, "--version"], bare, 2.0),
        ([kimplan, "lint"], pydantic, 2.1),
        (report, pydantic, 2.7),
    ):
        pair = in_turn(ours, theirs, runs)
        a, b = instructions(ours), instructions(theirs)
        counted = f"{a / b:.2f}" if a and b else "not counted here"
        against = theirs[-1]
        print(
            f"| `kimplan {ours[1]}` | `python -c '{against}'` | {limit} | {pair.ratio:.2f} "
            f"| {counted} | {milliseconds(pair.ours)} |"
        )
    for ours in ([kimplan, "--help"],):
        print(f"| `kimplan --help` | | | | | {milliseconds(in_turn(ours, bare, runs).ours)} |")


def large_plans(programs: Path, folder: Path, runs: int) -> None:
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    for size in (1_000, 10_000):
        write_plan(folder / str(size) / "plan", size)
    print("\n| recommendations | `lint` | a file | peak | compose only | ratio | limit |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    base = statistics.median(
        one.seconds for one in in_turn([kimplan, "lint"], [python, "-V"], runs).ours
    )
    for size in (1_000, 10_000):
        plan = str(folder / str(size) / "plan")
        pair = in_turn([kimplan, "lint", "--plan", plan], [python, "-c", _COMPOSE, plan], runs)
        seconds = statistics.median(one.seconds for one in pair.ours)
        each = (seconds - base) / (size - 21) * 1e6
        peak = max(one.mebibytes for one in pair.ours)
        limit = "2.2, 60 MiB" if size == 10_000 else ""
        print(
            f"| {size:,} | {milliseconds(pair.ours)} | {each:.0f} µs | {peak:.0f} MiB "
            f"| {milliseconds(pair.theirs)} | {pair.ratio:.2f} | {limit} |"
        )


def peers(programs: Path, folder: Path, runs: int) -> None:
    """Hold lint against yamllint and check-jsonschema on the same files."""
    kimplan = str(programs / "kimplan")
    schema = folder / "recommendation.schema.json"
    schema.write_text(run([kimplan, "schema"], _ROOT).output, encoding="utf-8")
    (folder / "yamllint.yaml").write_text("extends: default\nrules: {line-length: disable}\n")
    print("\n| files | `lint` | yamllint | ratio | limit | check-jsonschema | ratio | limit |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for size, limit, schema_limit in ((1_000, 0.15, ""), (10_000, 0.10, "0.16")):
        plan = folder / str(size) / "plan"
        files = sorted(str(path) for path in (plan / "recommendations").iterdir())
        lint = [kimplan, "lint", "--plan", str(plan)]
        yamllint = [str(programs / "yamllint"), "-c", str(folder / "yamllint.yaml"), str(plan)]
        checker = [str(programs / "check-jsonschema"), "--schemafile", str(schema), *files]
        one, two = in_turn(lint, yamllint, runs), in_turn(lint, checker, runs)
        print(
            f"| {size:,} | {milliseconds(one.ours)} | {milliseconds(one.theirs)} | {one.ratio:.3f} "
            f"| {limit} | {milliseconds(two.theirs)} | {two.ratio:.3f} | {schema_limit} |"
        )


def answers(programs: Path, folder: Path, runs: int) -> None:
    """Hold overdue and list, and lint of a plan with findings, against lint."""
    kimplan = str(programs / "kimplan")
    plan = str(folder / "10000" / "plan")
    lint = [kimplan, "lint", "--plan", plan]
    faulty = folder / "faulty" / "plan"
    shutil.copytree(plan, faulty)
    for number in range(50, 10_001, 100):
        record = faulty / "recommendations" / f"REC{number}.yaml"
        record.write_text(record.read_text().replace("title:", "titel:"), encoding="utf-8")
    print("\n| 10,000 recommendations | held against | ratio | limit | median |")
    print("| --- | --- | --- | --- | --- |")
    for name, ours, limit in (
        ("`overdue`", [kimplan, "overdue", "--plan", plan, "--as-of", "2024-05-31"], 1.1),
        ("`list`", [kimplan, "list", "--plan", plan, "--as-of", "2024-05-31"], 1.1),
        ("`lint`, 100 files with findings", [kimplan, "lint", "--plan", str(faulty)], 1.1),
    ):
        pair = in_turn(ours, lint, runs, codes=frozenset({0, 1}))
        print(f"| {name} | `lint` | {pair.ratio:.2f} | {limit} | {milliseconds(pair.ours)} |")


def histories(programs: Path, folder: Path, runs: int) -> None:
    """Hold history against git's own log, and changes against loading the plan."""
    kimplan = str(programs / "kimplan")
    print("\n| files, commits | `history` | git log | ratio | `changes` | `list` | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size, commits in ((21, 500), (1_000, 5_000)):
        top = folder / f"history-{size}"
        write_history(top, size, commits)
        log = ["git", "log", "--raw", "-z", "-M"]
        one = in_turn([kimplan, "history"], log, runs, top)
        changes = [kimplan, "changes", "--since", f"HEAD~{commits // 5}", "--as-of", "2024-05-31"]
        two = in_turn(changes, [kimplan, "list", "--as-of", "2024-05-31"], runs, top)
        print(
            f"| {size:,}, {commits:,} | {milliseconds(one.ours)} | {milliseconds(one.theirs)} "
            f"| {one.ratio:.2f} | {milliseconds(two.ours)} | {milliseconds(two.theirs)} "
            f"| {two.ratio:.2f} |"
        )


def large_report(programs: Path, folder: Path, runs: int) -> None:
    python = str(programs / "python")
    plan, docx = str(folder / "10000" / "plan"), str(folder / "large.docx")
    write = [python, "-c", _WRITE_REPORT, plan, docx]
    run(write, _ROOT)
    strings = [python, "-c", _WRITE_STRINGS, docx, str(folder / "strings.zip")]
    pair = in_turn(write, strings, runs)
    ours = [float(one.output) for one in pair.ours]
    theirs = [float(one.output) for one in pair.theirs]
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    command = [str(programs / "kimplan"), "report", "--plan", plan, "--as-of", "2024-05-31"]
    whole = [run([*command, "--output", docx], _ROOT) for _ in range(runs)]
    peak = max(one.mebibytes for one in whole)
    print("\n| 10,000 recommendations | seconds | limit |")
    print("| --- | --- | --- |")
    print(
        f"| the report built and saved, from `ReportDocument` | {statistics.median(ours):.2f} | |"
    )
    print(f"| the same XML as strings into a zip | {statistics.median(theirs):.2f} | |")
    print(f"| ratio | {ratio:.2f} | 3 |")
    print(f"| `kimplan report`, whole | {statistics.median(o.seconds for o in whole):.2f} | |")
    print(f"| its peak memory | {peak:.0f} MiB | 260 MiB |")


def imports(programs: Path, folder: Path, runs: int) -> None:
    """Hold an import against reading the table alone, and against lint of the result."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    table = folder / "table.csv"
    write_table(table, 10_000)
    found: list[tuple[Run, Run, Run]] = []
    for number in range(runs):
        plan = str(folder / f"imported-{number}")
        name = ["--organisation", "An organisation"]
        read = run([python, "-c", _READ_TABLE, str(table)], _ROOT)
        made = run([kimplan, "import", str(table), "--plan", plan, *name], folder)
        found.append((read, made, run([kimplan, "lint", "--plan", plan], _ROOT)))
    reading, importing, linting = (
        statistics.median(one[at].processor for one in found) for at in range(3)
    )
    ratio = statistics.median(b.processor / (a.processor + c.processor) for a, b, c in found)
    peak = max(one[1].mebibytes for one in found)
    print("\n| a CSV file of 10,000 rows | user seconds | limit |")
    print("| --- | --- | --- |")
    print(f"| read alone | {reading:.2f} | |")
    print(f"| `kimplan lint` of the result | {linting:.2f} | |")
    print(f"| `kimplan import`, which runs both | {importing:.2f} | |")
    print(f"| ratio to the sum of the others | {ratio:.2f} | 2 |")
    print(f"| its peak memory | {peak:.0f} MiB | 300 MiB |")


def workbook(programs: Path, folder: Path, runs: int) -> None:
    """Hold the export of a workbook against lint and the same cells from the bare library."""
    python, kimplan = str(programs / "python"), str(programs / "kimplan")
    plan = str(folder / "10000" / "plan")
    bare = [python, str(_ROOT / "benchmarks" / "bare_workbook.py"), plan, str(folder / "bare.xlsx")]
    name = ["--as-of", "2024-05-31", "--output", str(folder / "plan.xlsx")]
    found: list[tuple[Run, Run, float]] = []
    for _ in range(runs):
        made = run([kimplan, "export", "xlsx", "--plan", plan, *name], folder)
        linted = run([kimplan, "lint", "--plan", plan], _ROOT)
        found.append((made, linted, float(run(bare, _ROOT).output)))
    ratio = statistics.median(a.processor / (b.processor + c) for a, b, c in found)
    peak = max(one[0].mebibytes for one in found)
    print("\n| a workbook of 10,000 recommendations | user seconds | limit |")
    print("| --- | --- | --- |")
    linting, writing, making = (
        statistics.median(numbers)
        for numbers in zip(*((b.processor, c, a.processor) for a, b, c in found), strict=True)
    )
    print(f"| `kimplan lint` | {linting:.2f} | |")
    print(f"| the same cells with XlsxWriter alone | {writing:.2f} | |")
    print(f"| `kimplan export xlsx`, which does both | {making:.2f} | |")
    print(f"| ratio to the sum of the others | {ratio:.2f} | 1.5 |")
    print(f"| its peak memory | {peak:.0f} MiB | |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21, help="runs of each short command")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder)
        short_commands(programs, folder, arguments.runs)
        large_plans(programs, folder, max(arguments.runs // 3, 3))
        peers(programs, folder, max(arguments.runs // 7, 3))
        answers(programs, folder, max(arguments.runs // 3, 3))
        histories(programs, folder, max(arguments.runs // 3, 3))
        large_report(programs, folder, max(arguments.runs // 4, 3))
        imports(programs, folder, max(arguments.runs // 4, 3))
        workbook(programs, folder, max(arguments.runs // 4, 3))


if __name__ == "__main__":
    main()
