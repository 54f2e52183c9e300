"""What the headers and footers of a Word file say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart

from kimplan.word.tags import qn
from kimplan.word.visible import Eye

HEADER, FOOTER = qn("w:headerReference"), qn("w:footerReference")


def read_margins(word: Document, eye: Eye) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the text of each header and of each footer that some section has and that speaks."""
    body = word.element.body
    return (
        margin_texts(word, eye, map(margin_name, body.iter(HEADER))),
        margin_texts(word, eye, map(margin_name, body.iter(FOOTER))),
    )


def margin_name(reference: Any) -> str:
    """Return the name of the relationship to a header or a footer."""
    name: str = reference.get(qn("r:id"), "")
    return name


def margin_texts(word: Document, eye: Eye, names: Iterable[str]) -> tuple[str, ...]:
    """Return the texts of headers or footers by the names of the relationships to them."""
    parts: Any = word.part.related_parts
    found = (parts.get(name) for name in dict.fromkeys(names))  # sections may share one
    texts = (eye.cell(part.element) for part in found if isinstance(part, XmlPart))
    return tuple(filter(None, texts))
