"""The tables of a document, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.report.cells import CONTINUED
from kimplan.report.document import Cell, SectionRow, Table, TableRow
from kimplan.word.colours import FILLS, SECTION_FILL, STYLES
from kimplan.word.columns import Text, table_widths
from kimplan.word.heights import Measure, pieces
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
)
from kimplan.word.styles import StyleIds

_NOT_WITH_NEXT = '<w:keepNext w:val="0"/>'


class Setting(NamedTuple):
    """What setting a part takes: the styles, the links, and the text of its cells.

    `continued` is what stands behind the ref of a row that goes on with the one above it.
    """

    styles: StyleIds
    links: Links
    text: Text
    continued: str = CONTINUED


def write_table(table: Table, setting: Setting, width: int, height: int) -> Iterator[str]:
    """Yield `table`, which is `width` twips wide, on pages that are `height` twips high.

    A row that is taller than a third of them is cut.
    """
    widths = table_widths(table, width, setting.text)
    style = setting.styles["kimplan Table"]
    yield table_start(style, widths, table.title, table.description)
    yield _header(table.labels, widths, setting)
    write = _CellWriter(setting)
    measure = Measure(setting.text, height / 3, height / 5)
    for number, row in enumerate(table.rows):
        if isinstance(row, SectionRow):
            # The first stands at the top of a page, below what must not be left alone there.
            keep = KEEP_NEXT if number else _NOT_WITH_NEXT
            yield _section_row(row, setting, widths, measure, keep)
        else:
            yield from _rows(row, setting, widths, measure, write)
    yield TABLE_END


def _header(labels: tuple[str, ...], widths: list[int], setting: Setting) -> str:
    style = setting.styles["kimplan Cell Heading"]
    cells = (
        table_cell(width, paragraph(text_run(label), style))
        for label, width in zip(labels, widths, strict=True)
    )
    return table_row("".join(cells), header=True)


def _section_row(
    section: SectionRow, setting: Setting, widths: list[int], measure: Measure, keep: str
) -> str:
    styles, link = setting.styles, setting.links.opening
    may_split = measure.height(section.narrative, sum(widths)) > measure.piece
    if may_split:  # a row is kept together with the next as a whole or not at all
        keep = _NOT_WITH_NEXT
    narrative = BlockWriter(styles["kimplan Cell"], styles["kimplan Cell Bullet"], link, keep)
    content = paragraph(text_run(section.title), styles["heading 2"], before=keep)
    content += narrative(section.narrative)
    whole = table_cell(sum(widths), content, SECTION_FILL, span=len(widths))
    return table_row(whole, may_split=may_split)


def _rows(
    row: TableRow, setting: Setting, widths: list[int], measure: Measure, write: _CellWriter
) -> Iterator[str]:
    """Yield a row; a tall one that has a ref in pieces, each of which says it."""
    bookmark = setting.links.bookmark(row.anchor) if row.anchor else ("", "")
    parts = pieces(row, widths, measure) if row.anchor else [row.cells]
    may_split = not row.anchor and _is_tall(row.cells, widths, measure)
    for number, cells in enumerate(parts):
        first, *rest = cells
        if number:
            content = write.continued(row.anchor, first, widths[0])
        else:
            content = write(first, widths[0], bookmark)
        content += "".join(map(write, rest, widths[1:]))
        yield table_row(content, may_split=may_split)


def _is_tall(cells: tuple[Cell, ...], widths: list[int], measure: Measure) -> bool:
    """Return whether a row is so tall that it must be let to split."""
    return any(
        measure.is_tall(cell.blocks, width) for cell, width in zip(cells, widths, strict=True)
    )


class _CellWriter:
    """Writes cells; only the first of each kind asks for a style by its name."""

    def __init__(self, setting: Setting) -> None:
        styles, link = setting.styles, setting.links.opening
        bullet = styles["kimplan Cell Bullet"]
        self._continued = styles["kimplan Continued"]
        self._goes_on = setting.continued
        self._plain = BlockWriter(styles["kimplan Cell"], bullet, link)
        self._late = BlockWriter(styles["kimplan Overdue"], bullet, link)
        self._rated = {
            rating: BlockWriter(styles[name], bullet, link) for rating, name in STYLES.items()
        }

    def continued(self, ref: str, cell: Cell, width: int) -> str:
        """Return the first cell of a row that goes on with the one above it."""
        name = paragraph(text_run(ref, BOLD) + text_run(self._goes_on), self._continued)
        return table_cell(width, name + self._plain(cell.blocks))

    def __call__(self, cell: Cell, width: int, bookmark: tuple[str, str] = ("", "")) -> str:
        """Return `cell`; the `bookmark` encloses the text of its first paragraph."""
        write, fill = self._late if cell.late else self._plain, ""
        if rating := cell.rating:
            write, fill = self._rated[rating], FILLS[rating]
        if not cell.blocks:
            content = f"{write.opening}{''.join(bookmark)}</w:p>"
        elif bookmark[0]:
            first, *rest = cell.blocks
            content = f"{write.opening}{bookmark[0]}{write.runs(first)}{bookmark[1]}</w:p>"
            content += write(rest)
        else:
            content = write(cell.blocks)
        return table_cell(width, content, fill)
