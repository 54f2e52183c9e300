"""The names that an own field may not have."""

from __future__ import annotations

from kimplan.model.column_field import ColumnField
from kimplan.model.form import fields_of


def is_taken(name: str) -> bool:
    """Return whether the id of an own field says what every recommendation has.

    That is a key of a record or the name of a column, in the singular or the plural.
    """
    from kimplan.model.recommendation import Recommendation

    names = {*fields_of(Recommendation), *map(str, ColumnField), "rating"}
    return name.removesuffix("s") in {one.removesuffix("s") for one in names}
