"""Lines of a list that YAML joins into one sentence, since no ``|`` stands above them.

Loaded where a text may be one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kimplan.characters import index
from kimplan.source.splice import Edit
from kimplan.writing import keys, scalar
from kimplan.writing.correction import by_edit
from kimplan.writing.parsed_text import CannotEditError, ParsedText

if TYPE_CHECKING:
    from kimplan.diagnostic import Correction
    from kimplan.source import Document, KeyPath

_ITEM = re.compile(r"(?P<mark>[-•·]|(?P<number>[0-9]{1,2})[.)]|(?P<letter>[a-z])\))[ \t]+\S")


class JoinedList(NamedTuple):
    """Where the first item of a list stands, and the lines to write instead, if they are sure."""

    place: tuple[int, int]
    correction: Correction | None


def find_joined_list(document: Document, at: KeyPath, text: str) -> JoinedList | None:
    """Return the list that the value `text` at the path `at` was written as, and is not."""
    line, column = document.locate(at)
    if document.text.startswith("|", index(document.text, line, column)):
        return None
    if text in document.line(line):
        return None
    parsed = ParsedText(document)
    try:
        node = parsed.node(at)
    except CannotEditError:
        return None
    written = document.text[node.start : node.end]
    first, items = _items(written)
    if not items:
        return None
    start = node.start + first
    place = parsed.line(start), start - parsed.start(start) + 1
    return JoinedList(place, _correction(document, at, text, items))


def _items(written: str) -> tuple[int, list[str]]:
    """Return where the first item begins in what is written, and the lines of all of them.

    None are returned where the lines are no list: where there is one only, or numbers that do not
    count on.
    """
    found, at = [], 0
    for line in written.splitlines(keepends=True):
        if item := _ITEM.match(line.strip(" \t\"'")):
            found.append((at + line.index(item["mark"]), line.strip(), item))
        at += len(line)
    kinds = [_kind(item) for _, _, item in found]
    counts = [value for _, value in kinds]
    is_list = len(found) > 1 and len({kind for kind, _ in kinds}) == 1
    counts_on = counts[0] is None or counts == [*range(1, len(counts) + 1)] if counts else False
    return (found[0][0], [line for _, line, _ in found]) if is_list and counts_on else (0, [])


def _kind(item: re.Match[str]) -> tuple[str, int | None]:
    if item["number"]:
        return item["mark"][-1], int(item["number"])
    return ("letter", ord(item["letter"]) - 96) if item["letter"] else (item["mark"], None)


def _correction(document: Document, at: KeyPath, text: str, items: list[str]) -> Correction | None:
    begun = 0
    for item in items:
        words = item.strip("\"'")
        begun = text.find(words, begun)
        if begun < 0:
            return None
        if begun:
            text = f"{text[:begun].rstrip()}\n{text[begun:]}"
        if words[0] in "•·":
            text = f"{text[: text.index(words)]}-{text[text.index(words) + 1 :]}"
        begun += len(words)

    def edit(parsed: ParsedText) -> ParsedText:
        if parsed.is_flow(at):
            raise CannotEditError
        return _below_the_key(parsed, at, text) or keys.set_text(parsed, at, text)

    return by_edit(document, edit)


def _below_the_key(parsed: ParsedText, at: KeyPath, new: str) -> ParsedText | None:
    """Return `parsed` with a ``|`` behind the key of a value that begins on the next line."""
    node = parsed.node(at)
    colon = len(parsed.text[: node.start].rstrip())
    lines = scalar.block(new)
    if lines is None or node.key is None or "\n" not in parsed.text[colon : node.start]:
        return None
    pad = " " * (parsed.column(at) + 2)
    below = parsed.end.join(["|", *(f"{pad}{line}" if line else "" for line in lines)])
    return parsed.edited([Edit(colon, node.end, f" {below}")])
