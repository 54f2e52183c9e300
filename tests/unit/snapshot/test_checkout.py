"""Where a plan stands in its repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import git, write_plan
from histories import History

from kimplan.errors import KimplanError
from kimplan.snapshot.checkout import Checkout, find_checkout


@pytest.mark.parametrize(
    ("below", "path", "name"),
    [
        ("plan", "plan/recommendations/REC1.yaml", "recommendations/REC1.yaml"),
        ("a/plan", "a/plan/recommendations/REC1.yaml", "recommendations/REC1.yaml"),
        ("", "recommendations/REC1.yaml", "recommendations/REC1.yaml"),
        ("plan", "recommendations/REC1.yaml", ""),
        ("plan", "planner/recommendations/REC1.yaml", ""),
        ("plan", "plan/plan.yaml", ""),
        ("plan", "plan/recommendations/a/REC1.yaml", ""),
        ("plan", "plan/recommendations/.REC1.yaml", ""),
        ("plan", "plan/recommendations/REC1.yml", ""),
        ("plan", "", ""),
        ("", "", ""),
    ],
)
def test_the_records_of_a_plan_are_known_by_their_paths(below: str, path: str, name: str) -> None:
    checkout = Checkout(Path("/r"), below)
    assert checkout.record(path) == name
    if name:
        assert checkout.path(name) == path


def test_a_plan_below_the_top_and_one_that_is_the_top(tmp_path: Path) -> None:
    history = History(tmp_path / "r", "a/.b")
    assert find_checkout(history.plan) == Checkout(history.top.resolve(), "a/.b/plan")
    assert find_checkout(history.top) == Checkout(history.top.resolve(), "")


def test_outside_of_a_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    with pytest.raises(KimplanError, match="is not under version control"):
        find_checkout(plan)


def test_the_commits_where_a_shallow_clone_ends(tmp_path: Path) -> None:
    history = History(tmp_path / "r")
    history.commit("2024-05-01")
    name = history.commit("2024-05-02")
    git(tmp_path, "clone", "--quiet", "--depth=1", history.top.as_uri(), "clone")
    clone = tmp_path / "clone"
    git(clone, "worktree", "add", "--quiet", str(tmp_path / "beside"))
    for top in (clone, tmp_path / "beside"):
        checkout = find_checkout(top / "plan")
        assert checkout.cut_off == {name}
        assert checkout.is_shallow
    assert not find_checkout(history.plan).is_shallow


@pytest.mark.parametrize("content", [b"gitdir: ../nowhere\n", b"\xff\xfe\x00", b""])
def test_an_odd_git_file_is_no_shallow_clone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert not Checkout(tmp_path, "").is_shallow
