"""A file's values to a model, or to diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kimplan.model.fields import PlanModel

if TYPE_CHECKING:
    from kimplan.loader.loaded_file import LoadedFile

_M = TypeVar("_M", bound=PlanModel)


def validate(loaded: LoadedFile[_M], value: dict[str, Any], model: type[_M]) -> _M | None:
    """Return `value` as a `model`, or None with the diagnostics added to `loaded`."""
    try:
        return model.model_validate(value)
    except ValidationError as failure:
        from kimplan.loader.faults import explain

        errors = failure.errors(include_url=False, include_input=False)
        loaded.diagnostics += [explain(loaded, error, model) for error in errors]
    return None
