"""A key and its text as the lines that a person would write, in quotation marks where it needs."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.writing import scalar


class Mending(NamedTuple):
    """Lines for the place of a slot, and what they are to say: None if nothing."""

    lines: list[str]
    expected: object
    hint: str


def lines_of(
    lead: str, text: str, *, is_prose: bool, comment: str = "", deep: int = 0, style: str = ""
) -> list[str]:
    """Return the lines of `text` behind its `lead`, with a `comment` behind the first.

    Prose that is long, has lines or holds quotation marks of both kinds goes below a ``|``,
    indented by `deep` columns. Raises CannotEditError where the text cannot be written so.
    """
    tail = f"  {comment}" if comment else ""
    lead = lead if lead.endswith(" ") else f"{lead} "
    if is_prose and _wants_block(lead, text):
        below = scalar.block(scalar.wrap(text)) if text[:1].strip() else None
        if below:
            pad = " " * deep
            return [f"{lead}|{tail}", *(f"{pad}{line}" if line else "" for line in below)]
    return [f"{lead}{_inline(text, style)}{tail}"]


def _wants_block(lead: str, text: str) -> bool:
    is_long = len(lead) + len(text) > scalar.WIDTH and " " in text
    return is_long or "\n" in text or ('"' in text and "'" in text)


def _inline(text: str, style: str) -> str:
    if '"' in text or "\\" in text:
        plain = scalar.inline(text)
        return plain if plain == text else scalar.inline(text, "'")
    return scalar.inline(text, style)
