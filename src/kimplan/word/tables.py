"""The tables of a document, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.model.prose import Block
from kimplan.report.document import Cell, SectionRow, Table, TableRow
from kimplan.word.colours import FILLS, SECTION_FILL, STYLES
from kimplan.word.columns import Text, table_widths
from kimplan.word.links import Links
from kimplan.word.markup import (
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

_TALLEST_ROW = 330  # lines times points; a line is a quarter higher, a page has some 460 points
_CHARACTER_WIDTH = 10.6  # twips a point, of an average letter
_CELL_MARGINS = 170  # twips


_NOT_WITH_NEXT = '<w:keepNext w:val="0"/>'


class Setting(NamedTuple):
    """What setting a part takes: the styles, the links, and the text of its cells."""

    styles: StyleIds
    links: Links
    text: Text


def write_table(table: Table, setting: Setting, width: int) -> Iterator[str]:
    """Yield `table`, which is `width` twips wide."""
    widths = table_widths(table.columns, width, setting.text)
    style = setting.styles["kimplan Table"]
    yield table_start(style, widths, table.title, table.description)
    yield _header(table.labels, widths, setting)
    write = _CellWriter(setting)
    for number, row in enumerate(table.rows):
        if isinstance(row, SectionRow):
            # The first stands at the top of a page, below what must not be left alone there.
            yield _section_row(row, setting, widths, KEEP_NEXT if number else _NOT_WITH_NEXT)
        else:
            yield _row(row, setting, widths, write)
    yield TABLE_END


def _header(labels: tuple[str, ...], widths: list[int], setting: Setting) -> str:
    style = setting.styles["kimplan Cell Heading"]
    cells = (
        table_cell(width, paragraph(text_run(label), style))
        for label, width in zip(labels, widths, strict=True)
    )
    return table_row("".join(cells), header=True)


def _section_row(section: SectionRow, setting: Setting, widths: list[int], keep: str) -> str:
    styles, link = setting.styles, setting.links.opening
    cell = (Cell(section.narrative),)
    may_split = _is_tall(cell, [sum(widths)], setting.text.points)
    narrative = BlockWriter(styles["kimplan Cell"], styles["kimplan Cell Bullet"], link, keep)
    content = paragraph(text_run(section.title), styles["heading 2"], before=keep)
    content += narrative(section.narrative)
    whole = table_cell(sum(widths), content, SECTION_FILL, span=len(widths))
    return table_row(whole, may_split=may_split)


def _row(row: TableRow, setting: Setting, widths: list[int], write: _CellWriter) -> str:
    first, *rest = row.cells
    bookmark = setting.links.bookmark(row.anchor) if row.anchor else ("", "")
    cells = write(first, widths[0], bookmark) + "".join(map(write, rest, widths[1:]))
    return table_row(cells, may_split=_is_tall(row.cells, widths, setting.text.points))


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
        if rating := cell.rating:
            write, fill = self._rated[rating], FILLS[rating]
        if bookmark[0] or not cell.blocks:
            first = write.runs(cell.blocks[0]) if cell.blocks else ""
            content = f"{write.opening}{bookmark[0]}{first}{bookmark[1]}</w:p>"
            content += write(cell.blocks[1:])
        else:
            content = write(cell.blocks)
        return table_cell(width, content, fill)
