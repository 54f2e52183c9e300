"""A text as it is held against another, and the mark of one that is too long to be kept.

What writes a report needs these and nothing else of what verifies it.
"""

from __future__ import annotations

import hashlib
import re

_MARK = 16  # hexadecimal digits
_NUMBERS = re.compile(r"[0-9]+")


def plain(text: str) -> str:
    """Return the words of `text` with single spaces, a line a paragraph, without empty ones."""
    if "\n" not in text:
        return " ".join(text.split())  # as nearly every text is
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def margin_mark(text: str) -> str:
    """Return a short mark of what a header or a footer says, whatever numbers of pages it shows."""
    return hashlib.sha256(_NUMBERS.sub("#", text).encode()).hexdigest()[:_MARK]
