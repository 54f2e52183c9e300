"""Two states of a recommendation to a list of what changed between them."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.model.due import Due, show_day
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Action, Recommendation


class Kind(enum.StrEnum):
    """What changed."""

    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    RATING = "rating"
    DUE = "due"
    OWNERS = "owners"
    EVIDENCE = "evidence"
    COMPLETED = "completed"
    VERIFIED = "verified"
    PROGRESS = "progress"
    REVISION = "revision"
    SECTION = "section"
    ACTIONS = "actions"
    TITLE = "title"
    DETAIL = "detail"
    RESPONSE = "response"


class Change(NamedTuple):
    """One thing that changed: from what to what, as a person reads it; empty where there was none.

    `days` is by how many days a due date moved, at its last day, and `reason` why, if the plan
    says so.
    """

    kind: Kind
    before: str = ""
    after: str = ""
    days: int | None = None
    reason: str = ""


def differences(before: Recommendation | None, after: Recommendation | None) -> list[Change]:
    """Return what changed from `before` to `after`, None standing for no recommendation."""
    if before is None or after is None:
        if after is not None:
            return [Change(Kind.ADDED, after=after.ref)]
        return [Change(Kind.REMOVED, before=before.ref)] if before is not None else []
    return list(_changes(before, after))


def _changes(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    if before.ref != after.ref:
        yield Change(Kind.RENUMBERED, before.ref, after.ref)
    if before.rag is not after.rag:
        yield Change(Kind.RATING, str(before.rag), str(after.rag))
    yield from _moved(before, after)
    yield from _lists(before, after)
    if before.completed != after.completed:
        days = [show_day(day) if day else "" for day in (before.completed, after.completed)]
        yield Change(Kind.COMPLETED, days[0], days[1])
    if before.verified != after.verified:
        yield Change(Kind.VERIFIED, _verified(before), _verified(after))
    if before.section != after.section:
        yield Change(Kind.SECTION, before.section, after.section)
    if before.actions != after.actions:
        steps = ["; ".join(_step(action) for action in x.actions) for x in (before, after)]
        yield Change(Kind.ACTIONS, steps[0], steps[1])
    for kind in (Kind.TITLE, Kind.DETAIL, Kind.RESPONSE):
        old, new = (_words(getattr(item, kind)) for item in (before, after))
        if old != new:
            yield Change(kind, old, new)


def _moved(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    old, new = before.due, after.due
    is_closed = new is None and not after.rag.is_open  # the rating tells that
    if old == new or is_closed:
        return
    days = (new.last_day - old.last_day).days if old and new else None
    yield Change(Kind.DUE, _shown(old), _shown(new), days, _reason(before, after))


def _reason(before: Recommendation, after: Recommendation) -> str:
    """Return what the new revisions give as the reasons of a move."""
    new = after.revisions[len(before.revisions) :]
    return " ".join(_words(revision.reason) for revision in new)


def _lists(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    yield from _list_change(Kind.OWNERS, before.owners, after.owners)
    evidence = [[e.title for e in item.evidence] for item in (before, after)]
    yield from _list_change(Kind.EVIDENCE, evidence[0], evidence[1])
    if evidence[0] == evidence[1] and before.evidence != after.evidence:
        names = ["; ".join(e.link or e.title for e in item.evidence) for item in (before, after)]
        yield Change(Kind.EVIDENCE, names[0], names[1])
    notes = [[f"{show_day(n.on)}: {_words(n.note)}" for n in x.progress] for x in (before, after)]
    yield from _list_change(Kind.PROGRESS, notes[0], notes[1])
    if before.revisions != after.revisions[: len(before.revisions)]:
        moves = [[f"{r.from_} to {r.to}" for r in item.revisions] for item in (before, after)]
        yield Change(Kind.REVISION, "; ".join(moves[0]), "; ".join(moves[1]))


def _list_change(kind: Kind, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    gone = [text for text in old if text not in new]
    added = [text for text in new if text not in old]
    if gone or added:
        yield Change(kind, "; ".join(gone), "; ".join(added))


def is_better(before: Rating, after: Rating) -> bool | None:
    """Return whether a rating rose; None where one of them is not-applicable, or both are equal."""
    order = (Rating.RED, Rating.AMBER, Rating.GREEN)
    if before is after or before not in order or after not in order:
        return None
    return order.index(after) > order.index(before)


def _step(action: Action) -> str:
    done = f" (done {show_day(action.done)})" if action.done else ""
    return f"{_words(action.title)}{done}"


def _shown(due: Due | None) -> str:
    return str(due) if due else ""


def _verified(item: Recommendation) -> str:
    return f"{item.verified.by}, {show_day(item.verified.on)}" if item.verified else ""


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
