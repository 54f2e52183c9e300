"""What a change to the plan may not do (KP8xx); each rule compares with an earlier state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kimplan.changes.actions import pair_actions
from kimplan.changes.words import plain_words
from kimplan.diagnostic import Diagnostic, Location
from kimplan.loader import LoadedFile
from kimplan.model.due import Due, show_day
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Section
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Action, Evidence, Recommendation, Revision
from kimplan.rules.base import ChangeRule
from kimplan.source import KeyPath, shown


class _Changed(NamedTuple):
    """A record in its file, and what it was."""

    file: LoadedFile[Recommendation]
    item: Recommendation
    before: Recommendation


class _RecordChange(ChangeRule):
    """A rule that compares a record with what it was."""

    code = ""

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it, when all records were read and each is known by what it was."""
        for path, file in self.context.changed.items():
            earlier = self.context.earlier(path)
            if file.value and earlier and earlier.value:
                yield from self._compare(_Changed(file, file.value, earlier.value))

    def _compare(self, change: _Changed) -> Iterable[Diagnostic]:
        raise NotImplementedError


class SilentMove(_RecordChange):
    """A due date was moved later, or taken away, without a revision that gives the reason.

    Nobody could say afterwards who moved it and why. What was promised stays in the file, also
    when the recommendation is closed: its completion is held against it. Add a revision that begins
    at the date that was promised before and ends at the new one:

        due: 2024-07
        revisions:
          - {from: 2024-03, to: 2024-07, reason: The portal was re-planned., on: 2024-03-20}

    The date of a sub-action keeps the same law, with `revisions` of its own.
    """

    code = "KP801"

    def _compare(self, change: _Changed) -> Iterator[Diagnostic]:
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


def _promised(before: Recommendation) -> Due | None:
    """Return the date that was promised last, also where it was taken away since."""
    moves = before.revisions
    return before.due or (moves[-1].to if moves else None)


def _silent(
    old: Due | None, new: Due | None, was: Sequence[Revision], now: Sequence[Revision]
) -> tuple[str, str] | None:
    """Return what is wrong with the move of a date, and how to mend it; None if nothing is."""
    if old is None or (new and new.last_day <= old.last_day):
        return None
    if new is None:
        message = f"was taken away: {old} was promised, and what was promised stays"
        return message, f"Put the line 'due: {old.text}' back."
    said = [_said(move) for move in was]
    if _is_explained(old, new, [move for move in now if _said(move) not in said]):
        return None
    hint = (
        f"Add below 'revisions:' a line '  - {{from: {old.text}, to: {new.text}, "
        "reason: …, on: …}'."
    )
    return f"moved from {old} to {new} without a revision that says why", hint


def _is_explained(old: Due, new: Due, moves: Sequence[Revision]) -> bool:
    return (
        bool(moves)
        and moves[0].from_.covers_the_same(old)
        and moves[-1].to.covers_the_same(new)
        and all(any(map(str.isalnum, move.reason)) for move in moves)
    )


class RewrittenHistory(_RecordChange):
    """A revision, a progress note, a completion or a verification was rewritten or removed.

    They are the record of what was promised and done, and are only ever added to. Put the entry
    back as it was, and add a new one that corrects it. How lines are wrapped does not count, and
    two branches may each add entries in any order. The day of completion moves only when the
    recommendation is amber or red again first. A verification is taken away or renewed only
    together with what it verified: a response, evidence, completion or rating that changes.
    """

    code = "KP802"

    def _compare(self, change: _Changed) -> Iterator[Diagnostic]:
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
        lists: list[tuple[str, list[Any], list[Any]]] = [
            ("revisions", before.revisions, item.revisions)
        ]
        if isinstance(before, Recommendation) and isinstance(item, Recommendation):
            lists.append(("progress", before.progress, item.progress))
        for key, old, new in lists:
            if not _are_kept(old, new):
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

    def _completion(self, change: _Changed) -> Iterator[Diagnostic]:
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

    def _verification(self, change: _Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if not before.verified or _is_renewed(change):
            return
        if item.verified and _said(item.verified) == _said(before.verified):
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
    left, index = [_said(entry) for entry in new], 0
    for number, entry in enumerate(map(_said, old)):
        if entry not in left:
            return number, index
        left[left.index(entry)] = []  # each stands for one only
        index = next(at for at, one in enumerate(map(_said, new)) if one == entry) + 1
    return None, 0


def _are_kept(old: Sequence[Any], new: Sequence[Any]) -> bool:
    """Return whether all earlier entries are still there, in their order or in that of the days."""
    said, left = [_said(entry) for entry in new], iter([_said(entry) for entry in new])
    if all(any(_said(entry) == other for other in left) for entry in old):
        return True
    days = [entry.on for entry in new]
    if days != sorted(days):
        return False
    for entry in old:
        if _said(entry) not in said:
            return False
        said.remove(_said(entry))
    return True


def _is_renewed(change: _Changed) -> bool:
    """Return whether a verification was withdrawn or renewed with what it was about."""
    _, item, before = change
    if not before.verified or not _verified_changes(before, item):
        return False
    return item.verified is None or (
        item.verified.on >= before.verified.on and _said(item.verified) != _said(before.verified)
    )


def _verified_changes(before: Recommendation, item: Recommendation) -> list[str]:
    """Return what changed of that for which a verification stands."""
    both = {
        "rag": (before.rag, item.rag),
        "response": (plain_words(before.response), plain_words(item.response)),
        "completed": (before.completed, item.completed),
        "evidence": ([*map(_said, before.evidence)], [*map(_said, item.evidence)]),
    }
    return [name for name, (old, new) in both.items() if old != new]


class GreenWithoutProof(_RecordChange):
    """A recommendation became green without evidence, or a green one lost evidence.

    A board that is told "done" will be asked for the proof. Add `evidence:`, or put back what was
    taken away; evidence that was replaced keeps its place. Where there can be none, say so aloud,
    for the reviewer to read:

        rag: green  # kimplan: ignore KP803, KP303 - a change of practice, minuted by the Board
    """

    code = "KP803"

    def _compare(self, change: _Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if item.rag is not Rating.GREEN:
            return
        if before.rag is Rating.GREEN:
            yield from self._lost(change)
        elif not item.evidence:
            message = f"{item.ref} went from {before.rag} to green without evidence"
            hint = (
                "Add 'evidence:', or say why there is none: "
                "rag: green  # kimplan: ignore KP803, KP303 - reason."
            )
            yield self.finding(file, message, ("rag",), hint, key=True)

    def _lost(self, change: _Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if len(item.evidence) >= len(before.evidence):
            return
        for proof in before.evidence:
            if not any(_is_of(proof, other) for other in item.evidence):
                message = f"{item.ref} is green and lost the evidence {shown(proof.title)}"
                hint = "Put it back below 'evidence:'; what replaced it can stand beside it."
                yield self.finding(file, message, ("rag",), hint)


def _is_of(proof: Evidence, other: Evidence) -> bool:
    is_linked = proof.link is not None and proof.link == other.link
    return is_linked or plain_words(proof.title) == plain_words(other.title)


class RemovedRecommendation(ChangeRule):
    """A recommendation was removed or renumbered.

    The Ombudsman's numbers stand in minutes and reports for good. Put the file back under its
    ref; what does not apply any more is rated not-applicable, with the reason as the response.
    """

    code = "KP804"

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        kept = {was: now for now, was in self.context.pairs().items()}
        for path, earlier in self.base.records.items():
            now = self.context.changed.get(kept.get(path, ""))
            if now is None and path in self.context.paths and path not in self.context.changed:
                continue  # it is as it was
            name = path.rpartition("/")[2].removesuffix(".yaml")
            ref = earlier.value.ref if earlier.value else name
            if now is None:
                hint = "Put the file back; what does not apply is rated not-applicable."
                message = f"{ref} was removed from the plan"
                yield Diagnostic(self.code, self.severity, message, Location(path), hint)
            elif earlier.value and now.value and now.value.ref.casefold() != ref.casefold():
                message = f"{ref} was renumbered: it is {now.value.ref} now"
                yield self.finding(now, message, ("ref",), f"Give it back its ref, {ref}.")


class OmbudsmansWords(_RecordChange):
    """The Ombudsman's own words were changed.

    A title, a detail and a section's text are quoted from the report; an answer to other words is
    no answer. Put them back as they were. How lines are wrapped does not count.
    """

    code = "KP805"

    def _compare(self, change: _Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        for key in ("title", "detail"):
            old, new = plain_words(getattr(before, key)), plain_words(getattr(item, key))
            if old != new:
                at: KeyPath = (key,) if new else ()
                message = f"the {key} of {item.ref}, which is the Ombudsman's, was {_how(old, new)}"
                yield self.finding(file, message, at, _was(old), key=True)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the records and in the sections."""
        yield from super().check_plan()
        now, before = self.context.settings, self.base.settings
        if not now.value or not before or not before.value:
            return
        ids = {section.id for section in now.value.sections}
        old = {section.id: section for section in before.value.sections}
        for index, section in enumerate(now.value.sections):
            if earlier := old.get(section.id):
                yield from self._compare_section(index, section, earlier)
        quoted = [_quoted(section) for section in now.value.sections if section.id not in old]
        for section in before.value.sections:
            if section.id not in ids and _quoted(section) not in quoted:
                message = f"the section {shown(section.id)}, which is the Ombudsman's, was removed"
                hint = f"It was: {shown(plain_words(section.title))}."
                yield self.finding(now, message, ("sections",), hint, key=True)

    def _compare_section(self, index: int, now: Section, earlier: Section) -> Iterator[Diagnostic]:
        for key in ("title", "narrative"):
            was, words = plain_words(getattr(earlier, key)), plain_words(getattr(now, key))
            if was != words:
                at: KeyPath = ("sections", index, key) if words else ("sections", index)
                message = f"the {key} of section {shown(now.id)}, which is the Ombudsman's, was "
                message += _how(was, words)
                yield self.finding(self.context.settings, message, at, _was(was))


class ChangedWhileVerified(_RecordChange):
    """What was verified changed under a standing verification.

    Whoever checked it saw another response, other evidence, another day of completion or another
    rating. Have it verified again, and write the new day, or delete `verified` in the same change:

        verified: {by: Internal Audit, on: 2024-05-20}
    """

    code = "KP806"

    def _compare(self, change: _Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        if not before.verified or not item.verified:
            return
        if _said(item.verified) != _said(before.verified):
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


def _how(old: str, new: str) -> str:
    return "changed" if old and new else "removed" if old else "added"


def _was(old: str) -> str:
    return f"It was: {shown(old)}." if old else "There was none before."


def _quoted(section: Section) -> tuple[str, str]:
    return plain_words(section.title), plain_words(section.narrative)


def _said(entry: PlanModel) -> Sequence[object]:
    """Return the values of an entry, without the layout of its texts."""
    return [plain_words(value) if isinstance(value, str) else value for _, value in entry]
