"""What a change to the plan may not do to the Ombudsman's numbers and words (KP8xx)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kimplan.changes.words import plain_words
from kimplan.characters import shown
from kimplan.diagnostic import Diagnostic, Location
from kimplan.model.refs import named_after
from kimplan.rules.base import Changed, ChangeRule, RecordChangeRule

if TYPE_CHECKING:
    from kimplan.model.plan import Section
    from kimplan.source import KeyPath


class RemovedRecommendation(ChangeRule):
    """A recommendation was removed or renumbered.

    The Ombudsman's numbers stand in minutes and reports for good. Put the file back under its
    ref; what does not apply any more is rated not-applicable, with the reason as the response.
    """

    code = "KP804"

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        kept = {was: now for now, was in self.context.pairs().items()}
        for path, earlier in self.base.records.items():
            now = self.context.changed.get(kept.get(path, ""))
            if now is None and path in self.context.paths and path not in self.context.changed:
                continue  # it is as it was
            name = named_after(path)
            ref = earlier.value.ref if earlier.value else name
            if now is None:
                hint = "Put the file back; what does not apply is rated not-applicable."
                message = f"{ref} was removed from the plan"
                yield Diagnostic(self.code, self.severity, message, Location(path), hint)
            elif earlier.value and now.value and now.value.ref.casefold() != ref.casefold():
                message = f"{ref} was renumbered: it is {now.value.ref} now"
                yield self.finding(now, message, ("ref",), f"Give it back its ref, {ref}.")


class OmbudsmansWords(RecordChangeRule):
    """The Ombudsman's own words were changed.

    A title, a detail and a section's text are quoted from the report; an answer to other words is
    no answer. Put them back as they were. How lines are wrapped does not count.
    """

    code = "KP805"

    def _compare(self, change: Changed) -> Iterator[Diagnostic]:
        file, item, before = change
        for key in ("title", "detail"):
            old, new = plain_words(getattr(before, key)), plain_words(getattr(item, key))
            if old != new:
                at: KeyPath = (key,) if new else ()
                message = f"the {key} of {item.ref}, which is the Ombudsman's, was {_how(old, new)}"
                yield self.finding(file, message, at, _was(old), key=True)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the records and in the sections."""
        yield from super().check_plan()
        now, before = self.context.settings, self.base.settings
        if not now.value or not before or not before.value:
            return
        ids = {section.id for section in now.value.sections}
        old = {section.id: section for section in before.value.sections}
        for index, section in enumerate(now.value.sections):
            if earlier := old.get(section.id):
                yield from self._compare_section(index, section, earlier)
        quoted = [_quoted(section) for section in now.value.sections if section.id not in old]
        for section in before.value.sections:
            if section.id not in ids and _quoted(section) not in quoted:
                message = f"the section {shown(section.id)}, which is the Ombudsman's, was removed"
                hint = f"It was: {shown(plain_words(section.title))}."
                yield self.finding(now, message, ("sections",), hint, key=True)

    def _compare_section(self, index: int, now: Section, earlier: Section) -> Iterator[Diagnostic]:
        for key in ("title", "narrative"):
            was, words = plain_words(getattr(earlier, key)), plain_words(getattr(now, key))
            if was != words:
                at: KeyPath = ("sections", index, key) if words else ("sections", index)
                message = f"the {key} of section {shown(now.id)}, which is the Ombudsman's, was "
                message += _how(was, words)
                yield self.finding(self.context.settings, message, at, _was(was))


def _how(old: str, new: str) -> str:
    return "changed" if old and new else "removed" if old else "added"


def _was(old: str) -> str:
    return f"It was: {shown(old)}." if old else "There was none before."


def _quoted(section: Section) -> tuple[str, str]:
    return plain_words(section.title), plain_words(section.narrative)
