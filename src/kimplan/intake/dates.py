"""Dates as landlords write them in tables, on top of the one parser of dates; nothing is guessed.

A date is *read* where it has one meaning, or one that the column proves; where it may have several,
they are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from kimplan.model.date_words import suggest_due
from kimplan.model.due import NotADateError, parse_due

_LONGEST = 120
_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,? ", re.IGNORECASE)
_LEAD = re.compile(r"(?:by|due(?: by| on)?|on|target(?: date)?:?|no later than) ", re.IGNORECASE)
_END_OF = re.compile(rf"(?:by )?(?:the )?end(?: of)? ({_MONTH},? [0-9]{{4}})", re.IGNORECASE)
_NUMERIC = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.]([0-9]{4})", re.ASCII)
_QUARTER = re.compile(
    r"(?:Q|quarter )([1-4]),? ?(?:FY ?)?([0-9]{4}|[0-9]{2})[/–-]([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
_DAY_SHORT_YEAR = re.compile(rf"({_DAY})[ -]({_MONTH})[ ,-]+['’]?([0-9]{{2}})", re.IGNORECASE)
_SHORT_YEAR = re.compile(rf"({_MONTH})[ -]?(['’]?)([0-9]{{2}})", re.IGNORECASE)
_SHORT_SPAN = re.compile(
    rf"({_MONTH})[ -]?['’]?([0-9]{{2}}) ?(?:[–—-]|to|until) ?({_MONTH})[ -]?['’]?([0-9]{{2}})",
    re.IGNORECASE,
)
_SHARED_YEAR = re.compile(
    rf"({_MONTH}) ?(?:[–—-]|to|until) ?({_MONTH}),? ([0-9]{{4}})", re.IGNORECASE
)
_WITH_MORE = re.compile(r"([^(;,]{4,40}?) ?[(;,].*", re.DOTALL)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_TIME = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?(?:Z)?")


class Reading(NamedTuple):
    """What a date's words mean: `due` as a plan writes it, or what they may mean.

    With `is_doubtful` the reading is the usual one, and is to be shown.
    """

    due: str = ""
    offers: tuple[str, ...] = ()
    is_doubtful: bool = False


class DateColumn(NamedTuple):
    """What the dates of a column prove: the shapes in which the day is first, and the years."""

    day_first: frozenset[tuple[str, int]] = frozenset()
    years: frozenset[int] = frozenset()


def study(texts: Iterable[str]) -> DateColumn:
    """Return what the words of a column's cells prove."""
    first: set[tuple[str, int]] = set()
    second: set[tuple[str, int]] = set()
    years: set[int] = set()
    for text in texts:
        if len(text) > _LONGEST:
            continue
        years.update(map(int, _YEAR.findall(text)))
        if found := _NUMERIC.fullmatch(text.strip()):
            shape = found[2], len(found[4])
            if 12 < int(found[1]) <= 31 and int(found[3]) <= 12:
                first.add(shape)
            if 12 < int(found[3]) <= 31 and int(found[1]) <= 12:
                second.add(shape)
    return DateColumn(frozenset(first - second), frozenset(years))


@lru_cache(maxsize=4096)
def read_date(text: str, column: DateColumn = DateColumn()) -> Reading:  # noqa: B008
    """Return what `text` means as a date among those of `column`."""
    words = _TIME.sub("", " ".join(text.split()))
    if not words or len(words) > _LONGEST:
        return Reading()
    if found := _LEAD.match(words):
        words = words[found.end() :]
    for way in (_iso, _numeric, _weekday, _short, _quarter, _spelt):
        reading = way(words, column)
        if reading is not None:
            return reading
    if (found := _WITH_MORE.fullmatch(words)) and (found[1] != words):
        inner = read_date(found[1], column)
        return Reading(offers=(inner.due,) if inner.due else inner.offers)
    return Reading()


def _made(text: str) -> str:
    try:
        return parse_due(text).text
    except NotADateError:
        return ""


def _iso(words: str, column: DateColumn) -> Reading | None:
    made = _made(words)
    return Reading(made) if made else None


def _numeric(words: str, column: DateColumn) -> Reading | None:
    if found := _MONTH_YEAR.fullmatch(words):
        return Reading(_made(f"{found[2]}-{int(found[1]):02}"))
    found = _NUMERIC.fullmatch(words)
    if not found:
        return None
    year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
    one, other = int(found[1]), int(found[3])
    day_first = _made(f"{year}-{other:02}-{one:02}")
    month_first = _made(f"{year}-{one:02}-{other:02}")
    is_proved = one > 12 or one == other or (found[2], len(found[4])) in column.day_first
    if day_first and is_proved:
        return Reading(day_first)
    return Reading(offers=tuple(dict.fromkeys(filter(None, (day_first, month_first)))))


def _weekday(words: str, column: DateColumn) -> Reading | None:
    found = _WEEKDAY.match(words)
    if not found:
        return None
    reading = read_date(words[found.end() :], column)
    if len(reading.due) != len("2024-07-31"):
        return Reading(offers=reading.offers)
    is_that_day = parse_due(reading.due).first_day.weekday() == _WEEKDAYS.index(found[1].lower())
    return reading if is_that_day else Reading(offers=(reading.due,))


def _short(words: str, column: DateColumn) -> Reading | None:
    """Read years of two digits behind a month's name."""
    if found := _DAY_SHORT_YEAR.fullmatch(words):
        return Reading(suggest_due(f"{found[1]} {found[2]} 20{found[3]}") or "")
    if found := _SHORT_SPAN.fullmatch(words):
        made = suggest_due(f"{found[1]} 20{found[2]} – {found[3]} 20{found[4]}") or ""
        is_usual = _is_near(found[2], column) and _is_near(found[4], column)
        return _usual(made, is_usual=is_usual)
    if found := _SHORT_YEAR.fullmatch(words):
        made = suggest_due(f"{found[1]} 20{found[3]}") or ""
        return Reading(made) if found[2] else _usual(made, is_usual=_is_proved(found[3], column))
    return None


def _usual(made: str, *, is_usual: bool) -> Reading:
    if made and is_usual:
        return Reading(made, is_doubtful=True)
    return Reading(offers=(made,) if made else ())


def _is_near(year: str, column: DateColumn) -> bool:
    """Return whether the year of two digits is one of the column's, or there is none to ask."""
    return _is_proved(year, column) if column.years else int(year) > 18


def _is_proved(year: str, column: DateColumn) -> bool:
    return any(abs(known - 2000 - int(year)) <= 5 for known in column.years)


def _quarter(words: str, column: DateColumn) -> Reading | None:
    """Read a quarter of a financial year, which begins in April."""
    found = _QUARTER.fullmatch(words)
    if not found:
        return None
    start = int(found[2]) if len(found[2]) == 4 else 2000 + int(found[2])
    if int(found[3]) % 100 != (start + 1) % 100:
        return Reading()
    quarter = int(found[1])
    year, month = (start, 1 + 3 * quarter) if quarter < 4 else (start + 1, 1)
    made = _made(f"{year}-{month:02}/{year}-{month + 2:02}")
    return Reading(made) if len(found[2]) == 4 else Reading(offers=(made,))


def _spelt(words: str, column: DateColumn) -> Reading | None:
    if found := _END_OF.fullmatch(words):
        return Reading(suggest_due(found[1]) or "")
    if found := _SHARED_YEAR.fullmatch(words):
        return Reading(suggest_due(f"{found[1]} {found[3]} – {found[2]} {found[3]}") or "")
    made = suggest_due(words)
    if not made:
        return None
    if words.casefold().startswith("from ") and "/" not in made:  # when it begins, not its end
        return Reading(offers=(made,))
    parts = re.split(" ?/ ?", words)
    if len(parts) > 1:  # two promises, or one that lasts?
        return Reading(offers=tuple(filter(None, map(suggest_due, parts))))
    return Reading(made)


def as_day(text: str) -> str:
    """Return `text`, a date as a plan writes it, if it is one day, and otherwise nothing."""
    return text if len(text) == len("2024-07-31") else ""
