"""Text fields as blocks: paragraphs, lists, bold and links; anything else is plain text.

The subset is CommonMark's (https://spec.commonmark.org/0.31.2/), read by markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kimplan.model.markers import MARK, with_dashes

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MAX_LEVEL = 3
_NESTING = 100  # markdown-it drops what nests deeper; a list takes two of its levels
_DEEPEST = 90
SCHEMES = ("http://", "https://", "mailto:")
# After a line end, which is quick to find: a dash that begins no item, any other mark of a list,
# and spaces unless they are the two of a wrapped item.
_NOT_SIMPLE = re.compile(rf"\n(?:-(?! [^\s-])|(?:  )?{MARK}| (?! [^\s-])|\n )")
_MOST_BRACKETS = 200  # markdown-it looks for a link from each of them to the end of the text


class Span(NamedTuple):
    """A run of text of one look; `link` is an http, https or mailto address, or empty."""

    text: str
    bold: bool = False
    link: str = ""


class Block(NamedTuple):
    """A paragraph (`level` 0), or a list item at depth `level`, counted from 1.

    An item has a `bullet` or a number, its `marker` as it is written: ``1.`` or ``a)``. A block
    with a level and neither goes on with the item above it.
    """

    spans: tuple[Span, ...]
    level: int = 0
    bullet: bool = False
    marker: str = ""

    @property
    def is_item(self) -> bool:
        """Whether a list item begins here."""
        return self.bullet or bool(self.marker)

    @property
    def words(self) -> str:
        """The block's words without their look and without a number."""
        if len(self.spans) == 1:
            return self.spans[0].text
        return "".join(span.text for span in self.spans)

    @property
    def text(self) -> str:
        """The block's words without their look, after its number if it has one."""
        return f"{self.marker} {self.words}" if self.marker else self.words


def parse_prose(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text`; a wrapped line is one paragraph. Never raises for what it holds.

    Lists deeper than three levels are shown at the third.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip("\n ")
    if is_simple(text):
        return tuple(_simple_blocks(text))
    has_links = text.count("[") <= _MOST_BRACKETS
    text, numbers = with_dashes(text)
    return tuple(_blocks(_markdown(links=has_links).parse(text), numbers))


def is_simple(text: str) -> bool:
    """Return whether `text` is nothing but paragraphs and bullets of the first level.

    Nearly all text is, and loading and running markdown-it for it would be most of a report's time
    (docs/performance.md).
    """
    if "*" in text or "_" in text or "[" in text or text.startswith(" "):
        return False
    return not _NOT_SIMPLE.search(f"\n{text}")


def _simple_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of simple text: a line without a dash goes on with what is above it."""
    for chunk in text.split("\n\n"):
        lines: list[str] = []
        is_item = False
        for line in chunk.split("\n"):
            if line.startswith("- "):
                yield from _simple_block(lines, is_item)
                lines, is_item = [line[2:].rstrip(" ")], True
            elif line := line.strip(" "):
                lines.append(line)
        yield from _simple_block(lines, is_item)


def _simple_block(lines: list[str], is_item: bool) -> Iterator[Block]:
    if words := " ".join(lines).strip():
        spans = (Span(words),)
        yield Block(spans, 1, True) if is_item else Block(spans)


@lru_cache(maxsize=2)
def _markdown(*, links: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import list_block

    def dash_list(state: Any, line: int, end: int, silent: bool) -> bool:
        """Take only ``- `` for a list, and not too deep; ``*`` and ``+`` are text."""
        start = state.bMarks[line] + state.tShift[line]
        is_dash = state.src.startswith("- ", start) and state.level < _DEEPEST
        return is_dash and list_block(state, line, end, silent)

    markdown = MarkdownIt("zero", {"maxNesting": _NESTING}).enable(
        ["list", "emphasis", "link"] if links else ["list", "emphasis"]
    )
    markdown.block.ruler.at("list", dash_list, {"alt": ["paragraph"]})
    markdown.validateLink = lambda url: url.lower().startswith(SCHEMES)  # type: ignore[method-assign]
    return markdown


def _blocks(tokens: list[Token], numbers: Mapping[int, str]) -> Iterator[Block]:
    level, begins_item, marker = 0, False, ""
    for token in tokens:
        if token.type == "bullet_list_open":
            level += 1
        elif token.type == "bullet_list_close":
            level -= 1
        elif token.type == "list_item_open":
            begins_item = True
            marker = numbers.get(token.map[0], "") if token.map else ""
        elif token.type == "inline":
            spans = tuple(_spans(token.children or []))
            if spans:
                bullet = begins_item and level > 0 and not marker
                yield Block(spans, min(level, MAX_LEVEL), bullet, marker)
            begins_item, marker = False, ""


def _on_one_line(text: str) -> str:
    """Return `text` with each line end, and the spaces around it, as one space."""
    first, *rest = text.split("\n")
    if not rest:
        return text
    *middle, last = rest
    return " ".join([first.rstrip(" "), *(line.strip(" ") for line in middle), last.lstrip(" ")])


def _spans(tokens: list[Token]) -> Iterator[Span]:
    """Yield spans of one look; nothing of a link is lost, neither its address nor its title."""
    bold, link, title, text = 0, "", "", ""
    is_bare = False  # whether a link has had no words yet
    for token in tokens:
        step = {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        if token.markup == "__" or token.type in {"em_open", "em_close"}:
            text += token.markup  # only ** is bold; other emphasis is plain text
        elif step or token.type in {"link_open", "link_close"}:
            if token.type == "link_close" and is_bare and not text:
                text = link
            if text:
                yield Span(text, bold > 0, link)
                is_bare = False
            text, bold = "", bold + step
            if token.type == "link_open":
                link, title = str(token.attrs["href"]), str(token.attrs.get("title", ""))
                is_bare = True
            elif token.type == "link_close":
                link, text = "", f" ({title})" if title else ""
        else:
            text += _on_one_line(token.content)
    if text:
        yield Span(text, bold > 0, link)
