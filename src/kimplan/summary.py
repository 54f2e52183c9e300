"""How many recommendations stand where: counts by section, rating and lateness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import completed_late, is_overdue, promises


class Summary(NamedTuple):
    """Counts of some recommendations: `by_rating` has all ratings, `late` the overdue ones.

    `late_actions` are open actions that are overdue. Of the closed ones with a promised date and a
    day of completion, which are `completed` many, `completed_late` were completed after it.
    `undated` are open and have no date agreed; they are not overdue.
    """

    by_rating: dict[Rating, int]
    late: dict[Rating, int]
    late_actions: int = 0
    completed_late: int = 0
    completed: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_rating.values())

    @property
    def complete(self) -> int:
        """How many are complete."""
        return sum(number for rating, number in self.by_rating.items() if rating.is_complete)

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(self.late.values())


def summarise(items: Iterable[Recommendation], as_of: date) -> Summary:
    """Return the counts of `items` on the day `as_of`."""
    by_rating: Counter[Rating] = Counter()
    late: Counter[Rating] = Counter()
    late_actions, no_date = 0, 0
    days: list[int] = []
    for item in items:
        by_rating[item.rag] += 1
        if item.rag.is_open:
            late[item.rag] += is_overdue(item, as_of)
            no_date += item.lacks_date
        elif (days_late := completed_late(item)) is not None:
            days.append(days_late)
        if item.actions:
            timed = ((one, one.days_left(as_of)) for one in promises(item))
            late_actions += sum(one.action is not None and left < 0 for one, left in timed)
    return Summary(
        {r: by_rating[r] for r in Rating},
        {r: late[r] for r in Rating},
        late_actions,
        sum(one > 0 for one in days),
        len(days),
        no_date,
    )
