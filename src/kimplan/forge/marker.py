"""The hidden first line of an issue by which it is found again, whatever else is changed in it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

_MARKER = re.compile(
    r"\A<!-- kimplan-reminder ([0-9a-f]{16})/([0-9a-f]{16})((?: [0-9a-f]{8})*) -->\s"
)
MOST_TOLD = 500  # hashes of nine characters, beside a text of 60,000: a forge takes 65,536


class Key(NamedTuple):
    """Which issue it is: of which plan or plans, and of which role, each as a short hash."""

    plan: str
    role: str


class Marker(NamedTuple):
    """The key of an issue, and what it has told so far, a short hash for each thing."""

    key: Key
    told: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """Return it as a comment of Markdown, which a forge shows to nobody."""
        told = "".join(f" {one}" for one in sorted(self.told))
        return f"<!-- kimplan-reminder {self.key.plan}/{self.key.role}{told} -->"


def make_key(place: str, role: str) -> Key:
    """Return the key of a role's issue; `place` is where its plan stands in the repository."""
    return Key(_short(place, 16), _short(" ".join(role.casefold().split()), 16))


def token_of(*texts: object) -> str:
    """Return what stands for a thing that was told, the same whenever its texts are the same."""
    return _short("\0".join(map(str, texts)), 8)


def read_marker(body: str | None) -> Marker | None:
    """Return the marker that an issue's text begins with, or None."""
    found = _MARKER.match(body or "")
    if not found:
        return None
    return Marker(Key(found[1], found[2]), frozenset(found[3].split()))


def is_alike(one: str | None, other: str) -> bool:
    """Return whether two texts are the same to a forge, which may keep its own line ends."""
    return _lines(one or "") == _lines(other)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def _short(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
