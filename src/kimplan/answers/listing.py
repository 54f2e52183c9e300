"""Filtered recommendations: ``kimplan list``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kimplan.answers.answer import Answer, Column, Line, Part, Table, Tone
from kimplan.answers.columns import date_column, later_facts_line, rating_column, rating_tones
from kimplan.answers.group import (
    PlanOf,
    alone,
    plan_cell,
    plan_column,
    plan_key,
    total_parts,
    totals_data,
)
from kimplan.answers.naming import item_data, named, one_line, promised, undated_sentence
from kimplan.answers.where import Condition, meets
from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.schedule import Promise, later_facts, promises, undated


class Filters(NamedTuple):
    """What is wanted; what is left empty does not matter.

    `owners` are parts of roles, in small letters or capitals; `sections` are ids.
    """

    ratings: Sequence[Rating] = ()
    owners: Sequence[str] = ()
    sections: Sequence[str] = ()
    is_overdue: bool = False
    conditions: Sequence[Condition] = ()


class Wanted(NamedTuple):
    """One of the plans, and what is wanted of it: None where it can hold nothing of the kind."""

    of: PlanOf
    filters: Filters | None


def answer_list(plan: Plan, filters: Filters, as_of: date) -> Answer:
    """Return the recommendations that pass the filters, in the order of the report."""
    return answer_list_in([Wanted(of, filters) for of in alone(plan)], as_of)


def chosen(wanted: Wanted, as_of: date) -> list[Recommendation]:
    """Return the recommendations of a plan that pass its filters, in the order of the report."""
    filters = wanted.filters
    if filters is None:
        return []
    return [item for item in wanted.of.plan.recommendations if _passes(item, filters, as_of)]


def chosen_promises(wanted: Wanted, as_of: date) -> list[Promise]:
    """Return what is still promised of those recommendations.

    Of an owner it is what that one does, and of what is overdue nothing that is not.
    """
    filters = wanted.filters or Filters()
    return [
        promise
        for item in chosen(wanted, as_of)
        for promise in promises(item)
        if (not filters.owners or _is_any_of(promise.owners, filters.owners))
        and (not filters.is_overdue or promise.days_left(as_of) < 0)
    ]


def only_chosen(wanted: Sequence[Wanted], as_of: date) -> list[PlanOf]:
    """Return the plans with nothing but the recommendations that pass their filters."""
    return [_with(one.of, chosen(one, as_of)) for one in wanted]


def answer_list_in(wanted: Sequence[Wanted], as_of: date) -> Answer:
    """Return the same of several plans, one after the other, with the totals of each and owner."""
    plans = [one.of for one in wanted]
    by_plan = [(one.of, chosen(one, as_of)) for one in wanted]
    found = [(of, item) for of, items in by_plan for item in items]
    everything = [item for of in plans for item in of.plan.recommendations]
    tones: dict[str, Tone] = {}
    for of in plans:
        tones |= rating_tones(of.plan.settings.ratings)
    columns = (
        *plan_column(plans),
        Column("Ref"),
        Column("Recommendation", share=3),
        rating_column(tones),
        date_column("Date"),
        Column("Owner", share=2),
    )
    rows = [row for of, items in by_plan for row in _rows(of, items)]
    parts: list[Part] = [Table(columns, rows)] if rows else []
    parts.append(_total(len(found), len(everything), as_of))
    if no_date := undated(item for _, item in found):
        parts.append(Line(undated_sentence(len(no_date))))
    parts += total_parts(_only(plans, found), as_of)
    # What has happened since may be why something is not listed, so all of the plan counts.
    parts += later_facts_line(everything, as_of)

    def data() -> dict[str, Any]:
        items = [plan_key(of) | item_data(item, of.plan, as_of) for of, item in found]
        return {
            "as_of": as_of.isoformat(),
            "later_facts": len(later_facts(everything, as_of)),
            "recommendations": items,
            "total": len(everything),
        } | totals_data(_only(plans, found), as_of)

    return Answer(tuple(parts), data)


def _only(plans: Sequence[PlanOf], found: Sequence[tuple[PlanOf, Recommendation]]) -> list[PlanOf]:
    """Return the plans with nothing but what was found in them, which the totals are of."""
    kept: dict[str, list[Recommendation]] = {of.name: [] for of in plans}
    for of, item in found:
        kept[of.name].append(item)
    return [_with(of, kept[of.name]) for of in plans]


def _with(of: PlanOf, items: Sequence[Recommendation]) -> PlanOf:
    return PlanOf(of.name, of.plan._replace(recommendations=tuple(items)))


def _rows(of: PlanOf, items: Iterable[Recommendation]) -> Iterator[tuple[str, ...]]:
    ratings, name = of.plan.settings.ratings, plan_cell(of)

    @cache
    def words(rating: Rating) -> tuple[str, str]:
        """Return the label of a rating, and what stands in place of its date."""
        return one_line(ratings[rating].label), one_line(ratings.date_text(rating) or "")

    for item in items:
        label, no_date = words(item.rag)
        day = promised(item) or no_date
        yield (*name, item.ref, one_line(item.title), label, day, named(item.owners))


def _passes(item: Recommendation, filters: Filters, as_of: date) -> bool:
    return (
        (not filters.ratings or item.rag in filters.ratings)
        and (not filters.sections or item.section in filters.sections)
        and (not filters.owners or _is_owned(item, filters.owners))
        and (not filters.is_overdue or is_late(item, as_of))
        and (not filters.conditions or meets(item, filters.conditions))
    )


def _is_owned(item: Recommendation, owners: Sequence[str]) -> bool:
    return _is_any_of(all_owners(item), owners)


def _is_any_of(roles: Iterable[str], owners: Sequence[str]) -> bool:
    names = [role.casefold() for role in roles]
    return any(part.casefold() in role for part in owners for role in names)


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
