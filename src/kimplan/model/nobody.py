"""The words with which an owner is left open: TBC, vacant, everyone, as above."""

from __future__ import annotations

import re
from typing import NamedTuple

_NO_WORD = re.compile(r"[\W_]+")
# Of another recommendation: see REC5, same as item 4.
_ELSEWHERE = re.compile(r"(?:see|as|as per|as for|same as|refer to) (?:[a-z]+ )?[a-z]{0,5}\d[\w ]*")


class Nobody(NamedTuple):
    """Why an entry names nobody, as the end of a sentence, and what to do."""

    why: str
    hint: str


_OPEN = frozenset(
    {
        "",
        "tbc",
        "tba",
        "tbd",
        "t b c",
        "t b a",
        "t b d",
        "n a",
        "na",
        "none",
        "no",
        "todo",
        "to do",
        "nil",
        "null",
        "x",
        "xx",
    }
    | {
        "xxx",
        "nobody",
        "no one",
        "noone",
        "no owner",
        "no one yet",
        "none yet",
        "unknown",
        "not known",
    }
    | {"not yet known", "not applicable", "to be confirmed", "to be agreed", "to be decided"}
    | {"to be determined", "to be advised", "to be announced", "to be appointed", "to be assigned"}
    | {"to be allocated", "to be identified", "to be recruited", "to follow", "pending", "vacant"}
    | {"vacancy", "vacant post", "post vacant", "currently vacant", "unassigned", "unallocated"}
    | {"not assigned", "not yet assigned", "not allocated", "not yet allocated", "not appointed"}
    | {"not yet appointed", "not yet decided", "not decided", "awaiting appointment", "recruiting"}
    | {"new starter", "new post", "owner", "owner tbc", "role", "role tbc", "name", "name tbc"}
    | {
        "insert name",
        "insert role",
        "insert owner",
        "tbc tbc",
        "under recruitment",
        "recruitment in progress",
        "recruitment ongoing",
        "someone",
        "somebody",
        "anyone",
    }
)
_ALL = frozenset(
    {
        "all",
        "everyone",
        "everybody",
        "all staff",
        "all teams",
        "all managers",
        "all of us",
        "all owners",
    }
    | {"various", "various teams", "various staff", "various owners", "several", "multiple", "many"}
    | {"multiple owners", "shared", "joint", "any", "whole team", "the whole team", "we", "us"}
)
_ABOVE = frozenset(
    {"as above", "see above", "same as above", "as before", "same", "ditto", "do", "as previous"}
    | {
        "same as last time",
        "as last time",
        "see below",
        "as below",
        "all of the above",
        "me",
        "myself",
        "i",
    }
)


def tidy(text: str) -> str:
    """Return the words of `text` in small letters, with nothing but a space between them."""
    from unicodedata import normalize

    plain = normalize("NFKC", text).casefold().replace("&", " and ").replace("+", " and ")
    return _NO_WORD.sub(" ", plain).strip()


def is_nobody(text: str) -> bool:
    """Return whether `text` names no role, and says so."""
    return nobody_of(text) is not None


def says_nothing(text: str) -> bool:
    """Return whether `text` says that there is nothing yet, or nothing at all: TBC, none, N/A."""
    return tidy(text) in _OPEN and text.strip().isascii()


def nobody_of(text: str) -> Nobody | None:
    """Return why `text` names nobody, None where it may be a role or a person."""
    words = tidy(text)
    words = words.removesuffix(" yet") or words
    if words in _OPEN:
        return Nobody("is no owner: nobody owns it yet", "Say who will own it, or who decides that")
    if words in _ALL:
        return Nobody("is no owner: what all own, nobody does", "Name each role that owns it")
    if words in _ABOVE or _ELSEWHERE.fullmatch(words):
        return Nobody("names no role", "Write the role itself")
    return None
