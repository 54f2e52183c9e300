"""What a change to the plan may not do (KP8xx); each rule compares with an earlier state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kimplan.diagnostic import Diagnostic, Location
from kimplan.loader import LoadedFile
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.rules.base import ChangeRule, Context
from kimplan.source import Path, shown


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
    back as it was, and add a new one that corrects it.
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
            if new[: len(old)] != old:
                yield self._rewritten(file, key, old, new)
        if before.verified and item.verified != before.verified:
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
        at: Path = (key, index) if index < len(new) else (key,) if new else ()
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
        self._new: dict[str, LoadedFile[Recommendation]] = {}

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Note which recommendations there are."""
        self._refs.add(item.ref.casefold())
        if file.path in self.base.changed:
            self._new[_words(item.title)] = file
        return ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it."""
        names = {path.casefold() for path in self.context.paths}
        for path, earlier in self.base.records.items():
            name = path.rpartition("/")[2].removesuffix(".yaml")
            ref = earlier.value.ref if earlier.value else name
            is_here = path.casefold() in names
            if ref.casefold() in self._refs or (is_here and self._is_broken(path)):
                continue
            new = self._new.get(_words(earlier.value.title)) if earlier.value else None
            if new and new.value:
                message = f"{ref} was renumbered: it is {new.value.ref} now"
                yield self.finding(new, message, ("ref",), f"Give it back its ref, {ref}.")
            else:
                hint = "Put the file back; what does not apply is rated not-applicable."
                message = f"{ref} was removed from the plan"
                yield Diagnostic(self.code, self.severity, message, Location(path), hint)

    def _is_broken(self, path: str) -> bool:
        """Return whether the file is there but cannot be understood, which is said elsewhere."""
        return path in self.context.broken


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
                at: Path = (key,) if new else ()
                message = f"the {key} of {item.ref}, which is the Ombudsman's, was changed"
                yield self.finding(file, message, at, f"It was: {shown(old)}.", key=True)

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the sections."""
        now, before = self.context.settings, self.base.settings
        if not now.value or not before or not before.value:
            return
        old = {section.id: section for section in before.value.sections}
        for index, section in enumerate(now.value.sections):
            earlier = old.get(section.id)
            for key in ("title", "narrative") if earlier else ():
                was, words = _words(getattr(earlier, key)), _words(getattr(section, key))
                if was != words:
                    at: Path = ("sections", index, key) if words else ("sections", index)
                    message = f"the {key} of section {shown(section.id)}, which is the "
                    hint = f"It was: {shown(was)}."
                    yield self.finding(now, f"{message}Ombudsman's, was changed", at, hint)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
