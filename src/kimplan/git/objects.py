"""The contents of git's objects: one call of git, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kimplan.git.process import git

FILE, LINK = "100", "120"  # the first digits of their modes in a tree


class Entry(NamedTuple):
    """What a tree has under a name: the mode and the object."""

    mode: str
    object: str


def read_objects(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, the kind and the content of each object.

    A name may be anything that git understands, without a line end. For one that names nothing,
    the name and the content are empty, and the kind is how git says so: ``missing`` or
    ``ambiguous``. Raises GitError.
    """
    asked = "".join(f"{name}\n" for name in names)
    if not asked:
        return
    output = git(root, "cat-file", "--batch", stdin=asked.encode("utf-8", "surrogateescape"))
    position = 0
    while position < len(output):
        end = output.index(b"\n", position)
        words = output[position:end].split(b" ")
        position = end + 1
        if len(words) != 3 or not words[2].isdigit():  # no object
            yield "", words[-1].decode("ascii", "replace"), b""
            continue
        size = int(words[2])
        yield words[0].decode(), words[1].decode(), output[position : position + size]
        position += size + 1


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
