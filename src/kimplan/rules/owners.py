"""Who owns what (KP4xx)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.base import Context, Rule
from kimplan.source import KeyPath, shown

_JOINT = "(?<=[a-z)])(?=[A-Z])"  # of two roles with nothing between them


class UnknownOwner(Rule):
    """An owner is not in ``owners.yaml``.

    A misspelt role is a task that nobody has. Correct the name, or register the role in
    ``plan/owners.yaml`` with ``- role: …``.
    """

    code = "KP401"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        registry = context.owners.value
        self._roles = dict.fromkeys(owner.role for owner in registry.owners) if registry else None

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if self._roles is None:
            return
        for at, role in _named_roles(item):
            if role not in self._roles and len(_roles_in(role, self._roles)) < 2:
                yield self._like_another(file, at, role) or self._unknown(file, at, role)

    def _unknown(self, file: LoadedFile[Recommendation], at: KeyPath, role: str) -> Diagnostic:
        hint = did_you_mean(role, self._roles or ())
        hint = hint or f"Add '- role: {role}' to {self.context.owners.path}."
        message = f"the owner {shown(role)} is not in {self.context.owners.path}"
        return self.finding(file, message, at, hint)

    def _like_another(
        self, file: LoadedFile[Recommendation], at: KeyPath, role: str
    ) -> Diagnostic | None:
        """Return that an owner only looks like a role, if it does."""
        from kimplan.sight.difference import difference, same_by_sight

        like = same_by_sight(role, self._roles or ())
        if like is None:
            return None
        from kimplan.writing.correction import by_edit
        from kimplan.writing.keys import set_text

        ours, theirs = difference(role, like)
        message = (
            f"the owner {shown(role)} has {ours}, where {self.context.owners.path} has {theirs}"
        )
        hint = f"Write it as it stands there: {shown(like)}."
        correction = by_edit(file.document, lambda text: set_text(text, at, like))
        return self.finding(file, message, at, hint, correction=correction)


class OwnersRunTogether(Rule):
    """Two registered roles stand in one entry.

    They count as one role that nobody holds, and neither of the two finds the item under its
    name. Give each a line of its own below `owners:`.
    """

    code = "KP404"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        registry = context.owners.value
        self._roles = [owner.role for owner in registry.owners] if registry else []

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for at, role in _named_roles(item):
            if role in self._roles:
                continue
            found = _roles_in(role, self._roles)
            if len(found) > 1:
                message = f"{shown(role)} runs {len(found)} roles together"
                parts = " and ".join(shown(part) for part in found[:5])
                yield self.finding(file, message, at, f"Write a line each: {parts}.")


def _roles_in(entry: str, roles: Iterable[str]) -> list[str]:
    """Return the roles that `entry` holds, in their order there; the longest are taken first.

    A role ends where a word ends, or where a small letter stands before a capital.
    """
    rest, folded, found = entry, entry.casefold(), []
    near = [role for role in roles if role.casefold() in folded]
    for role in sorted(near, key=lambda role: (-len(role), role)):
        words = re.compile(rf"(?:(?<!\w)|{_JOINT})(?i:{re.escape(role)})(?:(?!\w)|{_JOINT})")
        if place := words.search(rest):
            found.append((place.start(), role))
            rest = rest[: place.start()] + "\0" * len(place.group()) + rest[place.end() :]
    return [role for _, role in sorted(found)]


def _named_roles(item: Recommendation) -> Iterator[tuple[KeyPath, str]]:
    """Yield where each owner of a recommendation and of its actions stands, and the role."""
    for index, role in enumerate(item.owners):
        yield ("owners", index), role
    for index, action in enumerate(item.actions):
        if action.owner:
            yield ("actions", index, "owner"), action.owner


class NoOwner(Rule):
    """An open recommendation has no owner.

    A promise that nobody owns is not kept. Name at least one role below ``owners:``.
    """

    code = "KP402"

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if item.rag.is_open and not item.owners:
            message = f"{item.ref} is {item.rag} but has no owner"
            hint = "Add 'owners:' and below it a line '  - ' with a role of owners.yaml."
            yield self.finding(file, message, ("rag",), hint, key=True)


class OwnerTwice(Rule):
    """The same owner stands twice in one recommendation.

    The report would print the role twice. Delete one of them.
    """

    code = "KP403"
    severity = Severity.WARNING

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        if len(item.owners) < 2:
            return
        seen: set[str] = set()
        for index, role in enumerate(item.owners):
            name = " ".join(role.casefold().split())
            if name in seen:
                message = f"the owner {shown(role)} stands twice"
                yield self.finding(file, message, ("owners", index), "Delete one of them.")
            seen.add(name)


class IdleRole(Rule):
    """A registered role owns nothing.

    It may be left over, or a recommendation may have lost its owner. Delete the role if nobody
    needs it.
    """

    code = "KP405"
    severity = Severity.INFO

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._named: set[str] = set()
        registry = context.owners.value
        self._roles = [owner.role for owner in registry.owners] if registry else []

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note who owns something, be it in an entry with another role."""
        self._named.update(role for _, role in _named_roles(item))
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        owners = self.context.owners
        if not owners.value or self.context.broken or not self.context.paths:
            return
        entries = [entry for entry in self._named if entry not in self._roles]
        run_together = {role for entry in entries for role in _roles_in(entry, self._roles)}
        for index, owner in enumerate(owners.value.owners):
            if owner.role not in self._named and owner.role not in run_together:
                message = f"the role {shown(owner.role)} owns nothing"
                hint = "Delete it if nobody needs it."
                yield self.finding(owners, message, ("owners", index, "role"), hint)
