"""What falls due soon, earliest first."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.model.language import Language
from kimplan.model.plan import Plan
from kimplan.report.cells import cell
from kimplan.report.document import Cell, Element
from kimplan.report.listing import actions_among, dated_columns, dated_row, listing, next_days
from kimplan.report.position import open_names
from kimplan.report.request import Request
from kimplan.schedule import due_soon


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield the open items that fall due within the days that the plan's settings say."""
    settings, within = plan.settings, plan.settings.due_soon_days
    language, say = settings.language, settings.language.say
    columns = dated_columns(settings, "days_left", say("Due in"))
    soon = due_soon(plan, request.as_of, within)
    rows = [dated_row(promise, _left(days, language), language) for promise, days in soon]
    values = {"period": next_days(within, language), "names": open_names(settings)}
    heading = say("Due in the next {period} ({number})", number=len(rows), **values)
    if not rows:
        none = say("No {names} item falls due in the next {period}.", **values)
        return listing(heading, none, columns, rows)
    actions = actions_among(soon, language)
    some = say(
        "{names} items that fall due soon, earliest first{actions}.", actions=actions, **values
    )
    return listing(heading, some, columns, rows)


def _left(days: int, language: Language) -> Cell:
    return cell(language.counted(days, "day") if days else language.say("Due today"), value=days)
