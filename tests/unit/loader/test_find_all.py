from __future__ import annotations

import os
from pathlib import Path

import pytest

from kimplan.errors import PlanNotFoundError
from kimplan.loader import find_plans, plan_names

is_root = hasattr(os, "geteuid") and os.geteuid() == 0


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", "utf-8")


class TestFindPlans:
    def test_every_folder_with_settings_or_records_is_one(self, tmp_path: Path) -> None:
        make(tmp_path, "b/plan/plan.yaml", "a/plan.yaml", "c/recommendations/REC1.yaml", "d/x.yaml")
        assert find_plans(tmp_path) == [tmp_path / "a", tmp_path / "b" / "plan", tmp_path / "c"]

    def test_a_plan_holds_no_other(self, tmp_path: Path) -> None:
        make(tmp_path, "plan.yaml", "recommendations/REC1.yaml", "old/plan/plan.yaml")
        assert find_plans(tmp_path) == [tmp_path]

    def test_hidden_folders_links_and_packages_are_passed_over(self, tmp_path: Path) -> None:
        make(tmp_path, "a/plan.yaml", ".git/plan.yaml", "node_modules/x/plan.yaml")
        (tmp_path / "link").symlink_to(tmp_path / "a")
        assert find_plans(tmp_path) == [tmp_path / "a"]

    def test_it_looks_twelve_folders_down(self, tmp_path: Path) -> None:
        deep = "/".join("x" * 12)
        make(tmp_path, f"{deep}/plan.yaml")
        assert find_plans(tmp_path) == [tmp_path / deep]

    @pytest.mark.skipif(is_root or os.name == "nt", reason="permissions do not bind this user")
    def test_a_folder_that_cannot_be_read_is_missed_and_hides_no_other(
        self, tmp_path: Path
    ) -> None:
        make(tmp_path, "a/plan.yaml", "b/plan.yaml", "c/plan.yaml")
        (tmp_path / "b").chmod(0)
        try:
            assert find_plans(tmp_path) == [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
            with pytest.raises(PlanNotFoundError, match="cannot be read: permission is denied"):
                find_plans(tmp_path / "b")
        finally:
            (tmp_path / "b").chmod(0o700)

    def test_none_is_an_error(self, tmp_path: Path) -> None:
        make(tmp_path, f"{'/'.join('x' * 13)}/plan.yaml")
        with pytest.raises(PlanNotFoundError) as found:
            find_plans(tmp_path)
        assert (found.value.message, found.value.hint) == (
            f"there is no plan below {tmp_path}",
            "A plan is a folder with a plan.yaml, at most 12 folders down.",
        )


@pytest.mark.parametrize(
    ("roots", "below", "names"),
    [
        (["g/north/plan", "g/south/plan"], "g", ["north", "south"]),
        (["g/dale/homes/plan", "g/dale/repairs"], "g", ["dale/homes", "dale/repairs"]),
        (["g/plan"], "g", ["g"]),
        (["g"], "g", ["g"]),
        (["a/north/plan", "b/north/plan"], None, ["a/north", "b/north"]),
        (["a/North/plan", "b/north/plan", "c"], None, ["a/North", "b/north", "c"]),
        (["g/north/plan", "x/north/plan"], "g", ["g/north", "x/north"]),
        (["x/y/plan"], None, ["y"]),
        (["g/a\nb/plan", "g/\x1b[31m\u202e"], "g", ["a\\x0ab", "\\x1b[31m\\u202e"]),
        (["g/\udcff"], "g", ["\\udcff"]),
        (["a\n/north/plan", "b/south"], "a\n", ["north", "south"]),
    ],
)
def test_no_two_plans_are_called_alike(
    roots: list[str], below: str | None, names: list[str], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert plan_names([Path(root) for root in roots], Path(below) if below else None) == names
