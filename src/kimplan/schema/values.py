"""What a value may look like to an editor.

kimplan reads every scalar as text. Editors give an unquoted ``2024`` or ``no`` a type of its own
first, so a field for text accepts those types too. A length is counted before the blanks around
the text are taken off, and patterns allow for such blanks, as the models do.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kimplan.model.due import Due
from kimplan.schema.words import MEANINGS

Schema: TypeAlias = dict[str, Any]

# Said in this way, so that editors do not offer true and false for every text.
_A_SWITCH: Schema = {"not": {"type": ["string", "number", "array", "object", "null"]}}
_DAY_OF_MONTH = "(0[1-9]|[12][0-9]|3[01])"
_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_DATE = f"{_MONTH}(-{_DAY_OF_MONTH})?"
_EMPTY = {
    "errorMessage": "Write the text behind the key, or below a |.",
    "patternErrorMessage": "Fill it in, or delete the line if the field is optional.",
}
_WRITE_DATE = "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03)."
_WRITE_DAY = "Write the year, the month and the day: 2024-07-31."
_WRITE_SWITCH = "Write true or false."
_WRITE_ZONE = "Write a name of the time zone database, such as Europe/London."
_WRITE_POINTS = "Write a size in points from 6 to 24, such as 10.5."


def value_schema(kind: type, annotation: Any, metadata: tuple[Any, ...], form: str = "") -> Schema:
    """Return what an editor may see for a value of the type `kind`.

    `annotation` is the model's type with its `metadata`, of which the limits are read; `form` is
    what to say of a text that is not written as it should be.
    """
    if issubclass(kind, enum.StrEnum):
        return _enum(kind)
    info = next((one for one in metadata if isinstance(one, FieldInfo)), None)
    if kind is str and info is not None:
        return _text(info, form)
    if kind is int:
        return _whole(annotation)
    return _FORMS[kind]()


def _enum(kind: type[enum.StrEnum]) -> Schema:
    return {
        "type": "string",
        "enum": [str(member) for member in kind],
        "enumDescriptions": [MEANINGS[member] for member in kind],
    }


def _text(info: FieldInfo, form: str) -> Schema:
    """Return the form of a text, whose pattern may leave room for what looks like another type."""
    pattern = _limit(info, "pattern")
    text = {
        "type": ["string", "number"] if _allows(pattern, "0") else "string",
        "maxLength": _limit(info, "max_length"),
        "pattern": _with_blanks(pattern) if pattern else r"\S",
        **({"errorMessage": form} if pattern else _EMPTY),
    }
    if _allows(pattern, "no") or _allows(pattern, "NO"):
        return {"anyOf": [text, _A_SWITCH]}
    return text


def _limit(info: FieldInfo, name: str) -> Any:
    found = (getattr(one, name, None) for one in info.metadata)
    return next((limit for limit in found if limit is not None), None)


def _allows(pattern: str | None, text: str) -> bool:
    return pattern is None or re.search(pattern, text) is not None


def _with_blanks(pattern: str) -> str:
    return rf"^\s*(?:{pattern.removeprefix('^').removesuffix('$')})\s*$"


def _whole(annotation: Any) -> Schema:
    lowest, highest = _bounds(annotation)
    return {
        "type": ["integer", "string"],
        "minimum": lowest,
        "maximum": highest,
        "pattern": _with_blanks("[0-9]{1,4}"),
        "errorMessage": f"Write a whole number from {lowest} to {highest}.",
    }


def _bounds(annotation: Any) -> tuple[int, int]:
    """Return the bounds of a whole number, which its error names: ``whole_8_400``."""
    try:
        TypeAdapter(annotation).validate_python("no number")
    except ValidationError as failure:
        _, lowest, highest = failure.errors()[0]["type"].split("_")
        return int(lowest), int(highest)
    raise TypeError(f"{annotation} is no whole number with bounds")


def _date() -> Schema:
    pattern = _with_blanks(f"{_DATE}(/{_DATE})?")
    return {"type": "string", "pattern": pattern, "errorMessage": _WRITE_DATE}


def _day() -> Schema:
    pattern = _with_blanks(f"{_MONTH}-{_DAY_OF_MONTH}")
    return {"type": "string", "pattern": pattern, "errorMessage": _WRITE_DAY}


def _points() -> Schema:
    return {
        "type": ["number", "string"],
        "minimum": 6,
        "maximum": 24,
        "multipleOf": 0.5,
        "pattern": _with_blanks("[0-9]{1,2}([.][05])?"),
        "errorMessage": _WRITE_POINTS,
    }


def _switch() -> Schema:
    pattern = _with_blanks("true|false")
    return {"type": ["boolean", "string"], "pattern": pattern, "errorMessage": _WRITE_SWITCH}


def _time_zone() -> Schema:
    return {"type": "string", "pattern": r"\S", "errorMessage": _WRITE_ZONE}


_FORMS: dict[type, Callable[[], Schema]] = {
    Due: _date,
    date: _day,
    float: _points,
    bool: _switch,
    str: _time_zone,
}
