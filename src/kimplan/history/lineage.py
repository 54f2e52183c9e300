"""What of each commit counts for the plan as it is, after all merges decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from kimplan.changes.pairing import has_same_words, pair_records
from kimplan.git.log import Commit, FileChange, FileState
from kimplan.history.merges import Files
from kimplan.model.recommendation import Recommendation

Fields: TypeAlias = frozenset[str]
Items: TypeAlias = Mapping[str, Recommendation | None]
_ALL: Fields = frozenset(Recommendation.model_fields)
_NONE: Fields = frozenset()


class Step(NamedTuple):
    """What a commit did to one record: where it was in the parents that had it, and where it is.

    `counted` are the fields of it that were taken over by all merges after it. `is_taken` says of
    a removal that it was made on one of the branches that were merged.
    """

    commit: Commit
    before: tuple[FileState, ...]
    after: FileState | None
    counted: Fields
    is_taken: bool = False

    @property
    def old_path(self) -> str:
        """Its path in the first of the parents that had it, or nothing."""
        return self.before[0].path if self.before else ""

    @property
    def new_path(self) -> str:
        """Its path after the commit, or nothing."""
        return self.after.path if self.after else ""


class _Line(NamedTuple):
    """What counts at a commit: all of every record or nothing, but for those at some paths.

    `mine` are the paths, in small letters, of the one record that is followed, if it is one.
    """

    is_counted: bool
    but: Mapping[str, Fields]
    mine: frozenset[str] | None

    def of(self, path: str) -> Fields:
        """Return the fields that count of the record at `path`."""
        return self.but.get(path, _ALL if self.is_counted else _NONE)

    def joined(self, other: _Line | None) -> _Line:
        """Return what counts for one of two children at least."""
        if other is None:
            return self
        is_counted = self.is_counted or other.is_counted
        usual = _ALL if is_counted else _NONE
        paths = self.but.keys() | other.but.keys()
        but = {path: self.of(path) | other.of(path) for path in paths}
        but = {path: fields for path, fields in but.items() if fields != usual}
        mine = None if self.mine is None or other.mine is None else self.mine | other.mine
        return _Line(is_counted, but, mine)

    def before(self, pairs: Mapping[str, str], added: Collection[str]) -> _Line:
        """Return the same by the names that the records had in a parent, as `pairs` tells them.

        A name that another record had there, of which one that was `added` took it over, is none.
        """
        if not added and all(path == old for path, old in pairs.items()):
            return self
        was = set(pairs.values())
        lost = {path for path in added if path in was}
        but = {pairs.get(path, path): one for path, one in self.but.items() if path not in lost}
        mine = self.mine
        if mine is not None:
            names = {path.casefold(): old.casefold() for path, old in pairs.items()}
            lost = {path.casefold() for path in lost}
            mine = frozenset(names.get(path, path) for path in mine - lost)
        return _Line(self.is_counted, but, mine)


def counted_steps(
    log: Sequence[Commit], others: Mapping[str, tuple[Files, ...]], items: Items, path: str | None
) -> list[Step]:
    """Return the steps of all records that count, or of that at the `path`, newest first.

    `others` is what the other parents of merges had. What a merge has of a field is that of the
    first of its parents that has the same; what the others did to the field does not count then.
    """
    mine = None if path is None else frozenset([path.casefold()])
    lines: dict[str, _Line] = {}
    found: list[Step] = []
    for commit in log:
        line = lines.pop(commit.name, None) or _Line(True, {}, mine)
        if (steps := _in_place(commit, line, items)) is not None:
            found += steps
            for parent in commit.parents:
                lines[parent] = line.joined(lines.get(parent))
            continue
        step = _Commit(commit, line, others.get(commit.name, ()), items)
        found += step.steps()
        for parent, before in zip(commit.parents, step.parents(), strict=True):
            lines[parent] = before.joined(lines.get(parent))
    return found


def _in_place(commit: Commit, line: _Line, items: Items) -> list[Step] | None:
    """Return what a commit did that left each record where it was, which most do; else None."""
    if line.mine is not None or len(commit.parents) > 1:
        return None
    steps = []
    for old, path, was, blob in commit.files:
        if old != path or not _is_same(items, was, blob):
            return None
        states = FileState(old, was), FileState(path, blob)
        steps.append(Step(commit, states[:1], states[1], line.of(path)))
    return steps


class _Commit:
    """One commit: which records it changed, and what then counts of each of its parents.

    `sides` are the records that each of the parents had where the commit changed some.
    """

    def __init__(self, commit: Commit, line: _Line, others: Sequence[Files], items: Items) -> None:
        self._commit = commit
        self._line = line
        self._items = items
        files = self._concerned(commit.files)
        self._after = {one.new_path: one.new_blob for one in files if one.new_path}
        self._before = {one.old_path: one.old_blob for one in files if one.old_path}
        self._sides = [self._before, *others] if files else []
        self._pairs = [self._paired(files, side) for side in self._sides]

    def steps(self) -> Iterator[Step]:
        """Yield what the commit did to each record that it changed, as far as it is asked for."""
        for path, blob in self._after.items():
            before = tuple(state for state in self._states(path) if state)
            step = Step(self._commit, before, FileState(path, blob), self._line.of(path))
            if self._is_mine(path, step.old_path):
                yield step
        for path in self._removed():
            if self._is_mine("", path):
                before = tuple(FileState(path, side[path]) for side in self._having(path))
                is_taken = len(before) < len(self._sides)
                yield Step(self._commit, before, None, self._line.of(path), is_taken)

    def parents(self) -> list[_Line]:
        """Return what counts of each parent."""
        rest = max(len(self._commit.parents) - 1, 0)
        lines = [self._line, *[_Line(False, {}, self._line.mine)] * rest]
        if self._pairs:
            lines = [self._earlier(*one) for one in zip(lines, self._pairs, strict=False)]
        if not rest or not self._sides:
            return lines[: len(self._commit.parents)]
        buts = [dict(line.but) for line in lines]
        for path in self._after:
            self._share(path, buts)
        for path in self._removed():
            lacking = [n for n, side in enumerate(self._sides) if path not in side]
            for number, but in enumerate(buts):
                but[path] = self._line.of(path) if number == (lacking or [0])[0] else _NONE
        return [line._replace(but=but) for line, but in zip(lines, buts, strict=True)]

    def _earlier(self, line: _Line, pairs: Mapping[str, str]) -> _Line:
        return line.before(pairs, [path for path in self._after if path not in pairs])

    def _share(self, path: str, buts: Sequence[dict[str, Fields]]) -> None:
        """Say from which parent of a merge each field of the record at `path` came."""
        states = self._states(path)
        items = [state and self._items.get(state.blob) for state in states]
        shares = _shares(self._items.get(self._after[path]), items, self._line.of(path))
        for but, state, share in zip(buts, states, shares, strict=True):
            if state or any(states):  # where it was not, it may have been removed: that was undone
                but[state.path if state else path] = share if state else _NONE

    def _states(self, path: str) -> list[FileState | None]:
        """Return where the record that is at `path` now was in each of the parents."""
        return [
            FileState(pairs[path], side[pairs[path]]) if path in pairs else None
            for pairs, side in zip(self._pairs, self._sides, strict=True)
        ]

    def _removed(self) -> list[str]:
        kept = set(self._pairs[0].values()) if self._pairs else set()
        return [path for path in self._before if path not in kept]

    def _having(self, path: str) -> Iterator[Files]:
        return (side for side in self._sides if path in side)

    def _is_mine(self, new: str, old: str) -> bool:
        """Return whether a record is followed: by its new name, or one that no other took over."""
        mine = self._line.mine
        return (
            mine is None
            or new.casefold() in mine
            or (old.casefold() in mine and old not in self._after)
        )

    def _concerned(self, files: Sequence[FileChange]) -> Sequence[FileChange]:
        """Return the changes that must be known, to tell which record was which."""
        mine = self._line.mine
        if mine is None:
            return files
        touched = [one for one in files if any(path.casefold() in mine for path in one[:2])]
        is_clear = all(
            one.old_path == one.new_path and _is_same(self._items, one.old_blob, one.new_blob)
            for one in touched
        )
        return touched if is_clear else files

    def _paired(self, files: Sequence[FileChange], side: Files) -> dict[str, str]:
        """Return the paths in a parent of the records that the commit left, by those after it."""
        after, items = self._after, self._items
        if all(path in side and _is_same(items, side[path], blob) for path, blob in after.items()):
            return {path: path for path in after}
        if not side:
            return {}
        old, new = (
            {path: self._items.get(blob) for path, blob in one.items()} for one in (side, after)
        )
        found = pair_records(old, new)
        for was, path, *_ in files:  # what is broken is in the file that git takes it for
            is_free = path not in found and was not in found.values()
            if was in side and path and is_free and not (old[was] and new[path]):
                found[path] = was
        return found


def _is_same(items: Items, old: str, new: str) -> bool:
    before, after = items.get(old), items.get(new)
    return before is not None and after is not None and has_same_words(before, after)


def _shares(
    after: Recommendation | None, parents: Sequence[Recommendation | None], counted: Fields
) -> list[Fields]:
    """Return which of the `counted` fields came from which of a merge's parents.

    A field that is as none of them has it was changed by the merge itself, from what its first
    parent had; a list may be from all of them, and so may the own fields.
    """
    there = [number for number, item in enumerate(parents) if item is not None]
    shares: list[set[str]] = [set() for _ in parents]
    for name in counted:
        value = getattr(after, name, None)
        same = [number for number in there if getattr(parents[number], name) == value]
        is_joined = after is None or isinstance(value, list | dict)
        froms = same[:1] or (there if is_joined else there[:1])
        for number in froms:
            shares[number].add(name)
    if not there:
        return [counted for _ in parents]
    return [frozenset(share) for share in shares]
