"""Which row of a sheet is its header, and what its columns are called."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.intake.labels import Strength, fields_named, plain
from kimplan.intake.prose import clean, words_of
from kimplan.sheet import Sheet, SheetRow

_LOOKS_AT = 40  # rows below the sheet's top
_LONGEST_LABEL = 100
_SUBJECTS = frozenset({"recommendation", "title", "detail"})


class Header(NamedTuple):
    """Where a sheet's header stands, from row `first` to before row `end`, and its labels."""

    first: int
    end: int
    labels: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the labels are those of a plan's table."""
        named = _named(self.labels)
        subject = bool(_SUBJECTS & named) or {"ref", "response"} <= named
        return subject and len(named) >= 2


def find_header(sheet: Sheet) -> Header | None:
    """Return the header of `sheet`: the row whose labels name most fields, or None."""
    best: tuple[int, int] | None = None
    for at, row in enumerate(sheet.rows[:_LOOKS_AT]):
        score = _score(row)
        if score and (best is None or score > best[0]):
            best = score, at
    return _header(sheet, best[1]) if best else None


def _score(row: SheetRow) -> int:
    """Return how many fields the row's labels name, more where the file calls it a header."""
    texts = [words_of(cell.blocks) for cell in row.cells if not _repeats_aside(cell.across)]
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > _LONGEST_LABEL for text in filled):
        return 0
    named = _named(tuple(filled))
    sure = sum(_is_sure(text) for text in set(filled))
    if len(named) < 2 or not sure:
        return 0
    return 4 * len(named) + 2 * sure + row.is_header


def _repeats_aside(across: int) -> bool:
    return across > 2


def _is_sure(text: str) -> bool:
    return any(strength > Strength.MAY for _, strength in fields_named(text))


def _named(labels: tuple[str, ...]) -> set[str]:
    """Return the fields that the labels name, each label the first that no other has taken."""
    named: set[str] = set()
    for label in labels:
        free = [field for field, _ in fields_named(label) if field not in named]
        named.update(free[:1])
    return named


def _header(sheet: Sheet, at: int) -> Header:
    """Return the header at row `at`, with the labels of all rows that it covers."""
    end = min(at + max(cell.down for cell in sheet.rows[at].cells), len(sheet.rows))
    first = at
    while first and _covers(sheet.rows[first - 1], sheet.rows[first]):
        first -= 1
    if first != at:
        end = max(end, at + 1)
    labels = []
    for column in range(len(sheet.rows[at].cells)):
        texts = [clean(words_of(sheet.rows[row].cells[column].blocks)) for row in range(first, end)]
        labels.append(_label(list(dict.fromkeys(filter(None, texts)))))
    return Header(first, end, tuple(labels))


def _label(texts: list[str]) -> str:
    """Return a column's label: all its rows, or the lowest where only that names a field."""
    whole = " ".join(texts)
    is_named = not texts or fields_named(whole) or not fields_named(texts[-1])
    return whole if is_named else texts[-1]


def _covers(above: SheetRow, below: SheetRow) -> bool:
    """Return whether cells of the row `above` reach into the row `below`."""
    return any(
        cell.is_covered and over.down > 1 and over.text
        for over, cell in zip(above.cells, below.cells, strict=True)
    )


def is_same_header(row: SheetRow, header: Header) -> bool:
    """Return whether `row` says the header's labels again."""
    same = others = 0
    for cell, label in zip(row.cells, header.labels, strict=False):
        if not cell.blocks:
            continue
        words = words_of(cell.blocks)
        if len(words) > _LONGEST_LABEL:
            others += 1
        else:
            one, other = plain(words), plain(label)
            is_same = one == other or (len(one) > 2 and one in other.split(" "))
            same, others = same + is_same, others + (bool(one) and not is_same)
        if others > 1:
            return False
    return same >= 2
