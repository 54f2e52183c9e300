"""The dashboard: the figures, what is urgent, and every recommendation with its filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.board.entries import Entry, entries
from kimplan.answers.board.figures import total_of, totals_by_section
from kimplan.answers.group import (
    Owed,
    PlanOf,
    Total,
    are_several,
    due_soon_in,
    overdue_in,
    ratings_in,
    totals_by_owner,
    totals_by_plan,
)
from kimplan.model.language import ENGLISH, Language
from kimplan.model.rating import Rating


class Choices(NamedTuple):
    """What the recommendations can be filtered by beside their rating, where some has it."""

    sections: tuple[str, ...]
    owners: tuple[str, ...]
    plans: tuple[str, ...]


class Dashboard(NamedTuple):
    """The position of all `plans` on a day.

    `ratings` are those that the plans have, with what they are called. Of several plans `by_plan`
    has the counts of each, and of one `by_section` those of its sections; the other is empty.
    `language` is the plans', English where they differ. `within` is how many days ahead what falls
    due counts as soon, None where the plans differ.
    """

    plans: tuple[PlanOf, ...]
    day: date
    language: Language
    ratings: dict[Rating, str]
    total: Total
    by_plan: tuple[Total, ...]
    by_section: tuple[Total, ...]
    by_owner: tuple[Total, ...]
    late: tuple[Owed, ...]
    soon: tuple[Owed, ...]
    entries: tuple[Entry, ...]
    choices: Choices
    within: int | None

    @property
    def is_several(self) -> bool:
        """Whether each ref needs its plan's name."""
        return are_several(self.plans)


def read_dashboard(plans: Sequence[PlanOf], day: date) -> Dashboard:
    """Return the dashboard of one plan or more on a day; all figures are those of the commands."""
    is_several, found = are_several(plans), entries(plans, day)
    ahead = {of.plan.settings.due_soon_days for of in plans}
    return Dashboard(
        tuple(plans),
        day,
        _language(plans),
        ratings_in(plans),
        total_of(plans, day),
        tuple(totals_by_plan(plans, day)) if is_several else (),
        () if is_several else tuple(totals_by_section(plans[0].plan, day)),
        tuple(totals_by_owner(plans, day)),
        tuple(overdue_in(plans, day)),
        tuple(due_soon_in(plans, day)),
        found,
        _choices(plans, found),
        ahead.pop() if len(ahead) == 1 else None,
    )


def _language(plans: Sequence[PlanOf]) -> Language:
    known = {of.plan.settings.language.tag: of.plan.settings.language for of in plans}
    return next(iter(known.values())) if len(known) == 1 else ENGLISH


def _choices(plans: Sequence[PlanOf], found: Sequence[Entry]) -> Choices:
    owners = {owner for one in found for owner in one.owners}
    return Choices(
        tuple(dict.fromkeys(one.section for one in found)),
        tuple(sorted(owners, key=str.casefold)),
        tuple(of.name for of in plans) if are_several(plans) else (),
    )
