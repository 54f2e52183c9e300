"""Which column of a copy's table is which: by the labels that the plan gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kimplan.merge.sameness import fold_name
from kimplan.model.plan import Settings
from kimplan.sheet import Sheet, SheetRow

_FIRST_ROWS = 6  # among which a header stands; somebody may have put a title above it
# The report's other tables have these beside some of the plan's own labels.
_COMPUTED = frozenset({"overdue by", "due in", "when", "what changed", "changed by"})


class Columns(NamedTuple):
    """Where each field stands in a table, by the numbers of its columns.

    `edited` are labels of the plan with the words that stand in their place, `gone` those without
    a column, and `added` the columns that are none of the plan's, by their numbers.
    """

    places: Mapping[str, int]
    edited: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    added: tuple[tuple[int, str], ...] = ()

    @property
    def score(self) -> int:
        """How much the table looks like the plan's own."""
        return 2 * len(self.places) - len(self.edited) - len(self.added)


class PlanTable(NamedTuple):
    """A table of the copy that is the plan's, or a part of it: its rows below the header."""

    sheet: Sheet
    columns: Columns
    rows: tuple[SheetRow, ...]


def plan_tables(sheets: Sequence[Sheet], settings: Settings) -> list[PlanTable]:
    """Return the tables that are the plan's, in their order.

    One that was cut off from the table above it has no header, and that one's columns.
    """
    found: list[PlanTable] = []
    for sheet in sheets:
        table = _with_header(sheet, settings) or _cut_off(sheet, found)
        if table:
            found.append(table)
    best = max((table.columns.score for table in found), default=0)
    return [table for table in found if table.columns.score * 2 > best]


def _with_header(sheet: Sheet, settings: Settings) -> PlanTable | None:
    for number, row in enumerate(sheet.rows[:_FIRST_ROWS]):
        if columns := match_header(row, settings):
            return PlanTable(sheet, columns, sheet.rows[number + 1 :])
    return None


def _cut_off(sheet: Sheet, above: Sequence[PlanTable]) -> PlanTable | None:
    """Return a table without a header as the lower part of the one above it, if it may be that."""
    if not above or not sheet.rows:
        return None
    upper = above[-1]
    if len(sheet.rows[0].cells) != len(upper.sheet.rows[0].cells) or sheet.rows[0].is_header:
        return None
    return PlanTable(sheet, upper.columns, sheet.rows)


def match_header(row: SheetRow, settings: Settings) -> Columns | None:
    """Return which columns a header row names, or None if it is not that of the plan's table."""
    words = [fold_name(cell.text) for cell in row.cells]
    if _COMPUTED.intersection(words) - {fold_name(each.label) for each in settings.columns}:
        return None
    places: dict[str, int] = {}
    for column in settings.columns:
        label = fold_name(column.label)
        at = next((at for at, word in enumerate(words) if word == label), None)
        if at is not None and at not in places.values():
            places[column.field] = at
    if 2 * len(places) < len(settings.columns) or len(places) < min(2, len(settings.columns)):
        return None
    return _with_the_rest(row, settings, places)


def _with_the_rest(row: SheetRow, settings: Settings, places: dict[str, int]) -> Columns:
    """Return the columns with those that were given other labels, which stand where they did."""
    edited, gone = [], []
    is_whole = len(row.cells) == len(settings.columns)
    for at, column in enumerate(settings.columns):
        if column.field in places:
            continue
        if is_whole and at not in places.values() and row.cells[at].text.strip():
            places[column.field] = at
            edited.append((column.label, row.cells[at].text))
        else:
            gone.append(column.label)
    free = set(range(len(row.cells))) - set(places.values())
    added = tuple((at, row.cells[at].text) for at in sorted(free) if not row.cells[at].is_covered)
    return Columns(places, tuple(edited), tuple(gone), added)
