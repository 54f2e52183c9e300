"""A report read back from its Word file: what somebody sees who opens it.

Text inside content controls and tracked insertions counts; deleted and hidden text does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from kimplan.verify.expected import SEAM, ChartValues, Content, Grid, Line, plain
from kimplan.word.properties import read_properties
from kimplan.word.styles import StyleIds
from kimplan.word.tables import CONTINUED
from kimplan.word.template import open_report

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (qn("w:del"), qn("w:moveFrom"), _FALLBACK)
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:br"): " ",
    qn("w:cr"): " ",
    qn("w:noBreakHyphen"): "-",
}
_OFF = {"0", "false", "off"}


class ReportFile(NamedTuple):
    """What a report says, and what it was made of: the properties by their names."""

    content: Content
    properties: dict[str, str]


def read_report(path: Path) -> ReportFile:
    """Return what the Word file at `path` says; raise TemplateError if it cannot be read."""
    word = open_report(path)
    return ReportFile(_content(word), read_properties(word))


def _content(word: Document) -> Content:
    body, styles = word.element.body, StyleIds(word)
    goes_on = styles.get("kimplan Continued")
    return Content(
        lines=tuple(Line("", "", text) for text in _lines(body)),
        tables=tuple(
            _table(table, goes_on) for table in body.iter(qn("w:tbl")) if _is_outer(table)
        ),
        figures=tuple(_figures(word)),
        headers=tuple(_margins(word, RELATIONSHIP_TYPE.HEADER)),
        footers=tuple(_margins(word, RELATIONSHIP_TYPE.FOOTER)),
    )


def _lines(body: Any) -> Iterator[str]:
    """Yield the paragraphs outside of tables that say anything."""
    for paragraph in body.iter(qn("w:p")):
        text = plain(_text(paragraph))
        if text and next(paragraph.iterancestors(qn("w:tbl")), None) is None:
            yield text


def _is_outer(table: Any) -> bool:
    return next(table.iterancestors(qn("w:tbl"), _FALLBACK), None) is None


def _table(table: Any, goes_on: str) -> Grid:
    """Return a table; a row whose first paragraph has the style `goes_on` belongs to that above."""
    caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
    rows: list[tuple[str, ...]] = []
    for row in _own(table, "w:tr", "w:tbl"):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        cells = list(_own(row, "w:tc", "w:tr"))
        texts = tuple(map(_cell, cells))
        if rows and goes_on and cells and _style(cells[0]) == goes_on:
            rows[-1] = tuple(_joined(rows[-1], texts))
        else:
            rows.append(texts)
    header, *others = rows or [()]
    title = caption.get(qn("w:val"), "") if caption is not None else ""
    return Grid(title, header, tuple(others))


def _style(cell: Any) -> str:
    """Return the id of the style of a cell's first paragraph."""
    return next((style.get(qn("w:val"), "") for style in cell.iter(qn("w:pStyle"))), "")


def _joined(above: tuple[str, ...], below: tuple[str, ...]) -> Iterator[str]:
    """Yield the cells of a row that was cut; what the lower part repeats is said once.

    A paragraph may have been cut, too: `SEAM` stands where it was, or where one ended.
    """
    name = above[0].partition("\n")[0]
    for number, (upper, lower) in enumerate(zip_longest(above, below, fillvalue="")):
        text = lower
        if number == 0:
            text = lower.removeprefix(f"{name}{CONTINUED}").lstrip("\n")
        elif lower == upper:
            text = ""
        yield f"{upper}{SEAM}{text}" if text and upper else upper or text


def _own(element: Any, tag: str, within: str) -> Iterator[Any]:
    """Yield the elements below `element` that belong to it, and not to a table in one of them."""
    for found in element.iter(qn(tag)):
        if next(found.iterancestors(qn(within))) is element:
            yield found


def _cell(cell: Any) -> str:
    return plain("\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p"))))


def _text(paragraph: Any) -> str:
    """Return what a paragraph shows, without the paragraphs of text boxes in it."""
    return "".join(
        _SIGNS.get(node.tag, node.text or "")
        for run in paragraph.iter(qn("w:r"))
        if next(run.iterancestors(qn("w:p"))) is paragraph and _is_shown(run)
        for node in run.iterchildren(qn("w:t"), *_SIGNS)
    )


def _is_shown(run: Any) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    if hidden is not None and hidden.get(qn("w:val"), "true") not in _OFF:
        return False
    return next(run.iterancestors(*_GONE), None) is None


def _margins(word: Document, kind: str) -> Iterator[str]:
    """Yield the text of each header or footer that says anything."""
    for relationship in word.part.rels.values():
        if relationship.reltype == kind and isinstance(relationship.target_part, XmlPart):
            root = relationship.target_part.element
            text = plain("\n".join(_text(paragraph) for paragraph in root.iter(qn("w:p"))))
            if text:
                yield text


def _figures(word: Document) -> Iterator[ChartValues]:
    for drawing in word.element.body.iter(qn("w:drawing")):
        about = next(drawing.iter(qn("wp:docPr")), None)
        for reference in drawing.iter(f"{_CHART}chart"):
            part = word.part.rels.get(reference.get(qn("r:id")))
            if part is not None and not part.is_external and about is not None:
                yield _figure(parse_xml(part.target_part.blob), about.get("descr", ""))


def _figure(root: Any, alt_text: str) -> ChartValues:
    series = list(root.iter(f"{_CHART}ser"))
    categories = _values(series[0], "cat") if series else ()
    named = ((" ".join(_values(each, "tx")), _values(each, "val")) for each in series)
    return ChartValues("", plain(alt_text), tuple(map(plain, categories)), tuple(named))


def _values(series: Any, kind: str) -> tuple[str, ...]:
    found: Iterable[Any] = series.iterfind(f"{_CHART}{kind}//{_CHART}v")
    return tuple(value.text or "" for value in found)
