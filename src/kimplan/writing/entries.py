"""Changes of one entry of a list in a record, in the style of the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from kimplan.source import KeyPath
from kimplan.source.splice import Edit, Node
from kimplan.writing import keys, scalar
from kimplan.writing.parsed_text import CannotEditError, ParsedText

Entry: TypeAlias = str | Mapping[str, str]


def append(text: ParsedText, path: KeyPath, entry: Entry) -> ParsedText:
    """Return `text` with `entry` as the last one of the list at `path`, which may be missing."""
    if path not in text.nodes:
        return _new_list(text, path, entry)
    node, found = text.node(path), text.get(path)
    if isinstance(found, list) and found:
        if node.style == "[":
            return text.edited(text.into_flow(path, _flow(entry)))
        return text.edited([_below_the_last(text, path, entry)])
    if found:
        raise CannotEditError
    return text.edited(_into_empty(text, path, entry))


def insert(text: ParsedText, path: KeyPath, at: int, entry: Entry) -> ParsedText:
    """Return `text` with `entry` above number `at` of the list at `path` and its comments.

    It comes last where that has fewer, or stands between brackets.
    """
    others = text.children(path) if path in text.nodes else []
    if at >= len(others) or text.node(path).style == "[":
        return append(text, path, entry)
    lines = _lines_as(text, others[at], entry)
    start = text.start(text.dash(others[at])[0])
    for begin, end in reversed(list(text.comment_lines(0, start))):
        if text.text[end:start].strip():
            break
        start = text.start(text.text.index("#", begin))
    return text.edited([Edit(start, start, "".join(line + text.end for line in lines))])


def _new_list(text: ParsedText, path: KeyPath, entry: Entry) -> ParsedText:
    *_, key = path
    if keys.is_in_braces(text, path[:-1]):
        return keys.insert(text, path, [f"{key}: [{_flow(entry)}]"])
    column = text.column(text.children(path[:-1])[0])
    pad = " " * (text.list_indent(column) - column)
    below = entry_lines(entry, pad, " ", has_style="", room=column)
    return keys.insert(text, path, [f"{key}:", *below])


def _into_empty(text: ParsedText, path: KeyPath, entry: Entry) -> list[Edit]:
    """Return the edits that give the empty list, or nothing at all, at `path` its first entry.

    Brackets stay if the entry fits between them.
    """
    node = text.node(path)
    has_comment = "#" in text.text[node.start : node.end]
    if text.is_flow(path) or has_comment or (node.style == "[" and _fits(text, node, entry)):
        if node.style == "[" and has_comment:
            return text.into_flow(path, _flow(entry))
        return [keys.replacing(text, node, f"[{_flow(entry)}]")]
    column = text.column(path)
    pad = " " * text.list_indent(column)
    lines = entry_lines(entry, pad, " ", has_style="", room=0)
    begin = node.start
    while begin < node.end and text.text[begin - 1] in " \t":
        begin -= 1
    return [Edit(begin, node.end, ""), text.below(text.foot(node.end, column), lines)]


def _fits(text: ParsedText, node: Node, entry: Entry) -> bool:
    if _has_lines(entry):
        return False
    width = text.stop(node.end) - text.start(node.start) + len(_flow(entry))
    return width <= scalar.WIDTH


def _has_lines(entry: Entry) -> bool:
    return any("\n" in text for text in ([entry] if isinstance(entry, str) else entry.values()))


def _below_the_last(text: ParsedText, path: KeyPath, entry: Entry) -> Edit:
    lines = _lines_as(text, text.children(path)[-1], entry)
    return text.below(text.foot(text.node(path).end, text.column(path)), lines)


def _lines_as(text: ParsedText, other: KeyPath, entry: Entry) -> list[str]:
    """Return the lines of `entry` in the style of the `other` one."""
    dash, gap = text.dash(other)
    pad = text.text[text.start(dash) : dash]
    node = text.node(other)
    style = "{" if node.style == "{" else "block" if text.children(other) else ""
    quote = node.style if node.style in {"'", '"'} else ""
    return entry_lines(entry, pad, gap, has_style=style, room=0, quote=quote)


def remove_entry(text: ParsedText, path: KeyPath) -> ParsedText:
    """Return `text` without the entry at `path`, or without its list's key if it was the only."""
    if len(text.children(path[:-1])) == 1:
        return keys.remove_key(text, path[:-1])
    if text.node(path[:-1]).style == "[":
        return text.edited(text.without_flow(path))
    dash, _ = text.dash(path)
    return text.edited(text.without_lines(dash, text.node(path).end))


def entry_lines(
    entry: Entry, pad: str, gap: str, *, has_style: str, room: int, quote: str = ""
) -> list[str]:
    """Return the lines of a list's `entry`; `pad` stands before its dash, `gap` behind it.

    A mapping stands between braces where the others do and it fits, or on lines of its own with
    the style ``block``. `room` is by how much the lines will be indented further.
    """
    start = f"{pad}-{gap}"
    if isinstance(entry, str):
        return [f"{start}{scalar.inline(entry, quote)}"]
    if has_style != "block" and not _has_lines(entry):
        flow = keys.flow_map(entry)
        if room + len(start) + len(flow) <= scalar.WIDTH:
            return [f"{start}{flow}"]
    deep = " " * len(start)
    lines = [
        line for name, text in entry.items() for line in keys.key_lines(name, text, deep, room)
    ]
    return [start + lines[0][len(deep) :], *lines[1:]]


def _flow(entry: Entry) -> str:
    return scalar.inline(entry, in_flow=True) if isinstance(entry, str) else keys.flow_map(entry)
