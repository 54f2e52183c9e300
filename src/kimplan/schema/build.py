"""The models as JSON Schema, draft 7, which editors understand.

pydantic's own generator cannot see through the models' validators, so the fields are walked here.
Everything stands in its place, without ``$ref``: draft 7 ignores what stands beside one.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners, Settings
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.schema.values import Schema, value_schema
from kimplan.schema.words import TITLES, Words, words_of

MODELS: dict[str, type[PlanModel]] = {
    "recommendation": Recommendation,
    "plan": Settings,
    "owners": Owners,
}
_DRAFT = "http://json-schema.org/draft-07/schema#"
_NO_DATE = (
    "A green or not-applicable recommendation has no due date; "
    "the day of completion goes into 'completed'."
)


def schema_text(name: str) -> str:
    """Return the schema of a file, by its name in `MODELS`, as ASCII text that ends its line."""
    return json.dumps(build_schema(MODELS[name]), indent=2, ensure_ascii=True) + "\n"


def build_schema(model: type[PlanModel]) -> Schema:
    """Return the schema of a file that holds a `model`."""
    schema = {"$schema": _DRAFT, **_mapping(model)}
    if model is Recommendation:
        schema["allOf"] = [_when(open_=True), _when(open_=False)]
    return schema


def _mapping(model: type[PlanModel]) -> Schema:
    hints, words = get_type_hints(model, include_extras=True), words_of(model)
    fields = {
        field.alias or name: (field, hints[name]) for name, field in model.model_fields.items()
    }
    return {
        "title": TITLES[model],
        "type": "object",
        "properties": {
            name: _field(field, hint, words[name]) for name, (field, hint) in fields.items()
        },
        "required": [name for name, (field, _) in fields.items() if field.is_required()],
        "additionalProperties": False,
    }


def _field(field: FieldInfo, hint: Any, words: Words) -> Schema:
    schema = {"description": words.description, **_value(hint, words.form)}
    if (fewest := _fewest(field)) and schema.get("type") == "array":
        schema["minItems"] = fewest
    if isinstance(field.default, str | int | float):
        schema["default"] = field.default
    if words.examples:
        schema["examples"] = list(words.examples)
    return schema


def _fewest(field: FieldInfo) -> int:
    return max((getattr(one, "min_length", 0) for one in field.metadata), default=0)


def _value(hint: Any, form: str) -> Schema:
    """Return the schema of a value of the type ``Model``, ``list[…]``, ``… | None`` or a field's.

    `form` says how it is written. None stands for a key left out, so that no schema allows it.
    """
    if isinstance(hint, type) and issubclass(hint, PlanModel):
        return _mapping(hint)
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return {"type": "array", "items": _value(arguments[0], form)}
    if get_origin(hint) is Annotated:
        return value_schema(arguments[0], hint, arguments[1:], form)
    return _value(next(one for one in arguments if one is not type(None)), form)


def _when(*, open_: bool) -> Schema:
    """Return what an open rating, or a closed one, asks of the due date and the owners."""
    ratings = [str(rating) for rating in Rating if rating.is_open is open_]
    asked: Schema = {"properties": {"due": False}, "errorMessage": _NO_DATE}
    if open_:
        asked = {"properties": {"owners": {"minItems": 1}}, "required": ["due", "owners"]}
    has_rating = {"properties": {"rag": {"enum": ratings}}, "required": ["rag"]}
    return {"if": has_rating, "then": asked}
