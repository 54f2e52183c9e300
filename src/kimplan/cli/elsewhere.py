"""The plan that is meant where a command names none: before the command, or in KIMPLAN_PLAN."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Any

from kimplan.errors import KimplanError, PlanNotFoundError

VARIABLE = "KIMPLAN_PLAN"


class Elsewhere:
    """The plans that were named before the command, and whether the variable was heard."""

    def __init__(self) -> None:
        self.before: list[str] = []
        self._is_variable = False

    def fill(self, values: MutableMapping[str, Any], command: str, *, takes_several: bool) -> None:
        """Name the plan among the `values` of a command that were given, if none is there.

        Raises KimplanError where the variable names several and the command takes one.
        """
        if values.get("plan"):
            return
        named = self.before or ([] if values.get("plans") else in_variable())
        self._is_variable = bool(named) and not self.before
        if not named:
            return
        if self._is_variable and len(named) > 1 and not takes_several:
            message = f"{VARIABLE} names {len(named)} plans, and {command} takes one"
            raise KimplanError(message, "Name it: --plan FOLDER.")
        values["plan"] = named if takes_several else named[-1]

    def explained(self, error: KimplanError) -> KimplanError:
        """Return `error`, with the variable named where that is where the plan comes from."""
        if not (self._is_variable and isinstance(error, PlanNotFoundError)):
            return error
        hint = f"The variable {VARIABLE} names this plan; unset it, or give --plan FOLDER."
        return PlanNotFoundError(error.message, hint)


def in_variable() -> list[str]:
    """Return the folders that the variable names, parted as the system parts those of PATH."""
    return [name for name in os.environ.get(VARIABLE, "").split(os.pathsep) if name]


elsewhere = Elsewhere()
