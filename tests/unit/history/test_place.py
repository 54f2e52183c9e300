"""Where a plan stands in its repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import git, write_plan
from histories import History

from kimplan.errors import KimplanError
from kimplan.history.place import Place, find_place


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
    place = Place(Path("/r"), below)
    assert place.record(path) == name
    if name:
        assert place.path(name) == path


def test_a_plan_below_the_top_and_one_that_is_the_top(tmp_path: Path) -> None:
    history = History(tmp_path / "r", "a/.b")
    assert find_place(history.plan) == Place(history.top.resolve(), "a/.b/plan")
    assert find_place(history.top) == Place(history.top.resolve(), "")


def test_outside_of_a_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    with pytest.raises(KimplanError, match="is not under version control"):
        find_place(plan)


def test_the_commits_where_a_shallow_clone_ends(tmp_path: Path) -> None:
    history = History(tmp_path / "r")
    history.commit("2024-05-01")
    name = history.commit("2024-05-02")
    git(tmp_path, "clone", "--quiet", "--depth=1", history.top.as_uri(), "clone")
    clone = tmp_path / "clone"
    git(clone, "worktree", "add", "--quiet", str(tmp_path / "beside"))
    for top in (clone, tmp_path / "beside"):
        place = find_place(top / "plan")
        assert place.cut_off == {name}
        assert place.is_shallow
    assert not find_place(history.plan).is_shallow


@pytest.mark.parametrize("content", [b"gitdir: ../nowhere\n", b"\xff\xfe\x00", b""])
def test_an_odd_git_file_is_no_shallow_clone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(content)
    assert not Place(tmp_path, "").is_shallow
