"""Two states of a plan to what changed between them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kimplan.changes.pairing import pair_records
from kimplan.changes.records import RecordChange, compare
from kimplan.git.blob import is_blob
from kimplan.git.revisions import LookUp, Revision, find_revision, remarks
from kimplan.snapshot.checkout import Checkout, find_checkout
from kimplan.snapshot.layout import RECORDS, TREES, is_record, names_on_disk
from kimplan.snapshot.read import Snapshot, find_snapshot, snapshots_in
from kimplan.snapshot.version import SourceVersion, compare_with_head

if TYPE_CHECKING:
    from kimplan.model.plan import Plan
    from kimplan.model.recommendation import Recommendation


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
    begun: LookUp | None = None,
) -> Between:
    """Return what changed in the plan of the folder `plan` between two revisions or days.

    Without `until`, the later state is `now`, what the files say, looked at on `day`. `checkout` is
    where the plan stands in its repository, if it is not there any more, and `begun` the look-up
    there of `since`, and of HEAD behind it, if it was begun already. Raises KimplanError where a
    revision does not exist or git cannot be asked.
    """
    checkout = checkout or find_checkout(plan)
    timezone = now.settings.timezone
    begun = begun or checkout.look_up(since)
    start = find_revision(checkout.root, since, timezone, begun=begun)
    there, head = begun.beside[:TREES], begun.beside[TREES:]
    at_hand = snapshots_in(checkout.root, checkout.below, there)
    if until is None:
        after, scheme = _now(plan, now), now.settings.ratings.scheme
        was = _snapshot(checkout, start, after, at_hand)
        version, same = compare_with_head(plan, head)
        known = {
            blob: item
            for name, blob in was.blobs.items()
            if (item := after.get(name))
            and (same[name] == blob if name in same else is_blob(os.path.join(plan, name), blob))
        }
        name, end_day, states = _name_of_now(version), day, [(was, start)]
    else:
        end = find_revision(checkout.root, until, timezone)
        later = _snapshot(checkout, end, names_on_disk(checkout.folder))
        after, scheme = later.items(), later.scheme()
        was = _snapshot(checkout, start, after, at_hand)
        known = {blob: item for name, blob in later.records.items() if (item := after[name])}
        name, end_day, states = str(end), end.day, [(was, start), (later, end)]
    notes = [one for state in states for one in _remarks(checkout, *state, timezone)]
    before = was.items(known, scheme)
    earlier = pair_records(before, after)
    return Between(
        str(start), name, start.day, end_day, compare(before, after, earlier),
        [item for item in after.values() if item],
        {item.ref.casefold(): before[earlier[name]] for name, item in after.items()
         if item and name in earlier},
        [*_broken(before, str(start)), *_broken(after, name)], start.commit,
        notes, until is not None or None not in after.values(),
    )  # fmt: skip


def _snapshot(
    checkout: Checkout,
    revision: Revision,
    names: Collection[str],
    at_hand: Sequence[Snapshot | None] = (),
) -> Snapshot:
    names = set(filter(is_record, names or names_on_disk(checkout.folder)))
    return find_snapshot(checkout.root, revision.commit, [checkout.below], names, at_hand)


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


def _name_of_now(version: SourceVersion) -> str:
    if not version.commit:
        return "the files as they are"
    return f"{version.commit}{' and changes that are not committed' if version.modified else ''}"


def _broken(items: Mapping[str, Recommendation | None], when: str) -> list[str]:
    return [
        f"{name} could not be understood at {when} and is passed over"
        for name, item in items.items()
        if item is None
    ]
