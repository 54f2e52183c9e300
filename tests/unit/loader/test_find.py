from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import write_plan

from kimplan.errors import PlanNotFoundError
from kimplan.loader import find_plan, find_plan_of

NO_SETTINGS = (
    "A plan begins with a plan.yaml; kimplan schema plan --format text says what it holds."
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, far below any plan, as the working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(error: pytest.ExceptionInfo[PlanNotFoundError]) -> tuple[str, str]:
    return error.value.message, error.value.hint


class TestFindPlan:
    def test_the_plan_beside_us_is_found(self, here: Path) -> None:
        write_plan(here)
        assert find_plan() == Path("plan")

    def test_the_plan_is_found_from_within(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan = write_plan(here)
        monkeypatch.chdir(plan)
        assert find_plan() == Path()
        monkeypatch.chdir(plan / "recommendations")
        assert find_plan() == Path("..")

    def test_the_plan_above_is_found(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_plan(here)
        deep = here / "a" / "b"
        deep.mkdir(parents=True)
        monkeypatch.chdir(deep)
        assert find_plan() == Path("../../plan")

    def test_the_nearest_plan_is_found(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_plan(here)
        inner = here / "inner"
        inner.mkdir()
        write_plan(inner)
        monkeypatch.chdir(inner)
        assert find_plan() == Path("plan")

    @pytest.mark.parametrize("name", ["plan", ".", "plan/.", "../{here}"])
    def test_a_named_plan_or_the_folder_above_it_is_found(self, name: str, here: Path) -> None:
        plan = write_plan(here)
        found = find_plan(Path(name.format(here=here.name)))
        assert found.resolve() == plan.resolve()

    def test_without_a_plan_it_is_said_where_was_looked(self, here: Path) -> None:
        with pytest.raises(PlanNotFoundError) as error:
            find_plan()
        assert said(error) == (
            f"there is no plan/plan.yaml in {here} nor in a folder above it",
            "Go to the folder that holds plan/, or name it: --plan FOLDER.",
        )

    def test_a_plan_without_settings_is_told(self, here: Path) -> None:
        (here / "plan").mkdir()
        with pytest.raises(PlanNotFoundError) as error:
            find_plan()
        assert said(error) == ("the folder plan has no plan.yaml", NO_SETTINGS)

    @pytest.mark.parametrize(
        ("name", "message", "hint"),
        [
            ("nowhere", "there is no folder nowhere", "Check the name after --plan."),
            ("empty", "the folder empty has no plan.yaml", NO_SETTINGS),
            ("file", "file is not a folder", "Name the folder that holds plan.yaml."),
        ],
    )
    def test_a_name_that_is_no_plan_is_told(
        self, name: str, message: str, hint: str, here: Path
    ) -> None:
        write_plan(here)
        (here / "empty").mkdir()
        (here / "file").touch()
        with pytest.raises(PlanNotFoundError) as error:
            find_plan(Path(name))
        assert said(error) == (message, hint)

    def test_a_folder_called_plan_yaml_is_no_plan(self, here: Path) -> None:
        (here / "plan" / "plan.yaml").mkdir(parents=True)
        with pytest.raises(PlanNotFoundError):
            find_plan()


class TestFindPlanOf:
    @pytest.mark.parametrize(
        "name",
        [
            "plan",
            "plan/plan.yaml",
            "plan/recommendations",
            "plan/recommendations/REC1.yaml",
            ".",
        ],
    )
    def test_a_path_in_a_plan_finds_it(self, name: str, here: Path) -> None:
        write_plan(here)
        assert find_plan_of(Path(name)) == Path("plan")

    def test_a_path_in_another_plan_finds_that_one(self, here: Path) -> None:
        write_plan(here)
        (here / "other").mkdir()
        write_plan(here / "other")
        found = find_plan_of(Path("other/plan/recommendations/REC1.yaml"))
        assert found == Path("other/plan")

    @pytest.mark.skipif(os.name == "nt", reason="Windows needs a right to make links")
    def test_a_link_that_leads_nowhere_is_still_a_path(self, here: Path) -> None:
        plan = write_plan(here)
        (plan / "recommendations" / "REC9.yaml").symlink_to("nowhere")
        assert find_plan_of(Path("plan/recommendations/REC9.yaml")) == Path("plan")

    def test_a_path_that_is_not_there_is_told(self, here: Path) -> None:
        write_plan(here)
        with pytest.raises(PlanNotFoundError) as error:
            find_plan_of(Path("plan/recommendations/REC99.yaml"))
        assert said(error) == (
            "there is no file or folder plan/recommendations/REC99.yaml",
            "Check the name.",
        )

    def test_a_path_outside_of_any_plan_is_told(self, here: Path) -> None:
        (here / "notes.txt").touch()
        with pytest.raises(PlanNotFoundError) as error:
            find_plan_of(Path("notes.txt"))
        assert said(error) == (
            "notes.txt belongs to no plan",
            "A plan is a folder with a plan.yaml; see --plan.",
        )
