"""The states of records, one after the other, to what changed from each to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kimplan.changes.fields import Change, Kind, differences
from kimplan.changes.pairing import is_same
from kimplan.git.log import FileChange
from kimplan.model.due import Due
from kimplan.model.recommendation import Recommendation


class Replay:
    """Tells what changed, oldest first, and remembers what a later state must be held against.

    That is the last state that could be understood, what a removed record was, and the date that a
    record had before it was rated green. `first` is the first date of all that was told.
    """

    def __init__(self, items: Mapping[str, Recommendation | None]) -> None:
        self._items = items
        self._sound: dict[str, Recommendation] = {}
        self._gone: dict[str, Recommendation] = {}
        self._due: dict[str, Due] = {}
        self.first: Due | None = None

    def state(self, path: str, blob: str) -> Recommendation | None:
        """Return what a file says, or what it said last if it cannot be understood."""
        return (self._items.get(blob) or self._sound.get(path.casefold())) if blob else None

    def last_due(self, path: str) -> Due | None:
        """Return the last date that the record at `path` had."""
        return self._due.get(path.casefold())

    def is_same(self, old: str, new: str) -> bool:
        """Return whether two blobs may be of one recommendation; what is broken may."""
        before, after = self._items.get(old), self._items.get(new)
        return before is None or after is None or is_same(before, after)

    def understands(self, change: FileChange) -> bool:
        """Return whether a commit left its file as one that can be understood, or took it away."""
        if not change.new_blob or self._items.get(change.new_blob):
            return True
        before = next(iter(self._parents(change)), None)
        if before:
            self._sound[change.new_path.casefold()] = before
        return False

    def tell(self, change: FileChange) -> list[tuple[str, list[Change]]]:
        """Return the paths of the records that a commit changed, and what it changed in them.

        They are two where git took a record that went, and another that came, for one file.
        """
        after = self._items.get(change.new_blob)
        before = _joined(self._parents(change), after)
        old, new = change.old_path, change.new_path
        if before and after and old != new and not is_same(before, after):
            removed, added = self.step(old, "", before, None), self.step("", new, None, after)
            return [(old, removed), (new, added)]
        return [(new or old, self.step(old, new, before, after))]

    def step(
        self, old: str, new: str, before: Recommendation | None, after: Recommendation | None
    ) -> list[Change]:
        """Return what changed from `before` at the path `old` to `after` at the path `new`."""
        old, new = old.casefold(), new.casefold()
        changes = differences(before, after)
        due = self._due.get(old or new)
        if before and after is None:
            self._gone[old] = before
        if after is None:
            return changes
        if before is None and (gone := self._gone.pop(new, None)):
            changes += differences(gone, after)  # it was brought back
        self.first = self.first or (before.due if before else None) or after.due
        self._sound[new] = after
        latest = after.due or due
        if latest:
            self._due[new] = latest
        return [_set_again(change, due, after.due) for change in changes]

    def _parents(self, change: FileChange) -> list[Recommendation]:
        states = (self.state(path, blob) for path, blob in change.before)
        return [state for state in states if state]


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
    return parents[0].model_copy(update=update)


def _set_again(change: Change, last: Due | None, due: Due | None) -> Change:
    """Return the setting of a date that an open record has again as the move that it is."""
    if change.kind is not Kind.DUE or change.before or not last or not due or last == due:
        return change
    return change._replace(before=str(last), days=(due.last_day - last.last_day).days)
