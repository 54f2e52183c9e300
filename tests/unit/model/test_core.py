"""What pydantic's core is told of the models: the same as by pydantic's own generator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation

FILES = (Settings, Owners, Recommendation)
NOT_CHECKED = {"metadata", "ref", "computed_fields", "generic_origin"}  # of JSON Schema, and none
USUAL = {"custom_init": False, "root_model": False, "default_factory_takes_data": False}


def models(above: type[PlanModel] = PlanModel) -> Iterator[type[PlanModel]]:
    for model in above.__subclasses__():
        yield model
        yield from models(model)


def rebuild() -> None:
    for model in models():
        model.model_rebuild(force=True)


def told(model: type[PlanModel]) -> Any:
    schema: Mapping[str, Any] = model.__pydantic_core_schema__
    shared = {one["ref"]: one for one in schema.get("definitions", [])}

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "definition-ref":
            return plain(shared[value["schema_ref"]])
        kept = {key: plain(one) for key, one in value.items() if key not in NOT_CHECKED}
        return {key: one for key, one in kept.items() if key not in USUAL or one != USUAL[key]}

    return plain(schema["schema"] if schema["type"] == "definitions" else schema)


def test_as_by_pydantic_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    rebuild()
    ours = {model.__name__: told(model) for model in FILES}
    monkeypatch.delattr(PlanModel, "__get_pydantic_core_schema__")
    try:
        rebuild()
        own = {model.__name__: told(model) for model in FILES}
    finally:
        monkeypatch.undo()
        rebuild()
    assert len(str(own)) > 10_000
    assert ours == own
