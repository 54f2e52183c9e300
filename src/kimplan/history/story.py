"""The story of a plan: what each commit changed, told by two calls of git."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.history.blob import is_blob
from kimplan.history.differences import Change, differences
from kimplan.history.log import Commit, FileChange, read_log
from kimplan.history.objects import read_objects, tree_files
from kimplan.history.place import Place
from kimplan.history.tree import RECORDS, counts
from kimplan.loader.record import load_bytes, load_file
from kimplan.model.recommendation import Recommendation


class Entry(NamedTuple):
    """What one commit changed in one recommendation; no `commit` where it is not committed yet.

    `problem` is a sentence where the file could not be understood.
    """

    ref: str
    commit: str
    day: date | None
    author: str
    changes: tuple[Change, ...]
    problem: str = ""


class Story(NamedTuple):
    """The entries, oldest first, and whether the older part is missing from this clone."""

    entries: tuple[Entry, ...]
    is_cut_off: bool


def tell(
    plan: Path | None, place: Place, ref: str | None, timezone: str, at: str = "HEAD"
) -> Story:
    """Return the story of the recommendation `ref`, or of all of them.

    Renamed files are followed. Changes on disk in the folder `plan`, if any is named, that are not
    committed come last. Raises GitError where git cannot be asked.
    """
    log = read_log(place.root, at)
    touched = list(_touched(log, place, ref))
    folder = f"{at}:{place.below}/recommendations" if place.below else f"{at}:recommendations"
    blobs = _blobs(touched)
    items, head = _read(place, folder, blobs)
    entries = list(_entries(reversed(touched), items, ZoneInfo(timezone)))
    names = {place.record(path) for path in _paths(touched)} if ref else None
    if plan is not None:
        entries += _uncommitted(plan, head, items, names)
    return Story(tuple(entries), place.is_shallow)


def _touched(
    log: Iterable[Commit], place: Place, ref: str | None
) -> Iterator[tuple[Commit, FileChange]]:
    """Yield the changes of records, newest first, of one of them and its earlier names if asked."""
    wanted = f"{RECORDS}{ref}.yaml".casefold() if ref else ""
    names = {wanted}
    for commit in log:
        for change in commit.files:
            old, new = place.record(change.old_path), place.record(change.new_path)
            if not old and not new:
                continue
            if not ref:
                yield commit, change
            elif new.casefold() in names or old.casefold() in names:
                yield commit, change
                if old and new:
                    names.add(old.casefold())


def _blobs(touched: Iterable[tuple[Commit, FileChange]]) -> dict[str, None]:
    """Return the blobs once each, those of a file together, which git reads faster."""
    by_path = sorted(touched, key=lambda pair: pair[1].new_path or pair[1].old_path)
    blobs = (blob for _, change in by_path for blob in (change.new_blob, change.old_blob))
    return dict.fromkeys(filter(None, blobs))


def _paths(touched: Iterable[tuple[Commit, FileChange]]) -> Iterator[str]:
    for _, change in touched:
        yield from (change.old_path, change.new_path)


def _read(
    place: Place, folder: str, blobs: Iterable[str]
) -> tuple[dict[str, Recommendation | None], dict[str, str]]:
    """Return the records by their blobs, and the blobs of HEAD by their names in the plan."""
    objects = read_objects(place.root, [folder, *blobs])
    name, kind, tree = next(objects)
    head = tree_files(tree, len(name) // 2) if kind == "tree" else {}
    items = {
        name: load_bytes(name, data, Recommendation).value for name, _, data in objects if name
    }
    return items, head


def _entries(
    touched: Iterable[tuple[Commit, FileChange]],
    items: Mapping[str, Recommendation | None],
    zone: ZoneInfo,
) -> Iterator[Entry]:
    """Yield what each commit changed, oldest first; a broken state is passed over."""
    last_sound: dict[str, Recommendation] = {}
    for commit, change in touched:
        before = items.get(change.old_blob) or last_sound.get(change.old_path)
        after = items.get(change.new_blob)
        path = change.new_path or change.old_path
        day = datetime.fromtimestamp(commit.time, zone).date()
        ref = path.rpartition("/")[2].removesuffix(".yaml")
        if change.new_blob and after is None:
            if before:
                last_sound[change.new_path] = before
            what = "could not be understood in this commit, which is passed over"
            yield Entry(ref, commit.name, day, commit.author, (), f"{path} {what}")
            continue
        if after:
            last_sound[change.new_path] = after
        if changes := differences(before, after):
            yield Entry(ref, commit.name, day, commit.author, tuple(changes))


def _uncommitted(
    plan: Path,
    head: Mapping[str, str],
    items: Mapping[str, Recommendation | None],
    only: set[str] | None,
) -> Iterator[Entry]:
    """Yield what the files on disk change that HEAD has otherwise, in all or in some of them."""
    folder = plan / "recommendations"
    here = {name for name in os.listdir(folder) if counts(f"{RECORDS}{name}")}
    for name in sorted(here | head.keys()):
        if only is not None and f"{RECORDS}{name}" not in only:
            continue
        path, blob = folder / name, head.get(name, "")
        if name in here and blob and is_blob(path, blob):
            continue
        file = load_file(path.as_posix(), plan.as_posix(), Recommendation) if name in here else None
        ref = name.removesuffix(".yaml")
        if file and file.value is None:
            yield Entry(ref, "", None, "", (), f"{file.path} cannot be understood as it is now")
        elif changes := differences(items.get(blob), file.value if file else None):
            yield Entry(ref, "", None, "", tuple(changes))
