"""What a Word file says when it is opened again, as plain data to compare with a ReportDocument."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.table import Table
from report_parts import Chapter, Listing, chapters_of, columns_of, counts_of, tables

from kimplan.model.prose import Block, Span
from kimplan.report.document import Cell, ReportDocument, TableRow

Xml: TypeAlias = Any

PLAIN, BULLET, LATE = "kimplan Cell", "kimplan Cell Bullet", "kimplan Overdue"
RATED = {
    "blue": ("kimplan Blue", "1D4E89"),
    "green": ("kimplan Green", "BFE3C6"),
    "on-track": ("kimplan Green", "BFE3C6"),
    "amber": ("kimplan Amber", "FFB000"),
    "red": ("kimplan Red", "A4161A"),
    "not-applicable": ("kimplan Not Applicable", "F2F2F2"),
}
SECTION_FILL = "E8EDF3"


class Paragraph(NamedTuple):
    """A paragraph of a cell or of the body, by the name of its style."""

    style: str
    block: Block


CONTINUED = "kimplan Continued"


class Shown(NamedTuple):
    """A cell as the file has it."""

    paragraphs: tuple[Paragraph, ...]
    fill: str = ""
    span: int = 1

    @property
    def text(self) -> str:
        """The cell's words, a line a paragraph."""
        return "\n".join(paragraph.block.text for paragraph in self.paragraphs)


def _joined(above: Shown, below: Shown) -> Shown:
    """Return two cells of a row that was cut as one; the lower one may say the same again."""
    assert (above.fill, above.span) == (below.fill, below.span)
    if below == above and above.fill:
        return above
    rest = [one for one in below.paragraphs if one.style != CONTINUED]
    return above._replace(paragraphs=(*above.paragraphs, *rest))


Grid: TypeAlias = list[list[Shown]]


def run_together(grid: Grid) -> list[list[tuple[str, list[tuple[str, str]]]]]:
    """Return each cell's fill, and its words by their style: a paragraph may have been cut."""
    return [[(cell.fill, _styled_words(cell)) for cell in row] for row in grid]


def _styled_words(cell: Shown) -> list[tuple[str, str]]:
    return [
        (style, " ".join(one.block.text for one in alike))
        for style, alike in groupby(cell.paragraphs, key=lambda one: one.style)
    ]


def find(element: Xml, *path: str) -> Xml:
    """Return the first element at `path` below `element`, or None."""
    for tag in path:
        element = element.find(qn(tag)) if element is not None else None
    return element


def w(element: Xml, *path: str, attribute: str = "w:val") -> str | None:
    """Return an attribute of the first element at `path` below `element`, or None."""
    found = find(element, *path)
    value: str | None = found.get(qn(attribute)) if found is not None else None
    return value


class Reopened:
    """A report read back from its file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document: Document = docx.Document(str(path))
        self.body: Xml = self.document.element.body
        self._styles = {
            style.get(qn("w:styleId")): w(style, "w:name") or ""
            for style in self.document.styles.element.iter(qn("w:style"))
        }
        self._usual_style = next(
            style.get(qn("w:styleId"))
            for style in self.document.styles.element.iter(qn("w:style"))
            if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
        )
        self.links = {
            key: relationship.target_ref
            for key, relationship in self.document.part.rels.items()
            if relationship.reltype == RELATIONSHIP_TYPE.HYPERLINK
        }

    # Styles

    def style_name(self, paragraph: Xml) -> str:
        """Return the name of the style of a ``w:p``."""
        return self._styles[w(paragraph, "w:pPr", "w:pStyle") or self._usual_style]

    def style(self, name: str) -> Xml:
        """Return the ``w:style`` called `name`."""
        return next(
            style
            for style in self.document.styles.element.iter(qn("w:style"))
            if (w(style, "w:name") or "").casefold() == name.casefold()
        )

    def inherited(self, name: str, *path: str, attribute: str = "w:val") -> str | None:
        """Return a property of the style called `name`, or that of the style it is based on."""
        style = self.style(name)
        found = w(style, *path, attribute=attribute)
        base = w(style, "w:basedOn")
        if found is None and base is not None:
            return self.inherited(self._styles[base], *path, attribute=attribute)
        return found

    def list_levels(self, name: str) -> list[Xml]:
        """Return the levels of the list that the style called `name` belongs to."""
        numbering = self.document.part.numbering_part.element
        number = self.inherited(name, "w:pPr", "w:numPr", "w:numId")
        abstract = next(
            w(found, "w:abstractNumId")
            for found in numbering.iter(qn("w:num"))
            if found.get(qn("w:numId")) == number
        )
        return next(
            list(found.iterchildren(qn("w:lvl")))
            for found in numbering.iter(qn("w:abstractNum"))
            if found.get(qn("w:abstractNumId")) == abstract
        )

    def indents(self, name: str) -> list[str | None]:
        """Return how far the text of each level of a list style is indented, in twips."""
        return [w(level, "w:pPr", "w:ind", attribute="w:left") for level in self.list_levels(name)]

    # Tables

    @property
    def tables(self) -> list[Table]:
        """The tables of the body."""
        return list(self.document.tables)

    def table(self, caption: str) -> Table:
        """Return the only table with this caption."""
        (found,) = (table for table in self.tables if self.caption(table) == caption)
        return found

    @staticmethod
    def caption(table: Table) -> str:
        """Return the title of a table's alternative text."""
        return w(table._tbl, "w:tblPr", "w:tblCaption") or ""

    @staticmethod
    def description(table: Table) -> str:
        """Return a table's alternative text."""
        return w(table._tbl, "w:tblPr", "w:tblDescription") or ""

    def grid(self, table: Table) -> Grid:
        """Return all cells of `table`, with the rows that were cut put together again."""
        rows: Grid = []
        for cells in self.rows(table):
            first = cells[0].paragraphs[:1]
            if first and first[0].style == CONTINUED:
                rows[-1] = [_joined(*pair) for pair in zip(rows[-1], cells, strict=True)]
            else:
                rows.append(cells)
        return rows

    def rows(self, table: Table) -> Grid:
        """Return all cells of `table`, each row as it stands in the file."""
        return [[self.cell(cell) for cell in row.tc_lst] for row in table._tbl.tr_lst]

    def cell(self, cell: Xml) -> Shown:
        """Return one ``w:tc``."""
        properties = cell.find(qn("w:tcPr"))
        assert w(properties, "w:shd") in {None, "clear"}
        paragraphs = (self.paragraph(child) for child in cell.iterchildren(qn("w:p")))
        return Shown(
            tuple(paragraph for paragraph in paragraphs if paragraph.block.spans),
            w(properties, "w:shd", attribute="w:fill") or "",
            int(w(properties, "w:gridSpan") or 1),
        )

    def paragraph(self, paragraph: Xml) -> Paragraph:
        """Return one ``w:p``."""
        name = self.style_name(paragraph)
        properties = paragraph.find(qn("w:pPr"))
        level, bullet = 0, False
        if "Bullet" in name:
            bullet = w(properties, "w:numPr", "w:numId") != "0"
            level = int(w(properties, "w:numPr", "w:ilvl") or 0) + 1
            if not bullet:
                indent = w(properties, "w:ind", attribute="w:left")
                level = [*self.indents(name), indent].index(indent) + 1
        return Paragraph(name, Block(tuple(self._spans(paragraph)), level, bullet))

    def _spans(self, paragraph: Xml) -> Iterator[Span]:
        for child in paragraph.iterchildren(qn("w:r"), qn("w:hyperlink")):
            if child.tag == qn("w:r"):
                text = _run_text(child)
                if text:
                    yield Span(text, child.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None)
            else:
                text = "".join(map(_run_text, child.iterchildren(qn("w:r"))))
                yield Span(text, link=self._address(child))

    def _address(self, hyperlink: Xml) -> str:
        anchor = hyperlink.get(qn("w:anchor"))
        return f"#{anchor}" if anchor else self.links[hyperlink.get(qn("r:id"))]

    # The body

    def outline(self) -> list[Paragraph | str]:
        """Return the paragraphs of the body that say anything, and each table's caption."""
        found: list[Paragraph | str] = []
        for child in self.body.iterchildren(qn("w:p"), qn("w:tbl")):
            if child.tag == qn("w:tbl"):
                found.append(w(child, "w:tblPr", "w:tblCaption") or "")
            elif (paragraph := self.paragraph(child)).block.spans:
                found.append(paragraph)
        return found

    def bookmarked_rows(self) -> dict[str, Xml]:
        """Return the table row of each bookmark by the bookmark's name."""
        return {
            mark.get(qn("w:name")): next(mark.iterancestors(qn("w:tr")))
            for mark in self.body.iter(qn("w:bookmarkStart"))
        }


# Pages


def section_of(element: Xml) -> Xml:
    """Return the ``w:sectPr`` of the page that an element of the body stands on."""
    for later in element.itersiblings():
        found = later if later.tag == qn("w:sectPr") else find(later, "w:pPr", "w:sectPr")
        if found is not None:
            return found
    raise AssertionError("no section")


def text_width(section: Xml) -> int:
    margins = find(section, "w:pgMar")
    width = int(w(section, "w:pgSz", attribute="w:w") or 0)
    return width - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def sizes(word: Reopened) -> list[tuple[int, int]]:
    """Return the size of the pages of each section, in millimetres."""
    return [
        (
            round(int(size.get(qn("w:w"))) / (1440 / 25.4)),
            round(int(size.get(qn("w:h"))) / (1440 / 25.4)),
        )
        for section in word.document.sections
        for size in [find(section._sectPr, "w:pgSz")]
    ]


def _run_text(run: Xml) -> str:
    return "".join(text.text or "" for text in run.iterchildren(qn("w:t")))


# What a report should look like


def expected_cell(cell: Cell) -> Shown:
    """Return how `cell` should be shown."""
    style, fill = RATED[cell.rating] if cell.rating else (LATE if cell.late else PLAIN, "")
    return Shown(
        tuple(Paragraph(BULLET if block.level else style, block) for block in cell.blocks), fill
    )


def expected_header(labels: tuple[str, ...]) -> list[Shown]:
    """Return how the first row of a table should be shown."""
    return [Shown((Paragraph("kimplan Cell Heading", Block((Span(label),))),)) for label in labels]


def expected_rows(rows: tuple[TableRow, ...]) -> Grid:
    """Return how recommendations should be shown."""
    return [[expected_cell(cell) for cell in row.cells] for row in rows]


def expected_section(section: Chapter, columns: int) -> list[Shown]:
    """Return how the row of a section should be shown."""
    title = Paragraph("heading 2", Block((Span(section.title),)))
    text = (Paragraph(BULLET if block.level else PLAIN, block) for block in section.narrative)
    return [Shown((title, *text), SECTION_FILL, columns)]


def expected_plan(document: ReportDocument) -> Grid:
    """Return how the plan should be shown as one table."""
    labels = tuple(column.label for column in columns_of(document))
    grid = [expected_header(labels)]
    for section in chapters_of(document):
        grid.append(expected_section(section, len(labels)))
        grid += expected_rows(section.rows)
    return grid


def expected_listing(listing: Listing, anchors: dict[str, str]) -> Grid:
    """Return how a listing should be shown; `anchors` are the bookmarks of the refs."""

    def linked(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        (block,) = row[0].blocks
        (span,) = block.spans
        link = f"#{anchors[span.link.removeprefix('#')]}"
        return (Cell((Block((span._replace(link=link),)),)), *row[1:])

    rows = ([expected_cell(cell) for cell in linked(row)] for row in listing.rows)
    return [expected_header(listing.labels), *rows]


def expected_counts(document: ReportDocument) -> Grid:
    """Return how the table of counts should be shown."""
    (table,) = tables(document, "summary")
    assert table.labels[1:] == ("What it means", "Number", "Overdue")
    grid = [expected_header(table.labels)]
    for row in counts_of(document):
        style, fill = RATED[row.rating] if row.rating else (PLAIN, "")
        texts = (row.label, row.meaning, str(row.number), str(row.overdue))
        cells = [
            Shown((Paragraph(PLAIN, Block((Span(text, bold=at != 1),))),))
            for at, text in enumerate(texts)
        ]
        label = Block((Span(row.label, bold=True),))
        grid.append([Shown((Paragraph(style, label),), fill), *cells[1:]])
    return grid


def anchors(reopened: Reopened, document: ReportDocument) -> dict[str, str]:
    """Return the bookmark of each recommendation's row: there are as many, in the same order."""
    rows = [row for section in chapters_of(document) for row in section.rows]
    names = list(reopened.bookmarked_rows())
    assert len(names) == len(rows)
    return {row.anchor: name for row, name in zip(rows, names, strict=True)}
