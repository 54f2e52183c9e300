"""Where a plan stands in its repository."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.shallow import cut_off
from kimplan.loader import find_repository
from kimplan.snapshot.layout import RECORDS, counts


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
