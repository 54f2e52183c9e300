"""What stands in calendars: the last day of each open promise, and what no longer holds."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kimplan.answers.edit_link import Link
from kimplan.answers.naming import named, one_line, sentence_case
from kimplan.answers.overdue import Grouping, groups
from kimplan.changes.words import plain_words
from kimplan.model.due import show_day
from kimplan.model.plan import Plan, Settings
from kimplan.model.recommendation import Action, Recommendation
from kimplan.plural import count
from kimplan.schedule import Promise, Timed, promises, slippage

# Of kimplan's own, so that no other program's identifiers are like these.
_NAMESPACE = uuid.UUID("6b1f6f0e-7c0f-5d3b-9a53-0a4f9d0c2e11")
_CANCELLED = "Cancelled"
_DONE = "Done"


def nowhere(ref: str) -> str:
    """Return that the record with this ref is nowhere to be seen."""
    return ""


class Promised(NamedTuple):
    """What of a plan belongs into a calendar.

    `name` is the plan's among several, and empty for one alone; `plan` is the whole of it as it
    is, `now` what is wanted of its promises, and `before` what was wanted of those that an earlier
    state had. Those that are in `before` alone are cancelled. `link` gives where a record is to be
    seen by its ref, an empty text for nowhere.
    """

    name: str
    plan: Plan
    now: tuple[Promise, ...]
    before: tuple[Promise, ...] = ()
    link: Link = nowhere


class Entry(NamedTuple):
    """A day in a calendar.

    `uid` is the same whenever the same thing is promised; `sequence` counts how often its date
    was moved; `is_off` says that it no longer holds, and `title` then begins with why.
    """

    uid: str
    sequence: int
    day: date
    title: str
    description: str
    rating: str
    is_off: bool = False
    link: str = ""


def agenda(plans: Sequence[Promised], as_of: date) -> list[Entry]:
    """Return what is promised, and what is cancelled, the earliest day first."""
    keys = _plan_keys(plans)
    found = [
        entry
        for one, key in zip(plans, keys, strict=True)
        for entry in _of_plan(one, _Words(one.name, one.plan.settings, key, as_of, one.link))
    ]
    return sorted(found, key=lambda entry: entry.day)


def agendas(plans: Sequence[Promised], as_of: date) -> list[tuple[str, list[Entry]]]:
    """Return the calendar of each owner by the role, in order of the roles.

    What nobody owns has a calendar of its own. What passed from one owner to another is cancelled
    in the former's.
    """
    roles: dict[str, list[Promised]] = {}
    for one in plans:
        now, before = _by_owner(one.plan, one.now), _by_owner(one.plan, one.before)
        for role in {**now, **before}:
            own = one._replace(now=now.get(role, ()), before=before.get(role, ()))
            roles.setdefault(role, []).append(own)
    return [(role, agenda(roles[role], as_of)) for role in sorted(roles, key=_by_name)]


def _by_name(role: str) -> tuple[str, str]:
    return role.casefold(), role


def _by_owner(plan: Plan, found: Iterable[Promise]) -> dict[str, tuple[Promise, ...]]:
    timed = [Timed(promise, 0) for promise in found]
    return {
        role: tuple(one.promise for one in members)
        for role, members in groups(plan, timed, Grouping.OWNER)
    }


class _Words(NamedTuple):
    """What the entries of one plan have in common."""

    name: str
    settings: Settings
    key: tuple[str, ...]
    as_of: date
    link: Link

    def uid(self, promise: Promise) -> str:
        key = json.dumps([*self.key, *promise_key(promise)], ensure_ascii=True)
        return str(uuid.uuid5(_NAMESPACE, key))

    def title(self, promise: Promise) -> str:
        ref = " ".join(filter(None, (self.name, promise.item.ref)))
        action = " action" if promise.action else ""
        return one_line(f"{ref}{action}: {promise.title}")

    def description(self, promise: Promise) -> str:
        return "\n".join(f"{name}: {one_line(text)}" for name, text in self._facts(promise))

    def _facts(self, promise: Promise) -> Iterator[tuple[str, str]]:
        item, settings = promise.item, self.settings
        titles = {section.id: section.title for section in settings.sections}
        if promise.action:
            yield "Recommendation", item.title
        yield "Due", f"{sentence_case(str(promise.due))}{_moved(promise)}"
        late = -promise.days_left(self.as_of)
        if late > 0:
            yield "Overdue", f"{count(late, 'day')} on {show_day(self.as_of)}"
        yield "Rating", settings.ratings[item.rag].label
        if promise.owners:
            yield "Owner" if len(promise.owners) == 1 else "Owners", named(promise.owners)
        yield "Section", titles.get(item.section, item.section)
        yield "Plan", f"{settings.organisation}, {settings.title}"


def _of_plan(one: Promised, words: _Words) -> Iterator[Entry]:
    now = {words.uid(promise): promise for promise in one.now}
    for uid, promise in now.items():
        yield _entry(uid, promise, words)
    gone = {words.uid(promise): promise for promise in one.before}
    gone = {uid: promise for uid, promise in gone.items() if uid not in now}
    if gone:
        standing = {words.uid(kept): kept for kept in _kept(one.plan)}
        for uid, promise in gone.items():
            yield _cancelled(uid, promise, standing.get(uid), words)


def _entry(uid: str, promise: Promise, words: _Words) -> Entry:
    return Entry(
        uid,
        _moves(promise),
        promise.due.last_day,
        words.title(promise),
        words.description(promise),
        one_line(words.settings.ratings[promise.item.rag].label),
        link=words.link(promise.item.ref),
    )


def _cancelled(uid: str, promise: Promise, kept: Promise | None, words: _Words) -> Entry:
    """Return an entry of an earlier state as one that no longer holds, and why."""
    was = _entry(uid, promise, words)
    moves = max(was.sequence, _moves(kept) if kept else 0)
    title = f"{_why(promise, kept)}: {was.title}"
    return was._replace(sequence=moves, title=title, is_off=True)


def _why(promise: Promise, kept: Promise | None) -> str:
    if kept is None:
        return _CANCELLED
    is_done = not kept.action.is_open if kept.action else kept.item.rag.is_complete
    if is_done:
        return _DONE
    if not kept.due.is_agreed:
        return "No date agreed"
    has_moved = kept.owners != promise.owners and kept in promises(kept.item)
    return f"Now with {named(kept.owners)}" if has_moved and kept.owners else _CANCELLED


def _kept(plan: Plan) -> Iterator[Promise]:
    """Yield whatever has a date or had one, open or not: a promise that is kept stays in its file.

    The date of what has none any more is the one that was promised first.
    """
    for item in plan.recommendations:
        for action in (None, *item.actions):
            due = (action or item).due or (action or item).first_agreed
            if due:
                yield Promise(item, action, due)


def _plan_keys(plans: Sequence[Promised]) -> list[tuple[str, ...]]:
    """Return by what the plans are told apart: by their names only where nothing else does."""
    keys = [_plan_key(one.plan.settings) for one in plans]
    times = Counter(keys)
    return [
        key if times[key] == 1 else (*key, one.name) for one, key in zip(plans, keys, strict=True)
    ]


def _plan_key(settings: Settings) -> tuple[str, ...]:
    title = settings.source.title if settings.source else settings.title
    return _plain(settings.organisation), _plain(title)


def promise_key(promise: Promise) -> tuple[str, ...]:
    """Return by what a promise is told from the others of its plan, whatever its date and place.

    That is the ref, and of an action its title's words and which of those with the same it is.
    """
    ref = promise.item.ref.casefold()
    return (ref,) if promise.action is None else (ref, *_action_key(promise.item, promise.action))


def _action_key(item: Recommendation, action: Action) -> tuple[str, ...]:
    title, place = _plain(action.title), 1
    for other in item.actions:
        if other is action:
            break
        place += _plain(other.title) == title
    return title, str(place)


def _plain(text: str) -> str:
    return plain_words(text).casefold()


def _moves(promise: Promise) -> int:
    return len((promise.action or promise.item).revisions)


def _moved(promise: Promise) -> str:
    """Return from which date a promise was moved away, in brackets, or nothing."""
    first = promise.first_agreed
    return f" (first agreed: {first})" if first and slippage(promise.action or promise.item) else ""
