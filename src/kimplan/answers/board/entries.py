"""Every recommendation of the dashboard, with what it can be found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.group import PlanOf, due_soon_in
from kimplan.answers.listing import all_owners, is_late
from kimplan.answers.naming import NO_OWNER, one_line
from kimplan.model.recommendation import Recommendation


class Entry(NamedTuple):
    """A recommendation; `of` is its plan, and the place of that among the plans is `at`.

    `section` is its section's title. `owners` are those of the recommendation and of its open
    actions, `NO_OWNER` if there are none. It is late or falls due soon if it does itself, or an
    action of it.
    """

    at: int
    of: PlanOf
    item: Recommendation
    section: str
    owners: tuple[str, ...]
    is_late: bool
    is_soon: bool


def entries(plans: Sequence[PlanOf], day: date) -> tuple[Entry, ...]:
    """Return the recommendations of all plans, in the order of each plan's report."""
    return tuple(entry for at, of in enumerate(plans) for entry in _entries(at, of, day))


def _entries(at: int, of: PlanOf, day: date) -> Iterator[Entry]:
    titles = {one.id: one_line(one.title) for one in of.plan.settings.sections}
    soon = {owed.timed.promise.item.ref for owed in due_soon_in([of], day)}
    for item in of.plan.recommendations:
        owners = all_owners(item) or (NO_OWNER,)
        late, is_soon = is_late(item, day), item.ref in soon
        yield Entry(at, of, item, titles[item.section], owners, late, is_soon)
