from __future__ import annotations

from datetime import date

import pytest

from kimplan.model.due import (
    BackwardsIntervalError,
    Due,
    NotADateError,
    parse_day,
    parse_due,
    show_day,
)

MONTHS = {
    "01": ("January", 31),
    "02": ("February", 28),
    "03": ("March", 31),
    "04": ("April", 30),
    "05": ("May", 31),
    "06": ("June", 30),
    "07": ("July", 31),
    "08": ("August", 31),
    "09": ("September", 30),
    "10": ("October", 31),
    "11": ("November", 30),
    "12": ("December", 31),
}

NOT_DATES = {
    "the month 13": "2024-13",
    "a day of the month 13": "2024-13-45",
    "the month 0": "2024-00",
    "the day 0": "2024-07-00",
    "the day 32": "2024-07-32",
    "the 31 June": "2024-06-31",
    "the 29 February of an ordinary year": "2023-02-29",
    "the 29 February of 1900": "1900-02-29",
    "the year 0": "0000-01",
    "a year alone": "2024",
    "one digit for the month": "2024-7",
    "one digit for the day": "2024-07-1",
    "a five-digit year": "02024-07",
    "a two-digit year": "24-07",
    "a minus before the year": "-2024-07",
    "a plus before the year": "+2024-07",
    "no hyphens": "20240731",
    "slashes for hyphens": "2024/07/31",
    "full stops": "2024.07.31",
    "the British order": "31-07-2024",
    "Arabic digits": "٢٠٢٤-٠٧",
    "full-width digits": "２０２４-０７",
    "a superscript": "2024-0²",
    "an en dash": "2024–07",
    "a non-breaking hyphen": "2024‑07",
    "a word": "July 2024",
    "quarters": "2024-Q3",
    "an ISO week": "2024-W30",
    "an uncertain date": "2024-07?",
    "an unspecified day": "2024-07-XX",
    "a time": "2024-07-31T10:00",
    "a Unix time": "86400",
    "nothing": "",
    "a space": " ",
    "a space before": " 2024-07",
    "a space behind": "2024-07 ",
    "a line break behind": "2024-07\n",
    "a line break within": "2024\n-07",
    "a NULL": "2024-07\x00",
    "an open interval": "2024-07/",
    "an interval without a start": "/2024-07",
    "an interval with dots": "2024-07/..",
    "only a slash": "/",
    "two slashes": "2024-01/2024-02/2024-03",
    "a double slash": "2024-01//2024-02",
    "spaces round the slash": "2024-01 / 2024-02",
    "an interval with a bad start": "2024-13/2024-12",
    "an interval with a bad end": "2024-01/2024-02-30",
    "two hyphens for an interval": "2024-01--2024-02",
}


@pytest.mark.parametrize(
    ("text", "first_day", "last_day", "shown"),
    [
        ("2024-07-31", date(2024, 7, 31), date(2024, 7, 31), "31 July 2024"),
        ("2024-07-01", date(2024, 7, 1), date(2024, 7, 1), "1 July 2024"),
        ("2024-07", date(2024, 7, 1), date(2024, 7, 31), "July 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "29 February 2024"),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29), "February 2000"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), "February 1900"),
        (
            "2023-12/2024-03",
            date(2023, 12, 1),
            date(2024, 3, 31),
            "December 2023 – March 2024",
        ),
        (
            "2024-01-10/2024-02-20",
            date(2024, 1, 10),
            date(2024, 2, 20),
            "10 January 2024 – 20 February 2024",
        ),
        (
            "2024-01-10/2024-02",
            date(2024, 1, 10),
            date(2024, 2, 29),
            "10 January 2024 – February 2024",
        ),
        (
            "2024-01/2024-02-10",
            date(2024, 1, 1),
            date(2024, 2, 10),
            "January 2024 – 10 February 2024",
        ),
        ("2024-07/2024-07", date(2024, 7, 1), date(2024, 7, 31), "July 2024 – July 2024"),
        ("2024-07/2024-07-15", date(2024, 7, 1), date(2024, 7, 15), "July 2024 – 15 July 2024"),
        ("0001-01-01", date(1, 1, 1), date(1, 1, 1), "1 January 1"),
        ("0987-01", date(987, 1, 1), date(987, 1, 31), "January 987"),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31), "31 December 9999"),
    ],
)
def test_a_date_covers_its_days_and_is_shown_in_full(
    text: str, first_day: date, last_day: date, shown: str
) -> None:
    due = parse_due(text)
    assert due == Due(text, first_day, last_day)
    assert str(due) == shown


@pytest.mark.parametrize("number", MONTHS)
def test_every_month_has_its_name_and_its_last_day(number: str) -> None:
    name, last = MONTHS[number]
    due = parse_due(f"2023-{number}")
    assert (str(due), due.last_day) == (f"{name} 2023", date(2023, int(number), last))
    assert str(parse_due(f"2023-{number}-{last}")) == f"{last} {name} 2023"


@pytest.mark.parametrize("what", NOT_DATES)
def test_anything_else_is_not_a_date(what: str) -> None:
    with pytest.raises(NotADateError) as refused:
        parse_due(NOT_DATES[what])
    assert refused.type is NotADateError


@pytest.mark.parametrize(
    "text",
    [
        "2024-03/2023-12",
        "2024-02/2024-01",
        "2024-02-02/2024-02-01",
        "2024-02-10/2024-01",
        "2024-02/2024-01-31",
        "2024-07-31/2024-07",
    ],
)
def test_an_interval_that_ends_before_it_begins_is_told_apart(text: str) -> None:
    with pytest.raises(BackwardsIntervalError):
        parse_due(text)


def test_a_day_is_one_day() -> None:
    assert parse_day("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["2024-07", "2024-07-01/2024-07-02", "20240701", "2024-W27-1", "2024-W2-10", "2024-183-1",
     "0000-01-01", "2024-7-001", "+024-07-01", "2024-07-0１", *NOT_DATES.values()],
)  # fmt: skip
def test_a_month_or_an_interval_is_not_a_day(text: str) -> None:
    with pytest.raises(NotADateError):
        parse_day(text)


def test_a_day_is_shown_the_british_way() -> None:
    assert show_day(date(2024, 3, 31)) == "31 March 2024"
    assert show_day(date(2024, 12, 1)) == "1 December 2024"
