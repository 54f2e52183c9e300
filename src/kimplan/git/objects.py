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
    """Return the name, the kind and the content of each object, as git finds them.

    git begins at once, and what it says is read when it is asked for. A name may be anything that
    git understands, without a line end. For one that names nothing, the name and the content are
    empty, and the kind is how git says so: ``missing`` or ``ambiguous``. Raises GitError.
    """
    asked = _lines(names)
    if not asked:
        return iter(())
    answers = _all(root, asked)
    next(answers)
    return answers


def _all(root: Path, asked: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield nothing when git has begun, and then the answers; git is ended with this."""
    with Running(root, *_COMMAND) as running:
        running.tell(asked)
        yield "", "", b""
        yield from _rest(running, _Answers())


class Objects:
    """The same of objects that are asked for little by little, while git looks for the first.

    `asked` are their names, each once. To be used in a ``with``.
    """

    def __init__(self, root: Path) -> None:
        self.asked: dict[str, None] = {}
        self._root = root
        self._running: Running | None = None
        self._untold: list[str] = []
        self._answers = _Answers()

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

    def answers_so_far(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield those that git has found already, in the order in which they were asked for."""
        if self._running:
            for block in self._running.blocks_so_far():
                yield from self._answers.read(block)

    def answers(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield all others in that order; none can be asked for later."""
        self._tell()
        if self._running:
            self._running.tell()
            yield from _rest(self._running, self._answers)

    def _tell(self) -> None:
        if self._untold:
            self._running = self._running or Running(self._root, *_COMMAND)
            self._running.tell(_lines(self._untold), more=True)
            self._untold = []


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")


def _rest(running: Running, answers: _Answers) -> Iterator[tuple[str, str, bytes]]:
    for block in running.blocks():
        yield from answers.read(block)
    answers.end()


class _Answers:
    """What git says of objects, put together from blocks of any size."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._missing = 0  # bytes, until the next answer is whole

    def read(self, block: bytes) -> Iterator[tuple[str, str, bytes]]:
        """Yield the answers that are whole with this `block`."""
        self._parts.append(block)
        self._missing -= len(block)
        if self._missing > 0:
            return
        data, position = b"".join(self._parts), 0
        while (end := data.find(b"\n", position) + 1) > 0:
            words = data[position : end - 1].split(b" ")
            if len(words) != 3 or not words[2].isdigit():  # no object
                position = end
                yield "", words[-1].decode("ascii", "replace"), b""
                continue
            next_one = end + int(words[2]) + 1
            if len(data) < next_one:
                self._missing = next_one - len(data)
                break
            position = next_one
            yield words[0].decode(), words[1].decode(), data[end : next_one - 1]
        self._parts = [data[position:]]

    def end(self) -> None:
        """Raise GitError where the last answer is not whole."""
        if any(self._parts):
            raise GitError("git gave an answer that was not understood")


def tree_entries(tree: bytes, size: int) -> dict[str, Entry]:
    """Return what a tree object holds by its names; `size` is that of a hash in bytes."""
    found = {}
    position = 0
    while position < len(tree):
        end = tree.index(b"\0", position)
        mode, _, name = os.fsdecode(tree[position:end]).partition(" ")
        position = end + 1 + size
        found[name] = Entry(mode, tree[end + 1 : position].hex())
    return found


def tree_files(tree: bytes, size: int) -> dict[str, str]:
    """Return the blobs of a tree object's files and links by their names, without its folders."""
    entries = tree_entries(tree, size).items()
    return {name: entry.object for name, entry in entries if entry.mode.startswith((FILE, LINK))}
