"""The mark before a cell of text that a spreadsheet may take for a formula."""

from __future__ import annotations

import re

MARK = "'"
_QUOTES = "'\"`\u2018\u2019\u201c\u201d"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
# What begins a formula, as it is and in full width, also behind blanks and quotation marks; and a
# break, behind which a spreadsheet may look (https://owasp.org/www-community/attacks/CSV_Injection).
_RISKY = re.compile(
    f"[\\s{_QUOTES}{_UNSEEN}]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[{_QUOTES}{_UNSEEN}]*[\\t\\r\\n]"
)


def marked(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet may take it for a formula."""
    return f"{MARK}{text}" if _RISKY.match(text) else text


def unmarked(text: str) -> str:
    """Return what `marked` was given."""
    is_marked = text.startswith(MARK) and _RISKY.match(text)
    return text.removeprefix(MARK) if is_marked else text
