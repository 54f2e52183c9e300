"""The tables of the report, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.model.prose import Block
from kimplan.report.document import (
    COUNT_LABELS,
    GLANCE,
    NO_ROWS,
    Cell,
    CountRow,
    Listing,
    ReportDocument,
    Row,
    Section,
)
from kimplan.word import columns
from kimplan.word.colours import FILLS, SECTION_FILL, STYLES
from kimplan.word.links import Links
from kimplan.word.markup import (
    BOLD,
    KEEP_NEXT,
    TABLE_END,
    BlockWriter,
    paragraph,
    table_cell,
    table_row,
    table_start,
    text_run,
    top_level,
)
from kimplan.word.styles import StyleIds

_TALLEST_ROW = 330  # lines times points; a line is a quarter higher, a page has some 460 points
_CHARACTER_WIDTH = 10.6  # twips a point, of an average letter
_CELL_MARGINS = 170  # twips


_NOT_WITH_NEXT = '<w:keepNext w:val="0"/>'


class Setting(NamedTuple):
    """What setting a table takes: the styles, the links, the room in twips, and the text."""

    styles: StyleIds
    links: Links
    width: int
    text: columns.Text


def counts_table(rows: tuple[CountRow, ...], setting: Setting, width: int) -> Iterator[str]:
    """Yield the table of the counts, with each rating's meaning."""
    widths = columns.counts_widths(width, setting.text)
    description = (
        "For each RAG rating: its meaning, how many recommendations have it, and how many of them "
        "are overdue."
    )
    yield table_start(setting.styles["kimplan Table"], widths, GLANCE, description)
    yield _header(COUNT_LABELS, widths, setting)
    for row in rows:
        name = setting.styles[STYLES[row.rating] if row.rating else "kimplan Cell"]
        fill = FILLS[row.rating] if row.rating else ""
        plain = setting.styles["kimplan Cell"]
        yield table_row(
            table_cell(widths[0], paragraph(text_run(row.label, BOLD), name), fill)
            + table_cell(widths[1], paragraph(text_run(row.meaning), plain))
            + table_cell(widths[2], paragraph(text_run(str(row.number), BOLD), plain))
            + table_cell(widths[3], paragraph(text_run(str(row.overdue), BOLD), plain))
        )
    yield TABLE_END


def listing_table(
    listing: Listing, setting: Setting, sizes: Sequence[columns.Size] = columns.LISTING
) -> Iterator[str]:
    """Yield the table of a listing, whose columns have these `sizes`."""
    widths = columns.listing_widths(setting.width, setting.text, sizes)
    style = setting.styles["kimplan Table"]
    yield table_start(style, widths, listing.heading, listing.introduction)
    yield _header(listing.labels, widths, setting)
    write = _CellWriter(setting)
    for cells in listing.rows:
        may_split = _is_tall(cells, widths, setting.text.points)
        yield table_row("".join(map(write, cells, widths)), may_split=may_split)
    yield TABLE_END


def plan_table(document: ReportDocument, setting: Setting) -> Iterator[str]:
    """Yield the plan as one table, with a row for each section's title and text."""
    widths = columns.plan_widths(document.columns, setting.width, setting.text)
    yield _plan_start(document, setting, widths, document.plan_heading)
    for number, section in enumerate(document.sections):
        # The first stands at the top of a page, below what must not be left alone there.
        keep = KEEP_NEXT if number else _NOT_WITH_NEXT
        yield _section_row(section, setting, widths, keep)
        yield from _rows(section.rows, setting, widths)
    yield TABLE_END


def section_tables(document: ReportDocument, setting: Setting) -> Iterator[str]:
    """Yield the plan as a heading, a text and a table for each section."""
    widths = columns.plan_widths(document.columns, setting.width, setting.text)
    styles, link = setting.styles, setting.links.opening
    narrative = BlockWriter(
        styles["Normal"],
        styles["List Bullet"],
        link,
        KEEP_NEXT,
        step=340,
        deep_style=styles["kimplan Cell Bullet"],
    )
    for section in document.sections:
        yield top_level(paragraph(text_run(section.title), styles["heading 2"]))
        yield from (top_level(narrative([block])) for block in section.narrative)
        if section.rows:
            yield _plan_start(document, setting, widths, section.title)
            yield from _rows(section.rows, setting, widths)
            yield TABLE_END
        else:
            none = text_run(NO_ROWS)
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


def _section_row(section: Section, setting: Setting, widths: list[int], keep: str) -> str:
    styles, link = setting.styles, setting.links.opening
    cell = (Cell(section.narrative),)
    may_split = _is_tall(cell, [sum(widths)], setting.text.points)
    narrative = BlockWriter(styles["kimplan Cell"], styles["kimplan Cell Bullet"], link, keep)
    content = paragraph(text_run(section.title), styles["heading 2"], before=keep)
    content += narrative(section.narrative)
    whole = table_cell(sum(widths), content, SECTION_FILL, span=len(widths))
    return table_row(whole, may_split=may_split)


def _rows(rows: tuple[Row, ...], setting: Setting, widths: list[int]) -> Iterator[str]:
    write = _CellWriter(setting)
    for row in rows:
        first, *rest = row.cells
        anchored = write(first, widths[0], setting.links.bookmark(row.ref))
        cells = anchored + "".join(map(write, rest, widths[1:]))
        may_split = _is_tall(row.cells, widths, setting.text.points)
        yield table_row(cells, may_split=may_split)


def _is_tall(cells: tuple[Cell, ...], widths: list[int], points: float) -> bool:
    """Return whether a row may be taller than a page, so that it must be let to split."""
    return any(
        sum(_lines(block, width, points) for block in cell.blocks) * points > _TALLEST_ROW
        for cell, width in zip(cells, widths, strict=True)
    )


def _lines(block: Block, width: int, points: float) -> float:
    """Return about how many lines a block takes in a column `width` twips wide."""
    characters = sum(len(span.text) for span in block.spans)
    character = points * _CHARACTER_WIDTH
    # A line ends half a word early on average, which matters where columns are narrow.
    room = max(width - _CELL_MARGINS - 3 * character, character)
    return characters * character / room + 1


class _CellWriter:
    """Writes cells; only the first of each kind asks for a style by its name."""

    def __init__(self, setting: Setting) -> None:
        styles, link = setting.styles, setting.links.opening
        bullet = styles["kimplan Cell Bullet"]
        self._plain = BlockWriter(styles["kimplan Cell"], bullet, link)
        self._late = BlockWriter(styles["kimplan Overdue"], bullet, link)
        self._rated = {
            rating: BlockWriter(styles[name], bullet, link) for rating, name in STYLES.items()
        }

    def __call__(self, cell: Cell, width: int, bookmark: tuple[str, str] = ("", "")) -> str:
        """Return `cell`; the `bookmark` encloses the text of its first paragraph."""
        write, fill = self._late if cell.late else self._plain, ""
        if cell.rating:
            write, fill = self._rated[cell.rating], FILLS[cell.rating]
        if bookmark[0] or not cell.blocks:
            first = write.runs(cell.blocks[0]) if cell.blocks else ""
            content = f"{write.opening}{bookmark[0]}{first}{bookmark[1]}</w:p>"
            content += write(cell.blocks[1:])
        else:
            content = write(cell.blocks)
        return table_cell(width, content, fill)
