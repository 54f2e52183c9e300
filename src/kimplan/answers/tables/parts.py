"""What the recommendations of plans hold many of: actions, moved dates, evidence and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf
from kimplan.answers.tables.dates import (
    DAYS_LATE,
    DUE,
    FIRST_AGREED,
    PLAN,
    REF,
    due_values,
    last_day,
    late,
    written,
)
from kimplan.answers.tables.table import Field, Kind, Row, RowTable
from kimplan.model.recommendation import Action, Recommendation, Revision
from kimplan.schedule import promises

_NUMBER = Field("number", "No.", Kind.NUMBER, "Its place in the file's list, from 1.")
ACTION_FIELDS = (
    PLAN,
    REF,
    _NUMBER,
    Field("title", "Action", Kind.WORDS, "What is to be done."),
    Field("owner", "Owner", Kind.WORDS, "The role that does it."),
    *DUE,
    FIRST_AGREED,
    DAYS_LATE,
    Field("done", "Done", Kind.DAY, "The day on which it was done."),
)
REVISION_FIELDS = (
    PLAN,
    REF,
    Field("action", "Action no.", Kind.NUMBER, "The action whose date moved, by its number."),
    Field("action_title", "Action", Kind.WORDS, "What that action is."),
    _NUMBER,
    Field("from", "From", Kind.PROMISE, "The date before the move."),
    Field("from_last_day", "From, last day", Kind.DAY, "The last day of that date."),
    Field("to", "To", Kind.PROMISE, "The date after the move."),
    Field("to_last_day", "To, last day", Kind.DAY, "The last day of that date."),
    Field("reason", "Reason", Kind.PROSE, "Why it was moved."),
    Field("agreed_by", "Agreed by", Kind.WORDS, "Who agreed to it."),
    Field("on", "Moved on", Kind.DAY, "The day on which it was moved."),
)
EVIDENCE_FIELDS = (
    PLAN,
    REF,
    _NUMBER,
    Field("title", "Evidence", Kind.WORDS, "What it is."),
    Field("link", "Link", Kind.LINK, "Where it is."),
    Field("expires", "Expires", Kind.PROMISE, "Until when it counts."),
    Field("expires_last_day", "Expires, last day", Kind.DAY, "The last day of that date."),
)
PROGRESS_FIELDS = (
    PLAN,
    REF,
    _NUMBER,
    Field("on", "Day", Kind.DAY, "The day of the note."),
    Field("by", "By", Kind.WORDS, "Who wrote it."),
    Field("note", "Note", Kind.PROSE, "What has happened."),
)


def action_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return all actions as on the day `as_of`, in the order of the files."""
    rows = (row for name, item in _items(plans) for row in _actions(name, item, as_of))
    return RowTable("actions", ACTION_FIELDS, rows)


def revision_rows(plans: Sequence[PlanOf]) -> RowTable:
    """Return each move of a date, those of a recommendation before those of its actions."""
    rows = (row for name, item in _items(plans) for row in _revisions(name, item))
    return RowTable("revisions", REVISION_FIELDS, rows)


def evidence_rows(plans: Sequence[PlanOf]) -> RowTable:
    """Return all evidence, in the order of the files."""
    rows = (
        (
            name,
            item.ref,
            number,
            proof.title,
            proof.link,
            written(proof.expires),
            last_day(proof.expires),
        )
        for name, item in _items(plans)
        for number, proof in enumerate(item.evidence, 1)
    )
    return RowTable("evidence", EVIDENCE_FIELDS, rows)


def progress_rows(plans: Sequence[PlanOf]) -> RowTable:
    """Return all progress notes, oldest first in each recommendation."""
    rows = (
        (name, item.ref, number, note.on, note.by, note.note)
        for name, item in _items(plans)
        for number, note in enumerate(item.progress, 1)
    )
    return RowTable("progress", PROGRESS_FIELDS, rows)


def _items(plans: Sequence[PlanOf]) -> Iterator[tuple[str, Recommendation]]:
    for member in plans:
        for item in member.plan.recommendations:
            yield member.name, item


def _actions(name: str, item: Recommendation, as_of: date) -> Iterator[Row]:
    if not item.actions:
        return
    left = {id(one.action): one.days_left(as_of) for one in promises(item) if one.action}
    for number, action in enumerate(item.actions, 1):
        yield (
            name,
            item.ref,
            number,
            action.title,
            action.owner,
            *due_values(action.due),
            written(action.first_agreed),
            late(left.get(id(action))),
            action.done,
        )


def _revisions(name: str, item: Recommendation) -> Iterator[Row]:
    for number, move in enumerate(item.revisions, 1):
        yield _revision(name, item, None, None, number, move)
    for place, action in enumerate(item.actions, 1):
        for number, move in enumerate(action.revisions, 1):
            yield _revision(name, item, place, action, number, move)


def _revision(
    name: str,
    item: Recommendation,
    place: int | None,
    action: Action | None,
    number: int,
    move: Revision,
) -> Row:
    return (
        name,
        item.ref,
        place,
        action.title if action else None,
        number,
        move.from_.text,
        last_day(move.from_),
        move.to.text,
        last_day(move.to),
        move.reason,
        move.agreed_by,
        move.on,
    )
