"""What the models say of a plan's files: JSON Schemas for editors, and lists of the fields."""

from kimplan.schema.build import MODELS, build_schema, schema_text
from kimplan.schema.fields import FieldRow, field_rows

__all__ = ["MODELS", "FieldRow", "build_schema", "field_rows", "schema_text"]
