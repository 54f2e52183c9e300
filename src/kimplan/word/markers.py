"""Where a template wants what: ``{{kimplan:plan}}`` alone in a paragraph, and words in a line.

A block marker is a whole paragraph of the body and gives way to headings and tables. A word marker
may stand in any line of the body, a header or a footer, and keeps the look of its line.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from docx.document import Document
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from kimplan.errors import TemplateError
from kimplan.model.suggestion import did_you_mean
from kimplan.report.document import Words
from kimplan.report.parts import MAIN, NAMES
from kimplan.word.markup import paragraph, text_run, top_level
from kimplan.word.styles import StyleIds
from kimplan.word.tags import qn

_MARKER = re.compile(r"\{\{\s*kimplan:([^{}]*)\}\}")
# What somebody may have typed for a marker: other brackets or capitals, a space for the colon.
# Hardly a text of a template holds the letters of it that no other ones are taken for.
_NEARLY_IN = "mplan"
_NEARLY = (
    r"(?i:[{\[<]+\s*kimplan(?:\s*[:;.,]\s*|\s+|[-_])([a-z][\w-]*)\s*[}\]>]*"
    r"|\bkimplan\s*[:;]\s*([a-z][\w-]*)\s*[}\]>]*)"
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLACEHOLDER = "kimplan"
_KEPT = (qn("w:sectPr"), qn("w:drawing"), qn("w:pict"), qn("w:object"))


class Placed(NamedTuple):
    """What the template asked for: words, once for each of its parts that has them.

    `has_own_text` tells that its body says something else as well, and `begins_page` that the
    report must begin a new page.
    """

    words: tuple[str, ...]
    has_own_text: bool
    begins_page: bool


def place_markers(template: Document, words: Words) -> Placed:
    """Fill in the words, and put a placeholder where each block goes.

    A template without block markers gets the whole report at its end. A placeholder is the
    processing instruction ``<?kimplan NAME?>``. Raises TemplateError for an unknown marker, a block
    marker that does not stand alone in the body, one that stands twice, what is nearly a marker,
    and block markers without the plan's.
    """
    root, body = template.element, template.element.body
    # Word writes none of these; a placeholder must be ours.
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    meanings = words._asdict()
    blocks: list[str] = []
    has_title = False
    used: list[str] = []
    has_own_text = False
    for part in _parts(template):
        filled: set[str] = set()
        for line in list(part.element.iter(qn("w:p"))):
            text = _text(line)
            rest = _MARKER.sub("", text)
            _refuse_nearly(rest)
            has_own_text |= part.element is root and bool(rest.strip())
            if "{{" not in text:
                continue
            name = _block_name(text)
            if name and line.getparent() is body:
                _put_placeholder(line, name)
                blocks.append(name)
            else:
                names = _fill_in(line, text, meanings)
                has_title |= "title" in names and part.element is root
                filled |= names
        used += sorted(filled)
    for name in blocks:
        if blocks.count(name) > 1:
            message = f"the template has the marker {{{{kimplan:{name}}}}} twice"
            raise TemplateError(message, "Delete one of them.")
    if blocks and MAIN not in blocks:
        message = f"the template has no {{{{kimplan:{MAIN}}}}}, so the report would lack the plan"
        raise TemplateError(message, "Put it on a line of its own where the table is to stand.")
    begins_page = not blocks and _append(template, words, has_title=has_title)
    if not blocks and not has_title:
        used += ["subtitle", "title"]
    return Placed(tuple(used), has_own_text, begins_page)


def _put_placeholder(line: Any, name: str) -> None:
    """Put a placeholder in place of a marker, and keep what else its paragraph holds."""
    line.addprevious(etree.ProcessingInstruction(PLACEHOLDER, name))
    if next(line.iter(*_KEPT), None) is None:
        line.getparent().remove(line)
        return
    for text in _texts(line):
        text.text = ""


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
    return _name(found) if found and _name(found) in NAMES else ""


def _name(found: re.Match[str]) -> str:
    return found[1].strip()


def _fill_in(line: Any, text: str, meanings: dict[str, str]) -> set[str]:
    """Replace the word markers of one line, and return their names.

    Word may have split a marker over several runs; the first of them gets the whole text.
    """
    markers = list(_MARKER.finditer(text))
    for found in markers:
        if _name(found) not in meanings:
            _refuse(_name(found), meanings)
    # From the last to the first, so that places stay and what was filled in is not looked at.
    for found in reversed(markers):
        _replace(_texts(line), found.start(), found.end(), meanings[_name(found)])
    return {_name(found) for found in markers}


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


def _refuse_nearly(text: str) -> None:
    """Raise TemplateError for what would be printed as it stands and was meant as a marker."""
    if _NEARLY_IN in text.casefold() and (found := re.search(_NEARLY, text)):
        name = (found[1] or found[2]).casefold()
        known = [*NAMES, *Words._fields]
        message = f"the template has '{found[0].strip()[:60]}', which is nearly a marker"
        hint = f"Write {{{{kimplan:{name}}}}}." if name in known else did_you_mean(name, known)
        raise TemplateError(message, hint or f"Known: {', '.join(known)}.")


def _refuse(name: str, meanings: dict[str, str]) -> None:
    known = [*NAMES, *meanings]
    if name in NAMES:
        message = (
            f"the marker {{{{kimplan:{name}}}}} does not stand alone in a paragraph of the body"
        )
        hint = "Put it on a line of its own, outside tables, text boxes, headers and footers."
    else:
        message = f"the template has the unknown marker {{{{kimplan:{name[:60]}}}}}"
        hint = did_you_mean(name, known) or f"Known: {', '.join(known)}."
    raise TemplateError(message, hint)


def _append(template: Document, words: Words, *, has_title: bool) -> bool:
    """Put the whole report at the end of the body; return whether it still needs a new page."""
    body = template.element.body
    styles = StyleIds(template)
    end = body.find(qn("w:sectPr"))
    is_letterhead = not "".join(text.text or "" for text in body.iter(qn("w:t"))).strip()
    lines = [] if has_title else [(words.title, "Title"), (words.subtitle, "Subtitle")]
    for number, (text, style) in enumerate(lines):
        new_page = "" if is_letterhead or number else "<w:pageBreakBefore/>"
        element = top_level(paragraph(text_run(text), styles[style], before=new_page))
        _insert(body, end, parse_xml(element))
    for name in NAMES:
        _insert(body, end, etree.ProcessingInstruction(PLACEHOLDER, name))
    return has_title


def _insert(body: Any, end: Any, element: Any) -> None:
    if end is None:
        body.append(element)
    else:
        end.addprevious(element)
