"""What is overdue, oldest first."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.plan import Plan
from kimplan.plural import count
from kimplan.report.cells import line
from kimplan.report.document import Cell, Element
from kimplan.report.listing import actions_among, dated_columns, dated_row, listing
from kimplan.report.position import open_names
from kimplan.report.request import Request
from kimplan.schedule import overdue


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the open items and actions whose date has passed."""
    columns = dated_columns(plan.settings, "days_overdue", "Overdue by")
    late, names = overdue(plan, request.as_of), open_names(plan.settings.ratings)
    rows = [dated_row(promise, _late(days)) for promise, days in late]
    some = f"{names} items whose estimated completion date has passed, oldest first"
    some += f"{actions_among(late)}."
    none = f"No {names} item is past its estimated completion date."
    return listing(f"Overdue items ({len(rows)})", some if rows else none, columns, rows)


def _late(days: int) -> Cell:
    return Cell((line(count(days, "day"), bold=True),), days, late=True)
