"""A plan as it was at a commit: one reader for every command."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.git.objects import FILE, LINK, Entry, read_objects, tree_entries
from kimplan.git.process import GitError
from kimplan.git.tree import Tree, read_blobs, read_tree
from kimplan.loader import PlanFolder
from kimplan.loader.files import MemoryFiles
from kimplan.loader.loaded_file import load_bytes
from kimplan.loader.scheme import scheme_in
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import OWNERS, RECORDS, SETTINGS, is_record, trees_of

_NAME = re.compile(r"(?:recommendations/)?[\w .()&+,-]*\w\.yaml")


class Snapshot(NamedTuple):
    """The files of a plan as they were at a commit.

    `root` is the top of the work tree, `folder` where the plan was below it (empty for the top
    itself), and `blobs` are git's names of its settings, its owners and its records, by their
    names in that folder; links are followed.
    """

    root: Path
    commit: str
    folder: str
    blobs: Mapping[str, str]

    @property
    def checkout(self) -> Checkout:
        """Where the plan was in the repository."""
        return Checkout(self.root, self.folder)

    @property
    def records(self) -> dict[str, str]:
        """The blobs of the records alone."""
        return {name: blob for name, blob in self.blobs.items() if is_record(name)}

    def contents(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield what each of the named files said; GitError where this clone does not know it."""
        asked = list(names)
        contents = read_blobs(self.root, [self.blobs[name] for name in asked])
        return zip(asked, contents, strict=True)

    def scheme(self) -> Scheme:
        """Return the scheme of the ratings then, whatever else was wrong with the settings.

        Raises GitError where this clone does not know what they said.
        """
        settings = [content for _, content in self.contents({SETTINGS} & self.blobs.keys())]
        return scheme_in(settings[0]) if settings else Scheme.RAG

    def items(
        self, known: Mapping[str, Recommendation] | None = None, of: Scheme | None = None
    ) -> dict[str, Recommendation | None]:
        """Return what the records said by their names, None for what cannot be understood.

        `known` are recommendations by blobs, read by the scheme `of` their plan, that need not be
        read again where the scheme was the same.
        """
        known, records = known or {}, self.records
        settings = self.blobs.get(SETTINGS, "")
        wanted = sorted({blob for blob in records.values() if blob not in known})
        contents = read_blobs(self.root, [settings, *wanted] if settings else wanted)
        scheme = scheme_in(next(contents)) if settings else Scheme.RAG
        if known and of is not scheme:
            return self.items()
        read = items_in(zip(wanted, contents, strict=True), scheme)
        return {name: known.get(blob) or read.get(blob) for name, blob in records.items()}

    def plan(self) -> PlanFolder:
        """Return the plan as a folder whose files are in memory.

        Findings call it as git does: ``1a2b3c4:plan``. Raises KimplanError where there was none,
        and GitError where this clone does not know what it said.
        """
        short = self.commit[:7]
        if SETTINGS not in self.blobs:
            where = f" in {self.folder}" if self.folder else ""
            raise KimplanError(f"there was no plan{where} at {short}")
        if odd := next((name for name in self.blobs if not _NAME.fullmatch(name)), None):
            raise KimplanError(f"the plan at {short} has a file with an odd name: {odd[:60]}")
        files = MemoryFiles(dict(self.contents(self.blobs)))
        return PlanFolder(Path(f"{short}:{self.folder}"), files)


def items_in(
    contents: Iterable[tuple[str, bytes]], scheme: Scheme
) -> dict[str, Recommendation | None]:
    """Return what records say by the names that their `contents` have, None for a broken one.

    Their plan rated by the `scheme`. Each is read as it comes, while git looks for the next.
    """
    return {
        name: load_bytes(name, content, Recommendation, scheme).value for name, content in contents
    }


def read_snapshots(root: Path, folder: str, revisions: Sequence[str]) -> list[Snapshot | None]:
    """Return the plan of `folder` at each of the revisions, None for one that is no commit.

    A revision is a full name or HEAD. There are no files where the folder was not there. It takes
    one call of git, and two more for a plan that has links. Raises GitError.
    """
    if "\n" in folder:
        raise GitError("git cannot be asked about a folder with a line end in its name")
    asked = [name for revision in revisions for name in trees_of(revision, folder)]
    return snapshots_in(root, folder, read_objects(root, asked))


def snapshots_in(
    root: Path, folder: str, objects: Iterable[tuple[str, str, bytes]]
) -> list[Snapshot | None]:
    """Return the same by the objects that git has as the `trees_of` the revisions."""
    answers = iter(objects)
    found: list[Snapshot | None] = []
    for (commit, _, _), top, records in zip(answers, answers, answers, strict=True):
        blobs = _plain(_entries(top), _entries(records)) if commit else {}
        if blobs is None:
            blobs = _followed(read_tree(root, commit), folder)
        found.append(Snapshot(root, commit, folder, blobs) if commit else None)
    return found


def _entries(answer: tuple[str, str, bytes]) -> dict[str, Entry] | None:
    name, kind, tree = answer
    return tree_entries(tree, len(name) // 2) if kind == "tree" else None


def _plain(
    top: Mapping[str, Entry] | None, records: Mapping[str, Entry] | None
) -> dict[str, str] | None:
    """Return the blobs of a plan by its two folders, None where a link or a folder hides some."""
    if top is None:
        return {}
    entries = {name: top[name] for name in (SETTINGS, OWNERS) if name in top}
    below = {f"{RECORDS}{name}": entry for name, entry in (records or {}).items()}
    entries |= {name: entry for name, entry in below.items() if is_record(name)}
    is_hidden = records is None and RECORDS[:-1] in top
    if is_hidden or any(entry.mode.startswith(LINK) for entry in entries.values()):
        return None
    return {name: entry.object for name, entry in entries.items() if entry.mode.startswith(FILE)}


def _followed(tree: Tree, folder: str) -> dict[str, str]:
    """Return the blobs of the plan in `folder`, with links followed as far as the tree has them."""
    found = {name: tree.blob(posixpath.join(folder, name)) for name in (SETTINGS, OWNERS)}
    below = tree.below(posixpath.join(folder, RECORDS[:-1]))
    found |= {f"{RECORDS}{name}": blob for name, blob in below if is_record(f"{RECORDS}{name}")}
    return {name: blob for name, blob in found.items() if blob}


def find_snapshot(
    root: Path,
    commit: str,
    folders: Sequence[str],
    known_by: Collection[str],
    at_hand: Iterable[Snapshot | None] = (),
) -> Snapshot:
    """Return the plan that is in one of the `folders` now, as it was at `commit`.

    It may be one of those `at_hand`.

    If there was none in them, it is that of the folder that it was in then: one that holds a plan
    no more, and most of the names `known_by`. Without such a folder it has no files. Raises
    GitError where git cannot be asked.
    """
    known = {(one.commit, one.folder): one for one in at_hand if one}
    for folder in dict.fromkeys(folders):
        snapshot = known.get((commit, folder))
        if snapshot is None and "\n" not in folder:
            (snapshot,) = read_snapshots(root, folder, [commit])
        if snapshot and SETTINGS in snapshot.blobs:
            return snapshot
    tree = read_tree(root, commit)
    were = (folder for folder in tree.folders_with(SETTINGS) if _is_gone(root, folder, folders[0]))
    found = {folder: _followed(tree, folder) for folder in dict.fromkeys([*folders, *were])}
    names = set(known_by)
    alike = {folder: len(names & found[folder].keys()) for folder in found}
    best = max(alike, key=lambda folder: alike[folder])
    if alike[best] or best in folders:
        return Snapshot(root, commit, best, found[best])
    return Snapshot(root, commit, folders[0], {})


def _is_gone(root: Path, folder: str, now: str) -> bool:
    """Return whether a folder holds no plan any more, or only the one that is in `now`."""
    if not os.path.exists(root / folder / SETTINGS):
        return True
    return os.path.exists(root / now) and os.path.samefile(root / folder, root / now)
