"""The blocks of a text as HTML nests them: paragraphs, and lists in lists."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from markupsafe import Markup, escape

from kimplan.model.prose import Block, Span

_LONG_WORD = re.compile(r"\S{25,}")
_PIECE = 10  # characters of a long word between two places where its line may end


class Paragraph(NamedTuple):
    """A paragraph."""

    spans: tuple[Span, ...]


class Item(NamedTuple):
    """An item of a list: its words, behind its number if it has one, and what stands below them."""

    spans: tuple[Span, ...]
    marker: str
    below: tuple[Node, ...]


class Listing(NamedTuple):
    """A list, of bullets or of items with the numbers that the text gives them."""

    entries: tuple[Item, ...]
    is_numbered: bool


Node: TypeAlias = Paragraph | Listing


def nested(blocks: Sequence[Block]) -> tuple[Node, ...]:
    """Return the blocks as paragraphs and lists, in their order."""
    return tuple(_nodes(deque(blocks), 0))


def breakable(text: str) -> Markup:
    """Return a text for a page, in which a line may end within a very long word."""
    if not _LONG_WORD.search(text):
        return escape(text)
    words = _LONG_WORD.split(text)
    long_words = [_pieces(word) for word in _LONG_WORD.findall(text)]
    mixed = [*(part for pair in zip(words, long_words, strict=False) for part in pair), words[-1]]
    return Markup("").join(mixed)


def _pieces(word: str) -> Markup:
    pieces = [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]
    return Markup("<wbr>").join(pieces)


def _nodes(rest: deque[Block], depth: int) -> Iterator[Node]:
    """Yield what stands at `depth`, and take it from `rest`."""
    while rest and rest[0].level >= depth:
        block = rest[0]
        if block.level > depth:
            is_numbered = bool(block.marker)
            yield Listing(tuple(_items(rest, depth + 1, is_numbered)), is_numbered)
        elif block.is_item:
            return
        else:
            yield Paragraph(rest.popleft().spans)


def _items(rest: deque[Block], depth: int, is_numbered: bool) -> Iterator[Item]:
    """Yield the items of the list at `depth`, until it ends or becomes one of the other kind."""
    while rest and rest[0].level >= depth:
        block = rest[0]
        begins = block.level == depth and block.is_item
        if begins and bool(block.marker) != is_numbered:
            return
        if begins:
            rest.popleft()
        spans, marker = (block.spans, block.marker) if begins else ((), "")
        yield Item(spans, marker, tuple(_nodes(rest, depth)))
