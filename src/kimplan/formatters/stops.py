"""Why a check has no findings, in the formats that must not take that for a pass."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.formatters.findings import in_one_line


class Stop(NamedTuple):
    """Why there are no findings, of the plan called `plan` if there are several."""

    message: str
    hint: str = ""
    plan: str = ""

    def __str__(self) -> str:
        """Return what happened in one sentence, without what to do."""
        return f"{self.plan} was not checked: {self.message}" if self.plan else self.message


def stop_sentences(stop: Stop) -> str:
    """Return why there are no findings, and what to do, on one line."""
    return in_one_line(str(stop), stop.hint)
