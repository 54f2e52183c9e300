"""What a value may look like to an editor.

kimplan reads every scalar as text. Editors give an unquoted ``2024`` or ``no`` a type of its own
first, so a field for text accepts those types too. A length is counted before the blanks around
the text are taken off, and patterns allow for such blanks, as the models do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from kimplan.model.choice import Choice
from kimplan.model.due import NONE_AGREED, Due
from kimplan.model.form import EMPTY_HINT, TEXT_HINT, FieldType, Form
from kimplan.model.language import Language, known_languages
from kimplan.model.plan import OWN_COLUMN

Schema: TypeAlias = dict[str, Any]

# Said in this way, so that editors do not offer true and false for every text.
_A_SWITCH: Schema = {"not": {"type": ["string", "number", "array", "object", "null"]}}
_DAY_OF_MONTH = "(0[1-9]|[12][0-9]|3[01])"
_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_DATE = f"{_MONTH}(-{_DAY_OF_MONTH})?"
_OWN_COLUMN: Schema = {
    "type": "string",
    "pattern": r"^\s*fields[.][a-z0-9-]+\s*$",
    "errorMessage": "Name a field, or write fields. and the id of an own field: fields.priority.",
}
_ONE_LINE = "Write the text behind the key, on one line."
_EMPTY = {"errorMessage": TEXT_HINT, "patternErrorMessage": EMPTY_HINT}


def value_schema(holds: FieldType) -> Schema:
    """Return what an editor may see for one value of what a field holds."""
    if issubclass(holds.kind, Choice):
        choice = one_of(holds.kind)
        return {"anyOf": [choice, _OWN_COLUMN]} if holds.form is OWN_COLUMN else choice
    if holds.kind is str and _limit(holds, "max_length"):
        return _text(holds)
    return _FORMS[holds.kind](holds.form)


def one_of(choices: Iterable[Choice]) -> Schema:
    """Return that a value is one of a few words; a word that means two things is there once."""
    meanings: dict[str, list[str]] = {}
    for choice in choices:
        meanings.setdefault(str(choice), []).append(choice.meaning)
    return {
        "type": "string",
        "enum": list(meanings),
        "enumDescriptions": [" ".join(means) for means in meanings.values()],
    }


def _text(holds: FieldType) -> Schema:
    """Return the form of a text, whose pattern may leave room for what looks like another type."""
    pattern = _limit(holds, "pattern")
    text = {
        "type": ["string", "number"] if _allows(pattern, "0") else "string",
        "maxLength": _limit(holds, "max_length"),
        "pattern": _with_blanks(pattern) if pattern else r"\S",
        **({"errorMessage": holds.form.hint or _ONE_LINE} if pattern else _EMPTY),
    }
    if _allows(pattern, "no") or _allows(pattern, "NO"):
        return {"anyOf": [text, _A_SWITCH]}
    return text


def _limit(holds: FieldType, name: str) -> Any:
    found = (getattr(one, name, None) for one in holds.limits)
    return next((limit for limit in found if limit is not None), None)


def _allows(pattern: str | None, text: str) -> bool:
    return pattern is None or re.search(pattern, text) is not None


def _with_blanks(pattern: str) -> str:
    return rf"^\s*(?:{pattern.removeprefix('^').removesuffix('$')})\s*$"


def _whole(form: Form) -> Schema:
    return {
        "type": ["integer", "string"],
        "minimum": form.lowest,
        "maximum": form.highest,
        "pattern": _with_blanks("[0-9]{1,4}"),
        "errorMessage": form.hint,
    }


def _date(form: Form) -> Schema:
    written = f"{_DATE}(/{_DATE})?"
    if NONE_AGREED in form.examples:
        written = f"{written}|{NONE_AGREED}"
    pattern = _with_blanks(written)
    return {"type": "string", "pattern": pattern, "errorMessage": form.hint}


def _day(form: Form) -> Schema:
    pattern = _with_blanks(f"{_MONTH}-{_DAY_OF_MONTH}")
    return {"type": "string", "pattern": pattern, "errorMessage": form.hint}


def _points(form: Form) -> Schema:
    return {
        "type": ["number", "string"],
        "minimum": form.lowest,
        "maximum": form.highest,
        "multipleOf": 0.5,
        "pattern": _with_blanks("[0-9]{1,2}([.][05])?"),
        "errorMessage": form.hint,
    }


def _switch(form: Form) -> Schema:
    pattern = _with_blanks("true|false")
    return {"type": ["boolean", "string"], "pattern": pattern, "errorMessage": form.hint}


def _time_zone(form: Form) -> Schema:
    return {"type": "string", "pattern": r"\S", "errorMessage": form.hint}


def _language(form: Form) -> Schema:
    pattern = _with_blanks(f"({'|'.join(known_languages())})(-[A-Za-z0-9]+)*")
    return {"type": "string", "pattern": pattern, "errorMessage": form.hint}


_FORMS: dict[type, Callable[[Form], Schema]] = {
    int: _whole,
    Due: _date,
    date: _day,
    float: _points,
    bool: _switch,
    str: _time_zone,
    Language: _language,
}
