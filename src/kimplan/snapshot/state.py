"""The plan as it was at a commit."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.errors import KimplanError
from kimplan.git.objects import read_objects
from kimplan.git.process import GitError, git
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.due import NotADateError, parse_day
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.tree import RECORDS, SETTINGS, read_blobs, read_tree

_LONGEST = 500
_LATEST = 2**31 - 1  # seconds since 1970; git takes more for a negative number
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


def find_revision(checkout: Checkout, said: str, timezone: str) -> Revision:
    """Return the commit that `said` names: a revision, or the last one up to the end of a day.

    Raises KimplanError where there is none, and GitError where git cannot be asked.
    """
    if not said.strip() or said.startswith("-") or not said.isprintable() or len(said) > _LONGEST:
        raise KimplanError(f"'{said[:40]}' is no revision", _NAME_ONE)
    commit = _commit(checkout, said)
    if not commit:
        day = _day(said)
        commit = _commit_of_day(checkout, day, timezone) if day else ""
        if not commit:
            raise KimplanError(_not_found(checkout, said, day), _NAME_ONE)
        return Revision(said, commit, day or date.min)
    name, _, content = next(iter(read_objects(checkout.root, [commit])))
    found = _COMMIT_LINE.search(content)
    try:
        made = datetime.fromtimestamp(int(found[1]) if found else 0, ZoneInfo(timezone)).date()
    except (ValueError, OverflowError, OSError):
        raise KimplanError(f"the commit {name[:7]} names no day that there is", _NAME_ONE) from None
    return Revision(said, name, made)


def _day(text: str) -> date | None:
    try:
        return parse_day(text.strip())
    except NotADateError:
        return None


def _not_found(checkout: Checkout, said: str, day: date | None) -> str:
    if checkout.is_shallow:
        return f"there is no '{said}' in this shallow clone, which lacks the older history"
    if day:
        return f"the plan has no commit up to {said}"
    return f"there is no revision '{said}' in this repository"


def _commit(checkout: Checkout, said: str) -> str:
    """Return the full name of the commit that `said` names, or nothing."""
    asked = os.fsencode(f"{said}^{{commit}}\n")
    answer = git(checkout.root, "cat-file", "--batch-check", stdin=asked).strip()
    found = re.fullmatch(rb"([0-9a-f]{40,64}) commit [0-9]+", answer)
    return found[1].decode() if found else ""


def _commit_of_day(checkout: Checkout, day: date, timezone: str) -> str:
    """Return the last commit on the main line up to the end of `day`, or nothing."""
    end = int(datetime.combine(day, time.max, ZoneInfo(timezone)).timestamp())
    if end < 0:  # no commit is older than 1970
        return ""
    arguments = ["rev-list", "-1", "--first-parent", f"--min-age={min(end, _LATEST)}"]
    try:
        return git(checkout.root, *arguments, "--end-of-options", "HEAD", "--").decode().strip()
    except GitError as error:
        if str(error).endswith("bad revision 'HEAD'"):
            return ""
        raise


class Records(NamedTuple):
    """The blobs of a plan's records by their names in its folder, and that folder if another."""

    blobs: Mapping[str, str]
    was: str | None = None


def read_records(checkout: Checkout, commit: str, like: Collection[str] = ()) -> Records:
    """Return the plan's records at `commit`.

    If there was no plan in its folder, they are those of the folder that it was in: one that holds
    a plan no more, and most records of the names `like`, or else of those on disk.
    """
    tree = read_tree(checkout.root, commit)
    files = tree.plan(checkout.below)
    if files:
        return Records(_only_records(files))
    found = {
        "" if folder == "." else folder: _only_records(tree.plan(folder))
        for folder in tree.plans()
        if not os.path.exists(checkout.root / folder / SETTINGS)
    }
    like = set(like or _names_here(checkout))
    alike = {folder: len(blobs.keys() & like) for folder, blobs in found.items()}
    was = max(alike, key=lambda folder: alike[folder], default="")
    return Records(found[was], was) if alike.get(was) else Records({})


def _names_here(checkout: Checkout) -> list[str]:
    try:
        return [f"{RECORDS}{name}" for name in os.listdir(checkout.root / checkout.below / RECORDS)]
    except OSError:
        return []


def _only_records(files: Mapping[str, str]) -> dict[str, str]:
    return {name: blob for name, blob in files.items() if name.startswith(RECORDS)}


def read_items(
    checkout: Checkout, records: Mapping[str, str], known: Mapping[str, Recommendation]
) -> dict[str, Recommendation | None]:
    """Return what the `records` say by their names, None for one that cannot be understood.

    `known` are recommendations whose blobs need not be read.
    """
    wanted = sorted({blob for blob in records.values() if blob not in known})
    contents = zip(wanted, read_blobs(checkout.root, wanted), strict=True)
    read = {blob: load_bytes(blob, data, Recommendation).value for blob, data in contents}
    return {name: known.get(blob) or read.get(blob) for name, blob in records.items()}
