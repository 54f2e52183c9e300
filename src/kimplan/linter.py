"""Every rule over every file of a plan, in one run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.loader import PlanFolder
from kimplan.loader.folder import ref_order
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.rules import ALL_RULES, Context


def _nothing() -> None:
    pass


class LintResult(NamedTuple):
    """All findings about a plan, in the order of its files, and how many records were read."""

    diagnostics: tuple[Diagnostic, ...]
    files: int

    @property
    def has_errors(self) -> bool:
        """Whether a board should not be shown this plan."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)

    def below(self, paths: Sequence[Path]) -> LintResult:
        """Return the findings in `paths` and in the folders among them."""
        wanted = [os.path.abspath(path) for path in paths]

        def is_wanted(found: Diagnostic) -> bool:
            place = os.path.abspath(found.location.path)
            return any(place == path or place.startswith(path + os.sep) for path in wanted)

        kept = tuple(found for found in self.diagnostics if is_wanted(found))
        return LintResult(kept, self.files)


class LoadResult(NamedTuple):
    """A plan and all findings about it; `plan` is None when there is an error among them."""

    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]


def lint(root: Path, on_record: Callable[[], None] = _nothing) -> LintResult:
    """Return everything wrong with the plan in `root` that does not depend on the clock.

    Records are read one at a time and not kept, so that memory does not grow with the plan.
    `on_record` is called after each of them.
    """
    run = _Run(PlanFolder(root), on_record)
    for _ in run.records():
        pass
    return run.result()


def load(root: Path, on_record: Callable[[], None] = _nothing) -> LoadResult:
    """Return the plan in `root`, if it has no errors, and all findings about it."""
    run = _Run(PlanFolder(root), on_record)
    items = tuple(run.records())
    result = run.result()
    settings, owners = run.context.settings.value, run.context.owners.value
    if result.has_errors or settings is None or owners is None:
        return LoadResult(None, result.diagnostics)
    rank = {section.id: number for number, section in enumerate(settings.sections)}
    ordered = sorted(items, key=lambda item: (rank[item.section], ref_order(item.ref)))
    return LoadResult(Plan(settings, tuple(owners.owners), tuple(ordered)), result.diagnostics)


class _Run:
    """One run of the rules over one folder."""

    def __init__(self, folder: PlanFolder, on_record: Callable[[], None]) -> None:
        self._folder = folder
        self._on_record = on_record
        self.context = Context(folder.root, folder.settings(), folder.owners())
        self._rules = [rule(self.context) for rule in ALL_RULES]
        self._found = [
            *self.context.settings.diagnostics,
            *self.context.owners.diagnostics,
            *folder.strays(),
        ]

    def records(self) -> Iterator[Recommendation]:
        """Yield each sound record after checking it."""
        for file in self._folder.recommendations():
            self.context.files += 1
            self._on_record()
            self._found += file.diagnostics
            if file.value is None:
                continue
            for rule in self._rules:
                self._found += rule.check(file, file.value)
            yield file.value

    def result(self) -> LintResult:
        """Return the findings, after the rules about the whole plan have had their say."""
        for rule in self._rules:
            self._found += rule.check_plan()
        return LintResult(tuple(sorted(self._found, key=_order)), self.context.files)


def _order(found: Diagnostic) -> tuple[object, ...]:
    place = found.location
    return ref_order(place.path), place.line, place.column, found.code, found.message
