"""What a workbook says otherwise than a plan that is there, beside the records themselves."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from kimplan.answers.tables.book_settings import Tree, settings_rows
from kimplan.intake.existing import Differs
from kimplan.intake.own_book.book import OwnBook
from kimplan.loader import PlanFolder
from kimplan.loader.folder import OWNERS
from kimplan.model.plan import Owner
from kimplan.whereabouts import SETTINGS

_IN_LIST = re.compile(r"(sections|fields)\.([^.]+)\.")
_PERSON = ("role", "name", "email", "handle")


def differing(
    root: Path, own: OwnBook, owners: Iterable[Tree], added: Container[str]
) -> list[Differs]:
    """Return the settings and the `owners` of the workbook that the plan in `root` has otherwise.

    Not among them are what is added to the plan: new sections and own fields, and roles in `added`.
    """
    settings, registry = PlanFolder(root).settings().value, PlanFolder(root).owners().value
    now = _by_id(settings_rows(settings)) if settings else {}
    said = _by_id(own.rows)
    found = list(_compare(SETTINGS, now, {name: said[name] for name in said if _is_in(name, now)}))
    known = {one.role: one for one in registry.owners} if registry else {}
    for owner in (one for one in owners if isinstance(one, dict)):
        role = str(owner["role"])
        held = {"role": role} if role in added else _registered(known.get(role))
        found += _compare(f"{OWNERS}/{role}", held, {key: str(owner[key]) for key in owner})
    return found


def _by_id(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return settings by their names, with ids for the places of sections and own fields."""
    said = dict(rows)

    def by_id(place: re.Match[str]) -> str:
        return f"{place[1]}.{said.get(f'{place[0]}id', place[2])}."

    return {_IN_LIST.sub(by_id, name, count=1): value for name, value in said.items()}


def _is_in(name: str, settings: Container[str]) -> bool:
    """Return whether a setting is none of a section or an own field that `settings` lack."""
    place = _IN_LIST.match(name)
    return place is None or f"{place[0]}id" in settings


def _registered(owner: Owner | None) -> dict[str, str]:
    values = owner.model_dump(include=set(_PERSON)) if owner else {}
    return {key: str(value) for key, value in values.items() if value}


def _compare(file: str, now: Mapping[str, str], said: Mapping[str, str]) -> Iterator[Differs]:
    for name, value in said.items():
        held, words = (" ".join(text.split()) for text in (now.get(name, ""), value))
        if held != words:
            yield Differs(f"{file}/{name}", held, words)
