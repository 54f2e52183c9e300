"""Which version of a plan the files on disk are."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from kimplan.git.blob import is_blob
from kimplan.git.objects import read_objects, tree_files
from kimplan.git.process import GitError
from kimplan.loader import find_repository

_SHORT = 7
_FOLDERS = ("", "recommendations")


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
        """Return the version as the report's footer names it."""
        if self.problem:
            return "Source version unknown"
        if not self.commit:
            return "Source not under version control"
        return f"Source version {self.commit}{', modified since' if self.modified else ''}"


def source_version(plan: Path) -> SourceVersion:
    """Return the version of the plan in the folder `plan`; never raises.

    The files are compared with the commit by content; line endings do not count, because git may
    change them when it checks files out.
    """
    root = find_repository(plan)
    if root is None:
        return SourceVersion()
    try:
        below = plan.resolve().relative_to(root)
        if "\n" in str(below):
            raise GitError("git cannot be asked about a folder with a line end in its name")
        folders = [(below / name).as_posix() for name in _FOLDERS]
        folders = ["" if folder == "." else folder for folder in folders]
        answers = read_objects(root, ["HEAD", *(f"HEAD:{folder}" for folder in folders)])
        commit, kind, _ = next(answers)
        commit = commit if kind == "commit" else ""
        committed: dict[str, str] = {}
        for folder, (_, kind, tree) in zip(_FOLDERS, answers, strict=True):
            files = tree_files(tree, len(commit) // 2) if kind == "tree" else {}
            paths = {f"{folder}/{name}".lstrip("/"): blob for name, blob in files.items()}
            committed |= {path: blob for path, blob in paths.items() if _counts(path)}
    except GitError as error:
        return SourceVersion(problem=str(error))
    except (ValueError, IndexError, StopIteration):
        return SourceVersion(problem="git gave an answer that was not understood")
    if not commit:
        return SourceVersion()
    return SourceVersion(commit[:_SHORT], not _same_files(plan, committed), name=commit)


def _counts(path: str) -> bool:
    return path.endswith(".yaml") and not os.path.basename(path).startswith(".")


def _same_files(plan: Path, committed: dict[str, str]) -> bool:
    try:
        here = {
            f"{folder}/{name}".lstrip("/")
            for folder in _FOLDERS
            for name in os.listdir(plan / folder)
            if _counts(name)
        }
        own = {os.path.realpath(plan / path) for path in here if not (plan / path).is_symlink()}
        # What a link leads to is compared only where it is one of the plan's own files.
        if any(os.path.realpath(plan / path) not in own for path in here):
            return False
        return here == committed.keys() and all(
            is_blob(plan / path, committed[path]) for path in here
        )
    except OSError:
        return False
