"""The tables of a saved web page, as its reader sees them; nothing is fetched and nothing run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

from kimplan.exchange.blocks import Line, to_blocks
from kimplan.exchange.bounds import MAX_DEPTH, MAX_ROWS, UnreadableError, whole_number
from kimplan.exchange.colours import css_colour
from kimplan.exchange.grid import Placed, lay_out
from kimplan.exchange.page_encoding import encoding_of
from kimplan.exchange.page_layout import is_layout, owner
from kimplan.exchange.page_styles import give_colours
from kimplan.model.prose import Block, Span
from kimplan.sheet import Remark, RemarkKind, Sheet, SheetCell, SheetRow

_ABSENT = {
    "script", "style", "noscript", "template", "nav", "footer", "aside", "svg", "head", "select",
    "button", "iframe", "object", "video", "audio", "canvas",
}  # fmt: skip
_LISTS = {"ul", "ol"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_BLOCKS = {
    "p", "div", "section", "article", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre",
    "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption",
    "header", "main", "form", "fieldset", "address", "hr", "details", "summary", *_HEADINGS,
}  # fmt: skip
_BOLD, _LINK = {"b", "strong"}, ("http://", "https://", "mailto:")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_FILL = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_SPAN_LIMIT = 1000
_HIDDEN_WORDS = 300


class Page(NamedTuple):
    """What a page holds: its tables, its title, and its words outside of tables."""

    sheets: tuple[Sheet, ...]
    title: str
    text: tuple[Block, ...]
    remarks: tuple[Remark, ...]


def read_html(data: bytes) -> Page:
    """Return the tables of a web page; raise UnreadableError for one that cannot be read."""
    root = _parsed(data)
    give_colours(root)
    body = root.find("body") if root.find("body") is not None else root
    reader = _Reader()
    reader.read(body)
    title = " ".join((root.findtext("head/title") or "").split())
    hidden = [Remark(RemarkKind.HIDDEN, text) for text in reader.hidden]
    return Page(tuple(reader.sheets), title, tuple(reader.text), tuple(hidden))


def _parsed(data: bytes) -> Any:
    parser = html.HTMLParser(encoding=encoding_of(data), no_network=True, remove_comments=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        hint = "Save the page again from the browser (Web page, HTML only)."
        raise UnreadableError("it is no web page that can be read", hint) from error
    if _is_too_deep(root):
        raise UnreadableError("its elements are nested too deeply", "Save only the table's page.")
    return root


def _is_too_deep(root: Any) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False


def _tag(element: Any) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _is_hidden(element: Any) -> bool:
    """Return whether an element says of itself that nobody sees it."""
    style = element.get("style") or ""
    return "hidden" in element.attrib or bool(_HIDDEN.search(style))


class _Reader:
    """Goes through a page from its beginning to its end."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.text: list[Block] = []
        self.hidden: list[str] = []
        self._title = ""
        self._above: list[Block] = []

    def read(self, element: Any) -> None:
        """Take in what an element holds."""
        for child in element.iterchildren():
            tag = _tag(child)
            if not tag or tag in _ABSENT:
                continue
            if _is_hidden(child):
                self._hide(child)
            elif tag == "table" and not is_layout(child):
                self._table(child)
            elif tag in _HEADINGS:
                self._heading(child)
            elif _holds_blocks(child):
                self.read(child)
            elif blocks := to_blocks(_lines(child)):
                self._above += blocks
                self.text += blocks

    def _hide(self, element: Any) -> None:
        if any(_tag(one) == "table" for one in element.iter()):
            words = " ".join(" ".join(element.itertext()).split())
            self.hidden.append(words[:80])

    def _heading(self, element: Any) -> None:
        blocks = to_blocks(_lines(element))
        self._title = " ".join(block.text for block in blocks)
        self._above = []
        self.text += blocks

    def _table(self, table: Any) -> None:
        caption = next((one for one in table.iterchildren("caption")), None)
        title = self._title
        if caption is not None and not _is_hidden(caption):
            title = " ".join(block.text for block in to_blocks(_lines(caption))) or title
        rows = tuple(_rows(table))
        name = f"table {len(self.sheets) + 1}"
        self.sheets.append(Sheet(name, rows, title, tuple(self._above)))
        self._title, self._above = "", []


def _holds_blocks(element: Any) -> bool:
    return any(_tag(one) in {"table", *_HEADINGS} for one in element.iterdescendants())


def _rows(table: Any) -> Iterator[SheetRow]:
    placed: list[list[Placed]] = []
    marks: list[tuple[bool, bool]] = []
    for row in table.iter("tr"):
        if owner(row) is not table:
            continue
        if len(placed) > MAX_ROWS:
            break  # what follows is refused
        cells = list(row.iterchildren("td", "th"))
        seen = [_placed(cell) for cell in cells if not _is_hidden(cell)]
        placed.append(_with_hidden(seen, [cell for cell in cells if _is_hidden(cell)]))
        in_head = next((_tag(one) for one in row.iterancestors("thead", "table")), "") == "thead"
        marks.append((in_head, _is_hidden(row)))
    laid = zip(lay_out(placed), marks, strict=True)
    for number, (places, (is_header, is_hidden)) in enumerate(laid, 1):
        yield SheetRow(places, number, is_header, is_hidden)


def _with_hidden(seen: list[Placed], cells: list[Any]) -> list[Placed]:
    """Return a row's cells, the first of which says what hidden ones of the row hold."""
    remarks = tuple(_hidden(cell) for cell in cells if "".join(cell.itertext()).strip())
    if not seen or not remarks:
        return seen
    first = seen[0].cell
    return [seen[0]._replace(cell=first._replace(remarks=(*first.remarks, *remarks))), *seen[1:]]


def _hidden(element: Any) -> Remark:
    words = " ".join(" ".join(element.itertext()).split())
    return Remark(RemarkKind.HIDDEN, words[:_HIDDEN_WORDS])


def _placed(cell: Any) -> Placed:
    nested = [" ".join(" ".join(one.itertext()).split()) for one in cell.iterdescendants("table")]
    remarks = tuple(Remark(RemarkKind.NESTED, text[:300]) for text in nested)
    fill = _fill(cell) or _fill(cell.getparent())
    is_heading = _tag(cell) == "th"
    lines = _Lines()
    lines.add(cell, _Look())
    remarks += tuple(lines.remarks)
    blocks = to_blocks(lines.finished())
    found = SheetCell(blocks, fill=fill, is_heading=is_heading, remarks=remarks)
    return Placed(found, _number(cell, "colspan"), _number(cell, "rowspan"))


def _number(cell: Any, name: str) -> int:
    number = whole_number(cell.get(name), 1, digits=5)
    return min(max(number, 1 if name == "colspan" else 0), _SPAN_LIMIT)


def _fill(element: Any) -> str:
    found = _FILL.findall(element.get("style") or "")
    return css_colour(found[-1] if found else element.get("bgcolor") or "")


class _Look(NamedTuple):
    bold: bool = False
    link: str = ""
    level: int = 0


def _lines(element: Any) -> list[Line]:
    """Return what an element says, a line for each block and each break in it."""
    lines = _Lines()
    lines.add(element, _Look())
    return lines.finished()


class _Lines:
    """Gathers the lines of an element."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self._done: list[Line] = []
        self._line = Line(())

    def finished(self) -> list[Line]:
        self._end()
        return self._done

    def add(self, element: Any, look: _Look) -> None:
        self._text(element.text, look)
        for child in element.iterchildren():
            tag = _tag(child)
            if tag and tag not in _ABSENT and not _is_hidden(child):
                self._child(child, tag, look)
            elif tag and tag not in _ABSENT and "".join(child.itertext()).strip():
                self.remarks.append(_hidden(child))
            self._text(child.tail, look)

    def _child(self, child: Any, tag: str, look: _Look) -> None:
        if tag == "br":
            self._end()
            self._begin(look)
            return
        if tag == "img":
            words = " ".join((child.get("alt") or "").split())
            self.remarks.append(Remark(RemarkKind.PICTURE, words[:_HIDDEN_WORDS]))
            return
        if tag in _BLOCKS:
            self._block(child, tag, look)
            return
        if tag in _BOLD:
            look = look._replace(bold=True)
        elif tag == "a":
            look = self._linked(child, look)
        self.add(child, look)

    def _linked(self, child: Any, look: _Look) -> _Look:
        target = (child.get("href") or "").strip()
        if target.lower().startswith(_LINK):
            return look._replace(link=target)
        if target and not target.lower().startswith(("#", "javascript:")):
            self.remarks.append(Remark(RemarkKind.LINK, target[:_HIDDEN_WORDS]))
        return look

    def _block(self, child: Any, tag: str, look: _Look) -> None:
        self._end()
        if tag == "li":
            self._line = _item(child, look)
        else:
            self._begin(look)
        self.add(child, look._replace(level=look.level + 1) if tag in _LISTS else look)
        self._end()
        if tag == "li":
            self._line = Line((), look.level)
        else:
            self._begin(look)

    def _begin(self, look: _Look) -> None:
        """Begin a line, which is the item's own where that has no words yet (``<li><p>``)."""
        if not (self._line.bullet or self._line.marker):
            self._line = Line((), look.level)

    def _text(self, text: str | None, look: _Look) -> None:
        if text:
            span = Span(" ".join(re.split(r"[ \t\r\n\f]+", text)), look.bold, look.link)
            self._line = self._line._replace(spans=(*self._line.spans, span))

    def _end(self) -> None:
        if any(span.text.strip() for span in self._line.spans):
            self._done.append(self._line)
            self._line = Line((), self._line.level)
        else:
            self._line = self._line._replace(spans=())


def _item(element: Any, look: _Look) -> Line:
    """Return the line that an item of a list begins."""
    parent = element.getparent()
    level = max(look.level, 1)
    if _tag(parent) != "ol":
        return Line((), level, bullet=True)
    before = list(element.itersiblings("li", preceding=True))
    start = _number(parent, "start") if parent.get("start") else 1
    value = _number(element, "value") if element.get("value") else start + len(before)
    return Line((), level, marker=_marker(value, parent.get("type") or "1"))


def _marker(number: int, kind: str) -> str:
    letters = 26
    if kind.lower() == "a" and number <= letters:
        return f"{chr(ord('a') + number - 1)})"
    return f"{number}."
