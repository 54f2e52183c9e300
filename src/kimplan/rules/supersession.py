"""What took the place of a recommendation that does not apply any more (KP5xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from kimplan.characters import shown
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.model.rating import Rating
from kimplan.model.refs import named_after
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.base import Context, Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.due import Due
    from kimplan.model.recommendation import Recommendation

_FURTHEST = 1000
_AT: tuple[str, ...] = ("superseded_by",)


class SupersededButApplies(Rule):
    """A recommendation is superseded, but not rated not-applicable.

    What another one took the place of is not worked on any more. Rate it not-applicable, with the
    reason as its response, or delete the line. What was promised stays:

        rag: not-applicable
        due: 2024-07
        superseded_by: REC12
    """

    code = "KP520"
    about = frozenset({"superseded_by"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.superseded_by and item.rag is not Rating.NOT_APPLICABLE:
            message = f"{item.ref} is {item.rag} but superseded by {item.superseded_by}"
            hint = "Write 'rag: not-applicable', or delete 'superseded_by'."
            yield self.finding(file, message, _AT, hint, key=True)


class _Known(NamedTuple):
    """What is kept of each record, and no more, since there may be many."""

    ref: str
    successor: str
    due: Due | None
    is_open: bool


class _Records:
    """The records of a plan by their refs in small letters, and which of them are superseded."""

    def __init__(self) -> None:
        self.items: dict[str, _Known] = {}
        self.superseded: list[tuple[LoadedFile[Recommendation], Recommendation, str]] = []

    def note(self, file: LoadedFile[Recommendation], item: Recommendation) -> None:
        """Keep what is to be known of a record."""
        known = _Known(item.ref, item.superseded_by or "", item.due, item.rag.is_open)
        self.items.setdefault(item.ref.casefold(), known)
        if item.superseded_by:
            self.superseded.append((file, item, item.superseded_by))


class _Successions(Rule):
    """A rule that follows from each superseded record to what took its place.

    It may still be to come, so each is found when all were read; the first rule notes the records.
    """

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._records = context.shared(_Records)

    def _after(self, ref: str) -> str:
        """Return what took the place of `ref`, in small letters; nothing if nothing did."""
        item = self._records.items.get(ref)
        return item.successor.casefold() if item else ""

    def _path(self, item: Recommendation) -> list[str]:
        """Return what took the place of `item`, and so on, each once and at most `_FURTHEST`."""
        found: dict[str, None] = {}
        ref = item.ref.casefold()
        while (ref := self._after(ref)) and ref not in found and len(found) < _FURTHEST:
            found[ref] = None
        return list(found)


class UnknownSuccessor(_Successions):
    """A recommendation is superseded by one that is not in the plan.

    Nobody could follow it to where the work goes on. Write the ref of the other recommendation as
    its file has it, capitals included.
    """

    code = "KP521"

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note a record for all of these rules."""
        self._records.note(file, item)
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it; a record that cannot be read may be the one that is meant."""
        names = {named_after(path) for path in self.context.broken}
        known = [item.ref for item in self._records.items.values()] + sorted(names)
        for file, item, ref in self._records.superseded:
            if ref not in known:
                message = f"{item.ref} is superseded by {shown(ref)}, which is not in the plan"
                hint = did_you_mean(ref, known) or "Write the ref of another recommendation."
                yield self.finding(file, message, _AT, hint)


class SupersededInACircle(_Successions):
    """Recommendations supersede each other in a circle, or one supersedes itself.

    Then none of them is left to be worked on. Correct one of the refs, or delete the line in the
    recommendation that applies.
    """

    code = "KP522"

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it, at each recommendation of a circle."""
        for file, item, ref in self._records.superseded:
            start = item.ref.casefold()
            if ref.casefold() == start:
                message = f"{item.ref} is superseded by itself"
                yield self.finding(file, message, _AT, "Name another one, or delete the line.")
            elif start in (path := self._path(item)):
                circle = path[: path.index(start) + 1]
                names = ", which is superseded by ".join(
                    self._records.items[one].ref for one in circle
                )
                message = f"{item.ref} is superseded in a circle: by {names}"
                yield self.finding(file, message, _AT, "Correct one of them, or delete the line.")


class LaterThanSuperseded(_Successions):
    """What took the place of a recommendation is promised later than that was, or for no date.

    The promise went on to the other recommendation, and slipped on the way: the report shows no
    moved date. Bring the date forward, or say in an ignore who agreed to it and why.
    """

    code = "KP523"
    severity = Severity.WARNING

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        for file, item, _ in self._records.superseded:
            last = self._records.items.get(self._path(item)[-1])
            was = item.due if item.due and item.due.is_agreed else item.first_agreed
            if last is None or last.successor or not last.is_open or not was:
                continue
            if _is_later(last.due, was):
                message = (
                    f"{item.ref} was promised for {was}; {last.ref}, which takes its place, "
                    f"has {last.due if last.due else 'no date'}"
                )
                hint = "Bring that date forward, or say who agreed to the later one."
                yield self.finding(file, message, _AT, hint)


def _is_later(due: Due | None, promised: Due) -> bool:
    return due is None or due.last_day > promised.last_day
