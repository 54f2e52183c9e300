"""A repository begun: the only place that writes into one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kimplan.git.process import git

_BRANCH = "init.defaultBranch=main"  # which the pipelines' files name; old versions ignore it
_QUIETLY = ("-c", "core.safecrlf=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false")


def begin(folder: Path) -> None:
    """Make `folder` an empty repository whose branch is main; raise GitError."""
    git(folder, "-c", _BRANCH, "init", "--quiet")


def has_commits(root: Path) -> bool:
    """Return whether the repository at `root` has a commit; raise GitError."""
    return bool(git(root, "rev-parse", "--quiet", "--verify", "HEAD", may_fail=True))


def knows_committer(root: Path) -> bool:
    """Return whether git has been told a name and an address to commit under; raise GitError."""
    asked = ("user.name", "user.email")
    return all(git(root, "config", "--get", key, may_fail=True).strip() for key in asked)


def commit(root: Path, paths: Sequence[str], message: str) -> str:
    """Commit the files at `paths` from `root`, and nothing else; return the commit's name.

    No hook runs and nothing is signed, since both may ask. Raises GitError.
    """
    git(root, *_QUIETLY, "add", "--force", "--", *paths)
    how = ("--quiet", "--no-verify", "--no-gpg-sign", f"--message={message}")
    git(root, *_QUIETLY, "commit", *how, "--only", "--", *paths)
    return git(root, "rev-parse", "--verify", "HEAD").decode().strip()
