"""Two states of a recommendation to a list of what changed between them."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kimplan.changes.actions import pair_actions
from kimplan.changes.words import plain_words
from kimplan.model.due import NO_DATE, Due, show_day
from kimplan.model.language import ENGLISH, Language
from kimplan.model.rating import Rating

if TYPE_CHECKING:
    from kimplan.model.recommendation import (
        Action,
        Evidence,
        ProgressNote,
        Recommendation,
        Revision,
    )


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
    DUE_REASON = "due_reason"
    SUPERSEDED = "superseded_by"
    FIELD = "field"
    PUBLISH = "publish"


# Beside each its field's name: to ask by the kind itself, which is more than a str, takes long.
_TEXTS = [(kind, kind.value) for kind in (Kind.TITLE, Kind.DETAIL, Kind.RESPONSE, Kind.DUE_REASON)]
PUBLISHING = {True: "published", False: "kept inside"}


class Change(NamedTuple):
    """One thing that changed: from what to what, as a person reads it; empty where there was none.

    Of a list it is what went and what came, or all of it, where only the order is another. `days`
    is by how many days a due date moved, at its last day, and `reason` why, if the plan says so.
    `action` is the title of the action that it is about, if a date or a revision is one's own, and
    `field` the id of the own field, whose values are then as they are written. `dates` are what it
    is about as values, if it is a date, `revisions` all of them, if it is their record, and
    `ratings` both of them, if it is the rating.
    """

    kind: Kind
    before: str = ""
    after: str = ""
    days: int | None = None
    reason: str = ""
    action: str = ""
    field: str = ""
    dates: tuple[Due | date | None, Due | date | None] = (None, None)
    revisions: tuple[Sequence[Revision], Sequence[Revision]] = ((), ())
    ratings: tuple[Rating, ...] = ()

    @property
    def is_move(self) -> bool:
        """Whether a date moved from one to another, and was not promised first or taken away."""
        return self.kind is Kind.DUE and bool(self.before and self.after) and not self.is_first_date

    @property
    def is_first_date(self) -> bool:
        """Whether a date was promised where none was agreed."""
        return (
            self.kind is Kind.DUE
            and self.before in {"", NO_DATE}
            and self.after not in {"", NO_DATE}
        )


def differences(before: Recommendation | None, after: Recommendation | None) -> list[Change]:
    """Return what changed from `before` to `after`, None standing for no recommendation."""
    if before is None or after is None:
        if after is not None:
            return [Change(Kind.ADDED, after=after.ref)]
        return [Change(Kind.REMOVED, before=before.ref)] if before is not None else []
    return [] if before is after else list(_changes(before, after))


def _changes(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    if before.ref != after.ref:
        yield Change(Kind.RENUMBERED, before.ref, after.ref)
    if before.rag is not after.rag:
        words = rating_words(before.rag, after.rag)
        yield Change(Kind.RATING, *words, ratings=(before.rag, after.rag))
    yield from _moved(before, after)
    yield from _lists(before, after)
    if before.completed != after.completed:
        both = before.completed, after.completed
        days = [show_day(day) if day else "" for day in both]
        yield Change(Kind.COMPLETED, days[0], days[1], dates=both)
    if before.verified != after.verified:
        yield Change(Kind.VERIFIED, _verified(before), _verified(after))
    if before.section != after.section:
        yield Change(Kind.SECTION, before.section, after.section)
    if before.superseded_by != after.superseded_by:
        yield Change(Kind.SUPERSEDED, before.superseded_by or "", after.superseded_by or "")
    yield from _texts(before, after)
    if before.fields != after.fields:
        yield from _own_fields(before.fields, after.fields)
    if before.publish != after.publish:
        yield Change(Kind.PUBLISH, PUBLISHING[before.publish], PUBLISHING[after.publish])


def _texts(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    """Yield the texts whose words differ."""
    for kind, field in _TEXTS:
        texts = getattr(before, field), getattr(after, field)
        if texts[0] != texts[1]:
            old, new = map(plain_words, texts)
            if old != new:
                yield Change(kind, old, new)


def _own_fields(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """Yield what changed in the own fields, in the order of the later record."""
    for name in dict.fromkeys([*after, *before]):
        old, new = (plain_words(state.get(name)) for state in (before, after))
        if old != new:
            yield Change(Kind.FIELD, old, new, field=name)


def _moved(
    before: Recommendation | Action, after: Recommendation | Action, action: str = ""
) -> Iterator[Change]:
    """Yield the move of the date, and what was done to the record of its moves besides."""
    old, new = before.due, after.due
    if old == new and before.revisions == after.revisions:
        return
    count = len(before.revisions)
    moves = [list(map(_move, item.revisions)) for item in (before, after)]
    if old != new:
        days = _days(old, new)
        reason = _reason(after.revisions[count:])
        yield Change(Kind.DUE, _shown(old), _shown(new), days, reason, action, dates=(old, new))
    if moves[0] != moves[1][:count] or old == new:
        for change in _list_change(Kind.REVISION, moves[0], moves[1]):
            both = before.revisions, after.revisions
            yield change._replace(action=action, revisions=both)


def _days(old: Due | None, new: Due | None) -> int | None:
    if not (old and new and old.is_agreed and new.is_agreed):
        return None
    return (new.last_day - old.last_day).days


def _reason(new: Sequence[Revision]) -> str:
    """Return what the new revisions give as the reasons of a move."""
    return " ".join(plain_words(revision.reason) for revision in new)


def _lists(before: Recommendation, after: Recommendation) -> Iterator[Change]:
    both = (before, after)
    if before.owners != after.owners:
        yield from _list_change(Kind.OWNERS, before.owners, after.owners)
    if before.evidence != after.evidence:
        titles = [[e.title for e in item.evidence] for item in both]
        full = [list(map(_proof, item.evidence)) for item in both]
        yield from _list_change(Kind.EVIDENCE, *(full if titles[0] == titles[1] else titles))
    if before.progress != after.progress:
        notes = [list(map(_note, item.progress)) for item in both]
        yield from _list_change(Kind.PROGRESS, notes[0], notes[1])
    if before.actions != after.actions:
        yield from _action_changes(before.actions, after.actions)


def _action_changes(old: Sequence[Action], new: Sequence[Action]) -> Iterator[Change]:
    """Yield the moves of the actions' dates, and then what else was done to the actions."""
    pairs = pair_actions(old, new)
    gone, added = [], []
    for was, step, _ in pairs:
        if was and step:
            yield from _moved(was, step, plain_words(step.title))
            if _undated(was) == _undated(step):
                continue
        gone += [_step(was)] if was else []
        added += [_step(step)] if step else []
    places = [next(n for n, one in enumerate(old) if one is was) for was, _, _ in pairs if was]
    if gone or added:
        yield from _list_change(Kind.ACTIONS, gone, added)
    elif places != sorted(places):
        yield from _list_change(Kind.ACTIONS, list(map(_step, old)), list(map(_step, new)))


def _undated(action: Action) -> tuple[object, ...]:
    """Return what an action says beside its date and the moves of it."""
    return plain_words(action.title), action.owner, action.done


def _list_change(kind: Kind, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Yield what went and what came; or both lists where only their order is another."""
    gone = list((Counter(old) - Counter(new)).elements())
    added = list((Counter(new) - Counter(old)).elements())
    if gone or added:
        yield Change(kind, "; ".join(gone), "; ".join(added))
    elif list(old) != list(new):
        yield Change(kind, "; ".join(old), "; ".join(new))


def rating_words(before: Rating, after: Rating) -> tuple[str, str]:
    """Return two ratings as the files say them, with what the word means where it is the same."""
    if before.word != after.word:
        return before.word, after.word
    means = ["complete" if one.is_complete else "on track" for one in (before, after)]
    return f"{before.word} ({means[0]})", f"{after.word} ({means[1]})"


_RANKS = {
    Rating.RED: 0, Rating.AMBER: 1, Rating.ON_TRACK: 2, Rating.GREEN: 3, Rating.BLUE: 3,
}  # fmt: skip


def is_better(before: Rating, after: Rating) -> bool | None:
    """Return whether a rating rose; None where one of them is not-applicable, or both are equal.

    What is complete is the same by any name.
    """
    old, new = _RANKS.get(before), _RANKS.get(after)
    return None if old is None or new is None or old == new else new > old


def _proof(evidence: Evidence) -> str:
    expires = f"expires {evidence.expires}" if evidence.expires else ""
    return _with(evidence.title, evidence.link or "", expires)


def _note(note: ProgressNote) -> str:
    by = f", {note.by}" if note.by else ""
    return f"{show_day(note.on)}{by}: {plain_words(note.note)}"


def _move(revision: Revision, language: Language = ENGLISH) -> str:
    who = revision.agreed_by
    agreed = language.say("agreed by {who}", who=who) if who else ""
    dates = language.due(revision.from_), language.due(revision.to)
    move = language.say("{before} to {after}", before=dates[0], after=dates[1])
    return f"{_with(move, agreed, language.day(revision.on))}: {plain_words(revision.reason)}"


def _step(action: Action) -> str:
    due = _shown(action.due)
    due = f"due {due}" if due not in {"", NO_DATE} else due
    done = f"done {show_day(action.done)}" if action.done else ""
    return _with(plain_words(action.title), action.owner or "", due, done)


def _with(what: str, *details: str) -> str:
    """Return a text with what is known about it behind it, in brackets."""
    known = ", ".join(filter(None, details))
    return f"{what} ({known})" if known else what


def _shown(due: Due | None) -> str:
    return str(due) if due else ""


def shown_in(change: Change, language: Language) -> tuple[str, str]:
    """Return what changed from and to, with its dates in a language."""
    if change.kind is Kind.REVISION:
        moves = [[_move(one, language) for one in side] for side in change.revisions]
        changed = next(_list_change(change.kind, *moves), change)
        return changed.before, changed.after
    if change.dates == (None, None):
        return change.before, change.after
    before, after = (_in(one, language) for one in change.dates)
    return before, after


def _in(value: Due | date | None, language: Language) -> str:
    if isinstance(value, Due):
        return language.due(value)
    return language.day(value) if value else ""


def _verified(item: Recommendation) -> str:
    return f"{item.verified.by}, {show_day(item.verified.on)}" if item.verified else ""
