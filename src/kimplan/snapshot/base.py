"""The plan as it was at a base revision, for what a change may not do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.blob import is_blob
from kimplan.git.process import GitError, git
from kimplan.git.revisions import find_commit, is_shallow
from kimplan.loader import find_repository
from kimplan.loader.loaded_file import LoadedFile, load_bytes
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.earlier import Base
from kimplan.snapshot.tree import RECORDS, SETTINGS, counts, read_blobs, read_tree

_SHORT = 7
_MOST_BASES = 8


class Comparison(NamedTuple):
    """The base of a change; `unseen` are sentences about what could not be seen."""

    base: Base
    unseen: tuple[str, ...] = ()


class _Start(NamedTuple):
    """Where a change begins: the commit that was named, and where HEAD's history left it."""

    named: str
    bases: tuple[str, ...]
    unseen: tuple[str, ...] = ()


def read_base(plan: Path, revision: str) -> Comparison:
    """Return the state of the plan in the folder `plan` at the commit where `revision` was left.

    That is the merge base of `revision` and HEAD, as of a pull request. The files on disk are
    compared with it, committed or not. Raises KimplanError when there is no such revision, when it
    has nothing in common with this repository's history, or when git cannot tell.
    """
    root = find_repository(plan)
    if root is None:
        message = (
            f"the plan cannot be compared with '{revision[:40]}': {plan} is not in a repository"
        )
        raise KimplanError(message, "Run this where git has the plan's history.")
    try:
        return _compare(plan, root, revision)
    except GitError as error:
        # Not said by the way: a check that was asked for a comparison may not pass without one.
        message = f"the plan cannot be compared with '{revision}': {error}"
        raise KimplanError(message, error.hint) from error


def _compare(plan: Path, root: Path, revision: str) -> Comparison:
    start = _start(root, revision)
    unseen = list(start.unseen)
    then, was = _files_then(plan, root, start)
    if was is not None:
        unseen.append(f"the plan was in the folder {was} at {revision}, and is compared with that")
    if not then:
        unseen.append(f"there was no plan in {plan} at {revision}, so all of it counts as new")
    elif not any(name.startswith(RECORDS) for name in then):
        unseen.append(f"{plan} had no recommendations at {revision}, so all of them count as new")
    changed, earlier = _changes(plan, then)
    records: dict[str, LoadedFile[Recommendation]] = {}
    settings: LoadedFile[Settings] | None = None
    contents = read_blobs(root, [then[name] for name in earlier])
    for name, content in zip(earlier, contents, strict=True):
        path = f"{plan.as_posix()}/{name}"
        loaded: LoadedFile[Recommendation] | LoadedFile[Settings]
        if name == SETTINGS:
            loaded = settings = load_bytes(path, content, Settings)
        else:
            loaded = records[path] = load_bytes(path, content, Recommendation)
        if loaded.value is None:
            unseen.append(f"{path} could not be understood at {revision}, so it is not compared")
    paths = frozenset(f"{plan.as_posix()}/{name}" for name in changed)
    shown = f"{revision} ({', '.join(commit[:_SHORT] for commit in start.bases)})"
    return Comparison(Base(shown, paths, records, settings), tuple(unseen))


def _start(root: Path, revision: str) -> _Start:
    named, head, *_ = find_commit(root, revision)
    if bases := git(root, "merge-base", "--all", named, head, may_fail=True).decode().split():
        return _Start(named, tuple(bases[:_MOST_BASES]))
    if not is_shallow(root):
        message = f"the revision '{revision}' has no history in common with this repository's HEAD"
        raise KimplanError(message, "Name the branch that it came from: --base origin/main.")
    sentence = (
        f"this is a shallow clone, which does not show where this branch left {revision}: the "
        f"plan is compared with {revision} as it is now"
    )
    return _Start(named, (named,), (sentence,))


def _files_then(plan: Path, root: Path, start: _Start) -> tuple[dict[str, str], str | None]:
    """Return the blobs of the plan's files by their names, and where the plan was if elsewhere."""
    place = Path(os.path.abspath(plan))
    place = place.parent.resolve() / place.name  # if it is a link now, it may have been a folder
    folders = [plan.resolve().relative_to(root).as_posix()]
    if place.is_relative_to(root):
        folders.insert(0, place.relative_to(root).as_posix())
    for folder in dict.fromkeys(folders):
        then = _at_bases(root, start, folder, folder)
        if SETTINGS in then:
            return then, None
    tree = read_tree(root, start.bases[0])
    here = set(_names_here(plan))
    found = {}
    for folder in dict.fromkeys([*folders, *tree.plans()]):
        is_there = os.path.exists(root / folder / SETTINGS)
        if folder in folders or not is_there or os.path.samefile(root / folder, plan):
            found[folder] = tree.plan(folder)
    was = max(found, key=lambda folder: len(here & found[folder].keys()))
    if not found[was]:
        return {}, None
    return _at_bases(root, start, was, ""), None if was in folders else was


def _at_bases(root: Path, start: _Start, folder: str, below: str) -> dict[str, str]:
    """Return the plan's files where the change begins.

    Of several merge bases, as two branches have that were merged into each other, it is what git
    would merge them to: of each file the version that one of them changed, and the named
    revision's where several did.
    """

    def files(commit: str) -> dict[str, str]:
        return read_tree(root, commit, below).plan(folder)

    if len(start.bases) == 1:
        return files(start.bases[0])
    older = git(root, "merge-base", "--octopus", *start.bases, may_fail=True).decode().split()
    first = files(older[0]) if older else {}
    states, named = [files(commit) for commit in start.bases], files(start.named)
    merged = {}
    for name in {name for state in (*states, named) for name in state}:
        versions = {state.get(name) for state in states} - {first.get(name)}
        chosen = first.get(name) if not versions else named.get(name)
        if len(versions) == 1:
            chosen = versions.pop()
        if chosen:
            merged[name] = chosen
    return merged


def _changes(plan: Path, then: dict[str, str]) -> tuple[set[str], list[str]]:
    """Return the files that are new or differ, and those of `then` that differ or are gone."""
    here = set(_names_here(plan))
    changed = {name for name in here if name not in then or not _is_same(plan / name, then[name])}
    return changed, [name for name in sorted(then) if name in changed or name not in here]


def _is_same(path: Path, blob: str) -> bool:
    """Return whether the file, or what the link at `path` leads to, is what the blob holds."""
    return is_blob(Path(os.path.realpath(path)) if os.path.islink(path) else path, blob)


def _names_here(plan: Path) -> Iterator[str]:
    for folder in ("", RECORDS):
        try:
            names = os.listdir(plan / folder)
        except OSError:
            continue
        yield from (f"{folder}{name}" for name in names if counts(f"{folder}{name}"))
