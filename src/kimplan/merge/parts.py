"""A cell of a row that was cut over pages, whole again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kimplan.merge.sameness import bare, fold, fold_name
from kimplan.model.prose import Block, Span
from kimplan.report.document import Cell
from kimplan.sheet import Remark, SheetCell

_SEAM = 4  # words on each side of a cut that tell whether a paragraph goes on


def whole_cell(parts: Sequence[SheetCell], said: Cell) -> SheetCell:
    """Return the cell that `parts` are, from above; `said` is what it said at first.

    What is repeated in each part (a rating) is said once; where it was changed in some of them
    only, that is what it says.
    """
    if len(parts) == 1:
        return parts[0]
    remarks = tuple(_once(remark for part in parts for remark in part.remarks))
    texts = {fold_name(part.text): part for part in parts if part.text.strip()}
    was = fold_name(said.text)
    if len(said.blocks) == 1 and (was in texts or said.rating) and len(texts) <= 2:
        changed = [part for text, part in texts.items() if text != was]
        chosen = changed[0] if changed else parts[0]
        return chosen._replace(remarks=remarks)
    return parts[0]._replace(blocks=joined([part.blocks for part in parts], said), remarks=remarks)


def _once(remarks: Iterable[Remark]) -> list[Remark]:
    return list(dict.fromkeys(remarks))


def joined(texts: Sequence[Sequence[Block]], said: Cell) -> tuple[Block, ...]:
    """Return the blocks of a text that was cut; a paragraph that was cut, too, is one again."""
    words = [fold(block.words) for block in said.blocks]
    found: list[Block] = []
    for blocks in map(bare, texts):
        rest = list(blocks)
        if found and rest and not rest[0].is_item and _goes_on(found[-1], rest[0], words):
            found[-1] = _one(found[-1], rest.pop(0))
        found += rest
    return tuple(found)


def _goes_on(upper: Block, lower: Block, said: Sequence[str]) -> bool:
    """Return whether a paragraph was cut between two blocks, by the paragraphs as they were."""
    tail = " ".join(fold(upper.words).split()[-_SEAM:])
    head = " ".join(fold(lower.words).split()[:_SEAM])
    if any(f"{tail} {head}" in words for words in said):
        return True
    if any(words.startswith(head) or words.endswith(tail) for words in said):
        return False
    begin = " ".join(fold(upper.words).split()[:_SEAM])
    return any(begin in words for words in said)


def _one(upper: Block, lower: Block) -> Block:
    return upper._replace(spans=(*upper.spans, Span(" "), *lower.spans))
