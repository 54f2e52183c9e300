"""Which character of a text makes YAML read something else, and what to say of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from kimplan.source import shown
from kimplan.writing.repairs.quotes import closed, encloses_all

_FIRST = "*&!@`%>|[]{},#"
_FIRST_AND_SPACE = re.compile(r"[-?:](?= |\Z)")
_IN_TEXT = re.compile(r":(?= |\Z)|(?<= )#(?=\S)")
_IN_BRACES = re.compile(r"[,\[\]{}?]|:|(?<= )#")
_DRIVE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]:[\\/](?!/)|\A[\"']?\\\\[^\\\s]|\A[\"']?file:")
_NAMES = {":": "colon", "?": "question mark"}
_OF_QUOTES = {'"': "quotation mark", "'": "apostrophe"}


class Cause(NamedTuple):
    """What is wrong at the index `at` of a text, in words."""

    at: int
    message: str


def is_place_on_a_drive(text: str) -> bool:
    """Return whether `text` begins with a place on somebody's computer or a server's drive."""
    found = _DRIVE.search(text)
    return found is not None and found.start() <= 1


def find_cause(text: str, *, in_braces: bool) -> Cause | None:
    """Return the first thing in the `text` behind a key that YAML takes for something else."""
    if not text:
        return None
    if text[0] in {"'", '"'}:
        return _of_quotes(text)
    if text[0] in _FIRST or _FIRST_AND_SPACE.match(text):
        return _of_first(text[0])
    return _in_braces(text) if in_braces else _in_text(text)


def _of_first(mark: str) -> Cause:
    if mark == "#":
        return Cause(0, "# begins a comment, so nothing is read from here on")
    mark = f"'{mark} '" if mark in "-?:" else mark
    return Cause(0, f"a text cannot begin with {mark} unless it stands in quotation marks")


def _in_text(text: str) -> Cause | None:
    found = _IN_TEXT.search(text)
    if not found:
        return None
    if found.group() == "#":
        return Cause(found.start(), "everything from this # on is read as a comment, so it is lost")
    before = shown(text[: found.start()])
    return Cause(found.start(), f"the colon in this text reads as the end of a key: {before}")


def _in_braces(text: str) -> Cause | None:
    found = _IN_BRACES.search(text)
    if not found:
        return None
    mark = found.group()
    if mark == "#":
        message = "the # in this text begins a comment, so the { is never closed"
    elif mark == ",":
        message = "the comma in this text ends it, as commas do between braces"
    else:
        name = _NAMES.get(mark, mark)
        message = f"the {name} in this text cannot stand between braces or brackets"
    return Cause(found.start(), message)


def _of_quotes(text: str) -> Cause | None:
    mark, end = text[0], closed(text)
    name = _OF_QUOTES[mark]
    if not end:
        return Cause(0, f"the {name} {mark} that opens here is never closed")
    if end == len(text):
        if "\\" in text and mark == '"':
            at = text.index("\\")
            return Cause(at, "a \\ between double quotes changes the character behind it")
        return None
    if encloses_all(text):
        return Cause(end - 1, f"the {name} {mark} inside this text ends it too early")
    what = "quotation marks" if mark == '"' else "apostrophes"
    return Cause(0, f"the {what} stand round a part of the text only")
