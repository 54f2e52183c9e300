"""What the own fields of one plan may hold, for editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kimplan.model.fields import DueDate, Line, Link, PlanModel, Prose
from kimplan.model.form import fields_of, type_of
from kimplan.model.own_field import OwnField
from kimplan.model.own_type import OwnType
from kimplan.schema.values import Schema, value_schema

_NUMBER = re.compile("[0-9]{1,9}([.][0-9]{1,9})?")
_SWITCHES = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}


class _Values(PlanModel):
    """A value of each type, whose forms are those of the other fields."""

    line: Line
    text: Prose
    date: DueDate
    link: Link


def own_fields_schema(own: Sequence[OwnField]) -> Schema:
    """Return the schema of the mapping that holds a record's `own` fields."""
    return {
        "properties": {field.id: _field(field) for field in own},
        "required": [field.id for field in own if field.required],
        "additionalProperties": False,
    }


def own_columns_schema(own: Sequence[OwnField]) -> Schema:
    """Return the schema of the name of a column that shows one of the `own` fields."""
    return {
        "type": "string",
        "enum": [f"fields.{field.id}" for field in own],
        "enumDescriptions": [field.label for field in own],
    }


def _as_editors_read(choices: Sequence[str]) -> Iterator[int | float | bool]:
    """Yield what an editor takes for a number or a switch where no quotation marks are."""
    for text in choices:
        if text.casefold() in _SWITCHES:
            yield _SWITCHES[text.casefold()]
        elif _NUMBER.fullmatch(text):
            yield float(text) if "." in text else int(text)


def _field(field: OwnField) -> Schema:
    described = {"description": field.label}
    if field.type is OwnType.CHOICE:
        return described | {"enum": [*field.choices, *_as_editors_read(field.choices)]}
    return described | value_schema(type_of(fields_of(_Values)[field.type.value]))
