"""Every move of a promised date, with its reason: the report's appendix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.model.language import Language
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation, Revision
from kimplan.report.cells import EMPTY, as_label, cell, linked, signed
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import in_language, listing, ref_column
from kimplan.report.request import Request

_ACTION = TableColumn("action", "Action", Width(45, 32))
_COLUMNS = (
    TableColumn("from", "From", Width(36, 26)),
    TableColumn("to", "To", Width(36, 26)),
    TableColumn("days", "Days", Width(17, 15)),
    TableColumn("reason", "Reason", Width(92, 45)),
    TableColumn("agreed_by", "Agreed by", Width(36, 26)),
    TableColumn("on", "On", Width(33, 25)),
)

_COUNTED = "The days are counted between the last days that the dates cover."


class _Promise(NamedTuple):
    """A date that moved: a recommendation's, or that of its `action`, by the action's title."""

    ref: str
    action: str
    revisions: list[Revision]


def build(plan: Plan, request: Request) -> Iterator[Element]:
    """Yield all revisions in the plan's order, oldest first for each date; nothing for none.

    Those of actions stand below their recommendation's; there is a column for them if any moved.
    """
    promises = [one for item in plan.recommendations for one in _promises(item) if one.revisions]
    if not promises:
        return
    language = plan.settings.language
    has_actions = any(promise.action for promise in promises)
    columns = (*([_ACTION] if has_actions else []), *_COLUMNS)
    yield from listing(
        language.say("Appendix: every date moved ({number:,})", number=_moves(promises)),
        f"{_moved(promises, language)} {language.say(_COUNTED)}",
        (ref_column(plan.settings), *in_language(columns, language)),
        [
            TableRow((*_names(promise, has_actions=has_actions), *_cells(revision, language)))
            for promise in promises
            for revision in promise.revisions
        ],
    )


def _promises(item: Recommendation) -> Iterator[_Promise]:
    yield _Promise(item.ref, "", item.revisions)
    for action in item.actions:
        yield _Promise(item.ref, as_label(action.title), action.revisions)


def _moves(promises: list[_Promise]) -> int:
    return sum(len(promise.revisions) for promise in promises)


def _moved(promises: list[_Promise], language: Language) -> str:
    """Return how many dates moved, and how often if more than once each, in one sentence."""
    actions, moves = sum(bool(promise.action) for promise in promises), _moves(promises)
    items = len(promises) - actions
    counted = [
        *([language.counted(items, "recommendation")] if items else []),
        *([language.counted(actions, "action")] if actions else []),
    ]
    whose = f" {language.say('and')} ".join(counted)
    times = language.counted(moves, "time")
    if len(promises) == 1 and moves == 1:
        return language.say("The estimated completion date of {whose} moved.", whose=whose)
    if len(promises) == 1:
        text = "The estimated completion date of {whose} moved {times}."
        return language.say(text, whose=whose, times=times)
    if moves == len(promises):
        return language.say("The estimated completion dates of {whose} moved.", whose=whose)
    text = "The estimated completion dates of {whose} moved {times}."
    return language.say(text, whose=whose, times=times)


def _names(promise: _Promise, *, has_actions: bool) -> tuple[Cell, ...]:
    ref = linked(promise.ref)
    return (ref, cell(promise.action) if promise.action else EMPTY) if has_actions else (ref,)


def _cells(revision: Revision, language: Language) -> tuple[Cell, ...]:
    days = (revision.to.last_day - revision.from_.last_day).days
    return (
        cell(language.due(revision.from_), value=revision.from_),
        cell(language.due(revision.to), value=revision.to),
        cell(signed(days), value=days),
        Cell(parse_prose(revision.reason)),
        cell(revision.agreed_by) if revision.agreed_by else EMPTY,
        cell(language.day(revision.on), value=revision.on),
    )
