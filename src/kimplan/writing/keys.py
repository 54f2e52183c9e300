"""Changes of one key of a record; only the lines that must change do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kimplan.model.recommendation import Action, Recommendation
from kimplan.source import KeyPath
from kimplan.source.splice import Edit, Node
from kimplan.writing import scalar
from kimplan.writing.parsed_text import CannotEditError, ParsedText

# Texts that people write and go on writing: a comma or a colon in one would end it in braces.
_FREE_TEXT = frozenset({"title", "note", "reason", "narrative"})
_HEADER = re.compile(r"[|>]([-+0-9]*)")
_CONTENT = re.compile(r"(?:\r\n|\r|\n)([ ]+)(?=[^ \r\n])")
_MAY_FOLLOW = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?\Z")


def set_text(text: ParsedText, path: KeyPath, new: str, *, prose: bool = False) -> ParsedText:
    """Return `text` with `new` as the value at `path`, in the style of what stands there.

    `prose` that is long goes below a ``|``.
    """
    node = text.node(path)
    if node.end > node.start and not node.style and text.children(path):
        raise CannotEditError  # a block of keys or entries
    is_flow = text.is_flow(path)
    is_long = len(new) + node.start - text.start(node.start) > scalar.WIDTH
    wants_block = "\n" in new or node.style in {"|", ">"} or (prose and is_long and " " in new)
    if is_flow or _would_hold_a_comment(text, node):
        wants_block = False
    if wants_block and (lines := scalar.block(new)):
        return text.edited([_below_a_bar(text, node, lines)])
    style = node.style if node.style in {"'", '"'} else ""
    return text.edited([replacing(text, node, scalar.inline(new, style, in_flow=is_flow))])


def set_line(text: ParsedText, path: KeyPath, new: str) -> ParsedText:
    """Return `text` with `new`, which is one line, as the value at `path`, however long it is."""
    node = text.node(path)
    style = node.style if node.style in {"'", '"'} else ""
    written = scalar.inline(new, style, in_flow=text.is_flow(path))
    return text.edited([replacing(text, node, written)])


def replacing(text: ParsedText, node: Node, new: str) -> Edit:
    """Return the edit that puts `new` in the place of a `node`, apart from its colon."""
    is_tight = text.text[node.start - 1 : node.start] == ":"
    return Edit(node.start, node.end, f" {new}" if is_tight else new)


def _below_a_bar(text: ParsedText, node: Node, lines: list[str]) -> Edit:
    """Return the edit that puts `lines` below a ``|``; a comment behind the value stays there."""
    whole = text.text
    indent = " " * (_indent_of_key(text, node) + 2)
    header = _HEADER.match(whole, node.start) if node.style in {"|", ">"} else None
    if header:
        stop = node.end
        rest = whole[header.end() : text.stop(node.start)]
        if found := _CONTENT.search(whole, text.stop(node.start), node.end):
            indent = found[1]
        bar = "|-" if "-" in header[1] else "|"
    else:
        stop = text.stop(node.end)
        rest, bar = whole[node.end : stop], "|"
        if not _MAY_FOLLOW.match(rest):
            raise CannotEditError
    if whole[node.start - 1 : node.start] == ":":
        bar = f" {bar}"
    below = [f"{indent}{line}" if line else "" for line in lines]
    return Edit(node.start, stop, text.end.join([bar + rest, *below]))


def _would_hold_a_comment(text: ParsedText, node: Node) -> bool:
    """Return whether a comment below is so deep that it would become text below a ``|``."""
    if node.style in {"|", ">"}:
        return False
    return text.foot(node.end, _indent_of_key(text, node) + 1) != text.stop(node.end)


def _indent_of_key(text: ParsedText, node: Node) -> int:
    begins = node.start if node.key is None else node.key
    return begins - text.start(begins)


def put_text(text: ParsedText, path: KeyPath, new: str) -> ParsedText:
    """Return `text` with `new` as the value of the key at `path`, which may be missing."""
    if path in text.nodes:
        return set_text(text, path, new)
    written = scalar.inline(new, in_flow=is_in_braces(text, path[:-1]))
    return insert(text, path, [f"{path[-1]}: {written}"])


def put_map(text: ParsedText, path: KeyPath, entry: Mapping[str, str]) -> ParsedText:
    """Return `text` with the texts of `entry` at the key at `path`, which may be missing.

    They stand a key a line, but for a `path` that is itself between braces.
    """
    if path not in text.nodes:
        if is_in_braces(text, path[:-1]):
            return insert(text, path, [f"{path[-1]}: {flow_map(entry)}"])
        return insert(text, path, [f"{path[-1]}:", *_map_lines(entry, "  ")])
    old = text.get(path)
    if not old:
        node = text.node(path)
        if text.is_flow(path) or "#" in text.text[node.start : node.end]:
            return text.edited([replacing(text, node, flow_map(entry))])
        return text.edited(emptied(text, path, _map_lines(entry, " " * (text.column(path) + 2))))
    if not isinstance(old, dict) or set(old) != set(entry):
        raise CannotEditError
    for key, new in entry.items():
        if old[key] != new:
            text = set_text(text, (*path, key), new)
    return text


def _map_lines(entry: Mapping[str, str], pad: str) -> list[str]:
    return [line for name, text in entry.items() for line in key_lines(name, text, pad)]


def emptied(text: ParsedText, path: KeyPath, lines: list[str]) -> list[Edit]:
    """Return the edits that put `lines` below the key at `path` in the place of an empty value."""
    node = text.node(path)
    begin = node.start
    while begin < node.end and text.text[begin - 1] in " \t":
        begin -= 1
    return [Edit(begin, node.end, ""), text.below(text.foot(node.end, text.column(path)), lines)]


def put_first(text: ParsedText, path: KeyPath, new: str) -> ParsedText:
    """Return `text` with `new` at the first key of a mapping that is missing or empty."""
    above, name = path[:-1], str(path[-1])
    if above in text.nodes or is_in_braces(text, above[:-1]):
        return put_map(text, above, {name: new})
    return insert(text, above, [f"{above[-1]}:", f"  {name}: {scalar.inline(new)}"])


def is_in_braces(text: ParsedText, parent: KeyPath) -> bool:
    """Return whether the keys of the mapping `parent` stand between braces."""
    return bool(text.node(parent).style) or text.is_flow(parent)


def insert(text: ParsedText, path: KeyPath, lines: list[str]) -> ParsedText:
    """Return `text` with the `lines` of a new key, at `path`, where the usual order has it."""
    before = _key_before(text, path)
    node = text.node(before)
    if is_in_braces(text, path[:-1]):
        if len(lines) > 1:
            raise CannotEditError
        return text.edited([Edit(node.end, node.end, f", {lines[0]}")])
    column = text.column(before)
    padded = [" " * column + line if line else "" for line in lines]
    return text.edited([text.below(text.foot(node.end, column), padded)])


def _key_before(text: ParsedText, path: KeyPath) -> KeyPath:
    """Return the key behind which a new one, at `path`, belongs: one that is there."""
    *_, key = path
    keys = [str(one[-1]) for one in text.children(path[:-1])]
    if not keys:
        raise CannotEditError
    if path[0] == "fields" and len(path) > 1:
        return (*path[:-1], keys[-1])  # the plan's own, which no model puts in order
    names = [*(Action if len(path) > 1 else Recommendation).model_fields]
    rank = {name: number for number, name in enumerate(names)}
    earlier = [one for one in keys if rank.get(one, len(rank)) <= rank.get(str(key), len(rank))]
    last = max(earlier, key=lambda one: rank.get(one, len(rank)), default=keys[-1])
    return (*path[:-1], last)


def remove_key(text: ParsedText, path: KeyPath) -> ParsedText:
    """Return `text` without the key at `path`, and without the ignores that only it needs.

    Other comments go only where they stand behind the key's own words.
    """
    node, begins = text.node(path), text.begin(path)
    if is_in_braces(text, path[:-1]):
        return text.edited(text.without_flow(path))
    if text.text[text.start(begins) : begins].strip():
        raise CannotEditError
    return text.edited(text.without_lines(begins, node.end))


def has_free_text(entry: Iterable[str]) -> bool:
    """Return whether one of the keys of an `entry` is for free text, so that it wants lines."""
    return not _FREE_TEXT.isdisjoint(entry)


def key_lines(name: str, text: str, pad: str = "", room: int = 0) -> list[str]:
    """Return the lines of a key and its text, below a ``|`` where that is long or has lines.

    `room` is by how much the lines will be indented further.
    """
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
