"""Which lines of a text are list items that are numbered or have a typed bullet."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A number of at most three digits, so that a year is none; only small letters, so that an initial
# is none; and what Word leaves behind where a list is copied from it.
_NUMBER = r"[0-9]{1,3}[.)]|(?:[a-z]|[ivxl]{2,7})\)"
_TYPED = r"[·•▪●◦‣⁃■➢➤►❖\uf0b7\uf0a7\uf0d8–o]"
MARK = rf"(?:{_NUMBER}|{_TYPED}) +(?!-(?:\s|\Z))(?=\S)"
# Hardly a text has such items, so that these are compiled when they are first asked for.
_MARKED = rf"( *)({MARK})"
_DASH = " *- +(?=\\S)"
_DOUBTFUL = frozenset("o–")  # they are words as well

_ROMAN = tuple(
    f"{tens}{ones}"
    for tens in ("", "x", "xx", "xxx", "xl")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)


def with_dashes(text: str) -> tuple[str, dict[int, str]]:
    """Return `text` with a dash for the mark of each such item, and the numbers by their lines.

    Lines count from 0. A number in the middle of a paragraph begins an item only if it is the first
    of a list, as in CommonMark, or counts on from the one above it.
    """
    lines = text.split("\n")
    reader, numbers = _Reader(lines), {}
    for at, line in enumerate(lines):
        found = re.match(_MARKED, line)
        mark = found[2].rstrip(" ") if found else ""
        if not found or not reader.is_item(at, len(found[1]), mark):
            reader.pass_by(line)
            continue
        lines[at] = f"{found[1]}- {line[found.end() :]}"
        reader.was_item, reader.was_blank = True, False
        if mark[-1] in ".)":
            numbers[at] = mark
    return "\n".join(lines), numbers


class _Reader:
    """What is known above a line: the numbers of the open lists by their indentation."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._marks = [(line.lstrip(" ")[:2]) for line in lines if line.strip()]
        self._at = {at: n for n, at in enumerate(at for at, x in enumerate(lines) if x.strip())}
        self._open: dict[int, frozenset[tuple[str, int]]] = {}
        self.was_item, self.was_blank = False, True

    def is_item(self, at: int, indent: int, mark: str) -> bool:
        """Return whether the line at `at`, which begins with `mark`, is an item."""
        if mark[-1] not in ".)":
            return mark not in _DOUBTFUL or self.was_item or self._has_neighbour(at)
        values = _values(mark)
        on = frozenset(
            (kind, value)
            for kind, value in values
            if (kind, value - 1) in self._open.get(indent, ())
        )
        if not values or not (on or self.was_blank or any(value == 1 for _, value in values)):
            return False
        self._open = {deep: open_ for deep, open_ in self._open.items() if deep < indent}
        self._open[indent] = on or values
        return True

    def pass_by(self, line: str) -> None:
        """Take note of a line that is none of these items."""
        is_blank, is_dash = not line.strip(), bool(re.match(_DASH, line))
        if self.was_blank and not (is_blank or is_dash or line.startswith(" ")):
            self._open = {}
        if not is_blank:
            self.was_item = is_dash
        self.was_blank = is_blank

    def _has_neighbour(self, at: int) -> bool:
        number = self._at[at]
        around = self._marks[max(number - 1, 0) : number] + self._marks[number + 1 : number + 2]
        return self._marks[number] in around


def _values(mark: str) -> frozenset[tuple[str, int]]:
    """Return what a number may mean, as its kind and its place; ``i)`` is Roman or a letter."""
    number, end = mark[:-1], mark[-1]
    if number.isdigit():
        return frozenset({(end, int(number))})
    values = {("roman", _ROMAN.index(number))} if number in _ROMAN else set()
    if len(number) == 1:
        values.add(("letter", ord(number) - ord("a") + 1))
    return frozenset(values)
