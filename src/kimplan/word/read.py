"""A report read back from its Word file: what somebody sees who opens it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from kimplan.verify.expected import ChartValues, Content, Grid, Line, Link, plain
from kimplan.word.properties import read_properties
from kimplan.word.read_tables import is_outer, read_table
from kimplan.word.styles import StyleIds
from kimplan.word.template import open_report
from kimplan.word.visible import Eye

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class ReportFile(NamedTuple):
    """What a report says, and what it was made of: the properties by their names."""

    content: Content
    properties: dict[str, str]


def read_report(path: Path) -> ReportFile:
    """Return what the Word file at `path` says; raise TemplateError if it cannot be read."""
    word = open_report(path)
    return ReportFile(_content(word), read_properties(word))


def _content(word: Document) -> Content:
    eye = Eye(word)
    lines, tables = _lines_and_tables(word, eye)
    return Content(
        lines=tuple(lines),
        tables=tuple(tables),
        figures=tuple(_figures(word)),
        headers=tuple(_margins(word, RELATIONSHIP_TYPE.HEADER, eye)),
        footers=tuple(_margins(word, RELATIONSHIP_TYPE.FOOTER, eye)),
        links=tuple(_links(word, eye)),
    )


def _lines_and_tables(word: Document, eye: Eye) -> tuple[list[Line], list[Grid]]:
    """Return the paragraphs outside of tables that say anything, and the tables, in their order."""
    goes_on = StyleIds(word).get("kimplan Continued")
    lines: list[Line] = []
    tables: list[Grid] = []
    for element in word.element.body.iter(qn("w:p"), qn("w:tbl")):
        if element.tag == qn("w:tbl"):
            if is_outer(element):
                below = lines[-1].text if lines else ""
                tables.append(read_table(element, eye, goes_on, below))
        elif next(element.iterancestors(qn("w:tbl")), None) is None:
            text = plain(eye.text(element))
            if text:
                lines.append(Line("", "", text))
    return lines, tables


def _links(word: Document, eye: Eye) -> Iterator[Link]:
    """Yield the links that somebody can click on, in their order."""
    body = word.element.body
    rows = dict(_rows(body, eye))
    for element in body.iter(qn("w:hyperlink")):
        text = plain("".join(eye.run(run) for run in element.iter(qn("w:r")) if eye.is_shown(run)))
        anchor, relationship = element.get(qn("w:anchor")), element.get(qn("r:id"))
        if not text:
            continue
        if anchor and not relationship:
            yield Link(text, f"#{rows.get(anchor, '')}")
        elif relationship in word.part.rels:
            target = word.part.rels[relationship].target_ref
            yield Link(text, f"{target}#{anchor}" if anchor else target)


def _rows(body: Any, eye: Eye) -> Iterator[tuple[str, str]]:
    """Yield what the row is known by in which each bookmark begins."""
    for mark in body.iter(qn("w:bookmarkStart")):
        row = next(mark.iterancestors(qn("w:tr")), None)
        cell = next(row.iter(qn("w:tc")), None) if row is not None else None
        if cell is not None:
            yield mark.get(qn("w:name"), ""), eye.cell(cell).partition("\n")[0]


def _margins(word: Document, kind: str, eye: Eye) -> Iterator[str]:
    """Yield the text of each header or footer that says anything."""
    for relationship in word.part.rels.values():
        if relationship.reltype == kind and isinstance(relationship.target_part, XmlPart):
            text = eye.cell(relationship.target_part.element)
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
