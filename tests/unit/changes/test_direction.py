"""Which way a rating went."""

from __future__ import annotations

import pytest
from conftest import AS_OF, make_item

from kimplan.changes.between import Between
from kimplan.changes.direction import Direction, direction_of
from kimplan.model.rating import Rating

RANKS = {
    Rating.RED: 0,
    Rating.AMBER: 1,
    Rating.ON_TRACK: 2,
    Rating.GREEN: 3,
    Rating.BLUE: 3,
}


@pytest.mark.parametrize("after", Rating)
@pytest.mark.parametrize("before", Rating)
def test_red_is_worst_and_what_is_complete_best_by_any_name(before: Rating, after: Rating) -> None:
    if before is after or {before, after} == {Rating.GREEN, Rating.BLUE}:
        expected = Direction.SAME
    elif Rating.NOT_APPLICABLE in {before, after}:
        expected = None
    else:
        expected = Direction.BETTER if RANKS[after] > RANKS[before] else Direction.WORSE
    was, now = make_item(rag=before), make_item(ref="Rec1", rag=after)
    between = Between("a", "b", AS_OF, AS_OF, [], [now], {"rec1": was})
    assert direction_of(between, now) is expected


def test_what_was_not_there_is_new_and_what_was_broken_has_none() -> None:
    item = make_item()
    assert direction_of(Between("a", "b", AS_OF, AS_OF, [], [item], {}), item) is Direction.NEW
    broken = Between("a", "b", AS_OF, AS_OF, [], [item], {"rec1": None})
    assert direction_of(broken, item) is None
