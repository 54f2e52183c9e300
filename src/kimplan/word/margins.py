"""What the headers and footers of a Word file say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart

from kimplan.word.tags import qn
from kimplan.word.visible import Eye


def read_margins(word: Document, eye: Eye) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the text of each header and of each footer that some section has and that speaks."""
    return (
        tuple(_texts(word, eye, "w:headerReference")),
        tuple(_texts(word, eye, "w:footerReference")),
    )


def _texts(word: Document, eye: Eye, tag: str) -> Iterator[str]:
    names = (each.get(qn("r:id"), "") for each in word.element.body.iter(qn(tag)))
    for name in dict.fromkeys(names):  # sections may share one
        part: Any = word.part.related_parts.get(name)
        if isinstance(part, XmlPart) and (text := eye.cell(part.element)):
            yield text
