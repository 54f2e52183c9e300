"""Every recommendation of the dashboard, with what it can be found by, and what is urgent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from kimplan.answers.board.figures import soon_of
from kimplan.answers.group import PlanOf
from kimplan.answers.listing import all_owners, is_late
from kimplan.answers.naming import NO_OWNER, one_line
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import Timed, overdue


class Entry(NamedTuple):
    """A recommendation; `of` is its plan, and the place of that among the plans is `at`.

    `rating` is its rating as all plans are counted, `section` its section's title. `owners` are
    those of the recommendation and of its open actions, `No owner` if there are none. It is late
    or falls due soon if it does itself, or an action.
    """

    at: int
    of: PlanOf
    item: Recommendation
    rating: Rating
    section: str
    owners: tuple[str, ...]
    is_late: bool
    is_soon: bool


class Urgent(NamedTuple):
    """A promise that is overdue or falls due soon, by so many days; `at` is its plan's place."""

    at: int
    of: PlanOf
    timed: Timed


def entries(plans: Sequence[PlanOf], scheme: Scheme, day: date) -> tuple[Entry, ...]:
    """Return the recommendations of all plans, in the order of each plan's report."""
    return tuple(
        entry for at, one in enumerate(plans) for entry in _entries(at, one, scheme, day)
    )


def _entries(at: int, of: PlanOf, scheme: Scheme, day: date) -> Iterator[Entry]:
    plan = of.plan
    titles = {section.id: one_line(section.title) for section in plan.settings.sections}
    soon = {one.item.ref for one, _ in soon_of(plan, day)}
    for item in plan.recommendations:
        yield Entry(
            at,
            of,
            item,
            scheme.nearest(item.rag),
            titles[item.section],
            all_owners(item) or (NO_OWNER,),
            is_late(item, day),
            item.ref in soon,
        )


def late_of(plans: Sequence[PlanOf], day: date) -> tuple[Urgent, ...]:
    """Return what is overdue in all plans, oldest first; actions below their recommendation."""
    return _urgent(plans, lambda plan: overdue(plan, day), lambda days: -max(days))


def soon_in(plans: Sequence[PlanOf], day: date) -> tuple[Urgent, ...]:
    """Return what falls due soon in all plans, each by its own settings, soonest first."""
    return _urgent(plans, lambda plan: soon_of(plan, day), min)


def _urgent(
    plans: Sequence[PlanOf],
    find: Callable[[Plan], list[Timed]],
    rank: Callable[[list[int]], int],
) -> tuple[Urgent, ...]:
    found = [
        [Urgent(at, one, timed) for timed in group]
        for at, one in enumerate(plans)
        for _, group in groupby(find(one.plan), lambda timed: timed.promise.item.ref)
    ]
    found.sort(key=lambda group: rank([one.timed.days for one in group]))
    return tuple(one for group in found for one in group)
