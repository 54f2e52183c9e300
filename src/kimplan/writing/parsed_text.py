"""One state of a file's text, parsed once: what it says, where each value stands, its comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from kimplan.source import Document, Ignore, KeyPath, find_ignores, parse
from kimplan.source.splice import Edit, Node, line_end, nodes_of, splice

_LINE_END = re.compile(r"\r\n|\r|\n")
_STOP = re.compile(r"\r\n|\r|\n|\Z")
_COMMENT_BELOW = re.compile(r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*([ \t]*)#[^\r\n]*")
_COMMENT_LINE = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]*#[^\r\n]*(?:\r\n|\r|\n|\Z)")
_DASH = re.compile(r" *-[ \t]*(?:#[^\r\n]*)?\Z")


class CannotEditError(Exception):
    """The text is laid out in a way in which this change cannot be made."""


def value_at(value: Any, path: KeyPath) -> Any:
    """Return what stands at `path` in a file's value, None where there is nothing."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


class ParsedText:
    """A text and what its one parse tells; an edit makes another one.

    `value` is what it says, empty where it cannot be read; `nodes` are the places of its values,
    `ignores` its comments for kimplan, `end` is how its lines end. Whoever asks for something that
    is not there gets a CannotEditError.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.value: dict[str, Any] = document.value or {}

    @classmethod
    def of(cls, text: str) -> ParsedText:
        """Return `text`, parsed."""
        return cls(parse(text))

    def edited(self, edits: Sequence[Edit]) -> ParsedText:
        """Return the text after `edits`, parsed."""
        return ParsedText.of(splice(self.text, edits)) if edits else self

    @cached_property
    def nodes(self) -> dict[KeyPath, Node]:
        """Where each value stands, in their order."""
        return nodes_of(self.document)

    @cached_property
    def ignores(self) -> list[Ignore]:
        """The comments that are meant for kimplan."""
        return find_ignores(self.text)

    @cached_property
    def end(self) -> str:
        """How its lines end."""
        return line_end(self.text)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    # Values

    def node(self, path: KeyPath) -> Node:
        """Return where the value at `path` stands."""
        try:
            return self.nodes[path]
        except KeyError:
            raise CannotEditError from None

    def get(self, path: KeyPath) -> Any:
        """Return the value at `path`, None where there is none."""
        return value_at(self.value, path)

    def begin(self, path: KeyPath) -> int:
        """Return where the value at `path` begins, with its key if it has one."""
        node = self.node(path)
        return node.start if node.key is None else node.key

    def column(self, path: KeyPath) -> int:
        """Return how far the value at `path`, or its key, is indented."""
        begins = self.begin(path)
        return begins - self.start(begins)

    def children(self, path: KeyPath) -> list[KeyPath]:
        """Return the paths of what the collection at `path` holds, in their order."""
        return [one for one in self.nodes if len(one) == len(path) + 1 and one[:-1] == path]

    def is_flow(self, path: KeyPath) -> bool:
        """Return whether the value at `path` stands between brackets or braces."""
        return any(self.node(path[:at]).style in {"{", "["} for at in range(len(path)))

    # Lines

    def line(self, index: int) -> int:
        """Return the number, from 1, of the line of `index`."""
        return bisect_right(self._line_starts, index)

    def whole_line(self, line: int) -> tuple[int, int]:
        """Return from where to where a `line`, counted from 1, stands with its end."""
        starts = [*self._line_starts, len(self.text)]
        return starts[line - 1], starts[line]

    def start(self, index: int) -> int:
        """Return where the line of `index` begins."""
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def stop(self, index: int) -> int:
        """Return where the line of `index` ends, before its line end."""
        found = _STOP.search(self.text, index)
        return found.start() if found else len(self.text)

    def foot(self, index: int, column: int) -> int:
        """Return the end of the line of `index`, and of comments below that are deeper in.

        Blank lines between them do not count: below a ``|``, such a comment would become text.
        """
        stop = self.stop(index)
        while (found := _COMMENT_BELOW.match(self.text, stop)) and len(found[1]) > column:
            stop = found.end()
        return stop

    def dash(self, path: KeyPath) -> tuple[int, str]:
        """Return where the dash of a list's entry stands, and the space behind it."""
        entry = self.node(path)
        start = self.start(entry.start)
        before = self.text[start : entry.start]
        if _DASH.match(before) and "#" not in before:
            dash = before.index("-")
            return start + dash, before[dash + 1 :] or " "
        while start:
            stop = self._line_above(start)
            start = self.start(stop)
            line = self.text[start:stop]
            if _DASH.match(line):
                return start + line.index("-"), " "
        raise CannotEditError

    def list_indent(self, column: int) -> int:
        """Return how far a new list below a key at `column` is indented, as others are here."""
        for path, entry in self.nodes.items():
            is_first = len(path) > 1 and path[-1] == 0
            if is_first and entry.start and not self.is_flow(path):
                dash = self.dash(path)[0]
                return column + dash - self.start(dash) - self.column(path[:-1])
        return column + 2

    def _line_above(self, start: int) -> int:
        """Return where the line above the one that begins at `start` ends."""
        return start - (2 if self.text.endswith("\r\n", 0, start) else 1)

    # Comments

    def comment_lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield from where to where each line within `start` and `end` is only a comment."""
        for found in _COMMENT_LINE.finditer(self.text):
            is_within = start <= found.start() and found.end() <= end
            if is_within and not self._is_text(self.text.index("#", found.start())):
                yield found.span()

    def _is_text(self, index: int) -> bool:
        """Return whether `index` stands inside a value that is a text."""
        at = bisect_right(self._texts, (index, len(self.text))) - 1
        return at >= 0 and index < self._texts[at][1]

    @cached_property
    def _texts(self) -> list[tuple[int, int]]:
        parents = {path[:-1] for path in self.nodes if path}
        return sorted(
            (node.start, node.end)
            for path, node in self.nodes.items()
            if path not in parents and node.style not in {"{", "["}
        )

    def comments(self) -> Counter[str]:
        """Return the comments that stand on lines of their own, and how often."""
        if "#" not in self.text:
            return Counter()
        spans = self.comment_lines(0, len(self.text))
        return Counter(self.text[start:end].strip() for start, end in spans)

    def text_of(self, ignore: Ignore) -> str:
        """Return the line on which an `ignore` stands, without the space around it."""
        start, end = self.whole_line(ignore.line)
        return self.text[start:end].strip()

    def ignores_of(self, first: int, last: int) -> list[Ignore]:
        """Return the ignores on lines of their own that count for a line from `first` to `last`."""
        return [
            one
            for one in self.ignores
            if not one.is_for_file and one.line < one.first and first <= one.first <= last
        ]

    # Edits of lines

    def below(self, index: int, lines: list[str]) -> Edit:
        """Return the edit that puts `lines` below the line of `index`."""
        stop = self.stop(index)
        return Edit(stop, stop, "".join(f"{self.end}{line}" for line in lines))

    def without_lines(self, first: int, last: int) -> list[Edit]:
        """Return the edits that take away the lines of the indexes `first` to `last`.

        A comment on a line of its own stays, unless it is an ignore for one of these lines.
        """
        start, stop = self.start(first), self.stop(last)
        ignores = {one.line for one in self.ignores_of(self.line(start), self.line(stop))}
        above = [line for line in ignores if line < self.line(start)]
        own = [self.whole_line(line) for line in sorted(above)]
        found = _STOP.match(self.text, stop)
        end = found.end() if found else stop
        return self._without(_joined([*own, *self._but_comments(start, end, ignores)]))

    def _but_comments(self, start: int, end: int, gone: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the spans from `start` to `end` but for the lines of comments that are not `gone`.

        What begins within a line leaves that line its end.
        """
        at = start
        for first, last in list(self.comment_lines(start, end)):
            if self.line(first) in gone:
                continue
            stop = first if at == self.start(at) else self._line_above(first)
            if at < stop:
                yield at, stop
            at = last
        if at < end:
            yield at, end

    def _without(self, spans: list[tuple[int, int]]) -> list[Edit]:
        """Return the edits that take whole lines away; a last line without an end stays one."""
        start, end = spans[-1]
        if start and end == len(self.text) and not self.text.endswith(("\n", "\r")):
            spans[-1] = self._line_above(start), end
        return [Edit(*span, "") for span in spans]

    def without_flow(self, path: KeyPath) -> list[Edit]:
        """Return the edits that take what stands at `path` out of its brackets or braces."""
        around = self.children(path[:-1])
        at = around.index(path)
        if at:
            start, end = self.node(around[at - 1]).end, self.node(path).end
        else:
            start = self.begin(path)
            end = self.node(path).end if len(around) == 1 else self.begin(around[1])
        lines = {one.line for one in self.ignores_of(self.line(start), self.line(end))}
        return [Edit(*span, "") for span in self._but_comments(start, end, lines)]

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


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `spans`, which are in order, with those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found
