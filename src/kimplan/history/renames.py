"""Which of a repository's changes are those of a plan's records, through all their names."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from kimplan.git.log import Commit, FileChange
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import RECORDS, SETTINGS


class Touched(NamedTuple):
    """A change of a record, and the commit that made it.

    `of_old` and `of_new` say whether the record that is followed is what was there before, and
    what is there after: git may take a record that went, and another that came, for one file.
    """

    commit: Commit
    change: FileChange
    of_old: bool = True
    of_new: bool = True


IsSame: TypeAlias = Callable[[str, str], bool]


def follow_one(
    log: Iterable[Commit], checkout: Checkout, ref: str, is_same: IsSame | None = None
) -> Iterator[Touched]:
    """Yield the changes of the record `ref` under all its names, newest first.

    The names are followed along each line of the history by itself, because a file may still have
    its old name on a branch when it was renamed on another. `is_same` says of two of git's names
    whether they are of one record; without it, whatever may be the record's is among the changes.
    """
    start = checkout.path(f"{RECORDS}{ref}.yaml").casefold()
    names: dict[str, frozenset[str]] = {}
    for commit in log:
        mine = names.pop(commit.name, None)
        mine = frozenset([start]) if mine is None else mine
        before = [mine for _ in commit.parents]
        for change in commit.files:
            new, states = change.new_path.casefold(), change.before
            of_old = any(state.path.casefold() in mine for state in states)
            if new not in mine and not of_old:
                continue
            yield Touched(commit, change, of_old, new in mine)
            if new in mine:
                for number, (path, blob) in enumerate(states[: len(before)]):
                    old = path.casefold()
                    if old in {"", new}:
                        continue
                    if is_same is None:
                        before[number] |= {old}
                    elif is_same(blob, change.new_blob):
                        before[number] = before[number] - {new} | {old}
        for parent, known in zip(commit.parents, before, strict=True):
            names[parent] = names.get(parent, frozenset()) | known


def follow_all(log: Iterable[Commit], checkout: Checkout) -> Iterator[Touched]:
    """Yield the changes of all records, newest first, also from where the plan's folder was."""
    folders: dict[str, frozenset[str]] = {}
    for commit in log:
        mine = folders.pop(commit.name, None)
        mine = frozenset([checkout.below]) if mine is None else mine
        places = [Checkout(checkout.root, below) for below in mine]
        before = [mine for _ in commit.parents]
        for change in commit.files:
            states = change.before
            if any(checkout.record(path) for checkout in places for path in _paths(change)):
                yield Touched(commit, change)
            below, name = posixpath.split(change.new_path)
            if name == SETTINGS and below in mine:
                for number, (old, _) in enumerate(states[: len(before)]):
                    was, name = posixpath.split(old)
                    if name == SETTINGS:
                        before[number] = before[number] - {below} | {was}
        for parent, known in zip(commit.parents, before, strict=True):
            folders[parent] = folders.get(parent, frozenset()) | known


def _paths(change: FileChange) -> tuple[str, ...]:
    return change.new_path, *(state.path for state in change.before)
