"""What the headers and footers of a Word file say."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.word.names import qn
from kimplan.word.parts import XmlPart
from kimplan.word.visible import Eye
from kimplan.word.word_document import Document


def read_margins(word: Document, eye: Eye) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the text of each header and of each footer that some section has and that speaks."""
    return (
        tuple(_texts(word, eye, "w:headerReference")),
        tuple(_texts(word, eye, "w:footerReference")),
    )


def _texts(word: Document, eye: Eye, tag: str) -> Iterator[str]:
    names = (each.get(qn("r:id"), "") for each in word.body.iter(qn(tag)))
    for name in dict.fromkeys(names):  # sections may share one
        lead = word.part.rels.get(name)
        part = lead.part if lead is not None else None
        if isinstance(part, XmlPart) and (text := eye.cell(part.element)):
            yield text
