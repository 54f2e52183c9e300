"""What is said of a copy of a record, and of a ref that is not the name of its file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import EVIDENCE, lint_plan, make_record, small_records, write_file, write_plan

from kimplan.diagnostic import Correction, Diagnostic
from kimplan.linter import lint

COMPARE = "Compare the two, keep what is right in REC1.yaml, and delete this one."
NO_REF = "this is a copy of REC1.yaml, which nothing reads"
SAME_REF = "this is a copy of REC1.yaml, with the same ref"
FIRST = make_record(rag="green", due=None, evidence=EVIDENCE)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="two such names cannot stand here")


def beside(folder: Path, name: str, text: str) -> list[Diagnostic]:
    """Return what is found when a file of that `name` lies beside three sound records."""
    plan = write_plan(folder)
    write_file(plan / "recommendations" / name, text)
    return [one for one in lint_plan(plan) if one.code != "KP507"]


@pytest.mark.parametrize(
    "name",
    [
        "REC1 - Copy.yaml",
        "REC1 - Copy (2).yaml",
        "REC1 (2).yaml",
        "REC1(1).yaml",
        "REC1 2.yaml",
        "REC1 v2.yaml",
        "REC1 v0.2.yaml",
        "REC1 amended.yaml",
        "REC1 - Kopie.yaml",
        "REC1 [Recovered].yaml",
        "REC1 copy.yaml",
        "Copy of REC1.yaml",
        "rec1 - Copy.yaml",
        "REC1 (conflicted copy 2024-05-02).yaml",
        "REC1 (Jo's conflicted copy 2024-05-02).yaml",
        "REC1 (SFConflict jo@example.org 2024-05-02).yaml",
        "REC1.yaml.txt",
        "REC1.yml",
    ],
)
@pytest.mark.parametrize("text", [FIRST, "ref: [\n"], ids=["sound", "broken"])
def test_a_copy_is_told_once_and_not_read(name: str, text: str, tmp_path: Path) -> None:
    [found] = beside(tmp_path, name, text)
    assert found.location.path.endswith(f"recommendations/{name}")
    assert (found.code, found.severity.value, found.message, found.hint) == (
        "KP007",
        "error",
        NO_REF,
        COMPARE,
    )
    assert lint(tmp_path / "plan").files == 3


@pytest.mark.parametrize(
    "name",
    [
        "REC1.yaml.bak",
        "REC1.yaml.orig",
        "REC1.bak",
        "REC1.yaml.mine",
        "REC1.yaml.r12",
        ".REC1.yaml",
    ],
)
def test_a_backup_is_a_warning(name: str, tmp_path: Path) -> None:
    [found] = beside(tmp_path, name, FIRST)
    assert (found.severity.value, found.message, found.hint) == ("warning", NO_REF, COMPARE)


@pytest.mark.parametrize(
    "name",
    [
        "REC1_old.yaml",
        "REC1-DESKTOP-ABC123.yaml",
        "REC1.sync-conflict-20240502-101112-ABCDEFG.yaml",
        "REC1_BACKUP_123.yaml",
        "REC1.LOCAL.yaml",
    ],
)
def test_a_copy_whose_name_may_be_a_ref_is_told_by_its_ref(name: str, tmp_path: Path) -> None:
    [found] = beside(tmp_path, name, FIRST)
    assert (found.code, found.message, found.hint) == ("KP501", SAME_REF, COMPARE)
    assert found.correction is None


def test_a_record_that_is_named_like_a_copy_is_none(tmp_path: Path) -> None:
    assert beside(tmp_path, "REC1_old.yaml", make_record(ref="REC1_old")) == []


@pytest.mark.parametrize(
    "name", ["REC9 - Copy.yaml", "REC9 (2).yaml", "REC9_old.yaml", "REC 9.yaml"]
)
def test_a_copy_without_its_original_is_renamed(name: str, tmp_path: Path) -> None:
    [found] = beside(tmp_path, name, make_record(ref="REC9"))
    assert (found.code, found.hint, found.correction) == (
        "KP502",
        "Rename the file to REC9.yaml.",
        None,
    )


@on_linux
def test_a_name_in_other_capitals_is_told_once(tmp_path: Path) -> None:
    [found] = beside(tmp_path, "rec1.yaml", FIRST)
    assert (found.code, found.hint) == (
        "KP010",
        "If one is a copy, keep what is right and delete it; else rename one.",
    )


@pytest.mark.parametrize(
    ("name", "ref", "hint", "line"),
    [
        ("REC4", "REC44", "Rename the file to REC44.yaml, or write 'ref: REC4'.", ""),
        ("REC4", "rec4", "Write 'ref: REC4', as the file is named.", "ref: REC4"),
        ("REC4", "REC-4", "Write 'ref: REC4', as the file is named.", "ref: REC4"),
        ("rec4", "REC4", "Rename the file to REC4.yaml.", ""),
    ],
)
def test_who_is_right_is_told_by_the_others(
    name: str, ref: str, hint: str, line: str, tmp_path: Path
) -> None:
    [found] = beside(tmp_path, f"{name}.yaml", make_record(ref=ref))
    assert (found.code, found.message) == (
        "KP502",
        f"the ref {ref} is not the file's name, '{name}'",
    )
    assert found.hint == hint
    assert found.correction == (Correction(1, 1, (line,)) if line else None)


def test_of_two_the_one_with_another_name_is_told(tmp_path: Path) -> None:
    records = small_records() | {"REC4": make_record(ref="REC5"), "REC5": make_record(ref="REC5")}
    plan = write_plan(tmp_path, records=records)
    [found] = lint_plan(plan)
    path = f"{plan}/recommendations"
    assert found.location.path == f"{path}/REC4.yaml"
    assert (found.code, found.message, found.hint, found.correction) == (
        "KP501",
        f"the ref REC5 is taken by {path}/REC5.yaml",
        "Write 'ref: REC4', as the file is named; or delete the file if it is a copy.",
        Correction(1, 1, ("ref: REC4",)),
    )


def test_a_copy_under_a_name_of_its_own_is_asked_about(tmp_path: Path) -> None:
    [found] = beside(tmp_path, "repairs.yaml", FIRST)
    assert found.code == "KP501"
    assert found.hint == (
        "Delete it if it is a copy of REC1.yaml, or give it a ref and a name of its own."
    )
    assert found.correction is None


def test_a_record_that_is_hidden_is_told(tmp_path: Path) -> None:
    [found] = beside(tmp_path, ".REC4.yaml", make_record(ref="REC4"))
    assert (found.code, found.severity.value) == ("KP007", "error")
    assert found.message == "the full stop before its name hides this: nothing reads it"
    assert found.hint == "If it is a recommendation, rename it to REC4.yaml."


@pytest.mark.parametrize("name", [".REC4.yaml.swp", "._REC4.yaml", ".#REC4.yaml", ".lint.yaml"])
def test_what_editors_and_systems_hide_is_left_alone(name: str, tmp_path: Path) -> None:
    assert beside(tmp_path, name, "x: y\n") == []
