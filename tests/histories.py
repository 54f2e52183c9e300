"""Real git repositories whose history the tests know, because they make it themselves.

Import with ``from histories import …``.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from conftest import (
    NO_UPKEEP,
    Ran,
    cli_environment,
    git,
    head_of,
    init_repository,
    made_once,
    make_record,
    make_settings,
    run_cli,
    write_file,
    write_plan,
)

from kimplan.answers.change_phrases import describe
from kimplan.changes.between import Between, read_between
from kimplan.changes.fields import Change
from kimplan.history.timeline import Story, tell
from kimplan.linter import load
from kimplan.snapshot.checkout import find_checkout

ZONE = "Europe/London"
# Each has words of its own: a recommendation is known by them.
TITLES = {
    "REC1": "Keep a register of every repair.",
    "REC2": "Publish the answers to frequent questions.",
    "REC3": "Record the vulnerabilities of residents.",
}
MOVED = {"from": "2024-07", "to": "2024-09", "reason": "Staff left.", "on": "2024-05-20"}
MOVED_AGAIN = {"from": "2024-09", "to": "2024-12", "reason": "Still short.", "on": "2024-08-20"}


class History:
    """A repository with a plan; each commit is made by whom and when the test says, at noon."""

    def __init__(self, top: Path, below: str = "", *init: str, is_new: bool = True) -> None:
        self.top = top
        self.plan = top / below / "plan"
        if is_new:
            self._begin(top / below, init)

    def _begin(self, folder: Path, init: Sequence[str]) -> None:
        top = self.top
        top.mkdir(parents=True, exist_ok=True)
        if init:
            git(top, "init", "--quiet", "--initial-branch=main", *init)
            git(top, "config", "core.autocrlf", "false")
        else:
            init_repository(top)
        folder.mkdir(parents=True, exist_ok=True)
        write_plan(folder, records={})

    def path(self, ref: str) -> Path:
        return self.plan / "recommendations" / f"{ref}.yaml"

    def record(self, ref: str = "REC1", **fields: Any) -> None:
        """Write a record as it is from now on; `text` is all of its file."""
        fields.setdefault("title", TITLES.get(ref, f"Do what {ref} says."))
        path = self.path(fields.pop("file", ref))
        text = fields.pop("text", None)
        write_file(path, make_record(ref=ref, **fields) if text is None else text)

    def commit(self, day: str = "2024-05-01", author: str = "A. Tester") -> str:
        """Commit everything on a day; return the commit's name."""
        git(self.top, "add", "--all")
        return self.save(["commit", "--quiet", "--allow-empty", "-m", "Change"], day, author)

    def tag(self, name: str, day: str) -> None:
        """Mark HEAD as a board meeting's papers on a day."""
        self.save(["tag", "-a", "-m", "Board", name], day)

    def save(self, arguments: Sequence[str], day: str, author: str = "A. Tester") -> str:
        """Run git as somebody on a day; return the name of the commit that is HEAD then."""
        when = f"{day}T12:00:00+00:00" if len(day) == 10 else day
        identity = {
            f"GIT_{who}_{what}": value
            for who in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", author), ("EMAIL", "a@example.org"), ("DATE", when))
        }
        subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env=cli_environment(**identity, **NO_UPKEEP),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return head_of(self.top)

    def forge(self, commit: str, old: bytes, new: bytes) -> str:
        """Make HEAD a copy of a commit that git itself would not make; return its name."""
        text = self._git(["cat-file", "commit", commit])
        assert old in text
        arguments = ["hash-object", "-t", "commit", "--literally", "-w", "--stdin"]
        name = self._git(arguments, text.replace(old, new)).decode().strip()
        git(self.top, "update-ref", "refs/heads/main", name)
        return name

    def forge_author(self, name: str) -> str:
        new = b"author " + name.encode("utf-8", "surrogateescape") + b" <"
        return self.forge("HEAD", b"author A. Tester <", new)

    def _git(self, arguments: Sequence[str], stdin: bytes = b"") -> bytes:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env=cli_environment(),
            input=stdin,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout

    def story(self, ref: str | None = None) -> Story:
        return tell(self.plan, find_checkout(self.plan), ref, ZONE)

    def told(self, ref: str | None = None) -> list[str]:
        """Return what the story tells: of each commit its day, author, ref and changes."""
        return [
            f"{entry.day or 'now'} {entry.author or '-'} {entry.ref}: "
            + (entry.problem or ", ".join(map(describe, entry.changes)))
            for entry in self.story(ref).entries
        ]

    def between(self, since: str, until: str | None = None, day: str = "2024-05-31") -> Between:
        now = load(self.plan, partial=True).plan
        assert now is not None
        return read_between(self.plan, now, since, until, date.fromisoformat(day))

    def changed(self, since: str, until: str | None = None, day: str = "2024-05-31") -> list[str]:
        """Return what changed between two states, a line for each recommendation."""
        return [
            f"{record.item.ref}: {', '.join(map(describe, record.changes))}"
            for record in self.between(since, until, day).records
        ]

    def cli(self, *arguments: str, **variables: str) -> Ran:
        return run_cli(arguments, self.top, **variables)


def changes_of(story: Story) -> list[Change]:
    return [change for entry in story.entries for change in entry.changes]


def board_story(top: Path) -> History:
    """Return a plan between three board meetings, each of them a tag."""
    made_once("board story", top, _tell_board_story)
    return History(top, is_new=False)


def _tell_board_story(top: Path) -> None:
    history = History(top)
    write_file(history.plan / "plan.yaml", make_settings(title="Knowledge and information plan"))
    history.record("REC1", due="2024-03-31", rag="red")
    history.record("REC2", due="2024-03", owners=["Head of Repairs"])
    history.record("REC3", section="repairs", due="2024-07", owners=["Data Manager"])
    history.commit("2024-01-10", "Company Secretary")
    history.tag("board-2024-01", "2024-01-10")
    history.record(
        "REC1",
        due="2024-07-31",
        rag="amber",
        revisions=[
            {
                "from": "2024-03-31", "to": "2024-07-31", "on": "2024-03-14", "agreed_by": "Board",
                "reason": "The web portal project was re-planned, and its supplier asked for time.",
            }
        ],
    )  # fmt: skip
    history.commit("2024-03-14", "Company Secretary")
    history.record(
        "REC2",
        rag="green",
        due="2024-03",
        completed="2024-03-20",
        owners=["Head of Repairs"],
        evidence=[{"title": "The page of answers", "link": "https://example.org/answers"}],
    )
    history.commit("2024-03-21", "Head of Repairs")
    history.tag("board-2024-03", "2024-03-21")
    history.record(
        "REC3",
        section="repairs",
        due="2023-12/2024-03",
        rag="red",
        response="The register waits for the new system.",
        owners=["Data Manager", "Company Secretary"],
        progress=[{"on": "2024-05-02", "by": "Data Manager", "note": "No supplier made an offer."}],
    )
    history.commit("2024-05-03", "Data Manager")
    history.record("REC4", due="2024-12", owners=["Head of Repairs"])
    history.commit("2024-05-20", "Company Secretary")
    history.tag("board-2024-05", "2024-05-20")
