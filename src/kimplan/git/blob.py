"""Files on disk held against the blobs that git stores of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 8 * 1024 * 1024


def is_blob(path: Path, name: str) -> bool:
    """Return whether the file at `path` is what git stores as the blob `name`.

    Line endings do not count, because git may change them when it checks files out.
    """
    try:
        content = _content(path)
    except OSError:
        return False
    algorithm = "sha256" if len(name) == 64 else "sha1"
    return content is not None and name in _names(content, algorithm)


def is_same_file(path: Path, name: str) -> bool:
    """Return the same of the file that `path` leads to, if it is a link."""
    return is_blob(Path(os.path.realpath(path)) if os.path.islink(path) else path, name)


def _content(path: Path) -> bytes | None:
    """Return what git stores of a file: of a link, where it leads; None for anything else."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return os.fsencode(os.readlink(path))
    if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
        return None
    return path.read_bytes()


def _names(content: bytes, algorithm: str) -> Iterator[str]:
    """Yield git's name of the content as it is, with LF and with CRLF line endings."""
    with_lf = content.replace(b"\r\n", b"\n")
    yield from (_name(data, algorithm) for data in (content, with_lf))
    yield _name(with_lf.replace(b"\n", b"\r\n"), algorithm)


def _name(data: bytes, algorithm: str) -> str:
    header = f"blob {len(data)}\0".encode()
    return hashlib.new(algorithm, header + data, usedforsecurity=False).hexdigest()
