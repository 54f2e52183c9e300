"""The rules of a plan: one small class a code, whose docstring is its documentation."""

from kimplan.rules.base import Context, Rule
from kimplan.rules.owners import NoOwner, UnknownOwner
from kimplan.rules.ratings import MissingDue, NeedlessDue
from kimplan.rules.references import (
    DuplicateRef,
    DuplicateSetting,
    NoRecommendations,
    RefIsNotFileName,
    UnknownSection,
)

ALL_RULES: tuple[type[Rule], ...] = (
    MissingDue,
    NeedlessDue,
    UnknownOwner,
    NoOwner,
    DuplicateRef,
    RefIsNotFileName,
    UnknownSection,
    DuplicateSetting,
    NoRecommendations,
)

__all__ = ["ALL_RULES", "Context", "Rule"]
