"""Word copies of a report merged into the plan: what would change, and what must be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kimplan.changes.pairing import pair_records
from kimplan.edits.change import Prepared
from kimplan.edits.judgement import KeptBeside
from kimplan.edits.together import write_together
from kimplan.merge.base import Base, label_of
from kimplan.merge.copy import Wish, read_copy
from kimplan.merge.edit import Edit
from kimplan.merge.finding import Finding
from kimplan.merge.proposal import Proposal, propose
from kimplan.merge.request import Answers
from kimplan.merge.sameness import fold_name
from kimplan.merge.three_way import settle
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.sheet import SheetFile


class Copy(NamedTuple):
    """A Word copy, and the plan that it was made of."""

    file: SheetFile
    base: Base

    @property
    def records(self) -> tuple[Recommendation, ...]:
        """The records that it is a report of."""
        return self.base.plan.recommendations


class Merged(NamedTuple):
    """What merging comes to: a proposal for each record that changes, and what else is said."""

    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]

    @property
    def changes(self) -> list[Prepared]:
        """The changes of files that nothing forbids, some of which may lack something."""
        found = (one.prepared for one in self.proposals)
        return [one for one in found if one and one.was != one.content]

    @property
    def refs(self) -> frozenset[str]:
        """The refs of the records that would change, with small letters."""
        return frozenset(edit.ref.casefold() for one in self.proposals for edit in one.edits)

    @property
    def may_be_written(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(one.kind.holds_back for one in self.findings)


def merge_copies(root: Path, ours: Plan, copies: Sequence[Copy], answers: Answers) -> Merged:
    """Return what `copies` change in the plan in `root`, which says `ours` now.

    Nothing is written. Raises KimplanError for a file that is no copy of a report of this plan.
    """
    items = {item.ref: item for item in ours.recommendations}
    roles = frozenset(owner.role for owner in ours.owners)
    wish = Wish(roles, frozenset(map(fold_name, items)), answers.notes)
    edits: list[Edit] = []
    findings: list[Finding] = []
    for copy in copies:
        names = _names_now(copy.base, items)
        seen = read_copy(copy.file, copy.base, wish)
        edits += [edit._replace(ref=names.get(edit.ref, edit.ref)) for edit in seen.edits]
        findings += [one._replace(ref=names.get(one.ref, one.ref)) for one in seen.findings]
    edits = [edit for edit in edits if not answers.leaves_out(edit.ref, edit.field)]
    settled = settle(edits, items, partial(label_of, ours.settings))
    by_ref: dict[str, list[Edit]] = {}
    for edit in settled.edits:
        by_ref.setdefault(edit.ref, []).append(edit)
    changed = [item for item in ours.recommendations if item.ref in by_ref]
    beside = KeptBeside(root)
    proposals = tuple(propose(root, beside, item, by_ref[item.ref], answers) for item in changed)
    findings += [*settled.conflicts, *(found for one in proposals for found in one.findings)]
    order = {ref: number for number, ref in enumerate(items)}
    kept = [one for one in findings if not answers.leaves_out(one.ref, one.what)]
    kept.sort(key=lambda one: order.get(one.ref, len(order)) if one.ref else -1)
    return Merged(proposals, tuple(dict.fromkeys(kept)))


def _names_now(base: Base, items: Mapping[str, Recommendation]) -> dict[str, str]:
    """Return the refs that the base's records have now, by those that they had."""
    before = {item.ref: item for item in base.plan.recommendations}
    return {old: new for new, old in pair_records(before, items).items()}


def write_merged(root: Path, merged: Merged) -> None:
    """Write all the changes, or none; raise KimplanError or OutputError where that cannot be."""
    write_together(root, merged.changes)
