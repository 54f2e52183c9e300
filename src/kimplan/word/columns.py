"""How wide the columns of a table are on the page at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kimplan.model.column_field import ColumnField
from kimplan.report.document import Table, TableColumn, TableRow
from kimplan.word.markup import TWIPS_PER_MM
from kimplan.word.metrics import word_width

_USUAL_POINTS = 10.5  # the size of text that the widths of a document's columns are meant for
_LONGEST_WORD = 45  # millimetres that a single word may ask for
_MARGINS = 3.2  # of a cell, left and right together with its lines, in millimetres
_WORDS = re.compile(r"[^\s\-–]+[-–]?")
# The fields that say little in each cell: none of their words is broken, if there is room.
_SHORT = frozenset({
    ColumnField.REF, ColumnField.RAG, ColumnField.DUE, ColumnField.OWNERS, ColumnField.COMPLETED,
    ColumnField.VERIFIED,
})  # fmt: skip
_BOLD = frozenset({ColumnField.REF, ColumnField.RAG})


class Size(NamedTuple):
    """The usual and the least width of a column, and what its longest word needs; millimetres."""

    usual: float
    least: float
    word: float = 31


class Text(NamedTuple):
    """The text of the cells: its size in points, and the name of its font."""

    points: float = _USUAL_POINTS
    font: str = "Arial"


USUAL_TEXT = Text()


def table_widths(table: Table, available: int, text: Text = USUAL_TEXT) -> list[int]:
    """Return the widths of a table's columns, in twips, which add up to `available`."""
    rows = [row for row in table.rows if isinstance(row, TableRow)]
    sizes = [_size(column, at, rows, text) for at, column in enumerate(table.columns)]
    return fit(sizes, available)


def _size(column: TableColumn, at: int, rows: Sequence[TableRow], text: Text) -> Size:
    """Return what a column needs: its label, and the words of short cells, are not broken."""
    usual, least, is_set = column.width
    needed = _widest(_WORDS.findall(column.label), text)
    if column.is_short or column.field in _SHORT:
        words = {word for row in rows for word in _WORDS.findall(row.cells[at].text)}
        needed = max(needed, _widest(words, text, bold=column.field in _BOLD))
    word = min(needed, _LONGEST_WORD) + _MARGINS
    scale = 1 if is_set else text.points / _USUAL_POINTS
    return Size(max(usual * scale, word), max(least * scale, word), word)


def _widest(words: Iterable[str], text: Text, *, bold: bool = True) -> float:
    return max((word_width(word, text.font, text.points, bold=bold) for word in words), default=0)


def fit(sizes: Sequence[Size], available: int) -> list[int]:
    """Return widths in twips that add up to `available`.

    On a page with more room every column grows alike; with less, each gives up its share of what
    it has above its least, and then of what it has above its longest word.
    """
    room = available / TWIPS_PER_MM
    usual, least, words = (list(each) for each in zip(*sizes, strict=True))
    if room >= sum(usual):
        exact = [size * room / sum(usual) for size in usual]
    elif room > sum(least):
        exact = _between(least, usual, room)
    elif room > sum(words):
        exact = _between(words, least, room)
    else:
        exact = [size * room / sum(words) for size in words]
    widths = [int(size * TWIPS_PER_MM) for size in exact]
    rest = available - sum(widths)
    if room >= sum(usual):  # the last column has the longest words to fit
        widths[-1] += rest
        rest = 0
    for index in range(rest):
        widths[index % len(widths)] += 1
    return widths


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """Return sizes that add up to `room`, each as far from its `low` one to its `high` one."""
    share = (room - sum(low)) / (sum(high) - sum(low))
    return [a + (b - a) * share for a, b in zip(low, high, strict=True)]
