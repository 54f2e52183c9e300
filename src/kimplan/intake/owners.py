"""Who owns an action: roles apart only where they surely are several."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kimplan.intake.cell_errors import is_error
from kimplan.model.nobody import is_nobody as names_nobody

_SURELY = re.compile(r"\s*[;\n|]\s*|\s+/\s+|\s*\\\s*")
_SLASH = re.compile(r"\s*/\s*")
_MAYBE = re.compile(r"\s+(?:and|&|\+)\s+|,\s+(?:and\s+)?")
_ROLE = re.compile(
    r"\b(?:manager|director|head|lead|leader|officer|executive|secretary|chair|chief|coordinator"
    r"|co-ordinator|advisor|adviser|analyst|surveyor|partner|supervisor|controller|specialist"
    r"|team|board|committee|panel|group|ceo|cfo|coo|cio|hr|it|dpo|md|fd|president|principal)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"[-–—\s.?]*|n/?a|none|not applicable|tbc|tba|tbd|all|various|vacant|unassigned"
    r"|to be (?:confirmed|agreed|advised|decided|assigned|allocated|appointed|identified)"
    r"|not (?:yet )?(?:assigned|allocated|agreed|known)|(?:as|see) above|ditto|[\"”]",
    re.I,
)


def known_alone(texts: Iterable[str]) -> frozenset[str]:
    """Return the roles that surely stand alone: cells of the column that join nothing."""
    alone = (tidy(text) for text in texts if "\n" not in text and len(text) < 120)
    return frozenset(
        text.casefold()
        for text in alone
        if text and not _MAYBE.search(text) and not _SLASH.search(text) and not _SURELY.search(text)
    )


def tidy(text: str) -> str:
    """Return a role on one line, without a mark behind it."""
    return " ".join(text.split()).strip(" ,;/.•·-–")


def is_nobody(text: str) -> bool:
    """Return whether a cell names no role at all."""
    return bool(_NOBODY.fullmatch(text.strip()))


def is_no_owner(text: str) -> bool:
    """Return whether a cell or an answer names no role, or says all, which lint refuses too."""
    return is_nobody(text) or names_nobody(text)


def read_owners(text: str, alone: frozenset[str]) -> tuple[str, ...]:
    """Return the roles of a cell, where `alone` are those that stand alone elsewhere."""
    if is_error(text):
        return ()
    roles: list[str] = []
    for part in filter(None, map(tidy, _SURELY.split(text))):
        roles += _parts(part, alone)
    return tuple(dict.fromkeys(roles))


def _parts(part: str, alone: frozenset[str]) -> list[str]:
    by_slash = [tidy(one) for one in _SLASH.split(part)]
    if len(by_slash) > 1 and all(_ROLE.search(one) or one.casefold() in alone for one in by_slash):
        return [role for one in by_slash for role in _parts(one, alone)]
    joined = [tidy(one) for one in _MAYBE.split(part)]
    if len(joined) > 1 and all(one.casefold() in alone for one in joined):
        return joined
    return [part]
