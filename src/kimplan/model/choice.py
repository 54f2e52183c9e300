"""Words to choose from, each with what it means."""

from __future__ import annotations

import enum


class Choice(enum.StrEnum):
    """A value that is one of a few words; a member is defined as ``"word", "What it means."``."""

    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Choice:
        """Return the member of that word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member
