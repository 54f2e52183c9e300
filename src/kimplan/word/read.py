"""A report read back from its Word file: what somebody sees who opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document

from kimplan.verify.expected import ChartValues, Content, Grid, Line, Link, row_key
from kimplan.verify.plain_text import plain
from kimplan.word.dangers import FIELD_TAGS, FieldMark, field_codes, field_mark
from kimplan.word.flow import Piece
from kimplan.word.margins import FOOTER, HEADER, margin_name, margin_texts
from kimplan.word.properties import read_properties
from kimplan.word.read_charts import read_charts
from kimplan.word.read_tables import TableReader, is_outer, read_table
from kimplan.word.styles import StyleIds
from kimplan.word.tags import qn
from kimplan.word.template import open_report
from kimplan.word.visible import Eye

_BOOKMARK, _LINK, _DRAWING = qn("w:bookmarkStart"), qn("w:hyperlink"), qn("w:drawing")
_FIELD = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)', re.IGNORECASE)
_OF_A_FIELD = "a field"


class ReportFile(NamedTuple):
    """What a report says, and what it was made of: the properties by their names."""

    content: Content
    properties: dict[str, str]


def read_report(path: Path) -> ReportFile:
    """Return what the Word file at `path` says; raise TemplateError if it cannot be read."""
    report = open_report(path)
    reader = _Reader(report.word)
    for kind, element in report.pieces():
        reader.read(kind, element)
    return ReportFile(reader.content(), read_properties(report.word))


class _Reader:
    """Adds up what the pieces of a document say."""

    def __init__(self, word: Document) -> None:
        self._word = word
        self._eye = Eye(word.styles.element)
        self._goes_on = StyleIds(word).get("kimplan Continued")
        self._lines: list[Line] = []
        self._tables: list[Grid] = []
        self._figures: list[ChartValues] = []
        self._table = TableReader(self._eye, self._goes_on)
        self._fields: list[FieldMark] = []
        self._links: list[tuple[str, str, str]] = []  # words, anchor and relationship
        self._rows: dict[str, str] = {}
        self._margins: dict[str, list[str]] = {HEADER: [], FOOTER: []}

    def read(self, kind: Piece, element: Any) -> None:
        """Read a piece of the body, which comes behind those that were read."""
        if kind is Piece.TABLE:
            self._table = TableReader(self._eye, self._goes_on)
        elif kind is Piece.PART:
            self._table.read(element)
            self._read_marks(element)
            if next(element.iter(_DRAWING), None) is not None:
                for paragraph in element.iter(qn("w:p")):
                    self._read_charts(paragraph)
        elif kind is Piece.END:
            self._tables.append(self._table.grid(element, self._below))
        else:
            self._read_lines(element)
            self._read_marks(element)

    @property
    def _below(self) -> str:
        return self._lines[-1].text if self._lines else ""

    def _read_lines(self, piece: Any) -> None:
        """Read the paragraphs that say anything and the tables, as they follow."""
        for element in piece.iter(qn("w:p"), qn("w:tbl")):
            if element.tag == qn("w:tbl"):
                if is_outer(element):
                    self._tables.append(read_table(element, self._eye, self._goes_on, self._below))
                continue
            self._read_charts(element)
            if next(element.iterancestors(qn("w:tbl")), None) is None:
                text = plain(self._eye.text(element))
                if text:
                    self._lines.append(Line("", "", text))

    def _read_charts(self, paragraph: Any) -> None:
        self._figures += read_charts(self._word, paragraph, self._eye, self._below)

    def _read_marks(self, piece: Any) -> None:
        """Read what stands anywhere: bookmarks, links, fields and margins."""
        for element in piece.iter(_BOOKMARK, _LINK, *self._margins, *FIELD_TAGS):
            tag = element.tag
            if tag == _BOOKMARK:
                self._read_bookmark(element)
            elif tag == _LINK:
                self._read_link(element)
            elif tag in self._margins:
                self._margins[tag].append(margin_name(element))
            else:
                self._fields.append(field_mark(element))

    def _read_bookmark(self, mark: Any) -> None:
        """Remember what the row is known by in which a bookmark begins."""
        row = next(mark.iterancestors(qn("w:tr")), None)
        cell = next(row.iter(qn("w:tc")), None) if row is not None else None
        if cell is not None:
            self._rows[mark.get(qn("w:name"), "")] = row_key(self._eye.cell(cell))

    def _read_link(self, link: Any) -> None:
        text = plain("".join(map(self._eye.run, link.iter(qn("w:r")))))
        if text:
            anchor, relationship = link.get(qn("w:anchor"), ""), link.get(qn("r:id"), "")
            self._links.append((text, anchor, relationship))

    def content(self) -> Content:
        """Return what all of the pieces say."""
        return Content(
            lines=tuple(self._lines),
            tables=tuple(self._tables),
            figures=tuple(self._figures),
            headers=margin_texts(self._word, self._eye, self._margins[HEADER]),
            footers=margin_texts(self._word, self._eye, self._margins[FOOTER]),
            links=tuple(self._found_links()),
        )

    def _found_links(self) -> Iterator[Link]:
        """Yield the links that somebody can click on: those of fields, then those of elements."""
        for code in field_codes(self._fields):
            if found := _FIELD.match(code):
                yield Link(_OF_A_FIELD, found[1])
        relationships = self._word.part.rels
        for text, anchor, relationship in self._links:
            if anchor and not relationship:
                yield Link(text, f"#{self._rows.get(anchor, '')}")
            elif relationship in relationships:
                target = relationships[relationship].target_ref
                yield Link(text, f"{target}#{anchor}" if anchor else target)
