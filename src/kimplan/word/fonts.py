"""Which font the text of a document's cells is in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kimplan.word.names import NAMESPACES, THEME, parse_xml, qn
from kimplan.word.styles import style_chain
from kimplan.word.word_document import Document

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
    yield from document.styles.iterfind("./w:docDefaults//w:rFonts", NAMESPACES)


def _theme_font(document: Document, kind: str) -> str:
    for lead in document.part.rels.values():
        if lead.kind == THEME and lead.part is not None:
            root = parse_xml(lead.part.blob)
            for latin in root.iter(f"{_MAIN}{kind}Font"):
                found = latin.find(f"{_MAIN}latin")
                return found.get("typeface", "") if found is not None else ""
    return ""
