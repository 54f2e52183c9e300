"""What somebody sees of a paragraph in a Word file.

Text inside content controls and tracked insertions counts; deleted and hidden text does not, by
whatever style it is hidden. Text that is struck through says that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from kimplan.verify.plain_text import plain
from kimplan.word.tags import qn, text_of

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset({qn("w:del"), qn("w:moveFrom"), FALLBACK})
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): " ",
    qn("w:cr"): " ",
    qn("w:noBreakHyphen"): "-",
    qn("w:footnoteReference"): "[note]",
    qn("w:endnoteReference"): "[note]",
}
_PARAGRAPH, _RUN = qn("w:p"), qn("w:r")
_PARAGRAPH_LOOK, _LOOK = qn("w:pPr"), qn("w:rPr")
_VANISH, _STRIKE, _DOUBLE, _SIZE = qn("w:vanish"), qn("w:strike"), qn("w:dstrike"), qn("w:sz")
_VALUE, _TURNED = qn("w:val"), qn("w:bdo")
_SYMBOL, _TEXT = qn("w:sym"), qn("w:t")
SAYING = (_TEXT, _SYMBOL, *_SIGNS)
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
OFF = {"0", "false", "off"}
Look: TypeAlias = dict[str, Any]  # elements by their tags
_LEAST = 60  # twips, three points: nobody can read smaller text


class Eye:
    """Reads what the paragraphs of one document show; `styles` is the root of its styles."""

    def __init__(self, styles: Any) -> None:
        self._hiding = _styles_with(styles, (_VANISH,))
        self._striking = _styles_with(styles, (_STRIKE, _DOUBLE))

    def sees_all_of(self, element: Any) -> bool:
        """Return whether no style and nothing around an element changes what is seen of it."""
        return not (self._hiding or self._striking or _around(element))

    def cell(self, cell: Any) -> str:
        """Return the words of a cell or of another element, a line a paragraph."""
        return plain("\n".join(self.text(paragraph) for paragraph in cell.iter(_PARAGRAPH)))

    def text(self, paragraph: Any) -> str:
        """Return what a paragraph shows, without the paragraphs of text boxes in it."""
        spacing = property_of(paragraph, _PARAGRAPH_LOOK, qn("w:spacing"))
        if spacing is not None and is_too_small(spacing, qn("w:lineRule"), qn("w:line")):
            return ""
        runs = (
            run
            for run in paragraph.iter(_RUN)
            if run.getparent() is paragraph or next(run.iterancestors(_PARAGRAPH)) is paragraph
        )
        return "".join(map(self.run, runs)) + "".join(_drawn(paragraph))

    def run(self, run: Any) -> str:
        """Return what a run shows; nothing where it is deleted or hidden."""
        look, around = _look(run), _around(run)
        if not self._is_shown(run, look, around):
            return ""
        text = "".join(map(said, run.iterchildren(*SAYING)))
        if self._is_struck(run, look) and text.strip():
            return f"[struck: {text}]"
        return f"[turned: {text}]" if _TURNED in around and text.strip() else text

    def is_shown(self, run: Any) -> bool:
        """Return whether a run is neither deleted nor hidden."""
        return self._is_shown(run, _look(run), _around(run))

    def _is_struck(self, run: Any, look: Look) -> bool:
        own = [_says_on(look[mark]) for mark in (_STRIKE, _DOUBLE) if mark in look]
        if any(own):
            return True
        if not self._striking:
            return False
        return len(own) < 2 and any(style in self._striking for style in _styles(run))

    def _is_shown(self, run: Any, look: Look, around: set[str]) -> bool:
        if not _GONE.isdisjoint(around) or _is_tiny(look):
            return False
        if _VANISH in look:
            return not _says_on(look[_VANISH])
        if not self._hiding:
            return True
        return not any(style in self._hiding for style in _styles(run))


def _look(run: Any) -> Look:
    """Return what hides or strikes out a run by its own look: the first child of each such tag."""
    found: Look = {}
    for properties in run.iterchildren(_LOOK):
        for each in properties.iterchildren(_VANISH, _STRIKE, _DOUBLE, _SIZE):
            found.setdefault(each.tag, each)
    return found


def _around(run: Any) -> set[str]:
    """Return the tags of the elements around a run that take it away or turn it."""
    return {each.tag for each in run.iterancestors(*_GONE, _TURNED)}


def said(node: Any) -> str:
    """Return what an element says that has one of the tags `SAYING`."""
    if node.tag == _SYMBOL:
        return _symbol(node.get(qn("w:char"), ""))
    sign = _SIGNS.get(node.tag)
    return text_of(node) if sign is None else sign


def _symbol(code: str) -> str:
    """Return the sign that a symbol's hexadecimal number stands for."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def property_of(element: Any, properties: str, tag: str) -> Any:
    """Return the first child with a `tag` of an element's `properties`, or None.

    It is what `find` gives for such a path, which takes longer than all else that reads a cell.
    """
    for each in element.iterchildren(properties):
        for found in each.iterchildren(tag):
            return found
    return None


def _is_on(element: Any, mark: str) -> bool | None:
    """Return whether the look of a run or a style has a mark; None where it does not say."""
    found = property_of(element, _LOOK, mark)
    return None if found is None else _says_on(found)


def _says_on(mark: Any) -> bool:
    return mark.get(_VALUE, "true") not in OFF


def _is_tiny(look: Look) -> bool:
    size = look.get(_SIZE)
    value = size.get(_VALUE, "") if size is not None else ""
    return value.isdecimal() and int(value) * 10 < _LEAST  # half-points to twips


def is_too_small(element: Any, rule: str, value: str) -> bool:
    """Return whether an exact height, in twips, is too small for anything to be read in it."""
    height = element.get(value, "")
    return element.get(rule) == "exact" and height.isdecimal() and int(height) < _LEAST


def _drawn(paragraph: Any) -> Iterator[str]:
    """Yield the words of formulas and of WordArt, which are in no run's text."""
    for node in paragraph.iter(_MATHS, _DRAWN, _WORD_ART):
        yield f" {node.get('string') if node.tag == _WORD_ART else text_of(node)}"


def _styles(run: Any) -> Iterator[str]:
    """Yield the styles that a run's look comes from: its own, its paragraph's, its table's."""
    yield from (
        each.get(qn("w:val"), "") for each in run.iterfind(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    )
    for paragraph in run.iterancestors(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        yield style.get(qn("w:val"), "") if style is not None else ""
    for table in run.iterancestors(qn("w:tbl")):
        style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
        if style is not None:
            yield style.get(qn("w:val"), "")


def _styles_with(root: Any, marks: tuple[str, ...]) -> set[str]:
    """Return the ids of the styles that give text one of the `marks`, which are tags.

    The empty id stands for a paragraph that names no style.
    """
    if not any(_says_on(each) for each in root.iter(*marks)):
        return set()  # as nearly always: no style has to be asked what it is based on
    styles = {each.get(qn("w:styleId"), ""): each for each in root.iter(qn("w:style"))}
    defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    by_default = defaults is not None and any(_is_on(defaults, mark) for mark in marks)
    found = {
        name
        for name in styles
        if any(_is_at_last(name, mark, styles, default=by_default) for mark in marks)
    }
    usual = {name for name, style in styles.items() if _is_usual(style)}
    if usual & found or (by_default and not usual):
        found.add("")
    return found


def _is_usual(style: Any) -> bool:
    is_default = style.get(qn("w:default")) in {"1", "true"}
    return is_default and style.get(qn("w:type")) == "paragraph"


def _is_at_last(name: str, mark: str, styles: dict[str, Any], *, default: bool) -> bool:
    """Return whether a style has a mark: of itself, in a part of a table, or by its base."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        if any(_is_on(part, mark) for part in style.iter(qn("w:tblStylePr"))):
            return True
        said = _is_on(style, mark)
        if said is not None:
            return said
        base = style.find(qn("w:basedOn"))
        name = base.get(qn("w:val"), "") if base is not None else ""
    return default
