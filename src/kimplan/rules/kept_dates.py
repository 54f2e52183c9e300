"""How a change may move what was promised (KP8xx)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kimplan.changes.actions import pair_actions
from kimplan.changes.words import plain_values
from kimplan.characters import shown
from kimplan.rules.base import Changed, RecordChangeRule

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.loader import LoadedFile
    from kimplan.model.due import Due
    from kimplan.model.recommendation import Action, Recommendation, Revision
    from kimplan.source import KeyPath


class SilentMove(RecordChangeRule):
    """A due date was moved later, or taken away, without a revision that gives the reason.

    Nobody could say afterwards who moved it and why. What was promised stays in the file, also
    when the recommendation is closed: its completion is held against it. Add a revision that begins
    at the date that was promised before and ends at the new one:

        due: 2024-07
        revisions:
          - from: 2024-03
            to: 2024-07
            reason: The portal was re-planned.
            on: 2024-03-20

    A date is given up with `due: none agreed`, `due_reason` and such a revision that ends with
    `to: none agreed`. The date of a sub-action keeps the same law, with `revisions` of its own.
    """

    code = "KP801"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        promised = _promised(before) if item.due else before.due
        if fault := _silent(promised, item.due, before.revisions, item.revisions):
            message, hint = fault
            at: KeyPath = ("due",) if item.due else ("rag",)
            yield self.finding(file, f"due {message}", at, hint)
        for old, new, number in pair_actions(before.actions, item.actions):
            if old is None or (new is None and old.done):
                continue
            yield from self._compare_action(file, old, new, number)

    def _compare_action(
        self,
        file: LoadedFile[Recommendation],
        old: Action,
        new: Action | None,
        number: int | None,
    ) -> Iterator[Diagnostic]:
        title = shown(old.title)
        if new is None or number is None:
            if old.due:
                message = f"the action {title}, promised for {old.due}, was taken away"
                hint = "Put it back; what was done gets 'done:', with the day."
                at: KeyPath = ("actions",) if file.value and file.value.actions else ("rag",)
                yield self.finding(file, message, at, hint, key=True)
        elif fault := _silent(old.due, new.due, old.revisions, new.revisions):
            message, hint = fault
            at = ("actions", number, "due") if new.due else ("actions", number, "title")
            yield self.finding(file, f"the action {title}: due {message}", at, hint)


class AnotherMeaning(RecordChangeRule):
    """The scheme of the ratings changed, and a rating that kept its word means something else now.

    In the scheme rag, green is complete; in brag it is on track, and blue is complete. Whoever
    changes `scheme` in plan.yaml goes through what is rated green: what was complete becomes
    `blue`, what was on track `amber` or, with the day and the evidence, complete. Where it is meant
    to be open again, or complete now, `completed` goes or comes in the same change.
    """

    code = "KP807"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if item.rag is before.rag or item.rag.word != before.rag.word:
            return
        if item.completed != before.completed:
            return
        was, now = ("complete" if one.rag.is_complete else "on track" for one in (before, item))
        message = f"{item.ref} was {was}, and {item.rag} says now that it is {now}"
        hint = (
            "Write 'rag: blue' for what is complete."
            if before.rag.is_complete
            else "Write 'rag: amber' for what is still open."
        )
        yield self.finding(file, message, ("rag",), hint)


def _promised(before: Recommendation) -> Due | None:
    """Return the date that was promised last, also where it was taken away since."""
    moves = before.revisions
    return before.due or (moves[-1].to if moves else None)


def _silent(
    old: Due | None, new: Due | None, was: Sequence[Revision], now: Sequence[Revision]
) -> tuple[str, str] | None:
    """Return what is wrong with the move of a date, and how to mend it; None if nothing is."""
    if old is None or not (old.is_agreed or new or was):
        return None  # nothing was promised
    if new and new.last_day <= old.last_day:
        return None
    if new is None:
        said = f"{old} was promised" if old.is_agreed else f"there is {old}"
        message = f"was taken away: {said}, and what was promised stays"
        return message, f"Put the line 'due: {old.text}' back."
    known = [plain_values(move) for move in was]
    if _is_explained(old, new, [move for move in now if plain_values(move) not in known]):
        return None
    hint = (
        f"Add below 'revisions:', a line each: '- from: {old.text}', 'to: {new.text}', "
        "'reason: …', 'on: …'."
    )
    how = f"moved from {old} to {new}" if new.is_agreed else "was given up"
    was_promised = "" if new.is_agreed else f": {old} was promised"
    return f"{how} without a revision that says why{was_promised}", hint


def _is_explained(old: Due, new: Due, moves: Sequence[Revision]) -> bool:
    return (
        bool(moves)
        and moves[0].from_.covers_the_same(old)
        and moves[-1].to.covers_the_same(new)
        and all(any(map(str.isalnum, move.reason)) for move in moves)
    )
