"""What a document says, element by element: its lines, tables and charts as plain texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.model.prose import Block
from kimplan.report.document import (
    DocumentPart,
    Element,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    SectionRow,
    Table,
    TableRow,
)
from kimplan.verify.plain_text import plain

_HEADINGS = {1: "heading", 2: "section"}


_KEY = 60  # characters; no part of a row that was cut says less
SEAM = "\u2028"  # where a cell was cut between rows; no text of a plan holds it


class Line(NamedTuple):
    """A paragraph outside of tables: the part it belongs to, what it is, and its words."""

    part: str
    name: str
    text: str


class Grid(NamedTuple):
    """A table; a row of one cell is a section's.

    `colours` are the ratings whose colour each cell of a row has, by their names in the plan, or
    what else it looks like; `refs` is what the lower parts of each row say they belong to, where it
    was cut; `below` is the last line above the table.
    """

    title: str
    labels: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    colours: tuple[tuple[str, ...], ...] = ()
    refs: tuple[str, ...] = ()
    below: str = ""


class Link(NamedTuple):
    """Words that lead somewhere: to an address, or to a row by what it is known by (``#REC6``)."""

    text: str
    target: str


class ChartValues(NamedTuple):
    """A chart's figures: the value of each category in each series.

    `words` are what else stands on it, such as a title; `below` is the last line above it.
    """

    title: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]
    words: str = ""
    below: str = ""


class Content(NamedTuple):
    """What a report says: lines, tables, figures and links in its order, headers and footers."""

    lines: tuple[Line, ...]
    tables: tuple[Grid, ...]
    figures: tuple[ChartValues, ...]
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def row_key(first_cell: str) -> str:
    """Return what a link to a row leads to: the beginning of its first cell, which may be cut."""
    return first_cell.partition("\n")[0][:_KEY]


def expected(document: ReportDocument, names: tuple[str, ...]) -> Content:
    """Return what the parts of `document` with these `names` say, in the order of the names."""
    parts = {part.name: part for part in document.parts}
    chosen = [parts[name] for name in names if name in parts]
    elements = [element for part in chosen for element in part.elements]
    return Content(
        lines=tuple(line for part in chosen for line in _lines(part) if line.text),
        tables=tuple(_grids(elements)),
        figures=tuple(_figures(elements)),
        links=tuple(_links(elements)),
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


def _grids(elements: Sequence[Element]) -> Iterator[Grid]:
    for element, below in _with_lines(elements):
        if isinstance(element, Table):
            yield _grid(element, below)


def _figures(elements: Sequence[Element]) -> Iterator[ChartValues]:
    for element, below in _with_lines(elements):
        if isinstance(element, Figure):
            yield _values(element, below)


def _with_lines(elements: Sequence[Element]) -> Iterator[tuple[Element, str]]:
    """Yield each element with the last line above it; a figure's caption stands below it."""
    below = ""
    for element in elements:
        yield element, below
        match element:
            case Heading() | Paragraph():
                below = plain(element.text)
            case Figure():
                below = plain(element.whole_caption)


def _grid(table: Table, below: str) -> Grid:
    labels, rows = tuple(map(plain, table.labels)), tuple(map(_row, table.rows))
    refs = tuple(row.anchor if isinstance(row, TableRow) else "" for row in table.rows)
    return Grid(table.title, labels, rows, tuple(map(_colours, table.rows)), refs, below)


def _row(row: TableRow | SectionRow) -> tuple[str, ...]:
    if isinstance(row, SectionRow):
        return (plain("\n".join([row.title, *(block.text for block in row.narrative)])),)
    return tuple(plain(cell.text) for cell in row.cells)


def _colours(row: TableRow | SectionRow) -> tuple[str, ...]:
    if isinstance(row, SectionRow):
        return ("",)
    return tuple(str(cell.rating or "") for cell in row.cells)


def _links(elements: Sequence[Element]) -> Iterator[Link]:
    """Yield the links in their order; one to a row that is not there is none."""
    names = dict(_names(elements))
    for block in (block for element in elements for block in _blocks(element)):
        for span in block.spans:
            if span.link.startswith("#"):
                if name := names.get(span.link[1:]):
                    yield Link(plain(span.text), f"#{name}")
            elif span.link:
                yield Link(plain(span.text), span.link)


def _names(elements: Sequence[Element]) -> Iterator[tuple[str, str]]:
    """Yield what the rows are known by, which links lead to, by their anchors."""
    for table in elements:
        if isinstance(table, Table):
            for row in table.rows:
                if isinstance(row, TableRow) and row.anchor:
                    yield row.anchor, row_key(plain(row.cells[0].text))


def _blocks(element: Element) -> Iterator[Block]:
    match element:
        case Paragraph():
            yield element.block
        case Table():
            for row in element.rows:
                if isinstance(row, SectionRow):
                    yield from row.narrative
                else:
                    yield from (block for cell in row.cells for block in cell.blocks)


def _values(figure: Figure, below: str) -> ChartValues:
    series = ((plain(one.name), tuple(map(str, one.values))) for one in figure.series)
    categories = tuple(map(plain, figure.categories))
    alt_text = plain(figure.alt_text)
    return ChartValues(figure.label, alt_text, categories, tuple(series), below=below)
