"""The hook for pre-commit, installed and run by pre-commit itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from conftest import (
    Ran,
    git,
    make_owners,
    make_record,
    make_repository,
    write_file,
    write_plan,
)

from ci.conftest import copy_of_kimplan, examples, program, read_yaml, run

IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A. Tester"), ("EMAIL", "tester@example.org"))
}
Runner: TypeAlias = Callable[..., Ran]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs: once for all these tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def kimplan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """kimplan as it is in the working tree, in a repository of its own."""
    folder = copy_of_kimplan(tmp_path_factory.mktemp("kimplan") / "kimplan")
    make_repository(folder)
    return folder


@pytest.fixture
def repository(tmp_path: Path, kimplan: Path) -> Path:
    """A repository with a good plan, and with the documented configuration for pre-commit."""
    second = make_record(ref="REC2", owners=["Head of Repairs"])
    records = {"REC1": make_record(), "REC2": second}
    folder = write_plan(tmp_path / "work", records=records).parent
    text = examples()[".pre-commit-config.yaml"]
    (configured,) = read_yaml(text)["repos"]
    for written, real in (
        (configured["repo"], kimplan.as_posix()),
        (configured["rev"], git(kimplan, "rev-parse", "HEAD")),
    ):
        assert text.count(written) == 1
        text = text.replace(written, real)
    write_file(folder / ".pre-commit-config.yaml", text)
    make_repository(folder)
    return folder


@pytest.fixture
def in_repository(repository: Path, home: Path, package_index: dict[str, str]) -> Runner:
    """Run a program in the repository, with pre-commit's and pip's variables."""
    variables = {
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        **IDENTITY,
        **package_index,
    }

    def runner(name: str, *arguments: str | Path) -> Ran:
        return run([program(name), *arguments], repository, **variables)

    return runner


def test_a_good_plan_passes(in_repository: Runner) -> None:
    ran = in_repository("pre-commit", "run", "--all-files", "--verbose")
    assert ran.code == 0, ran
    assert "Passed" in ran.stdout
    assert "in 2 recommendations." in ran.stdout


def test_a_bad_plan_fails_with_the_finding(repository: Path, in_repository: Runner) -> None:
    bad = make_record(ref="REC2", due="2024-13")
    write_file(repository / "plan" / "recommendations" / "REC2.yaml", bad)
    ran = in_repository("pre-commit", "run", "--all-files")
    assert ran.code == 1, ran
    assert "plan/recommendations/REC2.yaml:6:6: error KP201" in ran.stdout


def test_the_repository_of_kimplan_can_be_tried(kimplan: Path, in_repository: Runner) -> None:
    ran = in_repository(
        "pre-commit", "try-repo", kimplan, "kimplan-lint", "--verbose", "--all-files"
    )
    assert ran.code == 0, ran
    assert "in 2 recommendations." in ran.stdout


def test_a_commit_is_stopped_for_a_fault_in_a_file_that_it_does_not_change(
    repository: Path, in_repository: Runner
) -> None:
    assert in_repository("pre-commit", "install").code == 0
    write_file(repository / "plan" / "owners.yaml", make_owners("Company Secretary"))
    ran = in_repository("git", "commit", "--all", "--message", "Rename an owner")
    assert ran.code == 1, ran
    assert "plan/recommendations/REC2.yaml:" in ran.stdout + ran.stderr


def test_a_commit_that_only_deletes_is_looked_at(repository: Path, in_repository: Runner) -> None:
    assert in_repository("pre-commit", "install").code == 0
    (repository / "plan" / "owners.yaml").unlink()
    ran = in_repository("git", "commit", "--all", "--message", "Delete the owners")
    assert ran.code == 1, ran
    assert "plan/owners.yaml" in ran.stdout + ran.stderr


def test_a_commit_elsewhere_goes_through(repository: Path, in_repository: Runner) -> None:
    assert in_repository("pre-commit", "install").code == 0
    write_file(repository / "README.md", "Our plan.\n")
    assert in_repository("git", "add", "README.md").code == 0
    ran = in_repository("git", "commit", "--message", "Say what this is")
    assert ran.code == 0, ran
