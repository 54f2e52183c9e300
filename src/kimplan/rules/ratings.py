"""What each rating asks of a recommendation (KP3xx)."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.diagnostic import Diagnostic
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import Rule


class MissingDue(Rule):
    """An amber or red recommendation has no due date.

    Work that nobody promised a date for cannot become overdue, so it goes stale unseen. Add
    ``due:`` with a day, a month or an interval: ``due: 2024-07``.
    """

    code = "KP301"

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_open and item.due is None:
            message = f"{item.ref} is {item.rag} but has no due date"
            hint = "Add a line 'due: 2024-07' below rag, with the date that was promised."
            yield file.finding(self.code, message, ("rag",), hint, key=True)


class NeedlessDue(Rule):
    """A green or not-applicable recommendation still has a due date.

    The report prints no date for it, so a date that stays behind would be lost unseen. Delete
    ``due``; the day of completion goes into ``completed``.
    """

    code = "KP302"

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if not item.rag.is_open and item.due is not None:
            message = f"{item.ref} is {item.rag} but has a due date"
            hint = "Delete the line; the day of completion goes into 'completed'."
            yield file.finding(self.code, message, ("due",), hint, key=True)
