"""Records that are right and records that are wrong, each beside what is said of it.

An example stands as REC4 in a plan of three sound records, or as its plan.yaml or owners.yaml if
its name says so. After a change, look at the new texts of ``pytest --update-golden``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import (
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

HERE = Path(__file__).resolve().parent
INVALID = sorted((HERE / "invalid").glob("*.yaml"))
VALID = sorted((HERE / "valid").glob("*.yaml"))


def plan_with(example: Path, folder: Path) -> Path:
    content = example.read_bytes()
    if example.name.endswith(".plan.yaml"):
        return write_plan(folder, settings=content)
    if example.name.endswith(".owners.yaml"):
        return write_plan(folder, owners=content)
    return write_plan(folder, records=small_records() | {"REC4": content})


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_what_is_said_of_a_wrong_record(example: Path, tmp_path: Path, golden: Golden) -> None:
    said = lint_output(plan_with(example, tmp_path))
    golden(example.with_suffix(".expected.txt"), said)
    code = example.name.split("-", 1)[0]
    severity = "warning" if code == "KP008" else "error"
    assert f" {severity} {code} " in said


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.stem)
def test_what_is_read_from_a_right_record(example: Path, tmp_path: Path, golden: Golden) -> None:
    ref = "NO" if example.stem.startswith("words") else "REC4"
    records = small_records() | {ref: example.read_bytes()}
    plan = load_plan(write_plan(tmp_path, records=records))
    item = next(item for item in plan.recommendations if item.ref == ref)
    read = item.model_dump(by_alias=True, exclude_defaults=True, warnings="none")
    text = json.dumps(read, indent=2, ensure_ascii=False, default=str)
    golden(example.with_suffix(".expected.json"), f"{text}\n")


def test_each_example_has_its_expected_text_and_each_text_its_example() -> None:
    texts = {path.name.removesuffix(".expected.txt") for path in HERE.glob("invalid/*.txt")}
    assert texts == {path.stem for path in INVALID}
    values = {path.name.removesuffix(".expected.json") for path in HERE.glob("valid/*.json")}
    assert values == {path.stem for path in VALID}
    assert VALID
    assert INVALID


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
