"""How many recommendations stand where: of all plans together, and of each section of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from kimplan.answers.group import PlanOf, Total, alone, due_soon_in
from kimplan.answers.naming import one_line
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.summary import summarise


def total_of(plans: Sequence[PlanOf], day: date) -> Total:
    """Return the counts of all recommendations of the plans."""
    items = [item for of in plans for item in of.plan.recommendations]
    return Total("", summarise(items, day), len(due_soon_in(plans, day)))


def totals_by_section(plan: Plan, day: date) -> list[Total]:
    """Return the counts of each section, in the order of the report."""
    items: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for item in plan.recommendations:
        items[item.section].append(item)
    owed = due_soon_in(alone(plan), day)
    soon = Counter(one.timed.promise.item.section for one in owed)
    return [
        Total(one_line(one.title), summarise(items[one.id], day), soon[one.id])
        for one in plan.settings.sections
    ]
