"""What each column says about a recommendation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import make_item, settings_fields

from kimplan.model.column_field import ColumnField
from kimplan.model.due import parse_due
from kimplan.model.plan import Settings
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.report.cells import row_cells
from kimplan.report.document import Cell, Value

EMPTY = Cell(())


def text(*paragraphs: str, bold: bool = False, value: Value | None = None) -> Cell:
    return Cell(tuple(Block((Span(words, bold),)) for words in paragraphs), value)


def show(field: str, settings: dict[str, Any] | None = None, **record: Any) -> Cell:
    """Return the one cell of a row whose only column is `field`."""
    columns = [{"field": field, "label": "Label"}]
    chosen = Settings.model_validate(settings_fields(columns=columns, **(settings or {})))
    (cell,) = row_cells(chosen)(make_item(**record))
    return cell


def test_every_field_has_a_cell() -> None:
    for field in ColumnField:
        assert isinstance(show(field), Cell)


def test_cells_stand_in_the_order_of_the_columns() -> None:
    columns = [{"field": name, "label": "Label"} for name in ("rag", "owners", "ref")]
    settings = Settings.model_validate(settings_fields(columns=columns))
    assert row_cells(settings)(make_item(ref="REC7")) == (
        Cell((Block((Span("AMBER"),)),), value=Rating.AMBER),
        text("Company Secretary"),
        text("REC7", bold=True),
    )


def test_ref() -> None:
    assert show("ref", ref="REC-12.b") == text("REC-12.b", bold=True)


def test_recommendation_is_the_bold_title_and_the_detail() -> None:
    cell = show("recommendation", title="Train all\n staff.", detail="First.\n\n- one\n- two")
    assert cell == Cell(
        (
            Block((Span("Train all staff.", bold=True),)),
            Block((Span("First."),)),
            Block((Span("one"),), 1, True),
            Block((Span("two"),), 1, True),
        )
    )


def test_recommendation_without_detail() -> None:
    assert show("recommendation", title="Train all staff") == text("Train all staff", bold=True)


def test_response_has_paragraphs_bullets_bold_and_links() -> None:
    response = "See **the** [policy](https://example.org/p).\n\n- a\n  - b\n\n  more of a\n\nEnd."
    assert show("response", response=response) == Cell(
        (
            Block(
                (
                    Span("See "),
                    Span("the", bold=True),
                    Span(" "),
                    Span("policy", link="https://example.org/p"),
                    Span("."),
                )
            ),
            Block((Span("a"),), 1, True),
            Block((Span("b"),), 2, True),
            Block((Span("more of a"),), 1),
            Block((Span("End."),)),
        )
    )


NOTES = [
    {"on": "2024-05-02", "by": "Data Manager", "note": "The form is live."},
    {"on": "2024-05-09", "note": "Used:\n\n- 12 times"},
]


def test_response_shows_the_latest_progress_where_the_plan_asks_for_it() -> None:
    report = {"report": {"latest_progress": "true"}}
    assert show("response", report, response="Begun.", progress=NOTES) == Cell(
        (
            Block((Span("Begun."),)),
            Block((Span("9 May 2024:", bold=True),)),
            Block((Span("Used:"),)),
            Block((Span("12 times"),), 1, True),
        )
    )
    assert show("response", report, response="Begun.") == text("Begun.")
    assert show("response", response="Begun.", progress=NOTES) == text("Begun.")


@pytest.mark.parametrize(
    ("rag", "label"),
    [
        ("green", "GREEN"),
        ("amber", "AMBER"),
        ("red", "RED"),
        ("not-applicable", "Not Applicable"),
    ],
)
def test_rag_is_the_word_and_its_rating(rag: str, label: str) -> None:
    cell = show("rag", rag=rag, due="2024-07" if rag in {"amber", "red"} else None)
    assert cell == Cell((Block((Span(label),)),), value=Rating(rag))


def test_rag_has_the_plans_own_label() -> None:
    ratings = {"red": {"label": "Stuck", "meaning": "No progress"}}
    cell = show("rag", {"ratings": ratings}, rag="red")
    assert cell == Cell((Block((Span("Stuck"),)),), value=Rating.RED)


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("2024-07", "July 2024"),
        ("2024-03-31", "31 March 2024"),
        ("2023-12/2024-03", "December 2023 – March 2024"),
        ("2024-01-09/2024-02", "9 January 2024 – February 2024"),
    ],
)
def test_due_is_shown_as_it_was_promised(due: str, shown: str) -> None:
    assert show("due", due=due) == text(shown, value=parse_due(due))


@pytest.mark.parametrize(
    ("due", "firsts", "shown"),
    [
        ("2024-07", ["2024-03"], "July 2024, first promised March 2024, moved once"),
        ("2024-07", ["2024-03", "2024-05"], "July 2024, first promised March 2024, moved twice"),
        ("2024-07", ["2024-03", "2024-05", "2024-06"],
         "July 2024, first promised March 2024, moved 3 times"),
        ("2024-03", ["2024-03", "2024-05"], "March 2024, as first promised, moved twice"),
        ("2024-05-01", ["2023-12/2024-03"],
         "1 May 2024, first promised December 2023 – March 2024, moved once"),
    ],
)  # fmt: skip
def test_a_date_that_moved_says_so(due: str, firsts: list[str], shown: str) -> None:
    moves = [
        {"from": start, "to": end, "reason": "Because.", "on": "2024-03-20"}
        for start, end in zip(firsts, [*firsts[1:], due], strict=True)
    ]
    assert show("due", due=due, revisions=moves) == text(shown, value=parse_due(due))


def test_a_date_that_moved_before_it_was_met_is_told_by_the_appendix_alone() -> None:
    move = {"from": "2024-03", "to": "2024-05", "reason": "Because.", "on": "2024-03-20"}
    assert show("due", rag="green", due="2024-05", revisions=[move]) == text("Compliant")


@pytest.mark.parametrize("due", [None, "2024-05"])
def test_due_of_green_and_not_applicable(due: str | None) -> None:
    """What was promised stays in the file, and the plan's text is printed all the same."""
    assert show("due", rag="green", due=due) == text("Compliant")
    assert show("due", rag="not-applicable", due=due) == EMPTY
    ratings = {
        "green": {"label": "GREEN", "meaning": "Complete"},
        "not-applicable": {"label": "N/A", "meaning": "Does not apply", "date": "None"},
    }
    assert show("due", {"ratings": ratings}, rag="green", due=due) == EMPTY
    assert show("due", {"ratings": ratings}, rag="not-applicable", due=due) == text("None")


def test_owners_have_a_paragraph_each() -> None:
    owners = ["Data Manager", "Head of Repairs"]
    assert show("owners", owners=owners) == text("Data Manager", "Head of Repairs")
    assert show("owners", rag="green", due=None, owners=None) == EMPTY


def test_completed() -> None:
    day = date(2024, 7, 19)
    shown = show("completed", rag="green", due=None, completed="2024-07-19")
    assert shown == text("19 July 2024", value=day)
    assert show("completed") == EMPTY


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        ("2024-07-19", "19 July 2024"),
        ("2024-07-18", "19 July 2024, 1 day late"),
        ("2024-06", "19 July 2024, 19 days late"),
        ("2024-07", "19 July 2024"),
        ("2023-12/2024-03", "19 July 2024, 110 days late"),
        ("2021-01", "19 July 2024, 1,265 days late"),
    ],
)
def test_what_was_completed_late_says_so(due: str, shown: str) -> None:
    found = show("completed", rag="green", due=due, completed="2024-07-19")
    assert found == text(shown, value=date(2024, 7, 19))


def test_evidence() -> None:
    evidence = [
        {"title": "Guidance v3", "link": "https://example.org/v3", "expires": "2026-07"},
        {"title": "Minutes", "link": "docs/minutes.pdf"},
        {"title": "Audit", "expires": "2025-01-31"},
        {"title": "Survey"},
        {"title": "Script", "link": "javascript:alert(1)"},
    ]
    assert show("evidence", evidence=evidence) == Cell(
        (
            Block(
                (Span("Guidance v3", link="https://example.org/v3"), Span(", expires July 2026"))
            ),
            Block((Span("Minutes"), Span(" (docs/minutes.pdf)"))),
            Block((Span("Audit"), Span(", expires 31 January 2025"))),
            Block((Span("Survey"),)),
            Block((Span("Script"), Span(" (javascript:alert(1))"))),
        )
    )
    assert show("evidence") == EMPTY


def test_verified() -> None:
    verified = {"by": "Company Secretary", "on": "2024-08-02"}
    assert show("verified", verified=verified) == text("Company Secretary, 2 August 2024")
    assert show("verified") == EMPTY


def test_progress_shows_every_note_in_order() -> None:
    assert show("progress", progress=NOTES) == Cell(
        (
            Block((Span("2 May 2024, Data Manager:", bold=True),)),
            Block((Span("The form is live."),)),
            Block((Span("9 May 2024:", bold=True),)),
            Block((Span("Used:"),)),
            Block((Span("12 times"),), 1, True),
        )
    )
    assert show("progress") == EMPTY


MOVE = {"from": "2024-03", "to": "2024-07", "reason": "Because.", "on": "2024-03-20"}


def test_actions() -> None:
    actions = [
        {"title": "Write it", "owner": "Data Manager", "due": "2024-06", "done": "2024-06-11"},
        {"title": "Publish\n it", "owner": "Head of Repairs", "due": "2024-09"},
        {"title": "Tell everybody"},
        {"title": "Ask", "due": "2024-07", "revisions": [MOVE]},
    ]
    assert show("actions", actions=actions) == text(
        "Write it – Data Manager – done 11 June 2024",
        "Publish it – Head of Repairs – due September 2024",
        "Tell everybody",
        "Ask – due July 2024, first promised March 2024, moved once",
    )
    assert show("actions") == EMPTY
