"""The cells of a record as its rows have them, each with its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kimplan.intake.columns import Column
from kimplan.intake.prose import words_of
from kimplan.sheet import SheetCell


class Cell(NamedTuple):
    """A cell that a record has, with its column."""

    column: Column
    cell: SheetCell


class Entry:
    """The cells of a record, its section's number among those found, and where it stands."""

    __slots__ = ("_by_field", "cells", "is_hidden", "place", "section")

    def __init__(
        self, cells: Iterable[Cell], section: int, place: str, is_hidden: bool = False
    ) -> None:
        self.cells: list[Cell] = []
        self.section = section
        self.place = place
        self.is_hidden = is_hidden
        self._by_field: dict[str, list[SheetCell]] = {}  # asked two dozen times for each record
        for cell in cells:
            self.add(cell)

    def add(self, cell: Cell) -> None:
        """Add a cell of the same record."""
        self.cells.append(cell)
        self._by_field.setdefault(cell.column.field, []).append(cell.cell)

    def of(self, field: str) -> Sequence[SheetCell]:
        """Return the cells with words or a colour of the columns that hold `field`."""
        return self._by_field.get(field, ())

    def text(self, field: str) -> str:
        """Return the words of a field on one line."""
        cells = self.of(field)
        return " ".join(filter(None, (words_of(cell.blocks) for cell in cells))) if cells else ""
