"""The story of a plan: what each commit changed, told by two calls of git."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.changes.fields import Change
from kimplan.changes.pairing import pair_records
from kimplan.git.blob import is_blob
from kimplan.git.log import Commit, Log
from kimplan.git.objects import Objects
from kimplan.git.process import GitError
from kimplan.history.contents import Contents
from kimplan.history.lineage import Items, Step, counted_steps
from kimplan.history.merges import read_trees
from kimplan.history.renames import blobs_in, blobs_of, record_log
from kimplan.history.replay import Replay
from kimplan.history.schemes import schemes_of, settings_by_blob
from kimplan.loader import LoadedFile, PlanFolder
from kimplan.loader.loaded_file import load_file
from kimplan.model.due import Due
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.model.refs import file_order, named_after
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import RECORDS, counts


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
    plan: Path | None,
    checkout: Checkout,
    ref: str | None,
    timezone: str,
    at: str = "HEAD",
    begun: Log | None = None,
) -> Story:
    """Return the story of the recommendation `ref`, or of all of them.

    Renamed files are followed. Changes on disk in the folder `plan`, if any is named, that are not
    committed come last. `begun` is the log up to `at`, if it was begun already. Raises GitError
    where git cannot be asked.
    """
    with begun or Log(checkout.root, at) as log, Objects(checkout.root) as objects:
        return _tell(plan, checkout, ref, timezone, log, objects)


def _tell(
    plan: Path | None,
    checkout: Checkout,
    ref: str | None,
    timezone: str,
    found: Log,
    objects: Objects,
) -> Story:
    if "\n" in checkout.below:
        raise GitError("git cannot be asked about a folder with a line end in its name")
    every: list[Commit] = []
    log: list[Commit] = []
    items = Contents(reads_all=ref is None)
    for commit in record_log(_kept(found.commits(), every), checkout):
        log.append(commit)
        if ref is None:
            objects.ask(blobs_in(commit))
            _add(items, objects.answers_so_far())
    beside, trees = settings_by_blob(every, checkout), read_trees(log)
    head = dict(_names(checkout, trees.newest))
    wanted = None if ref is None else _wanted(plan, head, ref)
    paths = None if wanted is None else [checkout.path(f"{RECORDS}{name}") for name in wanted]
    if paths is not None:
        objects.ask(blobs_of(log, trees.others, paths))
    _read(objects, beside, items)
    if wanted is not None:
        wanted = _followed(plan, head, items, wanted)
        paths = [checkout.path(f"{RECORDS}{name}") for name in wanted]
    steps = counted_steps(log, trees.others, items, paths[-1] if paths else None)
    teller = Replay(items)
    entries = _entries(_in_order(reversed(steps)), teller, ZoneInfo(timezone), checkout.cut_off)
    last = None
    if ref is not None:
        last = next((item.due for name, blob in head.items()
                     if _is(name, ref) and (item := items[blob])), None)  # fmt: skip
    if plan is not None:
        here = list(_uncommitted(plan, checkout, head, teller, wanted))
        entries += here
        last = None if here else last
    path = checkout.path(f"{RECORDS}{ref}.yaml")
    return Story(tuple(entries), checkout.is_shallow, teller.first, last or teller.last_due(path))


def _names(checkout: Checkout, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, blob in files.items():
        if name := checkout.record(path):
            yield name.removeprefix(RECORDS), blob


def _wanted(plan: Path | None, head: Mapping[str, str], ref: str) -> list[str]:
    """Return the name of a recommendation's file, and those that it may have had until now.

    That is where it is new on disk: it may be one of those that are there no more.
    """
    here = set(_names_here(plan)) if plan else set()
    is_new = any(_is(name, ref) for name in here) and not any(_is(name, ref) for name in head)
    return [f"{ref}.yaml", *(name for name in head if is_new and name not in here)]


def _followed(
    plan: Path | None, head: Mapping[str, str], items: Items, wanted: Sequence[str]
) -> list[str]:
    """Return the name of a recommendation's file, and that which it had in the last commit."""
    name, *gone = wanted
    if plan is None or not gone:
        return [name]
    loaded = _record(plan, name, PlanFolder(plan).scheme())
    found = pair_records({was: items[head[was]] for was in gone}, {name: loaded.value})
    return [name, *found.values()]


def _in_order(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps in the order of their commits, those of a commit in that of the refs."""
    for _, group in groupby(steps, lambda step: step.commit.name):
        first, *others = group
        yield from _by_refs([first, *others]) if others else (first,)


def _by_refs(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: file_order(step.new_path or step.old_path))


def _is(name: str, ref: str) -> bool:
    return name.casefold() == f"{ref}.yaml".casefold()


def _kept(commits: Iterable[Commit], every: list[Commit]) -> Iterator[Commit]:
    """Yield the commits as they come, and keep them all in `every`."""
    for commit in commits:
        every.append(commit)
        yield commit


def _add(items: Contents, answers: Iterable[tuple[str, str, bytes]]) -> None:
    for name, kind, data in answers:
        if kind != "blob":
            raise GitError("this clone lacks files of the history")
        items.add(name, data)


def _read(objects: Objects, beside: Mapping[str, str], items: Contents) -> None:
    """Add the rest of the records that were asked for to the `items`, and how each is read.

    That is by the settings `beside` it.
    """
    settings = {beside[blob]: None for blob in objects.asked if blob in beside}
    objects.ask(settings)
    _add(items, objects.answers())
    items.rated_by(schemes_of(beside, {blob: items.content(blob) for blob in settings}))


def _entries(
    steps: Iterable[Step], teller: Replay, zone: ZoneInfo, cut_off: Container[str]
) -> list[Entry]:
    """Return what each commit changed, oldest first; a broken state is passed over.

    What a shallow clone shows as its beginning is not told, because nothing was added there.
    """
    found: list[Entry] = []
    for step in steps:
        commit, path = step.commit, step.new_path or step.old_path
        if not step.counted or step.is_taken:
            continue
        about = named_after(path), commit.name, _day(commit.time, zone), commit.author
        if not teller.understands(step):
            what = "could not be understood in this commit, which is passed over"
            found.append(Entry(*about, (), f"{path} {what}"))
        elif (changes := teller.tell(step)) and commit.name not in cut_off:
            found.append(Entry(*about, tuple(changes)))
    return found


def _day(seconds: int | None, zone: ZoneInfo) -> date | None:
    """Return the day of a commit, or None if the commit names none that there is."""
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, zone).date()
    except (ValueError, OverflowError, OSError):
        return None


def _uncommitted(
    plan: Path,
    checkout: Checkout,
    head: Mapping[str, str],
    teller: Replay,
    wanted: Sequence[str] | None,
) -> Iterator[Entry]:
    """Yield what the files on disk change that HEAD has otherwise, in all or in the `wanted`."""
    names = None if wanted is None else {name.casefold() for name in wanted}
    here = {name for name in _names_here(plan) if names is None or name.casefold() in names}
    head = {name: one for name, one in head.items() if names is None or name.casefold() in names}
    paths = {name: checkout.path(f"{RECORDS}{name}") for name in here | head.keys()}
    scheme, folder = PlanFolder(plan).scheme(), os.path.join(plan, RECORDS)
    before: dict[str, Recommendation | None] = {}
    after: dict[str, Recommendation | None] = {}
    for name in sorted(paths, key=file_order):
        blob = head.get(name, "")
        if name in here and blob and is_blob(os.path.join(folder, name), blob):
            continue
        if name in here:
            loaded = _record(plan, name, scheme)
            if loaded.value is None:
                problem = f"{loaded.path} cannot be understood as it is now"
                yield Entry(named_after(name), "", None, "", (), problem)
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
            yield Entry(named_after(new or old), "", None, "", tuple(changes))


def _record(plan: Path, name: str, scheme: Scheme) -> LoadedFile[Recommendation]:
    path = (plan / RECORDS / name).as_posix()
    return load_file(path, plan.as_posix(), Recommendation, scheme)


def _names_here(plan: Path) -> Iterator[str]:
    try:
        names = os.listdir(plan / RECORDS)
    except OSError:
        return
    yield from (name for name in names if counts(f"{RECORDS}{name}"))
