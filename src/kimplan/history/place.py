"""Where a plan stands in its repository."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.history.tree import RECORDS, counts
from kimplan.loader import find_repository


class Place(NamedTuple):
    """The top of the work tree, and the plan's folder below it: empty for the top itself."""

    root: Path
    below: str

    def record(self, path: str) -> str:
        """Return the name in the plan's folder of a record's path from the top, or nothing."""
        name = path.removeprefix(f"{self.below}/") if self.below else path
        is_below = not self.below or name != path
        return name if is_below and name.startswith(RECORDS) and counts(name) else ""

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks the older part of its history."""
        git = self.root / ".git"
        if git.is_file():  # a work tree beside others, or a submodule
            lead = git.read_text(encoding="utf-8", errors="replace").removeprefix("gitdir:")
            git = (self.root / lead.strip()).resolve()
            if git.parent.name == "worktrees":
                git = git.parent.parent
        return (git / "shallow").is_file()


def find_place(plan: Path) -> Place:
    """Return where the plan in the folder `plan` stands; KimplanError outside a repository."""
    root = find_repository(plan)
    if root is None:
        hint = "The history is what version control knows; git init begins one."
        raise KimplanError(f"{plan} is not under version control", hint)
    below = plan.resolve().relative_to(root).as_posix()
    return Place(root, "" if below == "." else below)
