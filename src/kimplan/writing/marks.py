"""Where a file's text has a double of one of YAML's marks: an indent, a dash, a colon, quotes.

The text is read line by line, since YAML may make nothing of it; what stands inside a text is left
alone. Whoever asks proves that the file says more with the keyboard's characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.sight.look_alikes import (
    BULLETS,
    COLONS,
    DASHES,
    DOUBLE_QUOTES,
    SINGLE_QUOTES,
    SPACES,
    plain,
)
from kimplan.source.splice import Edit, whole_lines

_ODD = f"[{SPACES}]"
_ANY = f"[ {SPACES}]"
_LIST_MARKS = f"{DASHES}{BULLETS}"
_DASHES = re.compile(rf"(?:-{_ANY}+)*")
_ODD_DASH = re.compile(f"[{_LIST_MARKS}](?={_ANY}+\\S)")
_INDENT = re.compile(f"{_ANY}*")
_KEY = re.compile(rf"(['\"]?[\w-]+['\"]?)({_ANY}*)([:{COLONS}])({_ANY}*)(?![/\\])")
_BLOCK = re.compile(rf"[|>][-+0-9]*({_ANY}*)\Z")
_COMMENT = re.compile(r" #.*\Z")
_DOUBLE = f"[{DOUBLE_QUOTES}]"
_SINGLE = f"[{SINGLE_QUOTES}]"
_QUOTED = (
    (re.compile(rf'({_DOUBLE})[^"\\{DOUBLE_QUOTES}]*({_DOUBLE})\Z'), '"'),
    (re.compile(rf"({_SINGLE})[^'\\]*({_SINGLE})\Z"), "'"),
    (re.compile(rf'"()[^"\\{DOUBLE_QUOTES}]*({_DOUBLE})\Z'), '"'),
)
_IN_FLOW = re.compile(
    rf'(?:(?<=[\[{{,:])|(?<=[\[{{,:] ))({_DOUBLE})[^"\\{DOUBLE_QUOTES}]*({_DOUBLE})(?= *[,\]}}])'
)
_GAP_IN_FLOW = re.compile(rf"(?<=[{{,])({_ODD}+)|(?<=[\w'\"])([:{COLONS}])({_ODD}+|(?=\S))")


class Holds(Enum):
    """What stands below a key that has nothing behind it."""

    TEXT = auto()
    ENTRIES = auto()


class _Open(NamedTuple):
    """What the lines that are indented by more than `column` are part of."""

    column: int
    kind: str  # "|" below a bar, "{" in braces, "" in other text


def doubles_of_marks(text: str, model: type[PlanModel]) -> list[Edit]:
    """Return the edits that put YAML's own marks where `text` has their doubles."""
    return list(_Scan(model).run(text))


class _Scan:
    """One walk over the lines of a text."""

    def __init__(self, model: type[PlanModel]) -> None:
        self._kinds = _kinds(model)
        self._open: _Open | None = None
        self._block_indent = 0
        self._lists: list[int] = []  # the columns of the keys below which entries stand

    def run(self, text: str) -> Iterator[Edit]:
        at = 0
        for whole in whole_lines(text):
            line = whole.rstrip("\r\n")
            if line.strip() and not line.lstrip(" ").startswith("#"):
                yield from (Edit(at + one.start, at + one.end, one.new) for one in self._line(line))
            at += len(whole)

    def _line(self, line: str) -> Iterator[Edit]:
        found = _INDENT.match(line)
        indent = found.end() if found else 0
        if self._open and indent > self._open.column:
            yield from self._inside(line, indent, self._open)
            return
        self._open = None
        yield from _spaces(line, 0, indent)
        yield from self._entry(line, indent)

    def _inside(self, line: str, indent: int, opened: _Open) -> Iterator[Edit]:
        if opened.kind == "{":
            yield from _flow(line, 0)
        elif opened.kind == "|":
            plain_indent = len(line) - len(line.lstrip(" "))
            if not self._block_indent:
                self._block_indent = plain_indent if plain_indent > opened.column else indent
            if plain_indent < self._block_indent:
                yield from _spaces(line, 0, min(indent, self._block_indent))

    def _entry(self, line: str, indent: int) -> Iterator[Edit]:
        """Yield what is to be mended in a line that begins a key or an entry."""
        self._lists = [column for column in self._lists if column <= indent]
        at = indent
        if self._lists and _ODD_DASH.match(line, at):
            yield Edit(at, at + 1, "-")
            line = f"{line[:at]}-{line[at + 1 :]}"
        dashes = _DASHES.match(line, at)
        begin, at = at, dashes.end() if dashes else at
        yield from _spaces(line, begin, at)
        if found := _KEY.match(line, at):
            yield from self._key(line, at, found)
        elif at > begin:
            yield from self._value(line, begin, at)

    def _key(self, line: str, column: int, found: re.Match[str]) -> Iterator[Edit]:
        name = plain(found[1]).strip("'\"")
        is_known = name in self._kinds
        if found[3] != ":" and not is_known:
            return
        if found[4][:1] == "" and found.end() < len(line) and not (is_known and found[3] != ":"):
            return  # a colon inside a word
        self._lists = [one for one in self._lists if one < column]
        if found[3] != ":":
            yield Edit(*found.span(3), ":" if found[4] or found.end() == len(line) else ": ")
        if found[4].strip(" ") and found[4][0] != " ":
            is_last = found.end() == len(line)
            gap = _gap(line, *found.span(4))
            yield from (edit._replace(new="") for edit in gap) if is_last else gap
        if found.end() < len(line):
            yield from self._value(line, column, found.end())
        elif self._kinds.get(name) is Holds.TEXT:
            self._open = _Open(column, "")
        else:
            self._lists.append(column)

    def _value(self, line: str, column: int, at: int) -> Iterator[Edit]:
        """Yield what is to be mended in the value that begins at `at`."""
        value = _COMMENT.sub("", line)[at:].rstrip(" ")
        if block := _BLOCK.match(value):
            self._open, self._block_indent = _Open(column, "|"), 0
            if block[1]:
                yield Edit(at + block.start(1), at + block.end(1), "")
        elif value[:1] in {"{", "["}:
            self._open = _Open(column, "{")
            yield from _flow(line, at)
        else:
            self._open = _Open(column, "")
            yield from _quotes(value, at)


def _quotes(value: str, at: int) -> Iterator[Edit]:
    for pattern, quote in _QUOTED:
        if found := pattern.match(value):
            spans = (found.span(group) for group in (1, 2) if found[group])
            yield from (Edit(at + start, at + end, quote) for start, end in spans)
            return


def _flow(line: str, begin: int) -> Iterator[Edit]:
    for quoted in _IN_FLOW.finditer(line, begin):
        yield Edit(*quoted.span(1), '"')
        yield Edit(*quoted.span(2), '"')
    for gap in _GAP_IN_FLOW.finditer(line, begin):
        if gap[1]:
            yield from _spaces(line, *gap.span(1))
        elif gap[3]:
            yield from _gap(line, *gap.span(3))
        if gap[2] and gap[2] != ":":
            yield Edit(*gap.span(2), ":" if gap[3] or line[gap.end() :][:1] == " " else ": ")


def _gap(line: str, start: int, end: int) -> Iterator[Edit]:
    """Yield what makes one space of the odd ones behind a colon."""
    for edit in _spaces(line, start, end):
        yield edit if edit.start == start else edit._replace(new="")


def _spaces(line: str, start: int, end: int) -> Iterator[Edit]:
    for at in range(start, end):
        if line[at] in SPACES:
            yield Edit(at, at + 1, " ")


def _kinds(model: type[PlanModel]) -> dict[str, Holds]:
    """Return the keys of a `model` and of all that stands in it, with what stands below them."""
    found: dict[str, Holds] = {}
    for name, field in fields_of(model).items():
        holds = type_of(field)
        is_model = issubclass(holds.kind, PlanModel)
        if is_model:
            found = _kinds(holds.kind) | found
        has_entries = is_model or holds.is_list or holds.is_mapping
        found[name] = Holds.ENTRIES if has_entries else Holds.TEXT
    return found
