"""The plan as it was at a base revision, for what a change may not do."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.blob import is_same_file
from kimplan.git.process import GitError, git
from kimplan.git.revisions import LookUp, find_commit
from kimplan.git.shallow import cut_off
from kimplan.loader import PlanFolder
from kimplan.loader.loaded_file import LoadedFile, load_bytes
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import BaseLookUp, look_up_base
from kimplan.snapshot.earlier import Base
from kimplan.snapshot.layout import OWNERS, SETTINGS, names_on_disk
from kimplan.snapshot.read import Snapshot, find_snapshot, read_snapshots, snapshots_in

_SHORT = 7
_MOST_BASES = 8
_NAME_ONE = "Name a branch, a tag or a commit of this repository: --base origin/main."


class Comparison(NamedTuple):
    """The base of a change; `unseen` are sentences about what could not be seen."""

    base: Base
    unseen: tuple[str, ...] = ()


class _Start(NamedTuple):
    """Where a change begins: the commit that was named, and where HEAD's history left it."""

    named: str
    bases: tuple[str, ...]
    unseen: tuple[str, ...] = ()


def read_base(plan: Path, revision: str, begun: BaseLookUp | None = None) -> Comparison:
    """Return the state of the plan in the folder `plan` at the commit where `revision` was left.

    That is the merge base of `revision` and HEAD, as of a pull request. The files on disk are
    compared with it, committed or not. `begun` is what `look_up_base` returned, if it was begun
    already. Raises KimplanError wherever that cannot be told: without a repository, without git,
    when there is no such revision or it has nothing in common with this repository's history. A
    check that was asked for a comparison may not pass without one.
    """
    begun = begun or look_up_base(plan, revision)
    if begun is None:
        hint = "Run the check in a clone of the plan's repository, with its history."
        raise _not_compared(revision, f"{plan} is not in a git repository", hint)
    try:
        return _compare(plan, revision, begun)
    except GitError as error:
        raise _not_compared(revision, error.message, error.hint) from error


def _not_compared(revision: str, reason: str, hint: str) -> KimplanError:
    return KimplanError(f"the plan cannot be compared with '{revision[:80]}': {reason}", hint)


def _compare(plan: Path, revision: str, begun: BaseLookUp) -> Comparison:
    root, folders = begun.root, begun.folders
    start = _start(root, revision, begun.look_up)
    unseen = list(start.unseen)
    at_hand = snapshots_in(root, folders[0], begun.look_up.beside)
    then = _at_bases(root, start, folders, names_on_disk(plan), at_hand)
    if then.folder not in folders:
        was = then.folder or "."
        unseen.append(f"the plan was in the folder {was} at {revision}, and is compared with that")
    if not then.blobs.keys() - {OWNERS}:
        unseen.append(f"there was no plan in {plan} at {revision}, so all of it counts as new")
    elif not then.records:
        unseen.append(f"{plan} had no recommendations at {revision}, so all of them count as new")
    now = PlanFolder(plan).scheme()
    was = now if _has_settings_of(then, plan) else then.scheme()
    # Under another scheme a word may mean something else, so that every record may differ.
    changed, earlier = _changes(plan, then.blobs) if was is now else _all(plan, then.blobs)
    records: dict[str, LoadedFile[Recommendation]] = {}
    settings: LoadedFile[Settings] | None = None
    for name, content in then.contents(earlier):
        path = f"{plan.as_posix()}/{name}"
        loaded: LoadedFile[Recommendation] | LoadedFile[Settings]
        if name == SETTINGS:
            loaded = settings = load_bytes(path, content, Settings)
        else:
            loaded = records[path] = load_bytes(path, content, Recommendation, was)
        if loaded.value is None:
            unseen.append(f"{path} could not be understood at {revision}, so it is not compared")
    paths = frozenset(f"{plan.as_posix()}/{name}" for name in changed)
    shown = f"{revision} ({', '.join(commit[:_SHORT] for commit in start.bases)})"
    return Comparison(Base(shown, paths, records, settings), tuple(unseen))


def _start(root: Path, revision: str, begun: LookUp) -> _Start:
    named = find_commit(root, revision, "--base", begun)
    if bases := git(root, "merge-base", "--all", named, "HEAD", may_fail=True).decode().split():
        return _Start(named, tuple(bases[:_MOST_BASES]))
    if not cut_off(root):
        message = f"the revision '{revision}' has no history in common with this repository's HEAD"
        raise KimplanError(message, _NAME_ONE)
    sentence = (
        f"this is a shallow clone, which does not show where this branch left {revision}: the "
        f"plan is compared with {revision} as it is now"
    )
    return _Start(named, (named,), (sentence,))


def _at_bases(
    root: Path,
    start: _Start,
    folders: tuple[str, ...],
    here: set[str],
    at_hand: Sequence[Snapshot | None],
) -> Snapshot:
    """Return the plan where the change begins, which may be one of those `at_hand`.

    Of several merge bases, as two branches have that were merged into each other, it is what git
    would merge them to: of each file the version that one of them changed, and the named
    revision's where several did.
    """
    found = (find_snapshot(root, commit, folders, here, at_hand) for commit in start.bases)
    snapshot = next((one for one in found if one.blobs), None)
    if snapshot is None:
        return Snapshot(root, start.named, folders[0], {})
    if len(start.bases) == 1:
        return snapshot
    older = git(root, "merge-base", "--octopus", *start.bases, may_fail=True).decode().split()
    revisions = [*start.bases, start.named, *older[:1]]
    *states, named, first = [
        one.blobs if one else {} for one in read_snapshots(root, snapshot.folder, revisions)
    ] + ([] if older else [{}])
    return snapshot._replace(blobs=_merged(states, named, first))


_Blobs = Mapping[str, str]


def _merged(states: list[_Blobs], named: _Blobs, first: _Blobs) -> dict[str, str]:
    merged = {}
    for name in {name for state in (*states, named) for name in state}:
        versions = {state.get(name) for state in states} - {first.get(name)}
        chosen = first.get(name) if not versions else named.get(name)
        if len(versions) == 1:
            chosen = versions.pop()
        if chosen:
            merged[name] = chosen
    return merged


def _has_settings_of(then: Snapshot, plan: Path) -> bool:
    blob = then.blobs.get(SETTINGS, "")
    return blob != "" and is_same_file(plan / SETTINGS, blob)


def _all(plan: Path, then: Mapping[str, str]) -> tuple[set[str], list[str]]:
    return names_on_disk(plan), sorted(name for name in then if name != OWNERS)


def _changes(plan: Path, then: Mapping[str, str]) -> tuple[set[str], list[str]]:
    """Return the files that are new or differ, and those of `then` that differ or are gone.

    The owners' registry may be among the first; no rule asks what it was.
    """
    here = names_on_disk(plan)
    changed = {
        name
        for name in here
        if name not in then or not is_same_file(os.path.join(plan, name), then[name])
    }
    gone = changed | (then.keys() - here)
    return changed, sorted(name for name in then if name in gone and name != OWNERS)
