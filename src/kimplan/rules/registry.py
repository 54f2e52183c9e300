"""What owners.yaml says of a role and of who holds it (KP406, KP407)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kimplan.characters import shown
from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.rules.base import Rule

if TYPE_CHECKING:
    from kimplan.model.plan import Owner
    from kimplan.source import KeyPath

_LONGEST = 20  # of the words that stand for nobody


class _RegistryRule(Rule):
    """A rule about owners.yaml."""

    code = ""

    def _instead(self, at: KeyPath, new: str) -> Correction | None:
        """Return the lines that say `new` on one line at the path `at`."""
        from kimplan.writing import keys
        from kimplan.writing.correction import by_edit

        return by_edit(self.context.owners.document, lambda text: keys.set_line(text, at, new))


class NoRole(_RegistryRule):
    """A registered role is none: it is TBC, "everyone", a person's address or a person's name.

    A recommendation that such a role owns looks as if somebody had promised it. Write the role, and
    below it who holds it; take out what stands for nobody:

        owners:
          - role: Head of Repairs
            name: Jo Smith
            email: jo.smith@example.org
    """

    code = "KP406"

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        owners = self.context.owners
        for index, owner in enumerate(owners.value.owners if owners.value else ()):
            at: KeyPath = ("owners", index, "role")
            if _names_nobody(owner.role):
                message = f"the role {shown(owner.role)} names nobody"
                hint = "Delete the entry, and name the role wherever this one owns something."
                yield self.finding(owners, message, at, hint)
            elif "\n" in owner.role:
                message = f"the role {shown(owner.role)} goes on in the next line"
                correction = self._instead(at, " ".join(owner.role.split()))
                yield self.finding(
                    owners, message, at, "Write it on one line.", correction=correction
                )
            elif key := _key_of_person(owner):
                message = f"the role {shown(owner.role)} is a person's {key}, not a role"
                hint = f"Write the role that this person holds, and '{key}:' below it."
                yield self.finding(owners, message, at, hint)


def _names_nobody(words: str) -> bool:
    """Return whether words name nobody; long ones are not asked about, as most roles are."""
    if len(words) > _LONGEST:
        return False
    from kimplan.model.nobody import is_nobody

    return is_nobody(words)


def _key_of_person(owner: Owner) -> str:
    """Return the key that a role's words belong to, nothing where they are a role's."""
    if owner.name and owner.name.casefold() == owner.role.casefold():
        return "name"
    if "@" not in owner.role or " " in owner.role:
        return ""
    return "handle" if owner.role.startswith("@") else "email"


class NoEmailAddress(_RegistryRule):
    """An e-mail address in ``owners.yaml`` is none or more than one, or a name is nobody's.

    No reminder reaches whoever holds the role. Write one address, and nothing around it; for
    several people that is the address that they share. Where nobody holds the role yet, leave both
    lines out:

        email: repairs@example.org
    """

    code = "KP407"
    severity = Severity.WARNING

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        owners = self.context.owners
        for index, owner in enumerate(owners.value.owners if owners.value else ()):
            if owner.name is not None and _names_nobody(owner.name):
                message = f"the name {shown(owner.name)} is nobody's"
                hint = "Delete the line until somebody holds the role."
                yield self.finding(owners, message, ("owners", index, "name"), hint)
            if owner.email is not None and (found := self._finding_of(index, owner.email)):
                yield found

    def _finding_of(self, index: int, text: str) -> Diagnostic | None:
        from kimplan.model.email_addresses import email_in, fault_of_email, hint_of_email, is_email

        if is_email(text):
            return None
        at: KeyPath = ("owners", index, "email")
        meant = email_in(text)
        correction = self._instead(at, meant) if meant else None
        message = f"{shown(text)} is no e-mail address: {fault_of_email(text)}"
        hint = "Write the address alone." if meant else hint_of_email(text)
        return self.finding(self.context.owners, message, at, hint, correction=correction)
