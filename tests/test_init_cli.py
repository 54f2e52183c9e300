"""``kimplan init``: whole new repositories, and that they work."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import REPOSITORY, SHIPPED_PLAN, Golden, Ran, git, run_cli, write_file
from new_plans import EXAMPLE, IDENTITY, KIM, files, make_home, shown, stand_in, tree, wrote

from kimplan.source import parse

GOLDEN = REPOSITORY / "tests" / "golden" / "init"
OF_A_FORGE = {"none": 0, "github": 4, "gitlab": 1, "azure": 1}  # files
NO_PIPELINE_YET = (
    "kimplan: the pipeline's file does not know yet where kimplan is\n"
    "  hint: README.md says what to write in it in place of 00000000…\n"
)


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The home of somebody whom git knows."""
    return make_home(tmp_path)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder to begin in."""
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


# The repository


@pytest.mark.parametrize("forge", OF_A_FORGE)
def test_a_new_repository_is_whole(forge: str, here: Path, home: str, golden: Golden) -> None:
    ran = run_cli([*EXAMPLE, "--forge", forge], here, HOME=home)
    assert ran.code == 0, ran
    assert re.fullmatch(wrote(13 + OF_A_FORGE[forge], "kimplan report"), ran.stdout)
    assert ran.stderr == ("" if forge == "none" else NO_PIPELINE_YET)
    assert [one.name for one in here.iterdir()] == ["new"]
    golden(GOLDEN / f"{forge}.txt", shown(here / "new"))


def test_it_is_committed_and_nothing_is_left_over(here: Path, home: str) -> None:
    run_cli(EXAMPLE, here, HOME=home)
    said = git(here / "new", "log", "--format=%an <%ae> %s", "--all")
    assert said == "A. Tester <tester@example.org> Begin the action plan"
    assert git(here / "new", "ls-files").splitlines() == sorted(files(here / "new"))
    assert git(here / "new", "status", "--short", "--branch", "--ignored") == "## main"


def test_lint_report_and_check_work_at_once(here: Path, home: str) -> None:
    run_cli(EXAMPLE, here, HOME=home)
    git(here, "clone", "--quiet", "new", "a clone")
    for folder in (here / "new", here / "a clone"):
        assert run_cli(["lint"], folder) == Ran(0, "No problems in 1 recommendation.\n", "")
        report = run_cli(["report", "--as-of", "2024-05-31"], folder)
        assert (report.code, report.stderr) == (0, "")
        assert "1 recommendation, 0 green, 0 amber, 0 red, 1 not applicable" in report.stdout
        check = run_cli(["check", "--base", "HEAD"], folder)
        assert (check.code, check.stderr) == (0, "")
        assert git(folder, "status", "--short") == ""


def test_the_same_files_come_without_git(here: Path, home: str) -> None:
    run_cli(EXAMPLE, here, HOME=home)
    ran = run_cli(["init", "bare", *EXAMPLE[2:], "--no-git"], here, HOME=home)
    assert ran.code == 0
    assert ran.stderr == (
        "kimplan: nothing is committed: git was left out\n"
        "  hint: The history of dates and owners begins with git init.\n"
    )
    assert not (here / "bare" / ".git").exists()
    assert tree(here / "bare") == tree(here / "new")


def test_a_word_table_becomes_the_plan_in_one_step(here: Path, home: str) -> None:
    table = REPOSITORY / "tests" / "import" / "D21-a-table-a-section.docx"
    options = ["--audience", "Committee", "--timezone", "Europe/Dublin"]
    ran = run_cli([*EXAMPLE, *options, "--from", str(table)], here, HOME=home)
    assert ran.code == 0, ran
    assert (
        "150 cells: 150 placed, 0 to decide\nWrote 33 files for a new plan in new.\n" in ran.stdout
    )
    new = here / "new"
    assert git(new, "status", "--short") == ""
    settings = (new / "plan" / "plan.yaml").read_text(encoding="utf-8")
    assert "\naudience: Committee\ntimezone: Europe/Dublin\n" in settings
    assert run_cli(["lint"], new).code == 0
    report = run_cli(["report", "--as-of", "2024-05-31", "--output", "r.docx"], new)
    said = "21 recommendations, 8 green, 10 amber (6 overdue), 0 red, 3 not applicable"
    assert report.stdout == f"Wrote r.docx: {said}.\n"


def test_what_is_left_open_is_to_be_linted_first(here: Path, home: str) -> None:
    table = REPOSITORY / "tests" / "import" / "D32-dates.docx"
    ran = run_cli([*EXAMPLE, "--from", str(table), "--leave-open"], here, HOME=home)
    assert ran.code == 0
    assert ran.stdout.endswith("Next:\n    cd new\n    kimplan lint\n    kimplan report\n")
    assert run_cli(["lint"], here / "new").code == 1


def test_a_dry_run_names_the_files_and_writes_nothing(here: Path, home: str) -> None:
    dry = run_cli([*KIM, "--forge", "github", "--dry-run"], here, HOME=home)
    assert (dry.code, tree(here)) == (0, {})
    assert dry.stderr == f"kimplan: nothing is written in {here}\n"
    run_cli([*KIM, "--forge", "github"], here, HOME=home)
    assert dry.stdout.splitlines() == [f"new/{name}" for name in sorted(files(here / "new"))]


# KIM


def test_kim_begins_with_the_ombudsman_s_words(here: Path, home: str) -> None:
    ran = run_cli([*KIM[:1], "our plan", *KIM[2:]], here, HOME=home)
    steps = wrote(33, "kimplan report", "kimplan lint", folder="our plan")
    assert re.fullmatch(steps, ran.stdout), ran
    undated = "due: none agreed\ndue_reason: The response is still to be written.\n"
    rest = (
        "response: |\n  TODO: write the response.\nrag: red\n"
        f"{undated}owners:\n  - Company Secretary\n"
    )
    names = sorted(file.name for file in (SHIPPED_PLAN / "recommendations").iterdir())
    assert len(names) == 21
    for name in names:
        shipped = (SHIPPED_PLAN / "recommendations" / name).read_text(encoding="utf-8")
        new = (here / "our plan" / "plan" / "recommendations" / name).read_text(encoding="utf-8")
        assert new == shipped[: shipped.index("response:")] + rest
    old, own = (
        parse((folder / "plan.yaml").read_text(encoding="utf-8")).value or {}
        for folder in (SHIPPED_PLAN, here / "our plan" / "plan")
    )
    assert own == {
        "title": old["title"],
        "organisation": "Example Homes",
        "audience": "Board",
        "source": old["source"],
        "timezone": "Europe/London",
        "sections": old["sections"],
    }


def test_kim_s_pages_say_so(here: Path, home: str, golden: Golden) -> None:
    run_cli([*KIM, "--forge", "gitlab"], here, HOME=home)
    settings = (here / "new" / "plan" / "plan.yaml").read_text(encoding="utf-8")
    head, _, _ = settings.partition("sections:\n")
    pages = (here / "new" / "README.md").read_text(encoding="utf-8")
    golden(GOLDEN / "kim.txt", f"==> README.md\n{pages}==> plan/plan.yaml\n{head}")


def test_kim_s_lint_is_the_list_of_what_is_to_be_done(here: Path, home: str) -> None:
    run_cli(KIM, here, HOME=home)
    said = run_cli(["lint"], here / "new").stdout
    found = re.findall(r"^plan/recommendations/(REC\d+)\.yaml:\S+ \w+ KP604", said, re.MULTILINE)
    assert sorted(found) == sorted(f"REC{number}" for number in range(1, 22))


def test_kim_s_first_report_needs_no_yaml(here: Path, home: str) -> None:
    assert run_cli(KIM, here, HOME=home).code == 0
    assert run_cli(["lint"], here / "new").code == 0
    report = run_cli(["report", "--as-of", "2024-05-31"], here / "new")
    assert (report.code, report.stderr) == (0, "")
    assert "21 recommendations" in report.stdout
    assert run_cli(["check", "--base", "HEAD"], here / "new").code == 0


# Where there is something already


def test_other_files_stay_as_they_are_and_uncommitted(here: Path, home: str) -> None:
    (here / "new" / "docs").mkdir(parents=True)
    write_file(here / "new" / "docs" / "minutes.md", "Minutes\n")
    write_file(here / "new" / "table.xlsx", "x")
    assert run_cli(EXAMPLE, here, HOME=home).code == 0
    assert (here / "new" / "docs" / "minutes.md").read_bytes() == b"Minutes\n"
    assert git(here / "new", "status", "--short").splitlines() == [
        "?? docs/minutes.md",
        "?? table.xlsx",
    ]


def test_this_folder_is_taken_without_a_name(here: Path, home: str) -> None:
    ran = run_cli(["init", *EXAMPLE[2:]], here, HOME=home)
    assert (ran.code, ran.stdout.splitlines()[-2:]) == (0, ["Next:", "    kimplan report"])
    assert (here / "plan" / "plan.yaml").exists()


def test_folders_on_the_way_are_made(here: Path, home: str) -> None:
    name = "Board papers/2024/été"
    assert run_cli(["init", name, *EXAMPLE[2:]], here, HOME=home).code == 0
    assert run_cli(["lint"], here / name).code == 0
    assert git(here / name, "status", "--short") == ""


@pytest.mark.skipif(os.name == "nt", reason="the Command Prompt has no such signs")
def test_the_next_step_can_be_typed_whatever_the_folder_is_called(here: Path, home: str) -> None:
    name = "$(touch owned) & `touch owned`; it's a plan"
    ran = run_cli(["init", name, *EXAMPLE[2:]], here, HOME=home)
    step, command = ran.stdout.splitlines()[-2:]
    assert command == "    kimplan report"
    done = subprocess.run(
        ["sh", "-c", f"{step.strip()} && pwd"], cwd=here, capture_output=True, check=True
    )
    assert done.stdout.decode().rstrip("\n") == str(here / name)
    assert [one.name for one in here.iterdir()] == [name]


@pytest.mark.parametrize("forge", ["github", "none"])
def test_in_a_repository_nothing_is_nested_or_committed(forge: str, here: Path, home: str) -> None:
    git(here, "init", "--quiet")
    git(here, "commit", "--quiet", "--allow-empty", "--message", "Ours")
    head = git(here, "rev-parse", "HEAD")
    ran = run_cli(["init", "our plans/damp", *EXAMPLE[2:], "--forge", forge], here, HOME=home)
    assert ran.code == 0, ran
    assert "nothing is committed: the repository has a history already\n" in ran.stderr
    assert git(here, "rev-parse", "HEAD") == head
    assert [path for path in here.rglob(".git") if path != here / ".git"] == []
    workflow = here / ".github" / "workflows" / "plan.yml"
    assert workflow.exists() == (forge == "github")
    if forge == "github":
        assert workflow.read_text().endswith('with:\n          plan: "our plans/damp/plan"\n')
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message", "A plan")
    check = run_cli(["check", "--base", "HEAD", "--plan", "our plans/damp"], here)
    assert (check.code, check.stderr) == (0, "")


@pytest.mark.parametrize("folder", ["", "damp"])
def test_an_empty_repository_gets_its_first_commit(folder: str, here: Path, home: str) -> None:
    git(here, "init", "--quiet")
    write_file(here / "own.txt", "own\n")
    git(here, "add", "own.txt")
    ran = run_cli(["init", folder or ".", *EXAMPLE[2:], "--forge", "gitlab"], here, HOME=home)
    assert ran.code == 0, ran
    assert git(here, "status", "--short") == "A  own.txt"
    committed = git(here, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    assert sorted(committed) == sorted(set(files(here)) - {"own.txt"})
    assert ".gitlab-ci.yml" in committed


# git


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for git")
def test_git_that_knows_no_name_leaves_it_uncommitted(here: Path, home: str) -> None:
    write_file(Path(home) / ".gitconfig", "")
    path = stand_in(here.parent, 'GIT_CONFIG_NOSYSTEM=1 exec "$GIT" "$@"')
    ran = run_cli(EXAMPLE, here, HOME=home, PATH=path)
    assert ran.code == 0
    assert ran.stderr == (
        "kimplan: nothing is committed: git does not know your name and address yet\n"
        '  hint: git config --global user.name "Your Name", git config --global user.email '
        'you@example.org, then git add --all, and git commit -m "Begin the action plan".\n'
    )
    assert run_cli(["lint"], here / "new").code == 0
    git(here / "new", "add", "--all")
    git(here / "new", "commit", "--quiet", "--message", "Begin")
    assert git(here / "new", "status", "--short") == ""


def test_without_git_the_files_are_there(here: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run_cli(EXAMPLE, here, PATH=str(tmp_path / "empty"))
    assert ran.code == 0
    assert ran.stderr == (
        "kimplan: nothing is committed: git is not installed\n"
        "  hint: The history of dates and owners begins with git: install it, then git init.\n"
    )
    assert not (here / "new" / ".git").exists()
    assert run_cli(["report"], here / "new").code == 0


@pytest.mark.skipif(os.name == "nt", reason="hooks are scripts")
def test_no_hook_runs_and_nothing_is_signed(here: Path, home: str, tmp_path: Path) -> None:
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    for name in ("pre-commit", "post-commit", "commit-msg", "reference-transaction"):
        hook = write_file(hooks / name, f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        hook.chmod(0o755)
    more = f"[init]\n\ttemplateDir = {tmp_path}/template\n[core]\n\texcludesFile = {home}/ignore\n"
    write_file(Path(home) / "ignore", "*\n")
    signing = "[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = /bin/false\n"
    write_file(Path(home) / ".gitconfig", IDENTITY + more + signing)
    ran = run_cli(EXAMPLE, here, HOME=home)
    assert re.fullmatch(wrote(13, "kimplan report"), ran.stdout), ran
    assert not (tmp_path / "ran").exists()
