"""The recommendations as they were at the end of each month: three calls of git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.git.process import GitError, git
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.read import read_items, read_snapshots


class Month(NamedTuple):
    """The last day of a month, and the recommendations at its end."""

    day: date
    items: tuple[Recommendation, ...]


def read_months(
    checkout: Checkout, before: date, timezone: str, most: int, at: str = "HEAD"
) -> tuple[Month, ...]:
    """Return the states at the ends of the last months before the day `before`, oldest first.

    They are those of the main line up to `at`, at most so many, and none from before there was a
    plan. A file that could not be understood counts as it was the month before. Raises GitError.
    """
    zone = ZoneInfo(timezone)
    ends = list(_ends(before, most))
    commits = _commits(_main_line(checkout, at), ends, zone)
    snapshots = read_snapshots(checkout.root, checkout.below, list(commits.values()))
    records = {
        day: snapshot.records for day, snapshot in zip(commits, snapshots, strict=True) if snapshot
    }
    blobs = {blob for month in records.values() for blob in month.values()}
    return tuple(_months(records, read_items(checkout.root, blobs)))


def _ends(before: date, most: int) -> Iterator[date]:
    """Yield the last days of the months before a day, oldest first."""
    days: list[date] = []
    day = before.replace(day=1)
    while len(days) < most and day > date(1970, 2, 1):
        days.append(day - timedelta(days=1))
        day = days[-1].replace(day=1)
    yield from reversed(days)


def _main_line(checkout: Checkout, at: str) -> list[tuple[int, str]]:
    """Return when each commit of the main line came in, and its name, newest first."""
    arguments = ["rev-list", "--timestamp", "--first-parent", "--end-of-options", at, "--"]
    lines = git(checkout.root, *arguments).decode().splitlines()
    try:
        return [(int(seconds), name) for seconds, name in map(str.split, lines)]
    except ValueError as error:
        raise GitError("git gave an answer that was not understood") from error


def _commits(line: list[tuple[int, str]], ends: Iterable[date], zone: ZoneInfo) -> dict[date, str]:
    """Return the last commit of each day in `ends` that has one."""
    found = {}
    for day in ends:
        end = datetime.combine(day, time.max, zone).timestamp()
        commit = next((name for seconds, name in line if seconds <= end), None)
        if commit:
            found[day] = commit
    return found


def _months(
    records: Mapping[date, Mapping[str, str]], items: Mapping[str, Recommendation | None]
) -> Iterator[Month]:
    last: dict[str, Recommendation] = {}
    for day, files in records.items():
        known = {file: items.get(blob) or last.get(file) for file, blob in files.items()}
        last = {file: item for file, item in known.items() if item}
        if last:
            yield Month(day, tuple(last.values()))
