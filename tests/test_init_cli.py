"""``kimplan init``: whole new repositories, and that they work."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, SHIPPED_PLAN, Golden, Ran, git, run_cli, start_cli, write_file

from kimplan.model.recommendation import Recommendation
from kimplan.schema import MODELS, schema_text
from kimplan.source import parse

GOLDEN = REPOSITORY / "tests" / "golden" / "init"
IDENTITY = "[user]\n\tname = A. Tester\n\temail = tester@example.org\n"
EXAMPLE = ["init", "new", "--organisation", "Example Homes"]
KIM = [*EXAMPLE, "--from", "kim"]
HAS_UNDATED = "due_reason" in Recommendation.model_fields
SAID_ELSEWHERE = {
    "templates/report.docx": (REPOSITORY / "templates" / "report.docx").read_bytes(),
    **{f"docs/schema/{name}.schema.json": schema_text(name).encode() for name in MODELS},
}
NO_PIPELINE_YET = (
    "kimplan: the pipeline's file does not know yet where kimplan is\n"
    "  hint: README.md says what to write in it in place of 00000000…\n"
)


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The home of somebody whom git knows."""
    folder = tmp_path / "home"
    folder.mkdir()
    write_file(folder / ".gitconfig", IDENTITY)
    return str(folder)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder to begin in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below `folder`, but git's own; folders count too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
    }


def files(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in tree(folder).items() if content != b"/"}


def shown(folder: Path) -> str:
    """Return all files below `folder` as one text, but those that are said elsewhere."""
    found = files(folder)
    for name, content in SAID_ELSEWHERE.items():
        assert found.pop(name) == content
    return "".join(f"==> {name}\n{text.decode('utf-8')}" for name, text in found.items())


def typed(folder: str) -> str:
    return f'"{folder}"' if os.name == "nt" else shlex.quote(folder)


def wrote(number: int, *steps: str, folder: str = "new") -> str:
    """Return a pattern for what is said of a repository that was committed."""
    lines = "".join(f"    {step}\n" for step in (f"cd {typed(folder)}", *steps))
    said = f"Wrote {number} files for a new plan in {folder}.\nCommitted them as HASH.\nNext:\n"
    return re.escape(said + lines).replace("HASH", "[0-9a-f]{7}")


# The repository


@pytest.mark.parametrize("forge", ["none", "github", "gitlab", "azure"])
def test_a_new_repository_is_whole(forge: str, here: Path, home: str, golden: Golden) -> None:
    ran = run_cli([*EXAMPLE, "--forge", forge], here, HOME=home)
    assert ran.code == 0, ran
    assert re.fullmatch(wrote(13 + (forge != "none"), "kimplan report"), ran.stdout)
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
        f"{undated if HAS_UNDATED else ''}owners:\n  - Company Secretary\n"
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


def test_kim_s_lint_is_the_list_of_what_is_to_be_done(here: Path, home: str) -> None:
    run_cli(KIM, here, HOME=home)
    said = run_cli(["lint"], here / "new").stdout
    found = re.findall(r"^plan/recommendations/(REC\d+)\.yaml:\S+ \w+ KP604", said, re.MULTILINE)
    assert sorted(found) == sorted(f"REC{number}" for number in range(1, 22))


@pytest.mark.skipif(not HAS_UNDATED, reason="a record cannot say yet that no date is agreed")
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


# All or nothing


def stand_in(folder: Path, script: str) -> str:
    """Return a PATH whose git is `script`, which finds the real one as $GIT."""
    real = shutil.which("git")
    (folder / "bin").mkdir()
    program = write_file(folder / "bin" / "git", f"#!/bin/sh\nGIT={real}\n{script}\n")
    program.chmod(0o755)
    return f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("is_there", [False, True])
def test_an_interruption_leaves_nothing(is_there: bool, here: Path, home: str) -> None:
    if is_there:
        (here / "new" / "docs").mkdir(parents=True)
        write_file(here / "new" / "docs" / "minutes.md", "Minutes\n")
    before = tree(here)
    script = 'case "$*" in *" commit "*) kill -INT $PPID; sleep 5;; esac; exec "$GIT" "$@"'
    path = stand_in(here.parent, script)
    ran = run_cli(EXAMPLE, here, HOME=home, PATH=path)
    assert (ran.code, ran.stdout) == (130, "")
    assert tree(here) == before
    assert not (here / "new" / ".git").exists()


@pytest.mark.skipif(os.name == "nt", reason="limits are POSIX's")
def test_a_full_disk_leaves_nothing(here: Path, home: str) -> None:
    limited = 'ulimit -f 8; exec "$0" -m kimplan "$@"'
    done = subprocess.run(
        ["bash", "-c", limited, sys.executable, *EXAMPLE],
        cwd=here,
        env={"PATH": os.environ["PATH"], "HOME": home},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "File too large" in done.stderr
    assert tree(here) == {}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux has /proc")
def test_a_folder_that_cannot_be_written(here: Path) -> None:
    ran = run_cli(["init", "/proc/plan", *EXAMPLE[2:]], here)
    assert (ran.code, ran.stdout) == (2, "")
    assert "kimplan: cannot write in /proc: No such file or directory\n" in ran.stderr


def refuse(arguments: list[str], here: Path, *words: str, **variables: str) -> None:
    """Run `arguments`, which must write nothing and say each of `words`."""
    before = tree(here)
    ran = run_cli(arguments, here, **variables)
    assert (ran.code, ran.stdout) == (2, ""), ran
    assert [word for word in words if word not in ran.stderr] == [], ran.stderr
    assert tree(here) == before


def test_what_is_in_the_way_is_named(here: Path) -> None:
    folder = here / "new"
    folder.mkdir()
    write_file(folder / "README.md", "Ours\n")
    write_file(folder / "docs", "a file\n")
    words = "new: README.md, docs are there already", "Nothing is overwritten"
    refuse(EXAMPLE, here, *words)
    refuse([*EXAMPLE, "--dry-run"], here, *words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".github/workflows/plan.yml", ".github/workflows/plan.yml is there already"),
        ("plan/plan.yaml", "plan is there already"),
        ("plan/notes.txt", "plan is there already"),
        ("templates/report.docx", "templates/report.docx is there already"),
        ("plan.yaml", "is inside the plan"),
    ],
)
def test_each_file_in_the_way(name: str, words: str, here: Path) -> None:
    path = here / "new" / name
    path.parent.mkdir(parents=True)
    write_file(path, "Ours\n")
    refuse([*EXAMPLE, "--forge", "github"], here, words)


def test_a_workflow_of_the_repository_around_it_is_in_the_way(here: Path) -> None:
    git(here, "init", "--quiet")
    write_file(here / ".gitlab-ci.yml", "ours:\n")
    refuse([*EXAMPLE, "--forge", "gitlab"], here, ".gitlab-ci.yml is there already")
    assert run_cli([*EXAMPLE, "--forge", "github"], here).code == 0


def test_a_second_time_is_refused(here: Path, home: str) -> None:
    run_cli(EXAMPLE, here, HOME=home)
    refuse(EXAMPLE, here, "new/plan is there already")
    refuse(["init", "new/plan", *EXAMPLE[2:]], here, "is inside the plan")
    refuse(["init", "new/plan/recommendations/x", *EXAMPLE[2:]], here, "is inside the plan")


def test_a_folder_that_is_none(here: Path) -> None:
    write_file(here / "file", "x")
    refuse(["init", "file", *EXAMPLE[2:]], here, "file is not a folder")
    refuse(["init", "file/plan", *EXAMPLE[2:]], here, "file is not a folder")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CON", "Windows keeps this name for a device"),
        ("a/nul.txt/b", "Windows keeps this name for a device"),
        ("plan: 2024", "Windows allows no ':' in a name"),
        ("plans?", "Windows allows no '?' in a name"),
        ("plan.", "Windows drops a full stop"),
        ("a\nb", "no folder can be called 'a\\x0ab'"),
        ("\x1b[31m", "no folder can be called '\\x1b[31m'"),
    ],
)
def test_a_name_that_not_every_system_holds(name: str, words: str, here: Path) -> None:
    refuse(["init", name, *EXAMPLE[2:]], here, words)


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_links(here: Path, home: str) -> None:
    (here / "nowhere").symlink_to(here / "missing")
    refuse(["init", "nowhere", *EXAMPLE[2:]], here, "nowhere is a link that leads nowhere")
    (here / "real").mkdir()
    (here / "link").symlink_to(here / "real")
    (here / "real" / "docs").symlink_to(here)
    refuse(["init", "link", *EXAMPLE[2:]], here, "docs is there already")
    (here / "real" / "docs").unlink()
    assert run_cli(["init", "link", *EXAMPLE[2:]], here, HOME=home).code == 0
    assert (here / "real" / "plan" / "plan.yaml").exists()


@pytest.mark.parametrize("name", ["a$(id)", "a'b", "${{ x }}", 'a"b', "a#b"])
def test_a_folder_that_a_workflow_cannot_name(name: str, here: Path) -> None:
    git(here, "init", "--quiet")
    words = "cannot stand in" if '"' not in name else "Windows allows no"
    refuse(["init", name, *EXAMPLE[2:], "--forge", "github"], here, words)


# What is asked and given


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], ["--organisation is missing", '--organisation "Example Homes"']),
        (["--organisation", " "], ["--organisation is empty"]),
        (["--organisation", "a\x07b"], ["--organisation holds"]),
        (["--organisation", "x" * 301], ["301"]),
        (["--organisation", "X", "--title", "x" * 601], ["601"]),
        (["--organisation", "X", "--timezone", "London"], ["timezone", "Europe/London"]),
        (["--organisation", "X", "--forge", "githib"], ["Did you mean 'github'?"]),
        (["--organisation", "X", "--from", "kin"], ["there is no file kin", "--from kim"]),
    ],
)
def test_what_is_missing_or_wrong(options: list[str], words: list[str], here: Path) -> None:
    refuse(["init", "new", *options], here, *words)


def test_a_file_is_not_imported_halfway(here: Path) -> None:
    write_file(here / "table.csv", "Ref,Title\n1,Keep a register.\n")
    refuse([*EXAMPLE, "--from", "table.csv"], here, 'kimplan import "table.csv"')


@pytest.mark.parametrize(
    "name",
    [
        "Füße & Söhne: Homes",
        "a # b",
        '"Quoted" Homes',
        "- Homes",
        "${{ github.token }}",
        "# {sections}",
        "no",
        "2024",
        "{homes}",
        "| Homes",
        "Ответ",
    ],
)
def test_any_name_is_read_again_as_it_was(name: str, here: Path, home: str) -> None:
    assert run_cli(["init", "new", "--organisation", name], here, HOME=home).code == 0
    value = parse((here / "new" / "plan" / "plan.yaml").read_text(encoding="utf-8")).value
    assert (value or {})["organisation"] == name
    assert run_cli(["lint"], here / "new").code == 0


def on_terminal(arguments: list[str], typed: bytes, here: Path, home: str) -> tuple[int, str]:
    """Run kimplan on a terminal where `typed` is typed; return its exit code and what it shows."""
    import pty
    import tty

    master, terminal = pty.openpty()
    tty.setraw(terminal)
    os.write(master, typed)
    wait = start_cli(arguments, here, terminal, terminal, terminal, HOME=home)
    os.close(terminal)
    shown = b""
    try:
        while some := os.read(master, 4096):
            shown += some
    except OSError:  # nobody has the terminal open any more
        pass
    os.close(master)
    return wait(), shown.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_it_asks(here: Path, home: str) -> None:
    typed = b"Example Homes\n\ngitlab\n"
    code, said = on_terminal(["init", "new", "--from", "kim"], typed, here, home)
    assert code == 0, said
    assert said.startswith(
        "The landlord's name: "
        "The report's title [Knowledge and Information Management (KIM) report]: "
        "The forge (github, gitlab, azure, none) [none]: "
    )
    assert (here / "new" / ".gitlab-ci.yml").exists()
    text = (here / "new" / "plan" / "plan.yaml").read_text(encoding="utf-8")
    assert "organisation: Example Homes\n" in text


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_it_asks_nothing_with_yes(here: Path, home: str) -> None:
    code, said = on_terminal([*EXAMPLE, "--yes"], b"", here, home)
    assert code == 0, said
    assert re.fullmatch(wrote(13, "kimplan report"), said)
    code, said = on_terminal(["init", "other", "--yes"], b"", here, home)
    assert (code, (here / "other").exists()) == (2, False)
