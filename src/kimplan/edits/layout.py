"""Where things stand in the text of a record, and what a change of its lines is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from kimplan.source import KeyPath, parse
from kimplan.source.splice import Edit, Node, line_end, nodes

_STOP = re.compile(r"\r\n|\r|\n|\Z")
_COMMENT = re.compile(r"(?:\r\n|\r|\n)([ \t]*)#[^\r\n]*")
_DASH = re.compile(r" *-[ \t]*(?:#[^\r\n]*)?\Z")


class CannotEditError(Exception):
    """The text is laid out in a way in which this change cannot be made."""


class Layout:
    """A text and the places of its values; `end` is how its lines end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.value: dict[str, Any] = parse(text).value or {}
        self.nodes = nodes(text)
        self.end = line_end(text)

    def node(self, path: KeyPath) -> Node:
        """Return where the value at `path` stands."""
        try:
            return self.nodes[path]
        except KeyError:
            raise CannotEditError from None

    def is_flow(self, path: KeyPath) -> bool:
        """Return whether the value at `path` stands between brackets or braces."""
        return any(self.node(path[:at]).style in {"{", "["} for at in range(len(path)))

    def start(self, index: int) -> int:
        """Return where the line of `index` begins."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def stop(self, index: int) -> int:
        """Return where the line of `index` ends, before its line end."""
        found = _STOP.search(self.text, index)
        return found.start() if found else len(self.text)

    def column(self, key: str) -> int:
        """Return how far the topmost `key` is indented."""
        begins = self.node((key,)).key or 0
        return begins - self.start(begins)

    def foot(self, index: int, column: int) -> int:
        """Return the end of the line of `index`, and of comments below that are deeper in."""
        stop = self.stop(index)
        while (found := _COMMENT.match(self.text, stop)) and len(found[1]) > column:
            stop = found.end()
        return stop

    def below(self, index: int, lines: list[str]) -> Edit:
        """Return the edit that puts `lines` below the line of `index`."""
        stop = self.stop(index)
        return Edit(stop, stop, "".join(f"{self.end}{line}" for line in lines))

    def without_lines(self, first: int, last: int) -> Edit:
        """Return the edit that takes away the lines of the indexes `first` to `last`."""
        start, stop = self.start(first), self.stop(last)
        found = _STOP.match(self.text, stop)
        end = found.end() if found else stop
        if end == stop and start:  # the last line does not end: neither shall the one above
            start -= 2 if self.text.endswith("\r\n", 0, start) else 1
        return Edit(start, end, "")

    def children(self, path: KeyPath) -> list[KeyPath]:
        """Return the paths of what the collection at `path` holds, in their order."""
        return [one for one in self.nodes if len(one) == len(path) + 1 and one[:-1] == path]

    def begin(self, path: KeyPath) -> int:
        """Return where the value at `path` begins, with its key if it has one."""
        node = self.node(path)
        return node.start if node.key is None else node.key

    def dash(self, path: KeyPath) -> tuple[int, str]:
        """Return where the dash of a list's entry stands, and the space behind it."""
        entry = self.node(path)
        start = self.start(entry.start)
        before = self.text[start : entry.start]
        if _DASH.match(before) and "#" not in before:
            dash = before.index("-")
            return start + dash, before[dash + 1 :] or " "
        while start:
            stop = start - (2 if self.text.endswith("\r\n", 0, start) else 1)
            start = self.start(stop)
            line = self.text[start:stop]
            if _DASH.match(line):
                return start + line.index("-"), " "
        raise CannotEditError

    def list_indent(self, column: int) -> int:
        """Return how far a new list below a key at `column` is indented, as others are here."""
        for path, entry in self.nodes.items():
            is_first = len(path) == 2 and path[1] == 0
            if is_first and entry.start and not self.is_flow(path):
                dash = self.dash(path)[0]
                return dash - self.start(dash)
        return column + 2

    def without_flow(self, path: KeyPath) -> Edit:
        """Return the edit that takes what stands at `path` out of its brackets or braces."""
        around = self.children(path[:-1])
        at = around.index(path)
        if at:
            return Edit(self.node(around[at - 1]).end, self.node(path).end, "")
        if len(around) == 1:
            return Edit(self.begin(path), self.node(path).end, "")
        return Edit(self.begin(path), self.begin(around[1]), "")

    def into_flow(self, path: KeyPath, new: str) -> list[Edit]:
        """Return the edits that put `new` last between the brackets or braces of `path`."""
        children = self.children(path)
        node = self.node(path)
        if not children:
            return [Edit(node.end - 1, node.end - 1, new)]
        last = self.node(children[-1])
        stop = self.stop(last.end)
        begins = [node.start, *map(self.begin, children)]
        is_alone = all(self.start(one) != self.start(other) for one, other in pairwise(begins))
        if not is_alone or stop >= node.end:
            return [Edit(last.end, last.end, f", {new}")]
        has_comma = self.text[last.end : stop].lstrip().startswith(",")
        begin = self.begin(children[-1])
        pad = self.text[self.start(begin) : begin]
        line = f"{self.end}{pad}{new}{',' if has_comma else ''}"
        if has_comma:
            return [Edit(stop, stop, line)]
        return [Edit(last.end, stop, f",{self.text[last.end : stop]}{line}")]
