"""Words that should not be published as they stand (KP6xx); docs/wording.md says how well they do.

A record's words are read once for all six rules: a text is looked at only where there is a word
that one of them asks for, since most have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kimplan.characters import shown
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.rules.base import Context, Rule
from kimplan.rules.phrases import (
    Found,
    find_bullet,
    find_doubled_word,
    find_first_person,
    find_lost_list,
    may_be_bullet,
)
from kimplan.rules.texts import CLAIM, PERSON, READER, Texts

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath


class WordingRule(Rule):
    """A rule that looks for words in each text of a record and of the sections."""

    code = ""
    severity = Severity.WARNING
    is_local = True
    hint = ""
    is_of_history = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._settings = context.settings.value

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it."""
        read = READER.read(item, self._settings)
        return self._findings(file, read) if self._may_be_in(read) else ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the title of the plan and in the sections."""
        read = READER.read_settings(self._settings) if self._settings else None
        if read and self._may_be_in(read):
            yield from self._findings(self.context.settings, read)

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        for at, text in read.texts if self.is_of_history else read.texts[: read.published]:
            if found := self._find(text):
                yield self._diagnostic(file, at, text, found)

    def _may_be_in(self, read: Texts) -> bool:
        raise NotImplementedError

    def _find(self, text: str) -> Found | None:
        raise NotImplementedError

    def _message(self, name: str, found: Found) -> str:
        raise NotImplementedError

    def _diagnostic(
        self, file: LoadedFile[Any], at: KeyPath, text: str, found: Found
    ) -> Diagnostic:
        from kimplan.source import Words

        name = _name_of(at)
        message = self._message(name, found)
        words = Words(text, found.start, found.end)
        hint = self._hint(at, found)
        return file.finding_in(self.code, message, at, words, hint, severity=self.severity)

    def _hint(self, at: KeyPath, found: Found) -> str:
        return self.hint


def _name_of(at: KeyPath) -> str:
    """Return how the text at the path `at` is called in a sentence."""
    name = next(step for step in reversed(at) if isinstance(step, str))
    return f"field {name}" if name in {"by", "agreed_by", "due_reason"} else name


class ListIsMissing(WordingRule):
    """A text ends with a colon, and no list follows.

    The list was lost when the text was copied, and the reader is left waiting. So it was where a
    paragraph breaks off at a word such as `should:` or `includes:` and the next one is another
    sentence. Add the list below it:

        detail: |
          This should include:

          - a data dictionary
    """

    code = "KP601"
    hint = "Add the list below it, each entry on a line that begins with '- '."

    def _may_be_in(self, read: Texts) -> bool:
        return ":" in read.joined

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        texts = dict(read.texts[: read.published])
        for at, text in texts.items():
            below = texts.get(("detail",), "") if at == ("title",) and read.item else ""
            if found := find_lost_list(text, below):
                yield self._diagnostic(file, at, text, found)

    def _message(self, name: str, found: Found) -> str:
        return f"{shown(found.words)} in the {name} announces a list, but no list follows"


class InPlaceButOpen(WordingRule):
    """A response says that the thing is in place, but its rating is open.

    Either the rating is out of date or the response is. Rate it complete, with evidence, or say
    what is still to be done: a response that does so is left alone, such as

        This is in place for general needs, but not yet for leasehold.
    """

    code = "KP602"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.hint = f"Rate it {self.complete}, with evidence, or say what is still to be done."

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find nothing: sections have no rating."""
        return iter(())

    def _may_be_in(self, read: Texts) -> bool:
        return (
            read.item is not None and read.item.rag.is_open and not read.telltales.isdisjoint(CLAIM)
        )

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        from kimplan.rules.completion import find_claim

        words = [CLAIM[word] for word in read.telltales if word in CLAIM]
        if read.item and (found := find_claim(read.item.response, words)):
            yield self._diagnostic(file, ("response",), read.item.response, found)

    def _message(self, name: str, found: Found) -> str:
        return f"the {name} says {shown(found.words)}, but the rating is still open"


class FirstPerson(WordingRule):
    """A text that will be published speaks of "I" or "my".

    The landlord answers, not the person who typed it; such a text is mostly a working note. Write
    what the organisation has done, and move working notes elsewhere. What others say is put in
    quotation marks and left alone. Progress notes count where the report prints them.
    """

    code = "KP603"
    hint = "Write what the organisation has done, not who typed it."

    def _may_be_in(self, read: Texts) -> bool:
        return not read.telltales.isdisjoint(PERSON)

    def _find(self, text: str) -> Found | None:
        return find_first_person(text)

    def _message(self, name: str, found: Found) -> str:
        return f"the {name} speaks in the first person: {shown(found.words)}"


class DoubledWord(WordingRule):
    """A word stands twice in a row.

    A slip of editing that a spelling checker misses. Delete one of the two. Words that are often
    doubled on purpose, such as `that that` and `had had`, are left alone.
    """

    code = "KP605"
    hint = "Delete one of the two."
    is_of_history = True

    def _may_be_in(self, read: Texts) -> bool:
        return read.has_doubled

    def _find(self, text: str) -> Found | None:
        return find_doubled_word(text)

    def _message(self, name: str, found: Found) -> str:
        return f"a word stands twice in the {name}: {shown(found.words)}"


class TypedBullet(WordingRule):
    """A list is no list, or a table no table: its marks are typed, or its lines run together.

    Bullets typed as `·` or `•`, and dashes and stars that begin the lines of a list, are printed as
    part of a sentence. Begin each entry on a line of its own with `- `; `kimplan lint --fix` does
    so for `·` and `•` that begin a line. A table's bars are printed too: write its rows as
    sentences or as a list. Without a `|`, YAML joins all lines of a text into one:

        response: |
          1. Web form
          2. Leaflet
    """

    code = "KP606"
    hint = "Begin each entry on a line of its own with '- '."

    def _may_be_in(self, read: Texts) -> bool:
        text = read.joined
        return may_be_bullet(text) or _may_be_joined(text) or "|" in text

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        for at, text in read.texts[: read.published]:
            if one := self._joined(file, at, text) if _may_be_joined(text) else None:
                yield one
            elif table := self._table(file, at, text) if "|" in text else None:
                yield table
            elif may_be_bullet(text) and (found := self._find(text)):
                yield self._diagnostic(file, at, text, found)

    def _table(self, file: LoadedFile[Any], at: KeyPath, text: str) -> Diagnostic | None:
        """Return what is said where a table was pasted."""
        from kimplan.rules.pasted_tables import find_table
        from kimplan.source import Words

        if not (found := find_table(text)):
            return None
        message = f"a table was pasted into the {_name_of(at)}, and its bars are printed"
        words = Words(text, found.start, found.end)
        hint = "Write each row as a sentence, or as an entry of a list that begins with '- '."
        return file.finding_in(self.code, message, at, words, hint, severity=self.severity)

    def _joined(self, file: LoadedFile[Any], at: KeyPath, text: str) -> Diagnostic | None:
        """Return what is said where YAML makes one line of a list."""
        from kimplan.rules.joined_lists import find_joined_list

        found = find_joined_list(file.document, at, text)
        if not found:
            return None
        name = _name_of(at)
        message = f"the lines of a list in the {name} run together into one sentence"
        hint = f"Put a | behind '{name}:', and the list below it."
        one = file.finding_on(self.code, message, found.place, hint, severity=self.severity)
        return one._replace(correction=found.correction)

    def _find(self, text: str) -> Found | None:
        return find_bullet(text)

    def _message(self, name: str, found: Found) -> str:
        return f"a bullet in the {name} is typed as {shown(found.words)}"


def _may_be_joined(text: str) -> bool:
    """Return whether lines of a list may have become one."""
    if "-" in text and " - " in text:
        return True
    if "2" in text and " 2. " in text:
        return True
    if ")" in text and (" 2) " in text or " b) " in text):
        return True
    return not text.isascii() and (" • " in text or " · " in text)
