"""The plan as it was at a commit, in memory: the same reader as for a folder on disk."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.revisions import Revision, find_revision
from kimplan.loader.folder import OWNERS, PlanFolder, ref_order
from kimplan.loader.loaded_file import LoadedFile, load_bytes
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout, find_checkout
from kimplan.snapshot.tree import RECORDS, SETTINGS, Tree, read_blobs, read_tree

_NAME = re.compile(r"(?:recommendations/)?[\w .()&+,-]*\w\.yaml")


class SnapshotFolder(PlanFolder):
    """The files of a plan as they were; paths are shown as if they stood in the folder `root`."""

    is_on_disk = False

    def __init__(self, root: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self._files = files

    def settings(self) -> LoadedFile[Settings]:
        """Read ``plan.yaml``."""
        return load_bytes(f"{self.root}/{SETTINGS}", self._files[SETTINGS], Settings)

    def owners(self) -> LoadedFile[Owners]:
        """Read ``owners.yaml``; an empty one stands for one that was not there."""
        return load_bytes(f"{self.root}/{OWNERS}", self._files.get(OWNERS, b""), Owners)

    def recommendations(self, but: str = "") -> Iterator[LoadedFile[Recommendation]]:
        """Read each record `but` one, in the order of the refs."""
        found = (name for name in self._files if name.startswith(RECORDS))
        names = [name for name in found if f"{self.root}/{name}" != but]
        for name in sorted(names, key=ref_order):
            yield load_bytes(f"{self.root}/{name}", self._files[name], Recommendation)

    def _names(self, below: str) -> list[str]:
        return []


class PlanThen(NamedTuple):
    """The plan's files at a revision, and where its folder was: empty for the top."""

    folder: SnapshotFolder
    revision: Revision
    below: str


def read_plan(checkout: Checkout, commit: str, shown: Path) -> tuple[SnapshotFolder, str]:
    """Return the plan's files as they were at `commit`, and where its folder was.

    They become plain files, whatever git has of them; findings name them as if they stood in
    `shown`. Raises KimplanError where there was no plan, and GitError where git cannot be asked.
    """
    tree = read_tree(checkout.root, commit)
    below = _folder(checkout, tree)
    files = tree.plan(below)
    owners = tree.files.get(posixpath.join(below, OWNERS))
    if SETTINGS not in files:
        where = f" in {checkout.below}" if checkout.below else ""
        raise KimplanError(f"there was no plan{where} at {commit[:7]}")
    if owners:
        files[OWNERS] = owners
    if odd := next((name for name in files if not _NAME.fullmatch(name)), None):
        raise KimplanError(f"the plan at {commit[:7]} has a file with an odd name: {odd[:60]}")
    contents = read_blobs(checkout.root, list(files.values()))
    return SnapshotFolder(shown, dict(zip(files, contents, strict=True))), below


def _folder(checkout: Checkout, tree: Tree) -> str:
    """Return where the plan was: its folder, or the only one that holds a plan no more."""
    if SETTINGS in tree.plan(checkout.below):
        return checkout.below
    gone = [one for one in tree.plans() if not os.path.exists(checkout.root / one / SETTINGS)]
    return ("" if gone[0] == "." else gone[0]) if len(gone) == 1 else checkout.below


def read_plan_at(plan: Path, said: str, timezone: str) -> PlanThen:
    """Return the plan of the folder `plan` as it was at a revision, or at the end of a day.

    Raises KimplanError where there is no such revision or was no plan, and GitError where git
    cannot be asked.
    """
    checkout = find_checkout(plan)
    revision = find_revision(checkout.root, said, timezone)
    folder, below = read_plan(checkout, revision.commit, plan)
    return PlanThen(folder, revision, below)
