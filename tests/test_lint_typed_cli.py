"""``kimplan lint -``: what an editor or a pipe holds, in its place in the plan."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conftest import Ran, cli_environment, make_record, write_file, write_plan

PINK = (
    "{path}:5:6: error KP105 rag 'pink' is not known\n"
    "    5 | rag: pink\n"
    "      |      ^\n"
    "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
    "not-applicable (does not apply).\n"
)


def lint(typed: str | bytes, cwd: Path, *words: str) -> Ran:
    """Return how ``kimplan lint -`` ends with `typed` on its standard input."""
    done = subprocess.run(
        [sys.executable, "-m", "kimplan", "lint", "-", *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        cwd=cwd,
        env=cli_environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_a_record_is_linted_where_its_ref_says(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    write_file(plan / "owners.yaml", "owners: broken")  # of which nothing is said
    before = (plan / "recommendations" / "REC2.yaml").read_bytes()
    path = "plan/recommendations/REC2.yaml"
    said = PINK.format(path=path)
    ran = lint(make_record(ref="REC2", rag="pink"), tmp_path)
    assert ran == Ran(1, f"{said}1 error in {path}.\n", "")
    assert (plan / "recommendations" / "REC2.yaml").read_bytes() == before


def test_a_record_may_be_new(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    ran = lint(make_record(ref="REC4"), tmp_path)
    assert ran == Ran(0, "No problems in plan/recommendations/REC4.yaml.\n", "")
    assert not (plan / "recommendations" / "REC4.yaml").exists()


def test_another_file_is_named(tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "deep").mkdir()
    owners = "owners:\n- role: Data Manager\n- role: Data Manager\n"
    for folder, name, shown in (
        (tmp_path, "plan/owners.yaml", "plan/owners.yaml"),
        (tmp_path, "owners.yaml", "plan/owners.yaml"),
        (tmp_path / "deep", "../plan/owners.yaml", "../plan/owners.yaml"),
        (tmp_path, str(tmp_path / "plan" / "owners.yaml"), f"{tmp_path}/plan/owners.yaml"),
    ):
        ran = lint(owners, folder, "--stdin-filename", name)
        assert (ran.code, ran.stderr) == (1, "")
        assert ran.stdout.startswith(f"{shown}:3:9: error KP504 ")
        assert ran.stdout.endswith(f" in {shown}.\n")


def test_what_is_mended_goes_out_and_findings_beside_it(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    record = make_record(ref="REC2")
    stray = record.replace("\nrag:", "  \nrag:")
    assert lint(stray, tmp_path, "--fix") == Ran(
        0, record, "No problems in plan/recommendations/REC2.yaml.\n"
    )
    path = "plan/recommendations/REC2.yaml"
    pink = record.replace("amber", "pink")
    said = f"{PINK.format(path=path)}1 error in {path}.\n"
    assert lint(pink, tmp_path, "--fix") == Ran(1, pink, said)
    assert lint(record, tmp_path, "--fix", "-q") == Ran(0, record, "")
    assert lint(record, tmp_path, "--diff") == Ran(0, "", "")
    assert lint(stray, tmp_path, "--diff").stdout.startswith(f"--- a/{path}\n+++ b/{path}\n")
    assert "REC2" in (plan / "recommendations" / "REC2.yaml").read_text()


def test_what_cannot_be_read_comes_out_as_it_was(tmp_path: Path) -> None:
    write_plan(tmp_path)
    broken = b"ref: REC2\ntitle: \xff\n"
    ran = subprocess.run(
        [sys.executable, "-m", "kimplan", "lint", "-", "--fix"],
        input=broken,
        cwd=tmp_path,
        env=cli_environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, broken)
    assert b"error KP00" in ran.stderr


def test_what_has_no_place_is_told(tmp_path: Path) -> None:
    here = "Say which file it is: --stdin-filename plan/owners.yaml."
    message = "standard input has no ref, so its place in the plan is not known"
    without = lint(make_record(), tmp_path)
    assert without.stderr.startswith("kimplan: there is no plan/plan.yaml in ")
    write_plan(tmp_path)
    assert lint("title: x\n", tmp_path).stderr == f"kimplan: {message}\n  hint: {here}\n"
    assert lint("", tmp_path).code == 2
    ran = lint("", tmp_path, "--stdin-filename", "../x.yaml")
    assert ran.stderr == (
        "kimplan: --stdin-filename ../x.yaml is no file of the plan plan\n"
        "  hint: Name plan.yaml, owners.yaml or recommendations/REF.yaml of the plan.\n"
    )
    ran = lint(make_record(), tmp_path, "plan")
    assert ran.stderr.startswith("kimplan: standard input is linted by itself\n")
    ran = lint("ref: REC1\n" + "#" * 300_000, tmp_path)
    assert ran.stderr == (
        "kimplan: standard input is too long\n  hint: A file of a plan holds at most 256 KiB.\n"
    )
