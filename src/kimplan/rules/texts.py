"""The texts of a record, read once for all the rules of wording, and the words that they ask for.

A text is looked at only where it holds a word that a rule asks for, since most hold none: that is
nearly all of what these rules cost (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from operator import eq
from typing import TYPE_CHECKING, TypeAlias

from kimplan.model.column_field import ColumnField
from kimplan.model.own_type import MOST_OWN_FIELDS, OwnType

if TYPE_CHECKING:
    from kimplan.model.plan import Settings
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath

PlacedText: TypeAlias = "tuple[KeyPath, str]"
PERSON = frozenset(b"i me my mine myself".split())
PLACEHOLDER = frozenset(
    b"tbc tba tbd t todo fixme x xx xxx xxxx xxxxx xxxxxx xxk xxm 20xx 20xxx lorem insert enter "
    b"choose".split()
)
SHORT = 30  # characters that a text has which says only that there is nothing, and no more
PUT_OFF = frozenset(b"follow awaiting confirmed advised agreed decided awaited pending".split())
CLAIM_WORDS = frozenset(  # one of them stands in every claim that something is done
    {"place", "implemented", "complete", "completed", "compliant", "live", "done", "comply"}
    | {"embedded", "achieved", "delivered", "operational", "operation", "rolled", "met", "running"}
    | {"already", "actioned"}
)
CLAIM = {word.encode(): word for word in CLAIM_WORDS}
# The usual names of characters in HTML, without the marks around them.
ENTITY = frozenset(
    b"amp nbsp lt gt quot apos lsquo rsquo ldquo rdquo ndash mdash hellip pound euro bull middot "
    b"eacute egrave copy reg trade deg frac12 34 034 38 038 39 039 60 62 160 163 8211 8212 8216 "
    b"8217 8220 8221 8226 8230 8364 x22 x26 x27 xa0 xa3 x2013 x2014 x2018 x2019 x201c x201d x2022 "
    b"x2026".split()
)
_TELLTALES = ENTITY | PERSON | PLACEHOLDER | PUT_OFF | CLAIM.keys()
_NOT_IN_WORDS = "’‘“”–—…·•£\xa0"
_TO_WORDS = bytes(
    byte if chr(byte).isalnum() or byte > 127 else 32 for byte in bytes(range(256)).lower()
)


class Texts:
    """Texts and where they stand; the first `published` of them are printed in the report."""

    # Making a named tuple takes twice as long, and there is one for each record.
    __slots__ = ("has_doubled", "item", "joined", "published", "telltales", "texts")

    def __init__(
        self,
        item: Recommendation | None,
        texts: list[PlacedText],
        published: int,
        joined: str,
        telltales: frozenset[bytes],
        has_doubled: bool,
    ) -> None:
        self.item = item
        self.texts = texts
        self.published = published
        self.joined = joined
        self.telltales = telltales
        self.has_doubled = has_doubled


class Reader:
    """Reads a record's texts once, though each of the rules asks for them."""

    def __init__(self) -> None:
        self._last = _read(None, [], 0)
        self._settings: Settings | None = None
        self._item: Recommendation | None = None
        self._texts: tuple[list[PlacedText], int] = [], 0
        self._texts_settings: Settings | None = None

    def texts(
        self, item: Recommendation, settings: Settings | None
    ) -> tuple[list[PlacedText], int]:
        """Return the texts of `item`, and how many of them, the first, the report prints.

        The settings say what of its history is printed.
        """
        if self._item is not item or self._texts_settings is not settings:
            self._item, self._texts_settings = item, settings
            texts, more = texts_of(item, settings)
            self._texts = texts + more, len(texts)
        return self._texts

    def read(self, item: Recommendation, settings: Settings | None) -> Texts:
        """Return the same texts with what their words tell."""
        if self._last.item is not item or self._settings is not settings:
            self._settings = settings
            self._last = _read(item, *self.texts(item, settings))
        return self._last

    def read_settings(self, settings: Settings) -> Texts:
        """Return the title of the plan, and the titles and texts of its sections."""
        if self._last.item is not None or self._settings is not settings:
            self._settings = settings
            texts = _texts_of_settings(settings)
            self._last = _read(None, texts, len(texts))
        return self._last


def _texts_of_settings(settings: Settings) -> list[PlacedText]:
    texts: list[PlacedText] = [(("title",), settings.title)]
    for index, section in enumerate(settings.sections):
        texts.append((("sections", index, "title"), section.title))
        if section.narrative:
            texts.append((("sections", index, "narrative"), section.narrative))
    return texts


def _read(item: Recommendation | None, texts: list[PlacedText], published: int) -> Texts:
    joined = "\n\n".join([text for _, text in texts])
    plain = joined
    if not plain.isascii():
        for mark in _NOT_IN_WORDS:
            plain = plain.replace(mark, " ")
    words = plain.encode(errors="replace").translate(_TO_WORDS).split()
    has_doubled = any(map(eq, words, words[1:])) and _has_doubled(joined.casefold(), words)
    telltales = _TELLTALES.intersection(words)
    return Texts(item, texts, published, joined, telltales, has_doubled)


def may_hold_link(text: str) -> bool:
    """Return whether `text` may hold a link; fast."""
    return (
        ("/" in text and ":/" in text)
        or "http" in text
        or ("]" in text and ("](" in text or "] (" in text))
    )


def may_mean_link(written: str) -> bool:
    """Return whether a text of a file that is `written` so may hold a link; fast.

    An escape may write any character, and two lines of a text are mostly read as one.
    """
    return (
        "http" in written
        or ("/" in written and ":/" in written)  # one character is found far faster
        or ("]" in written and "(" in written)
        or "\\" in written
    )


def texts_of(
    item: Recommendation, settings: Settings | None
) -> tuple[list[PlacedText], list[PlacedText]]:
    """Return the texts of `item` that the report prints, and the others; with their places."""
    texts: list[PlacedText] = [(("title",), item.title), (("response",), item.response)]
    if item.detail:
        texts.insert(1, (("detail",), item.detail))
    more: list[PlacedText] = []
    if item.fields and settings:
        _add_own(item.fields, settings, texts, more)
    if item.progress or item.actions:
        shown_too = {column.field for column in settings.columns} if settings else set()
        notes = [(("progress", n, "note"), note.note) for n, note in enumerate(item.progress)]
        if settings and settings.report.latest_progress and ColumnField.PROGRESS not in shown_too:
            texts += notes[-1:]
            more += notes[:-1]
        else:
            (texts if ColumnField.PROGRESS in shown_too else more).extend(notes)
        steps = [(("actions", n, "title"), step.title) for n, step in enumerate(item.actions)]
        (texts if ColumnField.ACTIONS in shown_too else more).extend(steps)
        more += [(("progress", n, "by"), one.by) for n, one in enumerate(item.progress) if one.by]
    more += [(("evidence", n, "title"), proof.title) for n, proof in enumerate(item.evidence)]
    if item.due_reason:
        more.append((("due_reason",), item.due_reason))
    for n, move in enumerate(item.revisions):
        more.append((("revisions", n, "reason"), move.reason))
        if move.agreed_by:
            more.append((("revisions", n, "agreed_by"), move.agreed_by))
    if item.verified:
        more.append((("verified", "by"), item.verified.by))
    return texts, more


def _add_own(
    values: Mapping[str, str], settings: Settings, texts: list[PlacedText], more: list[PlacedText]
) -> None:
    """Add the own fields that hold words: to `texts` where a column prints them, else to `more`."""
    shown_too = {column.field for column in settings.columns}
    for field in settings.fields[:MOST_OWN_FIELDS]:
        if field.id in values and field.type in {OwnType.LINE, OwnType.TEXT}:
            place = texts if f"fields.{field.id}" in shown_too else more
            place.append((("fields", field.id), values[field.id]))


def _has_doubled(text: str, words: list[bytes]) -> bool:
    """Return whether one of the `words` of `text` is doubled with only white space between."""
    doubled = {word.decode(errors="replace") for word, next_ in pairwise(words) if word == next_}
    return any(f"{word}{space}{word}" in text for word in doubled for space in " \n\xa0") or (
        "  " in text or " \n" in text
    )


READER = Reader()  # of all the rules that ask for words
