"""What has happened to somebody's promises since another time, for reminders."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kimplan.answers.naming import named, one_line, superseded
from kimplan.answers.why import in_plain_words
from kimplan.changes.actions import pair_actions
from kimplan.changes.fields import Change, Kind
from kimplan.changes.records import RecordChange
from kimplan.model.due import Due
from kimplan.model.recommendation import Action, Recommendation


class Event(enum.StrEnum):
    """What has happened to a promise, as the role sees it that is told."""

    HANDED_OVER = "handed over"  # it was the role's, and is another's now
    TAKEN_OVER = "taken over"  # it is the role's now, and was another's
    MOVED = "moved"  # its date is another
    DONE = "done"  # nothing is left to do
    DROPPED = "dropped"  # it does not apply any more
    REMOVED = "removed"  # it is no longer in the plan
    NEW = "new"  # it was not in the plan before
    REOPENED = "reopened"  # it was closed before


class News(NamedTuple):
    """Something that has happened to a recommendation, or to one of its actions.

    `before` and `after` are its date in words, where that moved, or the roles whose it was and is,
    where they changed; `due` is the date that is promised now, and `why` the reason that the plan
    gives. All are of one line, and may be empty.
    """

    event: Event
    ref: str
    title: str
    is_action: bool
    before: str = ""
    after: str = ""
    due: str = ""
    why: str = ""
    link: str = ""

    def moved(self, before: str, after: str) -> News:
        """Return it with what was before and what is after."""
        return self._replace(before=before, after=after)


class _Strand(NamedTuple):
    """A promise at one time: whose it was, until when, and whether it was open."""

    owners: tuple[str, ...]
    due: Due | None
    is_open: bool
    is_done: bool


class _Pair(NamedTuple):
    """A promise at both times; `action` is the title of the action that it is of, or empty."""

    was: _Strand | None
    now: _Strand | None
    action: str = ""

    @property
    def before(self) -> tuple[str, ...]:
        """The roles whose it was."""
        return self.was.owners if self.was else ()

    @property
    def after(self) -> tuple[str, ...]:
        """The roles whose it is."""
        return self.now.owners if self.now else ()


def read_news(records: Sequence[RecordChange]) -> list[tuple[str, News]]:
    """Return the roles and what each should be told, in the order of the records.

    The role is empty for what no role is told, because none had it at both times.
    """
    return [told for record in records for pair in _pairs(record) for told in _told(record, pair)]


def _pairs(record: RecordChange) -> Iterator[_Pair]:
    before, after = record.before, record.after
    yield _Pair(_strand(before), _strand(after))
    old, new = (one.actions if one else [] for one in (before, after))
    for was, step, _ in pair_actions(old, new):
        known = step or was
        title = one_line(known.title) if known else ""
        yield _Pair(_action_strand(before, was), _action_strand(after, step), title)


def _strand(item: Recommendation | None) -> _Strand | None:
    if item is None:
        return None
    return _Strand(tuple(item.owners), item.due, item.rag.is_open, item.rag.is_complete)


def _action_strand(item: Recommendation | None, action: Action | None) -> _Strand | None:
    if item is None or action is None:
        return None
    owners = (action.owner,) if action.owner else tuple(item.owners)
    return _Strand(owners, action.due, action.is_open, not action.is_open)


def _told(record: RecordChange, pair: _Pair) -> Iterator[tuple[str, News]]:
    """Yield what each role is told of a promise that was open then or is open now."""
    was, now = pair.was, pair.now
    was_open, is_open = bool(was and was.is_open), bool(now and now.is_open)
    if was_open and is_open:
        yield from _still_open(record, pair)
    elif was_open:
        event = (Event.DONE if now.is_done else Event.DROPPED) if now else Event.REMOVED
        for role in dict.fromkeys((*pair.before, *pair.after)) or ("",):
            yield role, _news(event, record, pair)._replace(why=_instead(record))
    elif is_open:
        for role in dict.fromkeys(pair.after) or ("",):
            yield role, _news(Event.REOPENED if was else Event.NEW, record, pair)


def _still_open(record: RecordChange, pair: _Pair) -> Iterator[tuple[str, News]]:
    old, new = dict.fromkeys(pair.before), dict.fromkeys(pair.after)
    owners = named(old), named(new)
    for role in old:
        if role not in new:
            yield role, _news(Event.HANDED_OVER, record, pair).moved(*owners)
    for role in new:
        if role not in old:
            yield role, _news(Event.TAKEN_OVER, record, pair).moved(*owners)
    move = next((one for one in record.changes if _is_move_of(one, pair)), None)
    if move:
        news = _news(Event.MOVED, record, pair)._replace(
            before=move.before, after=move.after, why=in_plain_words(move.reason)
        )
        for role in [role for role in new if role in old] or ("",):
            yield role, news


def _is_move_of(change: Change, pair: _Pair) -> bool:
    dates = (pair.was.due if pair.was else None, pair.now.due if pair.now else None)
    is_alike = bool(change.action) == bool(pair.action) and change.dates == dates
    return change.kind is Kind.DUE and is_alike


def _instead(record: RecordChange) -> str:
    """Return what took the place of a recommendation that does not apply any more, or nothing."""
    ref = record.after.superseded_by if record.after else None
    return superseded(ref) if ref else ""


def _news(event: Event, record: RecordChange, pair: _Pair) -> News:
    title = pair.action or one_line(record.item.title)
    due = str(pair.now.due) if pair.now and pair.now.is_open and pair.now.due else ""
    return News(event, record.item.ref, title, bool(pair.action), due=due)
