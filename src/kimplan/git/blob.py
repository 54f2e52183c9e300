"""Files on disk held against the blobs that git stores of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 8 * 1024 * 1024
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # of what was no link when it was looked at
)


def is_blob(path: str | Path, name: str) -> bool:
    """Return whether the file at `path` is what git stores as the blob `name`.

    Of a link, git stores where it leads. Line endings do not count, because git may change them
    when it checks files out.
    """
    return _is(path, name, follow=False)


def is_same_file(path: str | Path, name: str) -> bool:
    """Return the same of the file that `path` leads to, if it is a link."""
    return _is(path, name, follow=True)


def _is(path: str | Path, name: str, *, follow: bool) -> bool:
    try:
        content = _content(path, follow=follow)
    except OSError:
        return False
    algorithm = "sha256" if len(name) == 64 else "sha1"
    return content is not None and name in _names(content, algorithm)


def _content(path: str | Path, *, follow: bool) -> bytes | None:
    """Return what git stores of a file, or of what a link leads to; None for anything else."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        if not follow:
            return os.fsencode(os.readlink(path))
        path = os.path.realpath(path)
        status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
        return None
    descriptor = os.open(path, _FLAGS)  # a file object of each of a thousand takes twice as long
    try:
        content = os.read(descriptor, status.st_size + 1)
        while len(content) < status.st_size and (more := os.read(descriptor, status.st_size)):
            content += more
    finally:
        os.close(descriptor)
    return content


def _names(content: bytes, algorithm: str) -> Iterator[str]:
    """Yield git's name of the content as it is, with LF and with CRLF line endings."""
    yield _name(content, algorithm)
    with_lf = content.replace(b"\r\n", b"\n")
    if with_lf != content:
        yield _name(with_lf, algorithm)
    yield _name(with_lf.replace(b"\n", b"\r\n"), algorithm)


def _name(data: bytes, algorithm: str) -> str:
    make = hashlib.sha256 if algorithm == "sha256" else hashlib.sha1
    return make(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
