"""A plan's registry and records as they are, and as they would be after a change of some files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.edits.refusal import RefusedError
from kimplan.linter import lint_folder
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.loader.files import DiskFiles
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.roles.records import is_clear

_M = TypeVar("_M", bound=PlanModel)


class State(NamedTuple):
    """The registry, which has no errors, and the records, of which it is clear who owns them."""

    owners: LoadedFile[Owners]
    records: tuple[LoadedFile[Recommendation], ...]

    @property
    def roles(self) -> list[str]:
        """The registered roles, in their order."""
        return [owner.role for owner in self.owners.value.owners] if self.owners.value else []


def read_registry(root: Path) -> LoadedFile[Owners]:
    """Return the registry of the plan in `root`; raise RefusedError where it has errors."""
    owners = PlanFolder(root).owners()
    if owners.value is None:
        message = f"{owners.path} has errors"
        raise RefusedError(message, "Mend them first.", old=_errors(owners.diagnostics))
    return owners


def read_state(root: Path) -> State:
    """Return the registry and the records of the plan in `root`.

    Raises RefusedError where one of them cannot be read, for the change would be half then.
    """
    folder = PlanFolder(root)
    folder.settings()
    owners, records = read_registry(root), tuple(folder.recommendations())
    unclear = [file for file in records if not is_clear(file.document.value)]
    if unclear:
        names = ", ".join(Path(file.path).name for file in unclear[:10])
        more = f" and {len(unclear) - 10} more" if len(unclear) > 10 else ""
        message = f"who owns what cannot be read in {names}{more}"
        found = [one for file in unclear[:10] for one in _errors(file.diagnostics)]
        raise RefusedError(message, "Mend that first, or the change would be half.", old=found)
    return State(owners, records)


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.ERROR]


class _Overlay(DiskFiles):
    """The files on the disk, but for some whose contents are given by their names."""

    def __init__(self, root: str, contents: Mapping[str, bytes]) -> None:
        super().__init__(root)
        self._contents = contents

    def load(self, name: str, path: str, model: type[_M], scheme: Scheme) -> LoadedFile[_M]:
        """Read a file."""
        content = self._contents.get(name)
        if content is None:
            return super().load(name, path, model, scheme)
        return load_bytes(path, content, model, scheme)


def altered(root: Path, contents: Mapping[str, bytes]) -> PlanFolder:
    """Return the plan in `root` with the `contents` of some files, by their names in the plan."""
    folder = PlanFolder(root, _Overlay(root.as_posix(), contents))
    folder.is_on_disk = True
    return folder


class Verdict(NamedTuple):
    """The errors and the warnings that a change would bring."""

    errors: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]


def judge_plan(root: Path, contents: Mapping[str, bytes]) -> Verdict:
    """Return what lint would find in the plan with these `contents` that it does not find now."""
    was = lint_folder(PlanFolder(root)).diagnostics
    new = list(_more(lint_folder(altered(root, contents)).diagnostics, was))
    return Verdict(
        tuple(one for one in new if one.severity is Severity.ERROR),
        tuple(one for one in new if one.severity is Severity.WARNING),
    )


def _more(found: Iterable[Diagnostic], was: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings of a file that has more of their kind; messages may name another role."""
    kinds = Counter((one.code, one.location.path) for one in was)
    for one in found:
        kind = one.code, one.location.path
        if kinds[kind]:
            kinds[kind] -= 1
        else:
            yield one
