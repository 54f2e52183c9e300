"""The tables of a Word file, in their order, with the headings that they stand below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kimplan.exchange.blocks import Line, to_blocks
from kimplan.exchange.bounds import whole_number
from kimplan.exchange.grid import Placed, lay_out
from kimplan.exchange.word_cell import are_bold, picked_day, without_struck
from kimplan.exchange.word_file import WordFile, open_word
from kimplan.exchange.word_text import Texts, is_placeholder
from kimplan.model.prose import Block
from kimplan.sheet import Remark, RemarkKind, Sheet, SheetCell, SheetRow
from kimplan.word.tags import qn
from kimplan.word.visible import OFF

_THROUGH = {qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")}
_HEADING = re.compile(r"heading ([1-9])|title", re.IGNORECASE)
_HEX = re.compile("[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "green": "00FF00", "darkGreen": "008000", "yellow": "FFFF00", "darkYellow": "808000",
    "red": "FF0000", "darkRed": "800000", "blue": "0000FF", "darkBlue": "000080",
    "cyan": "00FFFF", "lightGray": "C0C0C0", "darkGray": "808080",
}  # fmt: skip
_NESTED_WORDS = 300
_FRAME_ROWS = 3  # of a table that lays out the page around a larger one


class Document(NamedTuple):
    """What a Word file holds: its tables and its words outside of them."""

    word: WordFile
    sheets: tuple[Sheet, ...]
    text: tuple[Block, ...]
    remarks: tuple[Remark, ...]


def read_word(data: bytes) -> Document:
    """Return the tables of a Word file; raise UnreadableError for one that cannot be read."""
    word = open_word(data)
    reader = _Reader(word)
    reader.read(word.body)
    reader.end()
    return Document(word, tuple(reader.sheets), tuple(reader.text), tuple(reader.remarks))


class _Reader:
    """Goes through a document from its beginning to its end."""

    def __init__(self, word: WordFile) -> None:
        self.sheets: list[Sheet] = []
        self.text: list[Block] = []
        self.remarks: list[Remark] = []
        self._texts = Texts(word)
        self._headings = set(_heading_styles(word.styles))
        self._title = ""
        self._above: list[Line] = []

    def read(self, element: Any) -> None:
        """Take in what an element holds."""
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                self._table(child)
            elif child.tag in _THROUGH:
                self.read(child)

    def end(self) -> None:
        """Take in the words below the last table and the last heading."""
        self.text += to_blocks(self._above)

    def _paragraph(self, paragraph: Any) -> None:
        found = self._texts.read(paragraph)
        self.remarks += [one for one in found.remarks if one.kind is not RemarkKind.PICTURE]
        if self._is_heading(paragraph) and (blocks := to_blocks([found.line])):
            self.text += (*to_blocks(self._above), *blocks)
            self._title, self._above = " ".join(block.words for block in blocks), []
        else:
            self._above.append(found.line)

    def _is_heading(self, paragraph: Any) -> bool:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return False
        if properties.find(qn("w:outlineLvl")) is not None:
            return True
        style = properties.find(qn("w:pStyle"))
        return style is not None and style.get(qn("w:val"), "") in self._headings

    def _table(self, table: Any) -> None:
        if _is_layout(table):
            for cell in _cells_of(table):
                self.read(cell)
            return
        above = to_blocks(self._above)
        self.text += above
        rows, remarks = _Table(self._texts).read(table)
        name = f"table {len(self.sheets) + 1}"
        self.sheets.append(Sheet(name, rows, self._title, above, remarks=remarks))
        self._title, self._above = "", []


def _is_layout(table: Any) -> bool:
    """Return whether a table is there only to lay out the page, and holds a larger one."""
    inner = [sum(1 for _ in _cells_of(one)) for one in table.iterdescendants(qn("w:tbl"))]
    if not inner:
        return False
    cells, rows = (sum(1 for _ in found) for found in (_cells_of(table), _own(table, "w:tr")))
    return rows <= _FRAME_ROWS and max(inner) > cells


def _cells_of(table: Any) -> Iterator[Any]:
    for row in _own(table, "w:tr"):
        yield from _own(row, "w:tc")


def _heading_styles(root: Any) -> Iterator[str]:
    for style in root.iterchildren(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None and _HEADING.fullmatch(name.get(qn("w:val"), "")):
            yield style.get(qn("w:styleId"), "")


class _Table:
    """Reads one table, and the tables in its cells."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._remarks: list[Remark] = []

    def read(self, table: Any) -> tuple[tuple[SheetRow, ...], tuple[Remark, ...]]:
        rows = [row for row in _own(table, "w:tr") if not self._is_deleted(row)]
        placed = [list(self._cells(row)) for row in rows]
        laid = zip(lay_out(placed), rows, strict=True)
        return tuple(_row(cells, n, row) for n, (cells, row) in enumerate(laid, 1)), tuple(
            dict.fromkeys(self._remarks)
        )

    def _is_deleted(self, row: Any) -> bool:
        properties = row.find(qn("w:trPr"))
        if properties is None:
            return False
        changed = [properties.find(qn(tag)) for tag in ("w:del", "w:ins")]
        if any(one is not None for one in changed):
            self._remarks.append(Remark(RemarkKind.TRACKED, "a row"))
        return changed[0] is not None

    def _cells(self, row: Any) -> Iterator[Placed]:
        properties = row.find(qn("w:trPr"))
        before = _number(properties, "w:gridBefore") if properties is not None else 0
        if before:
            yield Placed(SheetCell(), before)
        for cell in _own(row, "w:tc"):
            yield self._cell(cell)

    def _cell(self, cell: Any) -> Placed:
        properties = cell.find(qn("w:tcPr"))
        across = _number(properties, "w:gridSpan") if properties is not None else 0
        merged = properties.find(qn("w:vMerge")) if properties is not None else None
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        lines, remarks = self._lines(cell)
        if properties is not None and properties.find(qn("w:cellDel")) is not None:
            lines = []
        unique = tuple(dict.fromkeys(remarks))
        blocks = to_blocks(lines)
        found = SheetCell(
            blocks, picked_day(cell, blocks), fill=_fill(cell, properties), remarks=unique,
            is_bold=are_bold(lines), kept=without_struck(lines),
        )  # fmt: skip
        return Placed(found, max(across, 1), goes_on=goes_on)

    def _lines(self, element: Any) -> tuple[list[Line], list[Remark]]:
        """Return the lines of a cell or of a control in it; those of a table in it, too."""
        lines: list[Line] = []
        remarks: list[Remark] = []
        is_joined = False
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                found = self._texts.read(child)
                if is_joined:
                    lines[-1] = lines[-1]._replace(spans=(*lines[-1].spans, *found.line.spans))
                else:
                    lines.append(found.line)
                remarks += found.remarks
                is_joined = found.goes_on
            elif child.tag == qn("w:tbl"):
                inner = [one for cell in child.iter(qn("w:tc")) for one in self._lines(cell)[0]]
                words = "; ".join(block.text for block in to_blocks(inner))
                remarks.append(Remark(RemarkKind.NESTED, words[:_NESTED_WORDS]))
                lines += inner
            elif child.tag in _THROUGH and not is_placeholder(child):
                more = self._lines(child)
                lines += more[0]
                remarks += more[1]
        return lines, remarks


def _own(element: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those inside of controls."""
    for child in element.iterchildren():
        if child.tag == qn(tag):
            yield child
        elif child.tag in _THROUGH:
            yield from _own(child, tag)


def _row(cells: Sequence[SheetCell], number: int, row: Any) -> SheetRow:
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return SheetRow(tuple(cells), number)
    is_header, is_hidden = (_is_on(properties, tag) for tag in ("w:tblHeader", "w:hidden"))
    return SheetRow(tuple(cells), number, is_header, is_hidden)


def _is_on(properties: Any, tag: str) -> bool:
    found = properties.find(qn(tag))
    return found is not None and found.get(qn("w:val"), "true") not in OFF


def _number(properties: Any, tag: str) -> int:
    found = properties.find(qn(tag))
    return whole_number(found.get(qn("w:val")), digits=4) if found is not None else 0


def _fill(cell: Any, properties: Any) -> str:
    """Return the colour behind a cell's words: its own, or the mark of all its words."""
    shading = properties.find(qn("w:shd")) if properties is not None else None
    colour = shading.get(qn("w:fill"), "") if shading is not None else ""
    if _HEX.fullmatch(colour):
        return "" if colour.upper() == "FFFFFF" else colour.upper()
    marks = {_highlight(run) for run in cell.iter(qn("w:r")) if run.find(qn("w:t")) is not None}
    return marks.pop() if len(marks) == 1 else ""


def _highlight(run: Any) -> str:
    found = run.find(f"{qn('w:rPr')}/{qn('w:highlight')}")
    if found is not None:
        return _HIGHLIGHTS.get(found.get(qn("w:val"), ""), "")
    shading = run.find(f"{qn('w:rPr')}/{qn('w:shd')}")
    colour = shading.get(qn("w:fill"), "") if shading is not None else ""
    return colour.upper() if _HEX.fullmatch(colour) else ""
