"""The recommendations as they were at the end of each month: three calls of git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from kimplan.git.process import GitError, git
from kimplan.git.tree import read_blobs
from kimplan.loader.scheme import scheme_in
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.checkout import Checkout
from kimplan.snapshot.layout import SETTINGS
from kimplan.snapshot.read import Snapshot, items_in, read_snapshots


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
    states = {day: snapshot for day, snapshot in zip(commits, snapshots, strict=True) if snapshot}
    return tuple(_months(_states(checkout, states)))


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


_State: TypeAlias = dict[str, Recommendation | None]


def _states(
    checkout: Checkout, snapshots: Mapping[date, Snapshot]
) -> Iterator[tuple[date, _State]]:
    """Yield what the records said at the end of each month, read by the scheme of its time."""
    settings = {day: one.blobs.get(SETTINGS, "") for day, one in snapshots.items()}
    records = {blob for one in snapshots.values() for blob in one.records.values()}
    blobs = sorted({*filter(None, settings.values()), *records})
    contents = dict(zip(blobs, read_blobs(checkout.root, blobs), strict=True))
    schemes = {day: scheme_in(contents.get(blob, b"")) for day, blob in settings.items()}
    read = {
        scheme: items_in(((blob, contents[blob]) for blob in records), scheme)
        for scheme in set(schemes.values())
    }
    for day, snapshot in snapshots.items():
        items = read[schemes[day]]
        yield day, {file: items[blob] for file, blob in snapshot.records.items()}


def _months(states: Iterable[tuple[date, _State]]) -> Iterator[Month]:
    last: dict[str, Recommendation] = {}
    for day, files in states:
        known = {file: item or last.get(file) for file, item in files.items()}
        last = {file: item for file, item in known.items() if item}
        if last:
            yield Month(day, tuple(last.values()))
