"""Who gets which digests: one mail an address, and whom none can reach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kimplan.answers.letter_words import people
from kimplan.answers.reminders import Digest
from kimplan.mail.address import fault

_NOBODY = "nobody is known as the secretary: name a role or an address with --secretary"
_GONE = "the role is no longer registered"


class Recipient(NamedTuple):
    """An address, whose it is, and all digests that are theirs, one a role, at least one.

    Somebody who holds several roles gets one mail; `name` names all who share the address, or is
    the first role where no name is known.
    """

    name: str
    address: str
    digests: tuple[Digest, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the mail is for, each once."""
        return tuple(dict.fromkeys(one.role for one in self.digests))


class Unreached(NamedTuple):
    """A digest that cannot be sent, and why."""

    digest: Digest
    why: str


def share_out(digests: Iterable[Digest]) -> tuple[list[Recipient], list[Unreached]]:
    """Return who gets which of `digests`, in their order, and those that nobody can be sent."""
    found: dict[str, list[Digest]] = {}
    unreached = []
    for digest in digests:
        why = _why_not(digest)
        if why:
            unreached.append(Unreached(digest, why))
        else:
            found.setdefault(_address(digest).casefold(), []).append(digest)
    return [_recipient(mine) for mine in found.values()], unreached


def _why_not(digest: Digest) -> str:
    if digest.owner is None:
        return _NOBODY if digest.is_secretary else _GONE
    return fault(_address(digest))


def _address(digest: Digest) -> str:
    return (digest.owner.email or "").strip() if digest.owner else ""


def _recipient(digests: list[Digest]) -> Recipient:
    names = people([one.owner.name for one in digests if one.owner])
    return Recipient(names or digests[0].role, _address(digests[0]), tuple(digests))
