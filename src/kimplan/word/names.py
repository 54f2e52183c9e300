"""The names of elements, content types and relationships in a Word file (ECMA-376)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from lxml import etree

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = {
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "r": f"{_OFFICE}/relationships",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}

CORE_PROPERTIES = f"{_PACKAGE}/relationships/metadata/core-properties"
CUSTOM_PROPERTIES = f"{_OFFICE}/relationships/custom-properties"
OFFICE_DOCUMENT = f"{_OFFICE}/relationships/officeDocument"
STYLES = f"{_OFFICE}/relationships/styles"
SETTINGS = f"{_OFFICE}/relationships/settings"
NUMBERING = f"{_OFFICE}/relationships/numbering"
THEME = f"{_OFFICE}/relationships/theme"
CHART = f"{_OFFICE}/relationships/chart"
EMBEDDED = f"{_OFFICE}/relationships/package"
HYPERLINK = f"{_OFFICE}/relationships/hyperlink"

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
DOCUMENT_TYPE = _WORD_TYPE.format("document.main")
TEMPLATE_TYPE = _WORD_TYPE.format("template.main")
STYLES_TYPE = _WORD_TYPE.format("styles")
NUMBERING_TYPE = _WORD_TYPE.format("numbering")
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# The parts whose elements the report changes or reads; others are handed on as they came.
MARKUP_TYPES = frozenset({
    CORE_TYPE, DOCUMENT_TYPE, STYLES_TYPE, NUMBERING_TYPE,
    *map(_WORD_TYPE.format, ("comments", "footer", "header", "settings")),
})  # fmt: skip

_PARSER = etree.XMLParser(remove_blank_text=True, resolve_entities=False)


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """Return a name with its namespace, as a parser has it: ``{http://…/main}p`` for ``w:p``."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def parse_xml(text: str | bytes) -> Any:
    """Return the root of `text` without the blanks between its elements.

    Raises an error of lxml for broken markup.
    """
    return etree.fromstring(text, _PARSER)


def new_element(name: str) -> Any:
    """Return an element without parent that declares its own namespace, such as ``w:num``."""
    prefix = name.partition(":")[0]
    return _PARSER.makeelement(qn(name), nsmap={prefix: NAMESPACES[prefix]})


def as_part(root: Any) -> bytes:
    """Return the text of a part from its root."""
    text: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
    return text
