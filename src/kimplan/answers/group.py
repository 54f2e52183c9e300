"""Several plans, each by its name."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.model.plan import Plan


class PlanOf(NamedTuple):
    """A plan among others; `name` stands before its refs, and is empty for a plan by itself."""

    name: str
    plan: Plan
