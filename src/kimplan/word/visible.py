"""What somebody sees of a paragraph in a Word file.

Text inside content controls and tracked insertions counts; deleted and hidden text does not, by
whatever style it is hidden. Text that is struck through says that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from kimplan.verify.expected import plain

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = (qn("w:del"), qn("w:moveFrom"), FALLBACK)
_SIGNS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): " ",
    qn("w:cr"): " ",
    qn("w:noBreakHyphen"): "-",
    qn("w:footnoteReference"): "[note]",
    qn("w:endnoteReference"): "[note]",
}
_SYMBOL, _TEXT = qn("w:sym"), qn("w:t")
_OFF = {"0", "false", "off"}


class Eye:
    """Reads what the paragraphs of one document show."""

    def __init__(self, word: Document) -> None:
        self._hiding = _hiding_styles(word)

    def cell(self, cell: Any) -> str:
        """Return the words of a cell or of another element, a line a paragraph."""
        return plain("\n".join(self.text(paragraph) for paragraph in cell.iter(qn("w:p"))))

    def text(self, paragraph: Any) -> str:
        """Return what a paragraph shows, without the paragraphs of text boxes in it."""
        runs = (
            run
            for run in paragraph.iter(qn("w:r"))
            if next(run.iterancestors(qn("w:p"))) is paragraph
        )
        return "".join(self.run(run) for run in runs if self.is_shown(run))

    def run(self, run: Any) -> str:
        """Return what a run says."""
        text = "".join(map(_said, run.iterchildren(_TEXT, _SYMBOL, *_SIGNS)))
        is_struck = any(_is_on(run, mark) for mark in ("w:strike", "w:dstrike"))
        return f"[struck: {text}]" if is_struck and text.strip() else text

    def is_shown(self, run: Any) -> bool:
        """Return whether a run is neither deleted nor hidden."""
        own = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        if own is not None:
            return own.get(qn("w:val"), "true") in _OFF and not _is_gone(run)
        return not _is_gone(run) and not any(style in self._hiding for style in _styles(run))


def _said(node: Any) -> str:
    if node.tag == _SYMBOL:
        return _symbol(node.get(qn("w:char"), ""))
    return _SIGNS.get(node.tag, node.text or "")


def _symbol(code: str) -> str:
    """Return the sign that a symbol's hexadecimal number stands for."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _is_on(run: Any, mark: str) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn(mark)}")
    return found is not None and found.get(qn("w:val"), "true") not in _OFF


def _is_gone(run: Any) -> bool:
    return next(run.iterancestors(*_GONE), None) is not None


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


def _hiding_styles(word: Document) -> set[str]:
    """Return the ids of the styles that hide their text; empty stands for no style at all."""
    styles = {
        each.get(qn("w:styleId"), ""): each for each in word.styles.element.iter(qn("w:style"))
    }
    defaults = word.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    hidden_by_default = defaults is not None and _hides(defaults) is True
    found = {name for name in styles if _hides_at_last(name, styles, default=hidden_by_default)}
    normal = [
        name
        for name, style in styles.items()
        if style.get(qn("w:default")) in {"1", "true"} and style.get(qn("w:type")) == "paragraph"
    ]
    if (hidden_by_default and not normal) or set(normal) & found:
        found.add("")
    return found


def _hides_at_last(name: str, styles: dict[str, Any], *, default: bool) -> bool:
    """Return whether a style hides its text, or the nearest one that it is based on and says so."""
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        said = _hides(styles[name])
        if said is not None:
            return said
        base = styles[name].find(qn("w:basedOn"))
        name = base.get(qn("w:val"), "") if base is not None else ""
    return default


def _hides(style: Any) -> bool | None:
    found = style.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return None if found is None else found.get(qn("w:val"), "true") not in _OFF
