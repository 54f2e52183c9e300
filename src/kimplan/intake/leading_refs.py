"""Refs that stand in front of the recommendation's words, where no column has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kimplan.intake.columns import Column
from kimplan.intake.entry import Cell, Entry
from kimplan.intake.progress import without_beginning
from kimplan.intake.refs import read_ref
from kimplan.model.prose import Block, Span
from kimplan.sheet import SheetCell

_LEAD = re.compile(
    r"((?:(?:rec|recommendation|order|action)s?\.? ?)?[A-Za-z]{0,5}-?[0-9]{1,3}"
    r"(?:\.[0-9]{1,3}){0,3})"
    r"(?: ?[.:)] | ?[–—-] |: ?)\s*(?=\S)",
    re.IGNORECASE,
)
_REF = Column("Ref", "ref")
_SUBJECTS = ("recommendation", "title")


def with_leading_refs(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the records with the refs that each begins with, or as they are if any has none."""
    if any(entry.of("ref") for entry in entries):
        return tuple(entries)
    found = [_parted(entry) for entry in entries]
    whole = [one for one in found if one]
    refs = {read_ref(one.text("ref")).casefold() for one in whole}
    return tuple(whole) if len(refs) == len(entries) else tuple(entries)


def _parted(entry: Entry) -> Entry | None:
    """Return a record with its ref in a cell of its own, or None if it begins with none."""
    for at, one in enumerate(entry.cells):
        if one.column.field in _SUBJECTS and one.cell.blocks:
            first, *rest = one.cell.blocks
            found = _LEAD.match(first.words)
            text, end = (found[1], found.end()) if found else (first.marker, 0)
            if not read_ref(text):
                return None
            kept = without_beginning(first, end)
            cells = list(entry.cells)
            cells[at] = Cell(one.column, one.cell._replace(blocks=(kept, *rest)))
            cells.insert(0, Cell(_REF, _cell(text)))
            return Entry(cells, entry.section, entry.place, entry.is_hidden)
    return None


def _cell(text: str) -> SheetCell:
    return SheetCell((Block((Span(text),)),))
