"""Dates in prose: the one that is meant, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.model.date_reading import Reading
from kimplan.model.date_words import read_words, suggest_day, suggest_due
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
    ("31/03/2024", "2024-03-31"),
    ("31.03.2024", "2024-03-31"),
    ("31-03-2024", "2024-03-31"),
    ("31 / 03 / 2024", "2024-03-31"),
    ("03/31/2024", "2024-03-31"),  # there is no month 31
    ("12/12/2024", "2024-12-12"),
    ("31/03/24", "2024-03-31"),
    ("31-Mar-24", "2024-03-31"),
    ("31 Mar 24", "2024-03-31"),
    ("31 March '24", "2024-03-31"),
    ("March '24", "2024-03"),
    ("2024-03-31 00:00:00", "2024-03-31"),
    ("2024-03-31T00:00:00Z", "2024-03-31"),
    ("2024-03-31 17:00", "2024-03-31"),
    ("2024–03–31", "2024-03-31"),
    ("2024/03/31", "2024-03-31"),
    ("2024.03.31", "2024-03-31"),
    ("20240331", "2024-03-31"),
    ("31032024", "2024-03-31"),
    ("03/2024", "2024-03"),
    ("2024/07", "2024-07"),
    ("2024 - 07", "2024-07"),
    ("2024 March", "2024-03"),
    ("31 March 2024", "2024-03-31"),
    ("by 31 March 2024", "2024-03-31"),
    ("due 31 March 2024.", "2024-03-31"),
    ("31 March 2024 at the latest", "2024-03-31"),
    ("Sunday 31 March 2024", "2024-03-31"),
    ("Fri 29/03/2024", "2024-03-29"),
    ("end of March 2024", "2024-03"),
    ("end March 2024", "2024-03"),
    ("by the end of March 2024", "2024-03"),
    ("mid-March 2024", "2024-03"),
    ("end of Mar 24", "2024-03"),
    ("March to May 2024", "2024-03/2024-05"),
    ("between March and May 2024", "2024-03/2024-05"),
    ("July–September 2024", "2024-07/2024-09"),
    ("1-15 March 2024", "2024-03-01/2024-03-15"),
    ("2023-12–2024-03", "2023-12/2024-03"),
    ("13/03/2024 - 31/03/2024", "2024-03-13/2024-03-31"),
    ("Q4 2023/24", "2024-01/2024-03"),
    ("Q1 2024-25", "2024-04/2024-06"),
    ("quarter 2 of 2024/25", "2024-07/2024-09"),
    ("2023/24 Q4", "2024-01/2024-03"),
    ("4th quarter of FY 2023/2024", "2024-01/2024-03"),
    ("H1 2024/25", "2024-04/2024-09"),
    ("H2 2024/25", "2024-10/2025-03"),
    ("FY 2023/24", "2023-04/2024-03"),
    ("financial year 2023/24", "2023-04/2024-03"),
    ("2023/24", "2023-04/2024-03"),
    ("2023-24", "2023-04/2024-03"),
]
NO_ANSWER = [
    *("", " ", "2024", "Summer 2024", "end of July", "Q2 2024", "07/24", "July", "45382"),
    *("03/04/2024", "3.4.2024", "04-03-2024", "July 24", "Jul-24", "31-03-24", "3-4-24"),
    *("Friday 31 March 2024", "2011/12", "Q4 2023/25", "FY24", "end of 2024", "early March 2024"),
    *("TBC March 2024", "2024-07 (was 2024-05)", "from 2024-07", "2024-03-31T23:00:00Z"),
    *("Sept 31 2024", "31 June 2024", "29 February 2023", "0 July 2024", "1rd July 2024"),
    *("2024-13", "2024-0", "2024-7-32", "2024-07-31-1"),
    *("2023-4", "2024-5", "2019-0"),  # the year from April 2023 to March 2024?
    *("March 2024 – December 2023", "July 2024 or August 2024", "01/03/2024 - 31/03/2024"),
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


@pytest.mark.parametrize(
    ("words", "offers", "why"),
    [
        ("03/04/2024", ("2024-04-03", "2024-03-04"), "may be two dates"),
        ("31-03-24", ("2024-03-31", "2031-03-24"), "may be two dates"),
        ("Q1 2024", ("2024-01/2024-03", "2024-04/2024-06"), "may be two dates"),
        ("2011/12", ("2011-12", "2011-04/2012-03"), "may be two dates"),
        ("FY24", ("2023-04/2024-03", "2024-04/2025-03"), "may be two financial years"),
        ("March 24", ("2024-03",), "may be March 2024, or 24 March"),
        ("45382", ("2024-03-31",), "is a number, as Excel keeps a day"),
        ("2024", ("2024-01/2024-12",), "is a year alone"),
        ("Friday 31 March 2024", ("2024-03-31",), "is no day: 31 March 2024 is a Sunday"),
        ("31 June 2024", ("2024-06",), "is no day: June has 30 days"),
        ("29/02/2023", (), "is no day: February 2023 has 28 days"),
        ("2024-13", (), "is no date: there is no month 13"),
        ("31 March", (), "names no year"),
        ("Summer 2024", (), "names no month"),
        ("early March 2024", ("2024-03",), "names no day"),
        ("end of 2023/24", ("2024-03",), "names no month"),
        ("2024-07 (was 2024-05)", ("2024-07", "2024-05"), "says more than a date"),
        ("Ongoing", (), ""),
    ],
)
def test_what_words_may_mean_is_offered(words: str, offers: tuple[str, ...], why: str) -> None:
    assert read_words(words) == Reading(offers=offers, why=why)


@given(st.text(alphabet="JulyMach 0123456789-–/,.tosQFH", max_size=30))
def test_what_is_suggested_is_a_date_and_needs_no_mending(text: str) -> None:
    suggested = suggest_due(text)
    if suggested is not None:
        assert parse_due(suggested).text == suggested
        assert suggest_due(suggested) is None
