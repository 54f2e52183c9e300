"""The dashboard: the figures, what is urgent, and every recommendation with its filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.board.entries import Entry, Urgent, entries, late_of, soon_in
from kimplan.answers.board.figures import (
    Figures,
    group_figures,
    leading_settings,
    plan_figures,
    total_figures,
)
from kimplan.answers.group import PlanOf
from kimplan.answers.naming import one_line
from kimplan.answers.overdue import Grouping
from kimplan.model.language import ENGLISH, Language
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating


class Choices(NamedTuple):
    """What the recommendations can be filtered by, as far as there is anything to choose."""

    ratings: tuple[Rating, ...]
    sections: tuple[str, ...]
    owners: tuple[str, ...]
    plans: tuple[str, ...]


class Dashboard(NamedTuple):
    """The position of all `plans` on a day.

    `settings` are those by whose ratings all are counted. Of several plans `by_plan` has the counts
    of each, and is empty for a plan by itself. `language` is the plans', English where they differ.
    `within` is how many days ahead what falls due counts as soon, None where the plans differ.
    """

    plans: tuple[PlanOf, ...]
    day: date
    settings: Settings
    language: Language
    total: Figures
    by_plan: tuple[Figures, ...]
    by_section: tuple[Figures, ...]
    by_owner: tuple[Figures, ...]
    late: tuple[Urgent, ...]
    soon: tuple[Urgent, ...]
    entries: tuple[Entry, ...]
    choices: Choices
    within: int | None

    @property
    def is_several(self) -> bool:
        """Whether it is about several plans, so that each ref needs its plan's name."""
        return len(self.plans) > 1


def read_dashboard(plans: Sequence[PlanOf], day: date) -> Dashboard:
    """Return the dashboard of one plan or more on a day; all figures are those of the commands."""
    settings, is_several = leading_settings(plans), len(plans) > 1
    found = entries(plans, settings.ratings.scheme, day)
    ahead = {one.plan.settings.due_soon_days for one in plans}
    return Dashboard(
        tuple(plans),
        day,
        settings,
        _language(plans),
        total_figures(plans, day),
        plan_figures(plans, day) if is_several else (),
        group_figures(plans, day, Grouping.SECTION),
        group_figures(plans, day, Grouping.OWNER),
        late_of(plans, day),
        soon_in(plans, day),
        found,
        _choices(plans, settings, found),
        ahead.pop() if len(ahead) == 1 else None,
    )


def _language(plans: Sequence[PlanOf]) -> Language:
    known = {one.plan.settings.language.tag: one.plan.settings.language for one in plans}
    return next(iter(known.values())) if len(known) == 1 else ENGLISH


def _choices(plans: Sequence[PlanOf], settings: Settings, found: Sequence[Entry]) -> Choices:
    used = {one.rating for one in found}
    sections = {one_line(s.title): None for of in plans for s in of.plan.settings.sections}
    filled = {one.section for one in found}
    owners = {owner for one in found for owner in one.owners}
    return Choices(
        tuple(one for one in settings.ratings.scheme.ratings if one in used),
        tuple(one for one in sections if one in filled),
        tuple(sorted(owners, key=str.casefold)),
        tuple(one.name for one in plans) if len(plans) > 1 else (),
    )
