from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from conftest import (
    ROLES,
    SHIPPED_PLAN,
    load_plan,
    load_shipped_plan,
    make_record,
    make_settings,
    write_file,
    write_plan,
)

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.linter import LintResult, lint, load

FOUND = tuple(
    Diagnostic("KP999", Severity.ERROR, "A.", Location(path))
    for path in (
        "plan/owners.yaml",
        "plan/recommendations/REC1.yaml",
        "plan/recommendations/REC10.yaml",
        "plan/recommendations-old",
    )
)


def test_a_sound_plan_is_loaded_in_the_order_of_the_report(tmp_path: Path) -> None:
    records = {
        "A1.10": make_record(ref="A1.10", section="governance", owners=list(ROLES)),
        "A1.9": make_record(ref="A1.9", section="repairs"),
        "A1.2": make_record(ref="A1.2", section="governance"),
        "A1.1": make_record(ref="A1.1", section="repairs"),
    }
    sections = [{"id": "repairs", "title": "R"}, {"id": "governance", "title": "G"}]
    plan = write_plan(tmp_path, records=records, settings=make_settings(sections=sections))
    loaded = load_plan(plan)
    assert [item.ref for item in loaded.recommendations] == ["A1.1", "A1.9", "A1.2", "A1.10"]
    assert [owner.role for owner in loaded.owners] == [
        "Company Secretary",
        "Head of Repairs",
        "Data Manager",
    ]
    assert loaded.settings.organisation == "Example Homes"


def test_a_partial_plan_is_in_the_order_of_the_refs_and_not_of_the_files(tmp_path: Path) -> None:
    records = {
        "A1.1": make_record(ref="A1.20"),
        "A1.9": make_record(ref="A1.9"),
        "A1.10": make_record(ref="A1.2"),
    }
    loaded = load(write_plan(tmp_path, records=records), partial=True)
    assert {found.code for found in loaded.errors} == {"KP502"}
    assert loaded.plan
    refs = [item.ref for item in loaded.plan.recommendations]
    assert refs == ["A1.2", "A1.9", "A1.20"]


def test_the_shipped_plan_has_warnings_only() -> None:
    plan = load_shipped_plan()
    assert len(plan.recommendations) == 21
    result = lint(SHIPPED_PLAN)
    assert result.files == 21
    assert not result.has_errors
    assert Counter(found.code for found in result.diagnostics) == {
        "KP203": 1,
        "KP303": 8,
        "KP601": 3,
        "KP602": 1,
        "KP603": 1,
    }


def test_a_plan_with_warnings_only_is_loaded(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "notes.txt", "x")
    result = load(plan)
    assert result.plan is not None
    assert result.errors == ()
    assert [found.code for found in lint(plan).diagnostics] == ["KP007"]


@pytest.mark.parametrize("name", ["plan.yaml", "owners.yaml", "recommendations/REC2.yaml"])
def test_a_plan_with_an_error_in_any_file_is_not_loaded(name: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / name, "a: [\n")
    result = load(plan)
    assert result.plan is None
    found = lint(plan).diagnostics
    assert result.errors == tuple(one for one in found if one.severity is Severity.ERROR)
    assert lint(plan).has_errors


def test_each_record_is_told_of_while_reading(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / "REC4.yaml", "a: [\n")
    told = []
    lint(plan, lambda: told.append(1))
    assert len(told) == 4


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        (["plan"], FOUND),
        (["plan/"], FOUND),
        ([os.curdir], FOUND),
        (["plan/recommendations"], FOUND[1:3]),
        (["plan/recommendations/REC1.yaml"], FOUND[1:2]),
        (["plan/recommendations/../owners.yaml"], FOUND[:1]),
        (["plan/owners.yaml", "plan/recommendations/REC10.yaml"], (FOUND[0], FOUND[2])),
        (["plan/plan.yaml"], ()),
        (["plan/rec"], ()),
    ],
)
def test_findings_are_kept_in_the_named_files_and_folders(
    paths: list[str], kept: tuple[Diagnostic, ...]
) -> None:
    assert LintResult(FOUND, 3).below([Path(path) for path in paths]) == LintResult(kept, 3)


def test_an_absolute_path_means_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wanted = [tmp_path / "plan" / "recommendations"]
    assert LintResult(FOUND, 3).below(wanted).diagnostics == FOUND[1:3]


def test_linting_changes_no_file(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "recommendations" / "REC4.yaml", "a: [\n")
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in plan.rglob("*")}
    lint(plan)
    load(plan)
    assert {
        path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in plan.rglob("*")
    } == before
