"""Names and values as custom properties of a Word file (docProps/custom.xml).

ECMA-376 part 1, 22.3: an organisation's own properties, such as sensitivity labels, stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from kimplan.word.opc import free_name

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTY, _TEXT = f"{{{_PROPERTIES}}}property", f"{{{_TYPES}}}lpwstr"
_PREFIX = "kimplan "
_FIRST_ID = 2
_EMPTY = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>'.encode()


def set_properties(word: Document, values: Mapping[str, str]) -> None:
    """Write down `values` by their names, in place of what an earlier report wrote."""
    part = _part(word)
    part._blob = _with_properties(part.blob, values)


def with_property(blob: bytes, name: str, value: str) -> bytes:
    """Return a part of custom properties with one more of ours, in place of an earlier one."""
    root: Any = parse_xml(blob)
    _remove(root, f"{_PREFIX}{name}")
    _add(root, {name: value})
    return _text(root)


def read_property(root: Any, name: str) -> str:
    """Return one of our properties by its name from the root of their part; empty if not there."""
    for each in root.iterchildren(_PROPERTY):
        if each.get("name") == f"{_PREFIX}{name}":
            return str(each.findtext(_TEXT, ""))
    return ""


def property_texts(root: Any, but: str) -> Iterator[str]:
    """Yield each property with its value, but for one of ours, from the root of their part."""
    for each in root.iterchildren(_PROPERTY):
        if each.get("name") != f"{_PREFIX}{but}":
            yield f"{each.get('name', '')}={''.join(each.itertext())}"


def properties_name(word: Document) -> str:
    """Return the name of the part that holds our properties; empty where there are none."""
    part = _existing(word)
    return str(part.partname) if part is not None and read_properties(word) else ""


def _with_properties(blob: bytes, values: Mapping[str, str]) -> bytes:
    root: Any = parse_xml(blob)
    _remove(root, _PREFIX)
    _add(root, values)
    return _text(root)


def _remove(root: Any, beginning: str) -> None:
    for found in [
        each for each in root.iterchildren(_PROPERTY) if each.get("name", "").startswith(beginning)
    ]:
        root.remove(found)


def _add(root: Any, values: Mapping[str, str]) -> None:
    taken = [int(each.get("pid", "1")) for each in root.iterchildren(_PROPERTY)]
    for pid, (name, value) in enumerate(values.items(), max(taken, default=_FIRST_ID - 1) + 1):
        attributes = {"fmtid": _FORMAT_ID, "pid": str(pid), "name": f"{_PREFIX}{name}"}
        etree.SubElement(etree.SubElement(root, _PROPERTY, attributes), _TEXT).text = value


def _text(root: Any) -> bytes:
    text: bytes = etree.tostring(root, encoding="UTF-8", standalone=True, xml_declaration=True)
    return text


def read_properties(word: Document) -> dict[str, str]:
    """Return what `set_properties` wrote, by its names; empty for other documents."""
    found = _existing(word)
    if found is None:
        return {}
    return {
        each.get("name", "").removeprefix(_PREFIX): each.findtext(_TEXT, "")
        for each in parse_xml(found.blob).iterchildren(_PROPERTY)
        if each.get("name", "").startswith(_PREFIX)
    }


def _part(word: Document) -> Part:
    found = _existing(word)
    if found is not None:
        return found
    package = word.part.package
    name = free_name(package, "/docProps/custom.xml")
    part = Part(name, CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _EMPTY, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    return part


def _existing(word: Document) -> Part | None:
    relationships = word.part.package.rels.values()
    for relationship in relationships:
        if relationship.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES:
            part: Part = relationship.target_part
            return part
    return None
