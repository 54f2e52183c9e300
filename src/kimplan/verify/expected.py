"""What a report must say, part by part: its lines, its tables and its charts as plain texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kimplan.model.plan import Layout
from kimplan.model.prose import Block
from kimplan.report.document import (
    COUNT_LABELS,
    GLANCE,
    NO_ROWS,
    Cell,
    Chart,
    Listing,
    ReportDocument,
    Row,
    Section,
)


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


class Figure(NamedTuple):
    """A chart's figures: the value of each category in each series."""

    title: str
    alt_text: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[str, ...]], ...]


class Content(NamedTuple):
    """What a report says: lines, tables and figures in its order, headers and footers."""

    lines: tuple[Line, ...]
    tables: tuple[Grid, ...]
    figures: tuple[Figure, ...]
    headers: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return the words of `text` with single spaces, a line a paragraph, without empty ones."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def expected(document: ReportDocument, parts: tuple[str, ...]) -> Content:
    """Return what the `parts` of `document` say."""
    lines: list[Line] = []
    tables: list[Grid] = []
    figures: list[Figure] = []
    for part in parts:
        lines += [Line(part, name, plain(text)) for name, text in _LINES[part](document)]
        tables += _TABLES.get(part, _no_tables)(document)
        figures += _FIGURES.get(part, _no_figures)(document)
    kept = tuple(line for line in lines if line.text)
    return Content(kept, tuple(tables), tuple(figures))


_Named = tuple[str, str]


def _title(document: ReportDocument) -> Iterator[_Named]:
    yield "title", document.title
    yield "subtitle", document.subtitle


def _summary(document: ReportDocument) -> Iterator[_Named]:
    yield "position", document.position
    yield "heading", GLANCE
    yield "note", document.counts_note
    yield "caption", document.chart.caption


def _listing(listing: Listing | None) -> Iterator[_Named]:
    if listing:
        yield "heading", listing.heading
        yield "introduction", listing.introduction
        yield "note", listing.note


def _trend(document: ReportDocument) -> Iterator[_Named]:
    if document.trend:
        yield "heading", document.trend.heading
        yield "caption", document.trend.chart.caption


def _plan(document: ReportDocument) -> Iterator[_Named]:
    yield "heading", document.plan_heading
    if document.layout is Layout.TABLE:
        return
    for section in document.sections:
        yield "section", section.title
        yield from (("narrative", block.text) for block in section.narrative)
        if not section.rows:
            yield "note", NO_ROWS


_LINES: dict[str, Callable[[ReportDocument], Iterator[_Named]]] = {
    "title": _title,
    "summary": _summary,
    "changes": lambda document: _listing(document.changes),
    "trend": _trend,
    "overdue": lambda document: _listing(document.overdue),
    "due-soon": lambda document: _listing(document.due_soon),
    "plan": _plan,
    "moves": lambda document: _listing(document.moves),
}


def _counts(document: ReportDocument) -> Iterator[Grid]:
    rows = ((row.label, row.meaning, str(row.number), str(row.overdue)) for row in document.counts)
    yield Grid(GLANCE, COUNT_LABELS, tuple(tuple(map(plain, row)) for row in rows))


def _listed(listing: Listing | None) -> Iterator[Grid]:
    if listing and listing.rows:
        yield Grid(listing.heading, listing.labels, tuple(map(_texts, listing.rows)))


def _texts(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in cells)


def _plan_tables(document: ReportDocument) -> Iterator[Grid]:
    labels = tuple(plain(column.label) for column in document.columns)
    if document.layout is Layout.TABLE:
        rows = [row for section in document.sections for row in _section_rows(section)]
        yield Grid(document.plan_heading, labels, tuple(rows))
        return
    for section in document.sections:
        if section.rows:
            yield Grid(section.title, labels, tuple(_row(row) for row in section.rows))


def _section_rows(section: Section) -> Iterator[tuple[str, ...]]:
    yield (plain("\n".join([section.title, *map(_block, section.narrative)])),)
    yield from map(_row, section.rows)


def _block(block: Block) -> str:
    return block.text


def _row(row: Row) -> tuple[str, ...]:
    return _texts(row.cells)


def _no_tables(document: ReportDocument) -> Iterator[Grid]:
    yield from ()


_TABLES: dict[str, Callable[[ReportDocument], Iterator[Grid]]] = {
    "summary": _counts,
    "changes": lambda document: _listed(document.changes),
    "overdue": lambda document: _listed(document.overdue),
    "due-soon": lambda document: _listed(document.due_soon),
    "plan": _plan_tables,
    "moves": lambda document: _listed(document.moves),
}


def _figure(title: str, chart: Chart) -> Figure:
    series = ((plain(one.name), tuple(map(str, one.values))) for one in chart.series)
    categories = tuple(map(plain, chart.categories))
    return Figure(title, plain(chart.alt_text), categories, tuple(series))


def _no_figures(document: ReportDocument) -> list[Figure]:
    return []


_FIGURES: dict[str, Callable[[ReportDocument], list[Figure]]] = {
    "summary": lambda document: [_figure("Figure 1", document.chart)],
    "trend": lambda document: [_figure("Figure 2", document.trend.chart)] if document.trend else [],
}
