from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import make_repository, write_file

from kimplan.git import process as module
from kimplan.git.process import GitError, GitMissingError
from kimplan.git.process import git as ask_git
from kimplan.loader import find_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


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


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_git_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    cat = shutil.which("cat")
    write_file(tmp_path / "git", f"#!/bin/sh\nexec {cat} '{tmp_path / 'pipe'}'\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module, "_SECONDS", 1)
    with pytest.raises(GitError, match=r"^git did not answer within 1 seconds$"):
        ask_git(tmp_path, "rev-parse", "HEAD")


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
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
