"""kimplan changes as its users meet it: each run is a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, TESTS, Golden, Ran, git, run_cli, write_file, write_plan
from histories import MOVED, History, board_story

from kimplan.formatters.width import width_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
GOLDEN = TESTS / "golden" / "answers"
DAY = ["--as-of", "2024-05-31"]
COMMANDS = {
    "changes": ["changes", "--since", "board-2024-03", *DAY],
    "changes-of-a-meeting": ["changes", "--since", "board-2024-01", "--until", "board-2024-03"],
    "changes-of-a-year": ["changes", "--since", "2024-01-31", "--as-of", "2025-01-01"],
}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def data_of(history: History, *arguments: str) -> Any:
    ran = history.cli("changes", *arguments, "--format", "json")
    assert ran.code == 0
    return json.loads(ran.stdout)


class TestAnswer:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_whole_answer_is_what_it_was(
        self, name: str, golden: Golden, tmp_path: Path
    ) -> None:
        history = board_story(tmp_path / "repository")
        for width in (80, 200):
            ran = history.cli(*COMMANDS[name], COLUMNS=str(width))
            assert (ran.code, ran.stderr) == (0, "")
            assert max(map(width_of, ran.stdout.splitlines())) <= width
            golden(GOLDEN / f"{name}-{width}.txt", ran.stdout)
        markdown = history.cli(*COMMANDS[name], "--format", "markdown").stdout
        golden(GOLDEN / f"{name}.md", markdown)
        page = history.cli(*COMMANDS[name], "--format", "html").stdout
        golden(GOLDEN / f"{name}.html", page)
        values = history.cli(*COMMANDS[name], "--format", "json").stdout
        golden(GOLDEN / f"{name}.json", re.sub(r'("kimplan": )".*"', r'\1"VERSION"', values))

    def test_nothing_changed_is_one_line(self, history: History) -> None:
        history.record()
        name = history.commit("2024-05-01")[:7]
        state = f"1 May 2024 (HEAD ({name}))"
        ran = history.cli("changes", "--since", "HEAD", "--until", "HEAD")
        assert ran == Ran(0, f"Changes since {state} to {state}\nNothing changed.\n", "")

    def test_each_rating_is_better_or_worse_or_neither(self, history: History) -> None:
        ratings = {
            "REC1": ("red", "amber"), "REC2": ("amber", "red"), "REC3": ("green", "amber"),
            "REC4": ("red", "not-applicable"), "REC5": ("not-applicable", "amber"),
            "REC6": ("amber", "green"),
        }  # fmt: skip
        for which in (0, 1):
            for ref, both in ratings.items():
                due = "2024-07" if both[which] in {"amber", "red"} else None
                history.record(ref, rag=both[which], due=due, evidence=EVIDENCE)
            if not which:
                history.commit()
        out = history.cli("changes", "--since", "HEAD", *DAY).stdout
        found = dict(re.findall(r"^(Completed|Better|Worse|Rated otherwise): (\d+)$", out, re.M))
        assert found == {"Completed": "1", "Better": "1", "Worse": "2", "Rated otherwise": "2"}

    def test_changes_that_are_not_committed_are_said_to_be_so(self, history: History) -> None:
        history.record()
        name = history.commit()[:7]
        history.record(due="2024-09", revisions=[MOVED])
        assert data_of(history, "--since", "HEAD", *DAY)["until"] == {
            "name": f"{name} and changes that are not committed",
            "day": "2024-05-31",
        }
        (change,) = data_of(history, "--since", "HEAD", *DAY)["changes"]
        assert change == {
            "ref": "REC1",
            "title": "Keep a register of every repair.",
            "what": "due",
            "field": None,
            "name": "Completion date",
            "before": "July 2024",
            "after": "September 2024",
            "days": 61,
            "reason": "Staff left.",
            "action": None,
        }

    @pytest.mark.parametrize(("day", "late"), [("2024-07-31", []), ("2024-08-01", ["REC1"])])
    def test_newly_overdue_depends_on_the_day(
        self, day: str, late: list[str], history: History
    ) -> None:
        history.record()
        history.commit("2024-05-01")
        assert data_of(history, "--since", "HEAD", "--as-of", day)["newly_overdue"] == late

    @pytest.mark.parametrize("when", ["then", "now"])
    def test_a_broken_record_is_said_and_passed_over(self, when: str, history: History) -> None:
        history.record("REC2")
        history.record(**({"text": "ref: [\n"} if when == "then" else {}))
        history.commit()
        history.record(**({"text": "ref: [\n"} if when == "now" else {}))
        history.record("REC2", rag="red")
        ran = history.cli("changes", "--since", "HEAD", *DAY)
        sentence = "ecommendations/REC1.yaml could not be understood at "
        assert ran.code == (1 if when == "now" else 0)
        assert f"kimplan: r{sentence}" in ran.stderr
        assert f"\nR{sentence}" in ran.stdout
        assert "Worse: 1\nRef" in ran.stdout
        ran = history.cli("changes", "--since", "HEAD", "--format", "json")
        data = json.loads(ran.stdout)
        assert data["complete"] is (when == "then")
        assert len(data["notes"]) == 1

    def test_broken_settings_now(self, history: History) -> None:
        history.record()
        history.commit()
        write_file(history.plan / "plan.yaml", "title: [\n")
        ran = history.cli("changes", "--since", "HEAD")
        assert (ran.code, ran.stdout) == (1, "")
        assert "plan/plan.yaml:" in ran.stderr
        assert ran.stderr.endswith("there is no answer, because the plan has errors\n")

    def test_broken_settings_then(self, history: History) -> None:
        history.record()
        settings = (history.plan / "plan.yaml").read_bytes()
        write_file(history.plan / "plan.yaml", "title: [\n")
        history.commit()
        write_file(history.plan / "plan.yaml", settings)
        assert data_of(history, "--since", "HEAD", *DAY)["changes"] == []


class TestRevisions:
    def test_each_way_to_name_the_same_commit(self, history: History) -> None:
        history.record()
        first = history.commit("2024-05-01")
        git(history.top, "tag", "light")
        git(history.top, "tag", "-a", "-m", "Board", "heavy")
        git(history.top, "branch", "old")
        for day in ("2024-05-10", "2024-05-11"):
            history.record(due=day)
            history.commit(day)
        names = ["light", "heavy", "old", first, first[:8], "HEAD~2", "2024-05-01", "2024-05-09"]
        for name in names:
            data = data_of(history, "--since", name, "--until", "HEAD~1")
            assert [change["after"] for change in data["changes"]] == ["10 May 2024"]
            data = data_of(history, "--since", "HEAD", "--until", name)
            assert [change["after"] for change in data["changes"]] == ["July 2024"]

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ("nothing", "there is no revision 'nothing' in this repository"),
            ("-x", "'-x' is no revision"),
            ("--output=x", "'--output=x' is no revision"),
            ("", "'' is no revision"),
            (" ", "' ' is no revision"),
            ("a b", "there is no revision 'a b' in this repository"),
            ("\x1b[31m", "'\\x1b[31m' is no revision"),
            ("0" * 40, f"there is no revision '{'0' * 40}' in this repository"),
            ("2024-04-30", "the plan has no commit up to 2024-04-30"),
            ("2024-02-30", "there is no revision '2024-02-30' in this repository"),
        ],
    )
    @pytest.mark.parametrize("option", ["since", "until"])
    def test_an_unknown_one_is_a_sentence(
        self, option: str, said: str, message: str, history: History
    ) -> None:
        history.record()
        history.commit("2024-05-01")
        ran = history.cli("changes", "--since=HEAD", f"--{option}={said}")
        hint = "Name a branch, a tag, a commit or a day: board-2024-05, HEAD~3, 2024-05-31."
        assert ran == Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")
        assert not (history.top / "x").exists()

    def test_a_commit_of_another_repository(self, history: History, tmp_path: Path) -> None:
        history.commit()
        other = History(tmp_path / "other")
        other.record()
        ran = history.cli("changes", "--since", other.commit())
        assert (ran.code, ran.stdout) == (2, "")

    def test_outside_of_a_repository(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["changes", "--since", "HEAD"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("kimplan: plan is not under version control\n")

    def test_without_git(self, history: History, tmp_path: Path) -> None:
        history.commit()
        ran = history.cli("changes", "--since", "HEAD", PATH=str(tmp_path))
        assert ran == Ran(2, "", "kimplan: git is not installed\n")

    def test_without_a_revision(self, history: History) -> None:
        assert history.cli("changes").code == 2


class TestHostile:
    TEXT = "<script>x</script> ##[error]x ::error::x | @someone \\# [a](javascript:b)"

    def test_no_text_can_act_on_what_shows_the_answer(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(
            title=self.TEXT, owners=[self.TEXT], due="2024-09", rag="red",
            revisions=[MOVED | {"reason": f"::error::{self.TEXT}"}],
            evidence=[{"title": self.TEXT}], progress=[{"on": "2024-05-02", "note": self.TEXT}],
        )  # fmt: skip
        text = history.cli("changes", "--since", "HEAD", *DAY).stdout
        markdown = history.cli("changes", "--since", "HEAD", *DAY, "--format=markdown").stdout
        assert "##[" not in text + markdown
        assert "::error" not in text
        assert "<script>" not in markdown
        assert "](java" not in markdown
        assert " @someone" not in re.sub("@<!-- -->", "", markdown)
        rows = [line for line in markdown.splitlines() if line.startswith("|")]
        assert all(row.endswith(" |") for row in rows)
        assert data_of(history, "--since", "HEAD")["changes"][0]["title"] == self.TEXT

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
    def test_a_name_of_a_branch(self, history: History) -> None:
        history.record()
        history.commit()
        name = "##error]<script>|$(x)"
        git(history.top, "branch", name)
        for form in ("text", "markdown"):
            out = history.cli("changes", "--since", name, *DAY, "--format", form).stdout
            assert "Nothing changed." in out
        assert "<script>" not in out


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no such script")
def test_git_is_asked_for_the_states_and_for_the_records_that_differ(
    history: History, tmp_path: Path
) -> None:
    names = [f"REC{number}" for number in range(1, 400)]
    for name in names:
        history.record(name)
    history.commit()
    for name in names[:300]:
        history.record(name, due="2024-09")
    history.commit()
    log = tmp_path / "log"
    (tmp_path / "bin").mkdir()
    program = write_file(
        tmp_path / "bin" / "git",
        f'#!/bin/sh\necho x >> "{log}"\nexec {shutil.which("git")} "$@"\n',
    )
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    ran = history.cli("changes", "--since", "HEAD~1", *DAY, PATH=path)
    assert "300 dates moved" in ran.stdout
    assert len(log.read_bytes().splitlines()) == 2
