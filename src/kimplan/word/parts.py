"""A package as its parts and what leads from one to the other (ECMA-376 part 2).

Parts are called as in the package: ``/word/document.xml``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count
from typing import Any

from lxml import etree

from kimplan.word.names import MARKUP_TYPES, as_part, parse_xml

ROOT = "/"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EXTERNAL = "External"
_BARE: Any = {None: _RELATIONSHIPS}  # a namespace without a prefix, which the stubs do not know

Read = Callable[[str], bytes]


class Part:
    """A part: its name, its content type, and its bytes as they came or as `content` says."""

    def __init__(self, name: str, content_type: str, content: bytes) -> None:
        self.name = name
        self.content_type = content_type
        self.content = content
        self.rels = Relationships(posixpath.split(name)[0])

    @property
    def blob(self) -> bytes:
        """The bytes of the part."""
        return self.content


class XmlPart(Part):
    """A part whose elements can be changed: `element` is its root."""

    def __init__(self, name: str, content_type: str, element: Any) -> None:
        super().__init__(name, content_type, b"")
        self.element = element

    @property
    def blob(self) -> bytes:
        """The bytes of the part, from its elements as they are at this moment."""
        return as_part(self.element)


class Lead:
    """A relationship: its id, what it is for (`kind`), and the part or the address it leads to."""

    __slots__ = ("address", "id", "kind", "part")

    def __init__(self, id_: str, kind: str, part: Part | None, address: str) -> None:
        self.id = id_
        self.kind = kind
        self.part = part
        self.address = address

    @property
    def is_external(self) -> bool:
        """Whether it leads out of the package, to an address."""
        return self.part is None


class Relationships(dict[str, Lead]):
    """The relationships of a part, or of the package, in `folder`, by their ids."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder

    def add(self, id_: str, kind: str, part: Part | None, address: str = "") -> None:
        """Add a relationship to a `part`, or to an `address` outside."""
        self[id_] = Lead(id_, kind, part, address)

    def relate_to(self, part: Part, kind: str) -> str:
        """Return the id of the relationship to `part`, which is made if there is none."""
        for lead in self.values():
            if lead.kind == kind and lead.part is part:
                return lead.id
        new = next(
            name for name in map("rId{}".format, range(1, len(self) + 2)) if name not in self
        )
        self.add(new, kind, part)
        return new

    def only(self, kind: str) -> Part | None:
        """Return the part that the one relationship of a kind leads to; None if there is none.

        Raises ValueError if there are several, or if it leads out of the package.
        """
        found = [lead.part for lead in self.values() if lead.kind == kind]
        if len(found) > 1 or None in found:
            raise ValueError(f"no single part is meant by {kind}")
        return found[0] if found else None

    def target(self, id_: str) -> str:
        """Return what a relationship leads to, as its part says it: an address, or a path."""
        lead = self[id_]
        if lead.part is None:
            return lead.address
        name = lead.part.name
        return name[1:] if self._folder == ROOT else posixpath.relpath(name, self._folder)

    def as_part(self) -> bytes:
        """Return the text of the part that holds the relationships."""
        root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap=_BARE)
        for lead in self.values():
            attributes = {"Id": lead.id, "Type": lead.kind, "Target": self.target(lead.id)}
            if lead.is_external:
                attributes["TargetMode"] = _EXTERNAL
            etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", attributes)
        return as_part(root)


class Parts:
    """A package: its relationships, and by them all of its parts."""

    def __init__(self) -> None:
        self.rels = Relationships(ROOT)

    def __iter__(self) -> Iterator[Part]:
        """Yield each part once, those that it leads to after it."""
        yield from _reached(self.rels, [])

    def free_name(self, wanted: str) -> str:
        """Return a name that no part has: `wanted`, or else with the first free number."""
        stem, dot, extension = wanted.rpartition(".")
        return self._free(
            chain([wanted], (f"{stem}{number}{dot}{extension}" for number in count(1)))
        )

    def next_name(self, pattern: str) -> str:
        """Return `pattern` with the first number in place of its ``{}`` that no part has."""
        return self._free(map(pattern.format, count(1)))

    def _free(self, names: Iterable[str]) -> str:
        taken = {part.name.casefold() for part in self}
        return next(name for name in names if name.casefold() not in taken)


def _reached(rels: Relationships, seen: list[Part]) -> Iterator[Part]:
    for lead in rels.values():
        if lead.part is not None and lead.part not in seen:
            seen.append(lead.part)
            yield lead.part
            yield from _reached(lead.part.rels, seen)


def rels_name(name: str) -> str:
    """Return the name of the part that holds the relationships of the part called `name`."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def read_parts(read: Read) -> Parts:
    """Return the package whose parts `read` gives by their names; it raises KeyError for others.

    Raises KeyError for a part that is led to and not there, or that has no content type, and an
    error of lxml for broken markup.
    """
    package, types, parts = Parts(), _ContentTypes(read), dict[str, Part]()
    _follow(read, types, ROOT, package.rels, parts)
    return package


def _follow(
    read: Read, types: _ContentTypes, source: str, rels: Relationships, parts: dict[str, Part]
) -> None:
    """Add the relationships of the part called `source` to `rels`, and what they lead to."""
    try:
        root = parse_xml(read(rels_name(source)))
    except KeyError:
        return
    folder = posixpath.split(source)[0]
    for element in root.findall(f"{{{_RELATIONSHIPS}}}Relationship"):
        id_, kind, target = (element.get(name) for name in ("Id", "Type", "Target"))
        if element.get("TargetMode") == _EXTERNAL:
            rels.add(id_, kind, None, target)
            continue
        name = posixpath.normpath(posixpath.join(folder, target))
        part = parts.get(name)
        if part is None:
            part = parts[name] = _part(name, types.of(name), read(name))
            _follow(read, types, name, part.rels, parts)
        rels.add(id_, kind, part)


def _part(name: str, content_type: str, content: bytes) -> Part:
    if content_type in MARKUP_TYPES:
        return XmlPart(name, content_type, parse_xml(content))
    return Part(name, content_type, content)


class _ContentTypes:
    """The content types of the parts, by their names or by how these end."""

    def __init__(self, read: Read) -> None:
        root = parse_xml(read("/[Content_Types].xml"))
        self._names = {
            one.get("PartName").lower(): one.get("ContentType")
            for one in root.findall(f"{_TYPES}Override")
        }
        self._extensions = {
            one.get("Extension").lower(): one.get("ContentType")
            for one in root.findall(f"{_TYPES}Default")
        }

    def of(self, name: str) -> str:
        """Return the content type of the part called `name`; raise KeyError if it has none."""
        extension = posixpath.splitext(name)[1].removeprefix(".")
        found: str | None = self._names.get(name.lower())
        return self._extensions[extension.lower()] if found is None else found
