"""HTML's names for characters in texts (KP122)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kimplan.diagnostic import Correction, Diagnostic, Severity
from kimplan.rules.base import Context, Rule
from kimplan.rules.texts import ENTITY, READER, Texts

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import KeyPath
    from kimplan.writing.entities import Entity


class HtmlEntity(Rule):
    """A text holds HTML's name for a character.

    `&amp;`, `&nbsp;` or `&#8217;` came in by copying from a web page's source, and the report
    prints it as it stands. Write the character; `kimplan lint --fix` does so.
    """

    code = "KP122"
    severity = Severity.WARNING
    is_local = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._settings = context.settings.value

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it."""
        read = READER.read(item, self._settings)
        return self._findings(file, read) if _may_be_in(read) else ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the title of the plan and in the sections."""
        if self._settings and "&" in self.context.settings.document.text:
            read = READER.read_settings(self._settings)
            if _may_be_in(read):
                yield from self._findings(self.context.settings, read)

    def _findings(self, file: LoadedFile[Any], read: Texts) -> Iterator[Diagnostic]:
        from kimplan.writing.entities import find_entity

        for at, text in read.texts:
            if found := find_entity(text):
                yield self._finding(file, at, text, found)

    def _finding(self, file: LoadedFile[Any], at: KeyPath, text: str, found: Entity) -> Diagnostic:
        entity = text[found.start : found.end]
        means = "a space" if found.means == " " else f"'{found.means}'"
        message = f"'{entity}' is HTML for {means}, and stands here as text"
        correction = _correction(file, at)
        hint = f"Write {means}{'; kimplan lint --fix does so' if correction else ''}."
        from kimplan.source import Words

        words = Words(text, found.start, found.end)
        return file.finding_in(
            self.code, message, at, words, hint, severity=self.severity, correction=correction
        )


def _may_be_in(read: Texts) -> bool:
    return not read.telltales.isdisjoint(ENTITY) and "&" in read.joined


def _correction(file: LoadedFile[Any], at: KeyPath) -> Correction | None:
    """Return the lines without entities, if they can be read as the text that is meant."""
    from kimplan.writing.correction import difference
    from kimplan.writing.entities import edit_entities, without_entities
    from kimplan.writing.parsed_text import CannotEditError, ParsedText

    before = ParsedText(file.document)
    try:
        after = before.edited([edit_entities(before, at)])
    except CannotEditError:
        return None
    meant = without_entities(str(before.get(at)))
    return difference(before.text, after.text) if after.get(at) == meant else None
