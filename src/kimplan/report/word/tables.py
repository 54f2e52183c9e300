"""The tables of the report, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.model.prose import Block
from kimplan.report.document import Cell, CountRow, Listing, ReportDocument, Row, Section
from kimplan.report.word import columns
from kimplan.report.word.colours import FILLS, SECTION_FILL, STYLES
from kimplan.report.word.links import Links
from kimplan.report.word.markup import (
    TABLE_END,
    block_paragraph,
    paragraph,
    table_cell,
    table_row,
    table_start,
    text_run,
    top_level,
)
from kimplan.report.word.styles import StyleIds

KEEP_NEXT = "<w:keepNext/>"


class Setting(NamedTuple):
    """What setting a table takes: the styles, the links and the width of the text, in twips."""

    styles: StyleIds
    links: Links
    width: int


def counts_table(rows: tuple[CountRow, ...], setting: Setting, width: int) -> Iterator[str]:
    """Yield the table of the counts, with each rating's meaning."""
    widths = columns.fit(columns.COUNTS, width)
    description = (
        "For each RAG rating: its meaning, how many recommendations have it, and how many of them "
        "are overdue."
    )
    yield table_start(setting.styles["kimplan Table"], widths, "Position at a glance", description)
    yield _header(("RAG rating", "What it means", "Number", "Overdue"), widths, setting)
    for row in rows:
        name = setting.styles[STYLES[row.rating] if row.rating else "kimplan Cell"]
        fill = FILLS[row.rating] if row.rating else ""
        bold = "<w:b/><w:bCs/>"
        plain = setting.styles["kimplan Cell"]
        yield table_row(
            table_cell(widths[0], paragraph(text_run(row.label, bold), name), fill)
            + table_cell(widths[1], paragraph(text_run(row.meaning), plain))
            + table_cell(widths[2], paragraph(text_run(str(row.number), bold), plain))
            + table_cell(widths[3], paragraph(text_run(str(row.overdue), bold), plain))
        )
    yield TABLE_END


def listing_table(listing: Listing, setting: Setting) -> Iterator[str]:
    """Yield the table of a listing."""
    widths = columns.fit(columns.LISTING, setting.width)
    style = setting.styles["kimplan Table"]
    yield table_start(style, widths, listing.heading, listing.introduction)
    yield _header(listing.labels, widths, setting)
    for cells in listing.rows:
        yield table_row("".join(map(_CellWriter(setting), cells, widths)))
    yield TABLE_END


def plan_table(document: ReportDocument, setting: Setting) -> Iterator[str]:
    """Yield the plan as one table, with a row for each section's title and text."""
    widths = columns.plan_widths(document.columns, setting.width)
    yield _plan_start(document, setting, widths, document.plan_heading)
    for section in document.sections:
        yield _section_row(section, setting, widths)
        yield from _rows(section.rows, setting, widths)
    yield TABLE_END


def section_tables(document: ReportDocument, setting: Setting) -> Iterator[str]:
    """Yield the plan as a heading, a text and a table for each section."""
    widths = columns.plan_widths(document.columns, setting.width)
    styles = setting.styles
    for section in document.sections:
        yield top_level(paragraph(text_run(section.title), styles["heading 2"]))
        for block in section.narrative:
            yield top_level(
                block_paragraph(
                    block, styles["Normal"], styles["List Bullet"], setting.links.opening, KEEP_NEXT
                )
            )
        if section.rows:
            yield _plan_start(document, setting, widths, section.title)
            yield from _rows(section.rows, setting, widths)
            yield TABLE_END
        else:
            none = text_run("No recommendation stands in this section.")
            yield top_level(paragraph(none, styles["kimplan Note"]))


def _plan_start(document: ReportDocument, setting: Setting, widths: list[int], caption: str) -> str:
    labels = tuple(column.label for column in document.columns)
    description = f"A row for each recommendation. Columns: {', '.join(labels)}."
    start = table_start(setting.styles["kimplan Table"], widths, caption, description)
    return start + _header(labels, widths, setting)


def _header(labels: tuple[str, ...], widths: list[int], setting: Setting) -> str:
    style = setting.styles["kimplan Cell Heading"]
    cells = (
        table_cell(width, paragraph(text_run(label), style))
        for label, width in zip(labels, widths, strict=True)
    )
    return table_row("".join(cells), header=True)


def _section_row(section: Section, setting: Setting, widths: list[int]) -> str:
    styles = setting.styles
    content = paragraph(text_run(section.title), styles["heading 2"])
    for block in section.narrative:
        content += _in_cell(block, styles["kimplan Cell"], setting, KEEP_NEXT)
    return table_row(table_cell(sum(widths), content, SECTION_FILL, span=len(widths)))


def _in_cell(block: Block, style: str, setting: Setting, before: str = "") -> str:
    bullet = setting.styles["kimplan Cell Bullet"]
    return block_paragraph(block, style, bullet, setting.links.opening, before)


def _rows(rows: tuple[Row, ...], setting: Setting, widths: list[int]) -> Iterator[str]:
    write = _CellWriter(setting)
    for row in rows:
        first, *rest = row.cells
        anchored = write(first, widths[0], *setting.links.bookmark(row.ref))
        yield table_row(anchored + "".join(map(write, rest, widths[1:])))


class _CellWriter:
    """Writes cells; a row's thousandth cell asks for no style by name."""

    def __init__(self, setting: Setting) -> None:
        styles = setting.styles
        self._setting = setting
        self._plain = styles["kimplan Cell"]
        self._late = styles["kimplan Overdue"]
        self._rated = {rating: styles[name] for rating, name in STYLES.items()}

    def __call__(self, cell: Cell, width: int, opening: str = "", closing: str = "") -> str:
        """Return `cell`; `opening` and `closing` stand around its first paragraph's text."""
        style = self._late if cell.late else self._plain
        fill = ""
        if cell.rating:
            style, fill = self._rated[cell.rating], FILLS[cell.rating]
        paragraphs = [_in_cell(block, style, self._setting) for block in cell.blocks]
        if not paragraphs:
            paragraphs = [paragraph("", style)]
        if opening:
            head, properties, runs = paragraphs[0].partition("</w:pPr>")
            runs = runs.removesuffix("</w:p>")
            paragraphs[0] = f"{head}{properties}{opening}{runs}{closing}</w:p>"
        return table_cell(width, "".join(paragraphs), fill)
