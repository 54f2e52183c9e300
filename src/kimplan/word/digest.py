"""Whether a report is still as it was written: it keeps a digest of all its other parts.

The digest is no seal against somebody who wants to deceive; it tells that Word, or any other
program, saved the file since.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docx.oxml.parser import parse_xml

from kimplan.word.properties import read_property

NAME = "digest"
_MOST_PARTS = 2_000
_MOST_BYTES = 1 << 30
_CHUNK = 1 << 16


class Digest:
    """Adds up the parts of a package in the order in which they stand in it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def passing(self, name: str, content: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces of the part `name`, having added them."""
        self._hash.update(f"{name}\n".encode())
        for piece in content:
            self._hash.update(piece)
            yield piece

    def value(self) -> str:
        """Return the sum so far, in hexadecimal digits."""
        return self._hash.hexdigest()


def is_as_written(path: Path) -> bool:
    """Return whether the file at `path` is a report that nobody changed since it was written."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _is_as_written(archive)
    except Exception:  # zipfile and the parser raise half a dozen kinds for what is no report
        return False


def _is_as_written(archive: zipfile.ZipFile) -> bool:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
        return False
    *others, last = entries
    root: Any = parse_xml(archive.read(last))
    digest = Digest()
    for entry in others:
        with archive.open(entry) as part:
            for _ in digest.passing(entry.filename, iter(lambda: part.read(_CHUNK), b"")):
                pass
    return read_property(root, NAME) == digest.value()
