"""The names of Word's elements, as a parser has them."""

from __future__ import annotations

from functools import lru_cache

from docx.oxml import ns


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """Return a name with its namespace: ``{http://…/main}p`` for ``w:p``.

    python-docx takes it apart each time, and a cell of a report asks for a hundred.
    """
    return ns.qn(name)
