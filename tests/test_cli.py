"""The command line as its users meet it: each command is a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import (
    REPOSITORY,
    SHIPPED_PLAN,
    TESTS,
    Ran,
    cli_environment,
    lint_output,
    make_record,
    make_settings,
    run_cli,
    start_cli,
    write_file,
    write_plan,
)

from kimplan import __version__
from kimplan.cli.app import COMMANDS

needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes or terminals")
needs_full_device = pytest.mark.skipif(
    not os.path.exists("/dev/full"), reason="there is no /dev/full"
)
CLEAN = "No problems in 3 recommendations.\n"
CHECK_NAME = "Check the name."
NO_SETTINGS = (
    "A plan begins with a plan.yaml; kimplan schema plan --format text says what it holds."
)
BLUE = (
    "plan/recommendations/REC4.yaml:5:6: error KP105 rag 'pink' is not known\n"
    "    5 | rag: pink\n"
    "      |      ^\n"
    "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
    "not-applicable (does not apply).\n"
)


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


def add_pink(plan: Path) -> None:
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="pink"))


def modules_of(arguments: list[str], cwd: Path) -> set[str]:
    """Return the modules that a command imports, as ``python -X importtime`` names them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kimplan", *arguments],
        cwd=cwd,
        env=cli_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def below(modules: set[str], *names: str) -> set[str]:
    return {
        module
        for module in modules
        if any(module == name or module.startswith(f"{name}.") for name in names)
    }


class TestVersionAndHelp:
    @pytest.mark.parametrize("option", ["--version", "-V"])
    def test_the_version_is_told(self, option: str, tmp_path: Path) -> None:
        assert run_cli([option], tmp_path) == Ran(0, f"kimplan {__version__}\n", "")

    def test_the_version_is_told_beside_other_options(self, tmp_path: Path) -> None:
        ran = run_cli(["--version", "lint"], tmp_path)
        assert ran == Ran(0, f"kimplan {__version__}\n", "")

    def test_the_version_needs_no_other_module(self, tmp_path: Path) -> None:
        modules = modules_of(["--version"], tmp_path)
        assert below(modules, "kimplan") == {"kimplan", "kimplan.cli"}
        assert not below(modules, "typer", "click", "pydantic", "ruamel", "docx", "rich")

    @pytest.mark.parametrize("option", ["--help", "-h"])
    def test_the_help_names_every_command(self, option: str, tmp_path: Path) -> None:
        ran = run_cli([option], tmp_path)
        assert (ran.code, ran.stderr) == (0, "")
        assert "Usage: kimplan [OPTIONS] COMMAND [ARGS]..." in ran.stdout
        assert re.findall(r"^  ([a-z]+)  ", ran.stdout, re.MULTILINE) == list(COMMANDS)

    @pytest.mark.parametrize("arguments", [["--help"], ["lint", "--help"], ["report", "--help"]])
    def test_the_help_loads_no_model_and_no_reader_or_writer(
        self, arguments: list[str], tmp_path: Path
    ) -> None:
        modules = modules_of(arguments, tmp_path)
        assert "kimplan.cli.app" in modules
        assert not below(
            modules, "kimplan.model", "kimplan.source", "kimplan.loader", "kimplan.linter",
            "kimplan.rules", "kimplan.report", "kimplan.history", "ruamel", "_ruamel_yaml", "docx",
            "lxml", "xlsxwriter", "markdown_it",
        )  # fmt: skip

    def test_linting_loads_no_writer(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        modules = modules_of(["lint"], tmp_path)
        assert "kimplan.linter" in modules
        assert not below(
            modules, "rich", "docx", "lxml", "xlsxwriter", "markdown_it", "kimplan.report",
            "kimplan.history", "kimplan.loader.faults",
        )  # fmt: skip

    def test_no_command_at_all_is_help_and_a_mistake(self, tmp_path: Path) -> None:
        ran = run_cli([], tmp_path)
        assert ran.code == 2
        assert "Usage: kimplan [OPTIONS] COMMAND [ARGS]..." in ran.stdout + ran.stderr

    @pytest.mark.parametrize("command", ["lint", "report"])
    def test_the_help_of_a_command_has_examples_and_exit_codes(
        self, command: str, tmp_path: Path
    ) -> None:
        ran = run_cli([command, "-h"], tmp_path)
        assert (ran.code, ran.stderr) == (0, "")
        assert f"  Examples:\n    kimplan {command} " in ran.stdout
        assert "  Exit codes: 0 " in ran.stdout

    @pytest.mark.parametrize("command", ["list", "update"])
    def test_no_line_of_the_help_ends_within_an_option(self, command: str, tmp_path: Path) -> None:
        text = run_cli([command, "--help"], tmp_path, COLUMNS="80").stdout
        assert "\u2011" not in text
        assert [line for line in text.splitlines() if line.endswith("-")] == []

    @pytest.mark.parametrize(
        "command",
        ["lint", "report"],
    )
    def test_the_help_speaks_of_no_python_types(self, command: str, tmp_path: Path) -> None:
        text = run_cli([command, "--help"], tmp_path).stdout
        assert not re.findall(r"<\w+(?:\[\w+\])?>|\[\[|TEXT|INTEGER", text)


class TestMistakes:
    def test_an_option_without_its_value_is_told(self, tmp_path: Path) -> None:
        ran = run_cli(["lint", "--plan"], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert "--plan" in ran.stderr

    def test_without_a_plan_it_is_said_where_was_looked(self, tmp_path: Path) -> None:
        assert run_cli(["lint"], tmp_path) == stopped(
            f"there is no plan/plan.yaml in {tmp_path} nor in a folder above it",
            "Go to the folder that holds plan/, or name it: --plan FOLDER.",
        )

    @pytest.mark.parametrize("command", ["lint", "report"])
    def test_an_empty_plan_folder_is_told(self, command: str, tmp_path: Path) -> None:
        (tmp_path / "plan").mkdir()
        assert run_cli([command], tmp_path) == stopped(
            "the folder plan has no plan.yaml", NO_SETTINGS
        )

    def test_a_plan_that_is_named_and_not_there_is_told(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        assert run_cli(["lint", "--plan", "nowhere"], tmp_path) == stopped(
            "there is no folder nowhere", "Check the name after --plan."
        )

    @pytest.mark.parametrize("arguments", [["lint", "--plan"], ["lint"], ["report", "--plan"]])
    def test_a_name_that_is_too_long_is_told(self, arguments: list[str], tmp_path: Path) -> None:
        ran = run_cli([*arguments, "x" * 5_000], tmp_path)
        assert (ran.code, ran.stdout) == (2, "")
        assert "internal error" not in ran.stderr
        assert "\n  hint: " in ran.stderr

    @needs_posix
    def test_a_working_folder_that_is_gone_is_told(self, tmp_path: Path) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        removing = 'rmdir ../gone && exec "$0" -m kimplan lint'
        done = subprocess.run(
            ["/bin/sh", "-c", removing, sys.executable],
            cwd=gone,
            env=cli_environment(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert "internal error" not in done.stderr
        assert "\n  hint: " in done.stderr

    @needs_posix
    def test_a_name_with_terminal_escapes_is_shown_escaped(self, tmp_path: Path) -> None:
        assert run_cli(["lint", "\x1b[31mx\n"], tmp_path) == stopped(
            "there is no file or folder \\x1b[31mx\\x0a", CHECK_NAME
        )


class TestLint:
    def test_a_sound_plan_is_clean(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        assert run_cli(["lint"], tmp_path) == Ran(0, CLEAN, "")

    def test_the_shipped_plan_has_warnings_only(self) -> None:
        golden = TESTS / "golden" / "lint-shipped-plan.txt"
        expected = Ran(0, golden.read_text(encoding="utf-8"), "")
        assert run_cli(["lint"], REPOSITORY) == expected
        absolute = re.sub("^plan/", f"{SHIPPED_PLAN.as_posix()}/", expected.stdout, flags=re.M)
        ran = run_cli(["lint", "--plan", SHIPPED_PLAN], REPOSITORY)
        assert ran == expected._replace(stdout=absolute)

    def test_warnings_alone_are_no_failure(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "notes.txt", "x")
        assert run_cli(["lint"], tmp_path) == Ran(
            0,
            "plan/notes.txt:1:1: warning KP007 nothing in the plan reads this\n"
            "  hint: Only plan.yaml, owners.yaml and recommendations/ belong here.\n"
            "1 warning in 3 recommendations.\n",
            "",
        )

    def test_an_error_is_a_failure(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        assert run_cli(["lint"], tmp_path) == Ran(1, f"{BLUE}1 error in 4 recommendations.\n", "")

    def test_the_command_prints_what_the_linter_finds(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path, settings=make_settings(audience="", columns=[]))
        add_pink(plan)
        assert run_cli(["lint"], tmp_path) == Ran(1, lint_output(plan), "")

    def test_broken_settings_are_findings(self, tmp_path: Path) -> None:
        write_plan(tmp_path, settings="title: [\n")
        assert run_cli(["lint"], tmp_path) == Ran(
            1,
            "plan/plan.yaml:1:8: error KP003 the [ that opens here is never closed\n"
            "    1 | title: [\n"
            "      |        ^\n"
            "  hint: Close it, or write each entry on a line of its own that begins with '- '.\n"
            "1 error in 3 recommendations.\n",
            "",
        )

    def test_settings_that_are_no_text_are_findings(self, tmp_path: Path) -> None:
        write_plan(tmp_path, settings=os.urandom(64) + b"\xff\x00")
        ran = run_cli(["lint"], tmp_path)
        assert (ran.code, ran.stderr) == (1, "")
        assert ran.stdout.startswith("plan/plan.yaml:")

    @pytest.mark.parametrize(
        ("folder", "path"),
        [
            ("plan", "./"),
            ("plan/recommendations", "../"),
            ("elsewhere/deep", "../../plan/"),
        ],
    )
    def test_paths_are_told_from_where_the_user_is(
        self, folder: str, path: str, tmp_path: Path
    ) -> None:
        add_pink(write_plan(tmp_path))
        (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
        said = BLUE.replace("plan/", path, 1)
        ran = run_cli(["lint"], tmp_path / folder)
        assert ran == Ran(1, f"{said}1 error in 4 recommendations.\n", "")

    @pytest.mark.parametrize("name", ["plan", "."])
    def test_a_plan_can_be_named(self, name: str, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        ran = run_cli(["lint", "--plan", name], tmp_path)
        assert ran == Ran(1, f"{BLUE}1 error in 4 recommendations.\n", "")

    @pytest.mark.parametrize(
        ("paths", "code", "said"),
        [
            (["plan/recommendations/REC4.yaml"], 1, BLUE),
            (["plan/recommendations"], 1, BLUE),
            (["plan/plan.yaml", "plan/recommendations/REC4.yaml"], 1, BLUE),
            (["plan/recommendations/REC1.yaml"], 0, ""),
            (["plan/plan.yaml", "plan/owners.yaml"], 0, ""),
        ],
    )
    def test_only_the_named_files_count(
        self, paths: list[str], code: int, said: str, tmp_path: Path
    ) -> None:
        add_pink(write_plan(tmp_path))
        ran = run_cli(["lint", *paths], tmp_path)
        totals = "1 error" if code else "No problems"
        where = paths[0] if len(paths) == 1 else f"{len(paths)} files"
        assert ran == Ran(code, f"{said}{totals} in {where}.\n", "")

    def test_a_file_can_be_named_from_anywhere(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path / "a")
        add_pink(plan)
        (tmp_path / "b").mkdir()
        ran = run_cli(["lint", "../a/plan/recommendations/REC4.yaml"], tmp_path / "b")
        assert (ran.code, ran.stdout.startswith(f"../a/{BLUE}"), ran.stderr) == (1, True, "")

    @pytest.mark.parametrize(
        "paths",
        [
            ["plan/recommendations/REC99.yaml"],
            ["plan/recommendations/REC1.yaml", "plan/recommendations/REC99.yaml"],
        ],
    )
    def test_a_file_that_is_not_there_is_told(self, paths: list[str], tmp_path: Path) -> None:
        write_plan(tmp_path)
        assert run_cli(["lint", *paths], tmp_path) == stopped(
            "there is no file or folder plan/recommendations/REC99.yaml", CHECK_NAME
        )

    def test_a_file_that_no_plan_reads_is_not_called_sound(self, tmp_path: Path) -> None:
        write_plan(tmp_path)
        write_file(tmp_path / "REC4.yaml", "a: [\n")
        ran = run_cli(["lint", "REC4.yaml"], tmp_path)
        assert ran.code == 2
        assert "REC4.yaml belongs to no plan" in ran.stderr

    @pytest.mark.parametrize("paths", [["plan", "other/plan"], ["plan", "other/plan/owners.yaml"]])
    def test_a_second_plan_is_not_called_sound_unread(
        self, paths: list[str], tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        write_plan(tmp_path / "other", owners="owners: [\n")
        ran = run_cli(["lint", *paths], tmp_path)
        assert ran.code in {1, 2}
        assert "No problems" not in ran.stdout

    def test_nothing_is_written(self, tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
        run_cli(["lint"], tmp_path)
        assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


NASTY_RECORD = make_record(ref="REC4", rag="\x1b[31mpink [red]", section="[red]x[/red]")
NASTY = (
    "plan/recommendations/REC4.yaml:5:6: error KP105 rag '�[31mpink [red]' is not known\n"
    '    5 | rag: "\\u001b[31mpink [red]"\n'
    "      |      ^\n"
    "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
    "not-applicable (does not apply).\n"
    "plan/recommendations/REC4.yaml:5:7: error KP107 the escape \\u001b makes an escape "
    "character (U+001B), which nobody can see\n"
    '    5 | rag: "\\u001b[31mpink [red]"\n'
    "      |       ^\n"
    "  hint: Write the line without it.\n"
    "2 errors in 4 recommendations.\n"
)


class TestStreams:
    def test_terminal_escapes_and_markup_of_a_plan_are_shown_as_text(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "REC4.yaml", NASTY_RECORD)
        assert run_cli(["lint"], tmp_path) == Ran(1, NASTY, "")

    @needs_posix
    def test_terminal_escapes_of_a_file_name_are_shown_escaped(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "\x1b[31m[red]\n.yaml", make_record(ref="REC4"))
        assert run_cli(["lint"], tmp_path) == Ran(
            1,
            "plan/recommendations/\\x1b[31m[red]\\x0a.yaml:1:1: error KP010 Windows allows no "
            "'\\x1b' in a name\n"
            "  hint: Rename the file.\n"
            "plan/recommendations/\\x1b[31m[red]\\x0a.yaml:1:6: error KP502 the ref REC4 is not "
            "the file's name, '\\x1b[31m[red]\\x0a'\n"
            "    1 | ref: REC4\n"
            "      |      ^\n"
            "  hint: Rename the file to REC4.yaml.\n"
            "2 errors in 4 recommendations.\n",
            "",
        )

    @pytest.mark.parametrize(
        ("encoding", "accents"),
        [
            ("utf-8", "é日😀"),
            ("cp1252", "é\\u65e5\\U0001f600"),
            ("latin-1", "é\\u65e5\\U0001f600"),
            ("ascii", "\\xe9\\u65e5\\U0001f600"),
            ("ascii:strict", "\\xe9\\u65e5\\U0001f600"),
        ],
    )
    def test_any_encoding_of_the_terminal_will_do(
        self, encoding: str, accents: str, tmp_path: Path
    ) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="é日😀"))
        name = encoding.partition(":")[0]
        ran = run_cli(["lint"], tmp_path, encoding=name, PYTHONIOENCODING=encoding)
        assert ran == Ran(
            1,
            f"plan/recommendations/REC4.yaml:5:6: error KP105 rag '{accents}' is not known\n"
            f'    5 | rag: "{accents}"\n'
            "      |      ^\n"
            "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
            "not-applicable (does not apply).\n"
            "1 error in 4 recommendations.\n",
            "",
        )

    @pytest.mark.parametrize(
        "variables", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}]
    )
    def test_no_locale_stops_a_command(self, variables: Mapping[str, str], tmp_path: Path) -> None:
        plan = write_plan(tmp_path)
        write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4", rag="é"))
        ran = run_cli(["lint"], tmp_path, **variables)
        assert (ran.code, ran.stderr) == (1, "")
        assert ran.stdout.splitlines()[0].endswith(("rag 'é' is not known", "'\\xe9' is not known"))

    @needs_posix
    def test_a_locale_of_bytes_reads_and_writes_names_that_are_not_ascii(
        self, tmp_path: Path
    ) -> None:
        write_plan(tmp_path / "é")
        variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        assert run_cli(["lint", "--plan", "é"], tmp_path, **variables) == Ran(0, CLEAN, "")

    @needs_posix
    @pytest.mark.parametrize(
        ("variables", "coloured"),
        [
            ({"TERM": "xterm-256color"}, True),
            ({"TERM": "xterm-256color", "NO_COLOR": ""}, True),
            ({"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
            ({"TERM": "xterm-256color", "NO_COLOR": "0"}, False),
            ({"TERM": "dumb"}, False),
        ],
    )
    def test_a_terminal_has_colour_where_it_is_wanted(
        self, variables: Mapping[str, str], coloured: bool, tmp_path: Path
    ) -> None:
        add_pink(write_plan(tmp_path))
        expected = f"{BLUE}1 error in 4 recommendations.\n"
        if coloured:
            for painted in ("error KP105", "^"):
                expected = expected.replace(painted, f"\x1b[31m\x1b[1m{painted}\x1b[0m", 1)
        assert on_terminal(["lint"], tmp_path, variables) == (1, expected)

    @pytest.mark.parametrize(
        "variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}]
    )
    def test_a_pipe_has_no_colour(self, variables: Mapping[str, str], tmp_path: Path) -> None:
        add_pink(write_plan(tmp_path))
        expected = Ran(1, f"{BLUE}1 error in 4 recommendations.\n", "")
        assert run_cli(["lint"], tmp_path, **variables) == expected

    @needs_posix
    def test_a_reader_that_goes_away_after_a_line_ends_us_quietly(self, tmp_path: Path) -> None:
        records = {f"REC{n}": make_record(ref=f"REC{n}", rag="pink") for n in range(1_000)}
        write_plan(tmp_path, records=records)
        process = start(["lint"], tmp_path, stdout=subprocess.PIPE)
        assert process.stdout is not None
        first = process.stdout.readline()
        process.stdout.close()
        assert first.startswith(b"plan/recommendations/REC0.yaml:5:6: error KP105")
        assert ended(process) == (141, b"")

    @needs_posix
    @pytest.mark.parametrize("buffering", ["", "1"])
    @pytest.mark.parametrize(
        "arguments", [["lint"], ["--help"], ["lint", "--help"], ["--version"], ["-V"]]
    )
    def test_a_reader_that_was_never_there_ends_us_quietly(
        self, arguments: list[str], buffering: str, tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        reader, writer = os.pipe()
        os.close(reader)
        try:
            variables = {"PYTHONUNBUFFERED": buffering}
            process = start(arguments, tmp_path, stdout=writer, variables=variables)
        finally:
            os.close(writer)
        assert ended(process) == (141, b"")

    @needs_posix
    def test_a_reader_of_the_errors_that_goes_away_ends_us(self, tmp_path: Path) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            process = start(["lint"], tmp_path, stdout=subprocess.DEVNULL, stderr=writer)
        finally:
            os.close(writer)
        assert ended(process)[0] in {2, 141}

    @needs_posix
    @pytest.mark.skipif(
        signal.getsignal(signal.SIGINT) == signal.SIG_IGN, reason="Ctrl-C is switched off here"
    )
    def test_ctrl_c_ends_us_quietly(self, tmp_path: Path) -> None:
        records = {f"REC{n}": make_record(ref=f"REC{n}", rag="pink") for n in range(2_000)}
        write_plan(tmp_path, records=records)
        process = start(["lint"], tmp_path, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.read(1)
        # What is left is more than the pipe holds, so the process cannot have ended.
        process.send_signal(signal.SIGINT)
        assert ended(process) == (130, b"")

    @pytest.mark.parametrize(
        "variables", [{"PYTHONWARNINGS": "error"}, {"PYTHONDEVMODE": "1"}, {"PYTHONOPTIMIZE": "2"}]
    )
    def test_a_command_gives_python_nothing_to_complain_of(
        self, variables: Mapping[str, str], tmp_path: Path
    ) -> None:
        add_pink(write_plan(tmp_path))
        expected = Ran(1, f"{BLUE}1 error in 4 recommendations.\n", "")
        assert run_cli(["lint"], tmp_path, **variables) == expected

    @needs_posix
    @pytest.mark.parametrize(
        ("arguments", "code"), [(["lint"], 0), (["--version"], 0), (["--help"], 0), (["lnit"], 2)]
    )
    def test_closed_streams_stop_nothing(
        self, arguments: list[str], code: int, tmp_path: Path
    ) -> None:
        write_plan(tmp_path)
        closing = 'exec "$0" -m kimplan "$@" <&- >&- 2>&-'
        done = subprocess.run(
            ["/bin/sh", "-c", closing, sys.executable, *arguments],
            cwd=tmp_path,
            env=cli_environment(),
            timeout=60,
            check=False,
        )
        assert done.returncode == code

    @needs_full_device
    @pytest.mark.parametrize("arguments", [["lint"], ["--help"], ["--version"]])
    def test_a_full_disk_is_one_sentence(self, arguments: list[str], tmp_path: Path) -> None:
        write_plan(tmp_path)
        with open("/dev/full", "wb") as full:
            process = start(arguments, tmp_path, stdout=full.fileno())
        said = b"kimplan: cannot write the output: the disk is full\n"
        assert ended(process) == (2, said)


def start(
    arguments: list[str],
    cwd: Path,
    *,
    stdout: int,
    stderr: int = subprocess.PIPE,
    variables: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kimplan", *arguments],
        cwd=cwd,
        env=cli_environment(**variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Return the exit code of `process` and what it wrote to standard error."""
    with process:
        said = process.stderr.read() if process.stderr else b""
        return process.wait(timeout=60), said


def on_terminal(arguments: list[str], cwd: Path, variables: Mapping[str, str]) -> tuple[int, str]:
    """Return the exit code of a command whose standard output is a terminal, and that output."""
    ours, theirs = os.openpty()
    with open(os.devnull, "rb") as nothing, tempfile.TemporaryFile() as errors:
        wait = start_cli(arguments, cwd, nothing.fileno(), theirs, errors.fileno(), **variables)
        os.close(theirs)
        said = _appears(ours)
        code = wait()
        assert errors.seek(0, os.SEEK_END) == 0
    return code, said.decode("utf-8").replace("\r\n", "\n")


def _appears(terminal: int) -> bytes:
    said = b""
    while True:
        try:
            more = os.read(terminal, 65_536)
        except OSError:  # Linux says so where the last writer has gone
            break
        if not more:
            break
        said += more
    os.close(terminal)
    return said
