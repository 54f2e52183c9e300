"""Every rule there is, for whoever explains codes or looks one up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kimplan.rules import groups

if TYPE_CHECKING:
    from kimplan.rules.base import Rule

ALL_RULES: tuple[type[Rule], ...] = tuple(
    sorted(
        (
            *groups.reading_rules(),
            *groups.error_rules(),
            *groups.warning_rules(),
            *groups.clock_rules(),
            *groups.change_rules(),
        ),
        key=lambda rule: rule.code,
    )
)


def rules_of(prefix: str) -> list[type[Rule]]:
    """Return the rules whose code is `prefix` or begins with it."""
    return [rule for rule in ALL_RULES if rule.code.startswith(prefix)]
