"""Two states of a file as a unified diff, as git and patch read it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Literal, TypeAlias

from kimplan.characters import make_visible
from kimplan.formatters.text import Paint
from kimplan.source.splice import whole_lines

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_NO_LINE_END = "\\ No newline at end of file\n"
_MOST_LINES = 1_000
_Change: TypeAlias = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class _Known(difflib.SequenceMatcher[str]):
    """Changes that difflib has not to look for, only to group."""

    def __init__(self, changes: list[_Change]) -> None:
        super().__init__()
        self._changes = changes

    def get_opcodes(self) -> list[_Change]:
        return self._changes


def format_diff(path: str, old: str, new: str, *, are_moved: bool) -> str:
    """Return the difference of the texts `old` and `new` of the file at `path` as a unified diff.

    Control characters are escapes in it. Only where lines came, went or `are_moved` must it be
    looked for.
    """
    path = make_visible(path).lstrip("/")
    before, after = whole_lines(old), whole_lines(new)
    changes = _Known(_changes(before, after, are_moved=are_moved))
    hunks = (_hunk(hunk, before, after) for hunk in changes.get_grouped_opcodes())
    return f"--- a/{path}\n+++ b/{path}\n" + "".join(line for hunk in hunks for line in hunk)


def paint_diff(diff: str, paint: Paint) -> str:
    """Return a unified diff with what came in green, what went in red, and its places in cyan."""
    return "".join(_painted(line, paint) for line in diff.splitlines(keepends=True))


def _painted(line: str, paint: Paint) -> str:
    colour = _COLOURS.get(line[:1], "")
    bare = line.rstrip("\n")
    return f"{paint(bare, colour)}{line[len(bare) :]}" if colour and bare else line


def _changes(before: list[str], after: list[str], *, are_moved: bool) -> list[_Change]:
    """Return which lines differ, as difflib does; in time linear in the number of lines.

    Only where lines were moved must difflib look for them, and there not in a very large file.
    """
    if are_moved and len(before) <= _MOST_LINES:
        return difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if are_moved:
        return [("replace", 0, len(before), 0, len(after))]
    pairs = zip_longest(before, after)  # a last line of spaces goes
    found: list[_Change] = []
    at = 0
    for is_same, run in groupby(old == new for old, new in pairs):
        start, at = at, at + sum(1 for _ in run)
        kind: Literal["equal", "replace"] = "equal" if is_same else "replace"
        found.append((kind, start, at, start, min(at, len(after))))
    return found


def _hunk(
    changes: Sequence[tuple[str, int, int, int, int]], before: list[str], after: list[str]
) -> Iterator[str]:
    (_, start, _, new_start, _), (_, _, end, _, new_end) = changes[0], changes[-1]
    old, new = (_range(*lines) for lines in ((start, end), (new_start, new_end)))
    yield f"@@ -{old} +{new} @@\n"
    for kind, a, b, c, d in changes:
        if kind == "equal":
            yield from (_shown(" ", line) for line in before[a:b])
        else:
            yield from (_shown("-", line) for line in before[a:b])
            yield from (_shown("+", line) for line in after[c:d])


def _range(start: int, end: int) -> str:
    """Return some lines as a diff names them: the first one, and how many."""
    many = end - start
    first = start + 1 if many else start
    return str(first) if many == 1 else f"{first},{many}"


def _shown(mark: str, line: str) -> str:
    bare = line.rstrip("\r\n")
    return f"{mark}{make_visible(bare)}\n{_NO_LINE_END if bare == line else ''}"
