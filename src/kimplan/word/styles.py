"""The styles that a report needs, taken from the default template where a template has none."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from docx.parts.numbering import NumberingPart
from docx.shared import Pt

from kimplan.word.opc import free_name
from kimplan.word.tags import qn
from kimplan.word.template import open_default

_NEEDED = (
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "header", "footer", "List Bullet",
    "caption", "Hyperlink", "kimplan Table", "kimplan Cell", "kimplan Cell Heading",
    "kimplan Cell Bullet", "kimplan Blue", "kimplan Green", "kimplan Amber", "kimplan Red",
    "kimplan Not Applicable", "kimplan Overdue", "kimplan Note", "kimplan Continued",
)  # fmt: skip
_NO_LIST = "0"  # the number of no list at all (ECMA-376 part 1, 17.9.18)
_EMPTY_NUMBERING = (
    b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
)


class StyleIds:
    """The ids of a document's styles by their names; capitals do not count, as in Word."""

    def __init__(self, document: Document) -> None:
        self._ids = {
            name.casefold(): style.get(qn("w:styleId")) for name, style in _named(document)
        }

    def __getitem__(self, name: str) -> str:
        """Return the id of the style called `name`."""
        found: str = self._ids[name.casefold()]
        return found

    def get(self, name: str) -> str:
        """Return the id of the style called `name`; empty where there is none."""
        found: str = self._ids.get(name.casefold(), "")
        return found

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._ids

    def add(self, name: str, style_id: str) -> None:
        """Note that the document has the style `name` now."""
        self._ids[name.casefold()] = style_id

    def has_id(self, style_id: str) -> bool:
        """Return whether some style has this id."""
        return style_id in self._ids.values()


def add_missing_styles(document: Document) -> None:
    """Copy each style that a report needs and `document` lacks from the default template.

    None of the document's own styles is changed.
    """
    ids = StyleIds(document)
    missing = [name for name in _NEEDED if name not in ids]
    if not missing:
        return
    default = open_default()
    originals = {name.casefold(): style for name, style in _named(default)}
    default_ids = {style.get(qn("w:styleId")): name for name, style in _named(default)}
    styles = document.styles.element
    added = []
    for name in missing:
        style = copy.deepcopy(originals[name.casefold()])
        while ids.has_id(style.get(qn("w:styleId"))):
            style.set(qn("w:styleId"), style.get(qn("w:styleId")) + "1")
        styles.append(style)
        added.append(style)
        ids.add(name, style.get(qn("w:styleId")))
    for style in added:
        _point_at_names(style, ids, default_ids)
        _take_numbering(style, document, default)


def style_chain(document: Document, name: str) -> Iterator[Any]:
    """Yield the style called `name`, the one that it is based on, and so on."""
    by_id = {style.get(qn("w:styleId")): style for _, style in _named(document)}
    wanted: Any = StyleIds(document)[name]
    while wanted in by_id:
        style = by_id.pop(wanted)  # a circle of styles ends here
        yield style
        base = style.find(qn("w:basedOn"))
        wanted = base.get(qn("w:val")) if base is not None else None


def cell_points(document: Document) -> float:
    """Return the size of the text of the cells, in points; 10.5 where their style has none."""
    wanted = StyleIds(document)["kimplan Cell"]
    for _, style in _named(document):
        if style.get(qn("w:styleId")) == wanted and style.rPr is not None and style.rPr.sz_val:
            return float(style.rPr.sz_val.pt)
    return 10.5


def set_cell_points(document: Document, points: float) -> None:
    """Give the text of the cells a size, in points."""
    ids = StyleIds(document)
    wanted = {ids["kimplan Cell"], ids["kimplan Cell Bullet"]}
    for _, style in _named(document):
        if style.get(qn("w:styleId")) in wanted:
            properties = style.get_or_add_rPr()
            properties.sz_val = Pt(points)
            for complex_size in properties.findall(qn("w:szCs")):
                complex_size.set(qn("w:val"), str(round(points * 2)))


def _named(document: Document) -> Iterator[tuple[str, Any]]:
    tag, value = qn("w:name"), qn("w:val")
    for style in document.styles.element.findall(qn("w:style")):
        name = style.find(tag)
        if name is not None:
            yield name.get(value), style


def _point_at_names(style: Any, ids: StyleIds, default_ids: dict[str, str]) -> None:
    """Let a copied style refer to this document's ids for the styles it is based on."""
    for tag in ("w:basedOn", "w:next", "w:link"):
        for reference in style.findall(qn(tag)):
            name = default_ids.get(reference.get(qn("w:val")), "")
            if name in ids:
                reference.set(qn("w:val"), ids[name])
            else:
                style.remove(reference)


def _take_numbering(style: Any, document: Document, default: Document) -> None:
    """Copy the list that a copied list style belongs to, under a new number."""
    reference = next(style.iter(qn("w:numId")), None)
    if reference is None or reference.get(qn("w:val")) == _NO_LIST:
        return
    source = default.part.numbering_part.element
    number = _find(source, "w:num", "w:numId", reference.get(qn("w:val")))
    abstract_id = number.find(qn("w:abstractNumId")).get(qn("w:val"))
    abstract = copy.deepcopy(_find(source, "w:abstractNum", "w:abstractNumId", abstract_id))
    numbering = _numbering(document)
    new_id = _free(numbering, "w:abstractNum", "w:abstractNumId")
    abstract.set(qn("w:abstractNumId"), str(new_id))
    for level_style in abstract.iter(qn("w:pStyle")):
        level_style.set(qn("w:val"), style.get(qn("w:styleId")))
    first_num = numbering.find(qn("w:num"))
    if first_num is None:
        numbering.append(abstract)
    else:
        first_num.addprevious(abstract)
    reference.set(qn("w:val"), str(numbering.add_num(new_id).numId))


def _numbering(document: Document) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        part = NumberingPart(
            free_name(document.part.package, "/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            parse_xml(_EMPTY_NUMBERING),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return part.element


def _find(numbering: Any, tag: str, attribute: str, value: str) -> Any:
    return next(
        element for element in numbering.findall(qn(tag)) if element.get(qn(attribute)) == value
    )


def _free(numbering: Any, tag: str, attribute: str) -> int:
    used = [int(element.get(qn(attribute))) for element in numbering.findall(qn(tag))]
    return max(used, default=-1) + 1
