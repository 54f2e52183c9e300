"""What lint would say of a plan if one of its records were changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.linter import lint_versions
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.earlier import Base


class Verdict(NamedTuple):
    """What would be wrong after a change.

    `errors` and `warnings` are those that the change makes; `old` are the errors of the record
    that it leaves there.
    """

    errors: tuple[Diagnostic, ...] = ()
    old: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


class Beside(PlanFolder):
    """What a plan's folder holds beside a record, which a change of it leaves as it is.

    Settings and owners are read once.
    """

    @cached_property
    def _settings(self) -> LoadedFile[Settings]:
        return super().settings()

    @cached_property
    def _owners(self) -> LoadedFile[Owners]:
        return super().owners()

    def settings(self) -> LoadedFile[Settings]:
        """Return ``plan.yaml``, read once."""
        return self._settings

    def owners(self) -> LoadedFile[Owners]:
        """Return ``owners.yaml``, read once."""
        return self._owners

    def strays(self) -> list[Diagnostic]:
        """Return nothing: other files are no matter of a change."""
        return []


class KeptBeside(Beside):
    """The same with each record read once and kept, so that many changes can be judged with it."""

    @cached_property
    def _records(self) -> tuple[LoadedFile[Recommendation], ...]:
        return tuple(super().recommendations())

    def recommendations(self, but: str = "") -> Iterator[LoadedFile[Recommendation]]:
        """Yield the records `but` one, in the order of their refs."""
        return (file for file in self._records if file.path != but)


def judge(
    root: Path,
    before: LoadedFile[Recommendation] | None,
    after: LoadedFile[Recommendation],
    beside: Beside | None = None,
) -> Verdict:
    """Return what lint would find wrong in the plan in `root` if a record were `after`.

    It is held against what it is now, `before`, too: a date moved without a reason and the other
    findings of change control are among the errors. None is a record that is not there yet.
    `beside` are the plan's other files, where they have been read.
    """
    base = None
    if before is not None:
        records = {before.path: before}
        base = Base("the file as it was", frozenset(records), records)
    was, found = lint_versions(beside or Beside(root), before, after, base)
    bad = [one for one in found.diagnostics if _counts(one, after.path)]
    new = set(_new(bad, was.diagnostics))
    errors = [one for one in bad if one.severity is Severity.ERROR]
    return Verdict(
        tuple(one for one in errors if one in new),
        tuple(one for one in errors if one not in new and one.location.path == after.path),
        tuple(one for one in bad if one.severity is Severity.WARNING and one in new),
    )


def _counts(found: Diagnostic, path: str) -> bool:
    is_here = found.location.path == path
    return found.severity is Severity.ERROR or (is_here and found.severity is Severity.WARNING)


def _new(found: Iterable[Diagnostic], was: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings that were not there; on which line they stand does not count."""
    left = Counter((one.code, one.message, one.location.path) for one in was)
    for one in found:
        key = one.code, one.message, one.location.path
        if left[key]:
            left[key] -= 1
        else:
            yield one
