"""kimplan history as its users meet it: each run is a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import TESTS, Golden, Ran, cli_environment, git, run_cli, write_file, write_plan
from histories import MOVED, TITLES, History, board_story

from kimplan.formatters.width import width_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")
GOLDEN = TESTS / "golden" / "answers"
NOT_THERE = "kimplan: there is and was no recommendation"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def answer(ran: Ran) -> Any:
    assert (ran.code, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def spy_on_git(tmp_path: Path) -> tuple[str, Path]:
    """Return a PATH whose git writes down how it was called, and the file that it writes to."""
    folder = tmp_path / "spy"
    folder.mkdir()
    calls = tmp_path / "calls"
    script = f'#!/bin/sh\necho "$@" >> "{calls}"\nexec "{shutil.which("git")}" "$@"\n'
    write_file(folder / "git", script).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}", calls


class TestAnswer:
    @pytest.mark.parametrize("name", ["history", "history-REC1", "history-REC3-newest-first"])
    def test_the_whole_answer_is_what_it_was(
        self, name: str, golden: Golden, tmp_path: Path
    ) -> None:
        history = board_story(tmp_path / "repository")
        _, *ref = name.split("-", 2)
        arguments = ["history", *ref[:1], *(["--newest-first"] if ref[1:] else [])]
        for width in (80, 200):
            ran = history.cli(*arguments, COLUMNS=str(width))
            assert (ran.code, ran.stderr) == (0, "")
            assert max(map(width_of, ran.stdout.splitlines())) <= width
            golden(GOLDEN / f"{name}-{width}.txt", ran.stdout)
        golden(GOLDEN / f"{name}.md", history.cli(*arguments, "--format", "markdown").stdout)
        golden(GOLDEN / f"{name}.html", history.cli(*arguments, "--format", "html").stdout)
        values = history.cli(*arguments, "--format", "json").stdout
        golden(GOLDEN / f"{name}.json", re.sub(r'("kimplan": )".*"', r'\1"VERSION"', values))

    def test_the_slippage_in_days_and_the_number_of_moves(self, history: History) -> None:
        history.record()
        history.commit()
        for due in ("2024-09", "2024-08", "2024-12"):
            history.record(due=due)
            history.commit()
        ran = history.cli("history", "rec1")
        last = "The date moved 3 times: from July 2024 to December 2024, 153 days later.\n"
        assert ran.stdout.endswith(f"\n{last}")
        assert ran.stdout.startswith(f"REC1  {TITLES['REC1']}\n")
        data = answer(history.cli("history", " REC1 ", "--format", "json"))
        assert (data["ref"], data["moves"], data["slipped_days"]) == ("REC1", 3, 153)

    def test_oldest_first_and_newest_first(self, history: History) -> None:
        history.record()
        history.commit("2024-05-01")
        history.record(rag="red")
        history.commit("2024-05-02")
        history.record(rag="red", owners=["Data Manager"])
        data = answer(history.cli("history", "REC1", "--format", "json"))
        newest = answer(history.cli("history", "REC1", "--newest-first", "--format", "json"))
        days = [entry["day"] for entry in data["entries"]]
        assert days == ["2024-05-01", "2024-05-02", None]
        assert newest["entries"] == data["entries"][::-1]
        assert data["entries"][2]["commit"] is None
        assert "Some changes are not committed yet." in history.cli("history").stdout

    def test_nothing_ever_happened(self, history: History) -> None:
        history.commit()
        assert history.cli("history").stdout == "Version control knows of no change.\n"

    @pytest.mark.parametrize(
        ("rag", "due", "sentence"),
        [
            ("amber", "2024-07", "The date never moved: it is July 2024."),
            ("green", None, "There never was a date."),
        ],
    )
    def test_a_date_that_never_moved(
        self, rag: str, due: str | None, sentence: str, history: History
    ) -> None:
        history.record(rag=rag, due=due)
        history.commit()
        assert history.cli("history", "REC1").stdout.endswith(f"\n{sentence}\n")

    def test_a_removed_record(self, history: History) -> None:
        history.record()
        history.commit()
        history.path("REC1").unlink()
        history.commit("2024-05-02")
        ran = history.cli("history", "rec1")
        assert ran.code == 0
        assert ran.stdout.startswith("REC1  (no longer in the plan)\n")

    def test_a_record_that_is_broken_now(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(text="ref: [\n")
        assert history.cli("history", "REC1").stdout.startswith("REC1  (cannot be understood now)")

    def test_broken_settings_do_not_matter(self, history: History) -> None:
        history.record()
        write_file(history.plan / "plan.yaml", "title: [\n")
        history.commit()
        assert history.cli("history", "REC1").code == 0

    def test_a_shallow_clone_says_so(self, history: History, tmp_path: Path) -> None:
        history.record()
        history.commit()
        history.record(rag="red")
        history.commit("2024-05-02")
        git(tmp_path, "clone", "--quiet", "--depth=1", history.top.as_uri(), "clone")
        ran = run_cli(["history", "REC1"], tmp_path / "clone")
        assert "This is a shallow clone, which lacks the older part of the history." in ran.stdout
        assert "Added" not in ran.stdout
        assert answer(run_cli(["history", "--format", "json"], tmp_path / "clone"))["shallow"]


class TestMistakes:
    def test_an_unknown_ref_suggests_one(self, history: History) -> None:
        history.record("REC11")
        history.commit()
        ran = history.cli("history", "RCE11")
        assert ran == Ran(2, "", f"{NOT_THERE} 'RCE11'\n  hint: Did you mean 'REC11'?\n")

    @pytest.mark.parametrize("ref", ["", " ", "../plan", "\x1b[31m", "REC1/../REC1", "*", "x" * 99])
    def test_what_can_be_no_ref(self, ref: str, history: History) -> None:
        history.record()
        history.commit()
        ran = history.cli("history", ref)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith(NOT_THERE)
        assert "\x1b" not in ran.stderr

    def test_outside_of_a_repository(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        ran = run_cli(["history"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("kimplan: plan is not under version control\n  hint: ")

    def test_without_git(self, history: History, tmp_path: Path) -> None:
        history.commit()
        ran = history.cli("history", PATH=str(tmp_path))
        assert ran == Ran(2, "", "kimplan: git is not installed\n")

    def test_without_a_commit(self, history: History) -> None:
        ran = history.cli("history")
        hint = "  hint: Commit the plan first.\n"
        assert ran == Ran(2, "", f"kimplan: this repository has no commits yet\n{hint}")


class TestHostile:
    @pytest.mark.parametrize(
        "name", ["\x1b[31mRed", "\u202egnp", "##[error]x", "::error::x", "x" * 10_000, "\udcff|`"]
    )
    def test_no_author_can_act_on_what_shows_the_answer(self, name: str, history: History) -> None:
        history.record()
        history.commit()
        history.forge_author(name)
        for form in ("text", "markdown", "json"):
            ran = history.cli("history", "--format", form)
            assert (ran.code, ran.stderr) == (0, "")
            for bad in ("\x1b", "\u202e", "##[", "\n::", "::error", " ::"):
                assert bad not in ran.stdout or (form == "json" and bad in {"##[", "::error"})
            assert len(ran.stdout) < (20_000 if form == "json" else 2_000)

    def test_no_title_can_either(self, history: History) -> None:
        history.record(title="<script>x</script> ##[error]x ::error::x | a @b", rag="red")
        history.commit()
        text = history.cli("history", "REC1").stdout
        markdown = history.cli("history", "REC1", "--format", "markdown").stdout
        assert "##[" not in text + markdown
        assert "::error" not in text
        assert "<script>" not in markdown

    @needs_posix
    def test_nothing_that_a_repository_names_is_run(self, history: History, tmp_path: Path) -> None:
        history.record()
        history.commit()
        history.record(rag="red")
        history.commit("2024-05-02")
        history.record(rag="red", due="2024-12")
        ran_file = tmp_path / "was-run"
        evil = write_file(tmp_path / "evil", f'#!/bin/sh\ntouch "{ran_file}"\ncat\n')
        evil.chmod(0o755)
        program = str(evil)
        write_file(history.top / ".gitattributes", "*.yaml diff=evil filter=evil merge=evil\n")
        for name in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction"):
            shutil.copy(evil, history.top / ".git" / "hooks" / name)
        for key in (
            "core.fsmonitor", "core.pager", "pager.log", "pager.cat-file", "diff.external",
            "diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge",
            "filter.evil.process", "core.sshCommand", "core.editor", "core.askPass", "gpg.program",
            "gpg.ssh.program", "sequence.editor", "credential.helper", "core.gitProxy",
            "core.alternateRefsCommand", "uploadpack.packObjectsHook", "remote.origin.uploadpack",
        ):  # fmt: skip
            git(history.top, "config", key, program)
        for key in ("alias.log", "alias.cat-file", "alias.ls-tree"):
            git(history.top, "config", key, f"!{program}")
        for setting in (
            ("core.hooksPath", str(history.top / ".git" / "hooks")), ("log.showSignature", "true"),
            ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"),
            ("remote.origin.url", f"ext::{program}"), ("remote.origin.promisor", "true"),
            ("protocol.allow", "always"), ("protocol.ext.allow", "always"),
            ("trace2.eventTarget", str(ran_file)), ("maintenance.auto", "true"),
        ):  # fmt: skip
            git(history.top, "config", *setting)
        for arguments in (["history"], ["history", "REC1"], ["changes", "--since", "HEAD~1"]):
            assert history.cli(*arguments).code == 0
        assert not ran_file.exists()

    def test_a_repository_of_the_parent_folder_is_not_asked(self, tmp_path: Path) -> None:
        outer = History(tmp_path / "outer")
        outer.record()
        outer.commit()
        inner = outer.top / "inner"
        inner.mkdir()
        write_plan(inner)
        (inner / ".git").mkdir()  # no repository, though it looks like one
        ran = run_cli(["history"], inner)
        assert (ran.code, ran.stdout) == (2, "")
        assert "not a git repository" in ran.stderr


@needs_posix
class TestProcesses:
    @pytest.mark.parametrize("commits", [1, 40])
    @pytest.mark.parametrize("arguments", [["history"], ["history", "REC1"]])
    def test_git_is_called_twice_at_any_size(
        self, arguments: list[str], commits: int, history: History, tmp_path: Path
    ) -> None:
        for number in range(commits):
            for ref in TITLES:
                history.record(ref, response=f"Response {number}.")
            history.commit(f"2024-05-{number % 28 + 1:02}")
        history.record(due="2024-09", revisions=[MOVED])
        path, calls = spy_on_git(tmp_path)
        assert history.cli(*arguments, PATH=path).code == 0
        lines = calls.read_text(encoding="utf-8").splitlines()
        commands = [re.findall(r" (log|cat-file|[a-z]+-[a-z]+) --", line)[0] for line in lines]
        assert commands == ["log", "cat-file"]

    def test_who_reads_no_more_ends_it_quietly(self, history: History) -> None:
        for ref in TITLES:
            history.record(ref)
        history.commit()
        command = f'"{sys.executable}" -m kimplan history | head -1'
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=history.top,
            env=cli_environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.stdout.startswith(b"When")
        assert done.stderr == b""
