"""Rows of a plan's table that head a section, and those that are notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kimplan.intake.prose import tidy, words_of
from kimplan.intake.refs import looks_like_a_ref
from kimplan.intake.tables import Part
from kimplan.model.prose import Span
from kimplan.sheet import SheetCell, SheetRow

NOTE = re.compile(
    r"(?:(?:\S+ )?(?:grand |sub-?)?totals?\b.{0,30}\Z|(?:notes?|key|legend|sources?) *(?::|\Z)"
    r"|prepared by|last updated|document control|version [0-9]|\*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(r"(?:section|part|theme|chapter)s? [0-9A-Z]{1,3}[.:]?", re.IGNORECASE)
SUBJECTS = ("recommendation", "title", "detail")


def is_heading(cell: SheetCell, row: SheetRow, part: Part) -> bool:
    """Return whether the only cell of a row heads a section."""
    at = next(n for n, one in enumerate(row.cells) if one is cell)
    text = words_of(cell.blocks)
    if NOTE.match(text) or looks_like_a_ref(text):
        return False
    if cell.across > 1 or cell.is_heading:
        return True
    field = part.columns[at].field
    if at == 0 or field in {"ref", "section"}:
        return True
    return field in SUBJECTS and len(text) < 80 and not text.endswith(".")


def is_numbered_heading(own: Sequence[SheetCell], row: SheetRow) -> bool:
    """Return whether a row is a section's number and a title that reaches over the columns."""
    if len(own) != 2 or own[0] is not row.cells[0]:
        return False
    has_name = _NAMED.fullmatch(" ".join(own[0].text.split()))
    reaches = own[0].across + own[1].across == len(row.cells) and own[1].across > 2
    return bool(has_name) or (reaches and looks_like_a_ref(own[0].text))


def as_one(own: Sequence[SheetCell]) -> SheetCell:
    """Return cells as one whose first line begins with the number."""
    number, title = own
    first, *rest = tidy(title.blocks)
    lead = Span(f"{words_of(number.blocks)} ")
    return title._replace(blocks=(first._replace(spans=(lead, *first.spans)), *rest))
