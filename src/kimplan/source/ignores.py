"""Comments that say which findings do not count: ``# kimplan: ignore KP303 - why``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent

from kimplan.characters import lines, position, replace_forbidden
from kimplan.source.events import next_event
from kimplan.source.layout import prepare
from kimplan.source.walk import MAX_DEPTH, MAX_EVENTS

_MARK = re.compile(r"#[ \t]*kimplan:", re.IGNORECASE)
# Compiled where there is such a comment: that takes longer than to look for one in a short plan.
_BEHIND_MARK = (
    r"[ \t]*(?P<verb>[\w-]*)[ \t:]*(?P<codes>(?:KP[0-9]{0,9}\b(?:[ \t,&]|and\b)*)*)"
    r"(?:[-–—:][ \t]*)*(?P<reason>[^\r\n]*)"
)
_LINE_END = "\r\n|\r|\n"
_AT_MOST = 100
_CODE = "KP[0-9]*"


class Ignore(NamedTuple):
    """One comment: the lines that it counts for, from 1 (all if `is_for_file`), and its codes.

    `verb` is what stands behind ``kimplan:``, `reason` what stands behind the codes.
    """

    line: int
    column: int
    first: int
    last: int
    verb: str
    codes: tuple[str, ...]
    reason: str

    @property
    def said(self) -> object:
        """What the comment says, wherever it stands."""
        return self.verb, self.codes, self.reason

    @property
    def is_for_file(self) -> bool:
        """Whether it counts for the whole file."""
        return self.verb == "ignore-file"

    def covers(self, line: int) -> bool:
        """Return whether the comment counts for a finding on `line`."""
        return self.is_for_file or self.first <= line <= self.last


class _Value(NamedTuple):
    """Where a value begins and ends: its indexes in the text, and its lines from 1."""

    start: int
    end: int
    first: int
    last: int


def find_ignores(text: str) -> list[Ignore]:
    """Return the comments of the YAML `text` that are meant for kimplan.

    A comment behind a value counts for that value, however many lines it has; one on a line of
    its own counts for the next line that is no comment. What stands inside a value is no comment.
    At most 100 are read. Never raises for what the text holds.
    """
    if "#" not in text or not _MARK.search(text):
        return []
    return list(islice(_ignores(text, list(_values(text))), _AT_MOST))


def _ignores(text: str, values: list[_Value]) -> Iterator[Ignore]:
    starts = [value.start for value in values]
    behind_mark = re.compile(_BEHIND_MARK, re.IGNORECASE)
    at = 0
    while mark := _MARK.search(text, at):
        start, at = mark.start(), mark.end()
        near = bisect_right(starts, start) - 1
        is_inside = near >= 0 and start < values[near].end
        if is_inside or (start and not text[start - 1].isspace()):
            continue
        found = behind_mark.match(text, at)
        if found:
            at = found.end()
            yield _ignore(text, start, found, values)


def _ignore(text: str, start: int, found: re.Match[str], values: list[_Value]) -> Ignore:
    line, column = position(text, start)
    if not text[start - column + 1 : start].strip():
        first = last = line + _comment_lines(text, found.end())
    else:  # behind a value, which ends on this line
        first = last = line
        first = min((value.first for value in values if value.last == line), default=line)
    last = max((value.last for value in values if value.first == first), default=last)
    written = re.findall(_CODE, found["codes"], re.IGNORECASE)
    codes = tuple(dict.fromkeys(code.upper() for code in written))
    reason = found["reason"].strip()
    return Ignore(line, column, first, max(first, last), found["verb"].lower(), codes, reason)


def _comment_lines(text: str, index: int) -> int:
    """Return how many lines it is from the comment that ends at `index` to what is no comment."""
    below = lines(text[index:])
    next(below)
    return 1 + sum(1 for _ in takewhile(lambda line: line.lstrip().startswith("#"), below))


def _values(text: str) -> Iterator[_Value]:
    """Yield each value, up to the first thing that cannot be read, within the bounds of `parse`."""
    begins = [0, *(found.end() for found in re.finditer(_LINE_END, text))]
    depth = 0
    try:
        get = next_event(prepare(replace_forbidden(text)))
        for _ in range(MAX_EVENTS):
            event = get()
            if isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif isinstance(event, ScalarEvent):
                yield _value(event, begins)
            if event is None or depth > MAX_DEPTH:
                return
    except (
        Exception
    ):  # as in `parse`: the parsers raise many things, and `parse` says what is wrong
        return


def _value(event: ScalarEvent, begins: list[int]) -> _Value:
    """Return where a value stands in the text whose lines begin at `begins`."""
    start, end = event.start_mark, event.end_mark
    is_block = event.style in {"|", ">"}  # a comment may stand behind the mark
    last = end.line + (1 if end.column else 0)
    return _Value(
        begins[start.line + 1] - 1 if is_block else begins[start.line] + start.column,
        begins[end.line] + end.column,
        start.line + 1,
        max(last, start.line + 1),
    )
