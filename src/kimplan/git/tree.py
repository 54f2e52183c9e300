"""The files of a commit, with the links among them followed."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kimplan.git.objects import read_objects
from kimplan.git.process import NO_FILTER, GitError, git

_LINK = b"120000"
_MOST_LINKS = 20


class Tree(NamedTuple):
    """The blobs of a commit's files by path, and where its links lead."""

    files: Mapping[str, str]
    links: Mapping[str, str]

    def below(self, folder: str) -> Iterator[tuple[str, str]]:
        """Yield the names of what lies in `folder` itself, links followed, and their blobs."""
        folder = self.follow(folder)
        for path in (*self.files, *self.links):
            parent, name = posixpath.split(path)
            if parent == ("" if folder == "." else folder) and (blob := self.blob(path)):
                yield name, blob

    def blob(self, path: str) -> str:
        """Return the blob of the file at `path`, links followed; empty where there is none."""
        return self.files.get(self.follow(path), "")

    def folders_with(self, name: str) -> Iterator[str]:
        """Yield the folders that hold a file of that name: empty for the top."""
        for path in self.files:
            folder, last = posixpath.split(path)
            if last == name:
                yield folder

    def follow(self, path: str) -> str:
        """Return where `path` leads, which is nowhere if its links go round."""
        path = posixpath.normpath(path)
        for _ in range(_MOST_LINKS):
            parts = path.split("/")
            above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            link = next((one for one in above if one in self.links), None)
            if link is None:
                return path
            rest = path[len(link) :].lstrip("/")
            path = posixpath.join(posixpath.dirname(link), self.links[link], rest)
            path = posixpath.normpath(path)
        return ""


def read_tree(root: Path, commit: str) -> Tree:
    """Return the files of `commit`; raise GitError where this clone does not have them."""
    output = git(root, "ls-tree", "-r", "-z", "--full-tree", commit)
    files, links = {}, []
    for line in output.split(b"\0"):
        about, _, name = line.partition(b"\t")
        mode, kind, blob = about.split(b" ") if name else (b"", b"", b"")
        if kind == b"blob":
            files[os.fsdecode(name)] = blob.decode()
            if mode == _LINK:
                links.append(os.fsdecode(name))
    targets = read_blobs(root, [files.pop(name) for name in links])
    return Tree(files, dict(zip(links, map(os.fsdecode, targets), strict=True)))


def read_blobs(root: Path, blobs: Iterable[str]) -> Iterator[bytes]:
    """Return the content of each blob, for which git begins to look at once.

    Raises GitError if this clone does not have one.
    """
    return _contents(read_objects(root, blobs))


def _contents(answers: Iterable[tuple[str, str, bytes]]) -> Iterator[bytes]:
    for _, kind, content in answers:
        if kind != "blob":
            raise GitError("this clone lacks files of that revision", NO_FILTER)
        yield content
