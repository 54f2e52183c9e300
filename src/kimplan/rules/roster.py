"""Which registered roles an entry means that is none of them letter by letter, if that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kimplan.model.email_addresses import email_in
from kimplan.model.nobody import is_nobody, tidy
from kimplan.model.suggestion import slips

if TYPE_CHECKING:
    from kimplan.model.plan import Owner

_JOINT = "(?<=[a-z)])(?=[A-Z])"  # of two roles with nothing between them
_PARTS = re.compile(r"\s*(?:[,;/&+|\n]|\band\b|\bwith\b)\s*", re.IGNORECASE)
_ASIDES = re.compile(r"[\s,:;/]*(?:[()\[\]–—,:;/]|\s-\s)[\s,:;/]*")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "cllr"})
_LABELS = frozenset({"role", "owner", "name"})
_BETWEEN = frozenset({"and", "with", "the", "plus", "also", "jointly", "both"})
_LEFT_OUT = frozenset({"of", "the", "and", "for", "our"})
_IN_FULL = {
    "admin": "administration",
    "assoc": "associate",
    "asst": "assistant",
    "ceo": "chief executive",
    "co": "company",
    "comms": "communications",
    "coord": "coordinator",
    "cust": "customer",
    "dep": "deputy",
    "dir": "director",
    "exec": "executive",
    "fin": "finance",
    "gov": "governance",
    "hd": "head",
    "info": "information",
    "mgmt": "management",
    "mgr": "manager",
    "mngr": "manager",
    "ops": "operations",
    "sec": "secretary",
    "snr": "senior",
    "sr": "senior",
    "svcs": "services",
    "tech": "technical",
}
_LEAVER = re.compile(
    r"[\s(\[,;–-]+(?:(?:has|who|now|since) )*(?:left|leaver|leaving|leaves|retired|resigned)\b.*\Z",
    re.IGNORECASE,
)
_A_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
# Words of roles, which a person is rarely called.
_OF_ROLES = frozenset(
    {
        "adviser",
        "advisor",
        "analyst",
        "area",
        "assistant",
        "associate",
        "auditor",
        "board",
        "business",
    }
    | {
        "care",
        "chair",
        "chief",
        "committee",
        "communications",
        "company",
        "complaints",
        "compliance",
    }
    | {
        "contractor",
        "coordinator",
        "customer",
        "data",
        "deputy",
        "development",
        "digital",
        "director",
    }
    | {
        "estate",
        "estates",
        "executive",
        "finance",
        "governance",
        "group",
        "head",
        "housing",
        "income",
    }
    | {"lead", "manager", "maintenance", "officer", "operations", "owner", "partner", "people"}
    | {"programme", "project", "property", "quality", "repairs", "safety", "secretary", "senior"}
    | {"service", "services", "staff", "steering", "supervisor", "support", "surveyor", "systems"}
    | {"team", "teams", "technical", "tenancy", "tenant", "treasurer", "trustee", "asset", "assets"}
)


def normal(text: str) -> str:
    """Return a role without what people write in different ways: plurals, short forms, `&`."""
    words = [_IN_FULL.get(word, word) for word in tidy(text).split() if word not in _LEFT_OUT]
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)


def looks_like_name(text: str) -> bool:
    """Return whether `text` may be a person's name: two or three words that no role has."""
    words = text.split()
    return (
        1 < len(words) < 4
        and all(_A_NAME.fullmatch(word) and word[0].isupper() for word in words)
        and _OF_ROLES.isdisjoint(tidy(text).split())
    )


class Roster:
    """The registered roles, and whom each means; asked only about entries that are none of them."""

    def __init__(self, owners: Sequence[Owner]) -> None:
        self.owners = owners
        self.roles = [owner.role for owner in owners]

    def holds(self, entry: str) -> list[str]:
        """Return the roles that `entry` holds, in their order there; the longest are taken first.

        A role ends where a word ends, or where a small letter stands before a capital.
        """
        return self._held(entry)[0]

    def says_more(self, entry: str) -> bool:
        """Return whether `entry` holds words that are neither a role nor between two of them."""
        if all(len(self.meant(part)) == 1 for part in parts_of(entry)):
            return False
        rest = self._held(entry)[1].replace("\0", " ")
        return not _BETWEEN.issuperset(tidy(rest).split())

    def _held(self, entry: str) -> tuple[list[str], str]:
        rest, folded, found = entry, entry.casefold(), []
        near = [role for role in dict.fromkeys(self.roles) if role.casefold() in folded]
        for role in sorted(near, key=lambda role: (-len(role), role)):
            words = re.compile(rf"(?:(?<!\w)|{_JOINT})(?i:{re.escape(role)})(?:(?!\w)|{_JOINT})")
            if place := words.search(rest):
                found.append((place.start(), role))
                rest = rest[: place.start()] + "\0" * len(place.group()) + rest[place.end() :]
        return [role for _, role in sorted(found)], rest

    def together(self, entry: str) -> list[str]:
        """Return the roles that `entry` runs together, in their order there; none if it is one."""
        if len(held := self.holds(entry)) > 1:
            return held
        each = [self.meant(part) for part in parts_of(entry)]
        found = list(dict.fromkeys(role for roles in each for role in roles))
        return found if len(found) > 1 and all(len(roles) == 1 for roles in each) else []

    def meant(self, entry: str) -> list[str]:
        """Return the role that `entry` surely means; several where it may be any of them."""
        entry = re.sub(r"\A\s*(?:role|owner)\s*[:–-]\s*", "", entry, flags=re.IGNORECASE)
        entry = without_leaving(entry)
        return self.written_as(entry) or self.held_by(entry) or self._beside_a_name(entry)

    def begins_as(self, entry: str) -> list[str]:
        """Return the roles whose initials `entry` may be, or those of the person who holds them."""
        letters = entry.strip().replace(".", "").casefold()
        if len(letters) != 2 or not entry.isupper():
            return []
        named = [one.role for one in self.owners if letters in _initials(one.name or "")]
        return [role for role in dict.fromkeys(self.roles) if letters in _initials(role)] or named

    def written_as(self, entry: str) -> list[str]:
        """Return the roles that `entry` writes in another way, or with a slip of the keys."""
        same = self._by_normal.get(normal(entry), [])
        return same or self._short_for(entry) or self._misspelt(entry)

    def held_by(self, entry: str) -> list[str]:
        """Return the roles of the person whom `entry` names by a name, an address or a handle."""
        entry = without_leaving(entry)
        plain = (email_in(entry) or entry.strip()).casefold()
        held = [*self._by_person.get(plain.lstrip("@"), ())]
        return held or [*self._by_person.get(tuple(_of_name(entry)), ())]

    def called(self, entry: str) -> Owner | None:
        """Return the one registered person whose first or last name is all that `entry` says."""
        word = " ".join(_of_name(entry))
        found = [one for one in self.owners if one.name and word in tidy(one.name).split()]
        return found[0] if len(found) == 1 and len(word) > 1 else None

    def around(self, entry: str) -> str:
        """Return the only role that has all words of `entry`, and more; or nothing."""
        words = set(normal(entry).split())
        found = [
            role
            for known, roles in self._by_normal.items()
            for role in roles
            if words and words <= set(known.split())
        ]
        return found[0] if len(found) == 1 else ""

    def _beside_a_name(self, entry: str) -> list[str]:
        """Return the role of ``Head of Repairs (Jo Smith)`` and the like."""
        parts = [part for part in _ASIDES.split(entry) if part.strip()]
        if len(parts) < 2:
            return []
        named = [self.written_as(part) or self.held_by(part) for part in parts]
        rest = [part for part, roles in zip(parts, named, strict=True) if not roles]
        found = list(dict.fromkeys(role for roles in named for role in roles))
        is_sure = all(looks_like_name(part) or "@" in part for part in rest)
        return found if is_sure and len(found) == 1 else []

    @cached_property
    def _by_person(self) -> dict[str | tuple[str, ...], dict[str, None]]:
        """The roles by their holders' addresses, and by the words of their names."""
        found: dict[str | tuple[str, ...], dict[str, None]] = {}
        for owner in self.owners:
            keys: list[str | tuple[str, ...]] = [*_addresses(owner), *map(tuple, _names(owner))]
            for key in keys:
                found.setdefault(key, {})[owner.role] = None
        return found

    @cached_property
    def _by_words(self) -> list[tuple[list[str], list[str]]]:
        return [(known.split(), roles) for known, roles in self._by_normal.items()]

    @cached_property
    def _by_normal(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for role in dict.fromkeys(self.roles):
            found.setdefault(normal(role), []).append(role)
        return found

    def _short_for(self, entry: str) -> list[str]:
        """Return the roles whose words begin with the letters of ``HoR``."""
        letters = entry.strip().replace(".", "")
        if not 2 < len(letters) <= 8 or not letters.isalpha() or letters[1:].islower():
            return []
        return [role for role in dict.fromkeys(self.roles) if letters.casefold() in _initials(role)]

    def _misspelt(self, entry: str) -> list[str]:
        """Return the roles from which `entry` differs by a slip in one long word."""
        words = normal(entry).split()
        return [role for known, roles in self._by_words if _is_slip(words, known) for role in roles]


def without_leaving(entry: str) -> str:
    """Return `entry` without the words that somebody left, and when."""
    return _LEAVER.sub("", entry)


def _of_name(entry: str) -> list[str]:
    """Return the words of a person's name, without Mr and Ms."""
    return [word for word in tidy(entry).split() if word not in _TITLES]


def parts_of(entry: str) -> list[str]:
    """Return what stands between the commas, slashes and "and" of an entry."""
    return [part for part in _PARTS.split(entry) if part.strip()]


def is_doubtful(entry: str) -> bool:
    """Return whether `entry` says of an owner that it is not sure: ``Head of Repairs (TBC)``."""
    parts = [*_ASIDES.split(entry), *parts_of(entry), *entry.split()[:1], *entry.split()[-1:]]
    words = {part.strip(" .") for part in parts} - {""}
    return any(is_nobody(part) and tidy(part) not in _LABELS for part in words)


def _addresses(owner: Owner) -> set[str]:
    given = (owner.email, owner.handle)
    return {text.casefold().lstrip("@") for text in given if text}


def _names(owner: Owner) -> Iterator[list[str]]:
    """Yield the ways in which the words of a person's name are written."""
    words = tidy(owner.name or "").split()
    if words:
        yield words
    if len(words) > 1:
        yield [words[-1], *words[:-1]]
        yield [words[0][0], words[-1]]
        yield [words[0], words[-1]]


def _initials(role: str) -> Iterable[str]:
    words = tidy(role).split()
    long = [word for word in words if word not in _LEFT_OUT]
    return {"".join(word[0] for word in chosen) for chosen in (words, long)}


def _is_slip(words: list[str], known: list[str]) -> bool:
    """Return whether one word of at least five letters is nearly the other, the rest the same."""
    if len(words) != len(known):
        return False
    differing = [(one, two) for one, two in zip(words, known, strict=True) if one != two]
    if len(differing) != 1:
        return False
    [(one, two)] = differing
    is_word = one.isalpha() and two.isalpha() and min(len(one), len(two)) > 4
    return is_word and one[0] == two[0] and slips(one, two) == 1
