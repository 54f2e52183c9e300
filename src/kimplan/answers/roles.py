"""The registered roles and how much each of them has: ``kimplan owners list``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.naming import named, one_line
from kimplan.model.plan import Owner, Plan
from kimplan.plural import count

_NONE = "-"
_QUIET = {_NONE: Tone.QUIET}


class Load(NamedTuple):
    """How many recommendations and sub-actions a role has, and how many of them are open.

    A sub-action is open while it is not done.
    """

    open: int
    total: int
    open_actions: int
    actions: int

    @property
    def is_idle(self) -> bool:
        """Whether it has nothing at all."""
        return not self.total and not self.actions


def load_of(plan: Plan, role: str) -> Load:
    """Return how much `role` has in `plan`."""
    items = [item for item in plan.recommendations if role in item.owners]
    actions = [
        action for item in plan.recommendations for action in item.actions if action.owner == role
    ]
    return Load(
        sum(item.rag.is_open for item in items),
        len(items),
        sum(action.is_open for action in actions),
        len(actions),
    )


def answer_roles(plan: Plan) -> Answer:
    """Return the roles of `plan` in the registry's order, each with what it has."""
    loads = [(owner, load_of(plan, owner.role)) for owner in plan.owners]
    idle = [owner.role for owner, load in loads if load.is_idle]
    parts: tuple[Part, ...] = (
        Heading(count(len(loads), "role")),
        *([_table(loads)] if loads else []),
        *_idle(idle),
    )
    return Answer(parts, {"roles": [_data(*one) for one in loads]})


def _table(loads: list[tuple[Owner, Load]]) -> Table:
    has_handles = any(owner.handle for owner, _ in loads)
    has_actions = any(load.actions for _, load in loads)
    columns = (
        Column("Role", share=2),
        *([Column("Handle", share=1, tones=_QUIET)] if has_handles else []),
        Column("Open", is_number=True, tones=_QUIET),
        Column("All", is_number=True, tones=_QUIET),
        *([_actions("Open actions"), _actions("All actions")] if has_actions else []),
    )
    rows = [tuple(_cells(*one, has_handles, has_actions)) for one in loads]
    return Table(columns, rows)


def _actions(title: str) -> Column:
    return Column(title, is_number=True, snug=len("actions"), tones=_QUIET)


def _cells(owner: Owner, load: Load, has_handles: bool, has_actions: bool) -> Iterator[str]:
    yield one_line(owner.role)
    if has_handles:
        yield owner.handle or _NONE
    for number in load if has_actions else load[:2]:
        yield f"{number:,}" if number else _NONE


def _idle(roles: list[str]) -> Iterator[Line]:
    if roles:
        verb = "owns" if len(roles) == 1 else "own"
        yield Line(f"{count(len(roles), 'role')} {verb} nothing: {named(roles)}.")


def _data(owner: Owner, load: Load) -> dict[str, Any]:
    return {
        "role": owner.role,
        "name": owner.name,
        "handle": owner.handle,
        "open": load.open,
        "total": load.total,
        "open_actions": load.open_actions,
        "actions": load.actions,
    }
