"""Which font the text of a document's cells is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml

from kimplan.word.styles import style_chain
from kimplan.word.tags import qn

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def cell_font(document: Document) -> str:
    """Return the name of the font of the tables' header cells; empty if nothing says it."""
    for fonts in _font_settings(document):
        if theme := fonts.get(qn("w:asciiTheme")):
            return _theme_font(document, "major" if theme.startswith("major") else "minor")
        if name := fonts.get(qn("w:ascii")):
            return str(name)
    return ""


def _font_settings(document: Document) -> Iterator[Any]:
    """Yield what the style of header cells says of its font, and what stands behind it."""
    for style in style_chain(document, "kimplan Cell Heading"):
        yield from style.findall(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    yield from document.styles.element.xpath("./w:docDefaults//w:rFonts")


def _theme_font(document: Document, kind: str) -> str:
    for relationship in document.part.rels.values():
        if relationship.reltype == RELATIONSHIP_TYPE.THEME and not relationship.is_external:
            root: Any = parse_xml(relationship.target_part.blob)
            for latin in root.iter(f"{_MAIN}{kind}Font"):
                found = latin.find(f"{_MAIN}latin")
                return found.get("typeface", "") if found is not None else ""
    return ""
