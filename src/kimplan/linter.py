"""Every rule over every file of a plan, in one run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.ignores import Ignores
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.model.refs import file_order, named_after, ref_order
from kimplan.rules import Context, Rule, groups

if TYPE_CHECKING:
    from kimplan.snapshot.earlier import Base


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

    def chosen(self, select: Sequence[str], ignore: Sequence[str]) -> LintResult:
        """Return the findings whose codes begin with one of `select`, if any, and no `ignore`."""
        kept = tuple(
            found
            for found in self.diagnostics
            if (not select or found.code.startswith(tuple(select)))
            and not found.code.startswith(tuple(ignore))
        )
        return LintResult(kept, self.files)


class LoadResult:
    """A plan, None where it could not be made, and its errors."""

    __slots__ = ("errors", "plan")  # making a named tuple is dear to each start

    def __init__(self, plan: Plan | None, errors: tuple[Diagnostic, ...]) -> None:
        self.plan = plan
        self.errors = errors


class Clock:
    """What a check adds to lint: the day and the earlier state to compare with, if any."""

    __slots__ = ("as_of", "base")  # making a named tuple is dear to each start

    def __init__(self, as_of: date | None, base: Base | None = None) -> None:
        self.as_of = as_of
        self.base = base


def lint(
    root: Path, on_record: Callable[[], None] = _nothing, clock: Clock | None = None
) -> LintResult:
    """Return everything wrong with the plan in `root`.

    What depends on the day or on a change is among it only with a `clock`. Records are read one
    at a time, and of each is kept only what the others may refer to: its path, ref and date, and
    what was found. `on_record` is called after each of them.
    """
    return lint_folder(PlanFolder(root), on_record, clock)


def lint_folder(
    folder: PlanFolder, on_record: Callable[[], None] = _nothing, clock: Clock | None = None
) -> LintResult:
    """Return the same as `lint` for a `folder` that may differ from what is on the disk."""
    run = _Run(folder, on_record, clock)
    for _ in run.records():
        pass
    return run.result()


def lint_versions(
    folder: PlanFolder,
    before: LoadedFile[Recommendation] | None,
    after: LoadedFile[Recommendation],
    base: Base | None,
) -> tuple[LintResult, LintResult]:
    """Return what is found with a record `before` a change, None for a new one, and `after` it.

    The second is held against `base`. The other records are read once for both, and of them only
    is found what depends on more than one record.
    """
    runs = _Run(folder, _nothing), _Run(folder, _nothing, Clock(None, base))
    for old, new, is_other in _versions(folder, before, after):
        for run, file in zip(runs, (old, new), strict=True):
            if file is not None:
                run.read(file, only_shared=is_other)
    return runs[0].result(only_shared=True), runs[1].result(only_shared=True)


_Record: TypeAlias = LoadedFile[Recommendation]
_Check: TypeAlias = "Callable[[_Record, Recommendation], Iterable[Diagnostic]]"


def _versions(
    folder: PlanFolder, before: _Record | None, after: _Record
) -> Iterator[tuple[_Record | None, _Record, bool]]:
    """Yield each record before and after a change, and whether it is another one."""
    is_due = True
    for file in folder.recommendations(but=after.path):
        if is_due and file_order(file.path) > file_order(after.path):
            yield before, after, False
            is_due = False
        yield file, file, True
    if is_due:
        yield before, after, False


def load(
    root: Path, on_record: Callable[[], None] = _nothing, *, partial: bool = False
) -> LoadResult:
    """Return the same as `load_folder` for the plan in `root`, as it is on the disk."""
    return load_folder(PlanFolder(root), on_record, partial=partial)


def load_folder(
    folder: PlanFolder, on_record: Callable[[], None] = _nothing, *, partial: bool = False
) -> LoadResult:
    """Return the plan in `folder`, if it has no errors, and its errors.

    Nothing else is looked for, which saves time. With `partial`, the plan is there whatever is
    wrong with it, as far as it could be understood; it lacks the recommendations that are broken
    or belong to no section.
    """
    run = _Run(folder, on_record, only_errors=True)
    items = tuple(run.records())
    result = run.result()
    settings, owners = run.context.settings.value, run.context.owners.value
    if settings is None or owners is None or (result.has_errors and not partial):
        return LoadResult(None, result.diagnostics)
    ranks = {section.id: number for number, section in enumerate(settings.sections)}
    known = [item for item in items if item.section in ranks]
    if not run.is_in_order(items):
        known.sort(key=lambda item: ref_order(item.ref))
    ordered = sorted(known, key=lambda item: ranks[item.section])
    return LoadResult(Plan(settings, tuple(owners.owners), tuple(ordered)), result.diagnostics)


class _Run:
    """One run of the rules over one folder."""

    def __init__(
        self,
        folder: PlanFolder,
        on_record: Callable[[], None],
        clock: Clock | None = None,
        *,
        only_errors: bool = False,
    ) -> None:
        self._folder = folder
        self._on_record = on_record
        settings, owners = folder.settings(), folder.owners()
        as_of, base = (clock.as_of, clock.base) if clock else (None, None)
        self.context = Context(folder.root, settings, owners, as_of, base)
        self._ignores = Ignores(self.context)
        self._only_errors = only_errors
        self.context.is_on_disk = folder.is_on_disk
        chosen = groups.error_rules() if only_errors else _rules(self.context)
        self._rules = [rule(self.context) for rule in chosen]
        self._checks: dict[tuple[frozenset[str], bool], list[_Check]] = {}
        self._found = [*settings.diagnostics, *owners.diagnostics, *folder.strays()]

    def records(self) -> Iterator[Recommendation]:
        """Yield each sound record after checking it."""
        for file in self._folder.recommendations():
            self._on_record()
            self.read(file)
            if file.value is not None:
                yield file.value

    def is_in_order(self, items: Sequence[Recommendation]) -> bool:
        """Return whether the sound records are surely in the order of their refs.

        They were read in that of their files' names, which they mostly are named after.
        """
        paths = [path for path in self.context.paths if path not in self.context.broken]
        return [item.ref for item in items] == [*map(named_after, paths)]

    def read(self, file: LoadedFile[Recommendation], *, only_shared: bool = False) -> None:
        """Check a record; with `only_shared`, only for what depends on others as well."""
        self.context.read(file)
        self._ignores.read(file)
        self._found += self._said_of(file)
        if file.value is not None:
            checks = self._checks_of(file.value, only_shared=only_shared)
            # Most yield nothing, which a loop sees in half the time that adding them takes.
            self._found += [found for check in checks for found in check(file, file.value)]

    def _checks_of(self, item: Recommendation, *, only_shared: bool) -> list[_Check]:
        """Return the checks that a record with the fields of `item` needs, found once for each."""
        fields = frozenset(item.model_fields_set)
        found = self._checks.get((fields, only_shared))
        if found is None:
            found = self._checks[fields, only_shared] = [
                rule.check
                for rule in self._rules
                if rule.looks_at(fields) and not (only_shared and rule.is_local)
            ]
        return found

    def _said_of(self, file: LoadedFile[Recommendation]) -> Sequence[Diagnostic]:
        """Return what was found when a record was read."""
        if file.value is not None or not any(one.correction for one in file.diagnostics):
            return file.diagnostics
        from kimplan.rules.followed import with_sound_corrections

        return with_sound_corrections(file, self.context)

    def result(self, *, only_shared: bool = False) -> LintResult:
        """Return the findings, after the rules about the whole plan have had their say."""
        for rule in self._rules:
            if not (only_shared and rule.is_local):
                self._found += rule.check_plan()
        for file in (self.context.settings, self.context.owners):
            self._ignores.read(file)
        kept = [one for one in self._ignores.kept(self._found) if self._is_wanted(one.severity)]
        return LintResult(tuple(sorted(kept, key=_order)), len(self.context.paths))

    def _is_wanted(self, severity: Severity) -> bool:
        return severity is Severity.ERROR or not self._only_errors


def _rules(context: Context) -> Iterator[type[Rule]]:
    """Yield the rules that can say something in this run."""
    yield from groups.error_rules()
    yield from groups.warning_rules()
    if context.as_of:
        yield from groups.clock_rules()
    if context.base:
        yield from groups.change_rules()


def _order(found: Diagnostic) -> tuple[object, ...]:
    place = found.location
    return file_order(place.path), place.line, place.column, found.code, found.message
