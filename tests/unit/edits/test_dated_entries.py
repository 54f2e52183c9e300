"""Notes of an earlier day than others in the file: they stand where their day is."""

from __future__ import annotations

from datetime import date

import pytest
from layouts import HEAD

from kimplan.edits.request import Update
from kimplan.edits.update import update_text

TOP = f"{HEAD}progress:\n"
FIRST = "  - {on: 2024-05-02, note: Begun.}\n"
LAST = "  # the last one\n  - {on: 2024-06-05, note: Done.}\n"
NEW = "  - on: 2024-05-31\n    note: Half.\n"


def noted(text: str) -> str:
    return update_text(text, Update(date(2024, 5, 31), note="Half.")).text


def test_a_note_stands_above_those_of_a_later_day_and_their_comments() -> None:
    assert noted(TOP + FIRST + LAST) == TOP + FIRST + NEW + LAST
    assert noted(TOP + LAST) == TOP + NEW + LAST


def test_one_of_the_same_day_comes_last() -> None:
    same = FIRST.replace("05-02", "05-31")
    assert noted(TOP + same) == TOP + same + NEW


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_that_looks_like_a_comment_stays_text(end: str) -> None:
    long = "  - on: 2024-05-02\n    note: |\n      Begun.\n\n      # as it is\n"
    text = (TOP + long + "  - {on: 2024-06-05, note: Done.}\n").replace("\n", end)
    above, below = (
        (TOP + long).replace("\n", end),
        f"  - {{on: 2024-06-05, note: Done.}}{end}",
    )
    new = f"  - on: 2024-05-31{end}    note: Half.{end}"
    assert noted(text) == above + new + below


def test_between_brackets_it_comes_last() -> None:
    text = f"{HEAD}progress: [{{on: 2024-06-05, note: Done.}}]\n"
    assert noted(text) == text.replace("}]", "}, {on: 2024-05-31, note: Half.}]")
