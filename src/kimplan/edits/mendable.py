"""Where the dates and the longer texts of a plan's file stand, as its model says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from kimplan.model.due import Due, suggest_day, suggest_due
from kimplan.model.fields import PlanModel, Prose
from kimplan.source import KeyPath

_EACH = "[]"  # an entry of a list, in the path of a field
Suggest: TypeAlias = Callable[[str], str | None]
_Field: TypeAlias = tuple[tuple[str, ...], Suggest | None]


def values(value: Any, model: type[PlanModel]) -> Iterator[tuple[KeyPath, str, Suggest | None]]:
    """Yield each date and each longer text of a file's `value`, and what mends it if a date."""
    for pattern, suggest in _fields(model):
        for at, text in _at(value, pattern):
            yield at, text, suggest


def _at(value: Any, pattern: tuple[str, ...], at: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    if not pattern:
        if isinstance(value, str):
            yield at, value
    elif pattern[0] == _EACH:
        for index, inner in enumerate(value if isinstance(value, list) else ()):
            yield from _at(inner, pattern[1:], (*at, index))
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _at(value[pattern[0]], pattern[1:], (*at, pattern[0]))


@lru_cache(maxsize=8)
def _fields(model: type[PlanModel]) -> tuple[_Field, ...]:
    """Return the paths of the dates and longer texts of a `model`, and what suggests each date."""
    hints = get_type_hints(model, include_extras=True)
    names = ((field.alias or name, hints[name]) for name, field in model.model_fields.items())
    return tuple(found for name, hint in names for found in _kinds(hint, (name,)))


def _kinds(hint: Any, at: tuple[str, ...]) -> Iterator[_Field]:
    if hint == Prose:
        yield at, None
    elif get_origin(hint) is Annotated:
        suggest = {Due: suggest_due, date: suggest_day}.get(get_args(hint)[0])
        if suggest:
            yield at, suggest
    elif isinstance(hint, type) and issubclass(hint, PlanModel):
        yield from (((*at, *below), suggest) for below, suggest in _fields(hint))
    else:
        step = (_EACH,) if get_origin(hint) is list else ()
        for inner in get_args(hint):
            yield from _kinds(inner, (*at, *step))
