"""The styles that a report needs, taken from the default template where a template has none."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from itertools import count
from typing import Any

from kimplan.word.names import new_element, qn
from kimplan.word.template import open_default
from kimplan.word.word_document import Document

_NEEDED = (
    "Normal", "Title", "Subtitle", "heading 1", "heading 2", "header", "footer", "List Bullet",
    "caption", "Hyperlink", "kimplan Table", "kimplan Cell", "kimplan Cell Heading",
    "kimplan Cell Bullet", "kimplan Blue", "kimplan Green", "kimplan Amber", "kimplan Red",
    "kimplan Not Applicable", "kimplan Overdue", "kimplan Note", "kimplan Continued",
)  # fmt: skip
_NO_LIST = "0"  # the number of no list at all (ECMA-376 part 1, 17.9.18)
_USUAL_POINTS = 10.5
_EMU_PER_POINT = 12_700
_EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "pi": 152_400}
# What the schema wants behind the properties of a style's runs, and behind the size in these.
_AFTER_RUN_PROPERTIES = ("w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr")
_AFTER_SIZE = (
    "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign",
    "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
)  # fmt: skip


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
    styles = document.styles
    if not len(styles):
        styles.extend(copy.deepcopy(default.styles.findall(qn("w:docDefaults"))))
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
        if style.get(qn("w:styleId")) == wanted:
            size = style.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            if size is not None and (points := _points(size.get(qn("w:val")))):
                return points
    return _USUAL_POINTS


def _points(text: str) -> float:
    """Return a measure in points: of a number that counts halves of them, or one with its unit."""
    if any(letter in text for letter in "mnp"):
        return round(float(text[:-2]) * _EMU[text[-2:]]) / _EMU_PER_POINT
    return int(text) / 2


def set_cell_points(document: Document, points: float) -> None:
    """Give the text of the cells a size, in points."""
    ids = StyleIds(document)
    wanted = {ids["kimplan Cell"], ids["kimplan Cell Bullet"]}
    for _, style in _named(document):
        if style.get(qn("w:styleId")) in wanted:
            properties = _child(style, "w:rPr", _AFTER_RUN_PROPERTIES)
            size = _child(properties, "w:sz", _AFTER_SIZE)
            size.set(qn("w:val"), str(int(points * 2)))
            for complex_size in properties.findall(qn("w:szCs")):
                complex_size.set(qn("w:val"), str(round(points * 2)))


def _child(parent: Any, name: str, later: tuple[str, ...]) -> Any:
    """Return a child, which is made before all that the schema wants after it."""
    found = parent.find(qn(name))
    if found is None:
        found = new_element(name)
        _insert(parent, found, later)
    return found


def _insert(parent: Any, child: Any, later: tuple[str, ...]) -> None:
    after = next((one for one in map(parent.find, map(qn, later)) if one is not None), None)
    if after is None:
        parent.append(child)
    else:
        after.addprevious(child)


def _named(document: Document) -> Iterator[tuple[str, Any]]:
    tag, value = qn("w:name"), qn("w:val")
    for style in document.styles.findall(qn("w:style")):
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
    source = default.numbering
    number = _find(source, "w:num", "w:numId", reference.get(qn("w:val")))
    abstract_id = number.find(qn("w:abstractNumId")).get(qn("w:val"))
    abstract = copy.deepcopy(_find(source, "w:abstractNum", "w:abstractNumId", abstract_id))
    numbering = document.numbering
    new_id = _free(numbering, "w:abstractNum", "w:abstractNumId")
    abstract.set(qn("w:abstractNumId"), str(new_id))
    for level_style in abstract.iter(qn("w:pStyle")):
        level_style.set(qn("w:val"), style.get(qn("w:styleId")))
    first_num = numbering.find(qn("w:num"))
    if first_num is None:
        numbering.append(abstract)
    else:
        first_num.addprevious(abstract)
    reference.set(qn("w:val"), _add_number(numbering, new_id))


def _add_number(numbering: Any, abstract_id: int) -> str:
    """Return the number of a new list of the kind `abstract_id`: the first that is free."""
    taken = {int(one.get(qn("w:numId"))) for one in numbering.findall(qn("w:num"))}
    number = str(next(each for each in count(1) if each not in taken))
    element, kind = new_element("w:num"), new_element("w:abstractNumId")
    element.set(qn("w:numId"), number)
    kind.set(qn("w:val"), str(abstract_id))
    element.append(kind)
    _insert(numbering, element, ("w:numIdMacAtCleanup",))
    return number


def _find(numbering: Any, tag: str, attribute: str, value: str) -> Any:
    return next(
        element for element in numbering.findall(qn(tag)) if element.get(qn(attribute)) == value
    )


def _free(numbering: Any, tag: str, attribute: str) -> int:
    used = [int(element.get(qn(attribute))) for element in numbering.findall(qn(tag))]
    return max(used, default=-1) + 1
