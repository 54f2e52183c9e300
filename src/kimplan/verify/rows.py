"""Which rows of two tables are the same."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple, TypeAlias

Texts: TypeAlias = tuple[str, ...]


class Matched(NamedTuple):
    """The numbers of rows that belong together, of those that are gone, and of those added."""

    pairs: list[tuple[int, int]]
    gone: list[int]
    added: list[int]


def row_name(row: Texts) -> str:
    """Return what a row is known by: the first line of its first cell."""
    return row[0].partition("\n")[0] if row else ""


def match_rows(old: Sequence[Texts], new: Sequence[Texts]) -> Matched:
    """Return which rows of `old` stand in `new`: the same ones, and else those of one name.

    A row whose name was changed is known by its other cells.
    """
    pairs: list[tuple[int, int]] = []
    gone, added = list(range(len(old))), list(range(len(new)))
    for key in _KEYS:
        by_key: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for number in added:
            by_key[key(new[number])].append(number)
        found = [
            (number, alike.popleft()) for number in gone if (alike := by_key[key(old[number])])
        ]
        pairs += found
        used, taken = {said for said, _ in found}, {says for _, says in found}
        gone = [number for number in gone if number not in used]
        added = [number for number in added if number not in taken]
    return Matched(sorted(pairs), gone, added)


def _words(row: Texts) -> Hashable:
    """Return what a row says, wherever its cells were cut or its paragraphs end."""
    return tuple(" ".join(cell.split()) for cell in row)  # a seam is a space to `split`


def _rest(row: Texts) -> Hashable:
    return row[1:] or row


_KEYS: tuple[Callable[[Texts], Hashable], ...] = (_words, row_name, _rest)
