"""The spoken exception: a comment behind the rating that says why a green has no evidence."""

from __future__ import annotations

import re

from kimplan.edits.layout import CannotEditError, Layout
from kimplan.source import Ignore, find_ignores
from kimplan.source.splice import Edit, splice

_CODES = ("KP803", "KP303")
_MARK = re.compile(r"#[ \t]*kimplan:", re.IGNORECASE)
_RAG = ("rag",)


def add_exception(text: str, reason: str) -> str:
    """Return `text` with the exception behind its rating.

    It stands above where the rating is not beside its key, or has an ignore behind it already.
    """
    layout = Layout(text)
    node = layout.node(_RAG)
    comment = f"# kimplan: ignore {', '.join(_CODES)} - {reason}"
    stop = layout.stop(node.end)
    if layout.is_flow(_RAG) or node.style in {"|", ">"}:
        raise CannotEditError
    begin = layout.start(node.key or 0)
    if begin != layout.start(node.end) or _MARK.search(text, node.end, stop):
        pad = text[begin : node.key]
        return splice(text, [Edit(begin, begin, f"{pad}{comment}{layout.end}")])
    spaces = len(text[:stop]) - len(text[:stop].rstrip(" \t"))
    return splice(text, [Edit(stop, stop, f"{'  '[spaces:]}{comment}")])


def remove_exception(text: str) -> str:
    """Return `text` without such a comment at its rating; as it is if there is none."""
    layout = Layout(text)
    node = layout.nodes.get(_RAG)
    if node is None:
        return text
    line = len(re.findall(r"\r\n|\r|\n", text[: node.key or 0])) + 1
    for ignore in find_ignores(text):
        if _is_exception(ignore, line):
            return splice(text, [_without(layout, ignore, line)])
    return text


def _is_exception(ignore: Ignore, line: int) -> bool:
    is_here = not ignore.is_for_file and ignore.covers(line) and ignore.line in {line - 1, line}
    return is_here and bool(ignore.codes) and set(ignore.codes) <= set(_CODES)


def _without(layout: Layout, ignore: Ignore, line: int) -> Edit:
    text, node = layout.text, layout.node(_RAG)
    if ignore.line < line:
        above = layout.start(node.key or 0)
        above -= 2 if text.endswith("\r\n", 0, above) else 1
        return layout.without_lines(above, above)
    start, stop = layout.start(node.end) + ignore.column - 1, layout.stop(node.end)
    bare = len(text[:start].rstrip(" \t"))
    return Edit(bare, stop, "")
