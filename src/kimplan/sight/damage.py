"""Text that was damaged on its way: read in the wrong encoding, or with a character lost.

UTF-8 that a program takes for Windows-1252 or Latin-1 shows two or three odd characters for one. It
is undone only where the whole run is sound UTF-8 and means characters that such a plan has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

LOST = "\ufffd"
_MARK = "\ufeff"  # a byte order mark in the middle says nothing


def _shown(byte: int) -> str:
    """Return how Windows-1252 shows a `byte`; a control character where it has none for it."""
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


_BYTES = {shown: byte for byte in range(0x80, 0x100) for shown in (chr(byte), _shown(byte))}
_NEXT = f"[{re.escape(''.join(one for one, byte in _BYTES.items() if byte < 0xC0))}]"
_RUN = re.compile(f"(?:[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}})+")
# In which the last byte cannot be shown, or became a plain space; and Windows-1252 in UTF-8.
_HALF = re.compile(
    f"(?P<half>\xe2\u20ac(?!{_NEXT}))|(?P<gap>(?<= )\xc2 |\xc2(?= ))"
    "|(?P<single>[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f])"
    f"|(?P<lost>{LOST}+)"
)
_DOUBTFUL = re.compile("[\xc4\xc5][^\xa0-\xbf]")  # Å and a quotation mark behind it
_MEANT = re.compile(
    "[\xa0-\u017f\u2000-\u206f\u20a0-\u20bf\u2100-\u23ff\u25a0-\u27bf\ufe0f\ufeff\ufffd"
    "\U0001f000-\U0001faff]+"
)
_FIRST = "\xc2\xc3\xe2\xc5\xc4\xef\xf0"
_DEEPEST = 4
_AT_MOST = 200


class Damage(NamedTuple):
    """Damaged text from `start` to before `end`, and what it was; None where that is lost."""

    start: int
    end: int
    was: str | None


def may_be_in(text: str) -> bool:
    """Return whether `text`, which is no ASCII, may hold damage beside control characters; fast."""
    return LOST in text or any(first in text for first in _FIRST)


def find(text: str) -> list[Damage]:
    """Return what is damaged in `text`, in its order; of very much the first."""
    runs = list(islice(_runs(text), _AT_MOST))
    taken = {index for one in runs for index in range(one.start, one.end)}
    rest = islice(_HALF.finditer(text), _AT_MOST)
    halves = [_half(one) for one in rest if taken.isdisjoint(range(*one.span()))]
    return sorted([*runs, *halves], key=lambda one: one.start)


def _runs(text: str) -> Iterator[Damage]:
    for found in _RUN.finditer(text):
        was = _undone(found.group())
        if was is not None and not _DOUBTFUL.fullmatch(found.group()):
            yield Damage(*found.span(), None if LOST in was else was.replace(_MARK, ""))


def _half(found: re.Match[str]) -> Damage:
    was = {"gap": "", "single": _shown(_BYTES.get(found.group()[0], 0x3F))}
    return Damage(*found.span(), was.get(str(found.lastgroup)))


def _undone(run: str, depth: int = 0) -> str | None:
    """Return what a `run` was, however often it was read in the wrong encoding; None if nothing."""
    try:
        was = bytes(_BYTES[one] for one in run).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if depth < _DEEPEST:
        was = _RUN.sub(lambda found: _undone(found.group(), depth + 1) or found.group(), was)
    was = "".join(_shown(ord(one)) if "\x80" <= one < "\xa0" else one for one in was)
    return was if _MEANT.fullmatch(was) else None
