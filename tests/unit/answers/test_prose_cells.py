"""A text of a plan as a cell shows it, and a cell as the plan writes it."""

from __future__ import annotations

import pytest

from kimplan.answers.tables.prose_cells import from_cell, to_cell
from kimplan.model.prose import Span

PLAIN = [
    ("One line.", "One line."),
    ("A wrapped\nline.\n\nAnother.", "A wrapped line.\n\nAnother."),
    ("Before:\n\n- one\n- two that is\n  wrapped\n\nAfter.",
     "Before:\n\n• one\n• two that is wrapped\n\nAfter."),
    ("- one\n  - deep\n- two", "• one\n  • deep\n• two"),
    ("1. one\n2. two", "1. one\n2. two"),
    ("See [the guide](https://example.org/g).", "See [the guide](https://example.org/g)."),
    ("**All of it**", "**All of it**"),
    ("2 * 3 * 4 = [x] _y_", "2 * 3 * 4 = [x] _y_"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), PLAIN)
def test_paragraphs_and_bullets_stand_as_people_write_them(text: str, shown: str) -> None:
    assert to_cell(text) == (Span(shown),)


def test_bold_words_are_a_run_of_their_own() -> None:
    assert to_cell("Some **bold**\nwords.") == (
        Span("Some "),
        Span("bold", bold=True),
        Span(" words."),
    )


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([Span("One\nTwo")], "One\n\nTwo"),
        ([Span("Before:\n• one\n• two\nAfter")], "Before:\n\n- one\n- two\n\nAfter"),
        ([Span("- one\n- two")], "- one\n- two"),
        ([Span("a\r\n\r\nb\n\n\nc")], "a\n\nb\n\nc"),
        ([Span("Some "), Span("bold ", bold=True), Span("words")], "Some **bold** words"),
        ([Span("x "), Span("two\nlines", bold=True)], "x **two**\n\n**lines**"),
        ([Span(" ")], ""),
    ],
)
def test_what_somebody_types_in_a_cell_is_read_as_it_looks(runs: list[Span], text: str) -> None:
    assert from_cell(runs) == text
