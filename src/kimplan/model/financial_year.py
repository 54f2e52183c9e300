"""Quarters, halves and whole years as dates; a financial year begins in April."""

from __future__ import annotations

from kimplan.model import date_shapes as shapes
from kimplan.model.date_reading import CENTURY, TWO_DATES, Reading, made, one_of

FINANCIAL = "the financial year from April"


def read_period(words: str) -> Reading | None:
    """Read a quarter, a half or the whole of a financial year, or of the calendar's."""
    for pattern in shapes.periods():
        if found := pattern.fullmatch(words):
            return _months(found.groupdict())
    return None


def _months(parts: dict[str, str | None]) -> Reading | None:
    """Return the months that the parts of a period name."""
    length = 3 if parts.get("quarter") else 6 if parts.get("half") else 12
    number = int(parts.get("quarter") or parts.get("half") or 1)
    first = (number - 1) * length
    year, following = _whole_year(parts["year"] or ""), parts["next"]
    if following and int(following) % 100 != (year + 1) % 100:
        return Reading(why="is no financial year: the second is not the year after the first")
    if following and length == 12 and not parts["fy"] and int(following) <= 12:
        return month_or_year(year, int(following))
    if following:
        note = FINANCIAL if length == 12 else f"a part of {FINANCIAL}"
        return Reading(_financial(year, first, length), note=note)
    if length == 12 or parts["fy"]:  # named by the year in which it begins, or ends?
        offers = (_financial(year - 1, first, length), _financial(year, first, length))
        return Reading(offers=offers, why="may be two financial years")
    calendar = f"{year:04}-{first + 1:02}/{year:04}-{first + length:02}"
    return Reading(offers=(calendar, _financial(year, first, length)), why=TWO_DATES)


def _whole_year(year: str) -> int:
    return int(year) if len(year) == 4 else CENTURY + int(year)


def _financial(year: int, first: int, length: int) -> str:
    """Return `length` months of the financial year that begins in April of `year`."""
    ends = [divmod(3 + first, 12), divmod(3 + first + length - 1, 12)]
    return "/".join(f"{year + more:04}-{month + 1:02}" for more, month in ends)


def month_or_year(year: int, month: int) -> Reading:
    """Return what 2011/12 may be: December 2011, or the year from April 2011 to March 2012."""
    return one_of((made(f"{year:04}-{month:02}"), _financial(year, 0, 12)), note=FINANCIAL)
