"""Changes of a record's text, one key or entry at a time; only the lines that must change do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from kimplan.edits import scalar
from kimplan.edits.layout import CannotEditError, Layout
from kimplan.rules.fields import usual_order
from kimplan.source import KeyPath, find_ignores
from kimplan.source.splice import Edit, Node, splice

Entry: TypeAlias = str | Mapping[str, str]
_HEADER = re.compile(r"[|>]([-+0-9]*)")
_CONTENT = re.compile(r"(?:\r\n|\r|\n)([ ]+)(?=[^ \r\n])")
_OWN_COMMENT = re.compile(r"^[ \t]*(#)[^\r\n]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_MAY_FOLLOW = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?\Z")


def set_text(text: str, path: KeyPath, new: str, *, prose: bool = False) -> str:
    """Return `text` with `new` as the value at `path`, in the style of what stands there.

    `prose` that is long goes below a ``|``.
    """
    layout = Layout(text)
    node = layout.node(path)
    if node.end > node.start and not node.style and path in _parents(layout):
        raise CannotEditError  # a block of keys or entries
    is_flow = layout.is_flow(path)
    is_long = len(new) + node.start - layout.start(node.start) > scalar.WIDTH
    wants_block = "\n" in new or node.style in {"|", ">"} or (prose and is_long and " " in new)
    if wants_block and not is_flow and (lines := scalar.block(new)):
        return splice(text, [_below_a_bar(layout, node, lines)])
    style = node.style if node.style in {"'", '"'} else ""
    return splice(text, [_replacing(layout, node, scalar.inline(new, style, in_flow=is_flow))])


def _parents(layout: Layout) -> set[KeyPath]:
    return {path[:-1] for path in layout.nodes if path}


def _replacing(layout: Layout, node: Node, new: str) -> Edit:
    is_tight = layout.text[node.start - 1 : node.start] == ":"
    return Edit(node.start, node.end, f" {new}" if is_tight else new)


def _below_a_bar(layout: Layout, node: Node, lines: list[str]) -> Edit:
    """Return the edit that puts `lines` below a ``|``; a comment behind the value stays there."""
    text = layout.text
    indent = " " * (_indent_of_key(layout, node) + 2)
    header = _HEADER.match(text, node.start) if node.style in {"|", ">"} else None
    if header:
        stop = node.end
        rest = text[header.end() : layout.stop(node.start)]
        if found := _CONTENT.search(text, layout.stop(node.start), node.end):
            indent = found[1]
        bar = "|-" if "-" in header[1] else "|"
    else:
        stop = layout.stop(node.end)
        rest, bar = text[node.end : stop], "|"
        if not _MAY_FOLLOW.match(rest):
            raise CannotEditError
    if text[node.start - 1 : node.start] == ":":
        bar = f" {bar}"
    below = [f"{indent}{line}" if line else "" for line in lines]
    return Edit(node.start, stop, layout.end.join([bar + rest, *below]))


def _indent_of_key(layout: Layout, node: Node) -> int:
    begins = node.start if node.key is None else node.key
    return begins - layout.start(begins)


def put_text(text: str, key: str, new: str) -> str:
    """Return `text` with `new` as the value of the topmost `key`, which may be missing."""
    layout = Layout(text)
    if (key,) in layout.nodes:
        return set_text(text, (key,), new)
    return _insert(layout, key, [f"{key}: {scalar.inline(new, in_flow=layout.is_flow((key,)))}"])


def put_map(text: str, key: str, entry: Mapping[str, str]) -> str:
    """Return `text` with the mapping `entry` as the value of the topmost `key`."""
    layout = Layout(text)
    if (key,) not in layout.nodes:
        return _insert(layout, key, [f"{key}: {flow_map(entry)}"])
    if layout.value.get(key):
        raise CannotEditError
    return splice(text, [_replacing(layout, layout.node((key,)), flow_map(entry))])


def _insert(layout: Layout, key: str, lines: list[str]) -> str:
    """Return the text with the `lines` of a new `key` where the usual order has it."""
    keys = tuple(layout.value)
    order = usual_order((*keys, key))
    before = order[order.index(key) - 1] if order.index(key) else keys[-1]
    node = layout.node((before,))
    if layout.node(()).style:
        if len(lines) > 1:
            raise CannotEditError
        return splice(layout.text, [Edit(node.end, node.end, f", {lines[0]}")])
    column = layout.column(before)
    padded = [" " * column + line if line else "" for line in lines]
    foot = layout.foot(node.end, column)
    return splice(layout.text, [layout.below(foot, padded)])


def put_in(text: str, at: KeyPath, key: str, new: str) -> str:
    """Return `text` with `new` as the value of `key` in the mapping at `at`."""
    layout = Layout(text)
    path = (*at, key)
    if path in layout.nodes:
        return set_text(text, path, new)
    is_flow = layout.node(at).style == "{"
    return _insert_in(layout, at, [f"{key}: {scalar.inline(new, in_flow=is_flow)}"])


def append_in(text: str, at: KeyPath, key: str, entry: Mapping[str, str]) -> str:
    """Return `text` with `entry` as the last one of the list `key` in the mapping at `at`."""
    layout = Layout(text)
    path = (*at, key)
    if path not in layout.nodes:
        if layout.node(at).style == "{":
            return _insert_in(layout, at, [f"{key}: [{flow_map(entry)}]"])
        room = _column_in(layout, at)
        below = entry_lines(entry, "  ", " ", has_style="", room=room)
        return _insert_in(layout, at, [f"{key}:", *below])
    if layout.node(path).style == "[":
        return splice(text, layout.into_flow(path, flow_map(entry)))
    last = layout.children(path)[-1]
    dash, gap = layout.dash(last)
    pad = text[layout.start(dash) : dash]
    style = "{" if layout.node(last).style == "{" else "block"
    lines = entry_lines(entry, pad, gap, has_style=style, room=0)
    return splice(text, [layout.below(layout.node(path).end, lines)])


def _insert_in(layout: Layout, at: KeyPath, lines: list[str]) -> str:
    """Return the text with the `lines` of a new key last in the mapping at `at`."""
    last = layout.children(at)[-1]
    end = layout.node(last).end
    if layout.node(at).style == "{":
        return splice(layout.text, [Edit(end, end, f", {lines[0]}")])
    column = _column_in(layout, at)
    padded = [" " * column + line if line else "" for line in lines]
    return splice(layout.text, [layout.below(layout.foot(end, column), padded)])


def _column_in(layout: Layout, at: KeyPath) -> int:
    begins = layout.begin(layout.children(at)[0])
    return begins - layout.start(begins)


def remove_key(text: str, key: str) -> str:
    """Return `text` without the topmost `key`, and what excuses it; other comments stay.

    A comment behind the value goes with it, and an ignore above it that counts for it alone.
    """
    layout = Layout(text)
    node = layout.node((key,))
    if layout.node(()).style:
        return splice(text, [layout.without_flow((key,))])
    begins = node.key or 0
    if text[layout.start(begins) : begins].strip():
        raise CannotEditError
    whole = layout.without_lines(_ignore_above(layout, begins), node.end)
    return splice(text, [Edit(whole.start, whole.end, _comments_in(layout, (key,), whole))])


def _comments_in(layout: Layout, path: KeyPath, edit: Edit) -> str:
    """Return the comments on lines of their own among what is taken away at `path`."""
    below = (node for at, node in layout.nodes.items() if at[: len(path)] == path)
    scalars = [node for node in below if node.style not in {"{", "["}]
    kept = []
    for found in _OWN_COMMENT.finditer(layout.text, layout.node(path).key or 0, edit.end):
        is_text = any(node.start <= found.start(1) < node.end for node in scalars if node.style)
        if not is_text:
            kept.append(found.group())
    return "".join(kept)


def _ignore_above(layout: Layout, index: int) -> int:
    """Return where an ignore on a line of its own stands that counts for the line of `index`."""
    line = len(re.findall(r"\r\n|\r|\n", layout.text[:index])) + 1
    above = layout.start(index)
    for ignore in find_ignores(layout.text):
        if ignore.line == line - 1 and ignore.first == line and not ignore.is_for_file:
            above -= 2 if layout.text.endswith("\r\n", 0, above) else 1
            return layout.start(above)
    return index


def append(text: str, key: str, entry: Entry) -> str:
    """Return `text` with `entry` as the last one of the list `key`, in the style of the others."""
    layout = Layout(text)
    if (key,) not in layout.nodes:
        return _new_list(layout, key, entry)
    node, found = layout.node((key,)), layout.value.get(key)
    if isinstance(found, list) and found:
        if node.style == "[":
            new = _flow(entry)
            return splice(text, layout.into_flow((key,), new))
        return splice(text, [_below_the_last(layout, key, entry)])
    if found:
        raise CannotEditError
    return splice(text, _into_empty(layout, key, entry))


def _new_list(layout: Layout, key: str, entry: Entry) -> str:
    if layout.node(()).style:
        return _insert(layout, key, [f"{key}: [{_flow(entry)}]"])
    column = layout.column(next(iter(layout.value)))
    pad = " " * (layout.list_indent(column) - column)
    below = entry_lines(entry, pad, " ", has_style="", room=column)
    return _insert(layout, key, [f"{key}:", *below])


def _into_empty(layout: Layout, key: str, entry: Entry) -> list[Edit]:
    """Return the edits that give the empty list, or nothing at all, behind `key` its first entry.

    Brackets stay if the entry fits between them.
    """
    text, node = layout.text, layout.node((key,))
    has_comment = "#" in text[node.start : node.end]
    if layout.is_flow((key,)) or has_comment or (node.style == "[" and _fits(layout, node, entry)):
        if node.style == "[" and has_comment:
            return layout.into_flow((key,), _flow(entry))
        return [_replacing(layout, node, f"[{_flow(entry)}]")]
    column = layout.column(key)
    pad = " " * layout.list_indent(column)
    lines = entry_lines(entry, pad, " ", has_style="", room=0)
    begin = node.start
    while begin < node.end and text[begin - 1] in " \t":
        begin -= 1
    return [Edit(begin, node.end, ""), layout.below(layout.foot(node.end, column), lines)]


def _fits(layout: Layout, node: Node, entry: Entry) -> bool:
    if _has_lines(entry):
        return False
    width = layout.stop(node.end) - layout.start(node.start) + len(_flow(entry))
    return width <= scalar.WIDTH


def _has_lines(entry: Entry) -> bool:
    return any("\n" in text for text in ([entry] if isinstance(entry, str) else entry.values()))


def _below_the_last(layout: Layout, key: str, entry: Entry) -> Edit:
    last = layout.children((key,))[-1]
    dash, gap = layout.dash(last)
    pad = layout.text[layout.start(dash) : dash]
    node = layout.node(last)
    style = "{" if node.style == "{" else "block" if last in _parents(layout) else ""
    quote = node.style if node.style in {"'", '"'} else ""
    lines = entry_lines(entry, pad, gap, has_style=style, room=0, quote=quote)
    foot = layout.foot(layout.node((key,)).end, layout.column(key))
    return layout.below(foot, lines)


def remove_entry(text: str, key: str, index: int) -> str:
    """Return `text` without one entry of the list `key`, or without the key if it was the only."""
    layout = Layout(text)
    path: KeyPath = (key, index)
    if len(layout.children((key,))) == 1:
        return remove_key(text, key)
    if layout.node((key,)).style == "[":
        return splice(text, [layout.without_flow(path)])
    dash, _ = layout.dash(path)
    first = _ignore_above(layout, dash)
    return splice(text, [layout.without_lines(first, layout.node(path).end)])


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
        flow = flow_map(entry)
        if room + len(start) + len(flow) <= scalar.WIDTH:
            return [f"{start}{flow}"]
    deep = " " * len(start)
    lines = [line for name, text in entry.items() for line in key_lines(name, text, deep, room)]
    return [start + lines[0][len(deep) :], *lines[1:]]


def key_lines(name: str, text: str, pad: str = "", room: int = 0) -> list[str]:
    """Return the lines of a key and its text, below a ``|`` where that is long or has lines."""
    is_long = room + len(pad) + len(name) + len(text) + 2 > scalar.WIDTH and " " in text
    if is_long or "\n" in text:
        below = scalar.block(scalar.wrap(text))
        if below:
            return [f"{pad}{name}: |", *(f"{pad}  {line}" if line else "" for line in below)]
    return [f"{pad}{name}: {scalar.inline(text)}"]


def flow_map(entry: Mapping[str, str]) -> str:
    """Return `entry` between braces, on one line."""
    pairs = (f"{name}: {scalar.inline(text, in_flow=True)}" for name, text in entry.items())
    return "{" + ", ".join(pairs) + "}"


def _flow(entry: Entry) -> str:
    return scalar.inline(entry, in_flow=True) if isinstance(entry, str) else flow_map(entry)
