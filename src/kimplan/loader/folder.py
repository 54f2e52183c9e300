"""The files of a plan's folder, read one at a time, so that a large plan needs little memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.loader.files import DiskFiles, Files
from kimplan.loader.loaded_file import LoadedFile
from kimplan.model.plan import Owners, Settings
from kimplan.model.rating import Scheme, scheme_of
from kimplan.model.recommendation import Recommendation
from kimplan.model.refs import file_order
from kimplan.names import fault_on_windows
from kimplan.whereabouts import SETTINGS

if TYPE_CHECKING:
    from kimplan.model.fields import PlanModel

_M = TypeVar("_M", bound="PlanModel")
OWNERS = "owners.yaml"
RECOMMENDATIONS = "recommendations"
_SUFFIX = ".yaml"
# What systems and editors leave behind; names that begin with a full stop are theirs too.
_IGNORED = {"thumbs.db", "desktop.ini", "icon\r", "4913", "__macosx"}
_SWAP = ("~", ".swp", ".swo", ".swx")


def _is_left_behind(name: str) -> bool:
    """Return whether a file of this `name` is a system's or an editor's."""
    return (
        name.startswith((".", "~$"))
        or name.lower() in _IGNORED
        or name.endswith(_SWAP)
        or (name.startswith("#") and name.endswith("#"))
    )


class PlanFolder:
    """The folder of a plan; no method raises for what is there.

    It is read from the disk each time, unless other `files` are given. `root` is how it is called
    in findings.
    """

    def __init__(self, root: Path, files: Files | None = None) -> None:
        self.root = root.as_posix()
        self.is_on_disk = files is None
        self._files: Files = files or DiskFiles(self.root)
        self._scheme: Scheme | None = None

    def settings(self) -> LoadedFile[Settings]:
        """Read ``plan.yaml``."""
        loaded = self._load(SETTINGS, Settings)
        self._scheme = scheme_of(loaded.document.value)
        return loaded

    def scheme(self) -> Scheme:
        """Return the scheme of the ratings, which ``plan.yaml`` said when it was read last.

        It counts whatever else is wrong with that file.
        """
        if self._scheme is None:
            self.settings()
        return self._scheme or Scheme.RAG

    def owners(self) -> LoadedFile[Owners]:
        """Read ``owners.yaml``."""
        return self._load(OWNERS, Owners)

    def recommendations(self, but: str = "") -> Iterator[LoadedFile[Recommendation]]:
        """Read each file of ``recommendations/`` `but` one, in the order of the refs."""
        names = self._but_copies(self._names(RECOMMENDATIONS))
        if but:
            names = [name for name in names if f"{self.root}/{RECOMMENDATIONS}/{name}" != but]
        for name in sorted(names, key=file_order):
            yield self._record(name)

    def recommendation(self, ref: str) -> Recommendation | None:
        """Return the recommendation whose file is named after `ref`, capitals or not, if sound."""
        wanted = f"{ref}{_SUFFIX}".casefold()
        for name in self._names(RECOMMENDATIONS):
            if name.casefold() == wanted:
                return self._record(name).value
        return None

    def _but_copies(self, names: list[str]) -> list[str]:
        """Return which of `names` are records, and no copies that lie beside them.

        The name of a copy is no ref, so that it can never be a sound record.
        """
        records = [name for name in names if name.endswith(_SUFFIX)]
        doubtful = [name for name in records if " " in name or "(" in name]
        if not doubtful:
            return records
        from kimplan.loader.strays import copied

        copies = {name for name in doubtful if copied(name, records)}
        return [name for name in records if name not in copies]

    def _record(self, name: str) -> LoadedFile[Recommendation]:
        return self._load(f"{RECOMMENDATIONS}/{name}", Recommendation, self.scheme())

    def strays(self) -> list[Diagnostic]:
        """Return a finding for each file or folder that belongs to nothing."""
        known = {SETTINGS, OWNERS, RECOMMENDATIONS}
        top, below = self._names(""), self._names(RECOMMENDATIONS)
        found = [self._stray("", name, top) for name in top if name not in known]
        if self._files.leads_out(RECOMMENDATIONS):
            message, hint = "the folder is a link that leaves the plan", "Put the folder here."
            folder = f"{self.root}/{RECOMMENDATIONS}"
            found.append(Diagnostic("KP001", Severity.ERROR, message, Location(folder), hint))
        records = set(self._but_copies(below))
        others = [name for name in below if name not in records]
        if others:
            twins = {name.casefold() for name in records}  # of which _unfit_names tells
            found += [
                self._stray(f"{RECOMMENDATIONS}/", name, below)
                for name in others
                if name.casefold() not in twins
            ]
        found += self._hidden()
        found += self._unfit_names("", top, known)
        found += self._unfit_names(RECOMMENDATIONS, below, set())
        return found

    def _hidden(self) -> Iterator[Diagnostic]:
        """Yield an error for each record that a full stop before its name hides."""
        names = [*self._files.names(RECOMMENDATIONS)]
        for name in sorted(one for one in names if one[:1] == "." and one.endswith(_SUFFIX)):
            from kimplan.loader.strays import hidden

            if found := hidden(name, names):
                place = Location(f"{self.root}/{RECOMMENDATIONS}/{name}")
                yield Diagnostic("KP007", found.severity, found.message, place, found.hint)

    def _unfit_names(self, below: str, names: list[str], known: set[str]) -> Iterator[Diagnostic]:
        """Yield a finding for each of `names` that is another's, or none at all, on Windows."""
        seen: dict[str, str] = {}
        for name in names:
            first = seen.setdefault(name.casefold(), name)
            fault = fault_on_windows(name)
            if first != name:
                fault = f"Windows takes this name for the same as {first}"
            if fault and name not in known:
                place = Location(f"{self.root}/{below}/{name}".replace("//", "/"))
                hint = "Rename the file."
                if first != name:
                    hint = "If one is a copy, keep what is right and delete it; else rename one."
                yield Diagnostic("KP010", Severity.ERROR, fault, place, hint)

    def _names(self, below: str) -> list[str]:
        names = self._files.names(below)
        return sorted(
            name
            for name in names
            if (name.endswith(_SUFFIX) and name[0].isalnum()) or not _is_left_behind(name)
        )

    def _load(self, name: str, model: type[_M], scheme: Scheme = Scheme.RAG) -> LoadedFile[_M]:
        return self._files.load(name, f"{self.root}/{name}", model, scheme)

    def _stray(self, below: str, name: str, beside: list[str]) -> Diagnostic:
        """Return an error for what looks like a record that nobody reads, else a warning."""
        from kimplan.loader.strays import judge

        is_folder = self._files.is_folder(f"{below}{name}")
        found = judge(name, beside, is_top=not below, is_folder=is_folder)
        place = Location(f"{self.root}/{below}{name}")
        return Diagnostic("KP007", found.severity, found.message, place, found.hint)
