"""Copies of reports by hand: the table as a reader gives it, unedited or with cells in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from kimplan.merge.base import Base
from kimplan.merge.copy import Wish, read_copy
from kimplan.merge.seen import Seen
from kimplan.model.plan import Plan
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.rating import Rating
from kimplan.report.cells import row_cells
from kimplan.report.document import Cell
from kimplan.sheet import Sheet, SheetCell, SheetFile, SheetRow
from kimplan.word.colours import FILLS

Edits: TypeAlias = Mapping[Any, SheetCell]  # by ref and field
FILE = "copy.docx"


def base_of(plan: Plan) -> Base:
    """Return `plan` as the base of a copy."""
    fills = {FILLS[rating]: rating for rating in plan.settings.ratings.scheme.ratings}
    return Base(plan, "1a2b3c4", fills)


def words(text: str, **more: Any) -> SheetCell:
    """Return a cell that says `text`, in Markdown's marks."""
    return SheetCell(parse_prose(text), **more)


def lines(*texts: str, **more: Any) -> SheetCell:
    """Return a cell with a paragraph for each of `texts`."""
    return SheetCell(tuple(Block((Span(text),)) for text in texts), **more)


def plan_rows(plan: Plan, edits: Edits | None = None) -> list[SheetRow]:
    """Return the header and the rows of the plan's table, with `edits` in place of some cells."""
    columns, cells = plan.settings.columns, row_cells(plan.settings)
    header = SheetRow(tuple(lines(column.label) for column in columns), 1, is_header=True)
    rows = [header]
    for number, item in enumerate(plan.recommendations, 2):
        said = zip(columns, cells(item), strict=True)
        own = [(edits or {}).get((item.ref, column.field)) or _cell(cell) for column, cell in said]
        rows.append(SheetRow(tuple(own), number))
    return rows


def _cell(cell: Cell) -> SheetCell:
    fill = FILLS[cell.value] if isinstance(cell.value, Rating) else ""
    return SheetCell(cell.blocks, fill=fill)


def copy_of(rows: Sequence[SheetRow], *others: Sheet, name: str = FILE) -> SheetFile:
    """Return a file with a table of these rows, and others."""
    return SheetFile(name, "", (Sheet("table 1", tuple(rows)), *others), is_report=True)


def seen_in(plan: Plan, edits: Edits, **wish: Any) -> Seen:
    """Return what is seen in a copy of `plan` with these cells."""
    roles = frozenset(owner.role for owner in plan.owners)
    return read_copy(copy_of(plan_rows(plan, edits)), base_of(plan), Wish(roles, **wish))
