"""Several plans that are asked one question."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.model.plan import Plan


class PlanOf(NamedTuple):
    """A plan and its `name` among several, which stands before its refs; empty for one alone."""

    name: str
    plan: Plan
