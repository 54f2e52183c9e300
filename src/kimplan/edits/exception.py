"""The spoken exception: a comment behind the rating that says why a green has no evidence."""

from __future__ import annotations

import re

from kimplan.source import Ignore
from kimplan.source.splice import Edit, Node
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_CODES = ("KP803", "KP303")
_MARK = re.compile(r"#[ \t]*kimplan:", re.IGNORECASE)
_RAG = ("rag",)


def add_exception(text: ParsedText, reason: str) -> ParsedText:
    """Return `text` with the exception behind its rating, or above it beside another ignore.

    A rating that stands below its key comes beside it: the comment counts for both.
    """
    text = _beside_its_key(text)
    node = text.node(_RAG)
    comment = f"# kimplan: ignore {', '.join(_CODES)} - {reason}"
    stop = text.stop(node.end)
    if text.is_flow(_RAG) or node.style in {"|", ">"}:
        raise CannotEditError
    if _MARK.search(text.text, node.end, stop):
        begin = text.start(text.begin(_RAG))
        pad = text.text[begin : node.key]
        return text.edited([Edit(begin, begin, f"{pad}{comment}{text.end}")])
    spaces = stop - len(text.text[:stop].rstrip(" \t"))
    return text.edited([Edit(stop, stop, f"{'  '[spaces:]}{comment}")])


def _beside_its_key(text: ParsedText) -> ParsedText:
    """Return `text` with a rating of one line beside its key; comments between them stay below."""
    node = text.node(_RAG)
    whole = text.text
    if node.key is None or text.start(node.key) == text.start(node.end):
        return text
    if text.start(node.start) != text.start(node.end) or node.style in {"|", ">"}:
        return text
    colon = whole.index(":", node.key)
    start, stop = text.start(node.start), text.stop(node.end)
    moved = Edit(colon + 1, colon + 1, f" {whole[node.start : node.end]}")
    if whole[node.end : stop].strip():  # a comment behind the value stays where it is
        return text.edited([moved, Edit(node.start, node.end, "")])
    return text.edited([moved, *text.without_lines(start, stop)])


def remove_exception(text: ParsedText) -> ParsedText:
    """Return `text` without such a comment at its rating; as it is if there is none."""
    node = text.nodes.get(_RAG)
    if node is None:
        return text
    line = text.line(text.begin(_RAG))
    for ignore in text.ignores:
        if _is_exception(ignore, line):
            return text.edited([_without(text, node, ignore, line)])
    return text


def _is_exception(ignore: Ignore, line: int) -> bool:
    is_here = not ignore.is_for_file and ignore.covers(line) and ignore.line in {line - 1, line}
    return is_here and bool(ignore.codes) and set(ignore.codes) <= set(_CODES)


def _without(text: ParsedText, node: Node, ignore: Ignore, line: int) -> Edit:
    if ignore.line < line:
        return Edit(*text.whole_line(ignore.line), "")
    start, stop = text.start(node.end) + ignore.column - 1, text.stop(node.end)
    bare = len(text.text[:start].rstrip(" \t"))
    return Edit(bare, stop, "")
