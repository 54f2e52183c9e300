"""How many recommendations stand where: counts by section, rating and lateness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.schedule import is_overdue


class Summary(NamedTuple):
    """Counts of some recommendations: `by_rating` has all four ratings, `late` the overdue ones."""

    by_rating: dict[Rating, int]
    late: dict[Rating, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_rating.values())

    @property
    def overdue(self) -> int:
        """How many are overdue."""
        return sum(self.late.values())


def summarise(items: Iterable[Recommendation], as_of: date) -> Summary:
    """Return the counts of `items` on the day `as_of`."""
    by_rating: Counter[Rating] = Counter()
    late: Counter[Rating] = Counter()
    for item in items:
        by_rating[item.rag] += 1
        late[item.rag] += is_overdue(item, as_of)
    return Summary({r: by_rating[r] for r in Rating}, {r: late[r] for r in Rating})
