"""How every command ends where the world does not help: no folder, no room, no patience."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import (
    REPOSITORY,
    SHIPPED_PLAN,
    Ran,
    cli_environment,
    make_repository,
    write_file,
    write_plan,
)

from kimplan.cli.app import COMMANDS, EXPORTS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, shells and limits are POSIX's")

DAY = ["--as-of", "2024-05-31"]
INIT = ["init", "new", "--organisation", "X", "--title", "Y", "--forge", "none", "--no-git"]
TABLE = "Ref,Recommendation,Response,RAG,Due,Lead\n1,Keep it.,We do.,Red,2025-03,Head of Repairs\n"
# Each command as it would be typed beside a plan.
PLAIN: dict[str, list[str]] = {
    "init": INIT,
    "report": ["report", *DAY],
    "overdue": ["overdue", *DAY],
    "summary": ["summary", *DAY],
    "list": ["list", *DAY],
    "show": ["show", "REC1", *DAY],
    "changes": ["changes", *DAY, "--since", "HEAD"],
    "history": ["history", "REC1"],
    "remind": ["remind", *DAY],
    "update": ["update", "REC1", *DAY, "--note", "Begun.", "--by", "A"],
    "new": ["new", "--section", "repairs", "--title", "Keep a register."],
    "import": ["import", "t.csv", "--plan", "other", "--organisation", "X"],
    "merge": ["merge", "board.docx"],
    "verify": ["verify", "board.docx"],
    "lint": ["lint"],
    "check": ["check", *DAY],
    "rule": ["rule"],
    "owners list": ["owners", "list"],
    "help": ["help", "lint"],
    "codeowners": ["codeowners"],
    "schema": ["schema"],
    **{f"export {name}": ["export", name, *DAY] for name in EXPORTS},
}
PLAIN["export html"] = ["export", "html", *DAY, "--output", "page.html"]
PLAIN["export ndjson"] = ["export", "ndjson"]
PLAIN["export csv"] = ["export", "csv"]
NEEDS_NO_PLAN = ("rule", "schema", "help")


def test_every_command_is_here() -> None:
    assert {name.partition(" ")[0] for name in PLAIN} == set(COMMANDS)


def start(
    folder: Path, arguments: Sequence[str | Path], *, before: str = "", after: str = ""
) -> Ran:
    """Run kimplan in `folder` from a shell that does something `before` it, and redirects."""
    script = f'{before or ":"}; exec "$0" -m kimplan "$@" {after}'
    done = subprocess.run(
        ["/bin/bash", "-c", script, sys.executable, *map(str, arguments)],
        cwd=folder,
        env=cli_environment(HOME=str(folder)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


# A working folder that has been deleted

GONE = "kimplan: the working folder is not there any more\n  hint: Go to a folder that is there.\n"
IS_GONE = "  hint: The working folder is not there any more: go to a folder that is there.\n"


def from_nowhere(tmp_path: Path, *arguments: str | Path) -> Ran:
    """Run kimplan in a folder that is deleted before it begins."""
    folder = tmp_path / "gone"
    folder.mkdir(exist_ok=True)
    return start(folder, arguments, before='rmdir "$PWD"')


class TestADeletedFolder:
    @pytest.mark.parametrize("name", [name for name in PLAIN if name not in NEEDS_NO_PLAN])
    def test_a_command_that_needs_one_says_so(self, name: str, tmp_path: Path) -> None:
        ran = from_nowhere(tmp_path, *PLAIN[name])
        missing = {"import": f"kimplan: there is no file t.csv\n{IS_GONE}"}
        assert ran == Ran(2, "", missing.get(name, GONE))

    @pytest.mark.parametrize("name", [*PLAIN, "", "export"])
    def test_the_help_needs_none(self, name: str, tmp_path: Path) -> None:
        ran = from_nowhere(tmp_path, *name.split(), "--help")
        assert (ran.code, ran.stderr) == (0, "")
        assert ran.stdout.startswith("Usage: kimplan")

    @pytest.mark.parametrize("arguments", [["--version"], *(PLAIN[name] for name in NEEDS_NO_PLAN)])
    def test_what_needs_none_is_answered(self, arguments: list[str], tmp_path: Path) -> None:
        assert from_nowhere(tmp_path, *arguments) == start(tmp_path, arguments)

    @pytest.mark.parametrize("name", ["overdue", "summary", "list", "show", "lint", "check"])
    def test_a_plan_that_is_named_in_full_is_found(self, name: str, tmp_path: Path) -> None:
        arguments = [*PLAIN[name], "--plan", str(write_plan(tmp_path))]
        assert from_nowhere(tmp_path, *arguments) == start(tmp_path, arguments)

    def test_what_is_named_in_full_is_written(self, tmp_path: Path) -> None:
        plan, target = write_plan(tmp_path), tmp_path / "board.docx"
        ran = from_nowhere(tmp_path, "report", *DAY, "--plan", plan, "--output", target)
        assert (ran.code, ran.stderr) == (0, "")
        ran = from_nowhere(tmp_path, *PLAIN["update"], "--plan", plan)
        assert ran.stderr == f"kimplan: {plan}/recommendations/REC1.yaml is changed\n"
        ran = from_nowhere(tmp_path, "init", tmp_path / "new", *INIT[2:])
        assert ran.code == 0
        assert f"\n    cd {tmp_path / 'new'}\n" in ran.stdout

    def test_a_file_of_a_plan_is_linted(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        assert from_nowhere(tmp_path, "lint", plan / "plan.yaml").code == 0

    def test_a_name_that_leads_nowhere_from_there_is_no_riddle(self, tmp_path: Path) -> None:
        ran = from_nowhere(tmp_path, "lint", "--plan", "plan")
        assert ran == Ran(2, "", f"kimplan: there is no folder plan\n{IS_GONE}")


# Ctrl-C, a system that shuts down, a terminal that is closed

# Sends itself a signal at the nth thing that Python does (an import, an open file, a deleted one)
# once `kimplan` itself has been imported, which is the first of our instructions.
AT = """\
import os, signal, sys
moment, number, count = int(sys.argv.pop(1)), int(sys.argv.pop(1)), 0
def count_up(event, arguments):
    global count
    if "kimplan" in sys.modules and hasattr(sys.modules["kimplan"], "heed_ctrl_c"):
        count += 1
        if count == moment:
            os.kill(os.getpid(), number)
sys.addaudithook(count_up)
end = os._exit
def tell(code):
    if not moment:
        os.write(2, str(count).encode())
    end(code)
os._exit = tell
sys.argv[0] = "kimplan"
from kimplan.cli import main
main()
"""
EVENTFUL: dict[str, list[str]] = {
    "report": ["report", *DAY, "--output", "board.docx"],
    "update": PLAIN["update"],
    "init": INIT,
    "import": PLAIN["import"],
    "lint": ["lint", "--format", "sarif=found.sarif"],
    "--help": ["--help"],
}


class Desk(NamedTuple):
    """A folder with a plan, and a program that interrupts kimplan there."""

    folder: Path
    program: Path

    def run(
        self, moment: int, number: int, arguments: Sequence[str]
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, str(self.program), str(moment), str(number), *arguments]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=cli_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )

    def fresh(self) -> Desk:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        write_plan(self.folder)
        write_file(self.folder / "t.csv", TABLE)
        return self

    def state(self) -> dict[str, bytes]:
        """Return every file that is there, but for what Python keeps of what it imports."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk", write_file(tmp_path / "at.py", AT)).fresh()


class TestInterrupted:
    @pytest.mark.parametrize("name", EVENTFUL)
    def test_ctrl_c_ends_it_at_any_moment_without_a_word(self, name: str, desk: Desk) -> None:
        before = desk.state()
        whole = desk.run(0, signal.SIGINT, EVENTFUL[name])
        assert whole.returncode == 0, whole.stderr
        last, after = int(whole.stderr.rpartition(b"\n")[2]), desk.state()
        early, late = range(1, last - 300, max(last // 10, 1)), range(last - 300, last, 30)
        for moment in (*early, *late):
            desk.fresh()
            done = desk.run(moment, signal.SIGINT, EVENTFUL[name])
            said = done.stderr.replace(b"kimplan: wrote found.sarif\n", b"")
            if desk.state() == after and name == "update":
                said = said.replace(b"kimplan: plan/recommendations/REC1.yaml is changed\n", b"")
            assert (moment, done.returncode, said) == (moment, 130, b"")
            found = desk.state()
            # All of it or nothing, and nothing else; the bytes of a report differ by no moment.
            assert found in (before, after), (moment, found.keys())

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    def test_other_signals_leave_nothing_half_written(
        self, number: signal.Signals, desk: Desk
    ) -> None:
        before = desk.state()
        whole = desk.run(0, number, EVENTFUL["report"])
        last, after = int(whole.stderr.rpartition(b"\n")[2]), desk.state()
        for moment in (last // 2, *range(last - 300, last, 60)):
            desk.fresh()
            done = desk.run(moment, number, EVENTFUL["report"])
            assert (moment, done.returncode, done.stderr) == (moment, -number, b"")
            assert desk.state() in (before, after)

    def test_ctrl_c_that_is_switched_off_stays_so(self, desk: Desk) -> None:
        ran = start(desk.folder, ["lint"], before="trap '' INT; kill -INT $$")
        assert (ran.code, ran.stderr) == (0, "")

    def test_a_program_that_imports_kimplan_keeps_its_own_ctrl_c(self, tmp_path: Path) -> None:
        program = (
            "import signal, kimplan, kimplan.cli, kimplan.linter, kimplan.files\n"
            "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler\n"
        )
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# A disk that is full

FULL = "the disk is full"
WRITERS: dict[str, tuple[list[str], str]] = {
    "report": (["report", *DAY, "--output", "board.docx"], "board.docx"),
    "template": (["report", "--write-template", "look.docx"], "look.docx"),
    "xlsx": (["export", "xlsx", *DAY, "--output", "plan.xlsx"], "plan.xlsx"),
    "csv": (["export", "csv", "--output", "plan.csv"], "plan.csv"),
    "ndjson": (["export", "ndjson", "--output", "plan.ndjson"], "plan.ndjson"),
    "ics": (["export", "ics", *DAY, "--output", "plan.ics"], "plan.ics"),
    "html": (["export", "html", *DAY, "--output", "plan.html"], "plan.html"),
    "board": (["export", "html", "--for", "board", *DAY, "--output", "b.html"], "b.html"),
    "mails": (["remind", *DAY, "--output", "."], "2024-05-31"),
    "json": (["overdue", *DAY, "--format", "json=o.json"], "o.json"),
    "sarif": (["check", *DAY, "--format", "sarif=o.sarif"], "o.sarif"),
    "codeowners": (["codeowners", "--output", "CODEOWNERS"], "CODEOWNERS"),
    "update": (PLAIN["update"], "plan/recommendations/REC1.yaml"),
    "new": (PLAIN["new"], "plan/recommendations/REC4.yaml"),
    "fix": (["lint", "--fix"], "plan/recommendations/REC2.yaml"),
    "init": (INIT, ""),
    "import": (PLAIN["import"], ""),
    "add": (["import", "t.csv"], "plan/plan.yaml"),
}


def crowded_desk(folder: Path) -> Path:
    """Fill `folder` with a plan and what the commands read; return it."""
    plan = write_plan(folder)
    owners = "owners:\n  - {role: Company Secretary, email: a@homes.example, handle: '@a'}\n"
    owners += "  - {role: Head of Repairs, email: b@homes.example}\n  - {role: Data Manager}\n"
    write_file(plan / "owners.yaml", owners)
    record = plan / "recommendations" / "REC2.yaml"
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    write_file(record, "".join([*lines[1:], lines[0]]))  # which lint --fix puts in order
    write_file(folder / "t.csv", TABLE)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "filling"
    }


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with a plan, on a disk of its own on which nothing is left."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    try:
        crowded_desk(folder)
        with open(folder / "filling", "wb", buffering=0) as filling:
            for size in (4096, 1):
                try:
                    while filling.write(b"x" * size):
                        pass
                except OSError:
                    continue
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_is_called_so_and_nothing_is_left_on_it(name: str, full_disk: Path) -> None:
    arguments, target = WRITERS[name]
    before = contents(full_disk)
    ran = start(full_disk, arguments)
    assert ran.code == 2, ran
    assert f"{target}" in ran.stderr
    (said,) = [line for line in ran.stderr.splitlines() if FULL in line]
    assert said.startswith("kimplan: cannot write ")
    after = ran.stderr.partition(said)[2].splitlines()
    assert "room" in next(line for line in after if "hint: " in line)
    assert "internal error" not in ran.stderr
    assert contents(full_disk) == before


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in {"fix"}])
def test_a_limit_on_files_is_told_as_one(name: str, tmp_path: Path) -> None:
    folder = crowded_desk(tmp_path)
    arguments, _ = WRITERS[name]
    before = contents(folder)
    ran = start(folder, arguments, before="ulimit -f 0")
    assert ran.code == 2, ran
    why = "the file would be larger than is allowed here"
    if name == "xlsx":
        why = "temporary files cannot be written: no folder for them can be written to"
    assert why in ran.stderr
    assert "internal error" not in ran.stderr
    assert contents(folder) == before


SPEAKING = [name for name in PLAIN if name not in {"merge", "init", "import"}]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("name", [*SPEAKING, "--help", "export --help", "export csv --help"])
def test_an_output_that_takes_no_more_is_told(name: str, tmp_path: Path) -> None:
    folder = crowded_desk(tmp_path)
    make_repository(folder)
    shutil.copytree(SHIPPED_PLAN, folder / "other")
    if name == "verify":
        assert start(folder, WRITERS["report"][0]).code == 0
    before = contents(folder / "plan")
    ran = start(folder, PLAIN.get(name, name.split()), after="> /dev/full")
    told = [line for line in ran.stderr.splitlines() if line.startswith("kimplan: cannot write ")]
    assert (ran.code, len(told)) == (2, 1), ran
    assert told[0].startswith(f"kimplan: cannot write the output: {FULL}")
    assert "internal error" not in ran.stderr
    assert contents(folder / "plan") == before


@pytest.mark.parametrize("name", ["report", "update", "new", "xlsx", "sarif"])
def test_closed_streams_stop_nothing_that_is_written(name: str, tmp_path: Path) -> None:
    folder = crowded_desk(tmp_path)
    arguments, target = WRITERS[name]
    assert start(folder, arguments, after="<&- >&- 2>&-").code in {0, 1}
    assert (folder / target).exists()


# What kimplan is made of


def test_a_part_of_kimplan_that_is_missing_is_named(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['typer'] = None\n"
        "sys.argv = ['kimplan', 'show', 'REC1']\n"
        "from kimplan.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY, env=cli_environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        2,
        "kimplan: kimplan is not installed as it should be: typer is missing\n"
        "  hint: Install it again.\n",
    )
