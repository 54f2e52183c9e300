"""A Word file that was just written, opened again before anybody else sees it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from kimplan.word.opc import Package

_AT_ONCE = 1 << 16  # bytes; ParseFile asks for 2,048 at a time, which takes longer


class BrokenPackageError(Exception):
    """What was written, or would be, cannot be opened again; the message says why."""


def prove(file: BinaryIO) -> None:
    """Raise BrokenPackageError unless each part of a package can be read.

    Each has a content type, and leads to parts that are there (ECMA-376 part 2).
    """
    with zipfile.ZipFile(file) as archive:
        package = Package(archive)
        types = package.content_types()
        for key, name in package.names.items():
            if key not in types and key != "[content_types].xml":
                raise BrokenPackageError(f"{name} has no content type")
            if key.endswith((".xml", ".rels")):
                _read_markup(archive, name)
        for name, target in _targets(package):
            if target.casefold() not in package.names:
                raise BrokenPackageError(f"{name} leads to {target}, which is not there")


def _read_markup(archive: zipfile.ZipFile, name: str) -> None:
    """Read a part as Word would, a piece at a time: a long table is never in memory as a whole."""
    parser = expat.ParserCreate()
    try:
        with archive.open(name) as part:
            while piece := part.read(_AT_ONCE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise BrokenPackageError(f"{name} is broken ({error})") from error


def _targets(package: Package) -> Iterator[tuple[str, str]]:
    for name in package.relationship_parts():
        yield from (
            (name, one.target) for one in package.relationships(name) if not one.is_external
        )
