"""Whether a report is still as it was written: it keeps a digest of all that it holds besides.

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

from kimplan.word.properties import property_texts, read_property

NAME = "digest"
_MOST_PARTS = 2_000
_MOST_BYTES = 1 << 30
_CHUNK = 1 << 16
_END, _END_LENGTH = b"PK\x05\x06", 22  # of an archive without a comment


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

    def value(self, properties: bytes) -> str:
        """Return the sum of the parts and of the other `properties`, in hexadecimal digits."""
        texts = "\n".join(property_texts(parse_xml(properties), but=NAME))
        whole = self._hash.copy()
        whole.update(texts.encode())
        return whole.hexdigest()


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
    if not _is_nothing_around(archive):
        return False
    *others, last = entries
    properties = archive.read(last)
    digest = Digest()
    for entry in others:
        with archive.open(entry) as part:
            for _ in digest.passing(entry.filename, iter(lambda: part.read(_CHUNK), b"")):
                pass
    root: Any = parse_xml(properties)
    return read_property(root, NAME) == digest.value(properties)


def _is_nothing_around(archive: zipfile.ZipFile) -> bool:
    """Return whether the file holds nothing before, behind or beside the archive that we wrote."""
    file: Any = archive.fp
    file.seek(-_END_LENGTH, 2)
    begins = min(entry.header_offset for entry in archive.infolist()) == 0
    return bool(begins and file.read(4) == _END and not archive.comment)
