"""How values are written, said once for all who say it: lint, editors and the documentation."""

from __future__ import annotations

from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

EMPTY_HINT = "Fill it in, or delete the line if the field is optional."
TEXT_HINT = "Write the text behind the key, or below a |."


class Form(NamedTuple):
    """How the values of a type are written; it stands among the type's annotations.

    `name` is what the documentation calls such a value. `hint` is what to say of one that is
    written otherwise, `about` what a field's description ends with. `examples` are several or
    none, since an editor writes an only example into the file. A number lies between `lowest` and
    `highest`.
    """

    name: str
    hint: str = ""
    about: str = ""
    examples: tuple[str | float, ...] = ()
    lowest: int = 0
    highest: int = 0


class FieldType(NamedTuple):
    """What a field holds: values of the type `kind` with their limits, or a list of such values.

    None, which stands for a key left out, is no part of it.
    """

    kind: type
    is_list: bool
    limits: tuple[object, ...]
    form: Form


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of `model` by their names in the files, in their usual order."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def type_of(field: FieldInfo) -> FieldType:
    """Return what `field` holds, read from a type such as ``list[…]``, ``… | None`` or a model."""
    kind: Any = field.annotation
    limits, is_list = tuple(field.metadata), False
    while inner := get_args(kind):
        if get_origin(kind) is Annotated:
            kind, limits = inner[0], tuple(inner[1:])
            continue
        is_list = is_list or get_origin(kind) is list
        kind, limits = next(one for one in inner if one is not NoneType), ()
    form = next((one for one in limits if isinstance(one, Form)), Form(""))
    return FieldType(kind, is_list, limits, form)


def description_of(field: FieldInfo) -> str:
    """Return what `field` is for and how its value is written."""
    return f"{field.description} {type_of(field).form.about}".rstrip()
