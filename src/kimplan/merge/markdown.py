"""Blocks as they are written in a plan: paragraphs, lists, bold and links in Markdown's marks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from kimplan.merge.sameness import bare, fold, same_blocks, tidy
from kimplan.model.markdown import write_spans
from kimplan.model.prose import MAX_LEVEL, Block, parse_prose

_WIDTH = 88  # as texts are wrapped that `kimplan update` writes
_LEAD = re.compile(r" *(?:- |(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)] +|[*·•–o] +)?")
_LINK = re.compile(r"\[[^]]*\]\([^)]*\)")
_UNSEEN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)}
)


class _Lines(NamedTuple):
    """A block as it stands in a text; `is_apart` tells that a blank line stands above it."""

    lines: tuple[str, ...]
    is_apart: bool

    @property
    def contents(self) -> list[str]:
        """The lines without what stands before their words."""
        first, *others = self.lines
        return [first[len(_lead(first)) :], *(line.strip() for line in others)]

    @property
    def text(self) -> str:
        """The words with the marks of their looks."""
        return " ".join(self.contents)


class _Wanted(NamedTuple):
    """A block to write, with the `lines` of the one that it is, or was, if there was one.

    `number` is that one's place.
    """

    block: Block
    lines: _Lines | None
    is_same: bool
    number: int


def to_markdown(blocks: Sequence[Block], source: str = "") -> str:
    """Return the text that says `blocks`.

    What is the same in the `source`, the text as it is in the file, keeps its lines there; of a
    paragraph that was changed, those at its beginning and end that are the same do.
    """
    old = _in_source(source)
    said = parse_prose(source) if old else ()
    return "\n".join(_laid_out(_matched(bare(blocks), said, old)))


def _in_source(source: str) -> list[_Lines]:
    """Return the lines of each block of `source`; none where they cannot be told apart."""
    found: list[_Lines] = []
    is_apart = True
    for line in source.strip("\n ").split("\n"):
        if not line.strip():
            is_apart = True
        elif is_apart or _lead(line).strip():
            found.append(_Lines((line,), is_apart))
            is_apart = False
        else:
            found[-1] = found[-1]._replace(lines=(*found[-1].lines, line))
    said = parse_prose(source)
    is_told_apart = len(said) == len(found) and all(
        fold(lines.text) == fold("".join(_inline(block)))
        for lines, block in zip(found, said, strict=True)
    )
    return found if is_told_apart else []


def _lead(line: str) -> str:
    found = _LEAD.match(line)
    return found.group() if found else ""


def _matched(
    wanted: Sequence[Block], said: Sequence[Block], old: Sequence[_Lines]
) -> Iterator[_Wanted]:
    """Yield each block with the lines of the one that it is, or was."""
    keys = [tidy(block) for block in said], [tidy(block) for block in wanted]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        for at in range(first, last):
            was = start + at - first
            is_like = was < end and _kind(said[was]) == _kind(wanted[at])
            yield _Wanted(wanted[at], old[was] if is_like else None, kind == "equal", was)


def _kind(block: Block) -> tuple[int, bool, bool]:
    return block.level, block.bullet, block.is_item


def _laid_out(wanted: Iterable[_Wanted]) -> Iterator[str]:
    """Yield the lines of the text, with a blank one where a paragraph or a list begins."""
    above: _Wanted | None = None
    for one in wanted:
        if above is not None and _is_apart(above, one):
            yield ""
        yield from one.lines.lines if one.lines and one.is_same else _new_lines(one)
        above = one


def _is_apart(above: _Wanted, one: _Wanted) -> bool:
    """Return whether a blank line stands between two blocks: as it did, or but between items."""
    if above.lines and one.lines and one.number == above.number + 1:
        return one.lines.is_apart
    is_list = above.block.level > 0 and one.block.is_item
    return not (is_list and (_is_deeper(above, one) or _is_alike(above, one)))


def _is_deeper(above: _Wanted, one: _Wanted) -> bool:
    return one.block.level != above.block.level


def _is_alike(above: _Wanted, one: _Wanted) -> bool:
    """Return whether two items may be of one list; a new one begins below a blank line."""
    return one.block.bullet == above.block.bullet


def _new_lines(one: _Wanted) -> list[str]:
    """Return the lines of a block that says something new, wrapped as those of what it was."""
    text = _inline(one.block)
    lead, below = _margins(one.block)
    old = one.lines.contents if one.lines else []
    content = _refilled(text.split(), old, _WIDTH - len(below))
    lines = [lead + content[0], *(below + line for line in content[1:])]
    is_sound = same_blocks(_alone(lines), _alone([lead + text]))
    return lines if is_sound else [lead + text]


def _alone(lines: Sequence[str]) -> tuple[Block, ...]:
    return parse_prose(textwrap.dedent("\n".join(lines)))


def _margins(block: Block) -> tuple[str, str]:
    """Return what stands before the first line of a block, and before the others."""
    level = min(block.level, MAX_LEVEL)
    lead, below = "  " * max(level - 1, 0), "  " * level
    if block.is_item:
        return f"{lead}{block.marker or '-'} ", below
    return below, below


def _refilled(words: Sequence[str], old: Sequence[str], width: int) -> list[str]:
    """Return lines of `words`; those at the beginning and end that are in `old` stay.

    What stood on one line that is longer than `width` stays on one.
    """
    if len(old) == 1 and len(old[0]) > width:
        return [" ".join(words)]
    first = _same(words, old)
    rest = words[len(" ".join(old[:first]).split()) :]
    last = _same(rest[::-1], [" ".join(line.split()[::-1]) for line in old[first:][::-1]])
    ending = list(old[len(old) - last :])
    middle = list(rest[: len(rest) - len(" ".join(ending).split())])
    if middle and first == len(old) > 0 and len(f"{old[-1]} {middle[0]}") <= width:
        first -= 1
        middle = [*old[first].split(), *middle]
    held = _LINK.sub(lambda found: found.group().replace(" ", "\0"), " ".join(middle))
    wrapped = textwrap.wrap(held, width, break_long_words=False, break_on_hyphens=False)
    wrapped = [line.replace("\0", " ") for line in wrapped]
    return [*old[:first], *wrapped, *ending]


def _same(words: Sequence[str], lines: Sequence[str]) -> int:
    """Return how many of the `lines` are what the `words` begin with."""
    at = 0
    for number, line in enumerate(lines):
        own = line.split()
        if [fold(word) for word in words[at : at + len(own)]] != [fold(word) for word in own]:
            return number
        at += len(own)
    return len(lines)


def _inline(block: Block) -> str:
    """Return a block's words on one line, with the marks of its looks."""
    spans = (span._replace(text=span.text.translate(_UNSEEN)) for span in block.spans)
    return write_spans(spans, plain_addresses=True)
