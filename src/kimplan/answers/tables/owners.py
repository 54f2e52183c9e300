"""The roles of plans and what they own, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf
from kimplan.answers.naming import NO_OWNER
from kimplan.answers.overdue import Grouping, groups
from kimplan.answers.summary import summaries
from kimplan.answers.tables.dates import PLAN
from kimplan.answers.tables.table import Field, Kind, Row, RowTable
from kimplan.schedule import due_soon

OWNER_FIELDS = (
    PLAN,
    Field("role", "Owner", Kind.WORDS, "The role; empty for what nobody owns."),
    Field("total", "Recommendations", Kind.NUMBER, "How many it owns."),
    Field("complete", "Complete", Kind.NUMBER, "How many of them are complete."),
    Field("open", "Open", Kind.NUMBER, "How many of them are open."),
    Field("undated", "No date agreed", Kind.NUMBER, "How many of those have no date agreed."),
    Field("overdue", "Overdue", Kind.NUMBER, "How many of those are overdue."),
    Field("overdue_actions", "Actions overdue", Kind.NUMBER, "Its actions that are overdue."),
    Field("due_soon", "Due soon", Kind.NUMBER, "Recommendations and actions that fall due soon."),
)


def owner_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return what each role owns on the day `as_of`, in the order of the owners' file.

    A recommendation of several owners counts for each. What falls due soon is what the report of
    each plan says.
    """
    return RowTable("owners", OWNER_FIELDS, _rows(plans, as_of))


def _rows(plans: Sequence[PlanOf], as_of: date) -> Iterator[Row]:
    for name, plan in plans:
        soon = due_soon(plan, as_of, plan.settings.due_soon_days)
        by_owner = {role: len(found) for role, found in groups(plan, soon, Grouping.OWNER)}
        for role, counts in summaries(plan, Grouping.OWNER, as_of):
            is_open = sum(number for rating, number in counts.by_rating.items() if rating.is_open)
            yield (
                name,
                None if role == NO_OWNER else role,
                counts.total,
                counts.complete,
                is_open,
                counts.undated,
                counts.overdue,
                counts.late_actions,
                by_owner.get(role, 0),
            )
