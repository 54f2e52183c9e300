"""Where the history of a shallow clone ends."""

from __future__ import annotations

from pathlib import Path


def cut_off(root: Path) -> frozenset[str]:
    """Return the commits whose parents the clone at `root` lacks: none if it is not shallow."""
    git = root / ".git"
    try:
        if git.is_file():  # a work tree beside others, or a submodule
            lead = git.read_text(encoding="utf-8", errors="surrogateescape")
            git = (root / lead.removeprefix("gitdir:").strip()).resolve()
            if git.parent.name == "worktrees":
                git = git.parent.parent
        return frozenset((git / "shallow").read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return frozenset()
