"""What is late and what falls due: pure questions of a plan and a date."""

from __future__ import annotations

from datetime import date

from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation


def days_left(item: Recommendation, as_of: date) -> int | None:
    """Return the days from `as_of` to the last day that the due date covers, negative when late.

    None when nothing is promised any more, because the rating is not amber or red.
    """
    if item.due is None or not item.rag.is_open:
        return None
    return (item.due.last_day - as_of).days


def slippage(item: Recommendation) -> int | None:
    """Return the days from the first agreed date to the due date, each at its last day.

    None when nothing is promised any more.
    """
    if item.due is None or item.first_agreed is None or not item.rag.is_open:
        return None
    return (item.due.last_day - item.first_agreed.last_day).days


def completed_late(item: Recommendation) -> int | None:
    """Return the days from the last day of the due date to the completion, negative when early.

    None where either is missing.
    """
    if item.due is None or item.completed is None:
        return None
    return (item.completed - item.due.last_day).days


def is_overdue(item: Recommendation, as_of: date) -> bool:
    """Return whether `item` is amber or red and the last day of its due date is before `as_of`."""
    left = days_left(item, as_of)
    return left is not None and left < 0


def overdue(plan: Plan, as_of: date) -> list[tuple[Recommendation, int]]:
    """Return the overdue recommendations and how many days late each is, oldest first."""
    found = ((item, days_left(item, as_of)) for item in plan.recommendations)
    late = [(item, -left) for item, left in found if left is not None and left < 0]
    return sorted(late, key=lambda pair: -pair[1])


def due_soon(plan: Plan, as_of: date, within: int) -> list[tuple[Recommendation, int]]:
    """Return what falls due within so many days, and the days left, soonest first."""
    found = ((item, days_left(item, as_of)) for item in plan.recommendations)
    soon = [(item, left) for item, left in found if left is not None and 0 <= left <= within]
    return sorted(soon, key=lambda pair: pair[1])
