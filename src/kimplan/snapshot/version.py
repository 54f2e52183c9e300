"""Which version of a plan the files on disk are."""

from __future__ import annotations

import os
from collections.abc import Sequence, Set
from pathlib import Path
from typing import NamedTuple

from kimplan.git.blob import is_same_file
from kimplan.git.process import GitError
from kimplan.loader import find_repository
from kimplan.model.language import ENGLISH, Language
from kimplan.snapshot.layout import links_on_disk, names_on_disk
from kimplan.snapshot.read import Snapshot, read_snapshots, snapshots_in

SHORT = 7


class SourceVersion(NamedTuple):
    """The commit that the plan's files come from, and whether they differ from it.

    `commit` is the first seven digits of its name, or empty where there is none, and `name` all of
    it; `problem` is a sentence when git could not be asked.
    """

    commit: str = ""
    modified: bool = False
    problem: str = ""
    name: str = ""

    def __str__(self) -> str:
        """Return the version as the footer of an English report names it."""
        return self.shown(ENGLISH)

    def shown(self, language: Language) -> str:
        """Return the version as a report's footer names it."""
        if self.problem:
            return language.say("Source version unknown")
        if not self.commit:
            return language.say("Source not under version control")
        if self.modified:
            return language.say("Source version {commit}, modified since", commit=self.commit)
        return language.say("Source version {commit}", commit=self.commit)


def source_version(plan: Path) -> SourceVersion:
    """Return the version of the plan in the folder `plan`; never raises.

    The files are compared with the commit by content; line endings do not count, because git may
    change them when it checks files out.
    """
    return compare_with_head(plan)[0]


def compare_with_head(
    plan: Path, objects: Sequence[tuple[str, str, bytes]] = ()
) -> tuple[SourceVersion, dict[str, str]]:
    """Return the same, and the names and blobs of the files that are what HEAD has of them.

    `objects` are what git has as the `trees_of` HEAD, if it was asked already.
    """
    root = find_repository(plan)
    if root is None:
        return SourceVersion(), {}
    below = plan.resolve().relative_to(root).as_posix()
    folder = "" if below == "." else below
    try:
        told = snapshots_in(root, folder, objects) if objects else None
        (head,) = told or read_snapshots(root, folder, ["HEAD"])
    except GitError as error:
        return SourceVersion(problem=str(error)), {}
    except (ValueError, IndexError, StopIteration):
        return SourceVersion(problem="git gave an answer that was not understood"), {}
    if head is None:
        return SourceVersion(), {}
    here = names_on_disk(plan)
    same = _same(head, plan, here)
    is_modified = not same.keys() == here == head.blobs.keys()
    return version_of(head, modified=is_modified), same


def version_of(snapshot: Snapshot, *, modified: bool = False) -> SourceVersion:
    """Return the version that a snapshot is, or that files on disk come from."""
    return SourceVersion(snapshot.commit[:SHORT], modified, name=snapshot.commit)


def _same(head: Snapshot, plan: Path, here: Set[str]) -> dict[str, str]:
    """Return the files of the folder `plan` that are what they were, by their names.

    What a link leads to counts only where it is one of the plan's own files.
    """
    links = links_on_disk(plan)
    own = {os.path.realpath(plan / name) for name in here - links} if links else set()
    return {
        name: blob
        for name, blob in head.blobs.items()
        if name in here
        and (name not in links or os.path.realpath(plan / name) in own)
        and is_same_file(os.path.join(plan, name), blob)
    }
