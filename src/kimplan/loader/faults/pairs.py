"""An entry whose first words became a key because of a colon: ``- 2024-05-02: The form is live``.

What stands before the colon and what stands behind it are two fields of the entry, mostly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kimplan.loader.faults import foreign
from kimplan.loader.faults.dates import day_of, is_day, plain
from kimplan.loader.faults.fault import Mend, cut, example_lines
from kimplan.loader.faults.mends import parted, titled
from kimplan.loader.faults.parts import EXAMPLES, IS_PLACE
from kimplan.model.date_words import read_words, suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of
from kimplan.model.plan import Column, Owner, Section
from kimplan.model.recommendation import (
    Action,
    Evidence,
    ProgressNote,
    Revision,
    Verification,
)
from kimplan.source import KeyPath, shown


class Pair(NamedTuple):
    """What an entry was meant to say, and whether nothing of it has to be filled in.

    `first` is the field that the words before the colon are of, empty where they are a part of a
    text, and `second` the field of those behind it.
    """

    parts: Mapping[str, str]
    is_whole: bool
    first: str = ""
    second: str = ""
    is_of_several: bool = False  # that stand in one entry


def pair_of(model: type[PlanModel], key: str, around: Mapping[str, object]) -> Pair | None:
    """Return what the `key` of an entry and its value were meant to say, None if it is a key.

    `around` are all keys of the entry.
    """
    read = _READ.get(model)
    rest = around.get(key)
    known = fields_of(model)
    if read is None or not isinstance(rest, str) or not rest.strip():
        return None
    if key in known or foreign.field_meant(model, key) or foreign.meant(model, key):
        return None
    found = read(key.strip(), rest.strip())
    if found is None:
        return None
    others = [one for one in around if one != key]
    if not others:
        return found
    is_alone = found.parts.keys().isdisjoint(others) and known.keys() >= set(others)
    return found._replace(is_of_several=not is_alone) if found.first else None


def told(pair: Pair, at: KeyPath) -> tuple[str, Mend | None]:
    """Return how an entry whose key stands at `at` is written, and the edit that does so."""
    parent, key = at[:-1], str(at[-1])
    if list(pair.parts) == ["title"]:
        words = pair.parts["title"]
        hint = f"The colon behind {shown(key)} makes a key of it: write "
        return f"{hint}'- title: \"{cut(words)}\"'.", titled(parent, words)
    first, *rest = (f"{name}: {_quoted(text)}" for name, text in pair.parts.items())
    lines = example_lines(f"- {first}", *(f"  {line}" for line in rest))
    if not isinstance(parent[-1], int):  # no entry of a list
        lines = example_lines(*(f"  {name}: {_quoted(text)}" for name, text in pair.parts.items()))
    if pair.is_of_several:
        return f"Begin it with a dash, as an entry of its own: {lines}.", None
    if not pair.is_whole:
        behind = ", with the day it was" if "note" in pair.parts else ", with what is true"
        return f"The colon behind {shown(key)} makes a key of it: write {lines}{behind}.", None
    return f"Write {lines}.", parted(at, pair.first, pair.parts[pair.first], pair.second)


def _quoted(text: str) -> str:
    words = cut(text)
    return f'"{words}"' if ": " in words else words


def _note(key: str, rest: str) -> Pair:
    if day := day_of(key):
        return Pair({"on": day, "note": rest}, is_whole=True, first="on", second="note")
    offers = read_words(key).offers
    if len(offers) > 1 and all(map(is_day, offers)):
        return Pair({"on": " or ".join(offers), "note": rest}, is_whole=False)
    return Pair(EXAMPLES[ProgressNote] | {"note": f"{key}: {rest}"}, is_whole=False)


def _evidence(key: str, rest: str) -> Pair:
    if IS_PLACE.match(key) and " " not in key:
        return Pair({"link": key, "title": rest}, is_whole=True, first="link", second="title")
    if IS_PLACE.match(rest) and " " not in rest:
        return Pair({"title": key, "link": rest}, is_whole=True, first="title", second="link")
    return Pair({"title": f"{key}: {rest}"}, is_whole=True)


def _action(key: str, rest: str) -> Pair:
    if due := plain(rest) or suggest_due(rest):
        return Pair({"title": key, "due": due}, is_whole=True, first="title", second="due")
    return Pair({"title": f"{key}: {rest}"}, is_whole=True)


def _revision(key: str, rest: str) -> Pair:
    first, second = (plain(one) or suggest_due(one) or "" for one in (key, rest))
    known = {"from": first, "to": second} if first and second else {}
    return Pair(EXAMPLES[Revision] | known, is_whole=False)


def _owner(key: str, rest: str) -> Pair:
    is_handle, is_mail = rest.startswith("@"), "@" in rest and " " not in rest
    second = "handle" if is_handle else "email" if is_mail else "name"
    return Pair({"role": key, second: rest}, is_whole=True, first="role", second=second)


def _section(key: str, rest: str) -> Pair:
    return Pair({"id": key, "title": rest}, is_whole=True, first="id", second="title")


def _check(key: str, rest: str) -> Pair | None:
    day = day_of(rest)
    return Pair({"by": key, "on": day}, is_whole=True, first="by", second="on") if day else None


def _column(key: str, rest: str) -> Pair:
    return Pair({"field": key, "label": rest}, is_whole=True, first="field", second="label")


_READ: dict[type[PlanModel], Callable[[str, str], Pair | None]] = {
    ProgressNote: _note,
    Evidence: _evidence,
    Action: _action,
    Revision: _revision,
    Owner: _owner,
    Section: _section,
    Verification: _check,
    Column: _column,
}
