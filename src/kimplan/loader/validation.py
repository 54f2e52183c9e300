"""A file's values to a model, or to what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kimplan.model.fields import PlanModel
from kimplan.model.rating import Scheme

if TYPE_CHECKING:
    from kimplan.loader.faults import Fault

# Said of a default value that depends on another field, which has an error of its own.
_FOLLOWS = "default_factory_not_called"
_M = TypeVar("_M", bound=PlanModel)


def validate(
    value: dict[str, Any], model: type[_M], scheme: Scheme = Scheme.RAG
) -> tuple[_M | None, list[Fault]]:
    """Return `value` as a `model`, or None and what is wrong with it.

    The words of ratings are those of the `scheme`.
    """
    try:
        # What `model_validate` calls, which looks first at options that are not used here.
        found: _M = model.__pydantic_validator__.validate_python(value, context=scheme)
        return found, []
    except ValidationError as failure:
        from kimplan.loader.faults import explain_all

        told = failure.errors(include_url=False, include_input=False)
        errors = [error for error in told if error["type"] != _FOLLOWS]
        return None, explain_all(value, errors, model, scheme)
