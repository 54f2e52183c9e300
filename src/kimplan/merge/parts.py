"""A cell of a row that was cut over pages, whole again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from kimplan.merge.sameness import bare, fold, fold_name
from kimplan.model.prose import Block, Span
from kimplan.report.document import Cell
from kimplan.sheet import Remark, SheetCell

_Parts: TypeAlias = Sequence[Mapping[str, SheetCell]]
_SEAM = 4  # words on each side of a cut that tell whether a paragraph goes on


def is_merged(parts: _Parts, field: str) -> bool:
    """Return whether somebody merged the cell of a field with another one."""
    cells = (part[field] for part in parts if field in part)
    return any(cell.is_covered or cell.across > 1 or cell.down > 1 for cell in cells)


def _as_meant(cell: SheetCell) -> SheetCell:
    """Return a cell without what is struck through, and as bold as it is."""
    blocks = cell.blocks if cell.kept is None else cell.kept
    return cell._replace(blocks=tuple(map(_bold, blocks)) if cell.is_bold else blocks)


def _bold(block: Block) -> Block:
    return block._replace(spans=tuple(span._replace(bold=True) for span in block.spans))


def whole_cell(cells: Sequence[SheetCell], said: Cell) -> SheetCell:
    """Return the cell that `cells` are, from above; `said` is what it said at first.

    What is struck through counts as deleted. What is repeated in each part (a rating) is said once;
    where it was changed in some of them only, that is what it says.
    """
    parts = [_as_meant(cell) for cell in cells]
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
            found[-1] = _one(found[-1], rest.pop(0), words)
        found += rest
    return tuple(found)


def _goes_on(upper: Block, lower: Block, said: Sequence[str]) -> bool:
    """Return whether a paragraph was cut between two blocks, by the paragraphs as they were."""
    tail = " ".join(fold(upper.words).split()[-_SEAM:])
    head = " ".join(fold(lower.words).split()[:_SEAM])
    if any(f"{tail} {head}" in words or f"{tail}{head}" in words for words in said):
        return True
    if any(words.startswith(head) or words.endswith(tail) for words in said):
        return False
    begin = " ".join(fold(upper.words).split()[:_SEAM])
    return any(begin in words for words in said)


def _one(upper: Block, lower: Block, said: Sequence[str]) -> Block:
    """Return two halves as one paragraph; a long word may have been cut, such as an address."""
    ends, begins = fold(upper.words).split(), fold(lower.words).split()
    is_word = bool(ends and begins) and any(ends[-1] + begins[0] in words for words in said)
    space = () if is_word else (Span(" "),)
    return upper._replace(spans=(*upper.spans, *space, *lower.spans))
