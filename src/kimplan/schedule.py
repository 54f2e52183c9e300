"""What is late, what falls due and what has happened: pure questions of a plan and a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kimplan.model.due import Due
    from kimplan.model.plan import Plan, Settings
    from kimplan.model.recommendation import Action, Evidence, Recommendation


class Promise(NamedTuple):
    """What is still to be done by a date: a recommendation, or one of its actions."""

    item: Recommendation
    action: Action | None
    due: Due

    @property
    def title(self) -> str:
        """What is to be done."""
        return self.action.title if self.action else self.item.title

    @property
    def owners(self) -> list[str]:
        """The roles whose it is; an action without an owner is the recommendation's owners'."""
        own = self.action.owner if self.action else None
        return [own] if own else list(self.item.owners)

    @property
    def first_agreed(self) -> Due | None:
        """The date that was promised first."""
        return (self.action or self.item).first_agreed

    def days_left(self, as_of: date) -> int:
        """Return the days from `as_of` to the last day of the date, negative when late."""
        return _left(self.due, as_of)


class Timed(NamedTuple):
    """A promise, and by how many days it is late or how many are left."""

    promise: Promise
    days: int


class Expiring(NamedTuple):
    """Evidence that expires: in so many days, negative when it has expired."""

    item: Recommendation
    evidence: Evidence
    expires: Due
    days: int


class Silence(NamedTuple):
    """An open recommendation without a progress note for longer than the plan allows.

    `last` is the day of the last note, or that on which the source report was published, if there
    is none; `days` is how long ago that is, and `beyond` by how many days that is too long.
    """

    item: Recommendation
    last: date
    days: int
    beyond: int


class Fact(NamedTuple):
    """Something that has happened: where the file says so, what it is, and on which day."""

    at: tuple[str | int, ...]
    what: str
    day: date


def _left(due: Due, as_of: date) -> int:
    return (due.last_day - as_of).days


def promises(item: Recommendation) -> Iterator[Promise]:
    """Yield what is still promised: the recommendation itself, and then its open actions."""
    if item.due is not None and item.due.is_agreed and item.rag.is_open:
        yield Promise(item, None, item.due)
    for action in item.actions:
        if action.due is not None and action.due.is_agreed and action.is_open:
            yield Promise(item, action, action.due)


def days_left(item: Recommendation, as_of: date) -> int | None:
    """Return the days from `as_of` to the last day that the due date covers, negative when late.

    None when nothing is promised any more, because the rating is not open, or when no date
    is agreed.
    """
    if item.due is None or not item.due.is_agreed or not item.rag.is_open:
        return None
    return _left(item.due, as_of)


def undated(items: Iterable[Recommendation]) -> list[Recommendation]:
    """Return what is open and has no date agreed."""
    return [item for item in items if item.lacks_date]


def slippage(item: Recommendation | Action) -> int | None:
    """Return the days from the first agreed date to the due date, each at its last day.

    None where no date was promised, or none is agreed any more.
    """
    if item.due is None or not item.due.is_agreed or item.first_agreed is None:
        return None
    return (item.due.last_day - item.first_agreed.last_day).days


def completed_late(item: Recommendation) -> int | None:
    """Return the days from the last day of the due date to the completion, negative when early.

    None where either is missing.
    """
    if item.due is None or not item.due.is_agreed or item.completed is None:
        return None
    return (item.completed - item.due.last_day).days


def is_overdue(item: Recommendation, as_of: date) -> bool:
    """Return whether `item` is open and the last day of its due date is before `as_of`."""
    left = days_left(item, as_of)
    return left is not None and left < 0


def overdue(plan: Plan, as_of: date) -> list[Timed]:
    """Return what is overdue and how many days late it is, oldest first.

    An overdue action stands below its recommendation, wherever that one or its latest action
    belongs.
    """
    return _grouped(plan, as_of, lambda left: left < 0)


def due_soon(plan: Plan, as_of: date, within: int) -> list[Timed]:
    """Return what falls due within so many days, and the days left, soonest first."""
    return _grouped(plan, as_of, lambda left: 0 <= left <= within)


def expiring(plan: Plan, as_of: date, within: int) -> list[Expiring]:
    """Return the evidence that has expired or expires within so many days, earliest first.

    Evidence counts until the last day that its date covers, as a due date does.
    """
    found = [
        Expiring(item, proof, proof.expires, _left(proof.expires, as_of))
        for item in plan.recommendations
        for proof in item.evidence
        if proof.expires is not None and _left(proof.expires, as_of) <= within
    ]
    return sorted(found, key=lambda one: one.days)


def silence(item: Recommendation, settings: Settings, as_of: date) -> Silence | None:
    """Return since when nothing was noted about `item`, None where that is not long or not asked.

    A note of a day to come is none. Before the first one, the days count from the publication of
    the report that is answered, where the settings name it.
    """
    if not item.rag.is_open:
        return None
    published = settings.source.published if settings.source else None
    begun = published.last_day if published else None
    last = max((note.on for note in item.progress if note.on <= as_of), default=begun)
    days = (as_of - last).days if last else 0
    beyond = days - settings.lint.progress_days
    return Silence(item, last, days, beyond) if last and beyond > 0 else None


def silences(plan: Plan, as_of: date) -> list[Silence]:
    """Return the open recommendations that lack a progress note, the longest silent first."""
    found = [silence(item, plan.settings, as_of) for item in plan.recommendations]
    return sorted(filter(None, found), key=lambda one: -one.days)


def unverified(plan: Plan) -> list[Recommendation]:
    """Return what is complete and has evidence, and was not verified yet."""
    return [
        item
        for item in plan.recommendations
        if item.rag.is_complete and item.evidence and item.verified is None
    ]


def _grouped(plan: Plan, as_of: date, is_wanted: Callable[[int], bool]) -> list[Timed]:
    groups = []
    for item in plan.recommendations:
        timed = [(one, one.days_left(as_of)) for one in promises(item)]
        group = [(one, left) for one, left in timed if is_wanted(left)]
        if group:
            groups.append(sorted(group, key=lambda pair: (pair[0].action is not None, pair[1])))
    groups.sort(key=lambda group: min(left for _, left in group))
    return [Timed(one, abs(left)) for group in groups for one, left in group]


def facts(item: Recommendation) -> Iterator[Fact]:
    """Yield everything that the record says has happened, in the order of its fields."""
    if item.completed:
        yield Fact(("completed",), "completed", item.completed)
    if item.verified:
        yield Fact(("verified", "on"), "verified", item.verified.on)
    for number, note in enumerate(item.progress):
        yield Fact(("progress", number, "on"), "a progress note", note.on)
    for number, revision in enumerate(item.revisions):
        yield Fact(("revisions", number, "on"), "a date moved", revision.on)
    for number, action in enumerate(item.actions):
        if action.done:
            yield Fact(("actions", number, "done"), "an action done", action.done)
        for move, revision in enumerate(action.revisions):
            at = ("actions", number, "revisions", move, "on")
            yield Fact(at, "an action's date moved", revision.on)


def later_facts(items: Iterable[Recommendation], as_of: date) -> list[tuple[Recommendation, Fact]]:
    """Return what the records say has happened after the day `as_of`."""
    return [(item, fact) for item in items for fact in facts(item) if fact.day > as_of]
