"""The action plan: one table with a row for each section, or a table a section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kimplan.changes.direction import direction_of
from kimplan.model.column_field import ColumnField
from kimplan.model.language import Language
from kimplan.model.plan import Column, Layout, Plan, Settings
from kimplan.model.prose import parse_prose
from kimplan.report.cells import RowCells, line, row_cells, with_directions
from kimplan.report.document import (
    Element,
    Heading,
    Paragraph,
    Role,
    SectionRow,
    Table,
    TableColumn,
    TableRow,
    Width,
)
from kimplan.report.own_cells import is_short, own_width
from kimplan.report.request import Request

if TYPE_CHECKING:
    from kimplan.report.since import Since

HEADING = "Action plan"
_NO_ROWS = "No recommendation stands in this section."
_WIDTHS = {
    ColumnField.REF: Width(16, 15),
    ColumnField.RECOMMENDATION: Width(72, 37),
    ColumnField.RESPONSE: Width(99, 49),
    ColumnField.RAG: Width(23, 22),
    ColumnField.DUE: Width(25, 24),
    ColumnField.OWNERS: Width(32, 31),
    ColumnField.COMPLETED: Width(25, 24),
    ColumnField.EVIDENCE: Width(45, 30),
    ColumnField.VERIFIED: Width(32, 26),
    ColumnField.PROGRESS: Width(60, 35),
    ColumnField.ACTIONS: Width(50, 32),
}


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield all recommendations in their sections, as the layout wants them."""
    columns = plan_columns(plan.settings)
    language = plan.settings.language
    heading = language.say(HEADING)
    yield Heading(heading)
    if request.since and any(column.field == ColumnField.RAG for column in columns):
        yield Paragraph(line(_directions(request.since, language)), Role.INTRODUCTION)
    cells = _cells(plan.settings, request)
    if request.layout_of(plan) is Layout.SECTIONS:
        for section, rows in _sections(plan, cells):
            yield from _own_table(section, rows, columns, language)
        return
    yield _table(heading, columns, list(_one_table(plan, cells)), language)


def plan_columns(settings: Settings) -> tuple[TableColumn, ...]:
    """Return the columns of the plan's settings, as wide as they say or as their fields are."""
    return tuple(_column(settings, column) for column in settings.columns)


def _column(settings: Settings, column: Column) -> TableColumn:
    if isinstance(column.field, ColumnField):
        return TableColumn(column.field, column.label, _width(_WIDTHS[column.field], column.width))
    own = settings.own(column.field.id)
    width = _width(own_width(own), column.width)
    return TableColumn(column.field, column.label, width, is_short(own))


def _width(usual: Width, wanted: int | None) -> Width:
    return Width(wanted, min(wanted, usual.least), is_set=True) if wanted else usual


def _cells(settings: Settings, request: Request) -> RowCells:
    if request.since is None:
        return row_cells(settings)
    direction = partial(direction_of, request.since.between)
    return with_directions(row_cells(settings), direction, settings.language)


def _directions(since: Since, language: Language) -> str:
    return language.say(
        "Below each rating: whether it is better than, the same as or worse than in the report at "
        "{day}, or new since then.",
        day=language.day(since.between.since_day),
    )


def _sections(plan: Plan, cells: RowCells) -> Iterator[tuple[SectionRow, list[TableRow]]]:
    rows: defaultdict[str, list[TableRow]] = defaultdict(list)
    for item in plan.recommendations:
        rows[item.section].append(TableRow(cells(item), item.ref))
    for section in plan.settings.sections:
        title = " ".join(section.title.split())
        yield SectionRow(title, parse_prose(section.narrative or "")), rows[section.id]


def _one_table(plan: Plan, cells: RowCells) -> Iterator[TableRow | SectionRow]:
    for section, rows in _sections(plan, cells):
        yield section
        yield from rows


def _own_table(
    section: SectionRow,
    rows: list[TableRow],
    columns: tuple[TableColumn, ...],
    language: Language,
) -> Iterator[Element]:
    yield Heading(section.title, 2)
    for block in section.narrative:
        yield Paragraph(block, Role.NARRATIVE)
    if rows:
        yield _table(section.title, columns, rows, language)
    else:
        yield Paragraph(line(language.say(_NO_ROWS)), Role.NOTE)


def _table(
    title: str,
    columns: tuple[TableColumn, ...],
    rows: Sequence[TableRow | SectionRow],
    language: Language,
) -> Table:
    labels = ", ".join(column.label for column in columns)
    text = "A row for each recommendation. Columns: {labels}."
    description = language.say(text, labels=labels)
    return Table(title, description, columns, tuple(rows))
