"""Which version of a plan the files on disk are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from kimplan.git.blob import is_same_file
from kimplan.git.process import GitError
from kimplan.loader import find_repository
from kimplan.model.language import ENGLISH, Language
from kimplan.snapshot.layout import names_on_disk
from kimplan.snapshot.read import Snapshot, read_snapshots

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
    root = find_repository(plan)
    if root is None:
        return SourceVersion()
    below = plan.resolve().relative_to(root).as_posix()
    try:
        (head,) = read_snapshots(root, "" if below == "." else below, ["HEAD"])
    except GitError as error:
        return SourceVersion(problem=str(error))
    except (ValueError, IndexError, StopIteration):
        return SourceVersion(problem="git gave an answer that was not understood")
    return version_of(head, modified=not _is_on_disk(head, plan)) if head else SourceVersion()


def version_of(snapshot: Snapshot, *, modified: bool = False) -> SourceVersion:
    """Return the version that a snapshot is, or that files on disk come from."""
    return SourceVersion(snapshot.commit[:SHORT], modified, name=snapshot.commit)


def _is_on_disk(snapshot: Snapshot, plan: Path) -> bool:
    """Return whether the files in the folder `plan` are what they were."""
    here = names_on_disk(plan)
    links = [name for name in here if os.path.islink(os.path.join(plan, name))]
    # What a link leads to is compared only where it is one of the plan's own files.
    own = {os.path.realpath(plan / name) for name in here.difference(links)} if links else set()
    if any(os.path.realpath(plan / name) not in own for name in links):
        return False
    return here == snapshot.blobs.keys() and all(
        is_same_file(os.path.join(plan, name), snapshot.blobs[name]) for name in here
    )
