"""Dates as people write them in place of a plan's own: the one that is meant, or what may be.

Nothing is guessed: where words may mean several dates, they are offered, and whoever reads them
chooses. A financial year begins in April.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from kimplan.model import date_shapes as shapes
from kimplan.model.date_reading import (
    CENTURY,
    TWO_DATES,
    Reading,
    dated,
    made,
    month_number,
    no_such_day,
    one_of,
)
from kimplan.model.due import (
    MONTHS,
    BackwardsIntervalError,
    NotADateError,
    parse_due,
    show_day,
    show_due,
)
from kimplan.model.financial_year import month_or_year, read_period

_LONGEST = 80
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EXCEL_EPOCH = date(1899, 12, 30)
_DAY_LENGTH = len("2024-07-31")
MORE = "says more than a date"


def suggest_due(text: str) -> str | None:
    """Return the one date that `text` can mean, such as ``2024-07`` for ``July 2024``.

    None if it means no date, or may mean several, or is written as it should be.
    """
    return read_words(text).due or None


def suggest_day(text: str) -> str | None:
    """Return the one day that `text` can mean, or None, as `suggest_due` does."""
    suggested = suggest_due(text)
    return suggested if suggested and len(suggested) == _DAY_LENGTH else None


@lru_cache(maxsize=4096)
def read_words(text: str) -> Reading:
    """Return what `text` means as a date; nothing where it is written as it should be already."""
    words = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if not words or made(words) or _is_backwards(words):
        return Reading()
    bare = shapes.bare(words)
    found = (way(bare) for way in _WAYS)
    return next((reading for reading in found if reading is not None), Reading())


def _is_backwards(words: str) -> bool:
    try:
        parse_due(words)
    except BackwardsIntervalError:
        return True
    except NotADateError:
        return False
    return False


# Each way returns None for words that are not of its kind.


def _written(words: str) -> Reading | None:
    """Read a day or a month with a year, in words or with the year first."""
    for pattern in shapes.parts():
        if found := pattern.fullmatch(words):
            parts = found.groupdict()
            return _part(parts["year"], parts["month"], parts.get("day"), parts.get("ordinal"))
    return None


def _part(year: str, month: str, day: str | None, ordinal: str | None) -> Reading:
    if ordinal and ordinal.lower() != _ORDINALS.get(int(day or 0), "th"):
        return Reading(why="is not a date")  # 1rd: the first or the third?
    if month.isdigit():
        following = 10 if len(month) == 1 else 100
        if not day and int(month) and int(month) == (int(year) + 1) % following:
            return month_or_year(int(year), int(month))
        return dated(int(year), int(month), _number(day))
    return dated(int(year), month_number(month), _number(day))


def _number(day: str | None) -> int:
    return int(day) if day and int(day) else 99 if day else 0  # the day 0 is none


def _span(words: str) -> Reading | None:
    """Read two dates as one interval."""
    if found := shapes.shared_year().fullmatch(words):
        one, other, year = found.groups()
        return _interval(f"{one} {year}", f"{other} {year}")
    if found := shapes.shared_month().fullmatch(words):
        one, other, rest = found.groups()
        return _interval(f"{one} {rest}", f"{other} {rest}")
    spans = (pattern.fullmatch(words) for pattern in shapes.spans())
    readings = (_interval(*found.groups()) for found in spans if found)
    return next((reading for reading in readings if reading), None)


def _interval(*parts: str) -> Reading | None:
    readings = [Reading(part) if made(part) else read_words(part) for part in parts]
    if doubtful := next((one for one in readings if one.why == TWO_DATES), None):
        return doubtful
    ends = [reading.due for reading in readings]
    if not all(ends) or any("/" in end for end in ends):
        return None
    whole = made("/".join(ends))
    return Reading(whole) if whole else Reading(why="ends before it begins")


def _numeric(words: str) -> Reading | None:
    """Read days and months in figures."""
    plain = shapes.with_plain_marks(words)
    if found := shapes.THREE_NUMBERS.fullmatch(plain):
        return _three(found[1], found[2], found[3], found[4])
    if found := shapes.MONTH_YEAR.fullmatch(plain):
        return dated(int(found[2]), int(found[1]))
    found = shapes.YEAR_MONTH.fullmatch(plain)
    if found and int(found[2]) != (int(found[1]) + 1) % 100:  # else it may be a financial year
        return dated(int(found[1]), int(found[2]))
    return _eight(plain) if shapes.EIGHT_FIGURES.fullmatch(plain) else _number_alone(plain)


def _number_alone(plain: str) -> Reading | None:
    """Read a year, or a day as Excel counts them."""
    if shapes.SERIAL.fullmatch(plain):
        day = (_EXCEL_EPOCH + timedelta(days=int(plain))).isoformat()
        return Reading(offers=(day,), why="is a number, as Excel keeps a day")
    if shapes.YEAR.fullmatch(plain):
        return Reading(offers=(f"{plain}-01/{plain}-12",), why="is a year alone")
    found = shapes.MONTH_SHORT_YEAR.fullmatch(plain)
    if found and 1 <= int(found[1]) <= 12 < int(found[2]):
        month = f"{CENTURY + int(found[2])}-{int(found[1]):02}"
        return Reading(offers=(month,), why="is not a date, but may be a month")
    return None


def _three(one: str, mark: str, two: str, three: str) -> Reading | None:
    if len(one) == 4:
        return dated(int(one), int(two), _number(three)) if len(three) <= 2 else None
    if len(one) > 2 or len(three) not in {2, 4}:
        return None
    year = int(three) if len(three) == 4 else CENTURY + int(three)
    readings = [(year, int(two), int(one)), (year, int(one), int(two))]
    if len(three) == 2 and mark == "-" and len(one) == 2:  # the year may stand first
        readings.append((CENTURY + int(one), int(two), int(three)))
    dates = [made(f"{y:04}-{m:02}-{d:02}") for y, m, d in readings]
    return one_of(dates, why=no_such_day(year, int(two)))


def _eight(words: str) -> Reading:
    year_first = (words[:4], words[4:6], words[6:])
    day_first = (words[4:], words[2:4], words[:2])
    dates = [made("-".join(way)) for way in (year_first, day_first) if way[0][:2] in {"19", "20"}]
    return one_of(dates, why="is not a date")


def _weekday(words: str) -> Reading | None:
    """Read a day behind the name of its weekday, which must agree."""
    found = shapes.weekday().match(words)
    if not found:
        return None
    rest = words[found.end() :]
    reading = Reading(rest) if made(rest) else read_words(rest)
    if len(reading.due) != _DAY_LENGTH:
        return reading if reading.offers or reading.why else None
    day = parse_due(reading.due).first_day
    name = _WEEKDAYS[day.weekday()]
    if name.lower().startswith(found[1].lower()):
        return reading
    return Reading(offers=(reading.due,), why=f"is no day: {show_day(day)} is a {name}")


def _short_year(words: str) -> Reading | None:
    """Read years of two figures behind the name of a month."""
    if found := shapes.day_short_year().fullmatch(words):
        return read_words(f"{found[1]} {found[2]} {CENTURY + int(found[3])}")
    if found := shapes.month_short_year().fullmatch(words):
        month = dated(CENTURY + int(found[3]), month_number(found[1]))
        if found[2] or int(found[3]) > 31:
            return month
        named = MONTHS[month_number(found[1]) - 1]
        why = f"may be {named} {CENTURY + int(found[3])}, or {int(found[3])} {named}"
        return Reading(offers=(month.due,), why=why)
    return None


def _yearless(words: str) -> Reading | None:
    return Reading(why="names no year") if shapes.yearless().fullmatch(words) else None


def _part_of_month(words: str) -> Reading | None:
    """Read the end or the middle of a month, which a plan writes as the month."""
    found = shapes.part_of_month().fullmatch(words)
    if not found:
        return None
    reading = read_words(found[2])
    if shapes.IS_EARLY.match(found[1]) and reading.due:
        return Reading(offers=(reading.due,), why="names no day")
    is_month = len(reading.offers) == 1  # the end of March 24 is of no other year
    return Reading(reading.offers[0]) if is_month else reading


def _part_of_year(words: str) -> Reading | None:
    """Read a year's end, which is offered as the last month of that year."""
    found = shapes.end_of_year().fullmatch(words)
    if not found:
        return None
    reading = read_words(found[1])
    if not reading.due and not (len(reading.offers) == 1 and "/" in reading.offers[0]):
        return reading
    whole = reading.due or reading.offers[0]
    last = whole.partition("/")[2] or whole
    return Reading(offers=(last[: len("2024-07")],), why="names no month")


def _season(words: str) -> Reading | None:
    return Reading(why="names no month") if shapes.season().fullmatch(words) else None


def _with_more(words: str) -> Reading | None:
    """Read dates among other words; none of them is surely what is promised."""
    found = (words[one.start() : one.end()] for one in shapes.dates_within().finditer(words))
    dates = dict.fromkeys(made(one) or read_words(one).due for one in found if one != words)
    offers = tuple(filter(None, dates))
    return Reading(offers=offers, why=MORE) if offers else None


_WAYS: tuple[Callable[[str], Reading | None], ...] = (
    lambda words: Reading(words) if made(words) else None,  # what was stripped was all too much
    _written,
    _numeric,
    _weekday,
    _short_year,
    _yearless,
    _part_of_month,
    read_period,
    _part_of_year,
    _span,
    _season,
    _with_more,
)


def show_written(text: str) -> str:
    """Return a date as a plan writes it in full: ``31 March 2024`` for ``2024-03-31``."""
    return show_due(parse_due(text))
