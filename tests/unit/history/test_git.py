from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import make_repository, write_file

from kimplan.history.git import GitError
from kimplan.loader import find_repository
from kimplan.history.git import git as ask_git

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
    with pytest.raises(GitError, match=r"^git did not answer: "):
        ask_git(tmp_path / "gone", "rev-parse", "HEAD")


def test_the_repository_is_the_nearest_one_above(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert find_repository(inner) == tmp_path.resolve()
    write_file(tmp_path / "a" / ".git", "gitdir: elsewhere\n")
    assert find_repository(inner) == (tmp_path / "a").resolve()
