"""The same plan, template and options give the same bytes: elsewhere, later, in another zone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import AS_OF, SHIPPED_PLAN, cli_environment, make_plan, make_repository

from .conftest import MakeReport
from .templates import TEMPLATES, letterhead, read_parts, template

OLD = 1_000_000_000  # seconds after 1970: September 2001


def report_bytes(repository: Path, cwd: Path, *options: str | Path, umask: str, zone: str) -> bytes:
    """Return the report that a new process writes for the plan in `repository`."""
    target = cwd / "report.docx"
    arguments = ["report", "--plan", repository / "plan", "--as-of", AS_OF, "-o", target, *options]
    program = f"import os; os.umask({umask}); import kimplan.cli; kimplan.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=cwd,
        env=cli_environment(TZ=zone, PYTHONHASHSEED=umask.removeprefix("0o")),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.decode() == ""
    return target.read_bytes()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the shipped plan in it."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(SHIPPED_PLAN, folder / "plan")
    make_repository(folder)
    return folder


@pytest.mark.parametrize("options", [(), ("--layout", "sections", "--template", "look.docx")])
def test_same_bytes_in_another_process_place_and_zone(
    options: tuple[str, ...], repository: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there" / "below"
    for folder in (here, there):
        folder.mkdir(parents=True)
        (folder / "look.docx").write_bytes(template(letterhead))
    first = report_bytes(repository, here, *options, umask="0o077", zone="Pacific/Kiritimati")
    second = report_bytes(repository, there, *options, umask="0o000", zone="America/Los_Angeles")
    assert read_parts(first) == read_parts(second)
    assert first == second


@pytest.mark.parametrize("name", TEMPLATES)
def test_same_bytes_twice_in_each_template(name: str, make_report: MakeReport) -> None:
    first, second = (make_report(make_plan({}), TEMPLATES[name]) for _ in range(2))
    assert first.path != second.path
    assert first.path.read_bytes() == second.path.read_bytes()


def test_same_bytes_after_the_files_were_touched_and_moved(
    repository: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(repository, moved)
    for at, path in enumerate(sorted(moved.rglob("*.yaml"))):
        os.utime(path, (OLD + at, OLD + at))
    first, second = (
        report_bytes(folder, tmp_path, umask="0o022", zone="UTC") for folder in (repository, moved)
    )
    assert first == second


def test_the_template_counts_by_what_is_in_it(repository: Path, tmp_path: Path) -> None:
    look = tmp_path / "look.docx"
    look.write_bytes(template(letterhead))
    copy = Path(shutil.copy(look, tmp_path / "another name.docx"))
    os.utime(copy, (OLD, OLD))
    first, second = (
        report_bytes(repository, tmp_path, "--template", path, umask="0o022", zone="UTC")
        for path in (look, copy)
    )
    assert first == second


def test_another_day_gives_other_bytes(repository: Path, tmp_path: Path) -> None:
    options = "--as-of", "2024-06-01"
    first = report_bytes(repository, tmp_path, umask="0o022", zone="UTC")
    assert first != report_bytes(repository, tmp_path, *options, umask="0o022", zone="UTC")


def test_the_zip_tells_nothing_of_the_machine(repository: Path, tmp_path: Path) -> None:
    report_bytes(repository, tmp_path, umask="0o022", zone="UTC")
    with zipfile.ZipFile(tmp_path / "report.docx") as package:
        for entry in package.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.create_system, entry.extra, entry.comment) == (0, b"", b"")
            assert str(tmp_path).encode() not in package.read(entry)
