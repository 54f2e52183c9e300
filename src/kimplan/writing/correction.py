"""The lines that a file should say in place of those it says: what a hint shows, ready to paste."""

from __future__ import annotations

from collections.abc import Callable

from kimplan.diagnostic import Correction
from kimplan.source import Document
from kimplan.source.splice import line_end, whole_lines
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_MOST_LINES = 30  # more is no hint any more
_ALONE = {
    "Write the text so:": "Put the whole text in double quotes, or on the lines below a |.",
    "Write it so:": "Begin each entry on a line of its own, with a dash and a space.",
}


def difference(before: str, after: str) -> Correction | None:
    """Return the lines that make `after` of the text `before`.

    None where both have the same lines, or where there are more than 30 to write.
    """
    old, new = ([line.rstrip("\r\n") for line in whole_lines(text)] for text in (before, after))
    if old == new:
        return None
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    most -= head
    foot = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    written = tuple(new[head : len(new) - foot])
    if len(written) > _MOST_LINES:
        return None
    return Correction(head + 1, len(old) - foot, written)


def without_lines(hint: str) -> str:
    """Return a hint that announces lines for where none follow it."""
    return _ALONE.get(hint) or (f"{hint[:-1]}." if hint.endswith(":") else hint)


def corrected(text: str, correction: Correction) -> str:
    """Return `text` with a `correction` followed to the letter; lines end as its first one does."""
    end, old = line_end(text), whole_lines(text)
    if old and not old[-1].endswith(("\n", "\r")):
        old[-1] += end
    new = [line + end for line in correction.lines]
    return "".join([*old[: correction.first - 1], *new, *old[correction.last :]])


def by_edit(document: Document, edit: Callable[[ParsedText], ParsedText]) -> Correction | None:
    """Return the lines that an `edit` of a `document` that can be read changes.

    None where it changes none, or where the text is laid out in a way that it cannot be made in.
    """
    before = ParsedText(document)
    try:
        return difference(before.text, edit(before).text)
    except CannotEditError:
        return None
