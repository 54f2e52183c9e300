"""What lint would say of a plan if one of its records were changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.linter import Clock, lint_folder
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.loader.folder import ref_order
from kimplan.loader.loaded_file import load_bytes
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


class _Changed(PlanFolder):
    """A plan's folder in which one record is what it would be."""

    def __init__(self, root: Path, name: str, content: bytes) -> None:
        super().__init__(root)
        self._name = name
        self._content = content

    def recommendations(self) -> Iterator[LoadedFile[Recommendation]]:
        """Read each record, and the changed one in its place."""
        path = f"{self.root}/recommendations/{self._name}"
        mine: LoadedFile[Recommendation] | None = load_bytes(path, self._content, Recommendation)
        for file in super().recommendations():
            if mine and (file.path == path or ref_order(file.path) > ref_order(path)):
                yield mine
                mine = None
            if file.path != path:
                yield file
        if mine:
            yield mine


def judge(root: Path, name: str, before: bytes | None, after: bytes) -> Verdict:
    """Return what lint would find wrong if the record `name` of the plan in `root` were `after`.

    It is held against what it is now, `before`, too: a date moved without a reason and the other
    findings of change control are among the errors. None is a record that is not there yet.
    """
    folder = _Changed(root, name, after)
    path = f"{folder.root}/recommendations/{name}"
    base = None
    if before is not None:
        records = {path: load_bytes(path, before, Recommendation)}
        base = Base("the file as it was", frozenset({path}), records)
    found = lint_folder(folder, clock=Clock(None, base)).diagnostics
    bad = [one for one in found if _counts(one, path)]
    was = lint_folder(PlanFolder(root)).diagnostics if bad else ()
    new = set(_new(bad, was))
    errors = [one for one in bad if one.severity is Severity.ERROR]
    return Verdict(
        tuple(one for one in errors if one in new),
        tuple(one for one in errors if one not in new and one.location.path == path),
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
