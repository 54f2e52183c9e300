"""The words of a text that must not be published: who somebody is, and how to reach them.

E-mail addresses and handles are known by their shape, names by ``owners.yaml``. What is taken out
leaves a mark, so that nobody takes the rest for the whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote

from kimplan.model.choice import Choice
from kimplan.model.language import Language
from kimplan.model.plan import Owner
from kimplan.model.prose import is_simple, parse_prose
from kimplan.report.names_of_people import people_in, plain


class Kind(Choice):
    """What was taken out of a text, or left in it for somebody to look at."""

    ADDRESS = "address", "e-mail addresses were taken out"
    HANDLE = "handle", "names on the forge were taken out"
    NAME = "name", "names of people were taken out"
    REF = "ref", "refs of unpublished recommendations were taken out"
    LINK = "link", "links that hold a name, an address or an unpublished ref were taken out"
    PATH = "path", "links to files in the repository were taken out"
    DOUBT = "doubt", "left as it is, look whether it names somebody"


class Found(NamedTuple):
    """One thing in a text: its kind, and for what was left the words."""

    kind: Kind
    words: str = ""


_AT = r"(?:[@＠]|[ ]?[\[({][ ]?at[ ]?[\])}][ ]?)"
_SPELT_OUT = re.compile(r"[\[({][ ]?at[ ]?[\])}]")
_ADDRESS = re.compile(
    rf"(?<![\w.+%'’-])(?:mailto:)?[\w.+%'’-]+{_AT}\w[\w-]*(?:\.[\w-]+)*", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w/.@-])[@＠][A-Za-z][\w-]*(?:/[\w.-]*\w)*")
_MAIL_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?mailto:[^)\n]*+\)", re.IGNORECASE)
_WEB_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?(https?://[^\s<>)]*+)>?[^)\n]*+\)", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>()\[\]\"]+", re.IGNORECASE)
_BOLD = "**"
_MOST_QUOTED = 3  # times that an address is read behind its signs of per cent
_NAMED_REF = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])")


class PrivateWords:
    """What the texts of one plan may not say."""

    def __init__(
        self,
        owners: Iterable[Owner],
        refs: Iterable[str],
        bylines: Iterable[str],
        language: Language,
    ) -> None:
        known = tuple(owners)
        self._people = [person for one in known if one.name for person in people_in(one.name)]
        reached = (one for owner in known for one in (owner.email, owner.handle) if one)
        self._reached = tuple(dict.fromkeys(one.casefold() for one in reached))
        self._refs = _any_of(one for one in refs if _NAMED_REF.match(one))
        self._bylines = tuple(dict.fromkeys(bylines))
        say = language.say
        self._marks = {
            Kind.ADDRESS: say("[address removed]"),
            Kind.HANDLE: say("[name removed]"),
            Kind.NAME: say("[name removed]"),
            Kind.REF: say("[not published]"),
            Kind.LINK: say("[address removed]"),
        }

    def line(self, text: str) -> tuple[str, list[Found]]:
        """Return a text of one look without its private words, and what they were."""
        found: list[Found] = []
        said = self._without(text, found)
        return said, found + self._doubts(said)

    def prose(self, text: str) -> tuple[str, list[Found]]:
        """Return a text with bullets, bold and links likewise; no mark-up hides a word."""
        found: list[Found] = []
        said = self._without(self._unlinked(text, found), found)
        if not is_simple(said) and self._may_hide(said):
            said = self._seen_through(said, found)
        return said, found + self._doubts(said)

    def link(self, address: str) -> tuple[str, list[Found]]:
        """Return a web address that may be published: empty for a path, and for one of a person."""
        if not _WEB.match(address):
            return "", [Found(Kind.PATH)]
        return ("", [Found(Kind.LINK)]) if self._is_private(address) else (address, [])

    def _unlinked(self, text: str, found: list[Found]) -> str:
        """Return prose in which the links to mail programs and to people are their words."""
        if "](" not in text:
            return text

        def words(match: re.Match[str]) -> str:
            found.append(Found(Kind.ADDRESS))
            return match[1]

        def checked(match: re.Match[str]) -> str:
            if not self._is_private(match[2]):
                return match[0]
            found.append(Found(Kind.LINK))
            return match[1]

        return _WEB_LINK.sub(checked, _MAIL_LINK.sub(words, text))

    def _is_private(self, address: str) -> bool:
        for _ in range(_MOST_QUOTED):
            address = unquote(address)
        said = unicodedata.normalize("NFC", address)
        folded = said.casefold()
        return (
            bool(_ADDRESS.search(said))
            or any(_is_word(one.removeprefix("@"), folded) for one in self._reached)
            or any(one.is_in_address(said) for one in self._people)
            or bool(self._refs and self._refs.search(said))
        )

    def _without(self, text: str, found: list[Found]) -> str:
        """Return `text` with a mark in place of each private word, and add those to `found`.

        Names are looked for where accents stand behind their letters, anything else where they
        are one with them.
        """
        before = len(found)
        said = unicodedata.normalize("NFC", text)
        if "://" in said:
            said = _WEB.sub(lambda match: self._checked(match[0], found), said)
        said = self._marked(said, self._patterns(said), found)
        said = self._marked(unicodedata.normalize("NFD", said), self._names(said), found)
        return unicodedata.normalize("NFC", said) if len(found) > before else text

    def _marked(
        self, text: str, patterns: Iterable[tuple[Kind, re.Pattern[str]]], found: list[Found]
    ) -> str:
        for kind, pattern in patterns:
            text, number = pattern.subn(partial(_marked, self._marks[kind]), text)
            found += [Found(kind)] * number
        return text

    def _checked(self, address: str, found: list[Found]) -> str:
        if not self._is_private(address):
            return address
        found.append(Found(Kind.LINK))
        return self._marks[Kind.LINK]

    def _patterns(self, text: str) -> Iterator[tuple[Kind, re.Pattern[str]]]:
        """Yield the patterns that may have something to find in `text`."""
        folded = text.casefold()
        has_sign = "@" in text or "＠" in text
        if has_sign or _SPELT_OUT.search(folded):
            yield Kind.ADDRESS, _ADDRESS
        if has_sign:
            yield Kind.HANDLE, _HANDLE
        for one in self._reached:
            if one in folded:
                yield Kind.HANDLE, re.compile(re.escape(one), re.IGNORECASE)
        if self._refs:
            yield Kind.REF, self._refs

    def _names(self, text: str) -> Iterator[tuple[Kind, re.Pattern[str]]]:
        """Yield the patterns of the people who may be named in `text`."""
        folded = plain(text)
        for person in self._people:
            if person.may_be_in(folded):
                yield Kind.NAME, person.pattern

    def _may_hide(self, text: str) -> bool:
        """Return whether mark-up parts private words, or there is a link; parsing costs much."""
        if "](" in text:
            return True
        found: list[Found] = []
        self._without(text.replace("*", "").replace("_", ""), found)
        return bool(found)

    def _seen_through(self, text: str, found: list[Found]) -> str:
        """Return prose as it is, or without its mark-up where private words hide in that."""
        blocks = parse_prose(text)
        words = "\n\n".join(block.text for block in blocks)
        hidden: list[Found] = []
        said = self._without(words, hidden)
        links = (span.link for block in blocks for span in block.spans if span.link)
        if not hidden and not any(self._is_private(link) for link in links):
            return text
        found += hidden or [Found(Kind.LINK)]
        return said

    def _doubts(self, text: str) -> list[Found]:
        """Return what may name somebody: part of a known name, an account, who signed a note."""
        parted, bare = unicodedata.normalize("NFD", text), plain(text)
        folded = text.casefold()
        parts = (word for one in self._people for word in one.parts_in(parted, bare))
        words = [unicodedata.normalize("NFC", part) for part in parts]
        words += [one[1:] for one in self._reached if one[0] == "@" and _is_word(one[1:], folded)]
        words += [one for one in self._bylines if one.casefold() in folded]
        return [Found(Kind.DOUBT, word) for word in dict.fromkeys(words)]


def _marked(mark: str, match: re.Match[str]) -> str:
    """Return what stands in place of private words; bold that ends or begins among them goes on."""
    if match[0].count(_BOLD) % 2 == 0:
        return mark
    is_open = match.string.count(_BOLD, 0, match.start()) % 2
    return f"{mark}{_BOLD}" if is_open else f"{_BOLD}{mark}"


def _any_of(refs: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds the refs, however their letters and numbers are parted: REC7, Rec. 7."""
    found = "|".join(map(_parted, sorted(refs, key=len, reverse=True)))
    end = r"(?![^\W_]|[.-]\d|-[a-z]\b)"  # which would make another ref of it
    return re.compile(rf"(?<![^\W_])(?:{found}){end}", re.IGNORECASE) if found else None


def _parted(ref: str) -> str:
    parts = re.findall(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+", ref)
    pairs = zip(parts, [*parts[1:], ""], strict=True)
    return "".join(
        re.escape(one) + (r"[\s._-]{0,2}" if one.isalnum() and other.isalnum() else "")
        for one, other in pairs
    )


def _is_word(word: str, text: str) -> bool:
    return word in text and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))
