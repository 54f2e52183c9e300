"""A file's values to a model, or to what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kimplan.model.fields import PlanModel

if TYPE_CHECKING:
    from kimplan.loader.faults import Fault

_M = TypeVar("_M", bound=PlanModel)


def validate(value: dict[str, Any], model: type[_M]) -> tuple[_M | None, list[Fault]]:
    """Return `value` as a `model`, or None and what is wrong with it."""
    try:
        return model.model_validate(value), []
    except ValidationError as failure:
        from kimplan.loader.faults import explain

        errors = failure.errors(include_url=False, include_input=False)
        return None, [explain(value, error, model) for error in errors]
