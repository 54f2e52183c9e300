"""Filtered recommendations: ``kimplan list``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.answer import Answer, Column, Line, Part, Table
from kimplan.answers.naming import (
    date_column,
    item_data,
    later_facts_line,
    named,
    one_line,
    promised,
    rating_column,
    undated_sentence,
)
from kimplan.answers.where import Condition, meets
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import later_facts, promises, undated


class Filters(NamedTuple):
    """What is wanted; what is left empty does not matter.

    `owners` are parts of roles, in small letters or capitals; `sections` are ids.
    """

    ratings: Sequence[Rating] = ()
    owners: Sequence[str] = ()
    sections: Sequence[str] = ()
    is_overdue: bool = False
    conditions: Sequence[Condition] = ()


def answer_list(plan: Plan, filters: Filters, as_of: date) -> Answer:
    """Return the recommendations that pass the filters, in the order of the report."""
    items = [item for item in plan.recommendations if _passes(item, filters, as_of)]
    labels = plan.settings.ratings
    date_texts = {rating: one_line(labels.date_text(rating) or "") for rating in Rating}
    columns = (
        Column("Ref"),
        Column("Recommendation", share=3),
        rating_column(labels),
        date_column("Date"),
        Column("Owner", share=2),
    )
    names = {rating: one_line(labels[rating].label) for rating in Rating}
    rows = [
        (
            item.ref,
            one_line(item.title),
            names[item.rag],
            promised(item) or date_texts[item.rag],
            named(item.owners),
        )
        for item in items
    ]
    parts: list[Part] = [Table(columns, rows)] if rows else []
    parts.append(_total(len(items), len(plan.recommendations), as_of))
    if no_date := undated(items):
        parts.append(Line(undated_sentence(len(no_date))))
    # What has happened since may be why something is not listed, so all of the plan counts.
    parts += later_facts_line(plan.recommendations, as_of)
    data = {
        "as_of": as_of.isoformat(),
        "later_facts": len(later_facts(plan.recommendations, as_of)),
        "recommendations": [item_data(item, plan, as_of) for item in items],
        "total": len(plan.recommendations),
    }
    return Answer(tuple(parts), data)


def _passes(item: Recommendation, filters: Filters, as_of: date) -> bool:
    return (
        (not filters.ratings or item.rag in filters.ratings)
        and (not filters.sections or item.section in filters.sections)
        and (not filters.owners or _is_owned(item, filters.owners))
        and (not filters.is_overdue or is_late(item, as_of))
        and meets(item, filters.conditions)
    )


def _is_owned(item: Recommendation, owners: Sequence[str]) -> bool:
    roles = [role.casefold() for role in all_owners(item)]
    return any(part.casefold() in role for part in owners for role in roles)


def all_owners(item: Recommendation) -> tuple[str, ...]:
    """Return whose a recommendation is, and whose its open actions are, each role once."""
    open_actions = (action.owner for action in item.actions if action.is_open)
    return tuple(dict.fromkeys((*item.owners, *filter(None, open_actions))))


def is_late(item: Recommendation, as_of: date) -> bool:
    """Return whether the recommendation or one of its actions is overdue."""
    return any(promise.days_left(as_of) < 0 for promise in promises(item))


def _total(found: int, total: int, as_of: date) -> Line:
    day = show_day(as_of)
    if found == total:
        return Line(f"{count(total, 'recommendation')} on {day}.")
    number = f"{found:,}" if found else "None"
    return Line(f"{number} of {count(total, 'recommendation')} on {day}.")
