"""What the parts of a document say, for tests that look at one of them."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.model.prose import Block
from kimplan.model.rating import Rating
from kimplan.report.document import (
    Cell,
    Element,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    Role,
    SectionRow,
    Table,
    TableColumn,
    TableRow,
)

PLAN_HEADING = "Action plan"


class Listing(NamedTuple):
    """A part with a heading, a sentence, perhaps a table, and perhaps a note."""

    heading: str
    introduction: str
    labels: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Count(NamedTuple):
    """A row of the counts; the row of the total has no rating."""

    rating: Rating | None
    label: str
    meaning: str
    number: int
    overdue: int


class Chapter(NamedTuple):
    """A section of the plan: its title, its text and its rows."""

    title: str
    narrative: tuple[Block, ...]
    rows: tuple[TableRow, ...]


def elements(document: ReportDocument, name: str) -> tuple[Element, ...]:
    """Return the elements of the part called `name`; nothing if the document lacks it."""
    return next((part.elements for part in document.parts if part.name == name), ())


def tables(document: ReportDocument, name: str) -> list[Table]:
    """Return the tables of a part."""
    return [found for found in elements(document, name) if isinstance(found, Table)]


def paragraphs(document: ReportDocument, name: str, role: Role) -> list[str]:
    """Return the words of a part's paragraphs of one kind."""
    found = (each for each in elements(document, name) if isinstance(each, Paragraph))
    return [each.text for each in found if each.role is role]


def listing_of(document: ReportDocument, name: str) -> Listing:
    """Return a part that has at most one table below one sentence."""
    heading = elements(document, name)[0]
    assert isinstance(heading, Heading)
    (introduction,) = paragraphs(document, name, Role.INTRODUCTION)
    (note,) = paragraphs(document, name, Role.NOTE) or [""]
    found = tables(document, name)
    if not found:
        return Listing(heading.text, introduction, (), (), note)
    (table,) = found
    assert (table.title, table.description) == (heading.text, introduction)
    return Listing(heading.text, introduction, table.labels, rows(table), note)


def rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of a table's rows, without those of sections."""
    return tuple(row.cells for row in table.rows if isinstance(row, TableRow))


def chart_of(document: ReportDocument, name: str = "summary") -> Figure:
    """Return the only figure of a part."""
    (found,) = (each for each in elements(document, name) if isinstance(each, Figure))
    return found


def counts_of(document: ReportDocument) -> tuple[Count, ...]:
    """Return the table of the counts."""
    (table,) = tables(document, "summary")
    return tuple(map(_count, rows(table)))


def _count(cells: tuple[Cell, ...]) -> Count:
    label, meaning, number, overdue = cells
    assert isinstance(number.value, int)
    assert isinstance(overdue.value, int)
    return Count(label.rating, label.text, meaning.text, number.value, overdue.value)


def counts_note_of(document: ReportDocument) -> str:
    """Return the sentence below the counts."""
    (note,) = paragraphs(document, "summary", Role.NOTE)
    return note


def columns_of(document: ReportDocument) -> tuple[TableColumn, ...]:
    """Return the columns of the plan's tables."""
    return tables(document, "plan")[0].columns


def chapters_of(document: ReportDocument) -> list[Chapter]:
    """Return the sections of the plan, in any layout."""
    found: list[Chapter] = []
    for element in elements(document, "plan"):
        if isinstance(element, Heading) and element.level == 2:
            found.append(Chapter(element.text, (), ()))
        elif isinstance(element, Paragraph) and element.role is Role.NARRATIVE:
            found[-1] = found[-1]._replace(narrative=(*found[-1].narrative, element.block))
        elif isinstance(element, Table):
            _add_rows(found, element)
    return found


def _add_rows(found: list[Chapter], table: Table) -> None:
    for row in table.rows:
        if isinstance(row, SectionRow):
            found.append(Chapter(row.title, row.narrative, ()))
        else:
            found[-1] = found[-1]._replace(rows=(*found[-1].rows, row))
