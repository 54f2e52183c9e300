"""Cells with their spans to rows with a cell in every place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kimplan.exchange.bounds import MAX_COLUMNS, MAX_ROWS, UnreadableError
from kimplan.sheet import SheetCell


class Placed(NamedTuple):
    """A cell as its row has it, and how many columns and rows it covers; 0 rows are all others.

    One that `goes_on` is covered by the cell above it, however far that reaches.
    """

    cell: SheetCell
    across: int = 1
    down: int = 1
    goes_on: bool = False


def lay_out(rows: Sequence[Sequence[Placed]]) -> list[tuple[SheetCell, ...]]:
    """Return the rows with equally many cells; a covered place repeats what covers it.

    Raises UnreadableError for a table that is too large.
    """
    if len(rows) > MAX_ROWS:
        raise UnreadableError(f"it has more than {MAX_ROWS:,} rows", "Keep only the plan's table.")
    grid = _Grid(len(rows))
    for at, row in enumerate(rows):
        column = 0
        for placed in row:
            column = grid.put(at, column, placed)
    return grid.rows()


class _Grid:
    """The places of a table, as they are filled row by row."""

    def __init__(self, height: int) -> None:
        self._rows: list[dict[int, SheetCell]] = [{} for _ in range(height)]
        self._above: dict[int, int] = {}  # the row in which a column's lowest own cell begins

    def rows(self) -> list[tuple[SheetCell, ...]]:
        width = max((max(row, default=-1) + 1 for row in self._rows), default=0)
        empty = SheetCell()
        return [tuple(row.get(column, empty) for column in range(width)) for row in self._rows]

    def put(self, at: int, column: int, placed: Placed) -> int:
        """Put a cell and what it covers into the grid; return the column behind it."""
        while column in self._rows[at]:
            column += 1
        if column + placed.across > MAX_COLUMNS:
            hint = "Keep only the plan's columns."
            raise UnreadableError(f"it has more than {MAX_COLUMNS} columns", hint)
        begins = self._above.get(column)
        if placed.goes_on and begins is not None:
            origin = self._rows[begins][column]
            self._rows[begins][column] = origin._replace(down=at - begins + 1)
            self._cover(at, at + 1, column, placed.across, origin)
        else:
            self._begin(at, column, placed)
        return column + placed.across

    def _begin(self, at: int, column: int, placed: Placed) -> None:
        last = min(at + placed.down, len(self._rows)) if placed.down else len(self._rows)
        whole = placed.cell._replace(across=placed.across, down=last - at)
        self._cover(at, last, column, placed.across, whole)
        self._rows[at][column] = whole
        self._above.update(dict.fromkeys(range(column, column + placed.across), at))

    def _cover(self, first: int, last: int, column: int, across: int, origin: SheetCell) -> None:
        covered = origin._replace(is_covered=True, remarks=(), across=1, down=1)
        for row in self._rows[first:last]:
            for place in range(column, column + across):
                row.setdefault(place, covered)
