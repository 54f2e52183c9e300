"""Who owns what (KP4xx)."""

from __future__ import annotations

from collections.abc import Iterator

from kimplan.diagnostic import Diagnostic
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.base import Context, Rule
from kimplan.source import Path, shown


class UnknownOwner(Rule):
    """An owner is not in ``owners.yaml``.

    A misspelt role is a task that nobody has. Correct the name, or register the role in
    ``plan/owners.yaml`` with ``- role: …``.
    """

    code = "KP401"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        registry = context.owners.value
        self._roles = {owner.role for owner in registry.owners} if registry else None

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if self._roles is None:
            return
        for at, role in _named_roles(item):
            if role not in self._roles:
                hint = did_you_mean(role, self._roles)
                hint = hint or f"Add '- role: {role}' to {self.context.owners.path}."
                message = f"the owner {shown(role)} is not in {self.context.owners.path}"
                yield file.finding(self.code, message, at, hint)


def _named_roles(item: Recommendation) -> Iterator[tuple[Path, str]]:
    """Yield where each owner of a recommendation and of its actions stands, and the role."""
    for index, role in enumerate(item.owners):
        yield ("owners", index), role
    for index, action in enumerate(item.actions):
        if action.owner:
            yield ("actions", index, "owner"), action.owner


class NoOwner(Rule):
    """An amber or red recommendation has no owner.

    A promise that nobody owns is not kept. Name at least one role below ``owners:``.
    """

    code = "KP402"

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_open and not item.owners:
            message = f"{item.ref} is {item.rag} but has no owner"
            hint = "Add 'owners:' and below it a line '  - ' with a role of owners.yaml."
            yield file.finding(self.code, message, ("rag",), hint, key=True)
