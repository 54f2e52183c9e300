"""How values are written, said once for all who say it: lint, editors and the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

EMPTY_HINT = "Fill it in, or delete the line if the field is optional."
TEXT_HINT = "Write the text behind the key, or below a |."


class Form:
    """How the values of a type are written; it stands among the type's annotations.

    `name` is what the documentation calls such a value. `hint` is what to say of one that is
    written otherwise, `about` what a field's description ends with. `examples` are several or
    none, since an editor writes an only example into the file. A number lies between `lowest` and
    `highest`. Forms that say the same are equal.
    """

    __slots__ = ("about", "examples", "highest", "hint", "lowest", "name")

    def __init__(
        self,
        name: str,
        hint: str = "",
        about: str = "",
        examples: tuple[str | float, ...] = (),
        lowest: int = 0,
        highest: int = 0,
    ) -> None:
        self.name = name
        self.hint = hint
        self.about = about
        self.examples = examples
        self.lowest = lowest
        self.highest = highest

    def _said(self) -> tuple[object, ...]:
        return self.name, self.hint, self.about, self.examples, self.lowest, self.highest

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Form) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self._said())


class FieldType:
    """What a field holds: values of the type `kind` with their limits, or a list of such values.

    With `is_mapping` it holds such values by names that no model knows.

    None, which stands for a key left out, is no part of it.
    """

    __slots__ = ("form", "is_list", "is_mapping", "kind", "limits")

    def __init__(
        self,
        kind: type,
        is_list: bool,
        limits: tuple[object, ...],
        form: Form,
        is_mapping: bool = False,
    ) -> None:
        self.kind = kind
        self.is_list = is_list
        self.limits = limits
        self.form = form
        self.is_mapping = is_mapping


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """Return the fields of `model` by their names in the files, in their usual order."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def type_of(field: FieldInfo) -> FieldType:
    """Return what `field` holds, read from a type such as ``list[…]``, ``… | None`` or a model."""
    kind: Any = field.annotation
    limits, is_list, is_mapping = tuple(field.metadata), False, False
    own_form = _form(limits)
    while inner := get_args(kind):
        if get_origin(kind) is Annotated:
            kind, limits = inner[0], tuple(inner[1:])
            continue
        is_list = is_list or get_origin(kind) is list
        is_mapping = is_mapping or get_origin(kind) is dict
        values = inner[1:] if get_origin(kind) is dict else inner
        kind, limits = next(one for one in values if one is not NoneType), ()
    form = _form(limits) or own_form or Form("")
    return FieldType(kind, is_list, limits, form, is_mapping)


def type_at(model: type[BaseModel], at: Iterable[str | int]) -> FieldType | None:
    """Return what the field at the path `at`, or around it, holds; None for all of a `model`.

    Raises KeyError where the path has a key that no model knows.
    """
    holds = None
    for step in at:
        if isinstance(step, str) and not (holds and holds.is_mapping):
            holds = type_of(fields_of(holds.kind if holds else model)[step])
    return holds


def _form(limits: tuple[object, ...]) -> Form | None:
    return next((one for one in limits if isinstance(one, Form)), None)


def description_of(field: FieldInfo) -> str:
    """Return what `field` is for and how its value is written."""
    return f"{field.description} {type_of(field).form.about}".rstrip()
