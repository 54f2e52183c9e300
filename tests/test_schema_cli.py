"""``kimplan schema``: what it prints, where it writes, and what it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, cli_environment, run_cli, write_file, write_plan

from kimplan.schema import MODELS

FOLDER = REPOSITORY / "docs" / "schema"
INSIDE = "Choose a name outside of it."


def shipped(name: str) -> str:
    return (FOLDER / f"{name}.schema.json").read_text(encoding="ascii")


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


@pytest.mark.parametrize("name", MODELS)
def test_it_prints_the_schema_of_each_file(name: str, tmp_path: Path) -> None:
    assert run_cli(["schema", name], tmp_path) == Ran(0, shipped(name), "")


def test_it_prints_that_of_a_recommendation_if_none_is_named(tmp_path: Path) -> None:
    assert run_cli(["schema"], tmp_path) == Ran(0, shipped("recommendation"), "")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_it_prints_the_same_on_every_console(encoding: str, tmp_path: Path) -> None:
    ran = run_cli(["schema", "plan"], tmp_path, encoding=encoding, PYTHONIOENCODING=encoding)
    assert ran == Ran(0, shipped("plan"), "")


def test_its_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kimplan", "schema", "owners"],
        cwd=tmp_path,
        env=cli_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == shipped("owners").encode("ascii")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("recomendation", "Did you mean 'recommendation'? Write recommendation, plan or owners."),
        ("Owner", "Did you mean 'owners'? Write recommendation, plan or owners."),
        ("report", "Write recommendation, plan or owners."),
        ("", "Write recommendation, plan or owners."),
    ],
)
def test_a_name_that_is_not_known(name: str, hint: str, tmp_path: Path) -> None:
    assert run_cli(["schema", name], tmp_path) == stopped(f"there is no schema '{name}'", hint)


@pytest.mark.parametrize("option", ["--output", "-o"])
def test_it_writes_a_file(option: str, tmp_path: Path) -> None:
    target = write_file(tmp_path / "own.json", "the old one")
    ran = run_cli(["schema", "owners", option, "own.json"], tmp_path)
    assert ran == Ran(0, "Wrote own.json.\n", "")
    assert target.read_bytes() == shipped("owners").encode("ascii")
    assert os.listdir(tmp_path) == ["own.json"]


@pytest.mark.parametrize(
    "name", ["plan/x.json", "plan/plan.yaml", "plan/recommendations/REC1.yaml", "plan/../plan/x"]
)
def test_it_writes_nothing_into_the_plan(name: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    ran = run_cli(["schema", "--output", name], tmp_path)
    assert ran == stopped(f"{Path(name)} is inside the plan", INSIDE)
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for administrators")
def test_it_writes_nothing_into_the_plan_through_a_link(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "linked").symlink_to(plan)
    ran = run_cli(["schema", "--output", "linked/x.json"], tmp_path)
    assert ran == stopped("linked/x.json is inside the plan", INSIDE)


def test_it_writes_beside_a_plan(tmp_path: Path) -> None:
    write_plan(tmp_path)
    assert run_cli(["schema", "-o", "x.json"], tmp_path) == Ran(0, "Wrote x.json.\n", "")


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    ran = run_cli(["schema", "-o", "."], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kimplan: cannot write .: it is a folder\n  hint: ")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    target = Path("none") / "x.json"
    hint = "Make the folder first, or choose another."
    message = f"cannot write {target}: there is no folder none"
    assert run_cli(["schema", "-o", target], tmp_path) == stopped(message, hint)
