"""What somebody must be told of a Word copy, beside the changes that are taken from it."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Kind(enum.StrEnum):
    """What becomes of something that was found in a copy."""

    CONFLICT = "conflict"  # the plan, or another copy, says something else as well
    NEEDS = "needs"  # it cannot be taken before somebody has said more
    REFUSED = "refused"  # it is not allowed
    LEFT = "left"  # it is left to somebody to do; the rest may be written
    TOLD = "told"  # it is only said

    @property
    def holds_back(self) -> bool:
        """Whether nothing may be written as long as it stands."""
        return self not in {Kind.LEFT, Kind.TOLD}

    @property
    def asks(self) -> bool:
        """Whether somebody has to do something about it."""
        return self is not Kind.TOLD


class Finding(NamedTuple):
    """Something to be said about the recommendation `ref`, or the whole file where it is empty.

    `what` is a field, or what it is about in one word: ``row-added``. `text` is a sentence
    without its full stop, `hint` says what to do, and `code` is the rule that asks for it.
    """

    kind: Kind
    ref: str
    what: str
    text: str
    hint: str = ""
    code: str = ""
    value: str = ""
    file: str = ""
