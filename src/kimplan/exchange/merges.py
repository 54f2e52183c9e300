"""Merged cells of a sheet: each place that is covered repeats what covers it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.exchange.bounds import UnreadableError
from kimplan.sheet import Remark, RemarkKind, SheetCell

_MOST_COVERED = 500_000


class Merge(NamedTuple):
    """An area: its first row from 1 and column from 0, and its last ones, both included."""

    row: int
    column: int
    last_row: int
    last_column: int

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield its rows and columns, row by row, none before it is asked for."""
        for row in range(self.row, self.last_row + 1):
            for column in range(self.column, self.last_column + 1):
                yield row, column


def merged(
    rows: Sequence[dict[int, SheetCell]],
    numbers: Sequence[int],
    width: int,
    merges: Sequence[Merge],
) -> list[tuple[SheetCell, ...]]:
    """Return the rows, which have these `numbers`, with a cell in each of `width` places.

    Raises UnreadableError where more is merged than a plan can be.
    """
    covered = 0
    for merge in merges:
        first, last = bisect_left(numbers, merge.row), bisect_right(numbers, merge.last_row)
        across = min(merge.last_column, width - 1) - merge.column + 1
        if first >= last or across < 1 or numbers[first] != merge.row:
            continue
        covered += (last - first) * across
        if covered > _MOST_COVERED:
            hint = "Unmerge its cells in Excel (Home > Merge & Center), and save it."
            raise UnreadableError("it merges more cells than a plan has", hint)
        _cover(rows[first:last], merge.column, across)
    empty = SheetCell()
    return [tuple(row.get(column, empty) for column in range(width)) for row in rows]


def _cover(rows: Sequence[dict[int, SheetCell]], column: int, across: int) -> None:
    origin = rows[0].get(column, SheetCell())._replace(across=across, down=len(rows))
    below = _words_below(rows, column, across)
    origin = origin._replace(remarks=origin.remarks + below)
    copy = origin._replace(across=1, down=1, is_covered=True, remarks=())
    for row in rows:
        for place in range(column, column + across):
            row[place] = copy
    rows[0][column] = origin


def _words_below(
    rows: Sequence[dict[int, SheetCell]], column: int, across: int
) -> tuple[Remark, ...]:
    """Return what the file keeps in places that the merged cell covers: nobody sees it in Excel."""
    covered = (
        row[place]
        for at, row in enumerate(rows)
        for place in range(column, column + across)
        if place in row and (at or place > column)
    )
    return tuple(
        Remark(RemarkKind.HIDDEN, f"below a merged cell: {cell.text}")
        for cell in covered
        if not cell.is_covered and not cell.is_blank
    )
