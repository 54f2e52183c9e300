"""``--at``: the plan as it stood, and the days of the board's marks; each run is a process."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import EVIDENCE, Ran, git
from histories import History

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
DONE: dict[str, Any] = {"rag": "green", "due": None, "evidence": EVIDENCE}
OTHERS: dict[str, Any] = {"section": "repairs", "owners": ["Head of Repairs", "Data Manager"]}


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Eight complete at the end of May, and a ninth on 20 June; REC9 is late since July."""
    made = History(tmp_path / "repository")
    for number in range(1, 9):
        made.record(f"REC{number}", **OTHERS, **DONE)
    made.record("REC9", due="2024-07")
    made.record("REC10", due="2024-07")
    made.commit("2024-05-20")
    made.record("REC10", **DONE, completed="2024-06-20")
    made.commit("2024-06-20")
    return made


def data(ran: Ran) -> Any:
    assert ran.code == 0, ran.stderr
    return json.loads(ran.stdout)


class TestAt:
    def test_what_was_complete_then(self, history: History) -> None:
        def green(*options: str) -> tuple[str, int]:
            found = data(history.cli("summary", "--format", "json", *options))
            return found["as_of"], found["ratings"]["green"]

        assert green("--as-of", "2024-05-31") == ("2024-05-31", 9)
        assert green("--at", "2024-05-31") == ("2024-05-31", 8)
        assert green("--at", "HEAD~1") == ("2024-05-20", 8)
        assert green("--at", "HEAD") == ("2024-06-20", 9)
        assert green("--at", "HEAD~1", "--as-of", "2024-09-01") == ("2024-09-01", 8)

    @pytest.mark.parametrize(
        "command",
        [["overdue"], ["summary"], ["list"], ["show", "REC10"], ["report", "-o", "a.docx"]],
    )
    def test_each_command_that_has_it(self, command: list[str], history: History) -> None:
        commit = git(history.top, "rev-parse", "HEAD~1")[:7]
        ran = history.cli(*command, "--at", "2024-05-31")
        assert ran.code == 0
        said = f"kimplan: this is the plan as it was at 2024-05-31 ({commit})\n"
        assert ran.stderr == said
        assert f"kimplan {command[0]}" in history.cli(command[0], "--help").stdout
        assert "--at " in history.cli(command[0], "--help").stdout.partition("Examples:")[2]

    def test_the_clock_is_that_day(self, history: History) -> None:
        def late(*options: str) -> list[str]:
            found = data(history.cli("overdue", "--format", "json", *options))["overdue"]
            return [one["ref"] for one in found]

        assert late("--at", "2024-05-31") == []
        assert late("--at", "2024-05-31", "--as-of", "2024-08-01") == ["REC9", "REC10"]
        history.tag("papers", "2024-08-20")
        assert late("--at", "papers") == ["REC9"]

    @pytest.mark.parametrize(
        "said", ["nothing", "2024-05-19", "", "-x", "HEAD:plan", "@{u}", "refs/heads/*"]
    )
    def test_what_names_no_state_is_refused(self, said: str, history: History) -> None:
        ran = history.cli("summary", f"--at={said}")
        assert (ran.code, ran.stdout) == (2, "")

    def test_a_name_of_two_things_is_refused(self, history: History) -> None:
        git(history.top, "tag", "main", "HEAD~1")
        for command in (["list", "--at"], ["report", "--at"], ["report", "--since"]):
            ran = history.cli(*command, "main")
            assert ran.code == 2
            assert "'main' names more than one thing" in ran.stderr
        assert list(history.top.glob("*.docx")) == []

    def test_outside_of_a_repository_and_without_git(self, history: History) -> None:
        assert history.cli("list", "--at", "HEAD", PATH="").code == 2
        shutil.rmtree(history.top / ".git")
        ran = history.cli("list", "--at", "HEAD")
        assert ran.stderr.startswith("kimplan: plan is not under version control\n")
        assert ran.code == 2

    def test_a_plan_that_moved_and_one_that_was_broken(self, history: History) -> None:
        (history.top / "board").mkdir()
        git(history.top, "mv", "plan", "board/plan")
        commit = git(history.top, "rev-parse", "HEAD~1")[:7]
        ran = history.cli("summary", "--plan", "board/plan", "--at", "HEAD~1")
        assert ran.code == 0
        assert f"the plan was in the folder plan at HEAD~1 ({commit})\n" in ran.stderr
        history.plan = history.top / "board" / "plan"
        history.record(rag="blue", **OTHERS)
        name = history.commit("2024-07-01")[:7]
        history.record(**OTHERS, **DONE)
        ran = history.cli("report", "--plan", "board/plan", "--at", "HEAD")
        assert ran.code == 1
        assert f"{name}:board/plan/recommendations/REC1.yaml:5:6: error KP105" in ran.stderr

    def test_a_report_names_that_commit_and_can_be_verified(self, history: History) -> None:
        commit = git(history.top, "rev-parse", "HEAD~1")[:7]
        history.record("REC9", due="2024-09")  # the files differ now, which does not matter
        history.tag("papers", "2024-08-20")
        for options in (["--at", "2024-05-31"], ["--at", "HEAD~1", "--since", "2024-05-20"]):
            ran = history.cli("report", *options, "-o", "a.docx")
            assert ran.code == 0
            footer = docx.Document(str(history.top / "a.docx")).sections[0].footer
            assert f"Source version {commit} · kimplan" in footer.paragraphs[0].text
            assert history.cli("verify", "a.docx").code == 0
        (history.plan / "recommendations" / "REC8.yaml").unlink()
        history.commit("2024-09-01")
        assert history.cli("verify", "a.docx").code == 0
        ran = history.cli("report", "--at", "papers", "--since", "HEAD~2", "-o", "a.docx")
        assert ran.code == 0
        assert history.cli("verify", "a.docx").code == 0


class TestMarks:
    def test_an_annotated_tag_counts_from_its_own_day(self, history: History) -> None:
        history.tag("papers", "2024-08-20")
        day = ["--as-of", "2024-09-20"]
        found = data(history.cli("changes", "--since", "papers", *day, "--format", "json"))
        assert (found["since"]["day"], found["newly_overdue"]) == ("2024-08-20", [])
        ran = history.cli("report", "--since", "papers", *day, "-o", "a.docx")
        assert (ran.code, ran.stderr) == (0, "")
        texts = [line.text for line in docx.Document(str(history.top / "a.docx")).paragraphs]
        assert any("since the report at 20 August 2024" in text for text in texts)
        assert not any("Overdue now and not then" in text for text in texts)
        git(history.top, "tag", "-d", "papers")
        assert history.cli("verify", "a.docx").code == 0

    def test_a_lightweight_tag_counts_from_its_commits_and_says_so(self, history: History) -> None:
        git(history.top, "tag", "papers")
        said = (
            "he tag papers keeps no day of its own, so the day of its commit counts, 20 June 2024"
        )
        ran = history.cli("changes", "--since", "papers", "--as-of", "2024-09-20")
        assert ran.code == 0
        assert f"kimplan: t{said}" in ran.stderr
        assert f"T{said}" in " ".join(ran.stdout.split())
        assert "Newly overdue: 1" in ran.stdout
        ran = history.cli("report", "--since", "papers", "-o", "a.docx")
        assert f"kimplan: t{said}" in ran.stderr
        found = data(
            history.cli("changes", "--since", "HEAD", "--until", "papers", "--format=json")
        )
        assert any(said in note for note in found["notes"])

    def test_a_day_that_merges_leave_uncertain_is_said(self, history: History) -> None:
        git(history.top, "checkout", "--quiet", "-b", "side")
        history.record("REC9", due="2024-06")
        history.commit("2024-06-25")
        git(history.top, "checkout", "--quiet", "main")
        history.save(["merge", "--quiet", "--no-ff", "--no-edit", "side"], "2024-07-10")
        for option in ("--since", "--until"):
            ran = history.cli("changes", "--since", "HEAD", option, "2024-06-30")
            assert ran.code == 0
            assert ran.stderr.count("the state of 30 June 2024 is uncertain: ") == 1
        assert "uncertain" not in history.cli("changes", "--since", "2024-06-24").stderr

    @pytest.mark.parametrize("option", ["--since", "--until"])
    def test_a_tag_that_hides_a_branch_is_refused(self, option: str, history: History) -> None:
        git(history.top, "checkout", "--quiet", "-b", "work")
        history.record("REC9", due="2025-10")
        history.commit("2024-06-21")
        git(history.top, "tag", "main", "work")
        ran = history.cli("changes", "--since", "HEAD~1", option, "main")
        assert ran == Ran(
            2,
            "",
            "kimplan: 'main' names more than one thing in this repository\n"
            "  hint: Name it in full, such as refs/heads/main, or by its commit.\n",
        )
        ran = history.cli("changes", "--since", "HEAD", option, "refs/heads/main")
        assert "1 date moved" in ran.stdout
