"""Two states of a plan to one list of the records that changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kimplan.changes.fields import Change, differences
from kimplan.changes.pairing import State, pair_records

if TYPE_CHECKING:
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


def compare(
    before: State, after: State, earlier: Mapping[str, str] | None = None
) -> list[RecordChange]:
    """Return what changed between two states, in the order of `after`, what is gone at the end.

    The states are records by the names of their files, None for one that could not be understood:
    such a record is passed over. A recommendation that left one file for another is one change.
    `earlier` is what `pair_records` says of them, if it was asked already.
    """
    earlier = pair_records(before, after) if earlier is None else earlier
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
