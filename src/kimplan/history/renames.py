"""Which of a repository's changes are those of a plan's records, also from where the plan was."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from kimplan.git.log import Commit, FileChange
from kimplan.history.merges import Files
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import SETTINGS


def record_log(log: Iterable[Commit], checkout: Checkout) -> list[Commit]:
    """Return the commits, newest first, with the changes of the plan's records alone.

    The plan is followed to the folders that it was in. A file that was moved into the plan was
    added to it, one that was moved out of it was removed.
    """
    places = {checkout.below: checkout}
    found = []
    for commit in log:
        for change in commit.files:
            old, new = posixpath.split(change.old_path), posixpath.split(change.new_path)
            if new[1] == SETTINGS == old[1] and new[0] in places:
                places.setdefault(old[0], Checkout(checkout.root, old[0]))
        files = tuple(_of_records(commit.files, list(places.values())))
        found.append(commit._replace(files=files))
    return found


def _of_records(files: Iterable[FileChange], places: list[Checkout]) -> Iterator[FileChange]:
    for old, new, old_blob, new_blob in files:
        was = any(place.record(old) for place in places)
        is_now = any(place.record(new) for place in places)
        if was or is_now:
            states = (old if was else "", new if is_now else "")
            yield FileChange(*states, old_blob if was else "", new_blob if is_now else "")


def blobs_of(
    log: Iterable[Commit],
    others: Mapping[str, Sequence[Files]],
    paths: Iterable[str] | None = None,
) -> dict[str, None]:
    """Return the blobs that tell the story of all records, or of those that are at the `paths`.

    Which record was where before is not known without their contents: it may have been where any
    other was that the same commit changed, or that the `others` had whom a merge brought together.
    The blobs of a file stand together, which git reads faster.
    """
    wanted = None if paths is None else {path.casefold() for path in paths}
    found: list[tuple[str, str]] = []
    for commit in log:
        files = commit.files if wanted is None else _touched(commit.files, wanted)
        for old, new, *blobs in files:
            found += [(new or old, blob) for blob in blobs if blob]
            if wanted is not None and old:
                wanted.add(old.casefold())
        for side in others.get(commit.name, ()) if files else ():
            found += side.items()
            if wanted is not None:
                wanted.update(map(str.casefold, side))
    return dict.fromkeys(blob for _, blob in sorted(found, key=lambda pair: pair[0]))


def _touched(files: tuple[FileChange, ...], names: Container[str]) -> tuple[FileChange, ...]:
    """Return the changes among which those of the records with the `names` are."""
    mine = tuple(one for one in files if any(path.casefold() in names for path in one[:2]))
    return files if mine and any(one.old_path for one in files) else mine
