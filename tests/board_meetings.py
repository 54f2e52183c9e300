"""A plan in a real repository, over three board meetings: whose changes are known."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from conftest import (
    NO_UPKEEP,
    cli_environment,
    head_of,
    init_repository,
    made_once,
    make_record,
    make_settings,
    write_file,
    write_plan,
)

SECRETARY, MANAGER = "Company Secretary", "Communications Manager"
MOVED = {
    "from": "2024-04",
    "to": "2024-07",
    "reason": "The archive could **not** be searched.",
    "agreed_by": "Board",
    "on": "2024-05-02",
}
MOVED_EARLIER = {
    "from": "2024-03",
    "to": "2024-04",
    "reason": "The supplier was late.",
    "on": "2024-02-10",
}


class Commit(NamedTuple):
    """Who commits, and when."""

    day: str
    author: str = SECRETARY


FIRST = Commit("2023-11-20")
PROOF = {"title": "Minutes", "link": "https://example.org/minutes"}


def title(ref: str) -> str:
    """Return the title of a record, which no other has."""
    return f"Keep the register of {ref}."


class Meetings:
    """A repository with a plan whose records are written by ref."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = folder / "plan"

    def git(self, *arguments: str, commit: Commit = FIRST) -> str:
        """Run git as the author of `commit`, on its day."""
        moment = f"{commit.day}T12:00:00+00:00"
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (
                ("NAME", commit.author),
                ("EMAIL", "someone@example.org"),
                ("DATE", moment),
            )
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=cli_environment(**identity, **NO_UPKEEP),
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout.decode().strip()

    def write(self, ref: str, **fields: Any) -> None:
        """Write a record; it is not committed."""
        write_file(
            self.plan / "recommendations" / f"{ref}.yaml",
            make_record(**{"ref": ref, "title": title(ref)} | fields),
        )

    def commit(self, commit: Commit) -> str:
        """Commit everything, and return the commit's name."""
        self.git("add", "--all", commit=commit)
        self.git("commit", "--quiet", "--allow-empty", "-m", "Change the plan", commit=commit)
        return head_of(self.folder)


Change: TypeAlias = Callable[[Meetings], None]


def make_meetings(folder: Path, **settings: Any) -> Meetings:
    """Return a repository with commits from November 2023 to May 2024 and three tags.

    REC1 becomes green in March; REC2 moves in February and May; REC3 gets another owner in May;
    REC4 gets a note; REC5 is new in April; REC6 goes in April.
    """
    made_once(
        ("meetings", repr(settings)), folder, lambda made: _hold_meetings(Meetings(made), settings)
    )
    return Meetings(folder)


def _hold_meetings(meetings: Meetings, settings: dict[str, Any]) -> None:
    records = {
        ref: make_record(
            ref=ref,
            title=title(ref),
            section="repairs" if ref > "REC3" else "governance",
            due=due,
        )
        for ref, due in {
            "REC1": "2024-02",
            "REC2": "2024-03",
            "REC3": "2024-04",
            "REC4": "2024-09",
            "REC6": "2024-05",
        }.items()
    }
    write_plan(meetings.folder, records=records, settings=make_settings(**settings))
    init_repository(meetings.folder)
    meetings.commit(FIRST)
    meetings.git("tag", "-a", "-m", "Board", "board-2023-11")
    meetings.write("REC2", due="2024-04", revisions=[MOVED_EARLIER])
    meetings.commit(Commit("2024-02-10"))
    meetings.git("tag", "-a", "-m", "Board", "board-2024-02", commit=Commit("2024-02-10"))
    meetings.write(
        "REC1", rag="green", due="2024-02", completed="2024-03-12", owners=None, evidence=[PROOF]
    )
    meetings.commit(Commit("2024-03-14"))
    meetings.write("REC5", section="repairs", due="2024-12", title="Train every caller.")
    (meetings.plan / "recommendations" / "REC6.yaml").unlink()
    meetings.commit(Commit("2024-04-20", MANAGER))
    meetings.write("REC2", due="2024-07", revisions=[MOVED_EARLIER, MOVED])
    meetings.commit(Commit("2024-05-02", MANAGER))
    meetings.write("REC3", due="2024-04", owners=["Head of Repairs"])
    note = {"on": "2024-05-08", "by": MANAGER, "note": "Begun."}
    meetings.write("REC4", section="repairs", due="2024-09", progress=[note])
    meetings.commit(Commit("2024-05-09"))
