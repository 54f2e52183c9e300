"""Two states of a plan to what changed between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kimplan.changes.fields import Change, differences
from kimplan.git.blob import is_blob
from kimplan.git.revisions import Revision, find_revision, remarks
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout, find_checkout
from kimplan.snapshot.layout import RECORDS, is_record, names_on_disk
from kimplan.snapshot.read import Snapshot, find_snapshot
from kimplan.snapshot.version import source_version


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
    are looked at; `items` are all recommendations of the later state, and `earlier` what they were
    in the earlier one by their refs in small letters, None where that could not be understood;
    `notes` are sentences about files that could not be understood, `remarks` others about what is
    compared; `commit` is the full name of the earlier state; `is_complete` says whether the files
    as they are now, if they are compared, could all be understood.
    """

    since: str
    until: str
    since_day: date
    until_day: date
    records: Sequence[RecordChange]
    items: Sequence[Recommendation]
    earlier: dict[str, Recommendation | None]
    notes: Sequence[str] = ()
    commit: str = ""
    remarks: Sequence[str] = ()
    is_complete: bool = True


def read_between(
    plan: Path,
    now: Plan,
    since: str,
    until: str | None,
    day: date,
    checkout: Checkout | None = None,
) -> Between:
    """Return what changed in the plan of the folder `plan` between two revisions or days.

    Without `until`, the later state is `now`, what the files say, looked at on `day`. `checkout` is
    where the plan stands in its repository, if it is not there any more. Raises KimplanError where
    a revision does not exist or git cannot be asked.
    """
    checkout = checkout or find_checkout(plan)
    timezone = now.settings.timezone
    start = find_revision(checkout.root, since, timezone)
    if until is None:
        after = _now(plan, now)
        was = _snapshot(checkout, start, after)
        known = {
            blob: item
            for name, blob in was.blobs.items()
            if (item := after.get(name)) and is_blob(plan / name, blob)
        }
        name, end_day, states = _name_of_now(plan), day, [(was, start)]
    else:
        end = find_revision(checkout.root, until, timezone)
        later = _snapshot(checkout, end, names_on_disk(checkout.folder))
        after = later.items()
        was = _snapshot(checkout, start, after)
        known = {blob: item for name, blob in later.records.items() if (item := after[name])}
        name, end_day, states = str(end), end.day, [(was, start), (later, end)]
    notes = [one for state in states for one in _remarks(checkout, *state, timezone)]
    before = was.items(known)
    earlier = pairs(before, after)
    return Between(
        str(start), name, start.day, end_day, compare(before, after),
        [item for item in after.values() if item],
        {item.ref.casefold(): before[earlier[name]] for name, item in after.items()
         if item and name in earlier},
        [*_broken(before, str(start)), *_broken(after, name)], start.commit,
        notes, until is not None or None not in after.values(),
    )  # fmt: skip


def _snapshot(checkout: Checkout, revision: Revision, names: Collection[str]) -> Snapshot:
    names = set(filter(is_record, names or names_on_disk(checkout.folder)))
    return find_snapshot(checkout.root, revision.commit, [checkout.below], names)


def _remarks(
    checkout: Checkout, snapshot: Snapshot, revision: Revision, timezone: str
) -> Iterator[str]:
    """Yield what a reader must know of a state that is compared."""
    if snapshot.folder != checkout.below:
        yield f"the plan was in the folder {snapshot.folder or '.'} at {revision}"
    elif not snapshot.blobs:
        yield f"there was no plan here at {revision}"
    yield from remarks(checkout.root, revision, timezone, snapshot.folder)


def _now(plan: Path, now: Plan) -> dict[str, Recommendation | None]:
    """Return what the files say by their names, None for one that cannot be understood."""
    items = {f"{RECORDS}{item.ref}.yaml".casefold(): item for item in now.recommendations}
    names = sorted(filter(is_record, names_on_disk(plan)))
    return {name: items.get(name.casefold()) for name in names}


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
    earlier = pairs(before, after)
    found = [
        _record_change(before[earlier[name]] if name in earlier else None, item)
        for name, item in after.items()
        if item is not None and (name not in earlier or before[earlier[name]] is not None)
    ]
    kept = set(earlier.values())
    gone = [item for name, item in before.items() if name not in kept]
    found += [_record_change(item, None) for item in gone if item is not None]
    return [record for record in found if record.changes]


def _record_change(before: Recommendation | None, after: Recommendation | None) -> RecordChange:
    return RecordChange(before, after, tuple(differences(before, after)))


def pairs(
    before: Mapping[str, Recommendation | None], after: Mapping[str, Recommendation | None]
) -> dict[str, str]:
    """Return the names in `before` of the records that are in `after` too, by their names there.

    A record is known by the Ombudsman's words, where no other has the same, so that records that
    were given each other's refs are not taken for each other; otherwise by its file, or its ref.
    """
    by_words = _by_words(before)
    found = {name: by_words[words] for words, name in _by_words(after).items() if words in by_words}
    for keys in (_by_name, _by_ref):
        taken = set(found.values())
        left = {key: name for key, name in keys(before) if name not in taken}
        for key, name in keys(after):
            if name not in found and key in left:
                found[name] = left.pop(key)
    return found


def is_same(before: Recommendation, after: Recommendation) -> bool:
    """Return whether two states are those of one recommendation: by its ref, or else its words."""
    return before.ref.casefold() == after.ref.casefold() or _words(before) == _words(after)


_State: TypeAlias = Mapping[str, Recommendation | None]


def _by_words(items: _State) -> dict[str, str]:
    """Return the names of the records by their words, of those that no other has."""
    found: dict[str, str] = {}
    several = set()
    for name, item in items.items():
        if item:
            words = _words(item)
            if words in found:
                several.add(words)
            found[words] = name
    return {words: name for words, name in found.items() if words not in several}


def _by_name(items: _State) -> Iterator[tuple[str, str]]:
    return ((name, name) for name in items)


def _by_ref(items: _State) -> Iterator[tuple[str, str]]:
    return ((item.ref.casefold(), name) for name, item in items.items() if item)


def _words(item: Recommendation) -> str:
    return " ".join(f"{item.title} {item.detail or ''}".split())
