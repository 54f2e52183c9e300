"""The fields of a file, one after another, as its model describes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from kimplan.model.choice import Choice
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, fields_of, type_of
from kimplan.model.language import Language


class FieldRow(NamedTuple):
    """A field: its name below the names of those that hold it, its kind, and what it is for.

    `about` says how values of its kind are written, if that needs to be said. `default` is the
    value that counts if it is left out, ``required``, or empty.
    """

    path: tuple[str, ...]
    kind: str
    description: str
    about: str
    default: str


def field_rows(model: type[PlanModel]) -> list[FieldRow]:
    """Return the fields of a file that holds a `model`, in their usual order.

    The fields of a part follow it; a part that has come before refers to it.
    """
    return list(_rows(model, (), {}))


def _rows(
    model: type[PlanModel], above: tuple[str, ...], seen: dict[type, str]
) -> Iterator[FieldRow]:
    for name, field in fields_of(model).items():
        holds, path = type_of(field), (*above, name)
        description = f"{field.description} {_more(holds, seen)}".rstrip()
        yield FieldRow(path, _kind(holds), description, holds.form.about, _default(field))
        if issubclass(holds.kind, PlanModel) and holds.kind not in seen:
            seen[holds.kind] = name
            yield from _rows(holds.kind, path, seen)


def _kind(holds: FieldType) -> str:
    if holds.is_list:
        return "list"
    if holds.is_mapping or issubclass(holds.kind, PlanModel):
        return "keys"
    return "word" if issubclass(holds.kind, Choice) else holds.form.name


def _more(holds: FieldType, seen: dict[type, str]) -> str:
    """Return the words that may be chosen, or where the fields of a part were shown."""
    if issubclass(holds.kind, Choice):
        *words, last = (f"`{word}`" for word in dict.fromkeys(map(str, holds.kind)))
        return f"One of {', '.join(words)} or {last}."
    return f"It has the fields of `{seen[holds.kind]}`." if holds.kind in seen else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    default: Any = field.default
    if isinstance(default, bool):
        return str(default).lower()
    return str(default) if isinstance(default, str | int | float | Language) else ""
