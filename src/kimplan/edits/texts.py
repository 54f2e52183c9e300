"""Texts that are given on the command line or in a file, made fit to stand in a record."""

from __future__ import annotations

import re

from kimplan.characters import describe, first_forbidden
from kimplan.edits.refusal import RefusedError
from kimplan.errors import KimplanError
from kimplan.source import decode

_SPACES = re.compile(r"[ \t\n]+")
_STRAY = re.compile(r"[ \t]+$", re.MULTILINE)


def line(text: str, what: str) -> str:
    """Return `text`, which is `what`, on one line; raise for one that is empty or unsafe."""
    return _some(_SPACES.sub(" ", _safe(text, what)).strip(" "), what)


def prose(text: str, what: str) -> str:
    """Return `text`, which is `what`, without stray white space; raise as `line` does.

    A tab is a space, as it is where a plan is read.
    """
    bare = _STRAY.sub("", _safe(text, what)).replace("\t", " ")
    return _some(bare.strip("\n").strip(" "), what)


def from_bytes(data: bytes, what: str) -> str:
    """Return the text of a file, which is `what`; raise KimplanError for one that is no UTF-8."""
    text, problems = decode(data)
    if text is None:
        raise KimplanError(f"{what}: {problems[0].message}", problems[0].hint)
    return prose(text, what)


def _safe(text: str, what: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := first_forbidden(text):
        message = f"{what} holds {describe(found)}, which cannot stand in a plan"
        raise RefusedError(message, "Type the text again; it may have come in by copying.", "KP107")
    return text


def _some(text: str, what: str) -> str:
    if not text:
        raise KimplanError(f"{what} is empty", "Say something, or leave the option out.")
    return text
