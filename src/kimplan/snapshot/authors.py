"""Who changed the files of a plan."""

from __future__ import annotations

from pathlib import Path

from kimplan.git.authors import read_authors
from kimplan.git.process import GitError
from kimplan.loader import find_repository


def authors_of(plan: Path) -> tuple[str, ...]:
    """Return the names in the history of the plan in the folder `plan`; none where it has none."""
    root = find_repository(plan)
    if root is None:
        return ()
    try:
        return read_authors(root)
    except GitError:
        return ()
