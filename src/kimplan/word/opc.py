"""What a package says of its parts: their content types and relationships.

ECMA-376 part 2 (Open Packaging Conventions). Names of parts are compared without capitals.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import Any, NamedTuple
from urllib.parse import unquote

from docx.opc.packuri import PackURI
from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONSHIPS = "_rels/.rels"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
STRICT = "http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.openxmlformats.org/"
_USUAL = tuple(
    (f"{STRICT}{strict}".encode(), f"{_OFFICE}{usual}".encode())
    for strict, usual in (
        ("officeDocument/relationships/customProperties",
         "officeDocument/2006/relationships/custom-properties"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/customProperties", "officeDocument/2006/custom-properties"),
        ("officeDocument/docPropsVTypes", "officeDocument/2006/docPropsVTypes"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("drawingml/main", "drawingml/2006/main"),
    )
)  # fmt: skip
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relationship(NamedTuple):
    """A relationship of the part `source`: what it is for, and what it leads to.

    `target` is a part's name in the zip, or an address where it `is_external`; `element` is its
    place in the file.
    """

    source: str
    kind: str
    target: str
    is_external: bool
    element: Any

    @property
    def purpose(self) -> str:
        """The last word of its type: ``image``, ``hyperlink``, ``attachedTemplate``."""
        return self.kind.rpartition("/")[2]


class Package:
    """A zip of parts, read as somebody wrote it; each part is parsed at most once a call."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.casefold(): name for name in archive.namelist()}

    def read(self, name: str) -> bytes:
        """Return the bytes of the part called `name` in any capitals; raise KeyError.

        No more is unpacked than the archive says that the part holds; if that is a lie, it raises
        zipfile.BadZipFile.
        """
        entry = self.archive.getinfo(self.names[name.casefold()])
        with self.archive.open(entry) as part:
            return part.read(max(entry.file_size, 1))

    def parse(self, name: str) -> Any:
        """Return the root of a part; raise KeyError, or an error of lxml for broken markup."""
        return parse(self.read(name))

    def relationship_parts(self) -> Iterator[str]:
        """Yield the names of the parts that hold relationships."""
        yield from (name for key, name in self.names.items() if key.endswith(".rels"))

    def relationships(self, name: str, root: Any = None) -> list[Relationship]:
        """Return the relationships that the part `name` holds, perhaps parsed already."""
        source = source_of(name)
        root = self.parse(name) if root is None else root
        return [_relationship(source, element) for element in root.iter(_RELATIONSHIP)]

    def relationships_of(self, part: str) -> list[Relationship]:
        """Return the relationships of the part called `part`; none where it has none."""
        folder, slash, file = part.rpartition("/")
        place = f"{folder}{slash}_rels/{file}.rels"
        return self.relationships(place) if place.casefold() in self.names else []

    def led_to(self, found: Iterable[Relationship], purpose: str) -> str:
        """Return the name of the part that one of `found` leads to for a purpose, or nothing."""
        names = (one.target for one in found if one.purpose == purpose and not one.is_external)
        return next((one for one in names if one.casefold() in self.names), "")

    def content_types(self) -> dict[str, str]:
        """Return the content type of each part that has one, by its name without capitals."""
        defaults, overrides = {}, {}
        for element in self.parse(CONTENT_TYPES).iter(f"{_TYPES}Default", f"{_TYPES}Override"):
            kind = element.get("ContentType", "")
            if element.tag.endswith("Default"):
                defaults[element.get("Extension", "").casefold()] = kind
            else:
                overrides[unquote(element.get("PartName", "")).lstrip("/").casefold()] = kind
        found = {name: overrides.get(name) or defaults.get(_extension(name)) for name in self.names}
        return {name: kind for name, kind in found.items() if kind}

    def main_part(self) -> Relationship | None:
        """Return the relationship that leads to the document itself, if there is one."""
        return next(
            (
                one
                for one in self.relationships(PACKAGE_RELATIONSHIPS)
                if one.purpose == "officeDocument"
            ),
            None,
        )


class ReadablePackage(Package):
    """A package to read and not to hand on: what is Strict is read as what it is in others.

    ISO/IEC 29500-1 (Strict) and 29500-4 (Transitional) name the same elements in two namespaces.
    """

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, with the names that files usually have; raise KeyError."""
        data = super().read(name)
        if STRICT.encode() in data:
            for strict, usual in _USUAL:
                data = data.replace(strict, usual)
        return data


def parse(data: bytes) -> Any:
    """Return the root of `data`, without entities and without asking a network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def source_of(name: str) -> str:
    """Return which part the relationships in the part `name` belong to; empty for the package."""
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])


def _relationship(source: str, element: Any) -> Relationship:
    values = {etree.QName(name).localname: value for name, value in element.items()}
    target = element.get("Target", "").strip()
    is_external = values.get("TargetMode", "").strip().casefold() == "external"
    if not is_external:
        target = _resolved(source, target)
    return Relationship(source, element.get("Type", ""), target, is_external, element)


def _resolved(source: str, target: str) -> str:
    """Return the name in the zip of a target, which is relative to the folder of its source."""
    folder = "/" + posixpath.dirname(source)
    return posixpath.normpath(posixpath.join(folder, unquote(target))).lstrip("/")


def _extension(name: str) -> str:
    return posixpath.basename(name).rpartition(".")[2]


def free_name(package: Any, wanted: str) -> PackURI:
    """Return a name that no part of `package` has: `wanted`, or else with the first free number."""
    taken = {str(part.partname).casefold() for part in package.iter_parts()}
    stem, dot, extension = wanted.rpartition(".")
    names = chain([wanted], (f"{stem}{number}{dot}{extension}" for number in count(1)))
    return PackURI(next(name for name in names if name.casefold() not in taken))
