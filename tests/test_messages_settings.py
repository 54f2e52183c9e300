"""What is said of plan.yaml and owners.yaml, and of a record that names what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import (
    ROLES,
    lint_plan,
    make_record,
    make_settings,
    small_records,
    to_yaml,
    write_plan,
)
from following import Desk

from kimplan.diagnostic import Correction, Diagnostic
from kimplan.writing.correction import corrected


def in_settings(folder: Path, **fields: Any) -> list[Diagnostic]:
    """Return what is said of a plan.yaml with `fields` in place."""
    plan = write_plan(folder, settings=make_settings(**fields))
    return [one for one in lint_plan(plan) if one.location.path.endswith("plan.yaml")]


def in_registry(folder: Path, *roles: str) -> list[Diagnostic]:
    """Return what is said of an owners.yaml with `roles` besides the usual ones."""
    owners = to_yaml({"owners": [{"role": role} for role in (*ROLES, *roles)]})
    found = lint_plan(write_plan(folder, owners=owners))
    return [one for one in found if one.code not in {"KP405", "KP109"}]


@pytest.mark.parametrize(
    ("zone", "better"),
    [
        ("London", "Europe/London"),
        ("europe/london", "Europe/London"),
        ("UK", "Europe/London"),
        ("BST", "Europe/London"),
        ("GMT+1", "Europe/London"),
        ("localtime", "Europe/London"),
        ("Factory", "Europe/London"),
        ("posixrules", "Europe/London"),
        ("Dublin", "Europe/Dublin"),
        ("america/new york", "America/New_York"),
    ],
)
def test_a_time_zone_that_not_all_machines_know_gets_one(
    zone: str, better: str, tmp_path: Path
) -> None:
    [found] = in_settings(tmp_path, timezone=zone)
    assert (found.code, found.message) == (
        "KP108",
        f"timezone '{zone}' should be {better}",
    )
    assert found.hint == "Write a name of the time zone database, such as Europe/London."
    assert in_settings(tmp_path / "mended", timezone=better) == []


@pytest.mark.parametrize("zone", ["GB", "Europe/Belfast", "EST5EDT", "Europe/London", "UTC"])
def test_a_time_zone_that_all_machines_know_is_left_alone(zone: str, tmp_path: Path) -> None:
    assert in_settings(tmp_path, timezone=zone) == []


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        (
            {"sections": [("governance", "Governance"), ("repairs", "governance")]},
            "title 'governance' is 'Governance' but for capitals",
            "Give each section a title of its own.",
        ),
        (
            {"sections": [("governance", "Governance"), ("repairs", "Governance")]},
            "title 'Governance' stands twice in sections",
            "Give each section a title of its own.",
        ),
        (
            {"columns": [("ref", "Ref"), ("due", "ref")]},
            "label 'ref' is 'Ref' but for capitals",
            "Give each column a label of its own.",
        ),
        (
            {"columns": [("ref", "Ref"), ("ref", "Reference")]},
            "field 'ref' stands twice in columns",
            "Delete one of them.",
        ),
    ],
)
def test_two_names_that_read_the_same_are_told(
    fields: dict[str, list[tuple[str, str]]], message: str, hint: str, tmp_path: Path
) -> None:
    keys = {"sections": ("id", "title"), "columns": ("field", "label")}
    given = {
        name: [dict(zip(keys[name], one, strict=True)) for one in entries]
        for name, entries in fields.items()
    }
    [found] = in_settings(tmp_path, **given)
    assert (found.code, found.message, found.hint) == ("KP504", message, hint)


def test_two_labels_that_read_the_same_are_told(tmp_path: Path) -> None:
    ratings = {
        "green": {"label": "Done", "meaning": "It is."},
        "amber": {"label": "do\u200bne", "meaning": "It is not."},
    }
    codes = [one.code for one in in_settings(tmp_path, ratings=ratings)]
    assert "KP309" in codes
    fields = [{"id": "lead", "label": "Lead"}, {"id": "led", "label": "lead\u00a0"}]
    codes = [one.code for one in in_settings(tmp_path / "own", fields=fields)]
    assert "KP511" in codes


@pytest.mark.parametrize(
    ("role", "by"),
    [
        ("data manager", "capitals"),
        ("Data  Manager", "spaces"),
        ("Data Man\u200bager", "a character that nobody can see"),
        ("Data\u00a0Manager", "a character that nobody can see"),
    ],
)
def test_two_roles_that_read_the_same_are_one(role: str, by: str, tmp_path: Path) -> None:
    [found] = in_registry(tmp_path, role)
    assert (found.code, found.message) == ("KP504", f"role '{role}' is 'Data Manager' but for {by}")
    assert found.hint == "Delete one of them, and write the other everywhere."


def test_a_role_stands_on_one_line(tmp_path: Path) -> None:
    text = "owners:\n  - role: Company Secretary\n  - role: Head of Repairs\n  - role: |\n"
    text += "      Data\n      Manager\n"
    plan = write_plan(tmp_path, owners=text)
    [found] = [one for one in lint_plan(plan) if one.code == "KP406"]
    assert found.message == "the role 'Data\\x0aManager' goes on in the next line".replace(
        "\\x0a", "\n"
    )
    assert found.correction == Correction(4, 6, ("  - role: Data Manager",))
    mended = write_plan(tmp_path / "mended", owners=corrected(text, found.correction))
    assert lint_plan(mended) == ()


def test_a_handle_and_an_id_are_shown_as_they_are_written(tmp_path: Path) -> None:
    owners = to_yaml({"owners": [{"role": role, "handle": "jo"} for role in ROLES[:1]]})
    found, *_ = lint_plan(write_plan(tmp_path, owners=owners))
    assert found.message == "owners[1].handle 'jo' should be written \"@jo\""
    sections = [{"id": "Governance & Culture", "title": "Governance"}]
    found, *_ = in_settings(tmp_path / "id", sections=sections)
    assert found.message.endswith(" should be written governance-and-culture")


@pytest.mark.parametrize(
    ("section", "meant"),
    [
        ("Governance", "governance"),
        ("GOVERNANCE", "governance"),
        ("Record keeping & culture", "records"),
        ("record-keeping-and-culture", "records"),
    ],
)
def test_a_section_named_by_its_title_gets_its_id(section: str, meant: str, tmp_path: Path) -> None:
    sections = [
        {"id": "governance", "title": "Governance"},
        {"id": "repairs", "title": "Repairs"},
        {"id": "records", "title": "Record keeping and culture"},
    ]
    desk = Desk(tmp_path, settings=make_settings(sections=sections))
    text = make_record(section=section)
    [found] = desk.findings(text)
    assert (found.code, found.hint) == ("KP503", f"Write its id: {meant}.")
    assert found.message == f"the section '{section}' is not in {desk.plan}/plan.yaml"
    followed = desk.follow(text)
    assert f"section: {meant}\n" in followed.replace('"', "")
    assert desk.findings(followed) == ()


def test_a_ref_with_a_space_is_shown_without_it(tmp_path: Path) -> None:
    records = small_records() | {"REC4": make_record(ref="REC 4")}
    [found] = lint_plan(write_plan(tmp_path, records=records))
    assert found.code == "KP108"
    assert found.message == "ref 'REC 4' should be written REC4"
