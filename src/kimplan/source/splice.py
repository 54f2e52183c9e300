"""Edits spliced back into a file's text, so that nothing outside them changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from kimplan.characters import replace_forbidden
from kimplan.source.document import Document, KeyPath, parse
from kimplan.source.events import HAS_C_PARSER, next_event
from kimplan.source.layout import prepare

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LAST_LINE_END = re.compile(r"(?:\r\n|\r|\n)\Z")
_COLON = re.compile("[ \\t]*:")
_KEEPS_LINES = re.compile("[|>][0-9]?[+]")


class Edit(NamedTuple):
    """What stands from `start` to before `end` becomes `new`."""

    start: int
    end: int
    new: str


class Node(NamedTuple):
    """Where a value stands in its text: from `start` to before `end`.

    What follows is the rest of its last line: a comment, or the line end. `key` is where its key
    begins, None for an entry of a list. `style` is a text's quotation mark, ``|`` or ``>``, a
    collection's ``{`` or ``[``, and empty for anything else.
    """

    start: int
    end: int
    key: int | None
    style: str


def splice(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` after `edits`, which may not overlap and stand in any order."""
    parts, at = [], 0
    for edit in sorted(edits):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"the edit of {edit.start} to {edit.end} overlaps or leaves the text")
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def whole_lines(text: str) -> list[str]:
    """Return the lines of `text`, each with its end."""
    return _LINE.findall(text)


def line_end(text: str) -> str:
    """Return how the first line of `text` ends; as on Unix if it does not."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def span(text: str, path: KeyPath) -> tuple[int, int] | None:
    """Return from where to before where in `text` the value at `path` stands, or None."""
    node = nodes(text).get(path)
    return (node.start, node.end) if node else None


def nodes(text: str, *, pure: bool = not HAS_C_PARSER) -> dict[KeyPath, Node]:
    """Return where each value of `text` stands, in their order; nothing if it cannot be read.

    Of a key that stands twice it is the first, as in what `parse` reads.
    """
    return nodes_of(parse(text, pure=pure), pure=pure)


def nodes_of(document: Document, *, pure: bool = not HAS_C_PARSER) -> dict[KeyPath, Node]:
    """Return the same as `nodes` of a text that was parsed already."""
    return {} if document.value is None else _Walk(document.text, pure=pure).run()


class _Walk:
    """One walk over the events of a text that `parse` reads."""

    def __init__(self, text: str, *, pure: bool) -> None:
        self._text = text
        self._get = next_event(prepare(replace_forbidden(text)), pure=pure)
        self._starts = _line_starts(text)
        self._found: dict[KeyPath, Node] = {}

    def run(self) -> dict[KeyPath, Node]:
        """Return the nodes."""
        while (event := self._get()) is not None:
            if isinstance(event, NodeEvent):
                self._node(event, ())
        return self._found

    def _node(self, event: Any, path: KeyPath, key: Any = None) -> int:
        """Remember the node that begins with `event`, behind its `key`; return its end."""
        begins = None if key is None else self._index(key.start_mark)
        start, end = self._index(event.start_mark), self._index(event.end_mark)
        self._found[path] = Node(start, start, begins, "")  # so that parents stand first
        if isinstance(event, ScalarEvent):
            style = event.style or ""
            if key and not style and not event.value:
                start = end = self._behind(key)
            end = self._scalar_end(start, end, style)
        else:
            style = self._text[start] if event.flow_style else ""
            is_mapping = isinstance(event, MappingStartEvent)
            end, closing = (self._mapping if is_mapping else self._sequence)(path)
            end = self._index(closing.end_mark) if style else max(start, end)
        self._found[path] = Node(start, end, begins, style)
        return end

    def _behind(self, key: Any) -> int:
        """Return where the colon behind `key` ends: the parsers disagree where nothing stands."""
        end = self._index(key.end_mark)
        found = _COLON.match(self._text, end)
        return found.end() if found else end

    def _mapping(self, path: KeyPath) -> tuple[int, Any]:
        """Return where the last child ends, and the event that ends the mapping."""
        end, seen, found = 0, set(), self._found
        while not isinstance(event := self._get(), MappingEndEvent):
            key: Any = event
            self._found = {} if key.value in seen else found  # of two, the first counts
            end = self._node(self._get(), (*path, key.value), key)
            seen.add(key.value)
        self._found = found
        return end, event

    def _sequence(self, path: KeyPath) -> tuple[int, Any]:
        """Return where the last child ends, and the event that ends the list."""
        end = count = 0
        while not isinstance(event := self._get(), SequenceEndEvent):
            end = self._node(event, (*path, count))
            count += 1
        return end, event

    def _scalar_end(self, start: int, end: int, style: str) -> int:
        """Return `end`, for a block of text without the blank lines that are none of it."""
        if style not in {"|", ">"}:
            return end
        block = self._text[start:end]
        if not _KEEPS_LINES.match(block):
            last = len(block.rstrip(" \t\r\n"))
            found = _LINE_END.search(block, last)
        else:
            found = _LAST_LINE_END.search(block)
        return start + found.start() if found else end

    def _index(self, mark: Any) -> int:
        # Not its own index: `prepare` takes blank lines' spaces away, but no line or column.
        if mark.line >= len(self._starts):  # behind a last line that does not end
            return len(self._text)
        return int(self._starts[mark.line] + mark.column)


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def reordered(
    text: str, order: Sequence[str], found: Mapping[KeyPath, Node] | None = None
) -> str | None:
    """Return `text` with its topmost keys in `order`, each with its own comments.

    `found` are its `nodes`, where they are known already.

    Comment lines above a key belong to it, unless a blank line parts them from it and none parts
    them from what stands above, or they are indented as part of that. The comment at the top of
    the file stays there, and so does what stands below the last key. None is returned where the
    keys cannot be moved as whole lines.
    """
    found = nodes(text) if found is None else found
    root = found.get(())
    if root is None or root.style or not _LAST_LINE_END.search(text):
        return None
    places = {str(path[0]): node for path, node in found.items() if len(path) == 1}
    blocks = _Blocks(text, list(places.values())).cut()
    if blocks is None or sorted(order) != sorted(places):
        return None
    head, *parts, foot = blocks
    named = dict(zip(places, parts, strict=True))
    first, new_first = next(iter(places)), order[0]
    if first != new_first:  # a blank line above a key parts it from another one
        blanks, rest = _without_blanks(named[new_first])
        named[new_first], named[first] = rest, blanks + named[first]
    after = head + "".join(named[key] for key in order) + foot
    # A carriage return that comes to stand before a line feed would become one line end with it.
    return after if sorted(whole_lines(after)) == sorted(whole_lines(text)) else None


class _Blocks:
    """The lines of a text, to be cut between its topmost keys."""

    def __init__(self, text: str, keys: list[Node]) -> None:
        self._lines = whole_lines(text)
        starts = _line_starts(text)
        self._first = [bisect_right(starts, node.key or 0) - 1 for node in keys]
        self._last = [bisect_right(starts, node.end) - 1 for node in keys]
        self._column = (keys[0].key or 0) - starts[self._first[0]]
        self._are_whole = all(
            not text[starts[line] : node.key].strip(" ")
            for line, node in zip(self._first, keys, strict=True)
        )

    def cut(self) -> list[str] | None:
        """Return the head, the lines of each key, and the foot, or None."""
        ends = [*self._first[1:], self._end_of_document(self._last[-1] + 1)]
        gaps = list(zip([last + 1 for last in self._last], ends, strict=True))
        is_sound = all(self._is_between(*gap) for gap in gaps)
        if not self._are_whole or not is_sound:
            return None
        cuts = [
            self._end_of_head(),
            *(self._cut(*gap) for gap in gaps[:-1]),
            self._start_of_foot(*gaps[-1]),
        ]
        edges = [0, *cuts, len(self._lines)]
        return ["".join(self._lines[a:b]) for a, b in pairwise(edges)]

    def _is_between(self, start: int, end: int) -> bool:
        """Return whether there is nothing but comments and blank lines from `start` to `end`."""
        lines = (line.lstrip() for line in self._lines[start:end])
        return start <= end and all(not line or line.startswith("#") for line in lines)

    def _is_blank(self, line: int) -> bool:
        return not self._lines[line].strip()

    def _is_deeper(self, line: int) -> bool:
        """Return whether `line` is a comment indented further than the keys."""
        text = self._lines[line]
        bare = text.lstrip(" \t")
        return bare.startswith("#") and len(text) - len(bare) > self._column

    def _end_of_head(self) -> int:
        """Return where the lines of the first key begin."""
        key = start = self._first[0]
        while start > 0 and self._lines[start - 1].lstrip(" ").startswith("#"):
            start -= 1
        if start < key and any(not self._is_blank(line) for line in range(start)):
            is_parted = self._is_blank(start - 1)
            if is_parted:
                return start
        return key - sum(1 for _ in self._ignores_above(key))

    def _ignores_above(self, key: int) -> Iterator[int]:
        """Yield the lines directly above a key that are for it and not for a person."""
        line = key - 1
        while line >= 0 and _is_ignore(self._lines[line]):
            yield line
            line -= 1

    def _cut(self, start: int, key: int) -> int:
        """Return where, between two keys, the lines of the lower one begin."""
        ignores = set(self._ignores_above(key))
        cut = start
        for line in range(start, key):
            if self._is_deeper(line) and line not in ignores:
                cut = line + 1
        blank = next((line for line in range(start, key) if self._is_blank(line)), cut)
        return max(cut, blank)

    def _end_of_document(self, start: int) -> int:
        lines = range(start, len(self._lines))
        return next((at for at in lines if self._lines[at].startswith("...")), len(self._lines))

    def _start_of_foot(self, start: int, end: int) -> int:
        deeper = [line for line in range(start, end) if self._is_deeper(line)]
        return deeper[-1] + 1 if deeper else start


def _is_ignore(line: str) -> bool:
    bare = line.strip().lower()
    return bare.startswith("#") and "kimplan:" in bare and "ignore-file" not in bare


def _without_blanks(block: str) -> tuple[str, str]:
    """Return the blank lines at the beginning of `block`, and the rest."""
    lines = whole_lines(block)
    count = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    return "".join(lines[:count]), "".join(lines[count:])
