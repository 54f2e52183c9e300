"""How many recommendations stand where: of all plans, of each section, plan and owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.group import PlanOf
from kimplan.answers.naming import one_line
from kimplan.answers.overdue import Grouping, groups
from kimplan.answers.summary import compliance, summaries_by
from kimplan.model.plan import Plan, Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.schedule import Timed, due_soon
from kimplan.summary import Summary, summarise


class Figures(NamedTuple):
    """The counts of a group of recommendations, and what the group is called.

    `soon` is how many of them fall due soon, and `soon_actions` how many of their open actions.
    """

    name: str
    summary: Summary
    soon: int = 0
    soon_actions: int = 0

    @property
    def percent(self) -> int | None:
        """What is complete in per cent of those that apply, rounded down; None if none does."""
        return compliance(self.summary)

    def of(self, rating: Rating, scheme: Scheme) -> int:
        """Return how many have `rating` in `scheme`, those of another scheme by its nearest."""
        numbers = self.summary.by_rating
        return sum(numbers[one] for one in Rating if scheme.nearest(one) is rating)

    def late(self, rating: Rating, scheme: Scheme) -> int:
        """Return how many of `rating` are overdue, counted as `of` counts."""
        numbers = self.summary.late
        return sum(numbers[one] for one in Rating if scheme.nearest(one) is rating)


def leading_settings(plans: Sequence[PlanOf]) -> Settings:
    """Return the settings by whose ratings several plans are counted together.

    That is the first plan with the larger scheme, which can tell the ratings of the other.
    """
    found = [one.plan.settings for one in plans]
    return next((one for one in found if one.ratings.scheme is Scheme.BRAG), found[0])


def soon_of(plan: Plan, day: date) -> list[Timed]:
    """Return what falls due within the days that the plan's settings say, soonest first."""
    return due_soon(plan, day, plan.settings.due_soon_days)


def total_figures(plans: Sequence[PlanOf], day: date, name: str = "") -> Figures:
    """Return the counts of all recommendations of the plans."""
    items = (item for one in plans for item in one.plan.recommendations)
    soon = [timed for one in plans for timed in soon_of(one.plan, day)]
    return _figures(name, summarise(items, day), soon)


def plan_figures(plans: Sequence[PlanOf], day: date) -> tuple[Figures, ...]:
    """Return the counts of each plan, in their order."""
    return tuple(total_figures([one], day, one.name) for one in plans)


def group_figures(plans: Sequence[PlanOf], day: date, by: Grouping) -> tuple[Figures, ...]:
    """Return the counts of each section or owner, those of several plans by name as one.

    Sections stand in the order of the plans, and owners with the most that is overdue first. What
    two own counts for both.
    """
    found: dict[str, Figures] = {}
    for one in plans:
        for more in _grouped(one.plan, day, by):
            known = found.get(more.name)
            found[more.name] = _added(known, more) if known else more
    filled = [one for one in found.values() if one.summary.total or any(_urgency(one))]
    return tuple(filled if by is Grouping.SECTION else sorted(filled, key=_rank))


def _grouped(plan: Plan, day: date, by: Grouping) -> Iterator[Figures]:
    """Yield the counts of each group, and what falls due soon in each, which are to be added."""
    for name, summary in summaries_by(plan, by, day):
        yield Figures(name, summary)
    for name, soon in groups(plan, soon_of(plan, day), by):
        yield _figures(name, summarise((), day), soon)


def _figures(name: str, summary: Summary, soon: Sequence[Timed]) -> Figures:
    actions = sum(one.action is not None for one, _ in soon)
    return Figures(name, summary, len(soon) - actions, actions)


def _added(first: Figures, second: Figures) -> Figures:
    return Figures(
        first.name,
        _sum(first.summary, second.summary),
        first.soon + second.soon,
        first.soon_actions + second.soon_actions,
    )


def _sum(first: Summary, second: Summary) -> Summary:
    def both(one: dict[Rating, int], other: dict[Rating, int]) -> dict[Rating, int]:
        added = Counter(one)
        added.update(other)
        return {rating: added[rating] for rating in Rating}

    return Summary(
        both(first.by_rating, second.by_rating),
        both(first.late, second.late),
        first.late_actions + second.late_actions,
        first.completed_late + second.completed_late,
        first.completed + second.completed,
        first.undated + second.undated,
    )


def _urgency(figures: Figures) -> tuple[int, int]:
    summary = figures.summary
    return summary.overdue + summary.late_actions, figures.soon + figures.soon_actions


def _rank(figures: Figures) -> tuple[int, int, int, str]:
    late, soon = _urgency(figures)
    return -late, -soon, -figures.summary.total, one_line(figures.name).casefold()
