"""The answers on real terminals, in pipes and in any encoding."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, cli_environment, make_record, run_cli, start_cli, write_plan

from kimplan.formatters.width import width_of

DAY = ["--as-of", "2024-05-31"]
ANSWERS = [
    ["overdue", *DAY, "--within", "90d"],
    ["overdue", *DAY, "--by", "owner"],
    ["summary", *DAY],
    ["list", *DAY],
    ["show", "REC6", "REC8", *DAY],
]
COMMANDS = [*ANSWERS, ["rule"], ["rule", "KP301"]]


def named(command: list[str]) -> str:
    return "-".join(word for word in command if word not in DAY)


XTERM = {"TERM": "xterm-256color"}
ESCAPE = re.compile(r"\x1b(?:\[[0-9;]*m|\]8;(?:id=[0-9]+)?;[!-~]*\x1b\\)")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes or terminals")


def on_terminal(
    arguments: list[str],
    cwd: Path,
    width: int,
    variables: Mapping[str, str],
    typed: str = "",
) -> tuple[int, str]:
    """Return the exit code of a command on a terminal of that width, and what appears there.

    What is `typed` waits there for it; ``\\x04`` ends the input.
    """
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    os.write(ours, typed.encode())
    wait = start_cli(arguments, cwd, theirs, theirs, theirs, **{"PAGER": "cat", **variables})
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 65_536)
        except OSError:  # Linux says so where the last writer has gone
            break
        if not more:
            break
        said += more
    os.close(ours)
    return wait(), said.decode("utf-8").replace("\r\n", "\n")


def hostile_plan(folder: Path) -> None:
    record = make_record(
        ref="REC1",
        title="[red]x[/red] :smile: [link=https://x.example]y[/link]",
        response="A [site](https://example.org/%1b%5d) and [red]this[/red].\n\n- :smile:",
        due="2024-03",
        evidence=[{"title": "[bold]Register", "link": "https://example.org/é"}],
        rag="amber",
    )
    write_plan(folder, records={"REC1": record}, owners="owners: [{role: Company Secretary}]\n")


@needs_posix
class TestTerminals:
    @pytest.mark.parametrize("width", [40, 80, 200])
    @pytest.mark.parametrize("command", ANSWERS, ids=named)
    def test_no_line_is_wider_than_the_terminal(self, command: list[str], width: int) -> None:
        code, said = on_terminal(command, REPOSITORY, width, XTERM)
        assert code == 0
        assert "\x1b[" in said
        seen = ESCAPE.sub("", said)
        assert "\x1b" not in seen
        assert max(map(width_of, seen.splitlines())) <= width
        if command[0] in {"overdue", "list"} and width > 40:
            assert max(map(width_of, seen.splitlines())) > 0.8 * width

    @pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"NO_COLOR": "0"}])
    @pytest.mark.parametrize("command", ANSWERS, ids=named)
    def test_without_colour_the_layout_stays(
        self, command: list[str], variables: Mapping[str, str]
    ) -> None:
        _, coloured = on_terminal(command, REPOSITORY, 80, XTERM)
        code, plain = on_terminal(command, REPOSITORY, 80, {**XTERM, **variables})
        assert code == 0
        assert "\x1b" not in plain

        def words(text: str) -> list[str]:
            return [line.rstrip() for line in ESCAPE.sub("", text).splitlines()]

        assert words(plain) == words(coloured)

    @pytest.mark.parametrize("term", ["dumb", "unknown", "DUMB"])
    def test_a_dumb_terminal_has_plain_text(self, term: str) -> None:
        command = ["overdue", *DAY]
        code, said = on_terminal(command, REPOSITORY, 80, {"TERM": term})
        assert (code, said) == (0, run_cli(command, REPOSITORY).stdout)

    @pytest.mark.parametrize("command", ANSWERS, ids=named)
    def test_colour_that_is_forced_is_what_a_terminal_shows(self, command: list[str]) -> None:
        _, shown = on_terminal(command, REPOSITORY, 80, XTERM)
        for variables in ({"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
            assert run_cli(command, REPOSITORY, **variables).stdout == shown
        assert on_terminal(command, REPOSITORY, 80, {"TERM": "dumb", "FORCE_COLOR": "1"}) == (
            0,
            shown,
        )
        assert run_cli([*command, "--color", "always"], REPOSITORY, NO_COLOR="1").stdout == shown

    @pytest.mark.parametrize(
        ("words", "variables"),
        [
            ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}),
            ([], {"CLICOLOR_FORCE": "0"}),
            ([], {"FORCE_COLOR": ""}),
            (["--color", "never"], {"FORCE_COLOR": "1"}),
        ],
    )
    def test_what_turns_colour_off_wins(self, words: list[str], variables: dict[str, str]) -> None:
        command = ["overdue", *DAY]
        plain = run_cli(command, REPOSITORY)
        assert run_cli([*words, *command], REPOSITORY, **variables) == plain
        assert "\x1b" not in on_terminal(["--color=never", *command], REPOSITORY, 80, XTERM)[1]

    @pytest.mark.parametrize("variables", [XTERM, {**XTERM, "NO_COLOR": "1"}])
    def test_markup_in_a_plan_is_shown_as_it_is(
        self, variables: Mapping[str, str], tmp_path: Path
    ) -> None:
        hostile_plan(tmp_path)
        for command in (["overdue", *DAY], ["list", *DAY], ["show", "REC1", *DAY]):
            _, said = on_terminal(command, tmp_path, 200, variables)
            seen = ESCAPE.sub("", said)
            assert "[red]x[/red] :smile: [link=https://x.example]y[/link]" in seen
            assert "\x1b" not in seen
        assert "[bold]Register (https://example.org/é)" in seen

    def test_controls_in_a_plan_never_reach_a_terminal(self, tmp_path: Path) -> None:
        bad = make_record(ref="REC2", title="a\x1b[31mb\u202ec", rag="\x1b]8;;https://x\x1b\\y")
        write_plan(tmp_path, records={"REC1": make_record(), "REC2": bad})
        for command in (["overdue"], ["list"], ["show", "REC2"], ["show", "\x1b[31m"]):
            code, said = on_terminal([*command, *DAY], tmp_path, 80, XTERM)
            assert code in {1, 2}
            assert not re.search(
                "[\x1b\u202e]", ESCAPE.sub("", said).replace("\x1b[31m\x1b[1m", "")
            )
            assert "\x1b]8;;https" not in said

    def test_an_error_has_its_sentence_on_a_terminal(self, tmp_path: Path) -> None:
        assert on_terminal(["show", "x"], REPOSITORY, 80, XTERM) == (
            2,
            "kimplan: there is no recommendation 'x'\n  hint: kimplan list shows what there is.\n",
        )


@needs_posix
class TestPipes:
    @pytest.mark.parametrize("buffering", ["", "1"])
    @pytest.mark.parametrize("command", COMMANDS, ids=named)
    def test_a_reader_that_has_gone_ends_us_quietly(
        self, command: list[str], buffering: str
    ) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "kimplan", *command],
                cwd=REPOSITORY,
                env=cli_environment(PYTHONUNBUFFERED=buffering),
                stdin=subprocess.DEVNULL,
                stdout=writer,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        finally:
            os.close(writer)
        assert (done.returncode, done.stderr) == (141, b"")

    def test_a_reader_that_goes_after_a_line_ends_us_quietly(self, tmp_path: Path) -> None:
        records = {f"REC{n}": make_record(ref=f"REC{n}") for n in range(1, 1_001)}
        write_plan(tmp_path, records=records)
        with subprocess.Popen(
            [sys.executable, "-m", "kimplan", "list"],
            cwd=tmp_path,
            env=cli_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            first = process.stdout.readline()
            process.stdout.close()
            assert first.startswith(b"Ref")
            errors = process.stderr.read()
            assert process.wait(timeout=60) == 141
        assert b"Traceback" not in errors

    @pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    @pytest.mark.parametrize("command", COMMANDS, ids=named)
    def test_closed_streams_stop_nothing(self, command: list[str], closing: str) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$0" -m kimplan "$@" {closing}', sys.executable, *command],
            cwd=REPOSITORY,
            env=cli_environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert bool(done.stdout) == (">&-" not in closing.replace("2>&-", ""))

    def test_no_terminal_at_all_is_no_trouble(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "kimplan", "overdue", *DAY],
            cwd=REPOSITORY,
            env=cli_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            start_new_session=True,
        )
        assert (done.returncode, done.stderr) == (0, b"")


@lru_cache
def in_utf_8(*command: str) -> Ran:
    return run_cli(command, REPOSITORY, encoding="utf-8", PYTHONIOENCODING="utf-8")


class TestEncodings:
    @pytest.mark.parametrize("command", COMMANDS, ids=named)
    @pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1", "cp437", "utf-16"])
    def test_any_encoding_shows_whole_letters(self, command: list[str], encoding: str) -> None:
        ran = run_cli(command, REPOSITORY, encoding=encoding, PYTHONIOENCODING=encoding)
        whole = in_utf_8(*command)
        assert (ran.code, ran.stderr) == (whole.code, whole.stderr) == (0, "")
        assert not re.search(r"\\u|\\x|\?\?|\ufffd", ran.stdout)
        assert ran.stdout.count("\n") == whole.stdout.count("\n")

    def test_an_ascii_console_gets_plain_letters(self) -> None:
        ran = run_cli(["summary", *DAY], REPOSITORY, encoding="ascii", PYTHONIOENCODING="ascii")
        assert "AMBER               10  ##########  6 overdue\n" in ran.stdout
        ran = run_cli(["overdue", *DAY], REPOSITORY, encoding="ascii", PYTHONIOENCODING="ascii")
        assert "December 2023 -  " in ran.stdout

    @pytest.mark.parametrize(
        "variables",
        [
            {"LC_ALL": "C"},
            {"LC_ALL": "POSIX", "PYTHONUTF8": "0"},
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ],
    )
    def test_no_locale_stops_an_answer(self, variables: Mapping[str, str], tmp_path: Path) -> None:
        write_plan(tmp_path, records={"REC1": make_record(title="Café – 日本")})
        for form in ("text", "markdown", "json"):
            ran = run_cli(["list", *DAY, "--format", form], tmp_path, **variables)
            assert (ran.code, ran.stderr) == (1, "") or (ran.code == 0 and ran.stdout)
            assert "Traceback" not in ran.stderr

    def test_json_is_read_the_same_from_any_console(self, tmp_path: Path) -> None:
        title = "Café – 日本 “x” \\ 😀 [red]"
        write_plan(tmp_path, records={"REC1": make_record(title=title)}, owners=None)
        for encoding in ("utf-8", "cp1252", "ascii"):
            ran = run_cli(
                ["show", "REC1", "--format", "json"],
                tmp_path,
                encoding=encoding,
                PYTHONIOENCODING=encoding,
            )
            assert json.loads(ran.stdout)["recommendations"][0]["title"] == title


class TestImports:
    HEAVY = ("rich", "docx", "lxml", "xlsxwriter")

    def modules(self, arguments: list[str]) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "kimplan", *arguments],
            cwd=REPOSITORY,
            env=cli_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
        return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines} | {
            line.rpartition("|")[2].strip() for line in lines
        }

    @pytest.mark.parametrize(
        "command", [*COMMANDS, ["overdue", *DAY, "--format", "json"]], ids=named
    )
    def test_off_a_terminal_nothing_heavy_is_loaded(self, command: list[str]) -> None:
        modules = self.modules(command)
        assert "kimplan.cli.app" in modules
        assert modules.isdisjoint(self.HEAVY)

    @pytest.mark.parametrize(
        "command", [[], ["overdue"], ["summary"], ["list"], ["show"], ["rule"]]
    )
    def test_help_loads_neither_the_model_nor_a_reader(self, command: list[str]) -> None:
        modules = self.modules([*command, "--help"])
        assert "kimplan.cli.app" in modules
        assert modules.isdisjoint(
            {*self.HEAVY, "ruamel", "_ruamel_yaml", "markdown_it", "kimplan.model",
             "kimplan.source", "kimplan.loader", "kimplan.linter", "kimplan.rules",
             "kimplan.answers"}
        )  # fmt: skip


def test_an_answer_is_the_same_twice() -> None:
    for command in COMMANDS:
        first: Ran = run_cli(command, REPOSITORY)
        assert run_cli(command, REPOSITORY) == first


TABLE = """Ref,Recommendation,Response,RAG,Due,Lead
1,Review the policy on damp.,We have begun.,Amber,"We hope to have this done by some time in \
spring 2025, subject to agreement and funding",Head of Repairs
2,Train the staff in it.,We have begun.,Amber,TBC,Head of Repairs
"""


@needs_posix
class TestQuestions:
    """What is asked on a terminal."""

    def run(self, folder: Path, arguments: list[str], typed: str) -> tuple[int, str]:
        return on_terminal(arguments, folder, 80, XTERM, typed)

    def table(self, folder: Path) -> list[str]:
        (folder / "t.csv").write_text(TABLE.replace("\\\n", ""), encoding="utf-8")
        return ["import", "t.csv", "--organisation", "Example Homes", "--answers", "a.yaml"]

    def test_what_is_typed_is_kept_for_the_next_run(self, tmp_path: Path) -> None:
        command = self.table(tmp_path)
        code, said = self.run(tmp_path, command, "perhaps\nMarch 2025\n\n")
        assert code == 1, said
        shown = said.replace("  answer: ", "\n")  # behind which a terminal shows what is typed
        assert max(map(width_of, shown.split("\n"))) <= 80
        kept = (tmp_path / "a.yaml").read_text(encoding="utf-8")
        assert '"2/due": "March 2025"\n' in kept
        assert '"1/due": ""\n' in kept
        code, said = self.run(tmp_path, command, "May 2025\n")
        assert code == 0, said
        assert "due: 2025-05\n" in (tmp_path / "plan/recommendations/1.yaml").read_text("utf-8")
        assert "due: 2025-03\n" in (tmp_path / "plan/recommendations/2.yaml").read_text("utf-8")

    def test_an_answer_takes_the_place_of_an_empty_one(self, tmp_path: Path) -> None:
        command = self.table(tmp_path)
        assert run_cli(command, tmp_path).code == 1
        before = (tmp_path / "a.yaml").read_text(encoding="utf-8")
        code, said = self.run(tmp_path, command, "\nMarch 2025\n\n")
        assert code == 1, said
        after = (tmp_path / "a.yaml").read_text(encoding="utf-8")
        assert after == before.replace('"2/due": ""', '"2/due": "March 2025"')

    def test_the_end_of_the_input_writes_nothing(self, tmp_path: Path) -> None:
        code, said = self.run(tmp_path, self.table(tmp_path), "\n\x04")
        assert code == 2, said
        assert "kimplan: nobody answered; nothing is written\n" in said
        assert [file.name for file in tmp_path.iterdir()] == ["t.csv"]

    def test_init_asks_again_for_what_is_no_answer(self, tmp_path: Path) -> None:
        command = ["init", "our", "--no-git"]
        code, said = self.run(tmp_path, command, "\nExample Homes\n\ngithab\nGitLab\n")
        assert code == 0, said
        assert "  it is needed\n" in said
        assert "  'githab' is none of these\n" in said
        assert (tmp_path / "our/.gitlab-ci.yml").is_file()


@needs_posix
def test_what_is_said_comes_in_its_order_where_python_does_not_buffer(tmp_path: Path) -> None:
    command = ["init", "our", "--organisation", "X", "--title", "Y", "--forge", "gitlab"]
    unbuffered = {**XTERM, "PYTHONUNBUFFERED": "1"}
    code, said = on_terminal([*command, "--no-git"], tmp_path, 80, unbuffered)
    assert code == 0, said
    assert said.index("Wrote ") < said.index("nothing is committed") < said.index("Next:")
