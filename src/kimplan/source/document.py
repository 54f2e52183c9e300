"""What one file says: its value, its problems, and where in its text each thing stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from kimplan.characters import (
    index,
    is_plain,
    lines,
    position,
    replace_forbidden,
)
from kimplan.source.events import HAS_C_PARSER
from kimplan.source.layout import is_tidy, prepare
from kimplan.source.problem import Problem, StopReadingError
from kimplan.source.walk import Marks, Walk

_LONGEST_LINE = 2_000

KeyPath: TypeAlias = tuple[str | int, ...]


class Words(NamedTuple):
    """Some words of a field: its text, and from where to where in it they stand."""

    text: str
    start: int
    end: int


class Document:
    """What one file says: `value` holds only dicts, lists and strings; None if it says nothing.

    `problems` are what is wrong with its text; a value that stands beside them is whole but for
    what the problems name. `text` is the file's own; `marks` are the parser's, for `locate` alone.
    `is_tidy` says that no line of the text holds a tab or ends with a space, `is_plain` that
    neither the text nor an escape in it has a character that nobody can see or takes for a space.
    """

    __slots__ = ("_lines", "is_plain", "is_tidy", "marks", "problems", "text", "value")

    def __init__(self, text: str = "", problems: list[Problem] | None = None) -> None:
        self.text = text
        self.is_tidy = is_tidy(text)
        self.is_plain = True
        self.value: dict[str, Any] | None = None
        self.problems: list[Problem] = problems if problems is not None else []
        self.marks: Marks = None
        self._lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return the line `number`, from 1, as it stands in the file; empty if it is very long."""
        if self._lines is None:
            self._lines = list(lines(self.text))
        found = self._lines[number - 1] if number <= len(self._lines) else ""
        return found if len(found) <= _LONGEST_LINE else ""

    def locate_words(self, path: Sequence[str | int], words: Words) -> tuple[int, int]:
        """Return the line and column, from 1, of some words of the text at `path`.

        Where an escape hides them, it is the place of the whole text.
        """
        text, start, end = words
        pattern = re.compile(r"\s+".join(map(re.escape, text[start:end].split())))
        before = sum(1 for _ in pattern.finditer(text, 0, start))
        place = self.locate(path)
        start, end = index(self.text, *place), self._next_start(place)
        found = next(islice(pattern.finditer(self.text, start, end), before, None), None)
        return position(self.text, found.start()) if found else place

    def _next_start(self, place: tuple[int, int]) -> int:
        """Return the index of the first key or value behind the one at `place`, or of the end."""
        behind = (mark for mark in _starts(self.marks) if mark > place)
        found = min(behind, default=None)
        return index(self.text, *found) if found else len(self.text)

    def locate(self, path: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
        """Return the line and column, from 1, of the value at `path`, or of its nearest parent.

        With `key`, the place of the last step's key is returned rather than that of its value.
        """
        marks, place = self.marks, None
        for step in path:
            if not isinstance(marks, tuple):
                break
            try:
                found = marks[1][step]
            except (KeyError, IndexError, TypeError):
                place = None
                break
            if isinstance(step, str):
                place, marks = found
            else:
                place, marks = None, found
        if not key or place is None:
            place = marks[0] if isinstance(marks, tuple) else marks
        return (place.line + 1, place.column + 1) if place else (1, 1)


def parse(text: str, *, pure: bool = not HAS_C_PARSER) -> Document:
    """Return what the YAML `text` says, with every scalar as a string and its position.

    Refused, each with its place: syntax errors, duplicate keys, anchors, aliases, tags,
    directives, several documents, more than 16 levels or 20,000 events, and characters that
    Word or a terminal cannot be shown. Nothing is evaluated and nothing raised. `pure` asks for
    the parser written in Python, which gives the same answers more slowly.
    """
    problems: list[Problem] = []
    document = Document(text, problems)
    if not is_plain(text):
        from kimplan.source.unfit import unfit_characters

        document.is_plain = False
        problems += unfit_characters(text)
        text = replace_forbidden(text)
    try:
        walk = Walk(
            prepare(text, tidy=document.is_tidy), problems, pure=pure, is_plain=document.is_plain
        )
        document.value, document.marks = walk.run()
        document.is_plain = document.is_plain and walk.is_plain
    except StopReadingError as stop:
        problems.append(stop.problem)
    except Exception:  # the pure parser raises other things too, none of which names a line
        from kimplan.source.syntax import impossible_escape

        unknown = Problem("KP003", "the file is not valid YAML")
        problems.append(impossible_escape(text) or unknown)
    return document


def _starts(marks: Marks) -> Iterator[tuple[int, int]]:
    """Yield the line and column, from 1, of each key and value."""
    mark, children = marks if isinstance(marks, tuple) else (marks, ())
    yield mark.line + 1, mark.column + 1
    if isinstance(children, dict):
        for key, value in children.values():
            yield key.line + 1, key.column + 1
            yield from _starts(value)
    else:
        for value in children:
            yield from _starts(value)
