"""What depends on the day (KP7xx)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader import LoadedFile
from kimplan.model.due import show_day
from kimplan.model.recommendation import Recommendation
from kimplan.plural import count
from kimplan.rules.base import ClockRule, Context
from kimplan.schedule import days_left, is_overdue


class Overdue(ClockRule):
    """An amber or red recommendation is overdue.

    The last day that its due date covers is past. Do one of two things: rate it green, with
    evidence; or agree a new date, and add a revision that says why. With `check --base`, it is an
    error where the recommendation's own file has changed, and a warning otherwise.
    """

    code = "KP701"
    can_be_ignored = False

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not is_overdue(item, self.as_of):
            return
        late = -(days_left(item, self.as_of) or 0)
        message = f"{item.ref} is overdue: promised for {item.due}, {count(late, 'day')} late on "
        hint = (
            "Rate it green with evidence, or agree a new date and add a revision with the reason."
        )
        found = self.finding(file, message + show_day(self.as_of), ("due",), hint)
        base = self.context.base
        is_theirs = base is not None and file.path not in base.changed
        yield found._replace(severity=Severity.WARNING) if is_theirs else found


class DueSoon(ClockRule):
    """An amber or red recommendation falls due soon.

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
    """An amber or red recommendation has had no progress note for long.

    Nobody knows whether work goes on. The number of days is `progress_days` below `lint:` in
    plan.yaml (90 if left out); before the first note they count from the day on which the report
    that is answered was published, where plan.yaml names it. Add a note:

        progress:
          - {on: 2024-05-02, by: Communications Manager, note: The web form is live.}
    """

    code = "KP704"
    severity = Severity.WARNING

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        settings = context.settings.value
        self._days = settings.lint.progress_days if settings else 0
        source = settings.source if settings else None
        self._since = source.published.last_day if source and source.published else None

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not item.rag.is_open:
            return
        last = _last_note(item) or self._since
        if last is None or (self.as_of - last).days <= self._days:
            return
        if item.progress:
            message = f"{item.ref} has had no progress note since {show_day(last)}"
        else:
            message = f"{item.ref} is {item.rag} but has no progress note"
        hint = "Add a note below 'progress:' that says where it stands."
        at = ("progress",) if item.progress else ("rag",)
        yield self.finding(file, message, at, hint, key=True)


def _last_note(item: Recommendation) -> date | None:
    return max((note.on for note in item.progress), default=None)
