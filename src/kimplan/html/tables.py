"""What a table's cells are for: which one names its row, and how each is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kimplan.model.column_field import ColumnField, as_own_column
from kimplan.model.due import Due
from kimplan.report.document import Cell, TableColumn

_NAMES = (ColumnField.REF, ColumnField.RECOMMENDATION)


def header_at(columns: Sequence[TableColumn]) -> int:
    """Return the place of the column that names each row: the ref's, or else the first."""
    fields = [column.field for column in columns]
    return next((fields.index(name) for name in _NAMES if name in fields), 0)


def class_of(column: TableColumn) -> str:
    """Return the class of a column's cells in the page; an id of the plan's own stays out of it."""
    return "col-own" if as_own_column(column.field) else f"col-{column.field}"


def kind_of(cell: Cell) -> str:
    """Return what a cell holds, as its class in the page: empty for words alone."""
    if cell.late:
        return "late"
    if isinstance(cell.value, Due | date):
        return "date"
    return "number" if isinstance(cell.value, int) else ""
