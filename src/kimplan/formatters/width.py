"""How many columns of a terminal a text takes, and where to break it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Latin, Greek and Cyrillic without combining marks, dashes and quotation marks, currencies, bars.
_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf█]*"
)


def width_of(text: str) -> int:
    """Return the columns that `text` takes: two for a wide character, none for a combining one."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    return sum(map(_of_character, text))


@lru_cache(maxsize=4096)
def _of_character(character: str) -> int:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return 0
    if category == "Cn":  # to Python, what is not assigned is wide
        return 1
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int, *, keeps_words: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` columns, broken at spaces where it has any.

    A word that is longer is broken, or with `keeps_words` stands on a line of its own.
    """
    rest = text.strip(" ")
    is_ascii = rest.isascii()
    if is_ascii and len(rest) <= width:
        return [rest]
    lines: list[str] = []
    room = max(width, 1)
    while (end := room if is_ascii else _fitting(rest, room)) < len(rest):
        at = rest.rfind(" ", 0, end + 1)
        if at < 0:
            at = max(end, 1)
            if keeps_words:
                at = rest.find(" ", at) if " " in rest[at:] else len(rest)
        lines.append(rest[:at].rstrip(" "))
        rest = rest[at:].lstrip(" ")
    return [*lines, rest] if rest or not lines else lines


def fold(text: str, width: int) -> str:
    """Return `text` with each line that is wider than `width` columns broken at its spaces.

    What goes on below stands two columns further in than the line began; a word stays whole.
    """
    return "".join(_folded(line, width) for line in text.splitlines(keepends=True))


def _folded(line: str, width: int) -> str:
    bare = line.rstrip("\n")
    if width_of(bare) <= width:
        return line
    margin = " " * (len(bare) - len(bare.lstrip(" ")))
    first, *_ = wrap(bare, width - len(margin), keeps_words=True)
    rest = wrap(bare.lstrip(" ")[len(first) :], width - len(margin) - 2, keeps_words=True)
    lines = [f"{margin}{first}", *(f"{margin}  {more}" for more in rest if more)]
    return "\n".join(lines) + line[len(bare) :]


def _fitting(text: str, width: int) -> int:
    """Return how many characters of `text` fit, from its start, into `width` columns."""
    start = text[: width + 1]
    if start.isascii() or _NARROW.fullmatch(start):
        return min(width, len(text))
    used = 0
    for at, character in enumerate(text):
        used += _of_character(character)
        if used > width:
            return at
    return len(text)


def cut(text: str, width: int) -> str:
    """Return `text`, or as much of its beginning as fits with an ellipsis into `width` columns."""
    return text if width_of(text) <= width else f"{text[: _fitting(text, width - 1)]}…"


def padded(text: str, width: int, *, is_number: bool = False) -> str:
    """Return `text` in `width` columns, a number at their right end."""
    if text.isascii():
        return text.rjust(width) if is_number else text.ljust(width)
    blank = " " * (width - width_of(text))
    return blank + text if is_number else text + blank
