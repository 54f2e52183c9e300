"""Histories: held against git's own log, and what compares two states against reading one."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from repositories import write_history
from running import DAY, in_turn, milliseconds, peak

_FOUND = frozenset({0, 1})
_LOG = ("git", "log", "--raw", "-z", "-M")


def histories(programs: Path, folder: Path, runs: int) -> None:
    """Hold history, changes, check --base and verify against git's log and against list."""
    kimplan = str(programs / "kimplan")
    list_ = [kimplan, "list", *DAY]
    print("\n| files, commits | command | held against | ratio | limit | median | peak memory |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size, commits, limit in ((21, 500, ""), (1_000, 5_000, "3.0"), (10_000, 20_000, "1.5")):
        top = folder / f"history-{size}"
        write_history(top, size, commits)
        before = f"HEAD~{commits // 5}"
        changes = [kimplan, "changes", "--since", before, *DAY]
        check = [kimplan, "check", "--base", before, *DAY]
        is_middle = size == 1_000
        times = runs if size < 10_000 else 3
        _row(top, f"{size:,}, {commits:,}", [kimplan, "history"], _LOG, limit, times)
        if size == 21:
            _row(top, "", [kimplan, "history"], list_, "1.5", times)
        if size < 10_000:
            _row(top, "", changes, list_, "1.3" if is_middle else "", times)
            _row(top, "", check, list_, "1.3" if is_middle else "", times)
        report = str(folder / f"history-{size}.docx")
        subprocess.run(
            [kimplan, "report", *DAY, "--output", report], cwd=top, check=True, capture_output=True
        )
        bound = {1_000: "2.0", 10_000: "200 MiB"}.get(size, "")
        _row(top, "", [kimplan, "verify", report], _LOG, bound, times)


def _row(
    top: Path, size: str, ours: Sequence[str], theirs: Sequence[str], limit: str, runs: int
) -> None:
    """Measure two commands in turn and print a row of the table."""
    pair = in_turn(ours, theirs, runs, top, codes=_FOUND)
    name = " ".join(word for word in ours[1:] if "/" not in word)
    against = "`git log`" if theirs[0] == "git" else "`list`"
    print(
        f"| {size} | `{name}` | {against}, {milliseconds(pair.theirs)} | {pair.ratio:.2f} "
        f"| {limit} | {milliseconds(pair.ours)} | {peak(pair.ours)} |"
    )
