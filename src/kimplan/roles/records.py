"""The text of a record in which one role stands in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from kimplan.edits.proof import as_models_see, keeps_comments, says_only
from kimplan.roles.names import folded
from kimplan.roles.registry import gone_ignores
from kimplan.writing import entries, keys
from kimplan.writing.parsed_text import CannotEditError, ParsedText


class Role(NamedTuple):
    """A role as records name it: capitals and white space do not count, but for `others`.

    `others` are the registered roles beside it, spelt as they are.
    """

    name: str
    others: frozenset[str] = frozenset()

    def is_named(self, entry: Any) -> bool:
        """Return whether an `entry` of a record is this role."""
        bare = entry.rstrip("\n") if isinstance(entry, str) else None
        if bare is None or bare in self.others:
            return False
        return bare == self.name or folded(bare) == folded(self.name)


class Held(NamedTuple):
    """What a role has in one record: the record itself, and the indexes of its sub-actions."""

    is_owner: bool
    actions: tuple[int, ...]

    def __bool__(self) -> bool:
        return self.is_owner or bool(self.actions)


def is_clear(value: Any) -> bool:
    """Return whether it can be told from a record's `value` who owns it and its sub-actions."""
    if not isinstance(value, dict):
        return False
    owners, actions = value.get("owners") or [], value.get("actions") or []
    if not isinstance(owners, list) or not isinstance(actions, list):
        return False
    steps = [one.get("owner") or "" for one in actions if isinstance(one, dict)]
    return len(steps) == len(actions) and all(isinstance(one, str) for one in (*owners, *steps))


def held(value: dict[str, Any], role: Role) -> Held:
    """Return what a `role` has in the record `value`, which `is_clear`."""
    owners, actions = value.get("owners") or [], value.get("actions") or []
    steps = tuple(at for at, one in enumerate(actions) if role.is_named(one.get("owner")))
    return Held(any(map(role.is_named, owners)), steps)


def given(text: ParsedText, old: Role, new: str) -> ParsedText:
    """Return the record `text` in which `new` has what the role `old` has.

    Where it would then stand twice among the owners, the second entry goes. Who said something then
    is left as it was. Raises CannotEditError where the layout does not allow it.
    """
    expected, before = deepcopy(text.value), text
    has = held(text.value, old)
    if has.is_owner:
        text = _given_owners(text, old, new, expected)
    for at in has.actions:
        text = keys.set_text(text, ("actions", at, "owner"), new)
        expected["actions"][at]["owner"] = new
    is_said = says_only(before, text, expected, as_models_see)
    if not is_said or not keeps_comments(before, text, gone_ignores(before, text)):
        raise CannotEditError
    return text


def _given_owners(text: ParsedText, old: Role, new: str, expected: dict[str, Any]) -> ParsedText:
    owners, at_new = expected["owners"], Role(new)
    mine = [at for at, one in enumerate(owners) if old.is_named(one) or at_new.is_named(one)]
    first, *rest = mine
    if owners[first].rstrip("\n") != new:
        text = keys.set_text(text, ("owners", first), new)
        owners[first] = new
    for at in reversed(rest):
        text = entries.remove_entry(text, ("owners", at))
        del owners[at]
    return text


def still_said(value: Any, role: str) -> bool:
    """Return whether the record `value` names `role` elsewhere than as an owner.

    That is in a text, or where it says who said something.
    """
    spelt = r"\s+".join(map(re.escape, role.split()))
    words = re.compile(rf"(?<!\w){spelt}(?!\w)")
    return any(words.search(text) for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"owners", "owner"}:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value
