"""Slips of the hand that YAML reads without a complaint, and by which text is lost or changed.

Loaded only where a text may hold one.
"""

from __future__ import annotations

import re
from typing import Any

from kimplan.characters import position, shown
from kimplan.diagnostic import Severity
from kimplan.source.problem import Problem, StopReadingError

_HASH = r"#(?![ \t\r\n#!]|kimplan:|\Z)"
_LOST = re.compile(rf"[ ]+{_HASH}")
_LOST_BEHIND_KEY = re.compile(rf"[ ]*:[ ]+(?:[|>][-+0-9]*[ ]+)?{_HASH}")
_LOST_BEHIND_DASH = re.compile(rf"-[ ]+{_HASH}")
_LOST_LINE = re.compile(rf"(?:(?:\r\n|\r|\n)[ ]*)+(?<= ){_HASH}(?![\w-]+:|-)")
_HEADER_COMMENT = re.compile("[|>][-+0-9]*#")
_NO_COLON = re.compile(r"[ \r\n]*[,}]")
_COMMA = re.compile(r",[ \r\n]*\Z")
# A drive's or a server's path in double quotes whose backslashes are not doubled.
_PATH = re.compile(r"""(?<![A-Za-z0-9])[A-Za-z]:\\(?![\\"])|(?<=")\\\\(?!\\)[^"\\\s]+\\(?!\\)""")

_MOST = 100  # that are told of one text
IS_A_COMMENT = "If it is a comment, put a space behind the #"
_QUOTE = "put the whole text in double quotes, or on the lines below a |"


class _Start:
    """The beginning of a line, as the parser's marks are."""

    __slots__ = ("column", "index", "line")

    def __init__(self, index: int, line: int) -> None:
        self.index, self.line, self.column = index, line, 0


class Slips:
    """The slips of one text, as a walk over it meets them; they are added to its `problems`."""

    __slots__ = ("_problems", "_text")

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self._text = text
        self._problems = problems

    def behind_text(self, event: Any) -> None:
        """Find what a ``#`` cuts off a plain text, or takes away among its lines."""
        end = event.end_mark.index
        found = _LOST.match(self._text, end)
        if not found and (line := _LOST_LINE.match(self._text, end)):
            column = self._place(event.end_mark, line.end() - 1)[1] - 1
            found = line if column > self._indent(event.start_mark) else None
        if found and event.value:
            self._lost(event.end_mark, found.end() - 1)

    def _place(self, mark: Any, at: int) -> tuple[int, int]:
        """Return the line and column of the index `at`, which stands behind a `mark`."""
        line, column = position(self._text[mark.index : at], at - mark.index)
        return mark.line + line, column + (mark.column if line == 1 else 0)

    def _indent(self, mark: Any) -> int:
        """Return how far the line of `mark` is indented."""
        line = self._text[mark.index - mark.column : mark.index]
        return len(line) - len(line.lstrip(" "))

    def behind_braces(self, mark: Any) -> None:
        """Find what a ``#`` cuts off behind a closing brace, bracket or quotation mark."""
        if found := _LOST.match(self._text, mark.index):
            self._lost(mark, found.end() - 1)

    def behind_key(self, event: Any) -> None:
        """Find a ``#`` right behind a key, where its value should begin."""
        found = _LOST_BEHIND_KEY.match(self._text, event.end_mark.index)
        if found:
            self._lost(event.end_mark, found.end() - 1, begins=shown(event.value))

    def behind_dash(self, event: Any) -> None:
        """Find a ``#`` right behind the dash of a list's entry that is read as empty."""
        mark = event.start_mark
        line = mark.index - mark.column
        dash = self._text.rfind("-", line, mark.index + 1)
        found = _LOST_BEHIND_DASH.match(self._text, dash) if dash >= 0 else None
        if found:
            begins = _Start(line, mark.line)
            self._lost(begins, found.end() - 1, begins="this entry")

    def _lost(self, mark: Any, at: int, *, begins: str = "") -> None:
        """Add that text is lost from the index `at` on, which stands behind a `mark`."""
        if len(self._problems) > _MOST:
            return
        place = self._place(mark, at)
        message = "everything from this # on is read as a comment, so it is lost"
        if begins:
            message = f"# begins a comment, so nothing is read as {begins}"
        hint = f"{IS_A_COMMENT}; if it is text, {_QUOTE}."
        self._problems.append(Problem("KP008", message, hint, *place, Severity.ERROR))

    def behind_bar(self, mark: Any) -> None:
        """Stop at a comment right behind a | or >, which only one of the parsers takes."""
        if _HEADER_COMMENT.match(self._text, mark.index):
            from kimplan.source.syntax import no_header

            raise StopReadingError(no_header(mark.line + 1, mark.column + 1))

    def key_in_braces(self, event: Any, *, is_empty: bool) -> None:
        """Find text that a comma cut off, so that it is read as a key."""
        at = event.start_mark.index
        is_bare = is_empty and _NO_COLON.match(self._text, event.end_mark.index)
        if event.style or not (is_bare or " " in event.value) or len(self._problems) > _MOST:
            return
        comma = _COMMA.search(self._text, max(0, at - 200), at)
        if comma:
            message = f"the comma ends the text, so {shown(event.value)} is read as a key"
            hint = "Put the whole text in double quotes: between braces a comma parts the entries."
        elif is_bare:
            message = f"{shown(event.value)} has no key: between braces stand 'key: value' pairs"
            hint = "Write the key, a colon and a space before it."
        else:
            return
        mark = event.start_mark
        back = at - comma.start() if comma else 0
        place = mark.line + 1, mark.column + 1 - back
        if back > mark.column:
            place = position(self._text, comma.start() if comma else at)
        self._problems.append(Problem("KP003", message, hint, *place))

    def path_in_quotes(self, event: Any) -> bool:
        """Find a path in double quotes whose backslashes are read as something else."""
        start, end = event.start_mark.index, event.end_mark.index
        found = _PATH.search(self._text, start, end)
        if not found:
            return False
        at = self._text.index("\\", found.start())
        message = "a path between double quotes: its \\ are read as line ends, tabs and the like"
        hint = "Put the text in single quotes, or on the lines below a |."
        place = self._place(event.start_mark, at)
        self._problems.append(Problem("KP003", message, hint, *place))
        return True
