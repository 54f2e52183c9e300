"""The earlier state of a plan, as data: what a change is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.plan import Settings
    from kimplan.model.recommendation import Recommendation


class Base(NamedTuple):
    """The earlier state of the plan that a change is held against.

    `changed` are the paths of the files that are new or differ from it; `records` are, by path,
    those that it has and that have changed or are gone; `settings` is its ``plan.yaml`` if that
    has changed.
    """

    name: str
    changed: frozenset[str]
    records: Mapping[str, LoadedFile[Recommendation]]
    settings: LoadedFile[Settings] | None = None
