"""The plan that a copy was made of, out of the history of its repository."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.linter import load_folder
from kimplan.model.plan import Plan
from kimplan.snapshot.checkout import find_checkout
from kimplan.snapshot.past import read_past
from kimplan.snapshot.read import read_snapshots


class Earlier(NamedTuple):
    """The plan at an earlier version, how that is called, and what is to be said of it."""

    plan: Plan
    version: str
    notes: tuple[str, ...]


def read_base(root: Path, said: str, commit: str, timezone: str) -> Earlier:
    """Return the plan in `root` as it was at the revision `said`, or else at the full `commit`.

    Raises KimplanError outside of a repository, where it does not know that version, and where
    there was no plan in it.
    """
    if not said:
        _check_known(root, commit)
    past = read_past(root, said or commit, timezone, "--base")
    loaded = load_folder(past.snapshot.plan(), partial=True)
    if loaded.plan is None or not loaded.plan.recommendations:
        message = f"the plan at {past.revision} cannot be understood by this version of kimplan"
        raise KimplanError(message, "Name another version: --base REVISION.")
    return Earlier(loaded.plan, str(past.revision), past.notes)


def _check_known(root: Path, commit: str) -> None:
    """Raise KimplanError where the repository does not know the commit of a report."""
    checkout = find_checkout(root)
    (found,) = read_snapshots(checkout.root, checkout.below, [commit])
    if found is not None:
        return
    message = f"this repository does not know the version {commit[:7]} that the report is of"
    hint = (
        "It is a report of another plan, or this clone lacks some of the history (git fetch "
        "--unshallow). --base names a version that is here."
    )
    raise KimplanError(message, hint)
