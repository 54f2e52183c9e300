"""Whether a cell still says the same, whatever Word or another program did to it by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kimplan.model.prose import Block, Span

# Typing aids put these for what was typed; a soft hyphen and zero-width characters show nothing.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("‐‑−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_DASHES = re.compile("[–—]")
_NOTHING = {"", "-"}


def fold(text: str) -> str:
    """Return `text` on one line as it counts when two texts are compared; capitals count."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).split())


def fold_name(text: str) -> str:
    """Return a label, a ref or a role as it counts when it is looked for: without capitals."""
    return fold(text).casefold()


def says_nothing(text: str, mark: str = "") -> bool:
    """Return whether a cell is empty, or holds only the plan's `mark` for it or a dash."""
    bare = fold(text)
    return _DASHES.sub("-", bare) in _NOTHING or bare == fold(mark)


def words_of(blocks: Iterable[Block]) -> str:
    """Return the folded words of `blocks` on one line, numbers of items among them."""
    return fold(" ".join(block.text for block in blocks))


def same_blocks(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Return whether two texts have the same paragraphs and items, with the same look."""
    return [tidy(block) for block in bare(one)] == [tidy(block) for block in bare(other)]


def same_words(one: Sequence[Block], other: Sequence[Block]) -> bool:
    """Return whether two texts have the same words in the same paragraphs, whatever their look."""
    return [fold(block.text) for block in bare(one)] == [fold(block.text) for block in bare(other)]


def bare(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return `blocks` without the empty ones."""
    return tuple(block for block in blocks if fold(block.words))


class Tidy(NamedTuple):
    """A block as it counts when two are compared.

    `looks` are its letters, without spaces, by what they look like; an address that is a link to
    itself is plain.
    """

    words: str
    looks: tuple[Span, ...]
    level: int
    bullet: bool
    marker: str


def tidy(block: Block) -> Tidy:
    """Return a block as it counts when two are compared."""
    looks: list[Span] = []
    for span in block.spans:
        text = "".join(fold(span.text).split())
        link = "" if _is_bare_address(span) else span.link.rstrip("/")
        if text and looks and (looks[-1].bold, looks[-1].link) == (span.bold, link):
            looks[-1] = looks[-1]._replace(text=looks[-1].text + text)
        elif text:
            looks.append(Span(text, span.bold, link))
    words = fold(block.words)
    return Tidy(words, tuple(looks), block.level, block.bullet, fold(block.marker))


def _is_bare_address(span: Span) -> bool:
    text = span.text.strip()
    return bool(span.link) and span.link.removeprefix("mailto:").rstrip("/") == text.rstrip("/")
