"""A text's paragraphs, lists, bold words and links as HTML that carries its own styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from kimplan.characters import make_visible
from kimplan.model.prose import SCHEMES, Block, Span, parse_prose

FACE = "font-family:Arial,Helvetica,sans-serif"
FONT = f"{FACE};font-size:10.5pt"
INK = "color:#000000"
_SPACES = re.compile(r"[ \t\r\n]+")
_LINK = "color:#0B4F9E"
_NUMBER = re.compile(r"([0-9]{1,9})\.")


class _Open(NamedTuple):
    """A list that is open: its element, and whether its items show marks of their own."""

    tag: str
    is_marked: bool


def blocks_html(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the elements of a text, a line each; no item is deeper than one below its list."""
    lists: list[_Open] = []
    for block in blocks:
        depth = min(block.level, len(lists) + block.is_item)
        wanted = _list_of(block)
        while len(lists) > depth:
            yield _closed(lists)
        if not block.is_item:
            yield f'<p style="margin:6px 0;{FONT};{INK}">{_words(block)}</p>'
            continue
        if len(lists) == depth and lists[-1] != wanted:
            yield _closed(lists)
        yield f"</li>{_item(block)}" if len(lists) == depth else f"{_begun(block)}{_item(block)}"
        if len(lists) < depth:
            lists.append(wanted)
    while lists:
        yield _closed(lists)


def prose_html(text: str) -> str:
    """Return a text for a cell: its bold words and links, and a line for each paragraph."""
    return "<br>".join(map(_words, parse_prose(text)))


def shown(text: str) -> str:
    """Return `text` so that it shows just these characters, white space as single spaces."""
    return escape(make_visible(_SPACES.sub(" ", text)))


def _list_of(block: Block) -> _Open:
    is_numbered = _NUMBER.fullmatch(block.marker) is not None
    return _Open("ol" if is_numbered else "ul", bool(block.marker) and not is_numbered)


def _begun(block: Block) -> str:
    tag, is_marked = _list_of(block)
    mark = "list-style-type:none;" if is_marked else ""
    number = _NUMBER.fullmatch(block.marker)
    start = f' start="{int(number[1])}"' if number else ""
    return f'<{tag}{start} style="{mark}margin:0 0 0 24px;padding:0">'


def _item(block: Block) -> str:
    number = _NUMBER.fullmatch(block.marker)
    value = f' value="{int(number[1])}"' if number else ""
    mark = "" if number or not block.marker else f"{shown(block.marker)} "
    return f'<li{value} style="margin:2px 0;{FONT};{INK}">{mark}{_words(block)}'


def _closed(lists: list[_Open]) -> str:
    return f"</li></{lists.pop().tag}>"


def _words(block: Block) -> str:
    return "".join(map(_span, block.spans)).strip()


def _span(span: Span) -> str:
    text = shown(span.text)
    if span.link.lower().startswith(SCHEMES):
        text = f'<a href="{escape(make_visible(span.link))}" style="{_LINK}">{text}</a>'
    return f"<strong>{text}</strong>" if span.bold else text
