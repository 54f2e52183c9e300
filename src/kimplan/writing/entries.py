"""Changes of one entry of a list in a record, in the style of the others.

A mapping that holds free text is written a key a line whatever the others are like: between braces,
the next person's comma or colon would break it.
"""

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
        try:
            text = unfolded(text, path[:-1])
        except CannotEditError:
            return keys.insert(text, path, [f"{key}: [{_flow(entry)}]"])
    column = text.column(text.children(path[:-1])[0])
    pad = " " * (text.list_indent(column) - column)
    below = entry_lines(entry, pad, " ", room=column)
    return keys.insert(text, path, [f"{key}:", *below])


def unfolded(text: ParsedText, path: KeyPath) -> ParsedText:
    """Return `text` with the entry at `path`, which stands between braces, a key a line.

    Each value says what it said. Raises CannotEditError where comments, lines or brackets around it
    do not allow that.
    """
    node = text.node(path)
    inside = text.text[node.start : node.end]
    if not path or node.style != "{" or text.is_flow(path) or "\n" in inside or "\r" in inside:
        raise CannotEditError
    text.dash(path)
    indent = " " * (node.start - text.start(node.start))
    lines = [f"{one[-1]}: {_on_its_line(text, one)}" for one in text.children(path)]
    return text.edited([Edit(node.start, node.end, f"{text.end}{indent}".join(lines))])


def _on_its_line(text: ParsedText, path: KeyPath) -> str:
    node, value = text.node(path), text.get(path)
    if node.style in {"{", "["}:
        return text.text[node.start : node.end]
    if not isinstance(value, str) or "\n" in value or not value:
        raise CannotEditError
    return scalar.inline(value, node.style)


def _into_empty(text: ParsedText, path: KeyPath, entry: Entry) -> list[Edit]:
    """Return the edits that give the empty list, or nothing at all, at `path` its first entry.

    Brackets stay if a text fits between them.
    """
    node = text.node(path)
    has_comment = "#" in text.text[node.start : node.end]
    fits = node.style == "[" and isinstance(entry, str) and _fits(text, node, entry)
    if text.is_flow(path) or has_comment or fits:
        if node.style == "[" and has_comment:
            return text.into_flow(path, _flow(entry))
        return [keys.replacing(text, node, f"[{_flow(entry)}]")]
    column = text.column(path)
    pad = " " * text.list_indent(column)
    return keys.emptied(text, path, entry_lines(entry, pad, " ", room=0))


def _fits(text: ParsedText, node: Node, entry: str) -> bool:
    width = text.stop(node.end) - text.start(node.start) + len(_flow(entry))
    return "\n" not in entry and width <= scalar.WIDTH


def _below_the_last(text: ParsedText, path: KeyPath, entry: Entry) -> Edit:
    lines = _lines_as(text, text.children(path)[-1], entry)
    return text.below(text.foot(text.node(path).end, text.column(path)), lines)


def _lines_as(text: ParsedText, other: KeyPath, entry: Entry) -> list[str]:
    """Return the lines of `entry` in the style of the `other` one."""
    dash, gap = text.dash(other)
    pad = text.text[text.start(dash) : dash]
    node = text.node(other)
    quote = node.style if node.style in {"'", '"'} else ""
    return entry_lines(entry, pad, gap, in_braces=node.style == "{", room=0, quote=quote)


def remove_entry(text: ParsedText, path: KeyPath) -> ParsedText:
    """Return `text` without the entry at `path`, or without its list's key if it was the only."""
    if len(text.children(path[:-1])) == 1:
        return keys.remove_key(text, path[:-1])
    if text.node(path[:-1]).style == "[":
        return text.edited(text.without_flow(path))
    dash, _ = text.dash(path)
    return text.edited(text.without_lines(dash, text.node(path).end))


def entry_lines(
    entry: Entry, pad: str, gap: str, *, room: int, in_braces: bool = False, quote: str = ""
) -> list[str]:
    """Return the lines of a list's `entry`; `pad` stands before its dash, `gap` behind it.

    A mapping has a key a line, but for a short one without free text where the others stand
    `in_braces`. `room` is by how much the lines will be indented further.
    """
    start = f"{pad}-{gap}"
    if isinstance(entry, str):
        return [f"{start}{scalar.inline(entry, quote)}"]
    if in_braces and not keys.has_free_text(entry):
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
