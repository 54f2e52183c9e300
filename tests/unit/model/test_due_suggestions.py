"""Dates in prose: the one that is meant, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.date_words import suggest_day, suggest_due
from kimplan.model.due import parse_due

ONE_ANSWER = [
    ("July 2024", "2024-07"),
    ("july, 2024", "2024-07"),
    ("Jul. 2024", "2024-07"),
    ("Jul-2024", "2024-07"),
    ("MAY 2024", "2024-05"),
    ("Sept 2024", "2024-09"),
    ("31 July 2024", "2024-07-31"),
    ("31st July 2024", "2024-07-31"),
    ("the 2nd of July 2024", "2024-07-02"),
    ("31 Jul 2024", "2024-07-31"),
    ("31-Jul-2024", "2024-07-31"),
    ("July 31, 2024", "2024-07-31"),
    ("July 31st 2024", "2024-07-31"),
    ("29 February 2024", "2024-02-29"),
    ("December 2023 – March 2024", "2023-12/2024-03"),
    ("December 2023 – March 2024", "2023-12/2024-03"),
    ("from Dec 2023 until Mar 2024", "2023-12/2024-03"),
    ("Dec 2023 to Mar 2024", "2023-12/2024-03"),
    ("Dec 2023-Mar 2024", "2023-12/2024-03"),
    ("2023-12 to 2024-03", "2023-12/2024-03"),
    ("2023-12 / 2024-3", "2023-12/2024-03"),
    ("1 July 2024 to August 2024", "2024-07-01/2024-08"),
    ("2024-7", "2024-07"),
    ("2024-7-5", "2024-07-05"),
]
NO_ANSWER = [
    *("", " ", "2024", "Summer 2024", "end of July", "by July 2024", "Q2 2024", "07/24", "July"),
    *("03/04/2024", "3.4.2024", "04-03-2024", "July 24", "Jul-24", "2024/07", "2024/7/3"),
    *("Sept 31 2024", "31 June 2024", "29 February 2023", "0 July 2024", "1rd July 2024"),
    *("2024-13", "2023-24", "2024-0", "2024-7-32", "2024-07-31-1", "2024 - 07"),
    *("2023-4", "2024-5", "2019-0"),  # the year from April 2023 to March 2024?
    *("March 2024 – December 2023", "July–September 2024", "July 2024 or August 2024"),
    *("July 2024 (revised)", "approx. July 2024", "July 2024/", "2024-07/08", "2023-12-2024-03"),
    *("٢ July 2024", "2024-٧", "ſept 2024", "Juli 2024", "julyy 2024", "July 2024" + " " * 100),
    *("2024-07", "2024-07-31", "2023-12/2024-03"),  # nothing to mend
]


@pytest.mark.parametrize(("prose", "expected"), ONE_ANSWER)
def test_a_date_in_prose_with_one_meaning_is_found(prose: str, expected: str) -> None:
    assert suggest_due(prose) == suggest_due(f" {prose} ") == expected
    assert suggest_day(prose) == (expected if len(expected) == 10 else None)


@pytest.mark.parametrize("prose", NO_ANSWER)
def test_no_date_is_guessed(prose: str) -> None:
    assert suggest_due(prose) is None


@given(st.text(alphabet="JulyMach 0123456789-–/,.tos", max_size=30))
def test_what_is_suggested_is_a_date_and_needs_no_mending(text: str) -> None:
    suggested = suggest_due(text)
    if suggested is not None:
        assert parse_due(suggested).text == suggested
        assert suggest_due(suggested) is None
