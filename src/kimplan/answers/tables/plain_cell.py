"""Text for XlsxWriter, which takes some text for the markup of a text of several looks."""

from __future__ import annotations


def as_text(text: str) -> str:
    """Return `text` so that XlsxWriter writes it as the text that it is.

    It writes what begins and ends as that markup does as it is, so that a plan could put elements
    into a workbook, or break it. A space behind it, which nobody sees, makes it text.
    """
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
