"""The page that a block stands on: its width, and the section breaks for two columns."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from kimplan.word.markup import twips
from kimplan.word.tags import qn

# Word's own page where a file says nothing: US Letter, with these margins, in twips.
_SIZE = {"w:w": 12240, "w:h": 15840}
_MARGINS = {
    "w:top": 1440, "w:right": 1800, "w:bottom": 1440, "w:left": 1800, "w:header": 720,
    "w:footer": 720, "w:gutter": 0,
}  # fmt: skip
LEFT = twips(125)
GAP = twips(9)
LEAST_FOR_TWO = twips(220)


def section_properties(placeholder: Any) -> Any | None:
    """Return the ``w:sectPr`` that rules the page at `placeholder`, a child of the body."""
    for element in placeholder.itersiblings():
        if element.tag == qn("w:sectPr"):
            return element
        if element.tag == qn("w:p"):
            found = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if found is not None:
                return found
    return None


def text_width(properties: Any | None) -> int:
    """Return the width between the margins, in twips; of Word's own page where none is given."""
    size = _number(properties, "w:pgSz", "w:w", _SIZE["w:w"])
    left, right, gutter = (
        _number(properties, "w:pgMar", side, _MARGINS[side])
        for side in ("w:left", "w:right", "w:gutter")
    )
    return max(_column_width(properties, size - left - right - gutter), twips(40))


def text_height(properties: Any | None) -> int:
    """Return the height between the margins, in twips; a header may take some of it."""
    size = _number(properties, "w:pgSz", "w:h", _SIZE["w:h"])
    top, bottom = (
        abs(_number(properties, "w:pgMar", side, _MARGINS[side])) for side in ("w:top", "w:bottom")
    )
    return max(size - top - bottom, twips(40))


def _column_width(properties: Any | None, width: int) -> int:
    """Return the width of the narrowest column of a page's text that is `width` twips wide."""
    own = properties.findall(f"{qn('w:cols')}/{qn('w:col')}") if properties is not None else []
    if len(own) > 1:
        return min(_attribute(column, "w:w", width) for column in own)
    count = max(_number(properties, "w:cols", "w:num", 1), 1)
    space = _number(properties, "w:cols", "w:space", 720) if count > 1 else 0
    return (width - space * (count - 1)) // count


def _number(properties: Any | None, tag: str, attribute: str, default: int) -> int:
    found = properties.find(qn(tag)) if properties is not None else None
    return _attribute(found, attribute, default) if found is not None else default


def _attribute(element: Any, attribute: str, default: int) -> int:
    value = element.get(qn(attribute))
    try:
        return round(float(value)) if value is not None else default
    except ValueError:
        return default


def has_room_for_two(properties: Any | None) -> bool:
    """Return whether the counts and the chart fit side by side."""
    return properties is not None and text_width(properties) >= LEAST_FOR_TWO


def is_portrait(properties: Any | None) -> bool:
    """Return whether the page is higher than it is wide."""
    width = _number(properties, "w:pgSz", "w:w", _SIZE["w:w"])
    return width < _number(properties, "w:pgSz", "w:h", _SIZE["w:h"])


def has_columns(properties: Any | None) -> bool:
    """Return whether the text stands in several columns, as in a newspaper."""
    if properties is None:
        return False
    own = len(properties.findall(f"{qn('w:cols')}/{qn('w:col')}"))
    return _number(properties, "w:cols", "w:num", own or 1) > 1


def set_one_column(properties: Any) -> None:
    """Let the text stand in one column."""
    for columns in properties.findall(qn("w:cols")):
        properties.remove(columns)


def turn(properties: Any) -> None:
    """Lay a portrait page across; what Word takes for granted is written down for it."""
    size = _child(properties, "w:pgSz", _SIZE)
    width, height = (size.get(qn(name), str(_SIZE[name])) for name in ("w:h", "w:w"))
    for name, value in (("w:w", width), ("w:h", height), ("w:orient", "landscape")):
        size.set(qn(name), value)
    size.attrib.pop(qn("w:code"), None)  # the printer's number of the paper as it was
    _child(properties, "w:pgMar", _MARGINS)


def _child(properties: Any, tag: str, usual: dict[str, int]) -> Any:
    """Return a child of section properties, which is made of what is usual if it is not there."""
    found = properties.find(qn(tag))
    if found is None:
        found = etree.SubElement(properties, qn(tag))
        _put_in_order(properties, found, _BEFORE_COLUMNS[: _BEFORE_COLUMNS.index(tag)])
        for name, value in usual.items():
            found.set(qn(name), str(value))
    return found


def break_into_two(properties: Any) -> tuple[str, str]:
    """Return the section properties that end the text above two columns, and the two columns.

    What follows goes on in `properties` on the same page, with one column.
    """
    above = _text_of(properties)
    go_on(properties, "continuous")
    two = copy.deepcopy(properties)
    inherit_margins(two)
    columns = two.find(qn("w:cols"))
    if columns is None:
        columns = etree.SubElement(two, qn("w:cols"))
        _put_in_order(two, columns)
    columns.clear()
    right = text_width(properties) - LEFT - GAP
    attributes = {"w:num": "2", "w:space": str(GAP), "w:equalWidth": "0"}
    for name, value in attributes.items():
        columns.set(qn(name), value)
    for width, space in ((LEFT, GAP), (right, 0)):
        etree.SubElement(columns, qn("w:col"), {qn("w:w"): str(width), qn("w:space"): str(space)})
    return above, _text_of(two)


def go_on(properties: Any, kind: str) -> None:
    """Let a section go on from the one above it, on the same page (``continuous``) or the next.

    What is said of a first page, and where the numbers begin, has been said above.
    """
    _set_type(properties, kind)
    for found in properties.findall(qn("w:titlePg")):
        properties.remove(found)
    for numbers in properties.findall(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), None)


def inherit_margins(properties: Any) -> None:
    """Let a section have the headers and footers of the one above it."""
    for tag in ("w:headerReference", "w:footerReference"):
        for reference in properties.findall(qn(tag)):
            properties.remove(reference)


_AFTER_TYPE = ("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr")
_BEFORE_COLUMNS = (
    *_AFTER_TYPE, "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType",
    "w:pgNumType",
)  # fmt: skip


def _set_type(properties: Any, value: str) -> None:
    kind = properties.find(qn("w:type"))
    if kind is None:
        kind = etree.SubElement(properties, qn("w:type"))
        _put_in_order(properties, kind, _AFTER_TYPE)
    kind.set(qn("w:val"), value)


def _put_in_order(properties: Any, child: Any, before: tuple[str, ...] = _BEFORE_COLUMNS) -> None:
    """Move `child` behind the last of those that the schema wants before it."""
    tags = {qn(tag) for tag in before}
    earlier = [index for index, each in enumerate(properties) if each.tag in tags]
    properties.remove(child)
    properties.insert(max(earlier, default=-1) + 1, child)


def _text_of(properties: Any) -> str:
    """Return the element as text that can stand in any document."""
    text: str = etree.tostring(properties, encoding="unicode", with_tail=False)
    return text
