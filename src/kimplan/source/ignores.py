"""Comments that say which findings do not count: ``# kimplan: ignore KP303 - why``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import ScalarEvent

from kimplan.characters import position
from kimplan.source.events import next_event

_MARK = "kimplan:"
_COMMENT = re.compile(
    r"(?P<before>^[^\r\n]*?)(?P<mark>#[ \t]*kimplan:[ \t]*(?P<verb>[\w-]*)"
    r"[ \t:]*(?P<codes>(?:KP[0-9]*[ \t,]*)*)(?:[-–—:][ \t]*)*(?P<reason>[^\r\n]*))",
    re.MULTILINE | re.IGNORECASE,
)
_AT_MOST = 100
_CODE = re.compile("KP[0-9]*", re.IGNORECASE)


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
    def is_for_file(self) -> bool:
        """Whether it counts for the whole file."""
        return self.verb == "ignore-file"

    def covers(self, line: int) -> bool:
        """Return whether the comment counts for a finding on `line`."""
        return self.is_for_file or self.first <= line <= self.last


def find_ignores(text: str) -> list[Ignore]:
    """Return the comments of the YAML `text` that are meant for kimplan.

    A comment behind a value counts for that value, however many lines it has; one on a line of
    its own counts for the next line. What stands inside a value is no comment. At most 100 are
    read.
    """
    if _MARK not in text.lower():
        return []
    values = list(_values(text))
    found = (_ignore(text, match, values) for match in _COMMENT.finditer(text))
    return list(islice(filter(None, found), _AT_MOST))


def _ignore(
    text: str, match: re.Match[str], values: list[tuple[int, int, int, int]]
) -> Ignore | None:
    start = match.start("mark")
    before = match["before"]
    if (before and not before[-1].isspace()) or any(a <= start < b for a, b, _, _ in values):
        return None
    line, column = position(text, start)
    first = line if before.strip() else line + 1
    last = max((end for _, _, begin, end in values if begin == first), default=first)
    codes = tuple(code.upper() for code in _CODE.findall(match["codes"]))
    reason = match["reason"].strip()
    return Ignore(line, column, first, max(first, last), match["verb"].lower(), codes, reason)


def _values(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield where each value begins and ends: its indexes in `text` and its lines, from 1."""
    get = next_event(text, pure=True)
    try:
        while (event := get()) is not None:
            if isinstance(event, ScalarEvent):
                start, end = event.start_mark, event.end_mark
                begin = start.index
                if event.style in {"|", ">"}:  # a comment may stand behind the mark
                    begin = max(text.find("\n", begin), begin)
                last = end.line + (1 if end.column else 0)
                yield begin, end.index, start.line + 1, max(last, start.line + 1)
    except MarkedYAMLError:
        return
