"""The schema of one plan's own fields, held against values as editors read them."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from conftest import record_fields, settings_fields

from kimplan.model.own_field import OwnField
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.schema import build_schema

OWN = [
    OwnField.model_validate(one)
    for one in (
        {"id": "risk", "label": "Risk", "type": "choice", "choices": ["1", "2.5", "No"]},
        {"id": "reviewed", "label": "Reviewed", "type": "date", "required": "true"},
        {"id": "paper", "label": "Paper", "type": "link"},
        {"id": "learning", "label": "Learning", "type": "text"},
        {"id": "lead", "label": "Lead"},
    )
]
RECORD = build_schema(Recommendation, OWN)


def accepts(schema: dict[str, Any], value: object) -> bool:
    found: bool = jsonschema.Draft7Validator(schema).is_valid(value)
    return found


@pytest.mark.parametrize(
    ("values", "is_right"),
    [
        ({}, True),
        ({"risk": "1"}, True),
        ({"risk": 1}, True),
        ({"risk": 2.5}, True),
        ({"risk": False}, True),
        ({"risk": True}, False),
        ({"risk": 3}, False),
        ({"reviewed": "July 2024"}, False),
        ({"paper": "https://example.org"}, True),
        ({"learning": "One.\n\nTwo."}, True),
        ({"lead": 24}, True),
        ({"lead": ""}, False),
        ({"cost": "1"}, False),
    ],
)
def test_a_record_is_judged_by_the_declared_fields(values: dict[str, Any], is_right: bool) -> None:
    record = record_fields(fields={"reviewed": "2024-07"} | values)
    assert accepts(RECORD, record) == is_right


def test_what_is_required_must_be_there() -> None:
    assert not accepts(RECORD, record_fields(fields={"lead": "A"}))
    assert not accepts(RECORD, record_fields())


@pytest.mark.parametrize(
    ("field", "own", "is_right"),
    [
        ("fields.risk", OWN, True),
        ("fields.cost", OWN, False),
        ("rag", OWN, True),
        ("rag", [], True),
        ("fields.risk", [], False),
        ("fields.cost", None, True),
        ("fields.", None, False),
    ],
)
def test_a_column_is_one_that_there_is(
    field: str, own: list[OwnField] | None, is_right: bool
) -> None:
    settings = settings_fields(columns=[{"field": field, "label": "A"}])
    assert accepts(build_schema(Settings, own), settings) == is_right
