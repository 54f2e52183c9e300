"""A fork of the server is what a new process is: it ends alike, says the same and hides nothing."""

from __future__ import annotations

import os
from pathlib import Path

import forks
import pytest
from conftest import (
    REPOSITORY,
    cli_environment,
    make_record,
    make_repository,
    run_cli,
    run_new,
    write_plan,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not forks.IS_POSSIBLE, reason="forks are for Linux"),
]

DAY = ["--as-of", "2024-05-31"]
COMMANDS = [
    ["--version"],
    ["--help"],
    ["lnit"],
    ["lint"],
    ["lint", "--no-such-option"],
    ["lint", "--plan", "é"],
    ["check", *DAY],
    ["check", "--base", "HEAD", *DAY],
    ["check", "--base", "nothing", *DAY],
    ["overdue", *DAY, "--within", "90d"],
    ["summary", *DAY, "--by", "owner"],
    ["list", *DAY, "--format", "json"],
    ["show", "REC2", *DAY],
    ["rule", "KP301"],
    ["schema", "plan"],
    ["history", "REC2"],
    ["changes", "--since", "HEAD", *DAY],
    ["codeowners", "--check"],
    ["report", *DAY, "--output", "report.docx"],
    ["verify", "README.md"],
    ["update", "REC2", "--note", "Begun.", "--dry-run"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forks")
    write_plan(folder)
    make_repository(folder)
    return folder


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_ends_alike_and_says_the_same(command: list[str], folder: Path) -> None:
    environment = cli_environment()
    new = run_new(command, folder, environment)
    # The second of the forks begins with what the first has imported.
    assert [forks.run(command, folder, environment) for _ in range(2)] == [new, new]


def test_nothing_is_left_of_the_run_before(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_plan(tmp_path / name, records={"REC1": make_record(title=f"Keep register {name}.")})
    for name in ("one", "two"):
        ran = run_cli(["list", "--format", "json"], tmp_path / name)
        assert f"Keep register {name}." in ran.stdout
    assert run_cli(["lint"], tmp_path, TERM="dumb").code == 2
    assert run_cli(["lint"], tmp_path / "one").code == 0


def test_the_permissions_are_those_of_the_tests(tmp_path: Path) -> None:
    for mask, mode in ((0o027, 0o640), (0o077, 0o600)):
        old = os.umask(mask)
        try:
            assert run_cli(["schema", "plan", "-o", f"{mask}.json"], tmp_path).code == 0
        finally:
            os.umask(old)
        assert (tmp_path / f"{mask}.json").stat().st_mode & 0o777 == mode


def test_what_python_asks_for_at_its_start_has_a_server_of_its_own() -> None:
    ran = run_cli(["overdue", *DAY], REPOSITORY, encoding="ascii", PYTHONIOENCODING="ascii")
    assert ran.stdout.isascii()
    assert not run_cli(["overdue", *DAY], REPOSITORY).stdout.isascii()


def test_other_variables_of_python_get_a_new_process() -> None:
    assert forks.can_run({"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "NO_COLOR": "1"})
    assert not forks.can_run({"PYTHONWARNINGS": "error"})
