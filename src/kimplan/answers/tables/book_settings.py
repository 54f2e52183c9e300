"""A plan's settings as rows of a name and a value, and back to what ``plan.yaml`` holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from kimplan.answers.tables.prose_cells import from_cell, to_cell
from kimplan.model.due import Due
from kimplan.model.fields import PlanModel
from kimplan.model.labels import RatingLabels
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating, Scheme

_PROSE = ".narrative"  # which stands there without the line ends of a file

_DEEPEST = 8  # levels; a plan's settings have four
_PLACE = re.compile("[0-9]{1,9}")  # of a value in its list

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"


def settings_rows(settings: Settings) -> list[tuple[str, str]]:
    """Return each setting that the plan has as its name, ``sections.1.title``, and its value."""
    return list(_rows("", tree_of(settings)))


def tree_of(value: object) -> Tree:
    """Return a model, or a value of one, as texts in lists and mappings: as a file holds it."""
    if isinstance(value, PlanModel):
        return _tree_of_model(value)
    if isinstance(value, dict):
        return {str(name): tree_of(one) for name, one in value.items()}
    if isinstance(value, list):
        return [tree_of(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return value.text if isinstance(value, Due) else str(value)


def _tree_of_model(model: PlanModel) -> Tree:
    fields = type(model).model_fields
    names = [name for name in fields if name in model.model_fields_set]
    if isinstance(model, RatingLabels) and model.scheme is Scheme.RAG:
        names = [name for name in names if name != Rating.BLUE.value]
    found = ((fields[name].alias or name, getattr(model, name)) for name in names)
    return {name: tree_of(one) for name, one in found if one is not None}


def _rows(name: str, value: Tree) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, from_cell(to_cell(value)) if name.endswith(_PROSE) else value
        return
    pairs: Iterable[tuple[Any, Tree]]
    pairs = value.items() if isinstance(value, dict) else enumerate(value, 1)
    for key, inner in pairs:
        yield from _rows(f"{name}.{key}" if name else str(key), inner)


def tree_from(rows: Iterable[tuple[str, str]]) -> dict[str, Tree]:
    """Return what rows of names and values say; numbers are places of a list, in their order."""
    top: dict[str, Any] = {}
    for name, value in rows:
        *above, last = name.split(".", _DEEPEST)
        at = top
        for part in above:
            inner = at.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = at[part] = {}
            at = inner
        at[last] = value
    return {key: _listed(value) for key, value in top.items()}


def _listed(value: Any) -> Tree:
    if not isinstance(value, dict):
        return str(value)
    if value and all(map(_PLACE.fullmatch, value)):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(inner) for key, inner in value.items()}
