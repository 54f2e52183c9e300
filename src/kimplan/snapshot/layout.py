"""Where the files of a plan stand in its folder."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

SETTINGS = "plan.yaml"
OWNERS = "owners.yaml"
RECORDS = "recommendations/"
TREES = 3  # objects of git hold the names of a plan's files: `trees_of` names them


def counts(name: str) -> bool:
    """Return whether `name` is the plan's settings or one of its records."""
    return name == SETTINGS or is_record(name)


def is_record(name: str) -> bool:
    """Return whether `name` is that of a record: ``recommendations/REC1.yaml``."""
    record = name.removeprefix(RECORDS)
    is_below = record != name and "/" not in record and not record.startswith(".")
    return is_below and name.endswith(".yaml")


def trees_of(revision: str, folder: str) -> tuple[str, str, str]:
    """Return how git calls a commit, the plan's `folder` in it and that of the records.

    `revision` is any name of it, and the folder leads from the top, without a line end.
    """
    commit = f"{revision}^{{commit}}"
    return commit, f"{commit}:{folder}", f"{commit}:{posixpath.join(folder, RECORDS[:-1])}"


def names_on_disk(plan: Path) -> set[str]:
    """Return the names of the plan's settings, owners and records in the folder `plan`."""
    found = {name for name in (SETTINGS, OWNERS) if os.path.lexists(plan / name)}
    try:
        names = os.listdir(plan / RECORDS)
    except OSError:
        return found
    return found | set(filter(is_record, (f"{RECORDS}{name}" for name in names)))


def links_on_disk(plan: Path) -> set[str]:
    """Return which of those names are links."""
    found = {name for name in (SETTINGS, OWNERS) if os.path.islink(plan / name)}
    try:
        with os.scandir(plan / RECORDS) as entries:  # which know it without another look
            names = [f"{RECORDS}{entry.name}" for entry in entries if entry.is_symlink()]
    except OSError:
        return found
    return found | set(filter(is_record, names))
