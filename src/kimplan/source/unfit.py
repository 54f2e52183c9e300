"""Characters that no plan may hold or that nobody can see, in a text or made by its escapes.

Each is named by sight: what it is, and beside which word it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kimplan.characters import forbidden, position, unseen
from kimplan.diagnostic import Severity
from kimplan.source.problem import MOST_UNFIT, Problem

_LONGEST = 40  # characters of a word that is shown
_DELETE = "Write the line without it."
_LAST = re.compile(r"\S+\Z")
_FIRST = re.compile(r"[^\S\r\n]*(\S+)")
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^xuU]))", re.DOTALL
)
_SHORT = {
    "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "N": "\x85", "_": "\xa0",
    "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class Unit(NamedTuple):
    """A character of a quoted text, and from where to before where it or its escape is written."""

    character: str
    start: int
    end: int


def unfit_characters(text: str) -> Iterator[Problem]:
    """Yield a problem for each run of a character that no plan may hold, or that nobody can see."""
    for start, end in islice(_runs(text, forbidden(text)), MOST_UNFIT):
        yield unfit("KP107", text, start, end)
    for start, end in islice(_runs(text, unseen(text)), MOST_UNFIT):
        yield unfit("KP109", text, start, end)._replace(severity=Severity.WARNING)


def _runs(text: str, found: Iterator[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to before where the same character stands again and again."""
    start = end = -1
    for at in found:
        if at == end and text[at] == text[start]:
            end += 1
            continue
        if end > 0:
            yield start, end
        start, end = at, at + 1
    if end > 0:
        yield start, end


def unfit(code: str, text: str, start: int, end: int) -> Problem:
    """Return the problem of the character at `start`, of which there are some up to `end`."""
    message = f"{told(text[start])}, stands {beside(text, start, end)}"
    return Problem(code, message, _DELETE, *position(text, start))


def told(character: str) -> str:
    """Return a character by sight: ``a soft hyphen (U+00AD), which nobody can see``."""
    from kimplan.sight.names import by_sight

    return by_sight(character)


def beside(text: str, start: int, end: int) -> str:
    """Return where in `text` the characters from `start` to before `end` stand, in words.

    ``in 'Repairs'``, ``after 'title:'``, ``before 'ref:'``.
    """
    if text[start].isalnum() or unicodedata.category(text[start])[0] == "P":
        around = whole_word(text, start, end)
        return f"in '{around[0]}{text[start:end]}{around[1]}'"
    before, behind = _words(text, start, end)
    is_tight = not text[start - 1 : start].isspace(), not text[end : end + 1].isspace()
    if before and behind and all(is_tight):
        joint = " " if text[start].isspace() else ""
        return f"in '{before}{joint}{behind}'"
    if before and (is_tight[0] or not behind):
        return f"after '{before}'"
    return f"before '{behind}'" if behind else "alone on its line"


def after(text: str, start: int, end: int) -> str:
    """Return behind which word the characters stand, or before which one at a line's start."""
    before, behind = _words(text, start, end)
    return f"after '{before}'" if before else f"before '{behind}'"


def _words(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and behind a place on its line, as they can be shown."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = _LAST.search(text[max(line, start - _LONGEST) : start].rstrip())
    behind = _FIRST.match(text, end, end + _LONGEST)
    return _seen(before), _seen(behind)


def whole_word(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what of the word that holds `start` to `end` stands before it, and behind it."""
    before, behind = _words(text, start, end)
    return (
        "" if text[start - 1 : start].isspace() else before,
        "" if text[end : end + 1].isspace() else behind,
    )


def _seen(found: re.Match[str] | None) -> str:
    return "".join(filter(str.isprintable, found.group().strip())) if found else ""


def escapes(text: str, start: int, end: int) -> Iterator[Unit]:
    """Yield the characters of the text in double quotes from `start` to before `end`.

    The quotation marks are none of them; line ends stand as they are written.
    """
    at = start + 1
    while at < end - 1:
        found = _ESCAPE.match(text, at, end - 1) if text[at] == "\\" else None
        character, stop = (_made(found), found.end()) if found else (text[at], at + 1)
        yield Unit(character, at, stop)
        at = stop


def character(escape: str) -> str:
    """Return the character that an `escape` of a text in double quotes makes."""
    found = _ESCAPE.match(escape)
    return _made(found) if found else escape


def _made(found: re.Match[str]) -> str:
    """Return the character that an escape makes."""
    digits = found[1] or found[2] or found[3]
    if digits:
        return chr(min(int(digits, 16), 0x10FFFF))
    return _SHORT.get(found[4], found[4])


def unfit_units(text: str, start: int, end: int) -> Iterator[tuple[Unit, bool]]:
    """Yield what escapes of a quoted text make and no plan may hold, or that nobody can see.

    With each goes whether it is forbidden.
    """
    units = list(escapes(text, start, end))
    made = "".join(unit.character for unit in units)
    found = [(at, True) for at in forbidden(made)] + [(at, False) for at in unseen(made)]
    for at, is_forbidden in sorted(found):
        if units[at].end - units[at].start > 1:
            yield units[at], is_forbidden


def unfit_escapes(text: str, start: int, end: int) -> Iterator[Problem]:
    """Yield a problem for each such escape, at its own place."""
    for unit, is_forbidden in islice(unfit_units(text, start, end), MOST_UNFIT):
        message = f"the escape {text[unit.start : unit.end]} makes {told(unit.character)}"
        code, severity = ("KP107", Severity.ERROR) if is_forbidden else ("KP109", Severity.WARNING)
        yield Problem(code, message, _DELETE, *position(text, unit.start), severity)
