"""What somebody says beside the copies that are merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from kimplan.edits.request import NewEvidence


class Answers(NamedTuple):
    """What a change needs beside itself, by refs with small letters; `on` is the day of the merge.

    `leaves` are refs, or refs and fields behind a colon, whose edits are left out. `notes` tells
    that comments become progress notes.
    """

    on: date
    reasons: Mapping[str, str] = {}
    agreed_by: Mapping[str, str] = {}
    evidence: Mapping[str, tuple[NewEvidence, ...]] = {}
    no_evidence: Mapping[str, str] = {}
    withdrawn: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    notes: bool = False

    def unused(self, refs: Collection[str]) -> list[str]:
        """Return the refs that something is said about and that are not among the `refs`."""
        said = {**self.reasons, **self.agreed_by, **self.evidence, **self.no_evidence}
        return sorted((said.keys() | self.withdrawn) - set(refs))

    def leaves_out(self, ref: str, what: str) -> bool:
        """Return whether an edit of `what` in the recommendation `ref` is left out."""
        name = ref.casefold()
        return not self.leaves.isdisjoint({name, f"{name}:{what.casefold()}"})
