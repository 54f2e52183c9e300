"""What words mean as a date: one, several that are offered, or none and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from kimplan.model.due import MONTHS, NotADateError, parse_due

CENTURY = 2000  # of a year of two figures
TWO_DATES = "may be two dates"


class Reading(NamedTuple):
    """What words mean as a date: `due`, as a plan writes it, or the `offers` that they may mean.

    `why` is the end of a sentence about them that says why there is no one date; `note` is what to
    say of the answer.
    """

    due: str = ""
    offers: tuple[str, ...] = ()
    why: str = ""
    note: str = ""


def made(text: str) -> str:
    """Return `text` if it is a date as a plan writes it, and nothing otherwise."""
    try:
        return parse_due(text).text
    except NotADateError:
        return ""


def one_of(dates: Iterable[str], why: str = "", note: str = "") -> Reading:
    """Return the one date that there is among `dates`, or offers of several."""
    known = tuple(dict.fromkeys(filter(None, dates)))
    if len(known) == 1:
        return Reading(known[0], note=note)
    return Reading(offers=known, why=TWO_DATES if known else why)


def month_number(name: str) -> int:
    """Return the number of a month, of whose `name` the first three letters count."""
    names = [month[:3].lower() for month in MONTHS]
    return names.index(name[:3].lower()) + 1


def dated(year: int, month: int, day: int = 0) -> Reading:
    """Return a day or a month, or why there is none such."""
    whole = made(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""))
    if whole:
        return Reading(whole)
    offered = made(f"{year:04}-{month:02}") if day else ""
    return Reading(offers=(offered,) if offered else (), why=no_such_day(year, month))


def no_such_day(year: int, month: int) -> str:
    """Return why some day or month of a year is none, as the end of a sentence."""
    if not 1 <= month <= len(MONTHS):
        return f"is no date: there is no month {month}"
    try:
        days = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    except (ValueError, OverflowError):
        return "is not a date"
    of = f" {year}" if month == 2 else ""
    return f"is no day: {MONTHS[month - 1]}{of} has {days} days"
