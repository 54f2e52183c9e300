"""The plan as it was at a commit."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.errors import KimplanError
from kimplan.history.git import git
from kimplan.history.objects import read_objects
from kimplan.history.place import Place
from kimplan.history.tree import RECORDS, read_blobs, read_tree
from kimplan.loader.record import load_bytes
from kimplan.model.due import NotADateError, parse_day
from kimplan.model.recommendation import Recommendation

_LONGEST = 500
_COMMIT_LINE = re.compile(rb"^committer .* ([0-9]+) [-+][0-9]{4}$", re.MULTILINE)
_NAME_ONE = "Name a branch, a tag, a commit or a day: board-2024-05, HEAD~3, 2024-05-31."


class Revision(NamedTuple):
    """A commit that somebody named: as they named it, in full, and the day on which it was made."""

    said: str
    commit: str
    day: date

    def __str__(self) -> str:
        """Return the revision as a person reads it: ``board-2024-05 (1a2b3c4)``."""
        short = self.commit[:7]
        return short if self.commit.startswith(self.said) else f"{self.said} ({short})"


def find_revision(place: Place, said: str, timezone: str) -> Revision:
    """Return the commit that `said` names: a revision, or the last one up to the end of a day.

    Raises KimplanError where there is none, and GitError where git cannot be asked.
    """
    if not said.strip() or said.startswith("-") or not said.isprintable() or len(said) > _LONGEST:
        raise KimplanError(f"'{said[:40]}' is no revision", _NAME_ONE)
    commit = _commit(place, said)
    if not commit:
        day = _day(said)
        commit = _commit_of_day(place, day, timezone) if day else ""
        if not commit:
            raise KimplanError(_not_found(place, said, day), _NAME_ONE)
        return Revision(said, commit, day or date.min)
    name, _, content = next(iter(read_objects(place.root, [commit])))
    found = _COMMIT_LINE.search(content)
    seconds = int(found[1]) if found else 0
    return Revision(said, name, datetime.fromtimestamp(seconds, ZoneInfo(timezone)).date())


def _day(text: str) -> date | None:
    try:
        return parse_day(text.strip())
    except NotADateError:
        return None


def _not_found(place: Place, said: str, day: date | None) -> str:
    if place.is_shallow:
        return f"there is no '{said}' in this shallow clone, which lacks the older history"
    if day:
        return f"the plan has no commit up to {said}"
    return f"there is no revision '{said}' in this repository"


def _commit(place: Place, said: str) -> str:
    """Return the full name of the commit that `said` names, or nothing."""
    asked = os.fsencode(f"{said}^{{commit}}\n")
    answer = git(place.root, "cat-file", "--batch-check", stdin=asked).strip()
    found = re.fullmatch(rb"([0-9a-f]{40,64}) commit [0-9]+", answer)
    return found[1].decode() if found else ""


def _commit_of_day(place: Place, day: date, timezone: str) -> str:
    """Return the last commit on the main line up to the end of `day`, or nothing."""
    end = int(datetime.combine(day, time.max, ZoneInfo(timezone)).timestamp())
    arguments = ["rev-list", "-1", "--first-parent", f"--min-age={end}"]
    return git(place.root, *arguments, "--end-of-options", "HEAD", "--").decode().strip()


def read_records(place: Place, commit: str) -> dict[str, str]:
    """Return the blobs of the plan's records at `commit` by their names in the plan's folder."""
    files = read_tree(place.root, commit).plan(place.below)
    return {name: blob for name, blob in files.items() if name.startswith(RECORDS)}


def read_items(
    place: Place, records: Mapping[str, str], known: Mapping[str, Recommendation]
) -> dict[str, Recommendation | None]:
    """Return what the `records` say by their names, None for one that cannot be understood.

    `known` are recommendations whose blobs need not be read.
    """
    wanted = sorted({blob for blob in records.values() if blob not in known})
    contents = zip(wanted, read_blobs(place.root, wanted), strict=True)
    read = {blob: load_bytes(blob, data, Recommendation).value for blob, data in contents}
    return {name: known.get(blob) or read.get(blob) for name, blob in records.items()}
