"""The rules of a plan: one small class a code, whose docstring is its documentation."""

from kimplan.rules.base import ChangeRule, ClockRule, Context, ReadingRule, Rule

__all__ = ["ChangeRule", "ClockRule", "Context", "ReadingRule", "Rule"]
