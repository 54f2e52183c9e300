"""Where a plan stands in its repository."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.revisions import LookUp
from kimplan.git.shallow import cut_off
from kimplan.snapshot.layout import RECORDS, counts, trees_of
from kimplan.whereabouts import find_repository


class Checkout(NamedTuple):
    """The top of the work tree, and the plan's folder below it: empty for the top itself."""

    root: Path
    below: str

    @property
    def folder(self) -> Path:
        """The plan's folder on the disk."""
        return self.root / self.below

    def record(self, path: str) -> str:
        """Return the name in the plan's folder of a record's path from the top, or nothing."""
        name = path.removeprefix(f"{self.below}/") if self.below else path
        is_below = not self.below or name != path
        return name if is_below and name.startswith(RECORDS) and counts(name) else ""

    def path(self, name: str) -> str:
        """Return the path from the top of a name in the plan's folder."""
        return posixpath.join(self.below, name)

    def look_up(self, said: str, *others: str) -> LookUp:
        """Have git look for the revision `said`, and in the same call for the plan in it.

        The plan is looked for at `others`, such as HEAD, too.
        """
        revisions = (said, *others) if "\n" not in self.below else ()
        trees = [name for revision in revisions for name in trees_of(revision, self.below)]
        return LookUp(self.root, said, trees)

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks the older part of its history."""
        return bool(self.cut_off)

    @property
    def cut_off(self) -> frozenset[str]:
        """The commits whose parents a shallow clone lacks."""
        return cut_off(self.root)


def find_checkout(plan: Path) -> Checkout:
    """Return where the plan in the folder `plan` stands; KimplanError outside a repository."""
    root = find_repository(plan)
    if root is None:
        hint = "The history is what version control knows; git init begins one."
        raise KimplanError(f"{plan} is not under version control", hint)
    below = plan.resolve().relative_to(root).as_posix()
    return Checkout(root, "" if below == "." else below)


class BaseLookUp(NamedTuple):
    """git at work on what a plan is compared with, in the repository whose top is `root`.

    `folders` are where the plan is below it.
    """

    root: Path
    folders: tuple[str, ...]
    look_up: LookUp


def look_up_base(plan: Path, revision: str) -> BaseLookUp | None:
    """Have git look for what the plan in the folder `plan` is compared with at `revision`.

    Returns None outside of a repository; what else is wrong is raised by `read_base`.
    """
    root = find_repository(plan)
    if root is None:
        return None
    folders = _folders(plan, root)
    return BaseLookUp(root, folders, Checkout(root, folders[0]).look_up(revision))


def _folders(plan: Path, root: Path) -> tuple[str, ...]:
    """Return where the plan is below the top: where its name stands, and where that leads."""
    place = Path(os.path.abspath(plan))
    place = place.parent.resolve() / place.name  # if it is a link now, it may have been a folder
    places = [one for one in (place, plan.resolve()) if one.is_relative_to(root)]
    found = (one.relative_to(root).as_posix() for one in places)
    return tuple(dict.fromkeys("" if folder == "." else folder for folder in found))
