from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import git, make_repository, write_file

from kimplan.git.process import GitError, GitMissingError, Running
from kimplan.git.process import git as ask_git
from kimplan.loader import find_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


def test_git_answers_in_bytes(tmp_path: Path) -> None:
    write_file(tmp_path / "a", "a")
    commit = make_repository(tmp_path)
    assert ask_git(tmp_path, "rev-parse", "HEAD") == f"{commit}\n".encode()
    assert ask_git(tmp_path, "cat-file", "--batch-check", stdin=b"HEAD\n").startswith(
        commit.encode()
    )


def test_what_git_complains_of_is_one_line(tmp_path: Path) -> None:
    make_repository(tmp_path)
    with pytest.raises(GitError) as error:
        ask_git(tmp_path, "cat-file", "blob", "HEAD:missing")
    assert str(error.value).startswith("git said: fatal: ")
    assert "\n" not in str(error.value)


def test_a_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GitError, match=r"^git cannot be run: "):
        ask_git(tmp_path / "gone", "rev-parse", "HEAD")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put a program named git into the `folder` and nothing else into PATH."""
    write_file(folder / "git", "\n".join(["#!/bin/sh", *lines, ""]))
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@needs_posix
def test_a_git_that_says_nothing_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    said = tmp_path / "ended"
    stand_in(tmp_path, monkeypatch, "echo begun", f"exec 9<> '{tmp_path / 'pipe'}'", "read x <&9",
             f"echo > '{said}'")  # fmt: skip
    with Running(tmp_path, "log", seconds=0.2) as running, pytest.raises(GitError) as error:
        list(running.blocks())
    assert error.value.message == "git wrote nothing for 0.2 seconds and was ended"
    assert error.value.hint.startswith("Try again when the machine is less busy.")
    assert running.has_ended
    assert not said.exists()


@needs_posix
@pytest.mark.parametrize("where", ["", " >&2"])
def test_a_git_that_goes_on_writing_may_take_longer_than_the_limit(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleep = shutil.which("sleep")
    loop = f"for one in 1 2 3 4 5 6 7 8; do echo $one{where}; {sleep} 0.25; done"
    stand_in(tmp_path, monkeypatch, loop, "echo end")
    with Running(tmp_path, "log", seconds=1.5) as running:
        output = b"".join(running.blocks())
    assert output.split()[-1] == b"end"


@needs_posix
def test_a_git_that_reads_nothing_and_complains_much_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "warning: " + "x" * 90
    many = 'i=0; while [ $i -lt 3000 ]; do echo "$line" >&2; i=$((i+1)); done'
    stand_in(tmp_path, monkeypatch, f"line='{line}'", many, "echo 'fatal: it is so' >&2; exit 128")
    with pytest.raises(GitError, match=r"^git said: fatal: it is so$"):
        ask_git(tmp_path, "cat-file", stdin=b"x\n" * 500_000)


def test_who_needs_no_more_of_a_git_leaves_it(tmp_path: Path) -> None:
    write_file(tmp_path / "a", "a")
    make_repository(tmp_path)
    with Running(tmp_path, "cat-file", "--batch") as running:
        running.tell(b"HEAD\n", more=True)
        assert next(running.blocks()).startswith(git(tmp_path, "rev-parse", "HEAD").encode())
        assert not running.has_ended
    assert running.has_ended


@needs_posix
def test_what_git_calls_fatal_is_said_first_and_its_advice_is_the_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "warning: old\\nfatal: no\\nTo mend it:\\n\\n\\tmend  it\\n"
    write_file(tmp_path / "git", f"#!/bin/sh\nprintf '{said}' >&2\nexit 128\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match=r"^git said: fatal: no$") as error:
        ask_git(tmp_path, "rev-parse", "HEAD")
    assert error.value.hint == "To mend it: mend it"


@pytest.mark.parametrize("path", ["", ".", "bin"])
def test_only_an_absolute_folder_of_the_path_holds_git(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    for folder in (tmp_path, tmp_path / "bin"):
        write_file(folder / "git", "#!/bin/sh\n")
        (folder / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(GitMissingError, match=r"^git is not installed$"):
        ask_git(tmp_path, "rev-parse", "HEAD")


def test_the_repository_is_the_nearest_one_above(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert find_repository(inner) == tmp_path.resolve()
    write_file(tmp_path / "a" / ".git", "gitdir: elsewhere\n")
    assert find_repository(inner) == (tmp_path / "a").resolve()
