"""What a change may not rewrite: what was done, proved and verified (KP8xx)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kimplan.changes.actions import pair_actions
from kimplan.changes.words import plain_values, plain_words
from kimplan.characters import shown
from kimplan.model.due import show_day
from kimplan.rules.base import Changed, RecordChangeRule

if TYPE_CHECKING:
    from kimplan.diagnostic import Diagnostic
    from kimplan.loader import LoadedFile
    from kimplan.model.rating import Rating
    from kimplan.model.recommendation import Action, Evidence, Recommendation
    from kimplan.source import KeyPath


class RewrittenHistory(RecordChangeRule):
    """A revision, a progress note, a completion or a verification was rewritten or removed.

    They are the record of what was promised and done, and are only ever added to. Put the entry
    back as it was, and add a new one that corrects it. How lines are wrapped does not count, and
    two branches may each add entries in any order. The day of completion moves only when the
    recommendation is open again first. A verification is taken away or renewed only
    together with what it verified: a response, evidence, completion or rating that changes.
    """

    code = "KP802"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        yield from self._lists(file, (), before, item)
        yield from self._completion(change)
        yield from self._verification(change)
        for old, new, number in pair_actions(before.actions, item.actions):
            if old and new and number is not None:
                yield from self._action(file, old, new, number)
            elif old and old.done and new is None:
                message = f"the action {shown(old.title)}, which was done, was removed"
                yield self.finding(file, message, ("rag",), "Put it back as it was.", key=True)

    def _lists(
        self,
        file: LoadedFile[Recommendation],
        at: KeyPath,
        before: Recommendation | Action,
        item: Recommendation | Action,
    ) -> Iterator[Diagnostic]:
        from kimplan.model.recommendation import Recommendation

        lists: list[tuple[str, list[Any], list[Any]]] = [
            ("revisions", before.revisions, item.revisions)
        ]
        if isinstance(before, Recommendation) and isinstance(item, Recommendation):
            lists.append(("progress", before.progress, item.progress))
        for key, old, new in lists:
            if old != new and not _are_kept(old, new):
                yield self._rewritten(file, (*at, key), old, new)

    def _rewritten(
        self, file: LoadedFile[Recommendation], at: KeyPath, old: list[Any], new: list[Any]
    ) -> Diagnostic:
        number, index = _first_lost(old, new)
        what = "put elsewhere" if number is None else "rewritten"
        what = "removed" if len(new) < len(old) else what
        entry = {"revisions": "revision", "progress": "progress note"}[str(at[-1])]
        message = f"{entry} {(number or 0) + 1} was {what}: entries are only ever added at the end"
        hint = "Put it back as it was, and add a new entry that corrects it."
        place = (*at, index) if index < len(new) else at if new else at[:-1]
        return self.finding(file, message, place, hint, key=index >= len(new))

    def _completion(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        is_open = item.rag.is_open or before.rag.is_open
        if is_open or not before.completed or item.completed == before.completed:
            return
        was = show_day(before.completed)
        if item.completed:
            message = f"the day of completion was moved from {was} to {show_day(item.completed)}"
        else:
            message = f"the day of completion, {was}, was removed"
        hint = f"Put 'completed: {before.completed.isoformat()}' back, and say more in a note."
        yield self.finding(file, message, ("completed",) if item.completed else ("rag",), hint)

    def _verification(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if not before.verified or _is_renewed(change):
            return
        if item.verified and plain_values(item.verified) == plain_values(before.verified):
            return
        what = "rewritten" if item.verified else "removed"
        message = f"the verification by {shown(before.verified.by)} was {what}"
        hint = "Put it back as it was."
        at: KeyPath = ("verified",) if item.verified else ()
        yield self.finding(file, message, at, hint, key=True)

    def _action(
        self, file: LoadedFile[Recommendation], old: Action, new: Action, number: int
    ) -> Iterator[Diagnostic]:
        yield from self._lists(file, ("actions", number), old, new)
        if old.done and new.done and old.done != new.done:
            message = (
                f"the action {shown(old.title)} was done on {show_day(old.done)}, and that was "
                f"changed to {show_day(new.done)}"
            )
            hint = f"Put 'done: {old.done.isoformat()}' back, and say more in a note."
            yield self.finding(file, message, ("actions", number, "done"), hint)


def _first_lost(old: Sequence[Any], new: Sequence[Any]) -> tuple[int | None, int]:
    """Return which earlier entry is there no more, and where it would stand; None for none."""
    left, index = [plain_values(entry) for entry in new], 0
    for number, entry in enumerate(map(plain_values, old)):
        if entry not in left:
            return number, index
        left[left.index(entry)] = ()  # each stands for one only
        index = next(at for at, one in enumerate(map(plain_values, new)) if one == entry) + 1
    return None, 0


def _are_kept(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Return whether all earlier entries are still there, in their order or in that of the days."""
    said = [plain_values(entry) for entry in new]
    left = iter(said)
    if all(any(plain_values(entry) == other for other in left) for entry in old):
        return True
    days = [entry.on for entry in new]
    if days != sorted(days):
        return False
    for entry in old:
        if plain_values(entry) not in said:
            return False
        said.remove(plain_values(entry))
    return True


def _is_renewed(change: Changed) -> bool:
    """Return whether a verification was withdrawn or renewed with what it was about."""
    _, item, before = change
    if not before.verified or not _verified_changes(before, item):
        return False
    return item.verified is None or (
        item.verified.on >= before.verified.on
        and plain_values(item.verified) != plain_values(before.verified)
    )


def _verified_changes(before: Recommendation, item: Recommendation) -> list[str]:
    """Return what changed of that for which a verification stands."""
    both = {
        "rag": (_meaning(before), _meaning(item)),
        "response": (plain_words(before.response), plain_words(item.response)),
        "completed": (before.completed, item.completed),
        "evidence": ([*map(plain_values, before.evidence)], [*map(plain_values, item.evidence)]),
    }
    return [name for name, (old, new) in both.items() if old != new]


def _meaning(item: Recommendation) -> Rating | bool:
    """Return what the rating means: what is complete is so by the word of any scheme."""
    return item.rag.is_complete or item.rag


class GreenWithoutProof(RecordChangeRule):
    """A recommendation became green without evidence, or a green one lost evidence.

    A board that is told "done" will be asked for the proof. Add `evidence:`, or put back what was
    taken away; evidence that was replaced keeps its place. Where there can be none, say so aloud,
    for the reviewer to read:

        rag: green  # kimplan: ignore KP803, KP303 - a change of practice, minuted by the Board
    """

    code = "KP803"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if not item.rag.is_complete:
            return
        if before.rag.is_complete:
            yield from self._lost(change)
        elif not item.evidence:
            from kimplan.changes.fields import rating_words

            was, now = rating_words(before.rag, item.rag)
            message = f"{item.ref} went from {was} to {now} without evidence"
            hint = (
                "Add 'evidence:', or say why there is none: "
                f"rag: {item.rag}  # kimplan: ignore KP803, KP303 - reason."
            )
            yield self.finding(file, message, ("rag",), hint, key=True)

    def _lost(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if len(item.evidence) >= len(before.evidence):
            return
        for proof in before.evidence:
            if not any(_is_of(proof, other) for other in item.evidence):
                message = f"{item.ref} is {item.rag} and lost the evidence {shown(proof.title)}"
                hint = "Put it back below 'evidence:'; what replaced it can stand beside it."
                yield self.finding(file, message, ("rag",), hint)


def _is_of(proof: Evidence, other: Evidence) -> bool:
    is_linked = proof.link is not None and proof.link == other.link
    return is_linked or plain_words(proof.title) == plain_words(other.title)


class ChangedWhileVerified(RecordChangeRule):
    """What was verified changed under a standing verification.

    Whoever checked it saw another response, other evidence, another day of completion or another
    rating. Have it verified again, and write the new day, or delete `verified` in the same change:

        verified:
          by: Internal Audit
          on: 2024-05-20
    """

    code = "KP806"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if not before.verified or not item.verified:
            return
        if plain_values(item.verified) != plain_values(before.verified):
            return
        for name in _verified_changes(before, item):
            message = (
                f"the {_NAMES[name]} changed, but {shown(item.verified.by)} verified what was "
                f"there on {show_day(item.verified.on)}"
            )
            hint = "Have it verified again and write the new 'verified', or delete that line."
            at: KeyPath = (name,) if getattr(item, name) else ("verified",)
            yield self.finding(file, message, at, hint, key=True)


_NAMES = {
    "rag": "rating",
    "response": "response",
    "completed": "day of completion",
    "evidence": "evidence",
}
