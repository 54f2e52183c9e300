"""Two states of a plan to what changed between them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kimplan.history.blob import is_blob
from kimplan.history.differences import Change, differences
from kimplan.history.place import Place, find_place
from kimplan.history.state import find_revision, read_items, read_records
from kimplan.history.tree import RECORDS, counts
from kimplan.history.version import source_version
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation


class RecordChange(NamedTuple):
    """A recommendation that changed: what it was and is, None where it was not or is no more."""

    before: Recommendation | None
    after: Recommendation | None
    changes: tuple[Change, ...]

    @property
    def item(self) -> Recommendation:
        """What it is, or what it was if it is no more."""
        item = self.after or self.before
        if item is None:
            raise ValueError("a change of nothing")
        return item


class Between(NamedTuple):
    """Two times and what changed between them.

    `since` and `until` are how a person calls the two states, the days are those on which they
    are looked at; `items` are all recommendations of the later state and `earlier` those of the
    earlier one by ref in small letters; `notes` are sentences about what could not be seen;
    `commit` is the full name of the earlier state.
    """

    since: str
    until: str
    since_day: date
    until_day: date
    records: Sequence[RecordChange]
    items: Sequence[Recommendation]
    earlier: dict[str, Recommendation]
    notes: Sequence[str] = ()
    commit: str = ""


def read_between(
    plan: Path, now: Plan, since: str, until: str | None, day: date, place: Place | None = None
) -> Between:
    """Return what changed in the plan of the folder `plan` between two revisions or days.

    Without `until`, the later state is `now`, what the files say, looked at on `day`. `place` is
    where the plan stands in its repository, if it is not there any more. Raises
    KimplanError where a revision does not exist, and GitError where git cannot be asked.
    """
    place = place or find_place(plan)
    timezone = now.settings.timezone
    start = find_revision(place, since, timezone)
    tree = read_records(place, start.commit)
    if until is None:
        after = _now(plan, now)
        known = {
            blob: item
            for name, blob in tree.items()
            if (item := after.get(name)) and is_blob(plan / name, blob)
        }
        name, end_day = _name_of_now(plan), day
    else:
        end = find_revision(place, until, timezone)
        later = read_records(place, end.commit)
        after = read_items(place, later, {})
        known = {blob: item for name, blob in later.items() if (item := after[name])}
        name, end_day = str(end), end.day
    before = read_items(place, tree, known)
    return Between(
        str(start), name, start.day, end_day, compare(before, after),
        [item for item in after.values() if item],
        {item.ref.casefold(): item for item in before.values() if item},
        [*_broken(before, str(start)), *_broken(after, name)], start.commit,
    )  # fmt: skip


def _now(plan: Path, now: Plan) -> dict[str, Recommendation | None]:
    """Return what the files say by their names, None for one that cannot be understood."""
    items = {f"{RECORDS}{item.ref}.yaml".casefold(): item for item in now.recommendations}
    names = sorted(os.listdir(plan / RECORDS))
    return {
        name: items.get(name.casefold())
        for name in (f"{RECORDS}{name}" for name in names)
        if counts(name)
    }


def _name_of_now(plan: Path) -> str:
    version = source_version(plan)
    if not version.commit:
        return "the files as they are"
    return f"{version.commit}{' and changes that are not committed' if version.modified else ''}"


def _broken(items: Mapping[str, Recommendation | None], when: str) -> list[str]:
    return [
        f"{name} could not be understood at {when} and is passed over"
        for name, item in items.items()
        if item is None
    ]


def compare(
    before: Mapping[str, Recommendation | None], after: Mapping[str, Recommendation | None]
) -> list[RecordChange]:
    """Return what changed between two states, in the order of `after`, what is gone at the end.

    The states are records by the names of their files, None for one that could not be understood:
    such a record is passed over. A recommendation that left one file for another is one change.
    """
    gone = {name: item for name, item in before.items() if name not in after}
    moved = _moved(gone, {name: item for name, item in after.items() if name not in before})
    found = [
        _record_change(before.get(moved.get(name, name)), item)
        for name, item in after.items()
        if item is not None and (name not in before or before[name] is not None)
    ]
    left = [item for name, item in gone.items() if name not in moved.values()]
    found += [_record_change(item, None) for item in left if item is not None]
    return [record for record in found if record.changes]


def _record_change(before: Recommendation | None, after: Recommendation | None) -> RecordChange:
    return RecordChange(before, after, tuple(differences(before, after)))


def _moved(
    gone: Mapping[str, Recommendation | None], new: Mapping[str, Recommendation | None]
) -> dict[str, str]:
    """Return the earlier names of the files in `new` that hold what one in `gone` held."""
    by_what = {key: name for name, item in gone.items() if item for key in _keys(item)}
    moved: dict[str, str] = {}
    for name, item in new.items():
        earlier = next((by_what[key] for key in _keys(item) if key in by_what), None)
        if earlier and earlier not in moved.values():
            moved[name] = earlier
    return moved


def _keys(item: Recommendation | None) -> Iterator[str]:
    """Yield what a recommendation is known by: its ref, or else the Ombudsman's words."""
    if item:
        yield item.ref.casefold()
        yield " ".join(f"{item.title} {item.detail or ''}".split())
