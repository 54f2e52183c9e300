"""What was promised, how it moved, and why there is no date (KP205, KP209)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.model.due import NONE_AGREED
from kimplan.rules.base import Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Action, Recommendation, Revision
    from kimplan.source import KeyPath

_MOST_DATES = 6  # that a hint lists


class BrokenChain(Rule):
    """The revisions do not join up, or do not end at the due date.

    Each revision moves the date from where the one before left it, and the last one to `due`;
    otherwise a date moved without a reason. That is so of a recommendation and of each of its
    actions. Add the revision that is missing, or correct the date; where there is no `due` any
    more, put it back (a warning where the recommendation is closed):

        due: 2024-07
        revisions:
          - from: 2024-03
            to: 2024-07
            reason: The portal was re-planned.
            on: 2024-03-20
    """

    code = "KP205"
    about = frozenset({"revisions", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it."""
        return self._findings(file, item) if item.revisions or item.actions else ()

    def _findings(
        self, file: LoadedFile[Recommendation], item: Recommendation
    ) -> Iterator[Diagnostic]:
        yield from self._steps(file, (), item.revisions)
        yield from self._end(file, (), item)
        for number, action in enumerate(item.actions):
            yield from self._steps(file, ("actions", number), action.revisions)
            yield from self._end(file, ("actions", number), action)

    def _steps(
        self, file: LoadedFile[Recommendation], at: KeyPath, revisions: Sequence[Revision]
    ) -> Iterator[Diagnostic]:
        for index, revision in enumerate(revisions):
            if revision.from_.covers_the_same(revision.to):
                message = f"this revision moves the date from {revision.from_} to the same date"
                both = "" if len(revisions) > 1 else " and 'revisions:'"
                hint = f"Correct 'from' or 'to'; if nothing moved, delete the revision{both}."
                yield self.finding(file, message, (*at, "revisions", index, "to"), hint)
        for index, (one, next_one) in enumerate(pairwise(revisions), 1):
            if not one.to.covers_the_same(next_one.from_):
                message = f"this revision begins at {next_one.from_}, the one before ends at "
                message += str(one.to)
                place = (*at, "revisions", index, "from")
                hint = f"The dates are to read {_chain(revisions)}: write 'from: {one.to.text}'."
                lines = None
                if one.to.covers_the_same(next_one.to):
                    hint = f"The one before has moved it to {next_one.to} already: delete this one."
                else:
                    lines = _lines(file, place, one.to.text)
                yield self.finding(file, message, place, hint, correction=lines)

    def _end(
        self, file: LoadedFile[Recommendation], at: KeyPath, item: Recommendation | Action
    ) -> Iterator[Diagnostic]:
        if not item.revisions:
            return
        last = item.revisions[-1].to
        if item.due is None:
            message = f"there is no due, but the last revision moves it to {last}"
            hint = f"Put the line 'due: {last.text}' back: what was promised stays."
            lines = restored(file, at, item)
            place = (*at, "revisions")
            found = self.finding(file, message, place, hint, key=True, correction=lines)
            from kimplan.model.recommendation import Recommendation

            # A closed recommendation can be reported without it; who takes it away is KP801's.
            is_closed = isinstance(item, Recommendation) and not item.rag.is_open
            yield found._replace(severity=Severity.WARNING) if is_closed else found
        elif not last.covers_the_same(item.due):
            message = f"due is {item.due}, but the last revision moves it to {last}"
            entry = (
                f"'  - from: {last.text}', '    to: {item.due.text}', '    reason: …', '    on: …'"
            )
            hint = f"If it moved again, add {entry} at the end of 'revisions'; if not, write "
            hint += f"'due: {last.text}'."
            yield self.finding(file, message, (*at, "due"), hint)


def _chain(revisions: Sequence[Revision]) -> str:
    """Return the dates from the first to the last as they should join up: ``2024-03 → 2024-07``."""
    dates = [revisions[0].from_.text, *(one.to.text for one in revisions)]
    shown = dates if len(dates) <= _MOST_DATES else [*dates[:2], "…", *dates[-3:]]
    return " → ".join(shown)


def _lines(file: LoadedFile[Recommendation], at: KeyPath, text: str) -> Correction | None:
    """Return the lines of a file in which `text` stands at `at`."""
    from kimplan.writing import keys
    from kimplan.writing.correction import by_edit

    return by_edit(file.document, lambda now: keys.put_text(now, at, text))


class DueReason(Rule):
    """A `due: none agreed` has no `due_reason`, or a `due_reason` stands beside a date.

    Who has not promised a date says why; once there is one, the reason is out of date, and a later
    move has a reason of its own in `revisions`. Add or delete the line:

        due: none agreed
        due_reason: The contractor has not been appointed yet.
    """

    code = "KP209"
    about = frozenset({"due", "due_reason"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        has_none = item.due is not None and not item.due.is_agreed
        if has_none and not any(map(str.isalnum, item.due_reason or "")):
            message = f"{item.ref} says that no date is agreed, but not why"
            hint = "Add a line 'due_reason: …' below it; or, if a date is agreed by now, write "
            hint += "that: 'due: 2024-07'."
            if item.revisions:
                hint = f"{hint[:-1]}, with a revision."
            if not (item.rag.is_open or item.revisions):
                hint = f"Delete the line: {item.rag} needs no date; or say why, as 'due_reason: …'."
            yield self.finding(file, message, ("due",), hint)
        elif item.due_reason and not has_none:
            stands = f"the due date is {item.due}" if item.due else "there is no 'due: none agreed'"
            message = f"due_reason says why no date is agreed, but {stands}"
            more = ", with a revision" if item.revisions else ""
            hint = f"Delete it; or, if no date is agreed, write 'due: none agreed'{more}."
            lines = None
            if item.due is None:
                lines = reasoned(file, item)
            yield self.finding(file, message, ("due_reason",), hint, key=True, correction=lines)


def restored(
    file: LoadedFile[Recommendation], at: KeyPath, item: Recommendation | Action
) -> Correction | None:
    """Return the lines for the due date at `at` that the last revision names, None without one."""
    return _lines(file, (*at, "due"), item.revisions[-1].to.text) if item.revisions else None


def reasoned(file: LoadedFile[Recommendation], item: Recommendation) -> Correction | None:
    """Return the lines for a record that says why no date is agreed, but not that none is.

    None where it says no reason, or does not need to.
    """
    needs_none = item.rag.is_open and any(map(str.isalnum, item.due_reason or ""))
    return _lines(file, ("due",), NONE_AGREED) if needs_none and not item.revisions else None
