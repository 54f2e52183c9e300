"""Several plans that are asked together."""

from __future__ import annotations

from typing import NamedTuple

from kimplan.model.plan import Plan


class PlanOf(NamedTuple):
    """A plan of a group; `name` stands before its refs among several plans, "" for one alone."""

    name: str
    plan: Plan
