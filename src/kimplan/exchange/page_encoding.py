"""How the letters of a saved web page are encoded."""

from __future__ import annotations

import re

from lxml import html

_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_HEAD = 4096


def encoding_of(data: bytes) -> str:
    """Return the encoding of a page by its mark, by what it says, or by what it can be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:_HEAD])
        name = said[1].decode("ascii").lower() if said else "windows-1252"
        is_other = name not in {"utf-8", "utf8", "iso-8859-1", "latin1"} and _is_known(name)
        return name if is_other else "windows-1252"
    return "utf-8"


def _is_known(encoding: str) -> bool:
    try:
        html.HTMLParser(encoding=encoding)
    except LookupError:
        return False
    return True
