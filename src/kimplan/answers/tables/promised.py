"""What is overdue in plans, as a table: recommendations and actions, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kimplan.answers.group import Owed, PlanOf, overdue_in
from kimplan.answers.tables.dates import (
    DAYS_LATE,
    DUE,
    FIRST_AGREED,
    PLAN,
    REF,
    due_values,
    written,
)
from kimplan.answers.tables.table import Field, Kind, Row, RowTable

OVERDUE_FIELDS = (
    PLAN,
    REF,
    Field("action", "Action no.", Kind.NUMBER, "The action that is overdue, by its number."),
    Field("title", "What is overdue", Kind.WORDS, "The recommendation's or the action's title."),
    *DUE,
    FIRST_AGREED,
    DAYS_LATE,
    Field("owners", "Owners", Kind.NAMES, "The roles whose it is."),
    Field("rag", "Rating as written", Kind.WORDS, "The recommendation's rating, as written."),
    Field("rating", "Rating", Kind.WORDS, "What the plan calls the rating."),
)


def overdue_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return what is overdue on the day `as_of`, oldest first.

    An overdue action stands below its recommendation, wherever that one or its latest action
    belongs.
    """
    return RowTable("overdue", OVERDUE_FIELDS, map(_row, overdue_in(plans, as_of)))


def _row(owed: Owed) -> Row:
    member, timed = owed
    promise = timed.promise
    item, action = promise.item, promise.action
    number = next((at for at, one in enumerate(item.actions, 1) if one is action), None)
    return (
        member.name,
        item.ref,
        number,
        promise.title,
        *due_values(promise.due),
        written(promise.first_agreed),
        timed.days,
        tuple(promise.owners),
        item.rag.word,
        member.plan.settings.ratings[item.rag].label,
    )
