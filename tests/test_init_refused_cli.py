"""``kimplan init``: all or nothing, what is refused, and what is asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import cli_environment, git, run_cli, start_cli, write_file
from new_plans import EXAMPLE, files, make_home, stand_in, tree, wrote

from kimplan.source import parse

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The home of somebody whom git knows."""
    return make_home(tmp_path)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder to begin in."""
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


# All or nothing


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


@pytest.mark.slow
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
    assert "the file would be larger than is allowed here" in done.stderr
    assert tree(here) == {}


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX's")
def test_a_folder_that_may_not_be_written(here: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    here.chmod(0o555)
    try:
        refuse(EXAMPLE, here, f"cannot write in {here}: permission is denied")
    finally:
        here.chmod(0o755)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux has /proc")
def test_a_folder_that_cannot_be_written(here: Path) -> None:
    ran = run_cli(["init", "/proc/plan", *EXAMPLE[2:]], here)
    assert (ran.code, ran.stdout) == (2, "")
    assert "kimplan: cannot write in /proc: there is no such file or folder\n" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("is_there", [False, True])
def test_of_several_at_once_one_is_first(is_there: bool, here: Path, home: str) -> None:
    if is_there:
        (here / "new").mkdir()
    environment = cli_environment(HOME=home)
    command = [sys.executable, "-m", "kimplan", *EXAMPLE]
    quiet = subprocess.DEVNULL
    runs = [
        subprocess.Popen(command, cwd=here, env=environment, stdout=quiet, stderr=quiet)
        for _ in range(3)
    ]
    assert sorted(run.wait(timeout=60) for run in runs) == [0, 2, 2]
    assert [one.name for one in here.iterdir()] == ["new"]
    assert len(files(here / "new")) == 13
    assert run_cli(["lint"], here / "new").code == 0


def test_a_name_that_is_too_long(here: Path) -> None:
    refuse(["init", "x" * 300, *EXAMPLE[2:]], here, f"cannot write in {here}: ")


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


def test_git_s_own_folders_are_left_alone(here: Path) -> None:
    git(here, "init", "--quiet", "--bare", "bare.git")
    for name in ("bare.git", "bare.git/objects/plan"):
        refuse(["init", name, *EXAMPLE[2:]], here, "bare.git is where git keeps its own files")


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
    write_file(here / "table.csv", "Ref,Title,Response,RAG,Due,Owner\n1,A.,B.,Red,Spring,C\n")
    ran = run_cli(["init", "new", *EXAMPLE[2:], "--from", "table.csv"], here)
    assert ran.code == 1
    assert "date-unclear  1/due (the table, row 2)  'Spring'\n" in ran.stdout
    assert ran.stderr.startswith("kimplan: nothing is written: 1 question above\n")
    assert sorted(file.name for file in here.iterdir()) == ["table.csv"]


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
