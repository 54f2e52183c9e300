"""How wide the columns of a table are on the page at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kimplan.model.plan import ColumnField
from kimplan.report.document import TableColumn
from kimplan.word.markup import TWIPS_PER_MM

_USUAL_POINTS = 10.5  # the size of text that the widths of a document's columns are meant for
_WORD = 31  # what a single long word needs
_MARGINS = 3.0  # of a cell, left and right together, in millimetres
_CHARACTER = 0.7 * 25.4 / 72  # the width of a bold capital, in millimetres a point

Size: TypeAlias = tuple[float, float]


class Text(NamedTuple):
    """The text that columns must hold: its size in points, and the longest ref in characters."""

    points: float = _USUAL_POINTS
    longest_ref: int = 0


USUAL_TEXT = Text()


def table_widths(
    columns: Sequence[TableColumn], available: int, text: Text = USUAL_TEXT
) -> list[int]:
    """Return the widths of a table's columns, in twips, which add up to `available`."""
    return fit([_size(column, text) for column in columns], available)


def _size(column: TableColumn, text: Text) -> Size:
    """Return the usual and the least width of a column, in millimetres."""
    usual, least, is_set = column.width
    if is_set:
        return usual, least
    return _ref_size((usual, least), text) if _is_ref(column) else _scaled((usual, least), text)


def _is_ref(column: TableColumn) -> bool:
    return column.field == ColumnField.REF


def _scaled(size: Size, text: Text) -> Size:
    scale = text.points / _USUAL_POINTS
    return size[0] * scale, size[1] * scale


def _ref_size(size: Size, text: Text) -> Size:
    needed = text.longest_ref * _CHARACTER * text.points + _MARGINS
    usual, least = _scaled(size, text)
    return max(usual, needed), max(least, needed * 0.95)


def fit(sizes: Sequence[Size], available: int) -> list[int]:
    """Return widths in twips that add up to `available`, from (usual, least) in millimetres.

    On a page with more room every column grows alike; with less, each gives up its share of what
    it has above its least, and then of what it has above a single word's need.
    """
    usual = sum(size for size, _ in sizes)
    least = sum(size for _, size in sizes)
    room = available / TWIPS_PER_MM
    if room >= usual:
        exact = [size * room / usual for size, _ in sizes]
    elif room > least:
        share = (room - least) / (usual - least)
        exact = [low + (size - low) * share for size, low in sizes]
    else:
        floors = [min(low, _WORD) for _, low in sizes]
        share = max(room - sum(floors), 0) / max(least - sum(floors), 1)
        exact = [
            floor + (low - floor) * share for (_, low), floor in zip(sizes, floors, strict=True)
        ]
        exact = [size * room / sum(exact) for size in exact]
    widths = [int(size * TWIPS_PER_MM) for size in exact]
    rest = available - sum(widths)
    if room >= usual:  # the last column has the longest words to fit
        widths[-1] += rest
        rest = 0
    for index in range(rest):
        widths[index % len(widths)] += 1
    return widths
