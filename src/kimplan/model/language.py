"""The language that a report is in: its fixed words, and how it shows dates and numbers.

The code says English. What another language says instead stands in one file a language,
``languages/TAG.toml``: by the English words, the same in that language. Names between ``{}`` stand
for what a report puts there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kimplan.model.due import MONTHS, NO_DATE, Due, show_day, show_due
from kimplan.plural import count

FOLDER = Path(__file__).parent / "languages"
_TAG = r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?"
_LONGEST = 20
_NO_WORDS: Mapping[str, Any] = {}


class Language:
    """A language: its `tag` as of BCP 47, and its words for those of the code.

    `texts` are sentences and labels by their English, `nouns` what is counted by its English, each
    with a form for all numbers (``other``) and for single ones (``2``). `words` are the words of a
    plan that says nothing itself, by the field of a column or the name of a rating. It is never
    changed, and the same as another one with its tag.
    """

    __slots__ = ("months", "nouns", "tag", "texts", "words")

    def __init__(
        self,
        tag: str,
        months: tuple[str, ...] = MONTHS,
        texts: Mapping[str, str] = _NO_WORDS,
        nouns: Mapping[str, Mapping[str, str]] = _NO_WORDS,
        words: Mapping[str, Mapping[str, str]] = _NO_WORDS,
    ) -> None:
        self.tag = tag
        self.months = months
        self.texts = texts
        self.nouns = nouns
        self.words = words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Language) and self.tag == other.tag

    def __hash__(self) -> int:
        return hash(self.tag)

    def __str__(self) -> str:
        """Return the tag."""
        return self.tag

    def say(self, english: str, **values: object) -> str:
        """Return a text of the code in this language, with `values` in its places."""
        return self.texts.get(english, english).format(**values)

    def counted(self, number: int, noun: str) -> str:
        """Return a number with what is counted, whose name is the English one: ``1,234 days``."""
        forms = self.nouns.get(noun)
        if forms is None:
            return count(number, noun)
        return forms.get(str(number), forms["other"]).format(number=f"{number:,}")

    def day(self, day: date) -> str:
        """Return a day in full: ``31 March 2024``."""
        return show_day(day, self.months)

    def due(self, due: Due) -> str:
        """Return a date in full, the way it was promised: ``December 2023 – March 2024``."""
        return show_due(due, self.months) if due.is_agreed else self.say(NO_DATE)

    def word(self, group: str, name: str, english: str) -> str:
        """Return what a plan that says nothing itself calls a column, or a thing of a rating."""
        return self.words.get(group, {}).get(name, english)


ENGLISH = Language("en-GB")


def known_languages() -> list[str]:
    """Return the languages that there are words of, by their tags without a region."""
    names = (name.partition(".") for name in os.listdir(FOLDER))
    return sorted(["en", *(name for name, _, ending in names if ending == "toml")])


def parse_language(text: str) -> Language:
    """Return the language that a tag such as ``cy`` or ``en-IE`` names, with its words.

    Without a region it has that of its file. Raises ValueError for a tag that is none, or of a
    language that there are no words of.
    """
    if text == ENGLISH.tag:
        return ENGLISH
    found = re.fullmatch(_TAG, text, re.IGNORECASE) if len(text) <= _LONGEST else None
    name = found[1].lower() if found else ""
    if not found or name not in known_languages():
        raise ValueError(text)
    language = ENGLISH if name == "en" else _read(name)
    script, region = (found[2] or "").title(), (found[3] or "").upper()
    if not script and not region:
        return language
    of = (language.months, language.texts, language.nouns, language.words)
    return Language(f"{name}{script}{region}", *of)


@lru_cache(maxsize=8)
def _read(name: str) -> Language:
    import tomllib

    table: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    months = tuple(table["months"])
    groups = {key: table[key] for key in ("columns", "labels", "meanings", "dates")}
    return Language(table["tag"], months, table["texts"], table["nouns"], groups)
