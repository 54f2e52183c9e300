"""Who changed a plan's files, from real repositories."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import git, write_file
from histories import History

from kimplan.snapshot.authors import authors_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_everybody_who_changed_something_is_named_once(tmp_path: Path) -> None:
    history = History(tmp_path / "repository")
    for day, name in ((1, "Ravi Patel"), (2, "Al Lee"), (3, "Ravi Patel")):
        write_file(history.top / "plan" / "a", f"{day}\n")
        history.commit(f"2024-05-0{day}", name)
    assert {"Ravi Patel", "Al Lee"} <= set(authors_of(history.top / "plan"))
    assert len(set(authors_of(history.top))) == len(authors_of(history.top))


def test_without_a_history_nobody_is_named(tmp_path: Path) -> None:
    assert authors_of(tmp_path) == ()
    git(tmp_path, "init", "--quiet")
    assert authors_of(tmp_path) == ()
