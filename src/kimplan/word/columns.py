"""How wide the columns of a table are on the page at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from kimplan.model.plan import ColumnField
from kimplan.report.document import Column
from kimplan.word.markup import TWIPS_PER_MM

# Millimetres, for text of 10.5 points: on A4 landscape, and the least that shows the longest
# usual word.
_USUAL_POINTS = 10.5
_WIDTHS: dict[ColumnField, tuple[int, int]] = {
    ColumnField.REF: (16, 15),
    ColumnField.RECOMMENDATION: (72, 37),
    ColumnField.RESPONSE: (99, 49),
    ColumnField.RAG: (23, 22),
    ColumnField.DUE: (25, 24),
    ColumnField.OWNERS: (32, 31),
    ColumnField.COMPLETED: (25, 24),
    ColumnField.EVIDENCE: (45, 30),
    ColumnField.VERIFIED: (32, 26),
    ColumnField.PROGRESS: (60, 35),
    ColumnField.ACTIONS: (50, 32),
}
LISTING = ((17, 16), (98, 55), (49, 36), (25, 22), (78, 45))
CHANGES = ((17, 16), (38, 30), (66, 36), (66, 36), (80, 45))
MOVES = ((17, 16), (36, 26), (36, 26), (17, 15), (92, 45), (36, 26), (33, 25))
COUNTS = ((31, 27), (51, 26), (20, 18), (23, 20))


_WORD = 31  # what a single long word needs
_MARGINS = 3.0  # of a cell, left and right together, in millimetres
_CHARACTER = 0.7 * 25.4 / 72  # the width of a bold capital, in millimetres a point

Size: TypeAlias = tuple[float, float]


class Text(NamedTuple):
    """The text that columns must hold: its size in points, and the longest ref in characters."""

    points: float = _USUAL_POINTS
    longest_ref: int = 0


USUAL_TEXT = Text()


def plan_widths(columns: Sequence[Column], available: int, text: Text = USUAL_TEXT) -> list[int]:
    """Return the widths of the plan's columns, in twips, which add up to `available`."""
    return fit([_size(column, text) for column in columns], available)


def listing_widths(
    available: int, text: Text = USUAL_TEXT, sizes: Sequence[Size] = LISTING
) -> list[int]:
    """Return the widths of the columns of a listing, whose first is the ref."""
    ref, *rest = sizes
    return fit([_ref_size(ref, text), *(_scaled(size, text) for size in rest)], available)


def counts_widths(available: int, text: Text = USUAL_TEXT) -> list[int]:
    """Return the widths of the columns of the counts."""
    return fit([_scaled(size, text) for size in COUNTS], available)


def _size(column: Column, text: Text) -> Size:
    if column.width:
        return column.width, min(column.width, _WIDTHS[column.field][1])
    size = _WIDTHS[column.field]
    return _ref_size(size, text) if column.field is ColumnField.REF else _scaled(size, text)


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
