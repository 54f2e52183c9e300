"""A person's name as texts write it: whole, turned round, with initials or a title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from kimplan.model.due import MONTHS

_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|sir|dame|lord|lady|cllr|councillor"
_TITLE = re.compile(rf"(?:{_TITLES})\.?", re.IGNORECASE)
_NOBODY = {"tbc", "tba", "tbd", "vacant", "vacancy", "post", "none", "n/a", "nobody", "unknown"}
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ANOTHER = re.compile(r"\s+(?:and|or)\s+|\s+[-–—]\s+|\s*[/&;|+]\s*")
_HONOUR = re.compile(r"jr|sr|[omck]be|bem|[qk]c|jp|dl|m?phd|[bm]sc|mba|f?cih", re.IGNORECASE)
_SHORTEST = 3  # letters of a part of a name that is looked for by itself
_MOST = 5  # parts of a name, from its end, each of which may stand for all
_LONG = 8  # letters of a whole name in one word, which no other word is

_APOSTROPHES, _HYPHENS = "'’‘ʼ`´", "-‐‑‒–—−"
_TWINS = {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"}
_AS_ONE = {"ss": "ß", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}  # two letters, and the one for both
_LETTERS = re.compile(rf"{'|'.join(_AS_ONE)}|.", re.IGNORECASE | re.DOTALL)
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"  # above a letter, or not to be seen
_ANY_MARKS = f"[{_MARKS}]*"
_BETWEEN = r"(?:\s++|[^\w\s]|_){1,4}"
_LINK = r"[\W_]{0,3}"  # between the parts of a name in an address, or in the name of an account
_INITIALS = rf"(?:(?-i:[A-Z])(?:{_BETWEEN})?){{0,2}}"
_PLAIN = str.maketrans(_TWINS)
_NO_MARKS = re.compile(f"[{_MARKS}]+")
_PIECES = re.compile(f"[{re.escape(_APOSTROPHES + _HYPHENS)}]")
_LETTERS_BEYOND = re.compile(r"[^\x00-\x7f\u2010-\u2027]")  # letters, not the signs of print


def people_in(name: str) -> Iterator[Person]:
    """Yield whom the registry names so: nobody for ``vacant post``, two for ``Jo Ray / Al Lee``."""
    whole = _ASIDE.sub(" ", name)
    parts = [one for one in _ANOTHER.split(whole) if " " in one.strip()] if is_name(name) else []
    for one in parts or [whole]:
        last, _, first = one.partition(",")
        is_turned = len(last.split()) == 1 and bool(first.strip())
        said = f"{first} {last}" if is_turned else last
        if is_name(said):
            yield Person(said)


def is_name(text: str) -> bool:
    """Return whether the registry names somebody so: nobody is called ``vacant post``."""
    return any(word.strip("().-").casefold() not in _NOBODY for word in text.split())


def plain(text: str) -> str:
    """Return a text in small letters without marks, to ask quickly whether a name can be in it."""
    folded = text.casefold()
    if folded.isascii() or not _LETTERS_BEYOND.search(folded):
        return folded
    return _NO_MARKS.sub("", unicodedata.normalize("NFD", folded)).translate(_PLAIN)


class Person:
    """Somebody whom ``owners.yaml`` names."""

    def __init__(self, name: str) -> None:
        words = unicodedata.normalize("NFKC", name).split()
        self._parts = [word for word in words if not _TITLE.fullmatch(word)] or words
        while len(self._parts) > 2 and _HONOUR.fullmatch(self._parts[-1].replace(".", "")):
            self._parts = self._parts[:-1]
        middle = (part for part in self._parts[1:-1] if len(part) >= _SHORTEST)
        self._needed = tuple(_longest_piece(part) for part in (self._parts[-1], *middle))
        self._alone = tuple(
            (_longest_piece(part), _whole_word(part))
            for part in self._parts
            if len(self._parts) > 1 and len(part) >= _SHORTEST and part not in MONTHS
        )

    def may_be_in(self, folded: str) -> bool:
        """Return whether a text, as `plain` returns it, can hold the name at all."""
        return any(part in folded for part in self._needed)

    def is_in_address(self, text: str) -> bool:
        """Return whether a web address holds the name, or what an account of the person's is."""
        return self.may_be_in(plain(text)) and any(
            one.search(unicodedata.normalize("NFD", text)) for one in (self.pattern, self._account)
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the name in a text in the form NFD, however its parts are joined."""
        return _whole_words(self._ways())

    def _ways(self) -> Iterator[str]:
        first, *rest = map(_spelt, self._parts)
        if not rest:  # perhaps a word as well, in small letters: Will
            yield f"(?-i:{first}|{_spelt(self._parts[0].upper())})"
            return
        yield _BETWEEN.join((first, *rest))
        yield _BETWEEN.join((rest[-1], first, *rest[:-1]))
        yield f"{rest[-1]}{_BETWEEN}{first}"
        is_long = len(self._parts[0] + self._parts[-1]) >= _LONG
        yield f"{first}{rest[-1]}" if is_long else f"(?-i:{first}{rest[-1]})"
        for at in range(1, len(self._parts))[-_MOST:]:
            yield from self._without_parts_before(at)

    def _without_parts_before(self, at: int) -> Iterator[str]:
        """Yield how the name is written whose parts but for the first begin at `at`."""
        first, parts = _spelt(self._parts[0]), self._parts[at:]
        if len(parts) == 1 or len(parts[0]) >= _SHORTEST:
            yield f"{first}{_BETWEEN}{_INITIALS}{_spelt(parts[0])}"
        tail = _BETWEEN.join(map(_spelt, parts))
        yield rf"(?:{_TITLES})\b{_BETWEEN}{_INITIALS}{tail}"
        yield from self._with_initial(parts)

    def _with_initial(self, parts: list[str]) -> Iterator[str]:
        """Yield how the name is written that has but the first letter of its first part."""
        initial = _spelt(self._parts[0][0].upper())
        for said in (parts, [part.upper() for part in parts]):
            tail = _BETWEEN.join(map(_spelt, said))
            yield rf"(?-i:{initial}(?:{_BETWEEN}{_INITIALS})?{tail})"
            yield rf"(?-i:{tail}(?:,\s*+{initial}\b\.?|\s++{initial}\.))"
        yield rf"{initial}\.\s*+{_BETWEEN.join(map(_spelt, parts))}"

    @cached_property
    def _account(self) -> re.Pattern[str]:
        """What finds the names that accounts have: ``janesmith``, ``jsmith``, ``smithj``."""
        first, last = _spelt(self._parts[0]), _spelt(self._parts[-1])
        initial = _spelt(self._parts[0][0])
        pairs = ((first, last), (last, first), (initial, last), (last, initial))
        return _whole_words(_LINK.join(pair) for pair in pairs if len(self._parts) > 1)

    def parts_in(self, text: str, folded: str) -> Iterator[str]:
        """Yield the parts of the name that stand in `text` by themselves, as they are written.

        `text` is in the form NFD, `folded` what `plain` makes of it. They are words like any
        other, so a person has to look: Grant, Price, Will. So is what may be an account's name.
        """
        for piece, alone in self._alone:
            if piece in folded and (found := alone.search(text)):
                yield found[0]
        if self._needed[0] in folded and (found := self._account.search(text)):
            yield found[0]


def _whole_words(ways: Iterator[str]) -> re.Pattern[str]:
    found = "|".join(dict.fromkeys(ways)) or r"(?!)"
    return re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_]){_ANY_MARKS}", re.IGNORECASE)


def _whole_word(part: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){_spelt(part)}(?![^\W_])")


def _longest_piece(part: str) -> str:
    """Return the longest piece of a part of a name between its hyphens and apostrophes."""
    return max(_PIECES.split(plain(part)), key=len)


def _spelt(part: str) -> str:
    """Return what finds a part of a name, with the marks of its letters and without them."""
    letters = _NO_MARKS.sub("", unicodedata.normalize("NFD", part))
    return "".join(f"{_letter(one)}{_ANY_MARKS}" for one in _LETTERS.findall(letters))


def _letter(one: str) -> str:
    """Return what finds a letter or a sign, or two letters that can be written as one."""
    for alike in (_APOSTROPHES, _HYPHENS):
        if one in alike:
            return rf"[{re.escape(alike)}\s]{{0,2}}"
    small = one.lower()
    others = [letter for letter, pair in _TWINS.items() if pair == small]
    others += [found[small] for found in (_TWINS, _AS_ONE) if small in found]
    spelt = _ANY_MARKS.join(map(re.escape, one))
    return f"(?:{'|'.join((spelt, *others))})" if others else spelt
