"""The plan as it stood at a revision or on a day that somebody named."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kimplan.git.revisions import Revision, find_revision, remarks
from kimplan.snapshot.checkout import find_checkout
from kimplan.snapshot.layout import is_record, names_on_disk
from kimplan.snapshot.read import Snapshot, find_snapshot


class Past(NamedTuple):
    """The revision, the plan as it was there, and what a reader must know of them."""

    revision: Revision
    snapshot: Snapshot
    notes: tuple[str, ...]


def read_past(plan: Path, said: str, timezone: str, option: str) -> Past:
    """Return the plan that is in the folder `plan` now, as it was at the revision or day `said`.

    `option` is what `said` was given to. Raises KimplanError outside of a repository, where there
    is no such revision, or where git cannot be asked.
    """
    checkout = find_checkout(plan)
    revision = find_revision(checkout.root, said, timezone, option)
    names = set(filter(is_record, names_on_disk(plan)))
    snapshot = find_snapshot(checkout.root, revision.commit, [checkout.below], names)
    notes = list(remarks(checkout.root, revision, timezone, snapshot.folder))
    if snapshot.folder != checkout.below:
        notes.insert(0, f"the plan was in the folder {snapshot.folder or '.'} at {revision}")
    return Past(revision, snapshot, tuple(notes))
