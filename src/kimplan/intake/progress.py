"""Progress notes: what stands behind a date at the beginning of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kimplan.intake.dates import DateColumn, Reading, as_day, read_date
from kimplan.model.prose import Block, Span

_HEAD = re.compile(r"\W{0,2}([^:\n]{3,30}?)(?:\)|\s*:|\s+[–—-])\s+(?=\S)")
_DATE_LIKE = re.compile(r"[0-9]")


class Paragraphs(NamedTuple):
    """The paragraphs of one note, what the source says of its day, and how that is read."""

    said: str
    reading: Reading
    blocks: tuple[Block, ...]


def is_dated(text: str) -> bool:
    """Return whether one of the lines of a cell begins with a date."""
    return any(_head(line, DateColumn())[0] for line in text.split("\n"))


def _head(line: str, column: DateColumn) -> tuple[str, Reading, int]:
    found = _HEAD.match(line)
    if found and _DATE_LIKE.search(found[1]):
        reading = read_date(found[1], column)
        if reading.due or reading.offers:
            return found[1], reading, found.end()
    return "", Reading(), 0


def notes_in(blocks: Sequence[Block], column: DateColumn) -> list[Paragraphs]:
    """Return the notes of a cell; a paragraph without a date goes on with the one above it."""
    notes: list[Paragraphs] = []
    for block in blocks:
        said, reading, end = _head(block.words, column)
        if said:
            if not as_day(reading.due):
                reading = Reading(offers=tuple(filter(as_day, reading.offers)))
            notes.append(Paragraphs(said, reading, (without_beginning(block, end),)))
        elif notes:
            notes[-1] = notes[-1]._replace(blocks=(*notes[-1].blocks, block))
        else:
            notes.append(Paragraphs("", Reading(), (block,)))
    return notes


def without_beginning(block: Block, end: int) -> Block:
    """Return `block` as a paragraph without its first `end` characters."""
    spans: list[Span] = []
    for span in block.spans:
        kept = span.text[end:]
        end = max(0, end - len(span.text))
        if kept:
            spans.append(span._replace(text=kept))
    return Block(tuple(spans))
