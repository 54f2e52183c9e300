"""What a change to the plan may not do (KP8xx); each rule compares with an earlier state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kimplan.diagnostic import Diagnostic, Location
from kimplan.loader import LoadedFile
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Section
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import ChangeRule, Context
from kimplan.source import KeyPath, shown

_BULLET = re.compile(r"^[ \t]*(?:[·•][ \t]*|[-*][ \t]+)", re.MULTILINE)


class _RecordChange(ChangeRule):
    """A rule that compares a record with what it was."""

    code = ""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        records = [file.value for file in self.base.records.values() if file.value]
        self._by_ref = {item.ref.casefold(): item for item in records}

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it."""
        if file.path not in self.base.changed:
            return ()
        before = self._by_ref.get(item.ref.casefold())
        if before is None and (earlier := self.base.records.get(file.path)):
            before = earlier.value
        return self._compare(file, item, before) if before else ()

    def _compare(
        self, file: LoadedFile[Recommendation], item: Recommendation, before: Recommendation
    ) -> Iterable[Diagnostic]:
        raise NotImplementedError


class SilentMove(_RecordChange):
    """A due date was moved later without a new revision that gives the reason.

    Nobody could say afterwards who moved it and why. Add a revision that begins at the date that
    was promised before and ends at the new one:

        due: 2024-07
        revisions:
          - {from: 2024-03, to: 2024-07, reason: The portal was re-planned., on: 2024-03-20}
    """

    code = "KP801"

    def _compare(
        self, file: LoadedFile[Recommendation], item: Recommendation, before: Recommendation
    ) -> Iterator[Diagnostic]:
        if not item.due or not before.due or item.due.last_day <= before.due.last_day:
            return
        new = item.revisions[len(before.revisions) :]
        if (
            new
            and new[0].from_.covers_the_same(before.due)
            and new[-1].to.covers_the_same(item.due)
            and all(any(map(str.isalnum, revision.reason)) for revision in new)
        ):
            return
        message = f"due moved from {before.due} to {item.due} without a revision that says why"
        hint = (
            f"Add below 'revisions:' a line '  - {{from: {before.due.text}, to: {item.due.text}, "
            "reason: …, on: …}'."
        )
        yield self.finding(file, message, ("due",), hint)


class RewrittenHistory(_RecordChange):
    """A revision, a progress note or a verification was rewritten or removed.

    They are the record of what was promised and done, and are only ever added to. Put the entry
    back as it was, and add a new one that corrects it. How lines are wrapped does not count. Only
    the verification of what is amber or red again is taken away: nothing is completed any more.
    """

    code = "KP802"

    def _compare(
        self, file: LoadedFile[Recommendation], item: Recommendation, before: Recommendation
    ) -> Iterator[Diagnostic]:
        lists: tuple[tuple[str, list[Any], list[Any]], ...] = (
            ("revisions", before.revisions, item.revisions),
            ("progress", before.progress, item.progress),
        )
        for key, old, new in lists:
            was, said = [_said(entry) for entry in old], [_said(entry) for entry in new]
            if said[: len(was)] != was:
                yield self._rewritten(file, key, was, said)
        if before.verified and not item.verified and item.rag.is_open:
            return
        if before.verified and (
            not item.verified or _said(item.verified) != _said(before.verified)
        ):
            what = "rewritten" if item.verified else "removed"
            message = f"the verification by {shown(before.verified.by)} was {what}"
            hint = "Put it back as it was."
            yield self.finding(
                file, message, ("verified",) if item.verified else (), hint, key=True
            )

    def _rewritten(
        self, file: LoadedFile[Recommendation], key: str, old: list[Any], new: list[Any]
    ) -> Diagnostic:
        same = [one == other for one, other in zip(old, new, strict=False)]
        index = same.index(False) if False in same else len(new)
        what = "removed" if len(new) < len(old) else "rewritten"
        entry = {"revisions": "revision", "progress": "progress note"}[key]
        message = f"{entry} {index + 1} was {what}: entries are only ever added at the end"
        hint = "Put it back as it was, and add a new entry that corrects it."
        at: KeyPath = (key, index) if index < len(new) else (key,) if new else ()
        return self.finding(file, message, at, hint, key=index >= len(new))


class GreenWithoutProof(_RecordChange):
    """A recommendation became green without evidence.

    A board that is told "done" will be asked for the proof. Add `evidence:`. Where there can be
    none, say so aloud, for the reviewer to read:

        rag: green  # kimplan: ignore KP803, KP303 - a change of practice, minuted by the Board
    """

    code = "KP803"

    def _compare(
        self, file: LoadedFile[Recommendation], item: Recommendation, before: Recommendation
    ) -> Iterator[Diagnostic]:
        if item.rag is Rating.GREEN and before.rag is not Rating.GREEN and not item.evidence:
            message = f"{item.ref} went from {before.rag} to green without evidence"
            hint = (
                "Add 'evidence:', or say why there is none: "
                "rag: green  # kimplan: ignore KP803, KP303 - reason."
            )
            yield self.finding(file, message, ("rag",), hint)


class RemovedRecommendation(ChangeRule):
    """A recommendation was removed or renumbered.

    The Ombudsman's numbers stand in minutes and reports for good. Put the file back under its
    ref; what does not apply any more is rated not-applicable, with the reason as the response.
    """

    code = "KP804"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._refs: set[str] = set()
        self._changed: list[LoadedFile[Recommendation]] = []

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note which recommendations there are."""
        self._refs.add(item.ref.casefold())
        if file.path in self.base.changed:
            self._changed.append(file)
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        items = [(path, file.value) for path, file in self.base.records.items()]
        refs = {item.ref.casefold() for _, item in items if item}
        new = [
            file for file in self._changed if file.value and file.value.ref.casefold() not in refs
        ]
        for path, item in items:
            name = path.rpartition("/")[2].removesuffix(".yaml")
            ref = item.ref if item else name
            if ref.casefold() in self._refs or self._is_told_elsewhere(path, item):
                continue
            if now := next((file for file in new if item and _is_now(file, path, item)), None):
                message = f"{ref} was renumbered: it is {now.value.ref if now.value else name} now"
                yield self.finding(now, message, ("ref",), f"Give it back its ref, {ref}.")
            else:
                hint = "Put the file back; what does not apply is rated not-applicable."
                message = f"{ref} was removed from the plan"
                yield Diagnostic(self.code, self.severity, message, Location(path), hint)

    def _is_told_elsewhere(self, path: str, earlier: Recommendation | None) -> bool:
        """Return whether the file is there, and it or the earlier one cannot be understood."""
        if earlier is None:
            return path in self.context.paths
        return path in self.context.broken


def _is_now(file: LoadedFile[Recommendation], path: str, earlier: Recommendation) -> bool:
    """Return whether `file` holds what stood at `path` under another ref."""
    is_alike = file.value is not None and _words(file.value.title) == _words(earlier.title)
    return file.path == path or is_alike


class OmbudsmansWords(_RecordChange):
    """The Ombudsman's own words were changed.

    A title, a detail and a section's text are quoted from the report; an answer to other words is
    no answer. Put them back as they were. How lines are wrapped does not count.
    """

    code = "KP805"

    def _compare(
        self, file: LoadedFile[Recommendation], item: Recommendation, before: Recommendation
    ) -> Iterator[Diagnostic]:
        for key in ("title", "detail"):
            old, new = _words(getattr(before, key)), _words(getattr(item, key))
            if old != new:
                at: KeyPath = (key,) if new else ()
                message = f"the {key} of {item.ref}, which is the Ombudsman's, was {_how(old, new)}"
                yield self.finding(file, message, at, _was(old), key=True)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the sections."""
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
                hint = f"It was: {shown(_words(section.title))}."
                yield self.finding(now, message, ("sections",), hint, key=True)

    def _compare_section(self, index: int, now: Section, earlier: Section) -> Iterator[Diagnostic]:
        for key in ("title", "narrative"):
            was, words = _words(getattr(earlier, key)), _words(getattr(now, key))
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
    return _words(section.title), _words(section.narrative)


def _said(entry: PlanModel) -> Sequence[object]:
    """Return the values of an entry, without the layout of its texts."""
    return [_words(value) if isinstance(value, str) else value for _, value in entry]


def _words(text: str | None) -> str:
    """Return `text` on one line; how its bullets are typed does not count."""
    return " ".join(_BULLET.sub("- ", text or "").split())
