"""Where the links of a page lead."""

from __future__ import annotations

import re

from kimplan.model.prose import SCHEMES

_NOT_IN_ADDRESSES = re.compile(r'[\x00-\x20"<>\\^`{|}]')  # RFC 3986 has no place for them


def address(link: str, prefix: str = "") -> str:
    """Return where a link leads: the web, a mail program, or the row of a ref in this page.

    `prefix` stands before the refs of one plan among several. Empty for anything else.
    """
    if link.startswith("#"):
        return f"#{prefix}{link[1:]}"
    if not link.lower().startswith(SCHEMES):
        return ""
    return _NOT_IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", link)
