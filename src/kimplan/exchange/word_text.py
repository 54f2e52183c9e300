"""The paragraphs of a Word file as somebody sees them, with what stands beside their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from kimplan.exchange.blocks import Line
from kimplan.exchange.word_file import WordFile
from kimplan.exchange.word_notes import Notes, who
from kimplan.exchange.word_numbers import Mark, Numbers
from kimplan.model.prose import Span
from kimplan.sheet import Remark, RemarkKind
from kimplan.word.tags import qn, text_of
from kimplan.word.visible import FALLBACK, OFF, Eye

_LINK = ("http://", "https://", "mailto:")
_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
# The marks that a list of kimplan's own text may have (see kimplan.model.markers).
_MARKER = re.compile(r"[0-9]{1,3}[.)]|(?:[a-z]|[ivxl]{2,7})\)")
_WINGDINGS = {
    "F0B7": "•", "F0A7": "•", "F0D8": "•", "F076": "•", "F0FC": "✓", "F0FE": "☑", "F0A8": "☐",
    "F06F": "☐", "F0FB": "✗", "F0E0": "→", "F02D": "-", "F0B0": "°",
}  # fmt: skip
_THROUGH = {
    qn(tag)
    for tag in (
        "w:hyperlink",
        "w:fldSimple",
        "w:sdtContent",
        "w:smartTag",
        "w:customXml",
        "w:ins",
        "w:moveTo",
        "w:bdo",
        "w:dir",
    )
}
_CHANGED = {qn("w:ins"), qn("w:moveTo"), qn("w:del"), qn("w:moveFrom")}
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_COMMENTS = {qn("w:commentRangeStart"), qn("w:commentReference")}
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LONGEST = 1000


class Struck(Span):
    """A span whose words are struck through."""


class Read(NamedTuple):
    """What a paragraph says, and what was seen in it; its end was deleted if it `goes_on`."""

    line: Line
    remarks: tuple[Remark, ...]
    goes_on: bool = False


class Texts:
    """Reads the paragraphs of one file, which must come in their order."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._eye = Eye(word.styles)
        self._numbers = Numbers(word.numbering, word.styles)
        self._bold = set(_bold_styles(word.styles))
        self.notes = Notes(word)

    def read(self, paragraph: Any) -> Read:
        """Return what a paragraph says, with its automatic bullet or number."""
        walk = _Walk(self)
        walk.through(paragraph, "")
        line = _with_mark(tuple(walk.spans), self._numbers.mark(paragraph))
        is_deleted = False
        for mark in paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:rPr')}/*"):
            if mark.tag in _CHANGED:
                walk.remarks.append(Remark(RemarkKind.TRACKED, "", *who(mark)))
                is_deleted = is_deleted or mark.tag == qn("w:del")
        return Read(line, tuple(dict.fromkeys(walk.remarks)), is_deleted)

    def run(self, run: Any) -> Iterator[tuple[str, bool]]:
        """Yield the text of a run and whether it is bold, if somebody sees it."""
        text = "".join(map(_said, run))
        if text:
            yield text, self._is_bold(run)

    def is_shown(self, run: Any) -> bool:
        """Return whether somebody sees a run."""
        return self._eye.is_shown(run)

    def _is_bold(self, run: Any) -> bool:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return False
        own = properties.find(qn("w:b"))
        if own is not None:
            return own.get(qn("w:val"), "true") not in OFF
        style = properties.find(qn("w:rStyle"))
        return style is not None and style.get(qn("w:val"), "") in self._bold

    def target(self, relationship: str) -> str:
        """Return where a relationship leads to outside of the file, empty for none."""
        return self._word.links.get(relationship, "").strip()


class _Walk:
    """Goes through one paragraph."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.spans: list[Span] = []
        self.remarks: list[Remark] = []
        self._fields: list[list[str]] = []
        self._shows: list[bool] = []

    def through(self, element: Any, link: str) -> None:
        """Take in what an element of the paragraph holds, in a link or in none."""
        for child in element.iterchildren(tag=etree.Element):
            if child.tag in _CHANGED and next(child.iter(qn("w:r")), None) is not None:
                self.remarks.append(Remark(RemarkKind.TRACKED, "", *who(child)))
            if child.tag == qn("w:r"):
                self._run(child, link)
            elif child.tag in _COMMENTS:
                self._note("comments", child)
            elif child.tag.startswith(_MATHS):
                words = "".join(map(text_of, child.iter(f"{_MATHS}t")))
                self._add(words, is_bold=False, link="")
            elif _leads_on(child):
                self.through(child, self._link_of(child) or link)

    def _link_of(self, element: Any) -> str:
        if element.tag == qn("w:hyperlink"):
            target = self._texts.target(element.get(qn("r:id"), ""))
            if target.casefold().startswith(_LINK):
                return target
            if target:
                self.remarks.append(Remark(RemarkKind.LINK, target[:_LONGEST]))
        if element.tag == qn("w:fldSimple"):
            return _address(element.get(qn("w:instr"), ""))
        return ""

    def _run(self, run: Any, link: str) -> None:
        self._field(run)
        for child in run:
            if child.tag in _NOTES:
                self._note(_NOTES[child.tag], child)
            elif child.tag in _COMMENTS:
                self._note("comments", child)
            elif child.tag in _PICTURES or child.tag.startswith(_CHOICE):
                self._drawn(child)
        if any(not shows for shows in self._shows):
            return
        for text, is_bold in self._texts.run(run):
            if not self._texts.is_shown(run):
                self.remarks.append(Remark(RemarkKind.HIDDEN, text.strip()[:_LONGEST]))
            else:
                is_struck = _is_struck(run)
                if is_struck:
                    self.remarks.append(Remark(RemarkKind.STRUCK, text.strip()[:_LONGEST]))
                made = Struck if is_struck else Span
                self.spans.append(made(text, is_bold, link or self._field_link()))

    def _add(self, text: str, *, is_bold: bool, link: str) -> None:
        self.spans.append(Span(text, is_bold, link))

    def _field(self, run: Any) -> None:
        """Take note of where a field begins, what it is to do, and where its result stands."""
        for child in run:
            if child.tag == qn("w:instrText") and self._fields:
                self._fields[-1].append(text_of(child))
            elif child.tag == qn("w:fldChar"):
                kind = child.get(qn("w:fldCharType"))
                if kind == "begin":
                    self._fields.append([])
                    self._shows.append(False)
                elif self._fields and kind == "separate":
                    self._shows[-1] = True
                elif self._fields and kind == "end":
                    self._fields.pop()
                    self._shows.pop()

    def _field_link(self) -> str:
        found = (_address("".join(code)) for code in self._fields)
        return next((link for link in found if link), "")

    def _note(self, kind: str, element: Any) -> None:
        found = self._texts.notes.find(kind, element.get(qn("w:id"), ""))
        if found is not None:
            self.remarks.append(found)

    def _drawn(self, element: Any) -> None:
        """Add the words of a text box; say that there is a picture where it has none."""
        boxes = [
            paragraph
            for box in element.iter(qn("w:txbxContent"))
            if next(box.iterancestors(FALLBACK), None) is None
            for paragraph in box.iter(qn("w:p"))
        ]
        for paragraph in boxes:
            self._add("\n", is_bold=False, link="")
            self.through(paragraph, "")
        if not boxes and not element.tag.startswith(_CHOICE):
            self.remarks.append(Remark(RemarkKind.PICTURE))


def _leads_on(element: Any) -> bool:
    """Return whether what an element holds is part of what its paragraph shows."""
    if element.tag == qn("w:sdt"):
        return not is_placeholder(element)
    is_choice = element.tag.startswith(_CHOICE) and element.tag != FALLBACK
    return element.tag in _THROUGH or is_choice


def _address(code: str) -> str:
    found = _FIELD.match(code)
    return found[1] if found and found[1].casefold().startswith(_LINK) else ""


def is_placeholder(control: Any) -> bool:
    """Return whether a content control shows only what asks somebody to fill it in."""
    mark = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    return mark is not None and mark.get(qn("w:val"), "true") not in OFF


def _is_struck(run: Any) -> bool:
    found = [run.find(f"{qn('w:rPr')}/{qn(mark)}") for mark in ("w:strike", "w:dstrike")]
    return any(mark is not None and mark.get(qn("w:val"), "true") not in OFF for mark in found)


def _said(node: Any) -> str:
    if node.tag == qn("w:t"):
        return text_of(node)
    if node.tag in {qn("w:tab"), qn("w:ptab")}:
        return "\t"
    if node.tag in {qn("w:br"), qn("w:cr")}:
        return "\n"
    if node.tag == qn("w:noBreakHyphen"):
        return "-"
    if node.tag == qn("w:sym"):
        return _symbol(node.get(qn("w:char"), ""))
    return ""


def _symbol(code: str) -> str:
    if code.upper() in _WINGDINGS:
        return _WINGDINGS[code.upper()]
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _bold_styles(root: Any) -> Iterator[str]:
    """Yield the ids of the styles for characters that are bold, such as Strong."""
    for style in root.iterchildren(qn("w:style")):
        bold = style.find(f"{qn('w:rPr')}/{qn('w:b')}")
        is_bold = bold is not None and bold.get(qn("w:val"), "true") not in OFF
        if is_bold and style.get(qn("w:type")) == "character":
            yield style.get(qn("w:styleId"), "")


def _with_mark(spans: tuple[Span, ...], mark: Mark | None) -> Line:
    """Return a paragraph's line; a number that is no list's, such as ``4.2``, is words."""
    if mark is None:
        return Line(spans)
    if mark.is_bullet:
        return Line(spans, mark.level, bullet=True)
    number = mark.text.strip()
    if number.startswith("(") and _MARKER.fullmatch(number[1:]):
        number = number[1:]
    has_words = any(span.text.strip() for span in spans)
    if has_words and _MARKER.fullmatch(number):
        return Line(spans, mark.level, marker=number)
    return Line((Span(f"{number} " if has_words else number), *spans))
