"""What a command that looks back says of the past: which version it is of, and what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kimplan.cli.state import tell

if TYPE_CHECKING:
    from datetime import date

    from kimplan.model.plan import Plan
    from kimplan.report.since import Since
    from kimplan.snapshot.past import Past
    from kimplan.snapshot.version import SourceVersion


def read_story(
    root: Path, plan: Plan, past: Past | None, revision: str, day: date, name: str = ""
) -> Since:
    """Return what happened since `revision`, having said what cannot be seen of it.

    `name` is that of the plan among several. Raises KimplanError as `read_since` does.
    """
    from kimplan.report.since import read_since, read_since_at

    if past is None:
        since = read_since(root, plan, revision, day)
    else:
        snapshot = past.snapshot
        since = read_since_at(snapshot.checkout, plan, revision, snapshot.commit, day)
    for note in since.notes:
        tell(note, name)
    return since


def read_version(root: Path, past: Past | None, name: str = "") -> SourceVersion:
    """Return the version of the files, having said why there is none, if git told."""
    from kimplan.snapshot.version import source_version, version_of

    if past is not None:
        return version_of(past.snapshot)
    version = source_version(root)
    if version.problem:
        tell(f"the footer names no version, because {version.problem}", name)
    return version
