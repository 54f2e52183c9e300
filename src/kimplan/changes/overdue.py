"""What became overdue between two times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.schedule import days_left, is_overdue

if TYPE_CHECKING:
    from kimplan.changes.between import Between
    from kimplan.model.recommendation import Recommendation


def newly_overdue(between: Between) -> list[Recommendation]:
    """Return what is overdue at the later time and was not at the earlier one, oldest first.

    What the earlier state could not tell is not among it.
    """
    found = []
    for item in between.items:
        ref = item.ref.casefold()
        before = between.earlier.get(ref)
        is_known = before is not None or ref not in between.earlier
        was_late = before is not None and is_overdue(before, between.since_day)
        if is_known and not was_late and is_overdue(item, between.until_day):
            found.append(item)
    return sorted(found, key=lambda item: days_left(item, between.until_day) or 0)
