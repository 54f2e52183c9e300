"""``kimplan new``: the file on the disk, and what is said."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import (
    cli_environment,
    lint_plan,
    make_record,
    run_cli,
    small_records,
    write_file,
    write_plan,
)

from kimplan.source import parse

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
NEW = ["new", "--section", "repairs", "--title", "Keep: a register."]
WHOLE = [*NEW, "--due", "July 2024", "--owner", "Data Manager", "--response", "answer.txt"]


def plan_in(folder: Path) -> Path:
    write_file(folder / "answer.txt", "It is being built.\r\n\r\n- one\r\n- two\r\n")
    return write_plan(folder) / "recommendations"


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def test_the_next_record_says_what_is_left(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    done = run_cli(NEW, tmp_path)
    assert (done.code, done.stdout) == (0, "plan/recommendations/REC4.yaml\n")
    assert "REC4 still asks for this:" in done.stderr
    assert [code for code in ("KP301", "KP402", "KP604") if code not in done.stderr] == []
    value = parse((folder / "REC4.yaml").read_text(encoding="utf-8")).value
    assert value == {
        "ref": "REC4",
        "section": "repairs",
        "title": "Keep: a register.",
        "response": "TODO",
        "rag": "red",
    }
    found = lint_plan(folder.parent)
    assert {one.code for one in found} == {"KP301", "KP402", "KP604"}


def test_a_whole_record_is_clean(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    done = run_cli([*WHOLE, "--rag", "amber", "--detail", "answer.txt"], tmp_path)
    assert done == (0, "plan/recommendations/REC4.yaml\n", "")
    assert lint_plan(folder.parent) == ()
    value = parse((folder / "REC4.yaml").read_text(encoding="utf-8")).value or {}
    assert (value["due"], value["owners"], value["rag"]) == ("2024-07", ["Data Manager"], "amber")
    assert value["response"] == value["detail"] == "It is being built.\n\n- one\n- two\n"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    before = snapshot(tmp_path)
    dry = run_cli([*WHOLE, "--dry-run"], tmp_path)
    assert (dry.code, dry.stderr) == (0, "")
    assert snapshot(tmp_path) == before
    assert run_cli(WHOLE, tmp_path).code == 0
    assert (folder / "REC4.yaml").read_text(encoding="utf-8") == dry.stdout


def test_a_ref_of_one_s_own(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    assert run_cli([*WHOLE, "--ref", "A-12"], tmp_path).code == 0
    assert (folder / "A-12.yaml").exists()
    assert run_cli(WHOLE, tmp_path).stdout == "plan/recommendations/REC4.yaml\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["new"], "--section is missing"),
        (["new"], "Known: governance, repairs."),
        (["new", "--section", "repairs"], "--title is missing"),
        (["new", "--section", "repair", "--title", "T"], "Did you mean 'repairs'?"),
        ([*NEW, "--ref", "REC1"], "there is a recommendation REC1 already"),
        ([*NEW, "--ref", "rec2"], "there is a recommendation REC2 already"),
        ([*NEW, "--ref", "../REC9"], "is no ref"),
        ([*NEW, "--ref", "con"], "Windows keeps this name"),
        ([*NEW, "--ref", "9/1"], "is no ref"),
        ([*NEW, "--ref", "x" * 33], "is no ref"),
        ([*NEW, "--rag", "yellow"], "--rag 'yellow' is not known"),
        ([*NEW, "--due", "soon"], "--due 'soon' is not a date"),
        ([*NEW, "--response", "none.txt"], "cannot read none.txt"),
        ([*NEW, "--response", "-", "--detail", "-"], "standard input is one text"),
        ([*NEW, "--title", " "], "--title is empty"),
    ],
)
def test_what_makes_no_sense(tmp_path: Path, arguments: list[str], words: str) -> None:
    plan_in(tmp_path)
    before = snapshot(tmp_path)
    done = run_cli(arguments, tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert words in done.stderr
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--owner", "Nobody"], "KP401"),
        (["--title", "x" * 601], "KP106"),
        (["--title", "a\x1bb"], "KP107"),
        (["--due", "2999-01"], "KP204"),
    ],
)
def test_what_lint_would_call_an_error(tmp_path: Path, options: list[str], code: str) -> None:
    plan_in(tmp_path)
    before = snapshot(tmp_path)
    done = run_cli([*WHOLE, *options], tmp_path)
    assert (done.code, done.stdout) == (1, "")
    assert "nothing is written" in done.stderr
    assert code in done.stderr
    assert snapshot(tmp_path) == before


def test_errors_of_other_records_do_not_count(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    write_file(folder / "REC7.yaml", "ref: [")
    assert run_cli(WHOLE, tmp_path).stdout == "plan/recommendations/REC8.yaml\n"


@posix
@pytest.mark.parametrize("kind", ["a file", "a link", "a folder"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    folder = plan_in(tmp_path)
    there = folder / "REC9.yaml"
    if kind == "a file":
        write_file(there, "mine")
    elif kind == "a link":
        there.symlink_to(tmp_path / "nowhere")
    else:
        there.mkdir()
    done = run_cli([*WHOLE, "--ref", "REC9"], tmp_path)
    assert (done.code, "already" in done.stderr) == (2, True)
    assert {name.name for name in folder.iterdir()} == {f"REC{n}.yaml" for n in (1, 2, 3, 9)}
    assert kind != "a file" or there.read_text(encoding="utf-8") == "mine"


@posix
def test_the_mode_is_that_of_any_new_file(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    old = os.umask(0o027)
    try:
        assert run_cli(WHOLE, tmp_path).code == 0
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder / "REC4.yaml").stat().st_mode) == 0o640


def test_the_first_record_of_a_plan(tmp_path: Path) -> None:
    folder = write_plan(tmp_path, records={}) / "recommendations"
    assert run_cli(NEW, tmp_path).stdout == "plan/recommendations/REC1.yaml\n"
    assert [one.name for one in folder.iterdir()] == ["REC1.yaml"]


def test_several_at_once_take_different_refs(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "kimplan", *NEW],
            cwd=tmp_path,
            env=cli_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(6)
    ]
    assert [process.wait(120) for process in running] == [0] * 6
    assert {name.name for name in folder.iterdir()} == {f"REC{n}.yaml" for n in range(1, 10)}


def test_a_new_record_is_filled_in_by_update(tmp_path: Path) -> None:
    folder = plan_in(tmp_path)
    assert run_cli(NEW, tmp_path).code == 0
    done = run_cli(
        [
            "update",
            "REC4",
            "--due",
            "2024-07",
            "--owner",
            "Data Manager",
            "--response",
            "answer.txt",
        ],
        tmp_path,
    )
    assert done.code == 0
    assert lint_plan(folder.parent) == ()


def test_the_help_fits(tmp_path: Path) -> None:
    text = run_cli(["new", "--help"], tmp_path).stdout
    assert max(map(len, text.splitlines())) <= 80


def test_records_that_count_from_padded_numbers(tmp_path: Path) -> None:
    records = {"A-01": make_record(ref="A-01"), **small_records()}
    del records["REC1"], records["REC2"], records["REC3"]
    write_plan(tmp_path, records=records)
    assert run_cli(NEW, tmp_path).stdout == "plan/recommendations/A-02.yaml\n"
