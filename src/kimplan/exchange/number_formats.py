"""Numbers of a workbook as they are shown: dates as precisely as their format says.

ECMA-376 part 1, 18.8.30 and 18.8.31, names the formats. Only what a plan holds is followed to the
letter: dates, whole numbers, decimals, percentages, money, and numbers with words around them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from kimplan.model.due import MONTHS, Due, parse_due

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 49: "@",
}  # fmt: skip
_DATES_OF_EAST_ASIA = {*range(27, 37), *range(50, 59)}
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*")|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]"""
    r"""|(?P<half>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+)|(?P<digits>[0#?][0#?,.]*)|(?P<other>.)""",
    re.IGNORECASE | re.DOTALL,
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SAFE = 61  # Excel takes 1900 for a leap year: what lies before is a day off
_LAST = 2_958_465  # 31 December 9999
_LONGEST = 255


class Shown(NamedTuple):
    """A number as it is shown; a date that says a day or a month as that, too."""

    text: str
    due: Due | None = None


class _Part(NamedTuple):
    kind: str  # text, date, digits
    text: str


def format_code(number: int, own: dict[int, str]) -> str:
    """Return a format by its number: one of the workbook's own, or one that every workbook has."""
    if number in _DATES_OF_EAST_ASIA and number not in own:
        return "dd/mm/yyyy"
    return own.get(number, _BUILT_IN.get(number, "General"))[:_LONGEST]


def show(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """Return a number as a format shows it."""
    parts = _parts(_section(code, value))
    kinds = {part.kind for part in parts}
    if "date" in kinds:
        return _show_date(value, parts, from_1904=from_1904)
    if "digits" not in kinds:
        return Shown(_general(value))
    return Shown("".join(_number(part, abs(value), code) for part in parts).strip())


def serial_of(text: str, *, from_1904: bool = False) -> float | str:
    """Return the number of a day, perhaps with its time, as ISO 8601 writes it; else the text."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return text
    days = moment.date() - (_EPOCH_1904 if from_1904 else _EPOCH)
    return days.days + (moment.hour * 60 + moment.minute) / 1440


def _section(code: str, value: float) -> str:
    """Return the part of a format for a number: the first, or that for less than nothing."""
    sections = re.split(r""";(?=(?:[^"]*"[^"]*")*[^"]*$)""", code)
    if value < 0:
        return sections[1] if len(sections) > 1 else f"-{sections[0]}"
    return sections[0]


@lru_cache(maxsize=512)
def _parts(code: str) -> tuple[_Part, ...]:
    if code.casefold() in {"general", "@", ""}:
        return ()
    found = []
    for token in _TOKEN.finditer(code):
        groups = token.groupdict()
        if groups["date"] or groups["half"]:
            found.append(_Part("date", (groups["date"] or "").lower() or "half"))
        elif groups["digits"]:
            found.append(_Part("digits", groups["digits"]))
        else:
            text = groups["quoted"] or ""
            text = text[1:-1] or groups["escaped"] or groups["money"] or groups["other"] or ""
            found.append(_Part("text", text))
    return tuple(_with_minutes(found))


def _with_minutes(parts: list[_Part]) -> list[_Part]:
    """Return the parts with an ``m`` beside hours or seconds as minutes, ``n``."""
    dates = [at for at, part in enumerate(parts) if part.kind == "date"]
    for place, at in enumerate(dates):
        if not parts[at].text.startswith("m"):
            continue
        before = parts[dates[place - 1]].text if place else ""
        after = parts[dates[place + 1]].text if place + 1 < len(dates) else ""
        if before.startswith("h") or after.startswith("s"):
            parts[at] = _Part("date", "n" * len(parts[at].text))
    return parts


def _show_date(value: float, parts: tuple[_Part, ...], *, from_1904: bool) -> Shown:
    letters = {part.text[0] for part in parts if part.kind == "date"}
    day = _day(value, from_1904=from_1904)
    if day is None and letters & set("dmy"):
        return Shown(_general(value))
    day, seconds = day or _EPOCH, round((value % 1) * 86_400)
    text = "".join(_date_part(part, day, seconds) if part.kind == "date" else part.text
                   for part in parts if part.kind != "digits")  # fmt: skip
    if {"d", "m"} <= letters:  # the file holds the year, whether or not it is shown
        return Shown(text.strip(), parse_due(day.isoformat()))
    if {"m", "y"} <= letters:
        return Shown(text.strip(), parse_due(f"{day.year:04}-{day.month:02}"))
    return Shown(text.strip())


def _day(value: float, *, from_1904: bool) -> date | None:
    if from_1904:
        return _EPOCH_1904 + timedelta(int(value)) if 0 <= value < _LAST - 1462 else None
    return _EPOCH + timedelta(int(value)) if _FIRST_SAFE <= value < _LAST + 1 else None


def _date_part(part: _Part, day: date, seconds: int) -> str:
    letter, width = part.text[0], len(part.text)
    if letter == "y":
        return str(day.year) if width > len("yy") else f"{day.year % 100:02}"
    if letter == "d":
        name = _DAYS[day.weekday()]
        return (str(day.day), f"{day.day:02}", name[:3], name)[min(width, 4) - 1]
    if part.text == "half":
        return "AM" if seconds < 43_200 else "PM"
    if letter == "m":
        name = MONTHS[day.month - 1]
        return (str(day.month), f"{day.month:02}", name[:3], name, name[:1])[min(width, 5) - 1]
    number = {"h": seconds // 3600, "n": seconds // 60 % 60, "s": seconds % 60}[letter]
    return f"{number:02}" if width > 1 else str(number)


def _number(part: _Part, value: float, code: str) -> str:
    if part.kind == "text":
        return part.text
    if "%" in re.sub(r'"[^"]*"', "", code):
        value *= 100
    whole, dot, decimals = part.text.partition(".")
    places = sum(sign in "0#?" for sign in decimals)
    scaled = value / 1000 ** (len(part.text) - len(part.text.rstrip(",")))
    text = f"{scaled:,.{places}f}" if "," in whole.rstrip(",") else f"{scaled:.{places}f}"
    needed = decimals.count("0")
    if dot and places > needed:
        kept = text.rstrip("0")
        cut = max(len(kept), len(text) - places + needed)
        text = text[:cut].rstrip(".") if not needed else text[:cut]
    zeros = whole.count("0")
    before, point, after = text.partition(".")
    return f"{before.rjust(zeros, '0')}{point}{after}" if "," not in whole else text


def _general(value: float) -> str:
    """Return a number as a cell without a format shows it, with at most eleven digits."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
