"""What depends on the day (KP7xx)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kimplan.changes.promise import touches_promise
from kimplan.characters import shown
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.model.due import show_day
from kimplan.plural import count
from kimplan.rules.base import ClockRule, Context
from kimplan.schedule import Promise, days_left, facts, is_overdue, silence

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation


class _LateRule(ClockRule):
    """A rule about what is overdue; with an earlier state, only a change of the promise fails."""

    code = ""
    can_be_ignored = False

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it where the record has not changed, or there is nothing to compare it with."""
        if file.path not in self.context.changed:
            is_blamed = self.context.base is None
            yield from (_blame(found, is_blamed) for found in self._late(file, item))

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the records that changed."""
        for path, file in self.context.changed.items():
            if file.value is None:
                continue
            earlier = self.context.earlier(path)
            is_blamed = touches_promise(earlier.value if earlier else None, file.value)
            yield from (_blame(found, is_blamed) for found in self._late(file, file.value))

    def _late(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        raise NotImplementedError


def _blame(found: Diagnostic, is_blamed: bool) -> Diagnostic:
    return found if is_blamed else found._replace(severity=Severity.WARNING)


class Overdue(_LateRule):
    """An open recommendation is overdue.

    The last day that its due date covers is past. Do one of two things: rate it complete, with
    evidence; or agree a new date, and add a revision that says why. With `check --base`, it is an
    error where the change adds the recommendation or touches what was promised (its rating, a
    date, its completion), and a warning otherwise: a progress note is always welcome.
    """

    code = "KP701"

    def _late(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        if not is_overdue(item, self.as_of):
            return
        late = -(days_left(item, self.as_of) or 0)
        message = f"{item.ref} is overdue: promised for {item.due}, {count(late, 'day')} late on "
        hint = (
            f"Rate it {self.complete} with evidence, or agree a new date and add a revision with "
            "the reason."
        )
        yield self.finding(file, message + show_day(self.as_of), ("due",), hint)


class OverdueAction(_LateRule):
    """An open action is overdue.

    The last day that its date covers is past. Write the day on which it was done, or agree a new
    date and add a revision to the action that says why. With `check --base` it is an error or a
    warning as for KP701.

        actions:
          - title: Publish the form
            due: 2024-06
            revisions:
              - from: 2024-05
                to: 2024-06
                reason: The printer closed.
                on: 2024-05-02
    """

    code = "KP705"

    def _late(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        for number, action in enumerate(item.actions):
            if not action.is_open or action.due is None or not action.due.is_agreed:
                continue
            late = -Promise(item, action, action.due).days_left(self.as_of)
            if late > 0:
                message = (
                    f"the action {shown(action.title)} of {item.ref} is overdue: promised for "
                    f"{action.due}, {count(late, 'day')} late on {show_day(self.as_of)}"
                )
                hint = "Write 'done:' with the day, or agree a new date and add a revision to it."
                yield self.finding(file, message, ("actions", number, "due"), hint)


class FutureFact(ClockRule):
    """Something is said to have happened after the day of the check.

    A completion, a verification, a note, a move of a date or an action done is a fact, and facts
    are not in the future: a slip in the year would hide for years that nothing was heard. Correct
    the day.
    """

    code = "KP706"
    can_be_ignored = False

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for fact in facts(item):
            if fact.day > self.as_of:
                message = f"{fact.what} on {show_day(fact.day)}, which is after "
                hint = "Correct the day; what is still to come is promised with 'due'."
                yield self.finding(file, f"{message}{show_day(self.as_of)}", fact.at, hint)


class DueSoon(ClockRule):
    """An open recommendation falls due soon.

    It falls due within the days that `due_soon_days` in plan.yaml names (90 if left out). Nothing
    is wrong yet.
    """

    code = "KP702"
    severity = Severity.INFO

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings.value
        self._within = settings.due_soon_days if settings else 0

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        left = days_left(item, self.as_of)
        if left is not None and 0 <= left <= self._within:
            when = "today" if left == 0 else f"in {count(left, 'day')}"
            message = f"{item.ref} falls due {when}: promised for {item.due}"
            yield self.finding(file, message, ("due",), "Nothing is wrong yet.")


class NoDateAgreed(ClockRule):
    """An open recommendation has no date agreed.

    It can never become overdue, so it is counted and named wherever dates are. Nothing is wrong
    with the file; agree a date as soon as there can be one, with `kimplan update REF --due DATE`.
    """

    code = "KP707"
    severity = Severity.INFO

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.lacks_date:
            message = f"{item.ref} is {item.rag} and has no date agreed"
            yield self.finding(file, message, ("due",), "Agree a date as soon as there can be one.")


class ExpiredEvidence(ClockRule):
    """Evidence has expired.

    A policy or a certificate that has run out proves nothing any more. Name what replaced it, or
    correct the date.
    """

    code = "KP703"
    severity = Severity.WARNING

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for index, evidence in enumerate(item.evidence):
            if evidence.expires and evidence.expires.last_day < self.as_of:
                message = f"the evidence expired: it was good until {evidence.expires}"
                hint = "Name what replaced it."
                yield self.finding(file, message, ("evidence", index, "expires"), hint)


class NoProgressNote(ClockRule):
    """An open recommendation has had no progress note for long.

    Nobody knows whether work goes on. The number of days is `progress_days` below `lint:` in
    plan.yaml (90 if left out); before the first note they count from the day on which the report
    that is answered was published, where plan.yaml names it. Add a note:

        progress:
          - on: 2024-05-02
            by: Communications Manager
            note: The web form is live.
    """

    code = "KP704"
    severity = Severity.WARNING

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._settings = context.settings.value

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        found = silence(item, self._settings, self.as_of) if self._settings else None
        if found is None:
            return
        if item.progress:
            message = f"{item.ref} has had no progress note since {show_day(found.last)}"
        else:
            message = f"{item.ref} is {item.rag} but has no progress note"
        hint = "Add a note below 'progress:' that says where it stands."
        at = ("progress",) if item.progress else ("rag",)
        yield self.finding(file, message, at, hint, key=True)
