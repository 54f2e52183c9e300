"""WordprocessingML as text: runs, paragraphs and cells, escaped and in the schema's order.

Text is many times faster to write than a tree of elements, and a table of ten thousand rows needs
no memory (docs/performance.md). ECMA-376 part 1, chapter 17, gives the order of the elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kimplan.model.prose import Block, Span

NAMESPACES = (
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TWIPS_PER_MM = 1440 / 25.4
BOLD = "<w:b/><w:bCs/>"
KEEP_NEXT = "<w:keepNext/>"
NO_HEIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_LINK_LOOK = '<w:rStyle w:val="Hyperlink"/>'
_BOLD_RUN = '<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">'
_RUN, _RUN_END = '<w:r><w:t xml:space="preserve">', "</w:t></w:r>"
_STEP = 255  # the indentation of a list in a cell, in twips a level
_SHORT_MARKER = 2  # characters of a number that fit into one step
_TAG_NAME = re.compile(r"<w:\w+")

Link = Callable[[str], str]


def escape(text: str) -> str:
    """Return `text` as the content of an element."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def quote(text: str) -> str:
    """Return `text` as an attribute's value, in quotation marks."""
    return f'"{escape(text).replace(chr(34), "&quot;")}"'


def twips(millimetres: float) -> int:
    """Return a length in twentieths of a point."""
    return round(millimetres * TWIPS_PER_MM)


def top_level(element: str) -> str:
    """Return `element` with the namespaces declared, fit to stand in any document."""
    return _TAG_NAME.sub(lambda found: found.group() + NAMESPACES, element, count=1)


def text_run(text: str, properties: str = "") -> str:
    """Return a run of text; `properties` are the children of its ``w:rPr``."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}{_RUN_END}'


def paragraph(runs: str, style: str, properties: str = "", before: str = "") -> str:
    """Return a paragraph; `before` and `properties` are the children of ``w:pPr`` after the style.

    `before` holds those that the schema wants first (``w:keepNext``, ``w:pageBreakBefore``).
    """
    return f"{_paragraph_opening(style, before + properties)}{runs}</w:p>"


def _paragraph_opening(style: str, properties: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'


class BlockWriter:
    """Writes blocks of text as paragraphs of one style and list items of another.

    `before` holds properties that the schema wants right after the style (``w:keepNext``); `link`
    gives the opening tag of a hyperlink to an address. `deep_style` is that of the deeper levels of
    a list, whose style may have only one.
    """

    def __init__(
        self,
        style: str,
        bullet_style: str,
        link: Link,
        before: str = "",
        step: int = _STEP,
        deep_style: str = "",
    ) -> None:
        self._step = step
        self._deep_style = deep_style or bullet_style
        self._link = link
        self._bullet_style = bullet_style
        self._before = before
        self.opening = _paragraph_opening(style, before)
        self._bullet = _paragraph_opening(bullet_style, before)

    def __call__(self, blocks: Iterable[Block]) -> str:
        """Return `blocks` as paragraphs."""
        return "".join([self._paragraph(block) for block in blocks])

    def _paragraph(self, block: Block) -> str:
        spans, level, _, marker = block
        opening = self._item_opening(block) if level else self.opening
        # Nearly all of them are a single span; the rest may take longer.
        if len(spans) == 1 and not (spans[0].link or marker):
            text, bold, _ = spans[0]
            return f"{opening}{_BOLD_RUN if bold else _RUN}{escape(text)}{_RUN_END}</w:p>"
        return f"{opening}{self.runs(block)}</w:p>"

    def runs(self, block: Block) -> str:
        """Return the runs of a block's text, after its number and a tab if it has one."""
        runs = "".join(map(self._span, block.spans))
        number = f"<w:r><w:t>{escape(block.marker)}</w:t><w:tab/></w:r>" if block.marker else ""
        return number + runs

    def _span(self, span: Span) -> str:
        if span.link:
            opening = self._link(span.link)
            if opening:
                return f"{opening}{text_run(span.text, _LINK_LOOK)}</w:hyperlink>"
        return text_run(span.text, BOLD if span.bold else "")

    def _item_opening(self, block: Block) -> str:
        if block.bullet and block.level == 1:
            return self._bullet
        if not block.bullet:
            number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
            indent = self._indent(block)
            return _paragraph_opening(self._bullet_style, f"{self._before}{number}{indent}")
        deeper = f'<w:numPr><w:ilvl w:val="{block.level - 1}"/></w:numPr>'
        return _paragraph_opening(self._deep_style, f"{self._before}{deeper}")

    def _indent(self, block: Block) -> str:
        """Return the indentation of an item without Word's numbering, or of what goes on in one."""
        if not block.marker:
            return f'<w:ind w:left="{self._step * block.level}" w:firstLine="0"/>'
        room = self._step * (1 if len(block.marker) <= _SHORT_MARKER else 2)
        left = self._step * (block.level - 1) + room
        return f'<w:ind w:left="{left}" w:hanging="{room}"/>'


def table_cell(width: int, content: str, fill: str = "", span: int = 1) -> str:
    """Return a cell `width` twips wide, over `span` columns; `content` is its paragraphs."""
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{shading}</w:tcPr>'
        f"{content}</w:tc>"
    )


def table_row(cells: str, *, header: bool = False, may_split: bool = False) -> str:
    """Return a row that does not break across pages unless it `may_split`; a `header` repeats."""
    repeat = "<w:tblHeader/>" if header else ""
    whole = "" if may_split else "<w:cantSplit/>"
    properties = f"<w:trPr>{whole}{repeat}</w:trPr>" if whole or repeat else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def table_start(style: str, widths: list[int], caption: str, description: str) -> str:
    """Return the opening of a table with fixed `widths` in twips and its alternative text."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl{NAMESPACES}><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quote(caption)}/><w:tblDescription w:val={quote(description)}/>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )


TABLE_END = "</w:tbl>"
