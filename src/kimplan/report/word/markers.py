"""Where a template wants what: ``{{kimplan:plan}}`` alone in a paragraph, and words in a line.

A block marker is a whole paragraph of the body and gives way to headings and tables. A word marker
may stand in any line of the body, a header or a footer, and keeps the look of its line.
"""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from kimplan.errors import TemplateError
from kimplan.model.suggestion import did_you_mean
from kimplan.report.document import ReportDocument
from kimplan.report.word.markup import paragraph, text_run, top_level
from kimplan.report.word.styles import StyleIds

BLOCKS = ("summary", "changes", "overdue", "due-soon", "plan")
_MARKER = re.compile(r"\{\{\s*kimplan:\s*([^{}]*?)\s*\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLACEHOLDER = "kimplan"


def words(document: ReportDocument) -> dict[str, str]:
    """Return what each word marker stands for."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "organisation": document.organisation,
        "position": document.position,
        "header": document.header,
        "footer": document.footer,
    }


def place_markers(template: Document, document: ReportDocument) -> list[str]:
    """Fill in the words, and put a placeholder where each block goes; return the blocks in order.

    A template without block markers gets the whole report at its end. A placeholder is the
    processing instruction ``<?kimplan NAME?>``. Raises TemplateError for an unknown marker, a
    block marker that does not stand alone in the body, and one that stands twice.
    """
    body = template.element.body
    _remove_placeholders(template)
    meanings = words(document)
    found: list[str] = []
    used: set[str] = set()
    for part in _parts(template):
        for line in list(part.element.iter(qn("w:p"))):
            text = _text(line)
            if "{{" not in text:
                continue
            name = _block_name(text)
            if name and line.getparent() is body:
                body.replace(line, etree.ProcessingInstruction(PLACEHOLDER, name))
                found.append(name)
            else:
                used |= _fill_in(line, text, meanings)
    if len(set(found)) != len(found):
        name = next(name for name in found if found.count(name) > 1)
        raise TemplateError(
            f"the template has the marker {{{{kimplan:{name}}}}} twice", "Delete one."
        )
    return found or _append(template, document, used)


def _parts(template: Document) -> list[XmlPart]:
    parts = template.part.package.iter_parts()
    return [
        part
        for part in parts
        if isinstance(part, XmlPart)
        and part.element.tag in {qn("w:document"), qn("w:hdr"), qn("w:ftr")}
    ]


def _text(line: Any) -> str:
    return "".join(text.text or "" for text in _texts(line))


def _texts(line: Any) -> list[Any]:
    """Return the text elements of a paragraph, but not those of paragraphs inside a text box."""
    return [text for text in line.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is line]


def _block_name(text: str) -> str:
    found = _MARKER.fullmatch(text.strip())
    return found[1] if found and found[1] in BLOCKS else ""


def _fill_in(line: Any, text: str, meanings: dict[str, str]) -> set[str]:
    """Replace the word markers of one line, and return their names.

    Word may have split a marker over several runs; the first of them gets the whole text.
    """
    markers = list(_MARKER.finditer(text))
    for found in markers:
        if found[1] not in meanings:
            _refuse(found[1], meanings)
    # From the last to the first, so that places stay and what was filled in is not looked at.
    for found in reversed(markers):
        _replace(_texts(line), found.start(), found.end(), meanings[found[1]])
    return {found[1] for found in markers}


def _replace(elements: list[Any], start: int, end: int, words: str) -> None:
    """Put `words` in place of the characters from `start` to `end` of the joined elements."""
    position = 0
    for element in elements:
        text = element.text or ""
        first, last = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if first < last:
            element.text = text[:first] + words + text[last:]
            element.set(_SPACE, "preserve")
            words = ""


def _refuse(name: str, meanings: dict[str, str]) -> None:
    known = [*BLOCKS, *meanings]
    if name in BLOCKS:
        message = (
            f"the marker {{{{kimplan:{name}}}}} does not stand alone in a paragraph of the body"
        )
        hint = "Put it on a line of its own, outside tables, text boxes, headers and footers."
    else:
        message = f"the template has the unknown marker {{{{kimplan:{name[:60]}}}}}"
        hint = did_you_mean(name, known) or f"Known: {', '.join(known)}."
    raise TemplateError(message, hint)


def _remove_placeholders(template: Document) -> None:
    for found in template.element.xpath(f"//processing-instruction('{PLACEHOLDER}')"):
        found.getparent().remove(found)


def _append(template: Document, document: ReportDocument, used: set[str]) -> list[str]:
    """Put the whole report at the end of the template's body, on a new page if it has any text."""
    body = template.element.body
    styles = StyleIds(template)
    end = body.find(qn("w:sectPr"))
    is_letterhead = not "".join(text.text or "" for text in body.iter(qn("w:t"))).strip()
    lines = []
    if "title" not in used:
        lines = [(document.title, "Title"), (document.subtitle, "Subtitle")]
    for number, (text, style) in enumerate(lines):
        new_page = "" if is_letterhead or number else "<w:pageBreakBefore/>"
        element = top_level(paragraph(text_run(text), styles[style], before=new_page))
        _insert(body, end, parse_xml(element))
    for name in BLOCKS:
        _insert(body, end, etree.ProcessingInstruction(PLACEHOLDER, name))
    return list(BLOCKS)


def _insert(body: Any, end: Any, element: Any) -> None:
    if end is None:
        body.append(element)
    else:
        end.addprevious(element)
