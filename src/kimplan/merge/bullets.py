"""Bullets that a copy lost altogether: its table was pasted where its lists were unknown."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from kimplan.merge.base import BaseTable
from kimplan.merge.rows import Row
from kimplan.merge.sameness import bare, fold
from kimplan.model.prose import Block
from kimplan.report.document import Cell
from kimplan.sheet import SheetCell

_LEAST = 2  # recommendations with bullets, of which somebody hardly takes all away by hand


def are_lost(rows: Sequence[Row], known: BaseTable) -> bool:
    """Return whether no cell has a bullet any more, where those of several rows had some."""
    own = [row for row in rows if row.ref]
    had = {row.ref for row in own if any(map(_has_bullets, known.cells(row.ref)))}
    cells = (cell for row in own for part in row.parts for cell in part.values())
    return len(had) >= _LEAST and not any(map(_has_bullets, cells))


def _has_bullets(cell: Cell | SheetCell) -> bool:
    return any(block.bullet for block in cell.blocks)


def restored(blocks: Sequence[Block], said: Cell) -> tuple[Block, ...]:
    """Return `blocks` with the bullets of those that they were in what was `said`.

    So has a new one between two of a list; one below a list may be a paragraph, and stays one.
    """
    found, was = list(bare(blocks)), bare(said.blocks)
    words = [fold(block.words) for block in was], [fold(block.words) for block in found]
    for kind, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and b - a == d - c):
            found[c:d] = map(_as_item, found[c:d], was[a:b])
        elif kind == "insert" and 0 < a < len(was) and _are_one_list(was[a - 1], was[a]):
            found[c:d] = (_as_item(block, was[a]) for block in found[c:d])
    return tuple(found)


def _as_item(block: Block, was: Block) -> Block:
    return block._replace(level=was.level, bullet=True) if was.bullet else block


def _are_one_list(above: Block, below: Block) -> bool:
    return above.bullet and below.bullet and above.level == below.level
