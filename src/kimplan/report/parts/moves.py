"""Every move of a promised date, with its reason: the report's appendix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kimplan.model.due import show_day
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation, Revision
from kimplan.plural import count
from kimplan.report.cells import EMPTY, as_label, cell, dated, linked, signed
from kimplan.report.document import Cell, Element, TableColumn, TableRow, Width
from kimplan.report.listing import listing, ref_column
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
    has_actions = any(promise.action for promise in promises)
    yield from listing(
        f"Appendix: every date moved ({sum(len(one.revisions) for one in promises):,})",
        f"{_moved(promises)} The days are counted between the last days that the dates cover.",
        (ref_column(plan.settings), *([_ACTION] if has_actions else []), *_COLUMNS),
        [
            TableRow((*_names(promise, has_actions=has_actions), *_cells(revision)))
            for promise in promises
            for revision in promise.revisions
        ],
    )


def _promises(item: Recommendation) -> Iterator[_Promise]:
    yield _Promise(item.ref, "", item.revisions)
    for action in item.actions:
        yield _Promise(item.ref, as_label(action.title), action.revisions)


def _moved(promises: list[_Promise]) -> str:
    """Return how many dates moved, and how often if more than once each, in one sentence."""
    actions = sum(bool(promise.action) for promise in promises)
    moves = sum(len(promise.revisions) for promise in promises)
    numbers = ((len(promises) - actions, "recommendation"), (actions, "action"))
    owners = " and ".join(count(number, noun) for number, noun in numbers if number)
    dates = "date" if len(promises) == 1 else "dates"
    how_often = f" {count(moves, 'time')}" if moves > len(promises) else ""
    return f"The estimated completion {dates} of {owners} moved{how_often}."


def _names(promise: _Promise, *, has_actions: bool) -> tuple[Cell, ...]:
    ref = linked(promise.ref)
    return (ref, cell(promise.action) if promise.action else EMPTY) if has_actions else (ref,)


def _cells(revision: Revision) -> tuple[Cell, ...]:
    is_known = revision.to.is_agreed and revision.from_.is_agreed
    days = (revision.to.last_day - revision.from_.last_day).days if is_known else None
    return (
        dated(revision.from_),
        dated(revision.to),
        EMPTY if days is None else cell(signed(days), value=days),
        Cell(parse_prose(revision.reason)),
        cell(revision.agreed_by) if revision.agreed_by else EMPTY,
        cell(show_day(revision.on), value=revision.on),
    )
