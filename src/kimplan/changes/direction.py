"""Which way a recommendation's rating went between two times."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kimplan.changes.between import Between
    from kimplan.model.recommendation import Recommendation


class Direction(enum.StrEnum):
    """Where a rating stands, held against an earlier time."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"


def direction_of(between: Between, item: Recommendation) -> Direction | None:
    """Return which way the rating of `item`, one of the later state, went.

    Red is worse than amber, amber than what is on track, and that than what is complete.
    Not-applicable is neither better nor worse than any of them, so that a change to it or from it
    has no direction: None. None, too, where the earlier state could not be understood. A
    recommendation that was renumbered is held against what it was; one that was not there is new.
    """
    from kimplan.changes.fields import is_better

    ref = item.ref.casefold()
    if ref not in between.earlier:
        return Direction.NEW
    before = between.earlier[ref]
    if before is None:
        return None
    if before.rag is item.rag or (before.rag.is_complete and item.rag.is_complete):
        return Direction.SAME
    better = is_better(before.rag, item.rag)
    if better is None:
        return None
    return Direction.BETTER if better else Direction.WORSE
