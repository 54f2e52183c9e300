"""Who changed the files of a repository, by the names that its history gives."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kimplan.git.process import git


@lru_cache(maxsize=8)  # many plans can stand in one repository
def read_authors(root: Path) -> tuple[str, ...]:
    """Return who made or committed the changes at the work tree `root`, each name once.

    Raises GitError where there is no history.
    """
    said = git(root, "log", "-z", "--format=%an%x00%cn", "HEAD").decode("utf-8", "replace")
    return tuple(dict.fromkeys(name for name in said.split("\0") if name))
