"""Every recommendation of the dashboard as it stands on the page, with its story."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from kimplan.answers.answer import Part
from kimplan.answers.board.dashboard import Dashboard
from kimplan.answers.board.entries import Entry
from kimplan.answers.naming import named, one_line
from kimplan.answers.story import tell_stories
from kimplan.html.board_filters import Filter, places_of
from kimplan.model.language import Language
from kimplan.model.rating import Rating
from kimplan.report.cells import due
from kimplan.schedule import days_left


class Record(NamedTuple):
    """A recommendation: what is always shown, where it is found, and its story.

    `places` are those of its choices in each filter, by the filter's name. `standing` tells how
    late it is or how soon it falls due, if it is either.
    """

    anchor: str
    ref: str
    title: str
    rating: Rating
    label: str
    date: str
    standing: str
    is_late: bool
    owners: str
    places: dict[str, str]
    story: tuple[tuple[str, Part], ...]


class Group(NamedTuple):
    """The recommendations of a section; `plan` is the plan's name among several."""

    plan: str
    section: str
    tag: str
    records: tuple[Record, ...]


def groups_of(
    board: Dashboard, prefixes: Sequence[str], filters: dict[str, Filter]
) -> tuple[Group, ...]:
    """Return all recommendations by plan and section, in the order of each plan's report.

    `prefixes` stand before the refs of each plan in the page's anchors.
    """
    stories = [
        story
        for of in board.plans
        for story in tell_stories(of.plan, of.plan.recommendations, board.day, board.language)
    ]
    told = zip(board.entries, stories, strict=True)
    return tuple(
        Group(
            board.plans[at].name,
            section,
            board.plans[at].plan.settings.language.tag,
            tuple(
                _record(board, entry, story, prefixes[at], places_of(entry, filters))
                for entry, story in members
            ),
        )
        for (at, section), members in groupby(told, lambda one: (one[0].at, one[0].section))
    )


def _record(
    board: Dashboard, entry: Entry, story: Sequence[Part], prefix: str, places: dict[str, str]
) -> Record:
    item, plan = entry.item, entry.of.plan
    labels = plan.settings.ratings
    blocks = due(item, plan.settings).blocks
    return Record(
        f"{prefix}{item.ref}",
        item.ref,
        one_line(item.title),
        item.rag,
        one_line(labels[item.rag].label),
        blocks[0].text if blocks else "",
        _standing(board, entry, board.language),
        entry.is_late,
        named(item.owners),
        places,
        tuple((type(part).__name__.lower(), part) for part in story),
    )


def _standing(board: Dashboard, entry: Entry, language: Language) -> str:
    """Return how the recommendation stands to its date, or else that an action does."""
    left = days_left(entry.item, board.day)
    if left is not None and left < 0:
        return language.say("{days} late", days=language.counted(-left, "day"))
    if entry.is_late:
        return language.say("an action is overdue")
    if left == 0:
        return language.say("Due today")
    if left is not None and left <= entry.of.plan.settings.due_soon_days:
        return language.say("due in {days}", days=language.counted(left, "day"))
    return language.say("an action falls due soon") if entry.is_soon else ""
