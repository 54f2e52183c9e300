"""About how tall text is in a column, and a tall row in pieces that fill a page from above.

The pieces are rows of their own, so that none of them breaks and each says which recommendation it
belongs to, and its rating.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kimplan.model.prose import Block
from kimplan.report.document import Cell, TableRow
from kimplan.word.columns import Text
from kimplan.word.markup import TWIPS_PER_MM
from kimplan.word.metrics import word_width

_LINE = 1.25  # of the size of the text
_BETWEEN = 3.0  # points between paragraphs
_MARGINS = 170  # of a cell, left and right together, in twips
_USUAL_LETTERS = "the quick brown fox jumps over the lazy dog "
_A_LITTLE_MORE = 1.15  # what is hardly too tall stays whole
_SENTENCE_END = re.compile(r"[.!?][’”)]* ")


class Measure:
    """The text of a table's cells, and how tall a row, and a piece of one, may be, in twips."""

    def __init__(self, text: Text, tallest: float, piece: float) -> None:
        self.tallest, self.piece = tallest, piece
        self._line = text.points * _LINE
        self._letter = _letter(text)

    def is_tall(self, blocks: Sequence[Block], width: int) -> bool:
        """Return whether `blocks` need more than a row may have, in a column of this width."""
        return self.height(blocks, width) > self.tallest

    def height(self, blocks: Sequence[Block], width: int) -> float:
        """Return about how tall `blocks` are in a column `width` twips wide, in twips."""
        return sum(self.heights(blocks, width))

    def heights(self, blocks: Sequence[Block], width: int) -> list[float]:
        """Return about how tall each of `blocks` is in a column `width` twips wide, in twips."""
        letter, line = self._letter, self._line
        # A line ends half a word early on average, which matters where columns are narrow.
        room = max(width - _MARGINS - 3 * letter, letter)
        lines = [int(len(block.words) * letter / room) + 1 for block in blocks]
        return [(number * line + _BETWEEN) * 20 for number in lines]


def _letter(text: Text) -> float:
    """Return the width of an average letter, in twips."""
    width = word_width(_USUAL_LETTERS, text.font, text.points, bold=False)
    return width / len(_USUAL_LETTERS) * TWIPS_PER_MM


def pieces(row: TableRow, widths: Sequence[int], measure: Measure) -> list[tuple[Cell, ...]]:
    """Return the cells of a row, cut between its paragraphs where it is tall.

    A rating stands in each of the pieces.
    """
    columns = [
        (cell, width, measure.heights(cell.blocks, width))
        for cell, width in zip(row.cells, widths, strict=True)
    ]
    if not any(sum(heights) > measure.tallest for _, _, heights in columns):
        return [row.cells]
    cut = [
        [cell.blocks]
        if cell.rating or sum(heights) <= measure.piece
        else list(_cut(cell.blocks, heights, width, measure))
        for cell, width, heights in columns
    ]
    return [
        tuple(
            cell if cell.rating or blocks is cell.blocks else Cell(blocks, cell.value, cell.late)
            for cell, blocks in zip(row.cells, level, strict=True)
        )
        for level in zip_longest(*cut, fillvalue=())
    ]


def _cut(
    blocks: Sequence[Block], heights: Sequence[float], width: int, measure: Measure
) -> Iterator[tuple[Block, ...]]:
    """Yield `blocks`, which are so tall each, in groups that are no taller than a row may be."""
    group: list[Block] = []
    taken = 0.0
    for whole, height_of_whole in zip(blocks, heights, strict=True):
        for block, height in _divided(whole, height_of_whole, width, measure):
            if group and taken + height > measure.piece:
                yield tuple(group)
                group, taken = [], 0.0
            group.append(block)
            taken += height
    yield tuple(group)


def _divided(
    block: Block, height: float, width: int, measure: Measure
) -> list[tuple[Block, float]]:
    """Return a paragraph and how tall it is; one that is too tall in parts, each to a sentence."""
    if height <= measure.piece * _A_LITTLE_MORE:
        return [(block, height)]
    text = block.words
    room = max(int(len(text) * measure.piece / height), 1)
    parts: list[Block] = []
    start = 0
    while len(text) - start > room * _A_LITTLE_MORE:
        end = _last_end(text, start, start + room)
        parts.append(_slice(block, start, end, is_first=not parts))
        start = end
    parts.append(_slice(block, start, len(text), is_first=not parts))
    return list(zip(parts, measure.heights(parts, width), strict=True))


def _last_end(text: str, start: int, limit: int) -> int:
    """Return where the last sentence ends between two places, or else the last word."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, limit)]
    if ends:
        return ends[-1]
    return max(text.rfind(" ", start, limit) + 1, 0) or limit


def _slice(block: Block, start: int, end: int, *, is_first: bool) -> Block:
    """Return the part of a block between two places of its text, without spaces at its end."""
    spans, at = [], 0
    for span in block.spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        at += len(span.text)
        if text:
            spans.append(span._replace(text=text))
    spans[-1] = spans[-1]._replace(text=spans[-1].text.rstrip(" "))
    if is_first:
        return block._replace(spans=tuple(spans))
    return block._replace(spans=tuple(spans), bullet=False, marker="")
