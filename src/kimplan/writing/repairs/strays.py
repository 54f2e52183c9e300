"""Loose lines that are part of nothing: marks, comments of other languages, words below a date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kimplan.source import shown
from kimplan.writing.repairs.slots import Slot, indent

_LINE = re.compile(r"([-=_*~#+.])\1{2,}|(```|~~~)\w*")
_OF_MERGE = re.compile(r"(?:[<|>]{7}|={7})(?: .*)?")
_COMMENT = re.compile(r"(//+|;+|<!--+|/\*+)[ ]*(\w.*?)[ ]*(?:--+>|\*+/)?")
_DIRECTIVE = re.compile(r"%[A-Z]+( .*)?")
_PERCENT = re.compile(r"%[ ]*[\w ]+:.*")


class Told(NamedTuple):
    """A cause at a column, from 0, and the lines that may stand for the loose ones."""

    column: int
    message: str
    hint: str
    first: int
    lines: list[str]
    is_gone: bool = False  # whether they are to be deleted
    row: int = 0  # of the loose lines, the one that is told of


def strays(lines: Sequence[str], first: int) -> Iterator[Told]:
    """Yield what makes the loose `lines` marks to delete, or comments."""
    rows = [line.strip(" ") for line in lines]
    column = indent(lines[0])
    if len(rows) == 1 and _OF_MERGE.fullmatch(rows[0]) and rows[0][0] != "=":
        message = "a mark of a merge conflict was left behind"
        hint = "Delete it, and see that the lines around it are right."
        yield Told(column, message, hint, first, [], is_gone=True)
    elif all(_LINE.fullmatch(row) or _DIRECTIVE.fullmatch(row) for row in rows):
        message = f"a line of marks, {shown(rows[0][:20])}, is no part of a record"
        if rows[0][0] == "%":
            message = "a line that begins with % is a YAML directive"
        hint = "Delete it." if len(rows) == 1 else f"Delete these {len(rows)} lines."
        yield Told(column, message, hint, first, [], is_gone=True)
    elif all(found := [_COMMENT.fullmatch(row) for row in rows]):
        lead = " " * column
        new = [f"{lead}# {one[2]}" for one in found if one]
        mark = found[0][1] if found[0] else ""
        message = f"'{mark}' does not begin a comment: # and a space do"
        yield Told(column, message, "Write it so, or delete it:", first, new)


def belongs_nowhere(
    line: str, column: int, first: int, above: Sequence[Slot], keys: Collection[str]
) -> Told:
    """Return that the loose `line` is no key, and that no text stands above it."""
    where = "into 'response' or 'progress'" if "response" in keys else "where a text belongs"
    hint = f"Delete it, or write it {where}."
    message = "this line is no key, and no text stands above it"
    if above and above[-1].key:
        message = f"this line is no key, and {shown(above[-1].key)} above it holds no text"
    if _PERCENT.fullmatch(line):
        message = f"{shown(line.partition(':')[0])} is no key"
        if "rag" in keys:
            hint = "Delete it: how far the work is, 'rag' and 'progress' say."
    return Told(column, message, hint, first, [])
