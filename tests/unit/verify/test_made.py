"""How a report was made, to the properties of its file and back."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import AS_OF

from kimplan.model.plan import Layout
from kimplan.report.only import Only
from kimplan.report.origin import Origin
from kimplan.report.parts import NAMES
from kimplan.verify.made import Made, made_properties, parse_made

ONLY = Only(True, ("repairs",), ("Head of “Repairs”",))
FULL = Made(
    Origin("0.4", "a" * 40, False, "land/plan", "b" * 64, date(2024, 2, 29), True, ONLY),
    AS_OF,
    Layout.SECTIONS,
    NAMES,
    ("footer", "footer", "title"),
    True,
)
BARE = Made(Origin("0.4", modified=True), AS_OF, Layout.TABLE, (), (), False)


def test_the_names_and_values_that_a_file_keeps() -> None:
    """Files that were made long ago have these."""
    assert made_properties(FULL) == {
        "version": "0.4",
        "as of": "2024-05-31",
        "layout": "sections",
        "commit": "a" * 40,
        "modified since": "no",
        "plan": "land/plan",
        "since": "b" * 64,
        "since day": "2024-02-29",
        "history": "cut off",
        "only": '["open", "section=repairs", "owner=Head of “Repairs”"]',
        "parts": "summary changes trend overdue due-soon evidence plan moves",
        "words": "footer footer title",
        "own text": "yes",
    }
    assert made_properties(BARE) == {
        "version": "0.4",
        "as of": "2024-05-31",
        "layout": "table",
        "modified since": "yes",
        "own text": "no",
    }


@pytest.mark.parametrize("made", [FULL, BARE], ids=["full", "bare"])
def test_what_was_written_is_read(made: Made) -> None:
    assert parse_made(made_properties(made)) == made


@pytest.mark.parametrize("properties", [{}, {"title": "Paper"}, {"version": ""}])
def test_another_document_says_nothing(properties: dict[str, str]) -> None:
    assert parse_made(properties) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("as of", "31 May 2024"),
        ("layout", "columns"),
        ("commit", "a" * 39),
        ("commit", "--output=x"),
        ("since", "main"),
        ("since day", "2024-02"),
        ("plan", "../plan"),
        ("plan", "/plan"),
        ("plan", "pl\x1ban"),
        ("parts", "summary appendix"),
        ("only", "open"),
        ("only", "[]"),
        ("only", '{"open": 1}'),
        ("only", '["opened"]'),
        ("only", "[1]"),
    ],
)
def test_what_cannot_have_been_written_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_made({**made_properties(FULL), name: value})


@pytest.mark.parametrize("name", ["as of", "layout", "modified since", "own text"])
def test_what_is_missing_is_refused(name: str) -> None:
    properties = made_properties(FULL)
    del properties[name]
    with pytest.raises(ValueError, match=r"."):
        parse_made(properties)


@pytest.mark.parametrize("value", ["", "maybe", "No"])
def test_in_doubt_a_plan_was_modified_and_a_template_has_its_own_text(value: str) -> None:
    made = parse_made({**made_properties(FULL), "modified since": value, "own text": value})
    assert made is not None
    assert (made.origin.modified, made.has_own_text) == (True, True)
