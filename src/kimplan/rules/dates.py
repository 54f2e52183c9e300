"""Dates that cannot be right (KP2xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.model.due import Due, show_day
from kimplan.rules.base import Context, ReadingRule, Rule
from kimplan.schedule import facts

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import ProgressNote, Recommendation, Revision
    from kimplan.source import KeyPath

_FIRST_YEAR = 2000
_LAST_YEAR = 2100
_YEARS_AHEAD = 15
_EARLIER = "Correct the year; if it is right, correct 'published' below 'source' in plan.yaml."


class NotADate(ReadingRule):
    """A date is not written as a date.

    A date that a machine cannot read never becomes overdue. Write a day, a month or an interval
    (EDTF level 0, ISO 8601-2):

        due: 2024-07-31
        due: 2024-07
        due: 2023-12/2024-03

    `kimplan lint --fix` does so for dates with one meaning, in words or figures: `July 2024`,
    `31/03/2024`, `by 31 March 2024`, `end of March 2024` (the month), `Q4 2023/24` (the financial
    year from April). Where there may be two, `03/04/2024`, both are named; choose one. What
    happened has a day. In place of a date there may be `none agreed`, with a `due_reason`.
    """

    code = "KP201"


class BackwardsInterval(ReadingRule):
    """An interval ends before it begins.

    Put the earlier date before the slash: `2023-12/2024-03`.
    """

    code = "KP202"


class _SinceSource(Rule):
    """A rule that needs to know when the report that is answered was published."""

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings.value
        self.published = settings.source.published if settings and settings.source else None


class DueBeforeSource(_SinceSource):
    """A due date is earlier than the report that is answered.

    Nobody can have promised it for that day; mostly the year is last year's. Correct the date.
    """

    code = "KP203"
    severity = Severity.WARNING
    about = frozenset({"due", "revisions", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not self.published:
            return
        for at, due in _promises(item):
            if due.last_day < self.published.first_day:
                message = f"{due} is earlier than the report, which is of {self.published}"
                yield self.finding(file, message, at, _EARLIER)


class AbsurdDate(_SinceSource):
    """A date is absurdly far away.

    It lies more than 15 years after the report that is answered, before 2000 or after 2100. A
    slip such as `2204-07` would never become overdue. Correct the year.
    """

    code = "KP204"
    about = frozenset({"due", "completed", "verified", "progress", "revisions", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        last = self.published.last_day.year + _YEARS_AHEAD if self.published else _LAST_YEAR
        for at, due in _promises(item):
            if not _FIRST_YEAR <= due.first_day.year <= due.last_day.year <= last:
                hint = f"Correct the year in '{at[-1]}: {due.text}'."
                yield self.finding(file, f"{due} is absurdly far away", at, hint)
        for at, _, day in facts(item):
            if not _FIRST_YEAR <= day.year <= last:
                message = f"{show_day(day)} is absurdly far away"
                hint = f"Correct the year in '{at[-1]}: {day}'."
                yield self.finding(file, message, at, hint)


class OutOfOrder(Rule):
    """The history is not in order.

    Progress notes and revisions, those of actions among them, stand oldest first, so that the last
    one is the latest; and what is verified was completed before. Put the new entry at the end, or
    correct its date. With `check --base`, an entry that the change adds and one that was there may
    stand in either order: that is how the entries of two branches come together.
    """

    code = "KP206"
    severity = Severity.WARNING
    about = frozenset({"verified", "progress", "revisions", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it, at once where nothing can excuse it."""
        if file.path in self.context.changed:
            return ()
        has_days = item.progress or item.revisions or item.actions or item.verified
        return self._check(file, item, ()) if has_days else ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in what changed: entries of two branches may stand in any order."""
        for path, file in self.context.changed.items():
            earlier = self.context.earlier(path)
            before = earlier.value if earlier else None
            known = [entry for _, entries in _histories(before) for entry in entries]
            if file.value:
                yield from self._check(file, file.value, known)

    def _check(
        self, file: LoadedFile[Recommendation], item: Recommendation, known: Sequence[object]
    ) -> Iterator[Diagnostic]:
        for at, entries in _histories(item):
            for index, (one, next_one) in enumerate(pairwise(entries), 1):
                is_merged = (one in known) != (next_one in known)
                if next_one.on < one.on and not is_merged:
                    message = f"{show_day(next_one.on)} stands behind {show_day(one.on)}"
                    hint = f"The oldest stands first: move this entry above that of {one.on}."
                    yield self.finding(file, message, (*at, index, "on"), hint)
        if item.verified and item.completed and item.verified.on < item.completed:
            message = f"verified on {show_day(item.verified.on)}, but completed only on "
            hint = "Correct 'on' below 'verified', or 'completed'."
            message += show_day(item.completed)
            yield self.finding(file, message, ("verified", "on"), hint)


def _histories(
    item: Recommendation | None,
) -> Iterator[tuple[KeyPath, Sequence[ProgressNote | Revision]]]:
    """Yield where each list of dated entries stands, and its entries."""
    if item is None:
        return
    yield ("progress",), item.progress
    yield ("revisions",), item.revisions
    for number, action in enumerate(item.actions):
        yield ("actions", number, "revisions"), action.revisions


class ActionAfterRecommendation(Rule):
    """An action is due after its recommendation.

    The recommendation cannot be complete while one of its steps is still to come. Bring the
    action's date forward, or agree a later one for the recommendation, with a revision.
    """

    code = "KP208"
    severity = Severity.WARNING
    about = frozenset({"actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for number, action in enumerate(item.actions):
            if not (action.is_open and action.due and item.due):
                continue
            if _is_later(action.due, item.due):
                message = (
                    f"the action is due {action.due}, after its recommendation, which is due "
                    f"{item.due}"
                )
                hint = f"Bring it forward, as 'due: {item.due.text}', or move the recommendation's "
                hint += (
                    "date; each with a revision." if action.revisions else "date, with a revision."
                )
                yield self.finding(file, message, ("actions", number, "due"), hint)


def _is_later(due: Due, other: Due) -> bool:
    return due.is_agreed and other.is_agreed and due.last_day > other.last_day


class EventBeforeSource(_SinceSource):
    """Something was completed, verified or noted before the report that is answered appeared.

    It cannot have been an answer to the report. Correct the date.
    """

    code = "KP207"
    severity = Severity.WARNING
    about = frozenset({"completed", "verified", "progress", "revisions", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not self.published:
            return
        for at, _, day in facts(item):
            if day.year >= _FIRST_YEAR and day < self.published.first_day:
                message = f"{show_day(day)} is earlier than the report, which is of "
                yield self.finding(file, f"{message}{self.published}", at, _EARLIER)


def _promises(item: Recommendation) -> list[tuple[KeyPath, Due]]:
    """Return where each date that was promised stands, and the date."""
    if not item.revisions and not item.actions:  # as most are
        return [(("due",), item.due)] if item.due and item.due.is_agreed else []
    found = _dates((), item.due, item.revisions)
    for number, action in enumerate(item.actions):
        found += _dates(("actions", number), action.due, action.revisions)
    return found


def _dates(
    at: KeyPath, due: Due | None, revisions: Sequence[Revision]
) -> list[tuple[KeyPath, Due]]:
    found: list[tuple[KeyPath, Due]] = [((*at, "due"), due)] if due else []
    for index, revision in enumerate(revisions):
        found.append(((*at, "revisions", index, "from"), revision.from_))
        is_last = index == len(revisions) - 1
        if not is_last or not due or not revision.to.covers_the_same(due):
            found.append(((*at, "revisions", index, "to"), revision.to))
    return [(place, one) for place, one in found if one.is_agreed]
