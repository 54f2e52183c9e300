"""The own fields of a plan: as many as there may be, and none that is not looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import lint_lines, lint_plan, make_record, make_settings, small_records, write_plan

from kimplan.model.own_names import is_taken

CHOICE = {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]}


def findings(
    folder: Path, values: dict[str, Any] | None, *fields: dict[str, Any]
) -> list[tuple[str, str, str]]:
    """Return the code, the words and the hint of each finding about a record with `values`."""
    records = {**small_records(), "REC4": make_record(ref="REC4", fields=values)}
    plan = write_plan(folder, records=records, settings=make_settings(fields=list(fields)))
    found = [one for one in lint_plan(plan) if "REC4" in one.location.path]
    return [(one.code, one.message, one.hint) for one in found]


def test_of_very_many_unknown_ids_the_first_are_said(tmp_path: Path) -> None:
    values = {f"x{number}": "1" for number in range(5000)}
    found = findings(tmp_path, values, CHOICE)
    assert len(found) == 50
    assert {code for code, _, _ in found} == {"KP111"}


def test_a_misspelt_id_is_not_taken_for_one_that_is_there(tmp_path: Path) -> None:
    found = findings(tmp_path, {"priority": "High", "priorty": "Low"}, CHOICE)
    message = "the own field 'priorty' is not declared in plan/plan.yaml"
    assert [(code, hint) for code, _, hint in found] == [("KP111", "Declared: priority.")]
    assert found[0][1].replace(str(tmp_path.as_posix()) + "/", "") == message


def test_a_plan_without_own_fields_says_where_to_declare_one(tmp_path: Path) -> None:
    [(code, _, hint)] = findings(tmp_path, {"priority": "High"})
    assert (code, hint) == (
        "KP111",
        "Declare it below 'fields' in plan.yaml, or delete the line and 'fields:' above it.",
    )  # fmt: skip


def test_nothing_is_said_of_the_records_where_the_settings_are_broken(tmp_path: Path) -> None:
    wrong = {"id": "Priority", "label": "Priority"}
    assert findings(tmp_path, {"priority": "High"}, wrong) == []


def test_what_is_required_is_missed_beside_what_is_there(tmp_path: Path) -> None:
    lead = {"id": "lead", "label": "Lead team"}
    [(code, message, hint)] = findings(tmp_path, {"lead": "A"}, lead, CHOICE | {"required": "true"})
    assert (code, message, hint) == (
        "KP113",
        "the own field 'priority' ('Priority') is missing",
        "Add '  priority: …', one of High, Low.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://example.org/a b", "has a space in it"),
        ("www.example.org", "lacks https://"),
        ("mailto:a@example.org", "is an e-mail address, and no place"),
        ("https://", "names no site"),
        ("teams:a", "is no web address"),
        ("see the minutes", "is no link"),
        ("minutes of May", "is no link"),
        ("https://example.org/a", ""),
    ],
)
def test_a_link_is_one(text: str, said: str, tmp_path: Path) -> None:
    found = findings(tmp_path, {"paper": text}, {"id": "paper", "label": "P", "type": "link"})
    assert [(code, message) for code, message, _ in found] == (
        [("KP114", f"fields.paper '{text}' {said}")] if said else []
    )


def test_a_line_is_short(tmp_path: Path) -> None:
    lead = {"id": "lead", "label": "Lead"}
    [(code, message, _)] = findings(tmp_path, {"lead": "a" * 301}, lead)
    assert (code, message[-40:]) == ("KP114", "is too long: 301 characters, at most 300")
    assert findings(tmp_path / "b", {"lead": "a" * 300}, lead) == []


@pytest.mark.parametrize(
    ("name", "taken"),
    [("due", True), ("owner", True), ("owners", True), ("ref", True), ("rating", True),
     ("recommendations", True), ("agreed-by", False), ("priority", False), ("status", False)],
)  # fmt: skip
def test_an_id_is_not_that_of_all_records(name: str, taken: bool) -> None:
    assert is_taken(name) == taken


def test_values_that_are_no_texts_have_their_places(tmp_path: Path) -> None:
    text = make_record(ref="REC1") + "fields:\n  priority: [High]\n  lead:\n"
    plan = write_plan(
        tmp_path, records={**small_records(), "REC1": text}, settings=make_settings(fields=[CHOICE])
    )
    said = [line for line in lint_lines(plan).splitlines() if "REC1" in line]
    assert [line.partition("REC1.yaml:")[2] for line in said] == [
        "10:13: error KP103 'fields.priority' must be text, not a list",
        "11:3: error KP104 'fields.lead' is empty",
    ]
