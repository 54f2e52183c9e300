"""What falls due soon, earliest first."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.plan import Plan
from kimplan.plural import count
from kimplan.report.cells import cell
from kimplan.report.document import Cell, Element
from kimplan.report.listing import actions_among, dated_columns, dated_row, listing
from kimplan.report.position import open_names
from kimplan.report.request import Request
from kimplan.schedule import due_soon


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the open items that fall due within the days that the plan's settings say."""
    settings, within = plan.settings, plan.settings.due_soon_days
    columns = dated_columns(settings, "days_left", "Due in")
    soon = due_soon(plan, request.as_of, within)
    rows = [dated_row(promise, _left(days)) for promise, days in soon]
    period = count(within, "day") if within > 1 else "day"
    names = open_names(settings.ratings)
    some = f"{names} items that fall due soon, earliest first{actions_among(soon)}."
    none = f"No {names} item falls due in the next {period}."
    heading = f"Due in the next {period} ({len(rows)})"
    return listing(heading, some if rows else none, columns, rows)


def _left(days: int) -> Cell:
    return cell(count(days, "day") if days else "Due today", value=days)
