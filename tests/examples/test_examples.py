"""What is right and what is wrong, each example beside what is said of it.

An example stands as REC4 in a plan of three sound records, or as its plan.yaml or owners.yaml if
its name says so. The report that the plan answers is of May 2023. An example of KP7 is checked on
31 May 2024; one of KP8 on 1 June 2023, against the file of the same name in before/. One whose name
ends with ``.brag`` is of a plan of that scheme; ``-from-rag`` names the scheme before the change.
After a change, look at the new texts of ``pytest --update-golden``.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import (
    AS_OF,
    SHIPPED_PLAN,
    TESTS,
    Golden,
    lint_output,
    load_plan,
    make_owners,
    make_record,
    make_settings,
    small_records,
    write_file,
    write_plan,
)

from kimplan.linter import Clock
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.plan import Settings
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.rules.all_rules import ALL_RULES
from kimplan.snapshot.earlier import Base

HERE = Path(__file__).resolve().parent
SETTINGS = ".plan.yaml"
OWNERS = ".owners.yaml"
BRAG = ".brag.yaml"
DAY_OF_CHANGE = date(2023, 6, 1)
OWN_FIELDS = (
    {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Medium", "Low"]},
    {"id": "lead-team", "label": "Lead team"},
    {"id": "learning", "label": "What was learnt", "type": "text"},
    {"id": "reviewed", "label": "Last reviewed", "type": "date"},
    {"id": "board-paper", "label": "Board paper", "type": "link"},
)
EVIDENCE = "evidence/guidance note v3.pdf"  # the one file that stands in the repository


def examples(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.yaml"))


def is_record(example: Path) -> bool:
    return not example.name.endswith((SETTINGS, OWNERS))


INVALID = examples("invalid")
VALID = examples("valid")
RIGHT_RECORDS = [path for path in VALID if is_record(path)]


def plan_with(example: Path, folder: Path) -> Path:
    """Write a plan that holds `example`, and one file of evidence beside it."""
    (folder / "evidence").mkdir()
    write_file(folder / EVIDENCE, "Guidance")
    content = example.read_bytes()
    scheme, beside = scheme_of(example), small_records()
    if scheme is Scheme.BRAG:  # the neighbours are as complete as they are elsewhere
        beside = {ref: text.replace("rag: green", "rag: blue") for ref, text in beside.items()}
    if example.name.startswith(("KP7", "KP8")):  # the neighbours promise nothing
        beside = {
            ref: re.sub("rag: .*\n(due: .*\n)?", "rag: not-applicable\n", text)
            for ref, text in beside.items()
        }
    records: dict[str, str | bytes] = {**beside}
    if example.name.endswith(SETTINGS):
        return write_plan(folder, records=records, settings=content)
    source = make_settings(
        source={"title": "Spotlight on repairs", "published": "2023-05"},
        fields=OWN_FIELDS,
        ratings={"scheme": str(scheme)},
    )
    if example.name.endswith(OWNERS):
        return write_plan(folder, records=records, settings=source, owners=content)
    return write_plan(folder, records=records | {ref_of(example): content}, settings=source)


def scheme_of(example: Path) -> Scheme:
    is_brag = BRAG in example.name or "scheme: brag" in example.read_text("latin-1")
    return Scheme.BRAG if is_brag else Scheme.RAG


def scheme_before(example: Path) -> Scheme:
    """Return the scheme before a change of it, which the name of the example tells."""
    return next((one for one in Scheme if f"-from-{one}." in example.name), scheme_of(example))


def ref_of(example: Path) -> str:
    return "NO" if example.stem.startswith("words") else "REC4"


def clock_of(example: Path, plan: Path) -> Clock | None:
    """Return what a check of `example` needs beside its plan, which lint does not."""
    if example.name.startswith("KP7"):
        return Clock(AS_OF)
    if not example.name.startswith("KP8"):
        return None
    before = (HERE / "before" / example.name).read_bytes()
    if not is_record(example):
        path = f"{plan.as_posix()}/plan.yaml"
        earlier = load_bytes(path, before, Settings)
        assert earlier.value is not None
        return Clock(DAY_OF_CHANGE, Base("main", frozenset({path}), {}, earlier))
    old = load_bytes(
        f"{plan.as_posix()}/recommendations/REC4.yaml",
        before,
        Recommendation,
        scheme_before(example),
    )
    assert old.value is not None
    if old.value.ref == "REC4":
        return Clock(DAY_OF_CHANGE, Base("main", frozenset({old.path}), {old.path: old}))
    gone = load_bytes(old.path.replace("REC4", old.value.ref), before, Recommendation)
    return Clock(DAY_OF_CHANGE, Base("main", frozenset({old.path, gone.path}), {gone.path: gone}))


def findings_of(example: Path, folder: Path) -> str:
    plan = plan_with(example, folder)
    return lint_output(plan, clock_of(example, plan))


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_what_is_said_of_a_wrong_file(example: Path, tmp_path: Path, golden: Golden) -> None:
    said = findings_of(example, tmp_path)
    golden(example.with_suffix(".expected.txt"), said)
    code = example.name.split("-", 1)[0]
    [severity] = {rule.severity for rule in ALL_RULES if rule.code == code}
    assert f" {severity} {code} " in said


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.stem)
def test_nothing_is_said_of_a_right_file(example: Path, tmp_path: Path) -> None:
    read = 3 if not is_record(example) else 4
    assert findings_of(example, tmp_path) == f"No problems in {read} recommendations.\n"


@pytest.mark.parametrize("example", RIGHT_RECORDS, ids=lambda path: path.stem)
def test_what_is_read_from_a_right_record(example: Path, tmp_path: Path, golden: Golden) -> None:
    plan = load_plan(plan_with(example, tmp_path))
    item = next(item for item in plan.recommendations if item.ref == ref_of(example))
    read = item.model_dump(by_alias=True, exclude_defaults=True, warnings="none")
    text = json.dumps(read, indent=2, ensure_ascii=False, default=str)
    golden(example.with_suffix(".expected.json"), f"{text}\n")


def test_each_example_has_its_expected_text_and_each_text_its_example() -> None:
    texts = {path.name.removesuffix(".expected.txt") for path in HERE.glob("invalid/*.txt")}
    assert texts == {path.stem for path in INVALID}
    values = {path.name.removesuffix(".expected.json") for path in HERE.glob("valid/*.json")}
    assert values == {path.stem for path in RIGHT_RECORDS}
    assert VALID
    assert INVALID


def test_each_change_has_what_was_before_it_and_nothing_else_has() -> None:
    changes = [path.name for path in (*INVALID, *VALID) if path.name.startswith("KP8")]
    assert sorted(changes) == [path.name for path in examples("before")]


def test_every_code_that_a_file_can_show_has_a_right_and_a_wrong_one() -> None:
    right, wrong = ({path.name.split("-", 1)[0] for path in paths} for paths in (VALID, INVALID))
    assert {code for code in right if code.startswith("KP")} == wrong


def test_what_is_said_of_the_shipped_plan(golden: Golden) -> None:
    golden(TESTS / "golden" / "lint-shipped-plan.txt", lint_output(SHIPPED_PLAN))


def test_what_is_said_of_a_plan_with_much_wrong(tmp_path: Path, golden: Golden) -> None:
    records: dict[str, str | bytes] = {
        **small_records(),
        "REC4": make_record(ref="rec1", section="x", rag="red", due=None, owners=["Nobody"]),
        "REC5": make_record(ref="REC5", due="2024-13-45", owner="Head of Repairs"),
        "REC6": "ref: REC6\n\x1b[31m: [red]\u202e\n",
        "REC7": b"title: the landlord\x92s plan\n",
        "REC8": "",
        "REC10": make_record(ref="REC10", rag="green", title="case #12"),
        "REC11": make_record(ref="REC11").replace("Keep a register", "Case #12"),
    }
    settings = make_settings(columns=[{"field": "reff", "label": ""}], audience="")
    owners = make_owners("Company Secretary", "Head of Repairs", "Head of Repairs")
    plan = write_plan(tmp_path, records=records, settings=settings, owners=owners)
    for name in ("notes.txt", "recommendations/REC9.yml", "recommendations/REC3 - old.txt"):
        write_file(plan / name, "x\n")
    golden(TESTS / "golden" / "lint-much-wrong.txt", lint_output(plan))
