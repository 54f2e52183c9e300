"""The roles of plans and what they own, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf, Total, totals_by_owner
from kimplan.answers.naming import NO_OWNER
from kimplan.answers.tables.dates import PLAN
from kimplan.answers.tables.table import Field, Kind, Row, RowTable

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
    for of in plans:
        totals = {total.name: total for total in totals_by_owner([of], as_of)}
        roles = (owner.role for owner in of.plan.owners)
        for role in dict.fromkeys([*(role for role in roles if role in totals), *totals]):
            yield of.name, None if role == NO_OWNER else role, *total_values(totals[role])


def total_values(total: Total) -> Row:
    """Return the numbers of a total: those of the fields from the third on."""
    counts = total.summary
    return (
        counts.total,
        counts.complete,
        total.open,
        counts.undated,
        counts.overdue,
        counts.late_actions,
        total.due_soon,
    )
