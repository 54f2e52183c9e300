"""The commits that touched a plan, and the files that each of them changed: one call of git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kimplan.history.git import GitError, git

_FORMAT = "--format=%H%x1f%at%x1f%aN%x1f%s"
_HEADER = re.compile(r"[0-9a-f]{40,64}\x1f")
_NOTHING = re.compile("0+")
_PLAIN = ("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes")


class FileChange(NamedTuple):
    """A file that a commit changed: its names in git and its paths, empty where it was not."""

    old_path: str
    new_path: str
    old_blob: str
    new_blob: str


class Commit(NamedTuple):
    """A commit: its full name, when it was written (seconds since 1970), by whom, its title."""

    name: str
    time: int
    author: str
    subject: str
    files: tuple[FileChange, ...]


def read_log(root: Path, at: str = "HEAD", *, first_parent: bool = False) -> list[Commit]:
    """Return the commits up to `at` and the files that they changed, newest first.

    All files are asked for: naming a folder would make git leave out side branches, and takes it
    longer. Renamed files are one change. A merge counts only for what it changed itself; with
    `first_parent`, only the main line is read, and a merge counts for all that it brought. Paths
    are from the top of the work tree `root`. Raises GitError when git cannot be asked.
    """
    how = ["--first-parent", "-m"] if first_parent else ["-c"]
    arguments = ["log", "--raw", "--root", "-z", "-M", "--no-abbrev", *how, *_PLAIN, _FORMAT]
    output = git(root, *arguments, "--end-of-options", at, "--")
    try:
        return list(_commits(iter(os.fsdecode(output).split("\0"))))
    except (ValueError, IndexError, StopIteration) as error:
        raise GitError("git gave an answer that was not understood") from error


def _commits(tokens: Iterator[str]) -> Iterator[Commit]:
    header = ""
    files: list[FileChange] = []
    for token in tokens:
        meta = token.lstrip("\n")
        if meta.startswith(":"):
            files.append(_file_change(meta, tokens))
        elif _HEADER.match(meta):
            if header:
                yield _commit(header, files)
            header, files = meta, []
    if header:
        yield _commit(header, files)


def _commit(header: str, files: list[FileChange]) -> Commit:
    name, time, author, subject = header.split("\x1f", 3)
    return Commit(name, int(time), author, subject, tuple(files))


def _file_change(meta: str, tokens: Iterator[str]) -> FileChange:
    """Return the change that a raw line tells of, whose paths are the next tokens."""
    parents = len(meta) - len(meta.lstrip(":"))
    words = meta.lstrip(":").split(" ")
    blobs = words[parents + 1 : 2 * parents + 2]
    old, new = blobs[0], blobs[parents]
    old_path = new_path = next(tokens)
    if words[-1][0] in "RC" and parents == 1:
        new_path = next(tokens)
    old, new = ("" if _NOTHING.fullmatch(blob) else blob for blob in (old, new))
    return FileChange(old_path if old else "", new_path if new else "", old, new)
