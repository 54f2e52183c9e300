"""Whether a file is a workbook that kimplan made of one plan, and the tables that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pydantic import ValidationError

from kimplan.answers.group import PlanOf
from kimplan.answers.tables import book, own_book
from kimplan.answers.tables.book_columns import (
    BookColumn,
    labels_of,
    plan_columns,
    table_columns,
)
from kimplan.answers.tables.book_owners import PLAN_SHEET_FIELDS, SHEET_FIELDS
from kimplan.answers.tables.book_settings import Tree, tree_from
from kimplan.answers.tables.parts import (
    ACTION_FIELDS,
    EVIDENCE_FIELDS,
    PROGRESS_FIELDS,
    REVISION_FIELDS,
)
from kimplan.answers.tables.promised import OVERDUE_FIELDS
from kimplan.answers.tables.records import own_fields
from kimplan.errors import KimplanError
from kimplan.intake.prose import allowed
from kimplan.intake.tables import bare_name
from kimplan.model.due import NotADateError, parse_day
from kimplan.model.plan import Plan, Settings
from kimplan.sheet import Sheet, SheetCell, SheetFile, SheetRow

_FIELDS = {
    book.OVERDUE: OVERDUE_FIELDS,
    book.OWNERS: SHEET_FIELDS,
    book.ACTIONS: ACTION_FIELDS,
    book.REVISIONS: REVISION_FIELDS,
    book.EVIDENCE: EVIDENCE_FIELDS,
    book.PROGRESS: PROGRESS_FIELDS,
}
_HIGHEST = 10  # rows, one of which is the header: somebody may have put a title above it
_MARKS = {own_book.MARK, own_book.POSITION, own_book.HOLDS}


class BookTable(NamedTuple):
    """A sheet of the workbook: for each of its columns what it is, None for one that is not ours.

    `labels` are what stands in its header, `rows` what stands below, and `top` how many rows above.
    """

    sheet: Sheet
    labels: tuple[str, ...]
    columns: tuple[BookColumn | None, ...]
    rows: tuple[SheetRow, ...]
    top: int


class OwnBook(NamedTuple):
    """The workbook: its settings as ``plan.yaml`` holds them, its tables by name, and the rest.

    `position` is the day whose position it shows, None where it does not say one. Among `others`
    are the rows that somebody put above a header.
    """

    settings: Settings
    tree: dict[str, Tree]
    rows: list[tuple[str, str]]
    position: date | None
    tables: dict[str, BookTable]
    others: tuple[Sheet, ...]


def own_book_in(file: SheetFile) -> OwnBook | None:
    """Return the workbook that kimplan made, or None for any other file.

    Raises KimplanError where its sheet of settings no longer is one of a plan, and for a workbook
    of several plans.
    """
    sheets = {bare_name(sheet.name): sheet for sheet in file.sheets}
    _refuse_several(sheets, file)
    found = sheets.get(own_book.SETTINGS)
    if found is None or book.PLAN not in sheets or file.is_word:
        return None
    rows = [(_text(row.cells[0]), _text(row.cells[1])) for row in found.rows if len(row.cells) > 1]
    if own_book.HEADER not in rows[:_HIGHEST] or own_book.MARK not in dict(rows):
        return None
    said, top = dict(rows), rows.index(own_book.HEADER)
    own = [(name, value) for name, value in rows[top + 1 :] if name and name not in _MARKS]
    tree = tree_from(own)
    settings = _settings(tree, file)
    tables = _tables(sheets, settings)
    tops = {own_book.SETTINGS: top} | {name: table.top for name, table in tables.items()}
    others = [one._replace(rows=one.rows[: tops.get(name)]) for name, one in sheets.items()]
    return OwnBook(
        settings,
        tree,
        own,
        _day(said.get(own_book.POSITION, "")),
        tables,
        tuple(one for one in others if one.rows),
    )


def _refuse_several(sheets: dict[str, Sheet], file: SheetFile) -> None:
    totals, rows = sheets.get(book.PLANS), sheets.get(book.PLAN)
    if totals is None or rows is None or own_book.SETTINGS in sheets:
        return
    expected = labels_of(table_columns(PLAN_SHEET_FIELDS, is_several=True))
    if _labels(totals.rows[0]) == expected:
        message = f"{file.name} is a workbook that kimplan made of several plans"
        hint = "Export each plan by itself, or take this sheet as it is: --table 'Action plan'."
        raise KimplanError(message, hint)


def _text(cell: SheetCell) -> str:
    return allowed("".join(run.text for run in cell.raw)).strip()


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except NotADateError:
        return None


def _settings(tree: dict[str, Tree], file: SheetFile) -> Settings:
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        message = f"the sheet {own_book.SETTINGS} of {file.name} cannot be read: {place}"
        hint = "Take the row as the export wrote it, or export the plan again."
        raise KimplanError(message, hint) from error


def _tables(sheets: dict[str, Sheet], settings: Settings) -> dict[str, BookTable]:
    own = own_fields([PlanOf("", Plan(settings, (), ()))])
    known = {book.PLAN: plan_columns(settings, own, is_several=False)}
    known |= {name: table_columns(fields, is_several=False) for name, fields in _FIELDS.items()}
    return {
        name: _table(sheets[name], columns) for name, columns in known.items() if name in sheets
    }


def _table(sheet: Sheet, columns: Sequence[BookColumn]) -> BookTable:
    by_label = {column.label.casefold(): column for column in columns}
    highest = map(_labels, sheet.rows[:_HIGHEST])
    known = [sum(label.casefold() in by_label for label in labels) for labels in highest]
    top = known.index(max(known))
    labels = _labels(sheet.rows[top])
    found = tuple(by_label.pop(label.casefold(), None) for label in labels)
    return BookTable(sheet, labels, found, sheet.rows[top + 1 :], top)


def _labels(row: SheetRow) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()) for cell in row.cells)
