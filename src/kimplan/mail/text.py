"""A letter as plain text, in lines that any mail program shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from kimplan.answers.letter import Entry, Letter, Part, Section
from kimplan.answers.naming import sentence_case
from kimplan.characters import make_visible

_WIDTH = 76
_INDENT = "    "


def as_text(letter: Letter) -> str:
    """Return the letter as plain text; links stand whole on lines of their own."""
    parts = [line for part in letter.parts for line in _part(part)]
    lines = [letter.greeting, "", *_wrapped(letter.opening), "", *parts, *_closing(letter)]
    return "\n".join(lines) + "\n"


def _part(part: Part) -> Iterator[str]:
    if part.heading:
        yield from (*_wrapped(part.heading), "=" * min(len(part.heading), _WIDTH), "")
    yield from (*_wrapped(part.about), "")
    for section in part.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    heading = make_visible(section.heading)
    yield from (heading, "-" * len(heading))
    if section.next_step:
        yield from (*_wrapped(section.next_step),)
    yield ""
    for entry in section.entries:
        yield from (*_entry(entry), "")
    if section.left_out:
        yield from (f"  and {section.left_out:,} more", "")


def _entry(entry: Entry) -> Iterator[str]:
    yield from _wrapped(f"{entry.ref}: {entry.title}", "  ", _INDENT)
    yield from _wrapped(f"{sentence_case(entry.said).removesuffix('.')}.", _INDENT)
    for line in entry.more:
        yield from _wrapped(line, _INDENT)
    if entry.link:
        yield f"{_INDENT}{make_visible(entry.link)}"


def _closing(letter: Letter) -> Iterator[str]:
    for line in letter.closing:
        yield from _wrapped(line)


def _wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Return `text` in lines, the first and the rest of them indented; no word is broken."""
    return textwrap.wrap(
        make_visible(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
