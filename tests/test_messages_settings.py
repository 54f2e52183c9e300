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
    assert found.message == "owners[1].handle 'jo' is no handle: it has no @"
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


@pytest.mark.parametrize(
    ("handle", "why", "better"),
    [
        ("jo@", "nothing stands behind the @", ""),
        ("jo@example", "its domain has no ending, such as .org.uk", ""),
        ("jo at example.org", "it has no @", "jo@example.org"),
        ("<jo@example.org>", "something stands around it", "jo@example.org"),
        ("Jo Smith <jo@example.org>", "something stands around it", "jo@example.org"),
        ("jo@example.org, sam@example.org", "there are several", ""),
        ("@jo @sam", "there are several", ""),
        ("@@jo", "something stands around it", "@jo"),
        ("jo", "it has no @", "@jo"),
        ("@jo smith", "it holds a space", ""),
        ("@jo@example.org", "it has an @ too many", "jo@example.org"),
        ("https://github.com/jo-smith", "it is the address of a page", "@jo-smith"),
        ("@jösmith", "it may hold letters without accents, digits and . _ - only", ""),
    ],
)
def test_a_handle_that_is_none_is_told_why(
    handle: str, why: str, better: str, tmp_path: Path
) -> None:
    text = f'owners:\n  - role: {ROLES[0]}\n    handle: "{handle}"\n'
    found, *_ = lint_plan(write_plan(tmp_path, owners=text))
    assert (found.code, found.location.line, found.location.column) == ("KP108", 3, 13)
    assert found.message == f"owners[1].handle '{handle}' is no handle: {why}"
    line = Correction(3, 3, (f'    handle: "{better}"',))
    assert found.correction == (line if better else None)


@pytest.mark.parametrize("handle", ["TBC", "n/a", "@", "none"])
def test_a_handle_that_is_nobodys_goes(handle: str, tmp_path: Path) -> None:
    text = f'owners:\n  - role: {ROLES[0]}\n    handle: "{handle}"\n'
    found, *_ = lint_plan(write_plan(tmp_path, owners=text))
    assert found.message == f"owners[1].handle '{handle}' is nobody's handle"
    assert found.correction == Correction(3, 3, ())


@pytest.mark.parametrize("handle", ["@jo", "@org/team", "@a.b-c_d", "jo.smith@example.org.uk"])
def test_a_handle_that_is_one_is_left_alone(handle: str, tmp_path: Path) -> None:
    text = to_yaml({"owners": [{"role": role, "handle": handle} for role in ROLES]})
    assert lint_plan(write_plan(tmp_path, owners=text)) == ()


_LINES = "|\n      Two\n      lines"


@pytest.mark.parametrize(
    ("old", "new", "place", "name", "line"),
    [
        ("title: Plan", "title: |\n  Two\n  lines", (1, 8), "title", "title: Two lines"),
        ("title: Plan", 'title: "Two\\nlines"', (1, 8), "title", 'title: "Two lines"'),
        ("Homes", "|\n  Two\n  lines", (2, 15), "organisation", "organisation: Two lines"),
        ("Section", _LINES, (5, 12), "sections[1].title", "    title: Two lines"),
        ("Ref", _LINES, (8, 12), "columns[1].label", "    label: Two lines"),
        ("Lead", _LINES, (11, 12), "fields[1].label", "    label: Two lines"),
        ("High", '"Very\\nhigh"', (13, 15), "fields[1].choices[1]", None),
        ("Late", _LINES, (16, 12), "ratings.amber.label", "    label: Two lines"),
        ("It is.", _LINES, (17, 14), "ratings.amber.meaning", "    meaning: Two lines"),
        ("The report", "|\n    Two\n    lines", (19, 10), "source.title", "  title: Two lines"),
    ],
)
def test_what_is_one_line_may_not_go_on_in_the_next(
    old: str, new: str, place: tuple[int, int], name: str, line: str | None, tmp_path: Path
) -> None:
    whole = (
        "title: Plan\norganisation: Homes\nsections:\n  - id: governance\n    title: Section\n"
        "columns:\n  - field: ref\n    label: Ref\nfields:\n  - id: lead\n    label: Lead\n"
        "    type: choice\n    choices: [High, Low]\nratings:\n  amber:\n    label: Late\n"
        "    meaning: It is.\nsource:\n  title: The report\n"
    )
    records = {"REC1": make_record(section="governance")}
    plan = write_plan(tmp_path, settings=whole.replace(old, new), records=records)
    [found] = [one for one in lint_plan(plan) if one.location.path.endswith("plan.yaml")]
    assert (found.code, found.message) == ("KP108", f"'{name}' goes on in the next line")
    assert (found.location.line, found.location.column) == place
    assert found.hint == "Write it on one line."
    assert found.correction
    assert line is None or found.correction.lines == (line,)
    mended = corrected(whole.replace(old, new), found.correction)
    plan = write_plan(tmp_path / "mended", settings=mended, records=records)
    assert [one for one in lint_plan(plan) if one.location.path.endswith("plan.yaml")] == []


@pytest.mark.parametrize("title", ["|\n  Plan\n", ">\n  A plan\n  of two\n", "A plan\n  of two\n"])
def test_a_title_that_yaml_reads_as_one_line_is_left_alone(title: str, tmp_path: Path) -> None:
    text = make_settings().replace("title: ", f"title: {title}x: ", 1)
    text = "\n".join(line for line in text.split("\n") if not line.startswith("x: "))
    plan = write_plan(tmp_path, settings=text)
    assert lint_plan(plan) == ()


@pytest.mark.parametrize(
    ("field", "guess", "is_sure"),
    [
        ("rating", "rag", False),
        ("owner", "owners", False),
        ("due date", "due", False),
        ("title", "recommendation", False),
        ("comments", "progress", False),
        ("RAG", "rag", True),
        ("cost", "fields.cost", True),
        ("Ref", "ref", False),
    ],
)
def test_a_column_by_another_name_is_known(
    field: str, guess: str, is_sure: bool, tmp_path: Path
) -> None:
    columns = [{"field": "ref", "label": "Ref"}, {"field": field, "label": "Other"}]
    fields = [{"id": "cost", "label": "Cost"}]
    [found] = in_settings(tmp_path, columns=columns, fields=fields)
    assert (found.code, found.message) == ("KP105", f"columns[2].field '{field}' is not known")
    assert found.hint.startswith(f"Did you mean '{guess}'? Allowed: ref, ")
    assert (found.correction is not None) == is_sure


def test_columns_that_are_only_texts_get_their_labels(tmp_path: Path) -> None:
    found, other = in_settings(tmp_path, columns=["ref", "rag"])
    assert found.message == "'columns[1]' is only text; it needs 'field:' and 'label:'"
    assert found.hint == "Write '- field: ref' and '  label: Ref'."
    assert other.correction
    assert other.correction.lines == ("  - field: rag", "    label: RAG")


def test_labels_and_choices_that_read_the_same_are_told_by_their_difference(tmp_path: Path) -> None:
    fields = [{"id": "a", "label": "Lead"}, {"id": "b", "label": "LEAD"}]
    [found] = in_settings(tmp_path, fields=fields)
    assert found.message == "label 'LEAD' is 'Lead' but for capitals"
    choice = {
        "id": "a",
        "label": "A",
        "type": "choice",
        "choices": ["Low", "Low  cost", "Low cost"],
    }
    [found] = in_settings(tmp_path / "choice", fields=[choice])
    assert found.message == "the choice 'Low cost' is 'Low  cost' but for spaces"


def test_a_label_is_not_mended_to_be_another_one(tmp_path: Path) -> None:
    columns = [{"field": "ref", "label": "Ref no"}, {"field": "rag", "label": "Ref\u200b no"}]
    found = in_settings(tmp_path, columns=columns)
    assert [(one.code, one.correction) for one in found] == [("KP504", None), ("KP109", None)]
