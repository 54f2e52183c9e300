"""How wide the columns of a table are on the page at hand."""

from __future__ import annotations

from collections.abc import Sequence

from kimplan.model.plan import ColumnField
from kimplan.report.document import Column
from kimplan.report.word.markup import TWIPS_PER_MM

# Millimetres: on A4 landscape, and the least that shows the field's longest usual word.
_WIDTHS: dict[ColumnField, tuple[int, int]] = {
    ColumnField.REF: (16, 15),
    ColumnField.RECOMMENDATION: (72, 37),
    ColumnField.RESPONSE: (99, 49),
    ColumnField.RAG: (23, 22),
    ColumnField.DUE: (25, 24),
    ColumnField.OWNERS: (32, 30),
    ColumnField.COMPLETED: (25, 24),
    ColumnField.EVIDENCE: (45, 30),
    ColumnField.VERIFIED: (32, 26),
    ColumnField.PROGRESS: (60, 35),
    ColumnField.ACTIONS: (50, 32),
}
LISTING = ((17, 16), (98, 55), (49, 36), (25, 22), (78, 45))
COUNTS = ((31, 27), (51, 26), (20, 18), (23, 20))


def plan_widths(columns: Sequence[Column], available: int) -> list[int]:
    """Return the widths of the plan's columns, in twips, which add up to `available`."""
    sizes = [
        (column.width, min(column.width, _WIDTHS[column.field][1]))
        if column.width
        else _WIDTHS[column.field]
        for column in columns
    ]
    return fit(sizes, available)


def fit(sizes: Sequence[tuple[int, int]], available: int) -> list[int]:
    """Return widths in twips that add up to `available`, from (usual, least) in millimetres.

    On a page with more room every column grows alike; with less, each gives up its share of what
    it has above its least, and below that all shrink alike.
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
        exact = [low * room / least for _, low in sizes]
    widths = [int(size * TWIPS_PER_MM) for size in exact]
    widths[-1] += available - sum(widths)
    return widths
