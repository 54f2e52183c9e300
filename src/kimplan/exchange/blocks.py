"""The lines of a cell to blocks: what was typed as a list is one, and nothing is Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from kimplan.model.markers import with_dashes
from kimplan.model.prose import MAX_LEVEL, Block, Span

# What nobody sees: zero widths, soft hyphens, marks of direction and of byte order.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ITEM = re.compile(r"( *)- +(?=\S)")
_SIGN = re.compile(r"(\s*)([·•▪●◦‣⁃■➢➤►❖\uf0b7\uf0a7\uf0d8]|[-–](?=\s))\s*(?=\S)")
# What a line may begin with that begins an item; most lines do not, and need no closer look.
_PERHAPS = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]*(?:[0-9]|[a-z]+\)|o\s|[^\w\s(£“‘\"'])")
_UNCLEAN = re.compile(r"^\s|\s$|\s\s|[^\S ]|[\u00ad\u200b-\u200f\u2060\ufeff]")
_INDENT = 2  # spaces to a level


class Line(NamedTuple):
    """A line as a file has it: its spans, and what the file says of a list that it stands in.

    A line of a list has a `level` from 1, and a `bullet` or a number as its `marker`; one with a
    level and neither goes on with the item above it.
    """

    spans: tuple[Span, ...]
    level: int = 0
    bullet: bool = False
    marker: str = ""


def plain_line(text: str) -> Line:
    """Return a line of plain text."""
    return Line((Span(text),))


def to_blocks(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return what a cell says, a block a line; empty lines are left out.

    A line end inside of a span begins a new line. Lines that are no items by the file's own word
    are by a typed bullet or number. Where all words are bold, that is the cell's look and no
    meaning.
    """
    found: list[Block] = []
    for is_listed, group in groupby(_split(lines), key=lambda line: line.level > 0):
        together = list(group)
        found += _listed(together) if is_listed else _typed(together)
    blocks = [block for block in map(_clean, found) if block.spans]
    return tuple(_not_all_bold(blocks))


def text_blocks(text: str) -> tuple[Block, ...]:
    """Return what a plain text says, a block a line."""
    return to_blocks(map(plain_line, text.splitlines()))


def _split(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield each line without line ends in it; what follows one goes on in an item."""
    for line in lines:
        if not any("\n" in span.text or "\r" in span.text for span in line.spans):
            yield line
            continue
        parts: list[list[Span]] = [[]]
        for span in line.spans:
            first, *rest = span.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            parts[-1].append(span._replace(text=first))
            parts += [[span._replace(text=text)] for text in rest]
        yield line._replace(spans=tuple(parts[0]))
        for part in parts[1:]:
            yield line._replace(spans=tuple(part), bullet=False, marker="")


def _listed(lines: Iterable[Line]) -> Iterator[Block]:
    for line in lines:
        yield Block(line.spans, min(line.level, MAX_LEVEL), line.bullet, line.marker)


def _typed(lines: Sequence[Line]) -> Iterator[Block]:
    """Yield lines as paragraphs, or as items where somebody typed the mark of one."""
    texts = ["".join(span.text for span in line.spans) for line in lines]
    if not any(map(_PERHAPS.match, texts)):
        yield from (Block(line.spans) for line in lines)
        return
    spaced = list(map(_spaced, texts))
    # A sign of a bullet needs no space behind it where a tab or nothing stood.
    signed = [_SIGN.sub(r"\1- ", text, count=1) if _SIGN.match(text) else text for text in spaced]
    marked, numbers = with_dashes("\n".join(signed))
    for at, (line, text) in enumerate(zip(lines, marked.split("\n"), strict=True)):
        found = _ITEM.match(text)
        if not found:
            yield Block(line.spans)
            continue
        level = min(1 + len(found[1]) // _INDENT, MAX_LEVEL)
        rest = _without_mark(line.spans, texts[at], text[found.end() :])
        number = numbers.get(at, "")
        yield Block(rest, level, not number, number)


def _spaced(text: str) -> str:
    """Return a line with single spaces between its words, and its indentation."""
    text = text.translate(_UNSEEN).replace("\t", " " * _INDENT)
    words = text.lstrip()
    return " " * (len(text) - len(words)) + _SPACES.sub(" ", words)


def _without_mark(spans: Sequence[Span], text: str, rest: str) -> tuple[Span, ...]:
    """Return the spans of a line without what stands before its words, `rest`."""
    first = rest[:1]
    words = len(_SPACES.sub("", rest.translate(_UNSEEN)))
    drop = next(
        at
        for at in range(len(text))
        if text[at] == first and len(_SPACES.sub("", text[at:].translate(_UNSEEN))) == words
    )
    left: list[Span] = []
    for span in spans:
        left.append(span._replace(text=span.text[drop:]))
        drop = max(drop - len(span.text), 0)
    return tuple(left)


def _clean(block: Block) -> Block:
    """Return a block with single spaces between its words, and neighbours of one look as one."""
    if len(block.spans) == 1 and not _UNCLEAN.search(block.spans[0].text):
        return block if block.spans[0].text else Block(())
    spans: list[Span] = []
    for span in block.spans:
        text = _SPACES.sub(" ", span.text.translate(_UNSEEN).replace("\n", " "))
        if spans and spans[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not spans:
            text = text.lstrip(" ")
        if not text:
            continue
        if spans and spans[-1][1:] == span[1:]:
            spans[-1] = span._replace(text=spans[-1].text + text)
        else:
            spans.append(span._replace(text=text))
    while spans and not spans[-1].text.rstrip(" "):
        spans.pop()
    if spans:
        spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip(" "))
    return block._replace(spans=tuple(spans))


def _not_all_bold(blocks: Sequence[Block]) -> Iterator[Block]:
    spans = [span for block in blocks for span in block.spans if span.text.strip()]
    if not all(span.bold for span in spans):
        yield from blocks
        return
    for block in blocks:
        plain = block._replace(spans=tuple(span._replace(bold=False) for span in block.spans))
        yield _clean(plain)
