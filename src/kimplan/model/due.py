"""Dates as people promise them: a day, a month, or an interval of two of those.

The written form is a subset of EDTF level 0 (ISO 8601-2:2019, annex A): ``2024-07-31``,
``2024-07`` and ``2023-12/2024-03``. This module alone reads dates and decides how they are shown;
`date_words` reads what people write in place of one.
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
NONE_AGREED = "none agreed"  # what stands in place of a date that is still to be agreed
NO_DATE = "no date agreed"  # how that is shown


class NotADateError(ValueError):
    """Text is no day, month or interval."""


class BackwardsIntervalError(NotADateError):
    """An interval ends before it begins."""


class Due(NamedTuple):
    """A promised date: `text` as it was written, and the days that it covers, both included."""

    text: str
    first_day: date
    last_day: date

    @property
    def is_agreed(self) -> bool:
        """Whether there is a date: false for ``none agreed``, which is later than every date."""
        return self.text != NONE_AGREED

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


def parse_promise(text: str) -> Due:
    """Return the date that `text` promises, or for ``none agreed`` that there is none yet.

    Raises NotADateError and its child as `parse_due` does.
    """
    if text == NONE_AGREED:
        return Due(NONE_AGREED, date.max, date.max)
    return parse_due(text)


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """Return the one day that `text` writes as ``2024-07-31``; raise NotADateError otherwise."""
    if len(text) != len("2024-07-31") or text[4] != "-" or text[7] != "-":
        raise NotADateError(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADateError(text) from None


def show_day(day: date, months: Sequence[str] = MONTHS) -> str:
    """Return `day` in full, as the British write it: ``31 March 2024``."""
    return f"{day.day} {months[day.month - 1]} {day.year}"


def show_due(due: Due, months: Sequence[str] = MONTHS) -> str:
    """Return a date in full, the way it was promised: ``December 2023 – March 2024``."""
    if not due.is_agreed:
        return NO_DATE
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
