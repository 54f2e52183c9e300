"""The commits that touched a plan, and the files that each of them changed: one call of git."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from kimplan.errors import KimplanError
from kimplan.git.process import GitError, Running

_FORMAT = "--format=%H %at %P%x1f%aN"  # the author last, whose name may hold anything
_HEADER = re.compile(r"[0-9a-f]{40,64} [0-9]* ")
_SUBMODULE = "160000"
_PLAIN = ("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--no-notes")
# What a repository's settings could change otherwise.
_HOW = (
    "--raw", "--root", "-z", "-M", "-l1000", "--no-abbrev",
    "--diff-merges=first-parent", "--date-order", "--encoding=UTF-8",
)  # fmt: skip


class FileState(NamedTuple):
    """A file before a commit: its path and its name in git, both empty where it was not."""

    path: str
    blob: str


class FileChange(NamedTuple):
    """A file that a commit changed: its names in git and its paths, empty where it was not.

    What was before is what the commit's first parent had.
    """

    old_path: str
    new_path: str
    old_blob: str
    new_blob: str


class Commit(NamedTuple):
    """A commit: its full name, when it was written (seconds since 1970), by whom, after which."""

    name: str
    time: int | None
    author: str
    parents: tuple[str, ...]
    files: tuple[FileChange, ...]


def read_log(root: Path, at: str = "HEAD") -> list[Commit]:
    """Return the commits of the `Log` up to `at`; raise as it does."""
    with Log(root, at) as log:
        return list(log.commits())


class Log:
    """The commits up to `at` and the files that they changed, each before its parents.

    git begins when it is made. All files are asked for: naming a folder would make git leave out
    side branches, and takes it longer. Renamed files are one change. A merge tells what it brought
    to its first parent, so that the files of every commit follow from its first parent's. Paths are
    from the top of the work tree `root`. To be used in a ``with``.
    """

    def __init__(self, root: Path, at: str = "HEAD") -> None:
        self._running = Running(root, "log", *_HOW, *_PLAIN, _FORMAT, "--end-of-options", at, "--")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *problem: object) -> None:
        """Leave the rest."""
        self._running.__exit__()

    def commits(self) -> Iterator[Commit]:
        """Yield the commits, once, as git finds them.

        Raises GitError when git cannot be asked, and KimplanError where there is no commit yet.
        """
        try:
            yield from _commits(_tokens(self._running.blocks()))
        except GitError as error:
            if str(error).endswith("bad revision 'HEAD'"):
                hint = "Commit the plan first."
                raise KimplanError("this repository has no commits yet", hint) from None
            raise
        except (ValueError, IndexError, RuntimeError) as error:
            raise GitError("git gave an answer that was not understood") from error


def _tokens(blocks: Iterator[bytes]) -> Iterator[str]:
    rest = b""
    for block in blocks:
        whole, end, rest = (rest + block).rpartition(b"\0")
        if end:
            yield from os.fsdecode(whole).split("\0")
    yield os.fsdecode(rest)


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
    about, _, author = header.partition("\x1f")
    name, time, *parents = about.split(" ")
    seconds = int(time) if time else None  # a commit may name no time that git understands
    return Commit(name, seconds, author.strip(), tuple(filter(None, parents)), tuple(files))


def _file_change(meta: str, tokens: Iterator[str]) -> FileChange:
    """Return the change that a raw line tells of, whose paths are the next tokens."""
    old_mode, new_mode, old_blob, new_blob, status = meta.lstrip(":").split(" ")
    old_path = next(tokens)
    new_path = next(tokens) if status[0] in "RC" else old_path
    if old_mode == _SUBMODULE or not old_blob.strip("0"):
        old_path = old_blob = ""
    if new_mode == _SUBMODULE or not new_blob.strip("0"):
        new_path = new_blob = ""
    return FileChange(old_path, new_path, old_blob, new_blob)
