"""The list of owners, changed so that the entries that stay keep their lines and comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kimplan.errors import KimplanError
from kimplan.model.suggestion import did_you_mean
from kimplan.source import shown
from kimplan.writing import entries, keys
from kimplan.writing.parsed_text import CannotEditError, ParsedText

_OWNERS = ("owners",)


def owners_of(
    value: dict[str, Any], instead: Sequence[str], more: Sequence[str], fewer: Sequence[str]
) -> list[str]:
    """Return the owners of a record's `value` after a change.

    Raises KimplanError for an owner to take away that is none.
    """
    found = value.get("owners")
    if found and not isinstance(found, list):
        raise CannotEditError
    old = [role for role in found or () if isinstance(role, str)]
    if instead:
        return list(dict.fromkeys(instead))
    for role in fewer:
        at = _index(old, role)
        if at is None:
            hint = did_you_mean(role, old) or f"Its owners: {', '.join(old) or 'none'}."
            raise KimplanError(f"{shown(role)} is not among its owners", hint)
        del old[at]
    return list(old) + [role for role in dict.fromkeys(more) if role not in old]


def _index(roles: Sequence[str], role: str) -> int | None:
    folded = [one.casefold() for one in roles]
    if role in roles:
        return roles.index(role)
    return folded.index(role.casefold()) if role.casefold() in folded else None


def change_owners(text: ParsedText, wanted: Sequence[str]) -> ParsedText:
    """Return the record `text` with `wanted` as its owners.

    Who stays keeps the line and its comments; who is new stands behind; the others go.
    """
    found = text.get(_OWNERS)
    old = found if isinstance(found, list) else []
    if not wanted:
        return keys.remove_key(text, _OWNERS) if _OWNERS in text.nodes else text
    kept = _kept(old, wanted)
    for role in wanted[len(kept) :]:
        text = entries.append(text, _OWNERS, role)
    for index in reversed(range(len(old))):
        if index not in kept:
            text = entries.remove_entry(text, (*_OWNERS, index))
    return text


def _kept(old: Sequence[Any], wanted: Sequence[str]) -> list[int]:
    """Return the indexes of those of `old` that `wanted` begins with, in its order."""
    kept: list[int] = []
    for index, role in enumerate(old):
        if len(kept) < len(wanted) and role == wanted[len(kept)]:
            kept.append(index)
    return kept
