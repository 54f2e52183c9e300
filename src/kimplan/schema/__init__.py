"""JSON Schemas of a plan's files, made from the models, for editors and other checkers."""

from kimplan.schema.build import MODELS, build_schema, schema_text

__all__ = ["MODELS", "build_schema", "schema_text"]
