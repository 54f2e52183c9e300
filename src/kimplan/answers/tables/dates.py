"""The fields and values that say a date in several ways."""

from __future__ import annotations

from datetime import date

from kimplan.answers.tables.table import Field, Kind, Row
from kimplan.model.due import Due

PLAN = Field("plan", "Plan", Kind.WORDS, "The plan's name among several; empty for one alone.")
REF = Field("ref", "Ref", Kind.WORDS, "The recommendation's ref.")
DUE = (
    Field("due", "Due as written", Kind.PROMISE, "What was promised, as the file writes it."),
    Field("due_shown", "Due", Kind.WORDS, "The same in words: `July 2024`."),
    Field("due_first_day", "First day", Kind.DAY, "The first day that the promise covers."),
    Field("due_last_day", "Last day", Kind.DAY, "The last day of it; late from the day after."),
)
FIRST_AGREED = Field(
    "first_agreed", "First agreed", Kind.PROMISE, "The date that was promised first."
)
DAYS_LATE = Field(
    "days_late", "Days late", Kind.NUMBER, "On the day of the export; empty if not overdue."
)


def due_values(due: Due | None) -> Row:
    """Return a date as written, in words, and its first and last day: the values of `DUE`."""
    if due is None:
        return None, None, None, None
    if not due.is_agreed:
        return due.text, str(due), None, None
    return due.text, str(due), due.first_day, due.last_day


def written(due: Due | None) -> str | None:
    """Return a date as the file writes it."""
    return due.text if due else None


def last_day(due: Due | None) -> date | None:
    """Return the last day that a date covers, None where none is agreed."""
    return due.last_day if due and due.is_agreed else None


def late(left: int | None) -> int | None:
    """Return by how many days something is late of which `left` are left, None if it is not."""
    return -left if left is not None and left < 0 else None
