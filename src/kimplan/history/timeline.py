"""The story of a plan: what each commit changed, told by two calls of git."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.changes.fields import Change
from kimplan.changes.pairing import pair_records
from kimplan.git.blob import is_blob
from kimplan.git.log import read_log
from kimplan.git.objects import read_objects, tree_files
from kimplan.git.process import GitError
from kimplan.history.renames import Touched, follow_all, follow_one
from kimplan.history.replay import Replay
from kimplan.loader.folder import ref_order
from kimplan.loader.loaded_file import load_bytes, load_file
from kimplan.model.due import Due
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.tree import RECORDS, counts


class Entry(NamedTuple):
    """What one commit changed in one recommendation; no `commit` where it is not committed yet.

    `problem` is a sentence where the file could not be understood. A commit without a `day` has
    none that can be told.
    """

    ref: str
    commit: str
    day: date | None
    author: str
    changes: tuple[Change, ...]
    problem: str = ""


class Story(NamedTuple):
    """The entries, oldest first, and whether the older part is missing from this clone.

    Of one recommendation, `first` and `last` are the first and the last date that it had.
    """

    entries: tuple[Entry, ...]
    is_cut_off: bool
    first: Due | None = None
    last: Due | None = None


def tell(
    plan: Path | None, checkout: Checkout, ref: str | None, timezone: str, at: str = "HEAD"
) -> Story:
    """Return the story of the recommendation `ref`, or of all of them.

    Renamed files are followed. Changes on disk in the folder `plan`, if any is named, that are not
    committed come last. Raises GitError where git cannot be asked.
    """
    folder = f"{at}:{checkout.path(RECORDS[:-1])}"
    if "\n" in folder:
        raise GitError("git cannot be asked about a folder with a line end in its name")
    log = read_log(checkout.root, at)
    touched = list(follow_all(log, checkout) if ref is None else follow_one(log, checkout, ref))
    items, head = _read(checkout, folder, _blobs(touched))
    teller = Replay(items)
    if ref is not None:
        touched = list(follow_one(log, checkout, ref, teller.is_same))
    oldest_first = _in_order(reversed(touched))
    entries = _entries(oldest_first, teller, ZoneInfo(timezone), checkout.cut_off)
    last = None
    if ref is not None:
        head = {name: blob for name, blob in head.items() if _is(name, ref)}
        last = next((item.due for blob in head.values() if (item := items.get(blob))), None)
    if plan is not None:
        here = list(_uncommitted(plan, checkout, head, teller, ref))
        entries += here
        last = None if here else last
    path = checkout.path(f"{RECORDS}{ref}.yaml")
    return Story(tuple(entries), checkout.is_shallow, teller.first, last or teller.last_due(path))


def _in_order(touched: Iterable[Touched]) -> Iterator[Touched]:
    """Yield the changes in the order of their commits, those of a commit in that of the refs."""
    for _, group in groupby(touched, lambda one: one.commit.name):
        yield from sorted(
            group, key=lambda one: ref_order(one.change.new_path or one.change.old_path)
        )


def _is(name: str, ref: str) -> bool:
    return name.casefold() == f"{ref}.yaml".casefold()


def _blobs(touched: Iterable[Touched]) -> dict[str, None]:
    """Return the blobs once each, those of a file together, which git reads faster."""
    by_path = sorted(
        (one.change for one in touched), key=lambda change: change.new_path or change.old_path
    )
    return dict.fromkeys(
        blob
        for change in by_path
        for blob in (change.new_blob, *(state.blob for state in change.before))
        if blob
    )


def _read(
    checkout: Checkout, folder: str, blobs: Iterable[str]
) -> tuple[dict[str, Recommendation | None], dict[str, str]]:
    """Return the records by their blobs, and the blobs of HEAD by their names in the plan."""
    asked = [folder, *blobs]
    objects = read_objects(checkout.root, asked)
    name, kind, tree = next(objects)
    files = tree_files(tree, len(name) // 2) if kind == "tree" else {}
    head = {name: blob for name, blob in files.items() if counts(f"{RECORDS}{name}")}
    items = {}
    for name, kind, data in objects:
        if kind != "blob":
            raise GitError("this clone lacks files of the history")
        items[name] = load_bytes(name, data, Recommendation).value
    return items, head


def _entries(
    touched: Iterable[Touched], teller: Replay, zone: ZoneInfo, cut_off: Container[str]
) -> list[Entry]:
    """Return what each commit changed, oldest first; a broken state is passed over.

    What a shallow clone shows as its beginning is not told, because nothing was added there.
    """
    found: list[Entry] = []
    for commit, change, of_old, of_new in touched:
        about = commit.name, _day(commit.time, zone), commit.author
        if not teller.understands(change):
            what = "could not be understood in this commit, which is passed over"
            path = change.new_path
            found.append(Entry(_ref(path), *about, (), f"{path} {what}"))
            continue
        told = teller.tell(change)
        if len(told) > 1:
            told = [one for one, is_its in zip(told, (of_old, of_new), strict=True) if is_its]
        for path, changes in told:
            if changes and commit.name not in cut_off:
                found.append(Entry(_ref(path), *about, tuple(changes)))
    return found


def _ref(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _day(seconds: int | None, zone: ZoneInfo) -> date | None:
    """Return the day of a commit, or None if the commit names none that there is."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _uncommitted(
    plan: Path, checkout: Checkout, head: Mapping[str, str], teller: Replay, ref: str | None
) -> Iterator[Entry]:
    """Yield what the files on disk change that HEAD has otherwise, in all or in one of them."""
    here = {name for name in _names_here(plan) if ref is None or _is(name, ref)}
    paths = {name: checkout.path(f"{RECORDS}{name}") for name in here | head.keys()}
    before: dict[str, Recommendation | None] = {}
    after: dict[str, Recommendation | None] = {}
    for name in sorted(paths, key=ref_order):
        file, blob = plan / RECORDS / name, head.get(name, "")
        if name in here and blob and is_blob(file, blob):
            continue
        if name in here:
            loaded = load_file(file.as_posix(), plan.as_posix(), Recommendation)
            if loaded.value is None:
                problem = f"{loaded.path} cannot be understood as it is now"
                yield Entry(_ref(name), "", None, "", (), problem)
                continue
            after[name] = loaded.value
        if blob:
            before[name] = teller.state(paths[name], blob)
    earlier = pair_records(before, after)
    steps = [(earlier.get(name, ""), name) for name in after]
    steps += [(name, "") for name in before if name not in earlier.values()]
    for old, new in steps:
        states = before.get(old), after.get(new)
        if changes := teller.step(paths.get(old, ""), paths.get(new, ""), *states):
            yield Entry(_ref(new or old), "", None, "", tuple(changes))


def _names_here(plan: Path) -> Iterator[str]:
    try:
        names = os.listdir(plan / RECORDS)
    except OSError:
        return
    yield from (name for name in names if counts(f"{RECORDS}{name}"))
