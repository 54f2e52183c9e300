"""No field of a recommendation is forgotten: what is changed is told, what is there is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import AS_OF, make_item, make_plan

from kimplan.answers.answer import Answer
from kimplan.answers.record import answer_records
from kimplan.changes.fields import differences
from kimplan.model.due import Due
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation

_VALUES: dict[type, tuple[str, str]] = {
    str: ("governance", "repairs"),
    Rating: ("green", "red"),
    Due: ("2021-01", "2022-02"),
    date: ("2021-01-01", "2022-02-02"),
    bool: ("true", "false"),
}
_Path = tuple[str, ...]


def paths(model: type[PlanModel], above: _Path = ()) -> Iterator[_Path]:
    """Yield where each value of a record stands: the names of its field and of those around it."""
    for name, field in fields_of(model).items():
        kind = type_of(field).kind
        if issubclass(kind, PlanModel):
            yield from paths(kind, (*above, name))
        else:
            yield (*above, name)


def record(
    other: _Path = (), model: type[PlanModel] = Recommendation, above: _Path = ()
) -> dict[str, Any]:
    """Return all fields, with one entry in each list, and with another value at `other`."""
    fields: dict[str, Any] = {}
    for name, field in fields_of(model).items():
        holds, path = type_of(field), (*above, name)
        if issubclass(holds.kind, PlanModel):
            value: Any = record(other, holds.kind, path)
        else:
            value = _VALUES[holds.kind][path == other]
        value = {"priority": value} if holds.is_mapping else value
        fields[name] = [value] if holds.is_list else value
    return fields


each_value = pytest.mark.parametrize("path", list(paths(Recommendation)), ids=".".join)


def shown(fields: dict[str, Any]) -> Answer:
    plan = make_plan(fields)
    return answer_records(plan, list(plan.recommendations), AS_OF)


def test_the_record_has_every_field() -> None:
    assert len(list(paths(Recommendation))) > 30
    assert make_item(**record()).model_fields_set == set(Recommendation.model_fields)


@each_value
def test_another_value_is_a_change(path: _Path) -> None:
    assert differences(make_item(**record()), make_item(**record(path))) != []


@each_value
def test_another_value_is_shown(path: _Path) -> None:
    before, after = shown(record()), shown(record(path))
    assert before.data != after.data
    assert before.parts != after.parts
