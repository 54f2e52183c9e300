"""kimplan codeowners as its users meet it: each run is a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Ran, make_record, run_cli, to_yaml, write_file, write_plan

OWNERS = to_yaml(
    {
        "owners": [
            {"role": "Company Secretary", "handle": "@sec"},
            {"role": "Head of Repairs", "handle": "repairs@example.org"},
            {"role": "Data Manager"},
        ]
    }
)
BEGIN = "# kimplan: begin /plan/ (written by kimplan codeowners from owners.yaml; do not edit)"
END = "# kimplan: end /plan/"
BLOCK = f"""\
{BEGIN}
/plan/recommendations/REC1.yaml @sec
/plan/recommendations/REC2.yaml repairs@example.org
{END}
"""


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    write_plan(folder, owners=OWNERS)
    return folder


def run(top: Path, *arguments: str) -> Ran:
    return run_cli(["codeowners", *arguments], top)


def test_it_is_written_once(top: Path) -> None:
    assert run(top) == Ran(0, "Wrote CODEOWNERS.\n", "")
    assert (top / "CODEOWNERS").read_bytes().decode() == BLOCK
    assert run(top) == Ran(0, "CODEOWNERS is up to date.\n", "")
    assert run(top, "--check") == Ran(0, "CODEOWNERS is up to date.\n", "")


@pytest.mark.parametrize("content", [b"* @a", b"\xef\xbb\xbf* @a\r\n", b"* \xc3\xa9\n"])
def test_every_other_byte_stays(content: bytes, top: Path) -> None:
    path = write_file(top / "CODEOWNERS", content)
    path.chmod(0o640)
    run(top)
    assert path.read_bytes().startswith(content)
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("folders", "files", "place"),
    [
        ([], [], "CODEOWNERS"),
        ([".github"], [], ".github/CODEOWNERS"),
        ([".gitlab"], [], ".gitlab/CODEOWNERS"),
        ([".github", ".gitlab", "docs"], [], ".github/CODEOWNERS"),
        (["docs"], [], "CODEOWNERS"),
        (["docs"], ["docs/CODEOWNERS"], "docs/CODEOWNERS"),
        ([".github"], ["CODEOWNERS"], "CODEOWNERS"),
        ([".github"], [".github/CODEOWNERS", "CODEOWNERS"], ".github/CODEOWNERS"),
    ],
)
def test_where_it_is_written(folders: list[str], files: list[str], place: str, top: Path) -> None:
    for folder in folders:
        (top / folder).mkdir()
    for file in files:
        write_file(top / file, "* @a\n")
    assert run(top).stdout == f"Wrote {Path(place)}.\n"
    assert (top / place).read_bytes().decode().endswith(BLOCK)


def test_check_writes_nothing(top: Path) -> None:
    sentence = "CODEOWNERS is out of date; kimplan codeowners writes it.\n"
    assert run(top, "--check") == Ran(1, sentence, "")
    assert not (top / "CODEOWNERS").exists()


def test_on_the_screen(top: Path) -> None:
    assert run(top, "--output", "-") == Ran(0, BLOCK, "")
    assert not (top / "CODEOWNERS").exists()
    ran = run(top, "--check", "--output", "-")
    assert (ran.code, ran.stdout) == (2, "")


def test_into_another_file(top: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    assert run(top, "--output", str(target)).code == 0
    assert target.read_bytes().decode() == BLOCK


def test_never_into_the_plan(top: Path) -> None:
    before = (top / "plan" / "owners.yaml").read_bytes()
    for name in ("plan/owners.yaml", "plan/CODEOWNERS", "plan", "plan/../plan/x"):
        ran = run(top, "--output", name)
        assert ran == Ran(
            2, "", f"kimplan: {name} is inside the plan\n  hint: Choose a name outside of it.\n"
        )
    assert (top / "plan" / "owners.yaml").read_bytes() == before
    assert not (top / "plan" / "CODEOWNERS").exists()


@pytest.mark.parametrize("content", [b"\xff\n", f"{BEGIN}\n".encode(), f"{END}\n".encode()])
def test_a_file_that_cannot_be_changed_is_left_alone(content: bytes, top: Path) -> None:
    path = write_file(top / "CODEOWNERS", content)
    ran = run(top)
    assert (ran.code, ran.stdout) == (2, "")
    assert path.read_bytes() == content


def test_a_folder_and_a_file_in_no_folder(top: Path) -> None:
    (top / "CODEOWNERS").mkdir()
    for arguments in ([], ["--output", "no/such/folder"], ["--output", ""]):
        ran = run(top, *arguments)
        assert (ran.code, ran.stdout) == (2, "")
        assert ran.stderr.startswith("kimplan: ")


def test_a_plan_with_errors_writes_nothing(top: Path) -> None:
    write_file(top / "plan" / "recommendations" / "REC1.yaml", make_record(rag="purple"))
    for arguments in ([], ["--check"], ["--output", "-"]):
        ran = run(top, *arguments)
        assert (ran.code, ran.stdout) == (1, "")
        assert ran.stderr.endswith("kimplan: nothing was written, because the plan has errors\n")
    assert not (top / "CODEOWNERS").exists()


@pytest.mark.parametrize("handle", ["@a @b", "@a\n* @evil", "@a#b", "@a\u3000b", "a", "@é"])
def test_a_handle_that_would_forge_a_line_is_an_error(handle: str, top: Path) -> None:
    owners = [{"role": "Company Secretary", "handle": handle}]
    owners += [{"role": role} for role in ("Head of Repairs", "Data Manager")]
    write_file(top / "plan" / "owners.yaml", to_yaml({"owners": owners}))
    ran = run(top)
    assert ran.code == 1
    assert "error KP108" in ran.stderr
    assert not (top / "CODEOWNERS").exists()


def test_nobody_has_a_handle_is_said(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_plan(tmp_path)
    ran = run(tmp_path, "--output", "-")
    assert ran == Ran(
        0,
        f"{BEGIN}\n{END}\n",
        "kimplan: nobody is asked, because no owner has a handle in owners.yaml\n",
    )


@pytest.mark.parametrize(
    ("below", "path"),
    [("my plans", r"/my\ plans/plan/"), (".hidden", "/.hidden/plan/"), ("a/b", "/a/b/plan/")],
)
def test_a_plan_in_a_folder_below_the_top(below: str, path: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / below).mkdir(parents=True)
    write_plan(tmp_path / below, owners=OWNERS)
    out = run(tmp_path / below, "--output", "-").stdout
    assert out.splitlines()[1] == f"{path}recommendations/REC1.yaml @sec"


def test_the_plan_is_the_top_and_there_is_no_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, owners=OWNERS)
    assert run(tmp_path, "--output", "-").stdout == BLOCK
    (plan / ".git").mkdir()
    out = run(plan, "--output", "-").stdout
    assert out.splitlines()[1] == "/recommendations/REC1.yaml @sec"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_that_would_forge_a_line(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    evil = tmp_path / "a\n* @evil"
    evil.mkdir()
    write_plan(evil, owners=OWNERS)
    ran = run(evil)
    assert (ran.code, ran.stdout) == (2, "")
    assert "cannot stand in CODEOWNERS" in ran.stderr


def test_two_plans_keep_their_lines(top: Path) -> None:
    write_plan(top / "other", owners=OWNERS)
    for plan in ("plan", "other/plan", "plan"):
        assert run(top, "--plan", plan).code == 0
    text = (top / "CODEOWNERS").read_text(encoding="utf-8")
    assert text.startswith(f"{BLOCK}\n# kimplan: begin /other/plan/ (")
    assert "/other/plan/recommendations/REC1.yaml @sec\n" in text
    for plan in ("plan", "other/plan"):
        assert run(top, "--check", "--plan", plan) == Ran(0, "CODEOWNERS is up to date.\n", "")


def test_a_later_line_overrides(top: Path) -> None:
    write_file(top / "CODEOWNERS", f"{BLOCK}/plan/ @secretary\n")
    said = (
        "CODEOWNERS:5: the line '/plan/ @secretary' overrides kimplan's for "
        "plan/recommendations/REC1.yaml and 1 other\n"
        "  hint: Put it above kimplan's lines: of several that match, the last one counts.\n"
    )
    assert run(top, "--check") == Ran(1, "", said)
    assert run(top) == Ran(0, "CODEOWNERS is up to date.\n", said)
    write_file(top / "CODEOWNERS", f"/plan/ @secretary\n{BLOCK}")
    assert run(top, "--check") == Ran(0, "CODEOWNERS is up to date.\n", "")


def test_whose_reading_counts_is_told_by_the_repository(top: Path) -> None:
    write_file(top / "CODEOWNERS", f"{BLOCK}[Docs]\n/plan/ @docs\n")
    assert run(top, "--check").code == 1
    write_file(top / ".gitlab-ci.yml", "")
    assert run(top, "--check").code == 0
