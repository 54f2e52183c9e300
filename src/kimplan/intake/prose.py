"""Blocks of a source's cell to the text that a plan holds, and to a title with its detail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kimplan.characters import first_forbidden
from kimplan.model.markdown import join_spans, write_spans
from kimplan.model.prose import Block, Span, parse_prose

_INLINE_BULLET = re.compile(r"\s+[·•▪●◦‣\uf0b7]\s+")
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bno\.)(?<!\bNo\.)(?<!\betc\.)(?<!\bvs\.)(?<!\bMr\.)"
    r"(?<!\bDr\.)(?<!\bMs\.)(?<!\bSt\.)[”’\"')]*\s+(?=[A-Z“‘\"'(0-9])"
)
_LONGEST_TITLE = 600


def clean(text: str) -> str:
    """Return `text` on plain lines, without what no plan may hold and what nobody sees."""
    if text.isprintable() and "\u00a0" not in text:
        return text
    text = text.replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "")
    return allowed(text)


def allowed(text: str) -> str:
    """Return `text` without what no plan may hold; a line end of any kind is a new line."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " ")
    while found := first_forbidden(text):
        text = text.replace(found, " ")
    return text


def tidy(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks with words in them, a block a line, without what no plan may hold."""
    tidied: list[Block] = []
    for block in blocks:
        words = block.words
        if words.isprintable() and not _INLINE_BULLET.search(words):
            if words and not words.isspace():
                tidied.append(block)
        else:
            tidied += (one for one in _lines(block) if one.words.strip())
    return tuple(tidied)


def _lines(block: Block) -> Iterator[Block]:
    """Yield a block for each line of `block`, and for each bullet that is typed within one."""
    lines: list[list[Span]] = [[]]
    for span in block.spans:
        first, *rest = clean(span.text).split("\n")
        lines[-1].append(span._replace(text=first))
        lines += [[span._replace(text=line)] for line in rest]
    for at, spans in enumerate(lines):
        head = block._replace(spans=tuple(spans))
        yield from _items(head if at == 0 else head._replace(bullet=False, marker=""))


def _items(block: Block) -> Iterator[Block]:
    """Yield a line, and the items that begin in its midst behind a typed bullet."""
    first, *items = _INLINE_BULLET.split(block.words)
    is_list = bool(items) and (len(items) > 1 or first.rstrip().endswith(":"))
    if not is_list or block.level or any(span.bold or span.link for span in block.spans):
        yield block
        return
    yield Block((Span(first),))
    for item in items:
        yield Block((Span(item),), 1, True)


def words_of(blocks: Iterable[Block]) -> str:
    """Return the words of `blocks` on one line."""
    return " ".join(" ".join(block.words for block in blocks).split())


def to_prose(blocks: Sequence[Block]) -> str:
    """Return the text that `parse_prose` reads as `blocks`; typed bullets become list items."""
    text = _written(blocks)
    read = parse_prose(text)
    if read == tuple(blocks):
        return text
    if len(read) < len(blocks):  # a number that begins at 3 goes on with the line above it
        text = _written(blocks, is_loose=True)
        read = parse_prose(text)
    if _squashed(read) != _squashed(blocks) and any(span.bold for b in blocks for span in b.spans):
        text = _written(without_look(blocks))
        read = parse_prose(text)
    if read and any(one.is_item for one in read):
        again = _written(read)
        if parse_prose(again) == read:
            return again
    return text


def _squashed(blocks: Sequence[Block]) -> str:
    return "".join("".join(block.text.split()) for block in blocks)


def without_look(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks without bold words."""
    return tuple(
        block._replace(spans=tuple(span._replace(bold=False) for span in block.spans))
        for block in blocks
    )


def _written(blocks: Sequence[Block], *, is_loose: bool = False) -> str:
    """Return the text of `blocks`, with an empty line between items, too, if it `is_loose`."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        lead = "- " if block.bullet else f"{block.marker} " if block.marker else ""
        indent = "  " * (block.level - 1 if lead and block.level else block.level)
        is_tight = before is not None and before.is_item and block.is_item
        if lines and (is_loose or not is_tight):
            lines.append("")
        lines.append(f"{indent}{lead}{write_spans(block.spans)}")
        before = block
    return "\n".join(lines)


def split_title(blocks: Sequence[Block]) -> tuple[str, str]:
    """Return the title and the detail of a recommendation that stands in one cell.

    The title is the first paragraph where there are several, what is bold at its beginning, or
    its first sentence.
    """
    first, *rest = blocks
    title, left = _bold_lead(first) if first.spans else ("", None)
    words = " ".join(first.words.split())
    if not title:
        title, left = words, None
        if not rest or len(words) > _LONGEST_TITLE:
            title, _, behind = _first_sentence(words)
            left = Block((Span(behind),)) if behind else None
    if len(title) > _LONGEST_TITLE:
        cut = title.rfind(" ", 0, _LONGEST_TITLE)
        behind = f"{title[cut + 1 :]} {left.words if left else ''}".strip()
        title, left = title[:cut], Block((Span(behind),))
    detail = ([left] if left else []) + list(rest)
    return f"{first.marker} {title}".strip(), to_prose(detail) if detail else ""


def _bold_lead(block: Block) -> tuple[str, Block | None]:
    """Return the bold beginning of a block and the rest of it, if only its beginning is bold."""
    spans = join_spans(block.spans)
    if len(spans) < 2 or not spans[0].bold or any(span.bold for span in spans[1:]):
        return "", None
    lead = " ".join(spans[0].text.split())
    rest = block._replace(spans=tuple(spans[1:]), bullet=False, marker="", level=0)
    is_sentence = len(lead.split()) > 3 and (
        lead[-1] in ".:!?" or rest.words.lstrip()[:1].isupper()
    )
    return (lead, rest) if is_sentence and rest.words.strip() else ("", None)


def _first_sentence(words: str) -> tuple[str, str, str]:
    found = _SENTENCE.search(words)
    if not found:
        return words, "", ""
    return words[: found.start()] + found.group().rstrip(), " ", words[found.end() :]
