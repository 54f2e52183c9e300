"""Rows of a plan's table that head a section, and those that are notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kimplan.intake.headers import is_same_header
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


def title_of_header(part: Part) -> SheetCell | None:
    """Return the cell above a header if it heads a section: such a row heads each header below."""
    rows, at = part.sheet.rows, part.header.first - 1
    alone = _alone(rows[at]) if at >= 0 else None
    heads_each = any(
        _alone(row) and is_same_header(below, part.header)
        for row, below in pairwise(rows[part.header.end :])
    )
    return alone if heads_each else None


def _alone(row: SheetRow) -> SheetCell | None:
    """Return the cell that a row consists of, if there is but one."""
    own = [cell for cell in row.cells if not cell.is_covered and not cell.is_blank]
    return own[0] if len(own) == 1 and own[0].across > 1 else None


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
