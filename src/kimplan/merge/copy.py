"""A Word copy of a report held against what the report said: the edits, and what else was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.intake.dates import DateColumn
from kimplan.merge.base import Base, BaseTable
from kimplan.merge.bullets import are_lost, restored
from kimplan.merge.columns import plan_tables
from kimplan.merge.dates import date_column, read_completed, read_due
from kimplan.merge.finding import Finding, Kind
from kimplan.merge.notes import of_comment, read_evidence, read_progress
from kimplan.merge.outside import tell_outside
from kimplan.merge.own_fields import read_own
from kimplan.merge.owners import read_owners
from kimplan.merge.parts import is_merged, whole_cell
from kimplan.merge.ratings import parse_rating, read_rating
from kimplan.merge.recommendation import read_recommendation, read_ref, tell_change
from kimplan.merge.remarks import of_cell, quoted, who
from kimplan.merge.responses import read_response
from kimplan.merge.rows import Row, own_rows, read_rows
from kimplan.merge.sameness import fold_name, words_of
from kimplan.merge.seen import Place, Seen
from kimplan.merge.structure import Around, tell_structure
from kimplan.model.column_field import ColumnField, as_own_column
from kimplan.report.document import Cell
from kimplan.sheet import Remark, RemarkKind, SheetCell, SheetFile

_READERS: Mapping[str, Callable[[Place], None]] = {
    ColumnField.REF: read_ref,
    ColumnField.RECOMMENDATION: read_recommendation,
    ColumnField.RESPONSE: read_response,
    ColumnField.RAG: read_rating,
    ColumnField.DUE: read_due,
    ColumnField.OWNERS: read_owners,
    ColumnField.COMPLETED: read_completed,
    ColumnField.EVIDENCE: read_evidence,
    ColumnField.PROGRESS: read_progress,
}


def _reader(field: str) -> Callable[[Place], None]:
    """Return what reads the cells of a field."""
    return read_own if as_own_column(field) else _READERS.get(field, tell_change)


class Wish(NamedTuple):
    """How a copy is to be read, beside what the plan has now: its `roles` and its folded `refs`.

    `takes_comments` makes progress notes of comments.
    """

    roles: frozenset[str] = frozenset()
    refs: frozenset[str] = frozenset()
    takes_comments: bool = False


def read_copy(file: SheetFile, base: Base, wish: Wish) -> Seen:
    """Return what somebody changed in the copy `file` of a report of `base`.

    Raises KimplanError for a file without the plan's table, and for a report of another plan.
    """
    known = BaseTable(base)
    tables = plan_tables(file.sheets, base.settings)
    if not tables:
        labels = ", ".join(column.label for column in base.settings.columns)
        message = f"{file.name} has no table with the plan's columns"
        raise KimplanError(message, f"Their labels were: {labels}.")
    rows, sections = read_rows(tables, known, base.settings)
    _check_plan(file, rows, known, base)
    seen = Seen([], [])
    has_lost_bullets = are_lost(rows, known)
    if has_lost_bullets:
        text = "the file lost the bullets of its lists; lines that were items count as such"
        seen.findings.append(Finding(Kind.TOLD, "", "bullets", text, file=file.name))
    dates = _columns_of_dates(rows, base)
    reading = _Reading(file.name, base, known, wish, seen, dates, restores=has_lost_bullets)
    for _, same in own_rows(rows):
        reading.rows(same)
    around = Around(file, base, known, wish.refs)
    seen.findings.extend(tell_structure(around, tables, rows, sections))
    seen.findings.extend(tell_outside(file, base, [table.sheet for table in tables]))
    return seen


def _columns_of_dates(rows: Sequence[Row], base: Base) -> dict[str, DateColumn]:
    """Return what each column of dates proves about the way in which they are written."""
    cells = {
        field: [cell.text for row in rows for part in row.parts if (cell := part.get(field))]
        for field in (ColumnField.DUE, ColumnField.COMPLETED)
    }
    language = base.settings.language
    return {field: date_column(texts, language) for field, texts in cells.items()}


def _check_plan(file: SheetFile, rows: Sequence[Row], known: BaseTable, base: Base) -> None:
    """Raise KimplanError where most of the rows are about something else than the plan's."""
    found = [row for row in rows if row.ref]
    said = [
        row
        for row in found
        if (cell := row.parts[0].get(ColumnField.RECOMMENDATION)) and _is_about(cell, known, row)
    ]
    has_words = any(ColumnField.RECOMMENDATION in row.parts[0] for row in rows)
    if not found or (has_words and 2 * len(said) < len(found)):
        message = f"{file.name} is a report of another plan"
        hint = f"None or few of its recommendations were in this plan at {base.version}."
        raise KimplanError(message, hint)


def _is_about(cell: SheetCell, known: BaseTable, row: Row) -> bool:
    """Return whether a row has some of the Ombudsman's words."""
    words = set(fold_name(cell.text).split())
    title = set(fold_name(known.items[row.ref].title).split())
    return 2 * len(words & title) >= len(title)


class _Reading:
    """Reads the rows of one recommendation after the other."""

    def __init__(
        self,
        file: str,
        base: Base,
        known: BaseTable,
        wish: Wish,
        seen: Seen,
        dates: Mapping[str, DateColumn],
        *,
        restores: bool,
    ) -> None:
        self._file = file
        self._base = base
        self._known = known
        self._wish = wish
        self._seen = seen
        self._dates = dates
        self._restores = restores

    def rows(self, same: Sequence[Row]) -> None:
        """Read the row of a recommendation; of several, which must agree, the first."""
        first = same[0]
        words = {_words(row) for row in same}
        if len(words) > 1:
            text = f"{len(same)} rows are about it and say different things"
            hint = "Delete those that do not count."
            found = Finding(Kind.CONFLICT, first.ref, "rows", text, hint, file=self._file)
            self._seen.findings.append(found)
        else:
            self._row(first)

    def _row(self, row: Row) -> None:
        item, settings = self._known.items[row.ref], self._base.settings
        said: dict[str, Cell] = dict(
            zip((one.field for one in settings.columns), self._known.cells(row.ref), strict=True)
        )
        cells = {field: self._cell(row, field, said[field]) for field in row.parts[0]}
        if ColumnField.REF in cells:  # each part repeats it
            cells[ColumnField.REF] = row.parts[0][ColumnField.REF]
        says = parse_rating(cells[ColumnField.RAG], settings) if ColumnField.RAG in cells else None
        for field, cell in cells.items():
            place = Place(
                self._base, item, field, cell, said[field], says or item.rag,
                self._wish.roles, self._dates.get(field, DateColumn()), self._file, self._seen,
            )  # fmt: skip
            if is_merged(row.parts, field) and fold_name(cell.text) != fold_name(said[field].text):
                _ask_whose(place)
            else:
                _reader(field)(place)
            self._tell_remarks(place)

    def _cell(self, row: Row, field: str, said: Cell) -> SheetCell:
        cell = whole_cell([part[field] for part in row.parts if field in part], said)
        return cell._replace(blocks=restored(cell.blocks, said)) if self._restores else cell

    def _tell_remarks(self, place: Place) -> None:
        for remark in place.cell.remarks:
            if remark.kind is RemarkKind.COMMENT:
                self._comment(place, remark)
            else:
                value = remark.by if remark.kind is RemarkKind.TRACKED else remark.text
                place.find(Kind.TOLD, remark.kind, of_cell(place.label, remark), value=value)

    def _comment(self, place: Place, remark: Remark) -> None:
        """Take a comment as the reason of a move, or as a note where that is wanted; or say it."""
        at = self._moved(place)
        text = f"{place.label} has a comment{who(remark)}{quoted(remark)}"
        if at is not None:
            edit = self._seen.edits[at]
            reason = "\n\n".join(filter(None, [edit.reason, remark.text.strip()]))
            self._seen.edits[at] = edit._replace(reason=reason)
            text += ", taken as the reason of the move"
        elif self._wish.takes_comments:
            self._seen.edits.append(of_comment(place, remark))
            text += ", taken as a progress note"
        hint = (
            ""
            if at is not None or self._wish.takes_comments
            else ("--notes takes comments as progress notes.")
        )
        place.find(Kind.TOLD, remark.kind, text, hint, value=remark.text)

    def _moved(self, place: Place) -> int | None:
        """Return the number of the edit that moves the date that a place is about."""
        if place.field is not ColumnField.DUE:
            return None
        wanted = (place.item.ref, place.field, place.file)
        edits = enumerate(self._seen.edits)
        return next((n for n, one in edits if (one.ref, one.field, one.file) == wanted), None)


def _ask_whose(place: Place) -> None:
    """Ask which of the cells' words are a cell's own that was merged with others."""
    what = "date" if place.field is ColumnField.DUE else place.field
    text = f"{place.label} was merged with another cell, so whose words they are is not known"
    place.find(Kind.NEEDS, what, text, "Split the cells again in the copy.", "", place.cell.text)


def _words(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(field), words_of(cell.blocks)) for part in row.parts for field, cell in part.items()
    )
