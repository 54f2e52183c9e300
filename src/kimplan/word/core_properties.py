"""The core properties of a Word file: its title, its author, when it was made (docProps/core.xml).

ECMA-376 part 2, chapter 11.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kimplan.word.names import CORE_PROPERTIES, CORE_TYPE, NAMESPACES, new_element, parse_xml, qn
from kimplan.word.parts import Parts, XmlPart

_NEW = "<cp:coreProperties{}>{}</cp:coreProperties>".format(
    "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("cp", "dc", "dcterms")),
    "<dc:title/><cp:lastModifiedBy/><cp:revision/><dcterms:modified/>",
)


def set_core_texts(package: Parts, values: dict[str, str]) -> None:
    """Write texts down by the names of their elements: ``dc:title``."""
    root = _root(package)
    for name, value in values.items():
        _child(root, name).text = value


def set_core_moments(package: Parts, moment: datetime) -> None:
    """Write down that the file was made and changed at a moment, which is taken for UTC."""
    root = _root(package)
    kind = qn("xsi:type")
    root.set(kind, "")  # so that the namespace is declared once, on the root
    for name in ("dcterms:created", "dcterms:modified"):
        child = _child(root, name)
        child.text = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        child.set(kind, "dcterms:W3CDTF")
    del root.attrib[kind]


def _child(root: Any, name: str) -> Any:
    found = root.find(qn(name))
    if found is None:
        found = new_element(name)
        root.append(found)
    return found


def _root(package: Parts) -> Any:
    part = package.rels.only(CORE_PROPERTIES)
    if part is None:
        part = XmlPart("/docProps/core.xml", CORE_TYPE, parse_xml(_NEW))
        package.rels.relate_to(part, CORE_PROPERTIES)
    if not isinstance(part, XmlPart):
        raise TypeError("the core properties are no markup")
    return part.element
