"""What dates in prose look like: the patterns, compiled when a date is first to be made out."""

from __future__ import annotations

import re
from functools import lru_cache

from kimplan.model.due import MONTHS

_LEAD = re.compile(
    r"(?:(?:due|target|deadline|completion)(?: date)?(?: of| is|:)? (?:by |on )?"
    r"|by |on |until |no later than |not later than |the month of )",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?: at the latest| latest| or earlier| or sooner)?[ .,;]*\Z", re.IGNORECASE)
_TIME = re.compile(
    r"[ T]00:00(?::00(?:[.]0+)?)?(?:Z|[+]00:?00)?\Z"
    r"|,? (?:at )?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?\Z",
    re.ASCII,
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_MARKS = re.compile(rf"(?<=[0-9]) ?([{_DASHES}/.]) ?(?=[0-9])")

THREE_NUMBERS = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})[/. -]([0-9]{4})")
MONTH_SHORT_YEAR = re.compile(r"([0-9]{1,2})[/.]([0-9]{2})")
YEAR_MONTH = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})")
EIGHT_FIGURES = re.compile(r"[0-9]{8}")
SERIAL = re.compile(r"[34567][0-9]{4}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
IS_EARLY = re.compile("early|begin|start", re.IGNORECASE)

_NAMES = "|".join(rf"{name[:3]}(?:{name[3:]}|\.)?" for name in MONTHS) + r"|Sept\.?"
_MONTH = rf"(?:{_NAMES})"
_SHARED = rf"(?: ?[{_DASHES}] ?| to | until | and )"
_DAY = r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?(?: of)?"


def bare(words: str) -> str:
    """Return `words` without what may stand around a date: ``by``, a time of day, a full stop."""
    words = _TAIL.sub("", words)
    words = _TIME.sub("", words)
    found = _LEAD.match(words)
    return words[found.end() :] if found else words


def with_plain_marks(words: str) -> str:
    """Return `words` with a plain hyphen for every dash between figures, and no space around it."""
    return _MARKS.sub(lambda found: "-" if found[1] in _DASHES else found[1], words)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=1)
def parts() -> tuple[re.Pattern[str], ...]:
    """Return the kinds of a day or a month with its whole year."""
    month, year, day = rf"(?P<month>{_NAMES})", "(?P<year>[0-9]{4})", "(?P<day>[0-9]{1,2})"
    ordinal = "(?P<ordinal>st|nd|rd|th)?"
    return tuple(
        map(
            _compiled,
            (
                f"{year}-(?P<month>[0-9]{{1,2}})(?:-{day})?",
                f"(?:from )?(?:the )?{day} ?{ordinal}(?: of)? {month},? {year}",
                f"{day}[-/.]{month}[-/.]{year}",
                f"{month} (?:the )?{day}{ordinal},? {year}",
                f"(?:from )?{month},?[ /-]{year}",
                f"{year},?[ -]{month}(?:[ -]{day})?",
            ),
        )
    )


@lru_cache(maxsize=1)
def shared_year() -> re.Pattern[str]:
    """Return two months of one year, which stands once."""
    return _compiled(rf"(?:from |between )?({_MONTH}){_SHARED}({_MONTH}),? ([0-9]{{4}})")


@lru_cache(maxsize=1)
def shared_month() -> re.Pattern[str]:
    """Return two days of one month, which stands once."""
    return _compiled(rf"(?:from |between )?({_DAY}){_SHARED}({_DAY}) ({_MONTH},? [0-9]{{4}})")


@lru_cache(maxsize=1)
def spans() -> tuple[re.Pattern[str], ...]:
    """Return the ways in which two parts, each with a year, are one interval."""
    apart = (
        rf"(?: [{_DASHES}/] | to | until | till )",
        "(?:(?<=[0-9]{4})-(?=[A-Z])|(?<=[0-9]) ?[–—] ?(?=[0-9A-Z]))",
        "(?<=[0-9]{2}) ?/ ?",
    )
    return (
        *(_compiled(rf"(?:from )?(.*?[0-9]{{2}}){one}(.*[0-9].*)") for one in apart),
        _compiled("between (.*[0-9]{4}) and (.*[0-9]{4})"),
    )


@lru_cache(maxsize=1)
def weekday() -> re.Pattern[str]:
    """Return the name of a weekday at the beginning."""
    return _compiled(r"(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,? (?:the )?")


@lru_cache(maxsize=1)
def day_short_year() -> re.Pattern[str]:
    """Return a day with a year of two figures."""
    return _compiled(rf"({_DAY})[ /.-]({_MONTH})[ /,.-]+['’]?([0-9]{{2}})")


@lru_cache(maxsize=1)
def month_short_year() -> re.Pattern[str]:
    """Return a month with two figures, which are its year or one of its days."""
    return _compiled(rf"({_MONTH})[ /-]?(['’]?)([0-9]{{2}})")


@lru_cache(maxsize=1)
def yearless() -> re.Pattern[str]:
    """Return a day or a month without a year."""
    part = r"(?:(?:the )?(?:end|beginning|start|middle)(?: of)? |mid[ -]|early |late )?"
    return _compiled(
        rf"{part}(?:{_DAY}[ /-])?{_MONTH}|{_MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)"
        r"|[0-9]{1,2}[/.][0-9]{1,2}\.?"
    )


@lru_cache(maxsize=1)
def part_of_month() -> re.Pattern[str]:
    """Return the end, the middle or the beginning of a month."""
    part = r"(?:the )?(end|mid|middle|late|later in|early|beginning|start|by the end)(?:[ -]of)?"
    return _compiled(rf"{part}[ -]({_MONTH},?[ -]['’]?[0-9]{{2,4}})")


@lru_cache(maxsize=1)
def end_of_year() -> re.Pattern[str]:
    """Return the end of a year or of a part of it."""
    return _compiled(r"(?:the )?end(?: of)? (?:the )?(?:calendar year |year )?(.*[0-9].*)")


@lru_cache(maxsize=1)
def periods() -> tuple[re.Pattern[str], ...]:
    """Return a quarter, a half, or the whole of a year."""
    fy = "(?P<fy>FY[ -]?|financial year |year )?"
    year = "(?P<year>[0-9]{4}|[0-9]{2})"
    following = f"(?: ?[{_DASHES}/] ?(?P<next>[0-9]{{4}}|[0-9]{{2}}))"
    quarter = "(?:Q|quarter |qtr )(?P<quarter>[1-4])|H(?P<half>[12])"
    nth = "(?P<quarter>[1-4])(?:st|nd|rd|th) quarter|(?P<half>[12])(?:st|nd) half"
    return tuple(
        map(
            _compiled,
            (
                f"(?:{quarter})(?: of)?,?[ -]?(?:the )?{fy}{year}{following}?",
                f"(?:the )?(?:{nth})(?: of)? (?:the )?{fy}{year}{following}?",
                f"{fy}{year}{following}?,? ?(?:{quarter})",
                f"(?:the )?(?P<fy>FY[ -]?|financial year ){year}{following}",
                f"(?P<fy>FY)?(?P<year>[0-9]{{4}}){following}",
                f"(?:the )?(?P<fy>FY[ -]?|financial year ){year}(?P<next>)",
            ),
        )
    )


@lru_cache(maxsize=1)
def season() -> re.Pattern[str]:
    """Return a season or a feast."""
    return _compiled(
        r"(?:(?:the )?(?:end|beginning|start)(?: of)? |early |late |mid[ -])?(?:the )?"
        r"(?:spring|summer|autumn|fall|winter|easter|christmas|new year)"
        r"(?: of)?,? ?(?:[0-9/–-]{2,9})?"
    )


@lru_cache(maxsize=1)
def dates_within() -> re.Pattern[str]:
    """Return a date among other words."""
    return _compiled(
        rf"(?<![0-9/-])(?:[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?(?:/[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?)?"
        rf"|(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?{_MONTH} [0-9]{{4}}"
        r"|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4})(?![0-9/-])"
    )
