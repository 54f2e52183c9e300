"""What a reader saw beside the words, as it is said of a copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kimplan.merge.rows import Row
from kimplan.model.due import show_day
from kimplan.sheet import Remark, RemarkKind, Sheet

_LONGEST = 200


def who(remark: Remark) -> str:
    """Return who wrote or changed something, and when: `` by Ann of 3 June 2024``."""
    by = f" by {remark.by}" if remark.by else ""
    return f"{by} of {show_day(remark.on)}" if remark.on else by


def quoted(remark: Remark) -> str:
    """Return the beginning of a remark's words behind a colon; empty where it has none."""
    words = " ".join(remark.text.split())
    return f": “{words[:_LONGEST]}”" if words else ""


def of_cell(label: str, remark: Remark) -> str:
    """Return what is said of a remark in the cell of a column."""
    match remark.kind:
        case RemarkKind.TRACKED:
            return f"{label} has tracked changes{who(remark)}, taken as accepted"
        case RemarkKind.STRUCK:
            return f"{label}: {remark.kind}{quoted(remark)}, which counts as deleted"
    return f"{label}: {remark.kind}{quoted(remark)}, which stays in Word"


def elsewhere(sheets: Sequence[Sheet], rows: Sequence[Row]) -> Iterator[Remark]:
    """Yield the remarks in the tables' cells that are none of the recommendations'."""
    read = {id(cell) for row in rows if row.ref for part in row.parts for cell in part.values()}
    for sheet in sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if id(cell) not in read:
                    yield from cell.remarks
