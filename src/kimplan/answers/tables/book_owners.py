"""The rows of a workbook about roles and plans: the registry of owners, and totals by plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kimplan.answers.group import PlanOf, totals_by_plan
from kimplan.answers.naming import NO_OWNER
from kimplan.answers.tables.dates import PLAN
from kimplan.answers.tables.owners import OWNER_FIELDS, owner_rows, total_values
from kimplan.answers.tables.table import Field, Kind, Row, RowTable, Value

_REGISTRY = (
    Field("name", "Name", Kind.WORDS, "Who holds the role."),
    Field("email", "E-mail", Kind.WORDS, "That person's address."),
    Field("handle", "Handle", Kind.WORDS, "That person's name on the forge."),
)
SHEET_FIELDS = (*OWNER_FIELDS[:2], *_REGISTRY, *OWNER_FIELDS[2:])
PLAN_SHEET_FIELDS = (
    PLAN,
    Field("plan_title", "Title", Kind.WORDS, "The plan's title."),
    *OWNER_FIELDS[2:],
)
_NOTHING = (0,) * len(OWNER_FIELDS[2:])


def owner_sheet_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return every role, who holds it as far as the plans say, and what it owns.

    Those of the owners' file come first, in its order.
    """
    return RowTable("owners", SHEET_FIELDS, _rows(plans, as_of))


def _rows(plans: Sequence[PlanOf], as_of: date) -> Iterator[Row]:
    for member in plans:
        counted = {row[1]: row for row in owner_rows([member], as_of).rows}
        known = {owner.role: owner for owner in member.plan.owners}
        for role in dict.fromkeys([*known, *counted]):
            owner = known.get(str(role))
            person: tuple[Value, ...] = (
                (owner.name, owner.email, owner.handle) if owner else (None,) * 3
            )
            numbers = counted[role][2:] if role in counted else _NOTHING
            yield (member.name, role or NO_OWNER, *person, *numbers)


def plan_rows(plans: Sequence[PlanOf], as_of: date) -> RowTable:
    """Return the totals of each plan on the day `as_of`."""
    pairs = zip(plans, totals_by_plan(plans, as_of), strict=True)
    rows = ((of.name, of.plan.settings.title, *total_values(total)) for of, total in pairs)
    return RowTable("plans", PLAN_SHEET_FIELDS, rows)
