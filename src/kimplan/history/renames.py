"""Which of a repository's changes are those of a plan's records, also from where the plan was."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from kimplan.git.log import Commit, FileChange
from kimplan.history.merges import Files
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import SETTINGS


def record_log(log: Iterable[Commit], checkout: Checkout) -> Iterator[Commit]:
    """Yield the commits, newest first, with the changes of the plan's records alone.

    The plan is followed to the folders that it was in. A file that was moved into the plan was
    added to it, one that was moved out of it was removed.
    """
    places = {checkout.below: checkout}
    for commit in log:
        for change in commit.files:
            if change.new_path.endswith(SETTINGS):
                old, new = posixpath.split(change.old_path), posixpath.split(change.new_path)
                if new[1] == SETTINGS == old[1] and new[0] in places:
                    places.setdefault(old[0], Checkout(checkout.root, old[0]))
        files = tuple(_of_records(commit.files, list(places.values())))
        yield commit if files == commit.files else commit._replace(files=files)


def _of_records(files: Iterable[FileChange], places: list[Checkout]) -> Iterator[FileChange]:
    for old, new, old_blob, new_blob in files:
        was = any(place.record(old) for place in places)
        is_now = was if new == old else any(place.record(new) for place in places)
        if was or is_now:
            states = (old if was else "", new if is_now else "")
            yield FileChange(*states, old_blob if was else "", new_blob if is_now else "")


def blobs_in(commit: Commit) -> list[str]:
    """Return the blobs of the records that a `commit` changed, as they were and as they became."""
    return [blob for change in commit.files for blob in change[2:] if blob]


def blobs_of(
    log: Iterable[Commit], others: Mapping[str, Sequence[Files]], paths: Iterable[str]
) -> dict[str, None]:
    """Return the blobs that tell the story of the records that are at the `paths`.

    Which record was where before is not known without their contents: it may have been where any
    other was that the same commit changed, or that the `others` had whom a merge brought together.
    """
    wanted = {path.casefold() for path in paths}
    found: dict[str, None] = {}
    for commit in log:
        if files := _touched(commit.files, wanted):
            found |= dict.fromkeys(blobs_in(commit._replace(files=files)))
            wanted.update(change.old_path.casefold() for change in files if change.old_path)
            for side in others.get(commit.name, ()):
                found |= dict.fromkeys(side.values())
                wanted.update(map(str.casefold, side))
    return found


def _touched(files: tuple[FileChange, ...], names: Container[str]) -> tuple[FileChange, ...]:
    """Return the changes among which those of the records with the `names` are."""
    mine = tuple(one for one in files if any(path.casefold() in names for path in one[:2]))
    return files if mine and any(one.old_path for one in files) else mine
