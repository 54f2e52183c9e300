"""Dates as people promise them: a day, a month, or an interval of two of those.

The written form is a subset of EDTF level 0 (ISO 8601-2:2019, annex A): ``2024-07-31``,
``2024-07`` and ``2023-12/2024-03``. This module alone reads dates and decides how they are shown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_PART = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_LONGEST_PROSE = 80
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class NotADateError(ValueError):
    """Text is no day, month or interval."""


class BackwardsIntervalError(NotADateError):
    """An interval ends before it begins."""


class Due(NamedTuple):
    """A promised date: `text` as it was written, and the days that it covers, both included."""

    text: str
    first_day: date
    last_day: date

    def covers_the_same(self, other: Due) -> bool:
        """Return whether both dates cover the same days, however they are written."""
        return self.first_day == other.first_day and self.last_day == other.last_day

    def __str__(self) -> str:
        """Return the date in full, the way it was promised: ``December 2023 – March 2024``."""
        return show_due(self)


@lru_cache(maxsize=4096)
def parse_due(text: str) -> Due:
    """Return the day, month or interval that `text` writes.

    Raises NotADateError for anything else, and its child BackwardsIntervalError for an interval
    that ends before it begins.
    """
    start, slash, end = text.partition("/")
    first_day, last_day = _days(start)
    if slash:
        ends_first, last_day = _days(end)
        if last_day < first_day or ends_first < first_day:
            raise BackwardsIntervalError(text)
    return Due(text, first_day, last_day)


def parse_day(text: str) -> date:
    """Return the one day that `text` writes as ``2024-07-31``; raise NotADateError otherwise."""
    found = _PART.fullmatch(text)
    if not found or not found[3]:
        raise NotADateError(text)
    return _days(text)[0]


def suggest_due(text: str) -> str | None:
    """Return the one date that `text` can mean, such as ``2024-07`` for ``July 2024``.

    None if it means no date, or may mean several, or is written as it should be.
    """
    words = " ".join(text.split()) if len(text) <= _LONGEST_PROSE else ""
    found = _prose_dates()[0].fullmatch(words)
    parts = [_suggest_part(part) for part in found.groups() if part] if found else []
    suggested = "/".join(filter(None, parts))
    if not parts or None in parts or suggested == words:
        return None
    try:
        return parse_due(suggested).text
    except NotADateError:
        return None


def suggest_day(text: str) -> str | None:
    """Return the one day that `text` can mean, or None, as `suggest_due` does."""
    suggested = suggest_due(text)
    return suggested if suggested and len(suggested) == len("2024-07-31") else None


def _suggest_part(text: str) -> str | None:
    """Return a day or a month in prose as it should be written, if it may be one."""
    for pattern in _prose_dates()[1:]:
        if found := pattern.fullmatch(text):
            return _written(**found.groupdict())
    return None


def _written(
    year: str, month: str, day: str | None = None, ordinal: str | None = None
) -> str | None:
    if ordinal and ordinal.lower() != _ORDINALS.get(int(day or 0), "th"):
        return None  # 1rd: the first or the third?
    if not day and len(month) == 1 and int(month) == (int(year) + 1) % 10:
        return None  # 2023-4: April 2023, or the year from April 2023 to March 2024?
    names = [name[:3].lower() for name in MONTHS]
    number = int(month) if month.isdigit() else names.index(month[:3].lower()) + 1
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


@lru_cache(maxsize=1)
def _prose_dates() -> tuple[re.Pattern[str], ...]:
    """Return what dates in prose look like, intervals included, and then each kind of part."""
    names = "|".join(rf"{name[:3]}(?:{name[3:]}|\.)?" for name in MONTHS)
    month = rf"(?P<month>{names}|Sept\.?)"
    year, day = "(?P<year>[0-9]{4})", "(?P<day>[0-9]{1,2})"
    ordinal = "(?P<ordinal>st|nd|rd|th)?"
    parts = (
        f"{year}-(?P<month>[0-9]{{1,2}})(?:-{day})?",
        f"(?:the )?{day}{ordinal}(?: of)? {month},? {year}",
        f"{day}-{month}-{year}",
        f"{month} {day}{ordinal},? {year}",
        f"{month},?[ -]{year}",
    )
    part = re.sub(r"\?P<[a-z]+>", "?:", "|".join(parts))
    parted = "(?: ?[–—/] ?| (?:-|to|until) |(?<=[0-9]{4})-(?=[A-Z]))"
    whole = f"(?:from )?({part})(?:{parted}({part}))?"
    return tuple(re.compile(shape, re.IGNORECASE | re.ASCII) for shape in (whole, *parts))


def show_day(day: date, months: Sequence[str] = MONTHS) -> str:
    """Return `day` in full, as the British write it: ``31 March 2024``."""
    return f"{day.day} {months[day.month - 1]} {day.year}"


def show_due(due: Due, months: Sequence[str] = MONTHS) -> str:
    """Return a date in full, the way it was promised: ``December 2023 – March 2024``."""
    return " – ".join(_show_part(part, months) for part in due.text.split("/"))


def _show_part(text: str, months: Sequence[str]) -> str:
    if len(text) == len("2024-07"):
        return f"{months[int(text[5:]) - 1]} {text[:4].lstrip('0')}"
    return show_day(parse_day(text), months)


def _days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a day or a month."""
    found = _PART.fullmatch(text)
    if not found:
        raise NotADateError(text)
    year, month = int(found[1]), int(found[2])
    try:
        if found[3]:
            day = date(year, month, int(found[3]))
            return day, day
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    except ValueError:
        raise NotADateError(text) from None
