"""The sheets of an Excel workbook (ECMA-376 part 1, 18), read row by row from their own markup."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from kimplan.exchange.blocks import Line, to_blocks
from kimplan.exchange.bounds import MAX_COLUMNS, MAX_ROWS, UnreadableError, whole_number
from kimplan.exchange.excel_book import (
    Book,
    RichText,
    SheetPart,
    checked,
    open_book,
    rich_text,
)
from kimplan.exchange.excel_notes import read_notes
from kimplan.exchange.excel_styles import MAIN, Style
from kimplan.exchange.merges import Merge, merged
from kimplan.exchange.number_formats import serial_of, show
from kimplan.exchange.places import place_of
from kimplan.model.prose import Block, Span
from kimplan.sheet import Remark, RemarkKind, Sheet, SheetCell, SheetRow

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK = ("http://", "https://", "mailto:")
_HYPERLINK = re.compile(
    r'HYPERLINK\(\s*"((?:https?://|mailto:)[^"\s]{1,2000})"\s*(?:,\s*(?:"([^"]*)"|[^()]*))?\)', re.I
)
_LONGEST = 300  # characters of an address that is said
_MOST_LINKED = 20_000  # cells that links lie over
_MOST_EMPTY = 200_000  # rows that hold nothing but a look
_MOST_MERGES = 20_000
_SAVE = "Open it in Excel and save it again."


class Workbook(NamedTuple):
    """What a workbook holds."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[Remark, ...]
    title: str


class _Row(NamedTuple):
    number: int
    cells: dict[int, SheetCell]
    is_hidden: bool


def read_excel(data: bytes) -> Workbook:
    """Return the sheets of a workbook; raise UnreadableError for one that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = open_book(archive)
            found = [_Reader(book, part).read() for part in book.sheets]
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableError("its parts are damaged or missing", _SAVE) from error
    sheets = tuple(sheet for sheet in found if sheet.rows)
    hidden = (sheet.name for sheet in sheets if sheet.is_hidden)
    remarks = tuple(Remark(RemarkKind.HIDDEN, name) for name in hidden)
    return Workbook(sheets, remarks, book.title)


class _Reader:
    """Reads one sheet."""

    def __init__(self, book: Book, part: SheetPart) -> None:
        self._book, self._part = book, part
        self._hidden: set[int] = set()
        self._merges: list[Merge] = []
        self._links: dict[tuple[int, int], str] = {}
        self._linked = 0
        self._unkept: dict[tuple[int, int], tuple[Remark, ...]] = {}
        self._rows: list[_Row] = []
        self._empty = 0

    def read(self) -> Sheet:
        data = io.BytesIO(checked(self._book.package.read(self._part.part)))
        tags = [f"{MAIN}{name}" for name in ("row", "col", "mergeCell", "hyperlink")]
        events = etree.iterparse(
            data, tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        )
        found = self._book.package.relationships_of(self._part.part)
        targets = {one.element.get("Id", ""): one.target for one in found if one.is_external}
        for _, element in events:
            self._take(element, targets)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        notes = read_notes(self._book, found)
        return self._sheet(notes)

    def _take(self, element: Any, targets: dict[str, str]) -> None:
        if element.tag == f"{MAIN}row":
            self._row(element)
        elif element.tag == f"{MAIN}col":
            if element.get("hidden") in {"1", "true"}:
                first, last = (whole_number(element.get(name)) for name in ("min", "max"))
                self._hidden.update(range(first - 1, min(last, MAX_COLUMNS)))
        elif element.tag == f"{MAIN}mergeCell":
            if len(self._merges) < _MOST_MERGES and (area := _area(element.get("ref", ""))):
                self._merges.append(area)
        elif (area := _area(element.get("ref", ""))) is not None:
            target = targets.get(element.get(_RELATION, ""), "").strip()
            within = element.get("location", "").strip()
            if target.casefold().startswith(_LINK):
                link = f"{target}#{within}" if within else target
                self._link(area, link)
            elif target:
                self._unkept[area.row, area.column] = (Remark(RemarkKind.LINK, target[:_LONGEST]),)

    def _link(self, area: Merge, link: str) -> None:
        """Note a link for its cells; where there are too many, for the first of them."""
        places = list(islice(area.places(), max(_MOST_LINKED - self._linked, 1)))
        self._linked += len(places)
        self._links.update(dict.fromkeys(places, link))

    def _row(self, element: Any) -> None:
        number = whole_number(element.get("r")) or (self._rows[-1].number + 1 if self._rows else 1)
        cells: dict[int, SheetCell] = {}
        has_words = False
        for at, child in enumerate(element.iterchildren(f"{MAIN}c")):
            place = place_of(child.get("r", ""))
            column = place[1] if place else at
            link = _formula_link(child)
            cell = self._cell(child, link[2] if link else "")
            if link:
                self._links[number, column] = link[1]
            if cell is not None:
                cells[column] = cell
                has_words = has_words or bool(cell.blocks or cell.remarks)
        if has_words:
            self._rows.append(_Row(number, cells, element.get("hidden") in {"1", "true"}))
        else:
            self._empty += 1
        if len(self._rows) > MAX_ROWS:
            hint = "Keep only the plan's table."
            raise UnreadableError(f"it has more than {MAX_ROWS:,} rows", hint)
        if self._empty > _MOST_EMPTY:
            hint = "Delete the empty rows below the table in Excel, and save it."
            raise UnreadableError("it has hundreds of thousands of empty rows with a look", hint)

    def _cell(self, element: Any, words: str | None) -> SheetCell | None:
        """Return a cell, of which a formula may write out the `words`."""
        style = self._style(element.get("s"))
        value = element.find(f"{MAIN}v")
        text = (value.text or "") if value is not None else ""
        kind = element.get("t", "n")
        found = RichText()
        if words:
            return _found((Span(words),), style, ())
        remarks = _formula(element, text, kind)
        if kind == "inlineStr":
            inline = element.find(f"{MAIN}is")
            found = rich_text(inline) if inline is not None else found
        elif kind == "s":
            found = self._string(text)
        elif kind in {"str", "e"}:
            found = RichText((Span(text),))
        elif kind == "d":
            return self._number(
                str(serial_of(text, from_1904=self._book.from_1904)), style, remarks
            )
        elif kind == "b":
            found = RichText((Span("TRUE" if text == "1" else "FALSE"),)) if text else found
        else:
            return self._number(text, style, remarks)
        if found.struck.strip() and not style.is_struck:
            remarks = (*remarks, Remark(RemarkKind.STRUCK, found.struck.strip()))
        return _found(found.spans, style, remarks)

    def _number(self, text: str, style: Style, remarks: tuple[Remark, ...]) -> SheetCell | None:
        try:
            value = float(text)
        except ValueError:
            return _found((Span(text),) if text else (), style, remarks)
        if not math.isfinite(value):
            return _found((Span(text),), style, remarks)
        shown = show(value, style.code, from_1904=self._book.from_1904)
        cell = _found((Span(shown.text),), style, remarks)
        return cell._replace(due=shown.due, is_number=True) if cell else None

    def _style(self, text: str | None) -> Style:
        place = whole_number(text)
        styles = self._book.styles
        return styles[place] if place < len(styles) else Style()

    def _string(self, text: str) -> RichText:
        place = int(text) if text.isdigit() and len(text) < 8 else -1
        return self._book.strings[place] if 0 <= place < len(self._book.strings) else RichText()

    def _sheet(self, notes: dict[tuple[int, int], tuple[Remark, ...]]) -> Sheet:
        rows = [self._complete(row, notes) for row in self._rows]
        width = max((_width(row.cells) for row in rows), default=0)
        if width > MAX_COLUMNS:
            hint = "Keep only the plan's columns."
            raise UnreadableError(f"it has more than {MAX_COLUMNS} columns", hint)
        numbers = [row.number for row in rows]
        cells = merged([row.cells for row in rows], numbers, width, self._merges)
        return Sheet(
            f"sheet '{self._part.name}'",
            tuple(self._rows_of(rows, cells)),
            is_hidden=self._part.is_hidden,
        )

    def _complete(self, row: _Row, notes: dict[tuple[int, int], tuple[Remark, ...]]) -> _Row:
        for column, cell in row.cells.items():
            place = row.number, column
            link = self._links.get(place, "")
            remarks = notes.get(place, ()) + self._unkept.get(place, ())
            if link or remarks:
                linked = _linked(cell.blocks, link) if link else cell.blocks
                found = cell._replace(blocks=linked, remarks=cell.remarks + remarks)
                row.cells[column] = found
        return row

    def _rows_of(
        self, rows: Sequence[_Row], cells: Sequence[tuple[SheetCell, ...]]
    ) -> Iterator[SheetRow]:
        for row, found in zip(rows, cells, strict=True):
            shown = tuple(
                cell._replace(is_hidden=True) if column in self._hidden else cell
                for column, cell in enumerate(found)
            )
            yield SheetRow(shown, row.number, is_hidden=row.is_hidden)


def _found(spans: Sequence[Span], style: Style, remarks: tuple[Remark, ...]) -> SheetCell | None:
    blocks = to_blocks([Line(tuple(spans))]) if spans else ()
    if style.is_struck and blocks:
        text = " ".join(block.text for block in blocks)
        remarks = (*remarks, Remark(RemarkKind.STRUCK, text))
    if not blocks and not style.fill and not remarks:
        return None
    return SheetCell(blocks, fill=style.fill, remarks=remarks, raw=tuple(spans))


def _linked(blocks: Sequence[Block], link: str) -> tuple[Block, ...]:
    return tuple(
        block._replace(spans=tuple(span._replace(link=link) for span in block.spans))
        for block in blocks
    )


def _formula(element: Any, text: str, kind: str) -> tuple[Remark, ...]:
    """Return that a cell has a formula whose result the file does not hold, or an error's."""
    formula = element.find(f"{MAIN}f")
    if formula is None or (text and kind != "e"):
        return ()
    return (Remark(RemarkKind.FORMULA, f"={(formula.text or '')[:100]}"),)


def _formula_link(element: Any) -> re.Match[str] | None:
    """Return the address, and the words, that a formula writes out; nothing is worked out."""
    formula = element.findtext(f"{MAIN}f") or ""
    return _HYPERLINK.fullmatch(formula.strip()) if formula else None


def _width(cells: dict[int, SheetCell]) -> int:
    return max((at + 1 for at, cell in cells.items() if cell.blocks or cell.remarks), default=0)


def _area(text: str) -> Merge | None:
    first, colon, last = text.partition(":")
    start, end = place_of(first), place_of(last if colon else first)
    return Merge(*start, *end) if start and end else None
