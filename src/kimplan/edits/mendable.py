"""Where the dates, ratings and longer texts of a plan's file stand, as its model says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from kimplan.model.date_words import suggest_day, suggest_due
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, fields_of, type_of
from kimplan.model.rating import Rating, suggest_rating
from kimplan.model.value_forms import DAY, DUE_DATE, PROMISE, PROSE
from kimplan.source import KeyPath

_EACH = "[]"  # an entry of a list or of a mapping, in the path of a field
Suggest: TypeAlias = Callable[[str], str | None]
_Field: TypeAlias = tuple[tuple[str, ...], Suggest | None]


def values(value: Any, model: type[PlanModel]) -> Iterator[tuple[KeyPath, str, Suggest | None]]:
    """Yield each date, rating and longer text of a file's `value`, and what mends it if no text."""
    for pattern, suggest in _fields(model):
        for at, text in _at(value, pattern):
            yield at, text, suggest


def _at(value: Any, pattern: tuple[str, ...], at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    if not pattern:
        if isinstance(value, str):
            yield at, value
    elif pattern[0] == _EACH:
        entries = enumerate(value) if isinstance(value, list) else _items(value)
        for index, inner in entries:
            yield from _at(inner, pattern[1:], (*at, index))
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _at(value[pattern[0]], pattern[1:], (*at, pattern[0]))


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    yield from value.items() if isinstance(value, dict) else ()


@lru_cache(maxsize=8)
def _fields(model: type[PlanModel]) -> tuple[_Field, ...]:
    """Return the paths of the same in a `model`, and what suggests each date and rating."""
    names = fields_of(model).items()
    return tuple(found for name, field in names for found in _kinds(type_of(field), (name,)))


def _kinds(holds: FieldType, at: tuple[str, ...]) -> Iterator[_Field]:
    at = (*at, _EACH) if holds.is_list or holds.is_mapping else at
    if issubclass(holds.kind, PlanModel):
        yield from (((*at, *below), suggest) for below, suggest in _fields(holds.kind))
    elif holds.form is PROSE:
        yield at, None
    elif holds.kind is Rating:
        yield at, suggest_rating
    elif suggest := {DUE_DATE: suggest_due, PROMISE: suggest_due, DAY: suggest_day}.get(holds.form):
        yield at, suggest
