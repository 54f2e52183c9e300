"""HTML's names for characters, such as ``&amp;``, which came here from a web page as text."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from kimplan.source import KeyPath
from kimplan.source.splice import Edit
from kimplan.writing.parsed_text import ParsedText

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_MOST_ROUNDS = 3  # &amp;nbsp; is one that was taken for text before


class Entity(NamedTuple):
    """An entity in a text, from `start` to before `end`, and the character that it means."""

    start: int
    end: int
    means: str


def find_entity(text: str) -> Entity | None:
    """Return the first entity of `text`, None without one."""
    for found in _ENTITY.finditer(text):
        if (means := _meaning(found.group())) is not None:
            return Entity(*found.span(), means)
    return None


def count_entities(text: str) -> int:
    """Return how many entities `text` has."""
    return sum(_meaning(found.group()) is not None for found in _ENTITY.finditer(_once(text)))


def _meaning(entity: str) -> str | None:
    """Return the character that an `entity` means; None where it is none, or none to be shown."""
    means = entity
    for _ in range(_MOST_ROUNDS):
        means = unescape(means)
    means = means.replace("\xa0", " ")
    return means if len(means) == 1 and means.isprintable() else None


def without_entities(text: str) -> str:
    """Return `text` with the characters that its entities mean."""
    return _ENTITY.sub(lambda found: _meaning(found.group()) or found.group(), _once(text))


def _once(text: str) -> str:
    """Return `text` with each ``&amp;nbsp;`` as ``&nbsp;``."""
    return re.sub(r"&amp;(?=(?:[A-Za-z]{2,8}|#[0-9]{2,6});)", "&", text)


def edit_entities(text: ParsedText, at: KeyPath) -> Edit:
    """Return the edit that writes the characters for the entities of the text at `at`."""
    node = text.node(at)
    written = _once(text.text[node.start : node.end])
    quoted = {'"': '\\"', "\\": "\\\\"} if node.style == '"' else {}
    if node.style == "'":
        quoted = {"'": "''"}

    def put(found: re.Match[str]) -> str:
        means = _meaning(found.group())
        return found.group() if means is None else quoted.get(means, means)

    return Edit(node.start, node.end, _ENTITY.sub(put, written))
