"""What a document says, element by element: its lines, tables and charts as plain texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.report.document import (
    DocumentPart,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    SectionRow,
    Table,
    TableRow,
)

_HEADINGS = {1: "heading", 2: "section"}


SEAM = "\u2028"  # where a cell was cut between rows; no text of a plan holds it


class Line(NamedTuple):
    """A paragraph outside of tables: the part it belongs to, what it is, and its words."""

    part: str
    name: str
    text: str


class Grid(NamedTuple):
    """A table; a row of one cell is a section's."""

    title: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartValues(NamedTuple):
    """A chart's figures: the value of each category in each series."""

    title: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]


class Content(NamedTuple):
    """What a report says: lines, tables and figures in its order, headers and footers."""

    lines: tuple[Line, ...]
    tables: tuple[Grid, ...]
    figures: tuple[ChartValues, ...]
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return the words of `text` with single spaces, a line a paragraph, without empty ones."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def expected(document: ReportDocument, names: tuple[str, ...]) -> Content:
    """Return what the parts of `document` with these `names` say, in the order of the names."""
    parts = {part.name: part for part in document.parts}
    chosen = [parts[name] for name in names if name in parts]
    elements = [element for part in chosen for element in part.elements]
    return Content(
        lines=tuple(line for part in chosen for line in _lines(part) if line.text),
        tables=tuple(_grid(table) for table in elements if isinstance(table, Table)),
        figures=tuple(_values(figure) for figure in elements if isinstance(figure, Figure)),
    )


def _lines(part: DocumentPart) -> Iterator[Line]:
    for element in part.elements:
        match element:
            case Heading(text, level):
                yield Line(part.name, _HEADINGS[level], plain(text))
            case Paragraph():
                yield Line(part.name, element.role, plain(element.text))
            case Figure():
                yield Line(part.name, "caption", plain(element.whole_caption))


def _grid(table: Table) -> Grid:
    return Grid(table.title, tuple(map(plain, table.labels)), tuple(map(_row, table.rows)))


def _row(row: TableRow | SectionRow) -> tuple[str, ...]:
    if isinstance(row, SectionRow):
        return (plain("\n".join([row.title, *(block.text for block in row.narrative)])),)
    return tuple(plain(cell.text) for cell in row.cells)


def _values(figure: Figure) -> ChartValues:
    series = ((plain(one.name), tuple(map(str, one.values))) for one in figure.series)
    categories = tuple(map(plain, figure.categories))
    return ChartValues(figure.label, plain(figure.alt_text), categories, tuple(series))
