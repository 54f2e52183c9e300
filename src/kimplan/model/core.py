"""What pydantic's core is told of a model, made from the annotations of its fields.

pydantic's own generator makes the same of them, but asks each annotation much that no field of a
plan says, which takes longer than to check a small plan. What is not known here is left to it.
"""

from collections.abc import Callable
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core.core_schema import (
    CoreConfig,
    CoreSchema,
    dict_schema,
    list_schema,
    model_field,
    model_fields_schema,
    model_schema,
    nullable_schema,
    with_default_schema,
)

from kimplan.model.form import Form


class FromOthers:
    """A default that is made of the fields before its own; there is none where one is wrong."""

    def __init__(self, make: Callable[[dict[str, Any]], Any]) -> None:
        self._make = make

    def __call__(self, known: dict[str, Any]) -> Any:
        """Return the default, made of what is `known`: the values of those fields by name."""
        return self._make(known)


def core_schema_of(
    model: type[BaseModel], config: CoreConfig, handler: GetCoreSchemaHandler
) -> CoreSchema:
    """Return the schema of a `model` that has no validators but those of its fields' types."""
    named: CoreConfig = {**config, "title": model.model_config.get("title") or model.__name__}
    fields = {
        name: model_field(
            _with_default(_annotated(field.annotation, field.metadata, handler), field),
            validation_alias=field.alias,
            serialization_alias=field.alias,
        )
        for name, field in model.model_fields.items()
    }
    inner = model_fields_schema(fields, model_name=model.__name__)
    return model_schema(model, inner, config=named)


def _with_default(schema: CoreSchema, field: FieldInfo) -> CoreSchema:
    if field.is_required():
        return schema
    if make := field.default_factory:
        return with_default_schema(
            schema,
            default_factory=make,
            default_factory_takes_data=isinstance(make, FromOthers),
            validate_default=field.validate_default,
        )
    return with_default_schema(
        schema, default=field.default, validate_default=field.validate_default
    )


def _annotated(kind: Any, about: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return the schema of a type with what its annotations say, the first of them innermost."""
    if not about:
        return _plain(kind, handler)
    *inner, last = about
    if isinstance(last, Form):
        return _annotated(kind, inner, handler)
    if make := getattr(last, "__get_pydantic_core_schema__", None):
        made: CoreSchema = make(kind, lambda kind: _annotated(kind, inner, handler))
        return made
    fewest = getattr(last, "min_length", None)
    if fewest is not None and get_origin(kind) is list:
        return {**_annotated(kind, inner, handler), "min_length": fewest}
    return handler.generate_schema(Annotated[kind, *about])


def _plain(kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _annotated(inner[0], inner[1:], handler)
    if inner[1:] == (NoneType,):
        return nullable_schema(_plain(inner[0], handler))
    if origin is list:
        return list_schema(_plain(inner[0], handler))
    if origin is dict:
        return dict_schema(*(_plain(one, handler) for one in inner))
    return handler.generate_schema(kind)
