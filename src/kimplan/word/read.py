"""A report read back from its Word file: what somebody sees who opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docx.document import Document

from kimplan.verify.expected import ChartValues, Content, Grid, Line, Link, row_key
from kimplan.verify.plain_text import plain
from kimplan.word.dangers import field_codes
from kimplan.word.margins import read_margins
from kimplan.word.properties import read_properties
from kimplan.word.read_charts import read_charts
from kimplan.word.read_tables import is_outer, read_table
from kimplan.word.styles import StyleIds
from kimplan.word.tags import qn
from kimplan.word.template import open_report
from kimplan.word.visible import Eye

_FIELD = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)', re.IGNORECASE)
_OF_A_FIELD = "a field"


class ReportFile(NamedTuple):
    """What a report says, and what it was made of: the properties by their names."""

    content: Content
    properties: dict[str, str]


def read_report(path: Path) -> ReportFile:
    """Return what the Word file at `path` says; raise TemplateError if it cannot be read."""
    word = open_report(path)
    return ReportFile(_content(word), read_properties(word))


def _content(word: Document) -> Content:
    eye = Eye(word.styles.element)
    lines, tables, figures = _in_order(word, eye)
    headers, footers = read_margins(word, eye)
    return Content(
        lines=tuple(lines),
        tables=tuple(tables),
        figures=tuple(figures),
        headers=headers,
        footers=footers,
        links=tuple(_links(word, eye)),
    )


def _in_order(word: Document, eye: Eye) -> tuple[list[Line], list[Grid], list[ChartValues]]:
    """Return the paragraphs that say anything, the tables and the charts, as they follow."""
    goes_on = StyleIds(word).get("kimplan Continued")
    lines: list[Line] = []
    tables: list[Grid] = []
    figures: list[ChartValues] = []
    for element in word.element.body.iter(qn("w:p"), qn("w:tbl")):
        below = lines[-1].text if lines else ""
        if element.tag == qn("w:tbl"):
            if is_outer(element):
                tables.append(read_table(element, eye, goes_on, below))
            continue
        figures += read_charts(word, element, eye, below)
        if next(element.iterancestors(qn("w:tbl")), None) is None:
            text = plain(eye.text(element))
            if text:
                lines.append(Line("", "", text))
    return lines, tables, figures


def _links(word: Document, eye: Eye) -> Iterator[Link]:
    """Yield the links that somebody can click on: those of fields, and then those of elements."""
    body = word.element.body
    rows = dict(_rows(body, eye))
    for code in field_codes(body):
        if found := _FIELD.match(code):
            yield Link(_OF_A_FIELD, found[1])
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
            yield mark.get(qn("w:name"), ""), row_key(eye.cell(cell))
