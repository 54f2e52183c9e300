"""What a hint shows, and what following it to the letter makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.diagnostic import Correction
from kimplan.source import parse
from kimplan.writing import keys
from kimplan.writing.correction import by_edit, corrected, difference

TEXT = "a: 1\nb: 2\nc: 3\n"


@pytest.mark.parametrize(
    ("after", "correction"),
    [
        ("a: 1\nb: 9\nc: 3\n", Correction(2, 2, ("b: 9",))),
        ("a: 1\nc: 3\n", Correction(2, 2, ())),
        ("a: 1\nb: 2\nb2: 2\nc: 3\n", Correction(3, 2, ("b2: 2",))),
        ("a: 1\nb: 2\nc: 3\nd: 4\n", Correction(4, 3, ("d: 4",))),
        ("z: 0\na: 1\nb: 2\nc: 3\n", Correction(1, 0, ("z: 0",))),
        ("a: 1\nb: |\n  x\n\n  y\nc: 3\n", Correction(2, 2, ("b: |", "  x", "", "  y"))),
    ],
)
def test_the_lines_that_differ(after: str, correction: Correction) -> None:
    assert difference(TEXT, after) == correction
    assert corrected(TEXT, correction) == after


def test_no_difference_and_too_many_lines_are_no_correction() -> None:
    assert difference(TEXT, TEXT) is None
    assert difference(TEXT, TEXT + "d: 4\n" * 31) is None


def test_line_ends_stay_those_of_the_file() -> None:
    text = TEXT.replace("\n", "\r\n")
    assert corrected(text, Correction(2, 2, ("b: 9", "d: 4"))) == "a: 1\r\nb: 9\r\nd: 4\r\nc: 3\r\n"


def test_a_last_line_without_an_end_gets_one() -> None:
    assert corrected("a: 1\nb: 2", Correction(2, 2, ("b: 9",))) == "a: 1\nb: 9\n"
    assert corrected("a: 1", Correction(2, 1, ("b: 9",))) == "a: 1\nb: 9\n"


LINES = st.lists(st.sampled_from(["a: 1", "b: 2", "", "  c"]), max_size=8)


@given(LINES, LINES)
def test_following_a_difference_makes_what_was_meant(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{line}\n" for line in one) for one in (old, new))
    correction = difference(before, after)
    if correction is None:
        assert before == after
    else:
        assert corrected(before, correction) == after


def test_by_edit() -> None:
    document = parse("a: 1\nb: two  # why\nc: 3\n")
    found = by_edit(document, lambda text: keys.set_text(text, ("b",), "2024-07"))
    assert found == Correction(2, 2, ("b: 2024-07  # why",))
    assert by_edit(document, lambda text: keys.set_text(text, ("d",), "2024-07")) is None
