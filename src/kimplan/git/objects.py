"""The contents of git's objects: one call of git, however many there are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kimplan.git.process import git

_FILE_OR_LINK = (b"100", b"120")  # the first digits of their modes in a tree


def read_objects(root: Path, names: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, the kind and the content of each object; all empty for one that is missing.

    A name may be anything that git understands, without a line end. Raises GitError.
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
        if len(words) != 3 or not words[2].isdigit():  # missing, ambiguous, or no name at all
            yield "", "", b""
            continue
        size = int(words[2])
        yield words[0].decode(), words[1].decode(), output[position : position + size]
        position += size + 1


def tree_files(tree: bytes, size: int) -> dict[str, str]:
    """Return the blobs of a tree object's files and links by their names, without its folders.

    `size` is that of a hash in bytes.
    """
    found = {}
    position = 0
    while position < len(tree):
        end = tree.index(b"\0", position)
        mode, _, name = tree[position:end].partition(b" ")
        position = end + 1 + size
        if mode.startswith(_FILE_OR_LINK):
            found[os.fsdecode(name)] = tree[end + 1 : position].hex()
    return found
