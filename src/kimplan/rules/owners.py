"""Who owns what (KP4xx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kimplan.characters import shown
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.rules.base import Context, Rule

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.plan import Owner
    from kimplan.model.recommendation import Recommendation
    from kimplan.rules.roster import Roster
    from kimplan.source import KeyPath


class _OwnerRule(Rule):
    """A rule that knows the registered roles, and asks more of them only where one is unknown."""

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        registry = context.owners.value
        self._roles = frozenset(map(_on_one_line, registry.owners)) if registry else None

    @cached_property
    def _roster(self) -> Roster:
        from kimplan.rules.roster import Roster

        registry = self.context.owners.value
        return Roster(registry.owners if registry else [])

    def _unknown(self, item: Recommendation) -> Sequence[tuple[KeyPath, str]]:
        """Return each entry that is no registered role, and where it stands."""
        roles = self._roles
        if roles is None or (not item.actions and roles.issuperset(item.owners)):
            return ()
        return [(at, entry) for at, entry in _named_roles(item) if entry not in roles]


def _on_one_line(owner: Owner) -> str:
    """Return a role; where it goes on in the next line, as it is to be written."""
    return " ".join(owner.role.split()) if "\n" in owner.role else owner.role


class UnknownOwner(_OwnerRule):
    """An owner is not in ``owners.yaml``.

    A misspelt role is a task that nobody has, and so is one that TBC, "everyone" or "vacant" owns.
    An owner is a role and no person, who may leave: who holds it is said in ``owners.yaml``.
    Correct the name, or register the role there:

        owners:
          - role: Head of Repairs
            name: Jo Smith
    """

    code = "KP401"
    about = frozenset({"owners", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for at, entry in self._unknown(item):
            if not self._roster.together(entry):
                yield self._like_another(file, at, entry) or self._told(file, item, at, entry)

    def _told(
        self, file: LoadedFile[Recommendation], item: Recommendation, at: KeyPath, entry: str
    ) -> Diagnostic:
        from kimplan.rules.owner_hints import about, instead

        where = self.context.owners.path
        message, hint, meant = about(entry, at, item, self._roster, where)
        correction = instead(file.document, item, at, [meant]) if meant else None
        return self.finding(file, message, at, hint, correction=correction)

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


class OwnersRunTogether(_OwnerRule):
    """Two registered roles stand in one entry.

    They count as one role that nobody holds, and neither of the two finds the item under its
    name. Give each a line of its own below `owners:`. An action has one owner: name one of them, or
    make an action of each.
    """

    code = "KP404"
    about = frozenset({"owners", "actions"})

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for at, entry in self._unknown(item):
            found = self._roster.together(entry)
            if not found:
                continue
            from kimplan.rules.owner_hints import instead

            message = f"{shown(entry)} runs {len(found)} roles together"
            parts = " and ".join(shown(part) for part in found[:5])
            is_action, is_sure = at[0] == "actions", not self._roster.says_more(entry)
            correction = None
            if is_sure and not is_action:
                correction = instead(file.document, item, at, found)
            say = "An action has one owner; make one of each" if is_action else "Write a line each"
            yield self.finding(file, message, at, f"{say}: {parts}.", correction=correction)


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
    about = frozenset({"owners"})

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


class IdleRole(_OwnerRule):
    """A registered role owns nothing.

    It may be left over, or a recommendation may have lost its owner. Delete the role if nobody
    needs it.
    """

    code = "KP405"
    severity = Severity.INFO
    about = frozenset({"owners", "actions"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._named: set[str] = set()

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note who owns something, be it in an entry with another role."""
        self._named.update(item.owners)
        self._named.update([action.owner for action in item.actions if action.owner])
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        owners = self.context.owners
        if not owners.value or self.context.broken or not self.context.paths:
            return
        entries = self._named.difference(self._roles or ())
        together = [self._roster.together(entry) for entry in entries]
        if not all(together):
            return  # an owner that nobody knows may be any of them
        meant = {role for roles in together for role in roles}
        for index, owner in enumerate(owners.value.owners):
            if owner.role not in self._named and owner.role not in meant:
                message = f"the role {shown(owner.role)} owns nothing"
                from kimplan.rules.owner_hints import command

                by_command = command("remove", owner.role)
                hint = f"Delete it if nobody needs it{by_command and f': {by_command}'}."
                yield self.finding(owners, message, ("owners", index, "role"), hint)
