"""What other programs write otherwise, in the form that python-docx expects; nothing else changes.

A template (.dotx) becomes a document, a template that is attached to it is left out, and what leads
to a part that is not there leads nowhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from kimplan.word.dangers import NOWHERE, is_attached
from kimplan.word.opc import (
    CONTENT_TYPES,
    DOCUMENT_TYPE,
    PACKAGE_RELATIONSHIPS,
    TEMPLATE_TYPE,
    Package,
    Relationship,
    parse,
)
from kimplan.word.tags import qn

_CORE = "/metadata/core-properties"
# What a document can do without, if the part itself is missing.
_EXPENDABLE = frozenset({
    "customXml", "thumbnail", "printerSettings", "fontTable", "webSettings", "stylesWithEffects",
    "extended-properties", "custom-properties", "glossaryDocument",
})  # fmt: skip


def mended(data: bytes, parts: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return a vetted Word file so that python-docx can open it, or the very same if it can.

    `parts` are to stand in place of others, by their names.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = Package(archive)
        changes = {**parts, **dict(_changes(package))}
        if not changes:
            return data
        return _packed(package, changes)


def _packed(package: Package, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in package.names.values():
            archive.writestr(name, changes.get(name) or package.read(name))
    return buffer.getvalue()


def _changes(package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that must change, by their names."""
    types = package.read(CONTENT_TYPES)
    if TEMPLATE_TYPE.encode() in types:
        yield (
            package.names[CONTENT_TYPES.casefold()],
            types.replace(TEMPLATE_TYPE.encode(), DOCUMENT_TYPE.encode()),
        )
    for name in package.relationship_parts():
        root = package.parse(name)
        relationships = package.relationships(name, root)
        # Each has to be looked at, also behind the first that changes.
        if sum([_mend(package, name, one) for one in relationships]):
            yield name, _text(root)
        if attached := [one for one in relationships if is_attached(one)]:
            yield _without_template(package, attached[0])


def _mend(package: Package, name: str, one: Relationship) -> bool:
    """Change a relationship where it must, and return whether that was so."""
    if is_attached(one):
        return _remove(one.element)
    if name.casefold() == PACKAGE_RELATIONSHIPS and one.kind.endswith(_CORE):
        return _set(one.element, Type=RELATIONSHIP_TYPE.CORE_PROPERTIES)
    if one.is_external:
        return False
    found = package.names.get(one.target.casefold())
    if found is None:
        return _lead_nowhere(one)
    return found != one.target and _set(one.element, Target=f"/{found}")


def _lead_nowhere(one: Relationship) -> bool:
    if one.purpose in _EXPENDABLE:
        return _remove(one.element)
    if one.purpose == "image":
        return _set(one.element, Target=NOWHERE, TargetMode="External")
    if one.purpose == "hyperlink":  # to a bookmark, which some programs write so
        return _set(one.element, TargetMode="External")
    return False


def _set(element: Any, **values: str) -> bool:
    is_new = any(element.get(name) != value for name, value in values.items())
    for name, value in values.items():
        element.set(name, value)
    return is_new


def _remove(element: Any) -> bool:
    element.getparent().remove(element)
    return True


def _without_template(package: Package, attached: Relationship) -> tuple[str, bytes]:
    """Return the settings without the mention of the template that is attached to them."""
    name = package.names[attached.source.casefold()]
    root = parse(package.read(name))
    for found in list(root.iter(qn("w:attachedTemplate"))):
        _remove(found)
    return name, _text(root)


def _text(root: Any) -> bytes:
    text: bytes = etree.tostring(root, encoding="UTF-8", standalone=True, xml_declaration=True)
    return text
