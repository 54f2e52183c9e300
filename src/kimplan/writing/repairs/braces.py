"""What stands between braces or brackets, as somebody meant it: each key and its whole text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from kimplan.source import parse
from kimplan.writing.repairs.quotes import closed, readings

_END = re.compile(r"[\]}](?=[ ]*(?:[ ]#.*)?\Z)")
_KEY_LIKE = re.compile(r"[,;][ ]*([A-Za-z_]+)[ ]*:[ ]")
_ENTRIES = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,])+""")
_MOST = 4_000  # characters; more is no entry of a person's


class Part(NamedTuple):
    """A key between braces (none between brackets), where its text begins, and the text.

    `raw` is what stands there; `is_raw` says that it is a list or mapping of its own.
    """

    key: str
    start: int
    raw: str
    text: str
    is_raw: bool = False


class Inside(NamedTuple):
    """What stands between braces or brackets, and the comment behind them."""

    parts: tuple[Part, ...]
    comment: str
    is_closed: bool


def read_braces(raw: str, known: Sequence[str], dated: Collection[str]) -> Inside | None:
    """Return the parts of a ``{…}`` whose keys are among the `known`; None if that is not sure.

    Between two parts there may be no comma where the first is one of the `dated`, which hold no
    text, or stands in quotation marks.
    """
    end, comment, is_closed = _ends(raw, "}")
    if len(raw) > _MOST or not known:
        return None
    names = "|".join(map(re.escape, known))
    at = re.compile(rf"""[ ]*(["']?)({names})\1[ ]*:[ ]*""").match(raw, 1, end)
    parts: list[Part] = []
    while at:
        if any(part.key == at[2] for part in parts):
            return None
        start = at.end()
        stop, following = _next(raw, start, end, names, may_lack_comma=at[2] in dated)
        parts.append(_part(at[2], start, raw[start:stop]))
        at = following
    if not parts or any(_hides_a_key(part, known) for part in parts):
        return None
    return Inside(tuple(parts), comment, is_closed)


def read_brackets(raw: str) -> Inside | None:
    """Return the entries of a ``[…]``, parted by commas."""
    end, comment, is_closed = _ends(raw, "]")
    if len(raw) > _MOST:
        return None
    found = _ENTRIES.finditer(raw, 1, end)
    parts = [
        _part("", one.start() + len(one[0]) - len(one[0].lstrip(" ")), one[0].lstrip(" "))
        for one in found
        if one[0].strip()
    ]
    if not parts or any(part.is_raw for part in parts):
        return None
    return Inside(tuple(parts), comment, is_closed)


def _ends(raw: str, closing: str) -> tuple[int, str, bool]:
    """Return where the inside ends, the comment behind it, and whether it is closed."""
    found = [one for one in _END.finditer(raw) if one[0] == closing]
    last = raw.rstrip(" ")
    if last.endswith(closing):
        return len(last) - 1, "", True
    if found:
        return found[0].start(), raw[found[0].end() :].strip(" "), True
    return len(last), "", False


def _next(
    raw: str, start: int, end: int, names: str, *, may_lack_comma: bool
) -> tuple[int, re.Match[str] | None]:
    """Return where the text that begins at `start` ends, and the key behind it."""
    behind = start + closed(raw[start:end])
    strict = rf"""[ ]*[,;][ ]*(["']?)({names})\1[ ]*:[ ]*"""
    loose = rf"""[ ]+(["']?)({names})\1[ ]*:[ ]+"""
    if behind > start:
        found = re.compile(rf"(?:{strict})").match(raw, behind, end)
        bare = re.compile(loose).match(raw, behind, end)
        if found or bare:
            match = found or bare
            return behind, match
        if not raw[behind:end].strip(" ,"):
            return behind, None
    found = re.compile(strict).search(raw, start, end)
    bare = re.compile(loose).search(raw, start, end) if may_lack_comma else None
    both = [one for one in (found, bare) if one]
    if not both:
        return end, None
    first = min(both, key=lambda one: one.start())
    return first.start(), first


def _part(key: str, start: int, raw: str) -> Part:
    said = raw.strip(" ").rstrip(",").rstrip(" ")
    if said[:1] in {"[", "{"}:
        document = parse(f"k: {said}\n")
        if document.value is not None and not document.problems:
            return Part(key, start, said, said, is_raw=True)
    return Part(key, start, said, next(readings(said)))


def _hides_a_key(part: Part, known: Sequence[str]) -> bool:
    """Return whether the text of `part` holds what looks like a misspelt key of another."""
    from kimplan.model.suggestion import did_you_mean

    if part.is_raw:
        return False
    return any(did_you_mean(word, known) for word in _KEY_LIKE.findall(part.text))
