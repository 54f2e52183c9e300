"""The states of records, one after the other, to what changed from each to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kimplan.changes.fields import Change, Kind, differences
from kimplan.git.log import FileState
from kimplan.history.lineage import Step
from kimplan.model.due import Due
from kimplan.model.recommendation import Recommendation

# The fields of a recommendation that tell of a kind of change, where they have another name.
_FIELDS = {
    Kind.ADDED: "ref",
    Kind.REMOVED: "ref",
    Kind.RENUMBERED: "ref",
    Kind.RATING: "rag",
    Kind.REVISION: "revisions",
    Kind.FIELD: "fields",
}


class Replay:
    """Tells what changed, oldest first, and remembers what a later state must be held against.

    That is the last state that could be understood, what a removed record was, and the last date
    that a record had. `first` is the first date of all that was told.
    """

    def __init__(self, items: Mapping[str, Recommendation | None]) -> None:
        self._items = items
        self._sound: dict[str, Recommendation] = {}
        self._gone: dict[str, Recommendation] = {}
        self._due: dict[str, Due] = {}
        self.first: Due | None = None

    def state(self, path: str, blob: str) -> Recommendation | None:
        """Return what a file says, or what it said last if it cannot be understood."""
        return self._items.get(blob) or self._sound.get(path.casefold())

    def last_due(self, path: str) -> Due | None:
        """Return the last date that the record at `path` had."""
        return self._due.get(path.casefold())

    def understands(self, step: Step) -> bool:
        """Return whether a commit left a record as one that can be understood, or took it away."""
        if step.after is None or self._items.get(step.after.blob):
            return True
        before = next(iter(self._parents(step.before)), None)
        if before:
            self._sound[step.new_path.casefold()] = before
        return False

    def tell(self, step: Step) -> list[Change]:
        """Return what a commit changed in a record, as far as it counts."""
        after = self._items.get(step.after.blob) if step.after else None
        before = _joined(self._parents(step.before), after)
        changes = self.step(step.old_path, step.new_path, before, after, "due" in step.counted)
        return [change for change in changes if _field(change) in step.counted]

    def step(
        self,
        old: str,
        new: str,
        before: Recommendation | None,
        after: Recommendation | None,
        is_dated: bool = True,
    ) -> list[Change]:
        """Return what changed from `before` at the path `old` to `after` at the path `new`.

        Without `is_dated`, the date is none that the record had, because a merge did not take it.
        """
        old, new = old.casefold(), new.casefold()
        changes = differences(before, after)
        due = self._due.get(old or new)
        if before and after is None:
            self._gone[old] = before
        if after is None:
            return changes
        if before is None and (gone := self._gone.pop(new, None)):
            changes += differences(gone, after)  # it was brought back
        self._sound[new] = after
        latest = (after.due if is_dated else None) or due
        if latest:
            self._due[new] = latest
        if is_dated:
            self.first = self.first or (_agreed(before) if before else None) or _agreed(after)
        return [_set_again(change, due, after.due) for change in changes]

    def _parents(self, states: Sequence[FileState]) -> list[Recommendation]:
        known = (self.state(path, blob) for path, blob in states)
        return [state for state in known if state]


def _field(change: Change) -> str:
    return "actions" if change.action else _FIELDS.get(change.kind, str(change.kind))


def _joined(
    parents: Sequence[Recommendation], after: Recommendation | None
) -> Recommendation | None:
    """Return what a merge began with: of each field what it has from one of its parents, if so.

    What is then left to tell is what the merge itself changed.
    """
    if after is None or len(parents) < 2:
        return parents[0] if parents else None
    update = {}
    for name in type(after).model_fields:
        now, were = getattr(after, name), [getattr(parent, name) for parent in parents]
        if now in were:
            update[name] = now
        elif isinstance(now, list):
            kept = [entry for entry in now if any(entry in was for was in were)]
            lost = [entry for entry in were[0] if all(entry in was for was in were)]
            update[name] = kept + [entry for entry in lost if entry not in now]
        elif isinstance(now, dict):
            update[name] = _joined_values(now, were)
    return parents[0].model_copy(update=update)


def _joined_values(now: Mapping[str, str], were: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return of each own field what it has from one of the parents, or what the first one had."""
    joined = {}
    for name in dict.fromkeys([*now, *were[0]]):
        value = now.get(name)
        is_from_one = any(was.get(name) == value for was in were)
        if (found := value if is_from_one else were[0].get(name)) is not None:
            joined[name] = found
    return joined


def _agreed(item: Recommendation) -> Due | None:
    return item.due if item.due and item.due.is_agreed else None


def _set_again(change: Change, last: Due | None, due: Due | None) -> Change:
    """Return the setting of a date where there was one before as the move that it is.

    The same date again is no move: it is put back, which took it by no day anywhere.
    """
    is_own = change.kind is Kind.DUE and not change.action
    if not is_own or change.before or not last or not due:
        return change
    before = "" if last == due else str(last)
    is_known = last.is_agreed and due.is_agreed
    days = (due.last_day - last.last_day).days if is_known else None
    return change._replace(before=before, days=days)
