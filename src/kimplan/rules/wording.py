"""Words that should not be published as they stand (KP6xx); docs/rules.md says how well they do.

Each rule asks cheaply whether a text can hold what it looks for before it looks: most do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import eq
from typing import Any, NamedTuple

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader import LoadedFile
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import Rule
from kimplan.source import Path, Words, shown


class _Found(NamedTuple):
    """What a rule found in a text: from where to where, and the words as they are shown."""

    start: int
    end: int
    words: str


class _Wording(Rule):
    """A rule that looks for words in each text of a record and of the sections."""

    code = ""
    severity = Severity.WARNING
    hint = ""
    is_for_sections = True

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterator[Diagnostic]:
        """Find it."""
        for at, text in self._texts(item):
            if found := self._find(text):
                yield self._diagnostic(file, at, text, found)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the sections."""
        settings = self.context.settings
        for index, section in enumerate(settings.value.sections if settings.value else ()):
            text = section.narrative
            if self.is_for_sections and text and (found := self._find(text)):
                yield self._diagnostic(settings, ("sections", index, "narrative"), text, found)

    def _texts(self, item: Recommendation) -> Iterable[tuple[Path, str]]:
        return _published(item)

    def _find(self, text: str) -> _Found | None:
        raise NotImplementedError

    def _message(self, name: str, found: _Found) -> str:
        raise NotImplementedError

    def _diagnostic(self, file: LoadedFile[Any], at: Path, text: str, found: _Found) -> Diagnostic:
        name = next(step for step in reversed(at) if isinstance(step, str))
        message = self._message(name, found)
        words = Words(text, found.start, found.end)
        return file.finding_in(self.code, message, at, words, self.hint, severity=self.severity)


class ListIsMissing(_Wording):
    """A text ends with a colon, and no list follows.

    The list was lost when the text was copied, and the reader is left waiting. Add it below:

        detail: |
          This should include:

          - a data dictionary
    """

    code = "KP601"
    hint = "Add the list below it, each entry on a line that begins with '- '."

    def _find(self, text: str) -> _Found | None:
        if not text.endswith(":"):
            return None
        start = text.rfind("\n") + 1
        return _Found(start, len(text), text[start:])

    def _message(self, name: str, found: _Found) -> str:
        return f"the {name} ends with a colon, but no list follows"


class InPlaceButOpen(_Wording):
    """A response says that the thing is in place, but it is rated amber or red.

    Either the rating is out of date or the response is. Rate it green, with evidence, or say what
    is still to be done.
    """

    code = "KP602"
    hint = "Rate it green, with evidence, or say what is still to be done."
    is_for_sections = False

    def _texts(self, item: Recommendation) -> Iterable[tuple[Path, str]]:
        return ((("response",), item.response),) if item.rag.is_open else ()

    def _find(self, text: str) -> _Found | None:
        low = text.casefold()
        if not any(word in low for word in ("place", "complete", "implemented", "compliant")):
            return None
        return _search(_in_place(), text)

    def _message(self, name: str, found: _Found) -> str:
        return f"the {name} says {shown(found.words)}, but the rating is still open"


class FirstPerson(_Wording):
    """A text that will be published speaks of "I" or "my".

    The landlord answers, not the person who typed it; such a text is mostly a working note. Write
    what the organisation has done, and move working notes elsewhere.
    """

    code = "KP603"
    hint = "Write what the organisation has done, not who typed it."

    def _find(self, text: str) -> _Found | None:
        if not any(
            word in text for word in ("I ", "I'", "I’", " my ", "My ", " me ", "me.", "mysel")
        ):
            return None
        return _search(_first_person(), _without_quotes(text))

    def _message(self, name: str, found: _Found) -> str:
        return f"the {name} speaks in the first person: {shown(found.words)}"


class Placeholder(_Wording):
    """A text still holds a placeholder, such as TBC, TODO or xx.

    A board should not be shown what somebody meant to fill in. Fill it in, or say what is not
    known yet and until when it will be.
    """

    code = "KP604"
    hint = "Fill it in, or say what is not known yet."

    def _texts(self, item: Recommendation) -> Iterable[tuple[Path, str]]:
        return _all_texts(item)

    def _find(self, text: str) -> _Found | None:
        low = text.casefold()
        if not any(word in low for word in _PLACEHOLDERS):
            return None
        return _search(_placeholder(), text)

    def _message(self, name: str, found: _Found) -> str:
        return f"the {name} holds the placeholder {shown(found.words)}"


class DoubledWord(_Wording):
    """A word stands twice in a row.

    A slip of editing that a spelling checker misses. Delete one of the two.
    """

    code = "KP605"
    hint = "Delete one of the two."

    def _texts(self, item: Recommendation) -> Iterable[tuple[Path, str]]:
        return _all_texts(item)

    def _find(self, text: str) -> _Found | None:
        words = text.casefold().translate(_NO_PUNCTUATION).split()
        if not any(map(eq, words, words[1:])):
            return None
        for found in _doubled().finditer(text):
            if found[1].casefold() not in _MAY_BE_DOUBLED:
                return _Found(*found.span(), " ".join(found.group().split()))
        return None

    def _message(self, name: str, found: _Found) -> str:
        return f"a word stands twice in the {name}: {shown(found.words)}"


class TypedBullet(_Wording):
    """A bullet is typed as `·` or `•`.

    It is printed as part of a sentence and not as a list. Begin each entry on a line of its own
    with `- `. `kimplan lint --fix` does so for bullets that begin a line.
    """

    code = "KP606"
    hint = "Begin each entry on a line of its own with '- '."

    def _find(self, text: str) -> _Found | None:
        if text.isascii() or not any(mark in text for mark in BULLETS):
            return None
        return _search(_bullet(), text)

    def _message(self, name: str, found: _Found) -> str:
        return f"a bullet in the {name} is typed as {shown(found.words)}"


BULLETS = "·•▪●◦‣⁃\uf0b7"
_MAYBE_FIRST_PERSON = ("I ", "I\n", "I'", "I’", "my ", "My ", " me", "myself")
_PLACEHOLDERS = ("tbc", "tba", "tbd", "todo", "fixme", "xx", "???", "lorem ipsum", "[insert")
_MAY_BE_DOUBLED = {"that", "had", "very", "no", "so", "bye", "knock", "per"}
_NO_PUNCTUATION = str.maketrans("", "", ".,;:!?()“”\"'’")


def _published(item: Recommendation) -> list[tuple[Path, str]]:
    """Return the texts of `item` that every report prints, and where they stand."""
    texts: list[tuple[Path, str]] = [(("title",), item.title), (("response",), item.response)]
    if item.detail:
        texts.insert(1, (("detail",), item.detail))
    return texts


def _all_texts(item: Recommendation) -> list[tuple[Path, str]]:
    """Return the texts of `item`, its history included, and where they stand."""
    texts = _published(item)
    for index, evidence in enumerate(item.evidence):
        texts.append((("evidence", index, "title"), evidence.title))
    for index, note in enumerate(item.progress):
        texts.append((("progress", index, "note"), note.note))
    for index, revision in enumerate(item.revisions):
        texts.append((("revisions", index, "reason"), revision.reason))
    for index, action in enumerate(item.actions):
        texts.append((("actions", index, "title"), action.title))
    return texts


def _search(pattern: re.Pattern[str], text: str) -> _Found | None:
    found = pattern.search(text)
    return _Found(*found.span(), " ".join(found.group().split())) if found else None


def _without_quotes(text: str) -> str:
    """Return `text` with what others are quoted as saying made blank, of the same length."""
    return _quoted().sub(lambda found: " " * len(found.group()), text)


@lru_cache(maxsize=1)
def _quoted() -> re.Pattern[str]:
    return re.compile(r'“[^”\n]{1,500}”|(?<!\w)"[^"\n]{1,500}"|(?<!\w)‘[^’\n]{1,200}’(?!\w)')


@lru_cache(maxsize=1)
def _in_place() -> re.Pattern[str]:
    return re.compile(
        r"(?<!not )(?<!n[o']t yet )(?<!yet )\b(?:"
        r"(?:is|are) (?:already|now|fully|currently)(?: fully)? "
        r"(?:in place|implemented|completed?|compliant|done)"
        r"|(?:has|have) (?:already |now |since )?been (?:fully )?"
        r"(?:implemented|completed|put in place)"
        r"|(?:is|are) in place"
        r"|(?:already|now|fully) (?:in place|implemented|compliant|completed?)"
        r")\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _first_person() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.&/-])(?:I['’](?:m|ve|ll|d)\b"
        r"|I\s(?!(?:of|and|or|to|in|for|on|at|by|from|with|as|is|the)\b)[a-z]+"
        r"|(?:(?<=^)|(?<=[\s(]))(?:[Mm]y(?! Account)|me|myself)(?![\w-]))",
        re.MULTILINE,
    )


@lru_cache(maxsize=1)
def _placeholder() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:TB[ACD]|FIXME|TODO|x{2,}|lorem ipsum)(?!\w)|\?{3,}|\[insert\b[^\]\n]*\]?",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _doubled() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w'’-])([^\W\d_]{2,})[ \t]*\n?[ \t]*(?<=\s)\1(?![\w'’-])", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _bullet() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=\s)|(?<=^))[{BULLETS}](?=\s)|^[{BULLETS}]", re.MULTILINE)
