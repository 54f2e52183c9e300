"""Where the files of a plan's folder are read from: the disk, or memory."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from kimplan.loader.loaded_file import LoadedFile, load_bytes, load_file, load_nothing
from kimplan.source import leads_out

if TYPE_CHECKING:
    from kimplan.model.fields import PlanModel
    from kimplan.model.rating import Scheme

_M = TypeVar("_M", bound="PlanModel")


class Files(Protocol):
    """What can be asked of a plan's folder; names lead from the folder, with ``/``."""

    def load(self, name: str, path: str, model: type[_M], scheme: Scheme) -> LoadedFile[_M]:
        """Read a file as a `model`; `path` is how it is called in findings.

        The words of ratings are those of the `scheme`.
        """

    def names(self, folder: str) -> Iterable[str]:
        """Return what lies in a folder, none where it is not there or leads out of the plan."""

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder of that name."""

    def leads_out(self, name: str) -> bool:
        """Return whether a name leads out of the plan."""


class DiskFiles:
    """The files of the folder `root` as they are on the disk."""

    def __init__(self, root: str) -> None:
        self._root = root

    def load(self, name: str, path: str, model: type[_M], scheme: Scheme) -> LoadedFile[_M]:
        """Read a file; a link is followed only to one inside the folder."""
        return load_file(path, self._root, model, scheme)

    def names(self, folder: str) -> Iterable[str]:
        """Return what lies in a folder."""
        try:
            return [] if self.leads_out(folder) else os.listdir(f"{self._root}/{folder}")
        except OSError:
            return []

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder of that name."""
        return os.path.isdir(f"{self._root}/{name}")

    def leads_out(self, name: str) -> bool:
        """Return whether a name leads out of the folder, with its links followed."""
        return leads_out(f"{self._root}/{name}", self._root)


class TypedFiles(DiskFiles):
    """The files of the folder `root` as they are on the disk, but for one that holds `content`."""

    def __init__(self, root: str, name: str, content: bytes) -> None:
        super().__init__(root)
        self._name = name
        self._content = content

    def load(self, name: str, path: str, model: type[_M], scheme: Scheme) -> LoadedFile[_M]:
        """Read a file."""
        if name == self._name:
            return load_bytes(path, self._content, model, scheme)
        return super().load(name, path, model, scheme)

    def names(self, folder: str) -> Iterable[str]:
        """Return what lies in a folder."""
        own_folder, _, own = self._name.rpartition("/")
        return {*super().names(folder), *([own] if folder == own_folder else ())}


class MemoryFiles:
    """Files whose contents are known, by their names."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def load(self, name: str, path: str, model: type[_M], scheme: Scheme) -> LoadedFile[_M]:
        """Read a file."""
        content = self._contents.get(name)
        if content is None:
            return load_nothing(path)
        return load_bytes(path, content, model, scheme)

    def names(self, folder: str) -> Iterable[str]:
        """Return what lies in a folder."""
        below = f"{folder}/" if folder else ""
        found = (name.removeprefix(below) for name in self._contents if name.startswith(below))
        return {name.partition("/")[0] for name in found}

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder of that name."""
        return any(posixpath.dirname(one) == name for one in self._contents)

    def leads_out(self, name: str) -> bool:
        """Return False: there are no links."""
        return False
