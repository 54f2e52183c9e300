"""What a change is judged by is what lint would say of the plan before and after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import lint_plan, make_record, small_records, write_file, write_plan

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.edits.judgement import judge
from kimplan.edits.record_file import record_path
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation

CHANGES = {
    "nothing": {},
    "wording": {"response": "I will do it TBC."},
    "a stranger": {"owners": ["Nobody"]},
    "another's ref": {"ref": "REC3"},
    "the last of its section": {"section": "governance"},
    "the last of a role": {"owners": ["Company Secretary"]},
    "no section": {"section": "gardens"},
    "several": {"due": "2999-01", "title": "", "owners": ["Data Manager", "Data Manager"]},
}


def key(found: Diagnostic) -> tuple[str, ...]:
    return found.code, found.message, found.location.path


@pytest.mark.parametrize("ref", ["REC1", "REC2", "REC3"])
@pytest.mark.parametrize("fields", CHANGES.values(), ids=CHANGES)
def test_it_is_what_lint_says(tmp_path: Path, fields: dict[str, object], ref: str) -> None:
    records = {**small_records(), "REC9": "ref: [", "REC4": make_record(ref="REC2", rag="x")}
    plan = write_plan(tmp_path, records=records)
    path = record_path(plan, f"{ref}.yaml")
    before = lint_plan(plan)
    old = records[ref].encode()
    new = make_record(**{"ref": ref} | fields).encode()
    found = judge(
        plan, load_bytes(path, old, Recommendation), load_bytes(path, new, Recommendation)
    )
    write_file(plan / "recommendations" / f"{ref}.yaml", new)
    after = lint_plan(plan)
    was = list(map(key, before))
    fresh = [one for one in after if key(one) not in was]
    errors = [one for one in fresh if one.severity is Severity.ERROR]
    warnings = [one for one in fresh if one.severity is Severity.WARNING]
    of_change = [one for one in found.errors if one.code.startswith("KP8")]
    assert [one for one in found.errors if one not in of_change] == errors
    assert list(found.warnings) == [one for one in warnings if one.location.path == path]


def test_a_new_record_is_judged_beside_the_others(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    path = record_path(plan, "REC0.yaml")
    new = load_bytes(path, make_record(ref="REC3").encode(), Recommendation)
    codes = [one.code for one in judge(plan, None, new).errors]
    write_file(plan / "recommendations" / "REC0.yaml", make_record(ref="REC3"))
    assert codes == [one.code for one in lint_plan(plan) if one.severity is Severity.ERROR]
