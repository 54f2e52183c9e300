"""The names of Word's elements, as a parser has them."""

from __future__ import annotations

from functools import lru_cache

from docx.oxml.ns import qn as _qn


@lru_cache(maxsize=512)
def qn(name: str) -> str:
    """Return a name with its namespace: ``{http://…/main}p`` for ``w:p``."""
    return _qn(name)
