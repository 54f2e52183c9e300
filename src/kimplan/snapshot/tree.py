"""The files of a commit, with the links among them followed."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kimplan.git.objects import read_objects
from kimplan.git.process import NO_FILTER, GitError, git

SETTINGS = "plan.yaml"
RECORDS = "recommendations/"
_LINK = b"120000"
_MOST_LINKS = 20


class Tree(NamedTuple):
    """The blobs of a commit's files by path, and where its links lead."""

    files: Mapping[str, str]
    links: Mapping[str, str]

    def plan(self, folder: str) -> dict[str, str]:
        """Return the blobs of the plan in `folder` by their names in it."""
        records = self._follow(posixpath.join(folder, RECORDS[:-1]))
        names = {posixpath.join(folder, SETTINGS): SETTINGS}
        for path in (*self.files, *self.links):
            parent, name = posixpath.split(path)
            if parent == ("" if records == "." else records):
                names[path] = RECORDS + name
        found = {}
        for path, name in names.items():
            blob = self.files.get(self._follow(path))
            if blob and counts(name):
                found[name] = blob
        return found

    def plans(self) -> Iterator[str]:
        """Yield the folders that hold a plan."""
        for path in self.files:
            folder, name = posixpath.split(path)
            if name == SETTINGS:
                yield folder or "."

    def _follow(self, path: str) -> str:
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


def read_tree(root: Path, commit: str, folder: str = "") -> Tree:
    """Return the files of `commit`, or only those in `folder`."""
    only = ["--", f"{folder}/"] if folder not in {"", "."} else []
    output = git(root, "ls-tree", "-r", "-z", "--full-tree", commit, *only)
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


def read_blobs(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """Yield the content of each blob; raise GitError if this clone does not have it."""
    for _, kind, content in read_objects(root, blobs):
        if kind != "blob":
            raise GitError("this clone lacks files of the base revision", NO_FILTER)
        yield content


def counts(name: str) -> bool:
    """Return whether `name` is the plan's settings or one of its records."""
    record = name.removeprefix(RECORDS)
    is_record = record != name and "/" not in record and not record.startswith(".")
    return name == SETTINGS or (is_record and name.endswith(".yaml"))
