"""Text for XlsxWriter, which takes some text for the markup of a text of several looks."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# Excel reads _x0041_ as A, so a text that says so has its first sign escaped. XlsxWriter does that,
# but misses the second of two that share a sign.
_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_LONGEST = 32_767  # characters, of which XlsxWriter writes no more
_TWO = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")


def as_text(text: str) -> str:
    """Return `text` so that XlsxWriter writes it as the text that it is.

    It writes what begins and ends as that markup does as it is, so that a plan could put elements
    into a workbook, or break it. A space behind it, which nobody sees, makes it text.
    """
    if "_x" in text and _TWO.search(text):
        markup = _as_markup(text)
        return markup if len(markup) <= _LONGEST else text
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _as_markup(text: str) -> str:
    """Return `text` as the markup of one look, in which XlsxWriter finds nothing to escape."""
    written = escape(_ESCAPE.sub("_x005F_", text)).replace("_", "&#95;")
    return f'<r><t xml:space="preserve">{written}</t></r>'
