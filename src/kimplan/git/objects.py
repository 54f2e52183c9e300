"""The contents of git's objects: one call of git, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from kimplan.git.process import GitError, Running

_COMMAND = ("cat-file", "--batch", "--buffer")
_TOGETHER = 250  # are asked for at a time, since each time wakes git
FILE, LINK = "100", "120"  # the first digits of their modes in a tree


class Entry(NamedTuple):
    """What a tree has under a name: the mode and the object."""

    mode: str
    object: str


def read_objects(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, the kind and the content of each object, as git finds them.

    A name may be anything that git understands, without a line end. For one that names nothing,
    the name and the content are empty, and the kind is how git says so: ``missing`` or
    ``ambiguous``. Raises GitError.
    """
    asked = _lines(names)
    if asked:
        with Running(root, *_COMMAND) as running:
            running.tell(asked)
            yield from _answers(running.blocks())


class Objects:
    """The same of objects that are asked for little by little, while git looks for the first.

    `asked` are their names, each once. To be used in a ``with``.
    """

    def __init__(self, root: Path) -> None:
        self.asked: dict[str, None] = {}
        self._root = root
        self._running: Running | None = None
        self._untold: list[str] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *problem: object) -> None:
        """Leave the rest."""
        if self._running:
            self._running.__exit__()

    def ask(self, names: Iterable[str]) -> None:
        """Ask for those that were not asked for yet."""
        for name in names:
            if name not in self.asked:
                self.asked[name] = None
                self._untold.append(name)
        if len(self._untold) >= _TOGETHER:
            self._tell()

    def answers(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield them all in the order in which they were asked for; none can be asked for later."""
        self._tell()
        if self._running:
            self._running.tell()
            yield from _answers(self._running.blocks())

    def _tell(self) -> None:
        if self._untold:
            self._running = self._running or Running(self._root, *_COMMAND)
            self._running.tell(_lines(self._untold), more=True)
            self._untold = []


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")


def _answers(blocks: Iterator[bytes]) -> Iterator[tuple[str, str, bytes]]:
    data, position = b"", 0
    for block in blocks:
        data, position = data[position:] + block, 0
        while (end := data.find(b"\n", position) + 1) > 0:
            words = data[position : end - 1].split(b" ")
            if len(words) != 3 or not words[2].isdigit():  # no object
                position = end
                yield "", words[-1].decode("ascii", "replace"), b""
                continue
            size = int(words[2])
            if len(data) <= end + size:
                data, position = _longer(data[position:], end - position + size + 1, blocks), 0
                end = data.index(b"\n") + 1
            position = end + size + 1
            yield words[0].decode(), words[1].decode(), data[end : end + size]
    if position < len(data):
        raise GitError("git gave an answer that was not understood")


def _longer(data: bytes, size: int, blocks: Iterator[bytes]) -> bytes:
    """Return `data` with as many `blocks` behind it as it takes to have that size in bytes."""
    parts = [data]
    missing = size - len(data)
    while missing > 0:
        parts.append(next(blocks, b""))
        if not parts[-1]:
            raise GitError("git gave an answer that was not understood")
        missing -= len(parts[-1])
    return b"".join(parts)


def tree_entries(tree: bytes, size: int) -> dict[str, Entry]:
    """Return what a tree object holds by its names; `size` is that of a hash in bytes."""
    found = {}
    position = 0
    while position < len(tree):
        end = tree.index(b"\0", position)
        mode, _, name = tree[position:end].partition(b" ")
        position = end + 1 + size
        found[os.fsdecode(name)] = Entry(mode.decode(), tree[end + 1 : position].hex())
    return found


def tree_files(tree: bytes, size: int) -> dict[str, str]:
    """Return the blobs of a tree object's files and links by their names, without its folders."""
    entries = tree_entries(tree, size).items()
    return {name: entry.object for name, entry in entries if entry.mode.startswith((FILE, LINK))}
