"""The names of Word's elements, and their text, as a parser has them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from docx.oxml import ns


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """Return a name with its namespace: ``{http://…/main}p`` for ``w:p``.

    python-docx takes it apart each time, and a cell of a report asks for a hundred.
    """
    return ns.qn(name)


def text_of(element: Any) -> str:
    """Return the text of an element that holds no others; a comment in it does not end it."""
    if len(element):
        return "".join(element.xpath("text()"))
    return element.text or ""
