"""What the TAB key completes."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, cli_environment, make_owners, run_cli, write_file, write_plan

from kimplan.cli.completion.line import Word, split

NOTHING: tuple[str, list[str]] = ("words", [])


def completed(line: str, cwd: Path, shell: str = "bash", **variables: str) -> tuple[str, list[str]]:
    """Return of what kind the answer to a shell is, and what it offers."""
    ran = run_cli([], cwd, _KIMPLAN_COMPLETE=shell, _KIMPLAN_LINE=f"kimplan {line}", **variables)
    assert (ran.code, ran.stderr) == (0, "")
    kind, *words = ran.stdout.splitlines() or [""]
    return kind, words


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("li", "words", ["list", "lint"]),
        ("help su", "words", ["summary"]),
        ("export c", "words", ["csv"]),
        ("show REC", "words", ["REC1", "REC2", "REC3"]),
        ("show rec2", "words", ["REC2"]),
        ("show REC1 REC", "words", ["REC2", "REC3"]),
        ("-q show REC3", "words", ["REC3"]),
        ("history ", "words", ["REC1", "REC2", "REC3"]),
        ("history REC1 ", "words", []),
        ("update REC1 --superseded-by REC", "words", ["REC1", "REC2", "REC3"]),
        ("list --section ", "words", ["governance", "repairs"]),
        ("list --section=r", "words", ["repairs"]),
        ("list --owner Head", "words", [r"Head\ of\ Repairs"]),
        ("list --owner=Head", "words", [r"Head\ of\ Repairs"]),
        ('list --owner "Head', "words", ["Head of Repairs"]),
        ("list --owner 'Head of", "words", ["Head of Repairs"]),
        (r"list --owner Head\ o", "words", [r"Head\ of\ Repairs"]),
        ("list --rag ", "words", ["green", "amber", "red", "not-applicable"]),
        ("list --rag amber,r", "words", ["amber,red"]),
        ("list --where ow", "open", ["owners="]),
        ("list --by", "words", []),
        ("summary --by ", "words", ["owner", "section"]),
        ("rule kp301", "words", ["KP301"]),
        ("lint --format s", "words", ["sarif"]),
        ("show REC1 --format ", "words", ["text", "json", "markdown", "html"]),
        ("export csv --table rev", "words", ["revisions"]),
        ("report --only owner=Da", "words", [r"Data\ Manager"]),
        ("lint --fi", "words", ["--fix"]),
        ("lint --fix --fi", "words", []),
        ("lint --qui", "words", ["--quiet"]),
        ("--col", "words", ["--color"]),
        ("--color ", "words", ["auto", "always", "never"]),
        ("lint --color a", "words", ["auto", "always"]),
        ("--install-completion=z", "words", ["zsh"]),
        ("lint ", "files", []),
        ("verify ", "files", []),
        ("list --plan ", "folders", []),
        ("--plan ", "folders", []),
        ("update REC1 --note ", "words", []),
        ("lint -- --", "files", []),
        ("owners re", "words", ["rename", "remove"]),
        ("help owners ren", "words", ["rename"]),
        ("owners rename Head", "words", [r"Head\ of\ Repairs"]),
        ("owners remove Head", "words", [r"Head\ of\ Repairs"]),
        ("owners remove X --reassign-to Head", "words", [r"Head\ of\ Repairs"]),
        ("owners --plan plan --quiet rename Head", "words", [r"Head\ of\ Repairs"]),
        ("owners --qui", "words", ["--quiet"]),
        ("--install-completion ", "words", ["bash", "zsh", "fish", "powershell"]),
    ],
)
def test_what_may_stand_there(line: str, kind: str, words: list[str], tmp_path: Path) -> None:
    write_plan(tmp_path)
    assert completed(line, tmp_path) == (kind, words)


def test_the_plan_that_is_named_is_asked(tmp_path: Path) -> None:
    write_plan(tmp_path)
    write_plan(tmp_path / "b c", records={"X1": "ref: X1\n"})
    for line in ('--plan "b c" show ', r"show --plan b\ c ", "--plan='b c' show "):
        assert completed(line, tmp_path) == ("words", ["X1"])
    assert completed("show ", tmp_path, KIMPLAN_PLAN="b c") == ("words", ["X1"])


@pytest.mark.parametrize("line", ["show ", "list --owner ", "list --section ", "list --rag x"])
def test_without_a_plan_nothing_is_there(line: str, tmp_path: Path) -> None:
    assert completed(line, tmp_path)[1] == []
    assert completed(f"--plan nowhere {line}", tmp_path)[1] == []


def test_a_broken_plan_completes_nothing(tmp_path: Path) -> None:
    plan = write_plan(tmp_path, settings="sections: [", owners="owners: {role: x}")
    before = sorted(plan.rglob("*"))
    for line in ("list --owner ", "list --section "):
        assert completed(line, tmp_path) == NOTHING
    write_file(plan / "owners.yaml", b"\xff\x00")
    assert completed("list --owner ", tmp_path) == NOTHING
    write_file(plan / "owners.yaml", make_owners('a\x1b[31mb"', "ok $(x) `y` !z*"))
    assert completed("list --owner ", tmp_path) == (
        "words", [r"ok\ \$\(x\)\ \`y\`\ \!z\*"],
    )  # fmt: skip
    assert sorted(plan.rglob("*")) == before


@pytest.mark.parametrize(
    "line", ["nonsense ", "export nonsense ", "show 'x", "show '", 'show "\\', "= = ="]
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "tcsh", "x\ny"])
def test_nothing_is_ever_said_of_a_mistake(line: str, shell: str, tmp_path: Path) -> None:
    assert completed(line, tmp_path, shell)[1] == []


def test_other_shells_are_told_what_words_are(tmp_path: Path) -> None:
    write_plan(tmp_path)
    assert completed("rep", tmp_path, "zsh")[1] == [
        "report:Write the Word report of the plan for the board"
    ]
    assert completed("list --section=r", tmp_path, "fish")[1] == ["--section=repairs\tRepairs"]
    assert completed("list --owner H", tmp_path, "powershell")[1] == [
        "'Head of Repairs'\tHead of Repairs\tHead of Repairs"
    ]


def test_a_ref_is_completed_without_the_model(tmp_path: Path) -> None:
    write_plan(tmp_path)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kimplan"],
        cwd=tmp_path,
        env=cli_environment(_KIMPLAN_COMPLETE="bash", _KIMPLAN_LINE="kimplan show R"),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == ["words", "REC1", "REC2", "REC3"]
    assert "pydantic" not in done.stderr
    assert "rich" not in done.stderr.replace("_rich", "")


def test_words_are_read_as_a_shell_reads_them() -> None:
    assert split("kimplan ", "\\") == [Word("")]
    assert split("A=1 kimplan a\\ b 'c d' \"e", "\\") == [
        Word("a b"), Word("c d"), Word("e", '"', 0)
    ]  # fmt: skip
    assert split(r"kimplan C:\x `'y", "`") == [Word(r"C:\x"), Word("'y")]


class TestInstalling:
    def installed(self, folder: Path, *words: str) -> Ran:
        return run_cli(words, folder, HOME=str(folder), SHELL="/bin/zsh")

    def test_bash_reads_it_from_its_own_file_once(self, tmp_path: Path) -> None:
        write_file(tmp_path / ".bashrc", "alias l=ls")
        for _ in range(2):
            ran = self.installed(tmp_path, "--install-completion", "bash")
        script = tmp_path / ".local/share/kimplan/completion.bash"
        said = f"Wrote {script} and {tmp_path}/.bashrc. Open a new bash for the TAB key to know "
        assert ran == Ran(0, f"{said}kimplan.\n", "")
        assert (tmp_path / ".bashrc").read_text() == (
            f'alias l=ls\n# kimplan: completion\n[ -r "{script}" ] && . "{script}"\n'
        )
        assert script.read_text() == self.installed(tmp_path, "--show-completion", "bash").stdout

    @pytest.mark.parametrize(
        ("shell", "files"),
        [
            ("zsh", [".local/share/kimplan/zsh/_kimplan", ".zshrc"]),
            ("fish", [".config/fish/completions/kimplan.fish"]),
        ],
    )
    def test_others_have_their_places(self, shell: str, files: list[str], tmp_path: Path) -> None:
        assert self.installed(tmp_path, "--install-completion", shell, "-q") == Ran(0, "", "")
        found = (path for path in tmp_path.rglob("*") if path.is_file())
        assert sorted(path.relative_to(tmp_path).as_posix() for path in found) == files

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
    def test_each_shows_its_lines(self, shell: str, tmp_path: Path) -> None:
        ran = self.installed(tmp_path, "--show-completion", shell)
        assert (ran.code, ran.stderr) == (0, "")
        assert ran.stdout.startswith(("# Completion of kimplan for ", "#compdef kimplan\n"))
        program = shutil.which(shell)
        if program and shell != "powershell":
            subprocess.run([program, "-n"], input=ran.stdout, text=True, check=True, timeout=60)


@pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("summ", "summary "),
        ("show rec2", "show REC2 "),
        ("list --owner Head", r"list --owner Head\ of\ Repairs "),
        ("list --owner=Head", r"list --owner=Head\ of\ Repairs "),
        ('list --owner "Head', 'list --owner "Head of Repairs" '),
        ("report --only owner=Head", r"report --only owner=Head\ of\ Repairs "),
        ("list --where sec", "list --where section="),
        ("--plan pl", "--plan plan/"),
        ("show nope", "show nope"),
    ],
)
def test_a_real_bash_completes_the_line(typed: str, becomes: str, tmp_path: Path) -> None:
    write_plan(tmp_path)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "kimplan"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kimplan "$@"\n')
    program.chmod(0o755)
    script = run_cli(["--show-completion", "bash"], tmp_path).stdout
    # `read -e` completes as bash does, and `complete -I`-free: the line is then printed whole.
    rc = write_file(tmp_path / "rc", f"{script}\nbind 'set bell-style none'\nPS1='> '\n")
    assert becomes in _in_bash(rc, f"kimplan {typed}\t", f"kimplan {becomes}", tmp_path)


def _in_bash(rc: Path, typed: str, awaited: str, cwd: Path) -> str:
    """Return what stands on the terminal of a bash that reads `rc`, when `awaited` does."""
    import pty

    path = f"{cwd / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = cli_environment(PATH=path, TERM="dumb", LC_ALL="C.UTF-8", HOME=str(cwd))
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["bash", "--noprofile", "--rcfile", str(rc), "-i"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=environment,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        said = _read_until(ours, "> ")
        os.write(ours, typed.encode())
        said = _read_until(ours, awaited, quiet=3)
        process.kill()
    os.close(ours)
    return said


def _read_until(terminal: int, awaited: str, quiet: float = 20) -> str:
    said, end = "", time.monotonic() + 20
    while time.monotonic() < end and awaited not in said:
        if not select.select([terminal], [], [], quiet)[0]:
            break
        said = _shown(said + os.read(terminal, 65_536).decode())
    return said


def _shown(text: str) -> str:
    """Return what backspaces leave on a terminal."""
    found: list[str] = []
    for character in text:
        if character == "\b":
            found.pop()
        else:
            found.append(character)
    return "".join(found)


def test_the_shipped_plan_completes() -> None:
    assert completed("show REC2", REPOSITORY) == ("words", ["REC2", "REC20", "REC21"])
