"""The models as JSON Schema, draft 7, which editors understand.

pydantic's own generator cannot see through the models' validators, so the fields are walked here.
Everything stands in its place, without ``$ref``: draft 7 ignores what stands beside one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic.fields import FieldInfo

from kimplan.model.due import NONE_AGREED
from kimplan.model.fields import PlanModel
from kimplan.model.form import FieldType, description_of, fields_of, type_of
from kimplan.model.own_field import OwnField
from kimplan.model.plan import Owners, Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.schema.own_fields import own_columns_schema, own_fields_schema
from kimplan.schema.values import Schema, one_of, value_schema

MODELS: dict[str, type[PlanModel]] = {
    "recommendation": Recommendation,
    "plan": Settings,
    "owners": Owners,
}
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_text(
    name: str, own: Sequence[OwnField] | None = None, scheme: Scheme | None = None
) -> str:
    """Return the schema of a file, by its name in `MODELS`, as ASCII text that ends its line.

    `own` are the own fields of the plan that it is for, and it rates by the `scheme`; None stands
    for any plan.
    """
    schema = build_schema(MODELS[name], own, scheme)
    return json.dumps(schema, indent=2, ensure_ascii=True) + "\n"


def build_schema(
    model: type[PlanModel], own: Sequence[OwnField] | None = None, scheme: Scheme | None = None
) -> Schema:
    """Return the schema of a file that holds a `model`.

    The `own` fields and the `scheme` of the ratings are those of its plan.
    """
    schema = {"$schema": _DRAFT, **_mapping(model)}
    if model is Recommendation:
        schema["allOf"] = [_when_open(scheme), _when_undated(), _when_superseded()]
        if scheme is not None:
            schema["properties"]["rag"] |= one_of(scheme.ratings)
    elif model is Settings:
        schema["properties"]["ratings"] |= _by_scheme()
    if own is not None:
        _know(schema, model, own)
    return schema


def _know(schema: Schema, model: type[PlanModel], own: Sequence[OwnField]) -> None:
    """Put what a plan's own fields may hold, and the columns of them, into a schema."""
    if model is Recommendation:
        fields = schema["properties"]["fields"]
        fields |= own_fields_schema(own)
        if fields["required"]:
            schema["required"].append("fields")
    elif model is Settings:
        columns = schema["properties"]["columns"]["items"]["properties"]["field"]
        columns["anyOf"][-1:] = [own_columns_schema(own)] if own else []


def _mapping(model: type[PlanModel]) -> Schema:
    fields = fields_of(model)
    return {
        "title": model.model_config.get("title") or model.__name__,
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.is_required()],
        "additionalProperties": False,
    }


def _field(field: FieldInfo) -> Schema:
    holds = type_of(field)
    schema: Schema = {"description": description_of(field)}
    if holds.is_list:
        schema |= {"type": "array", "items": _value(holds)} | _fewest(field)
    elif holds.is_mapping:
        schema |= {"type": "object", "additionalProperties": _value(holds)}
    else:
        schema |= _value(holds)
    if isinstance(field.default, str | int | float):
        schema["default"] = field.default
    if examples := field.examples or holds.form.examples:
        schema["examples"] = list(examples)
    return schema


def _fewest(field: FieldInfo) -> Schema:
    fewest = max((getattr(one, "min_length", 0) for one in field.metadata), default=0)
    return {"minItems": fewest} if fewest else {}


def _value(holds: FieldType) -> Schema:
    """Return the schema of one value of a field.

    None stands for a key left out, so that no schema allows it.
    """
    if issubclass(holds.kind, PlanModel):
        return _mapping(holds.kind)
    return value_schema(holds)


def _when_open(scheme: Scheme | None) -> Schema:
    """Return what an open rating asks of the due date and the owners: one that always is."""
    schemes = [scheme] if scheme else list(Scheme)
    ratings = [
        rating.word for rating in schemes[0].open if all(rating in one.open for one in schemes)
    ]
    return {
        "if": {"properties": {"rag": {"enum": ratings}}, "required": ["rag"]},
        "then": {"properties": {"owners": {"minItems": 1}}, "required": ["due", "owners"]},
    }


def _by_scheme() -> Schema:
    """Return which labels a scheme of ratings has: blue, or a green that prints no date."""
    return {
        "if": {"properties": {"scheme": {"const": str(Scheme.BRAG)}}, "required": ["scheme"]},
        "then": {"properties": {"green": {"not": {"required": ["date"]}}}},
        "else": {"not": {"required": ["blue"]}},
    }


def _when_undated() -> Schema:
    """Return that a date that is not agreed has a reason, and no other."""
    return {
        "if": {"properties": {"due": {"const": NONE_AGREED}}, "required": ["due"]},
        "then": {"required": ["due_reason"]},
        "else": {"not": {"required": ["due_reason"]}},
    }


def _when_superseded() -> Schema:
    """Return that only what does not apply is superseded."""
    return {
        "if": {"required": ["superseded_by"]},
        "then": {"properties": {"rag": {"const": str(Rating.NOT_APPLICABLE)}}},
    }
