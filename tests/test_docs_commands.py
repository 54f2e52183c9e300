"""Every command that README.md and docs/ show is typed as it stands there, in its order.

``pytest tests/test_docs_commands.py --update-golden`` writes anew what the pages show of output.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sysconfig
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import desks
import pytest
import typer
from conftest import NO_UPKEEP, Ran, cli_environment
from documents import PAGES, Command, blocks, commands, is_command
from new_plans import make_home

from kimplan.cli.app import COMMANDS, commands_of, make_app
from kimplan.cli.shared_options import OPTIONS, SHARED

needs_sh = pytest.mark.skipif(os.name == "nt", reason="the lines are typed into sh")
DAY = "2024-05-31"  # today, in what the pages show

# What a page takes for granted; where none is named, the shipped plan with its history.
DESKS: dict[str, desks.Desk] = {
    "docs/begin.md": desks.with_word_table,
    "docs/command-line.md": desks.with_drafts,
    "docs/dashboard.md": desks.with_landlords,
    "docs/forms.md": desks.empty,
    "docs/import.md": desks.with_word_table,
    "docs/merge.md": desks.with_edited_copies,
    "docs/owners.md": desks.with_owners_date,
    "docs/plan-format.md": desks.with_own_field,
    "docs/publishing.md": desks.with_landlords,
    "docs/report.md": desks.before_the_first_meeting,
    "docs/secretary.md": desks.with_own_field,
    "docs/several-plans.md": desks.with_landlords,
    "docs/upgrade.md": desks.begun,
}

# Pages that show commands to those who work on kimplan itself, or measure it.
INTERNAL = {"docs/architecture.md", "docs/performance.md"}
SILENT = {"docs/wording.md"}  # shows no command

# What cannot be run here, with the reason; its shape is looked at all the same.
INDEX = "asks a package index"
GITHUB = "asks GitHub"
SERVER = "sends mail"
WINDOWS = "is for Windows alone"
OFFICE = "needs LibreOffice and poppler, and takes long"
_VENV = "python3 -m venv .venv && .venv/bin/pip install --quiet"
_PY = "py -m venv .venv && .venv\\Scripts\\pip install --quiet"
NOT_RUN: dict[tuple[str, str], str] = {
    ("README.md", f"{_VENV} . && .venv/bin/kimplan report"): f"{INDEX}; .ci/run runs it",
    ("README.md", f"{_PY} . && .venv\\Scripts\\kimplan report"): WINDOWS,
    ("README.md", "uv tool install ."): INDEX,
    ("README.md", "uv tool update-shell"): "changes the user's shell",
    ("README.md", f'{_VENV} --editable ".[test]" && .venv/bin/pytest'): f"{INDEX}; .ci/run runs it",
    ("README.md", f'{_PY} --editable ".[test]" && .venv\\Scripts\\pytest'): WINDOWS,
    ("docs/begin.md", "winget install --id astral-sh.uv --exact"): WINDOWS,
    ("docs/begin.md", "winget install --id Git.Git --exact"): WINDOWS,
    ("docs/begin.md", "uv tool install ."): INDEX,
    ("docs/begin.md", "uv tool update-shell"): "changes the user's shell",
    ("docs/begin.md", "pipx install ."): INDEX,
    ("docs/begin.md", "pipx ensurepath"): "changes the user's shell",
    ("docs/begin.md", "git push --set-upstream origin HEAD"): "pushes to a forge",
    (
        "docs/begin.md",
        "gh attestation verify kimplan-0.1.0-windows-x86_64.exe --repo OWNER/kimplan",
    ): GITHUB,
    ("docs/remind.md", "kimplan remind --send --ledger sent.jsonl"): SERVER,
    (
        "docs/remind.md",
        'cmd /c "cd /d C:\\plan && git pull --quiet && kimplan remind --send --yes --sparing '
        '--ledger C:\\plan-sent.jsonl"',
    ): WINDOWS,
    ("docs/report.md", "soffice --headless --convert-to pdf report.docx"): OFFICE,
    ("docs/report.md", "pdftoppm -r 80 -f 1 -l 1 -png report.pdf page"): OFFICE,
}

# How commands among the words of a page end where that is not with 0, with the reason.
_ASKS = 2, "asks for the organisation, which nobody can be asked here"
ENDS: dict[tuple[str, str], tuple[int, str]] = {
    ("docs/command-line.md", "kimplan lint -"): (2, "nothing is typed into it"),
    ("docs/forms.md", "kimplan init --forge github"): _ASKS,
    ("docs/secretary.md", "kimplan init --forge github"): _ASKS,
    ("docs/secretary.md", "kimplan codeowners --check"): (1, "there is no CODEOWNERS yet"),
    ("docs/several-plans.md", "kimplan check --plans landlords"): (1, "something is overdue"),
    ("docs/update.md", "kimplan owners list"): (1, "the next recommendation has no date yet"),
    ("docs/update.md", "kimplan update REC6"): (2, "says the command without what to change"),
}

# A word that stands for another one. What holds one is not run; its options are looked at.
PLACEHOLDER = re.compile(r"\b(CODE|DATE|FILE|FOLDER|NAME|OLD|REF|ROLE)\b|…")
NEEDS_MORE = re.compile(r" --(base|forge|from)$")


def is_typed(page: str, command: Command) -> bool:
    """Return whether a command is run: one among words is, if it is whole and says more."""
    if (page, command.text) in NOT_RUN:
        return False
    if not command.is_inline:
        return True
    text = command.text
    if not text.startswith("kimplan "):
        return False
    is_whole = not PLACEHOLDER.search(text) and not NEEDS_MORE.search(text)
    return is_whole and text.count(" ") > 1 and page not in INTERNAL


class Desk:
    """A shell in a folder that has what a page takes for granted."""

    def __init__(self, page: str, folder: Path) -> None:
        self.folder = folder / "desk"
        self.folder.mkdir()
        DESKS.get(page, desks.board)(self.folder)
        self._first, self._place = self.folder, folder / "place"
        scripts = f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"
        more = {"HOME": make_home(folder), "PATH": scripts, "COLUMNS": "80", "SHELL": "/bin/bash"}
        self._environment = cli_environment(**NO_UPKEEP, **more)
        del self._environment["GIT_CONFIG_GLOBAL"]

    def type(self, line: str, *, is_anew: bool = False) -> Ran:
        """Run a line as it stands, in the folder where the last one has led, or in the first."""
        self.folder = self._first if is_anew else self.folder
        done = subprocess.run(
            ["sh", "-c", f'{line}\nended=$?\npwd >"$0"\nexit $ended', str(self._place)],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        self.folder = Path(self._place.read_text(encoding="utf-8").rstrip("\n"))
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def printed(ran: Ran) -> str:
    """Return what a page shows of a run: both outputs, as if it were typed on the page's day."""
    return (ran.stdout + ran.stderr).replace(f"{datetime.now(tz=UTC):%Y-%m-%d}", DAY)


@needs_sh
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_do_what_the_page_says(
    page: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    found = [one for one in commands(PAGES[page]) if is_typed(page, one)]
    desk = Desk(page, tmp_path)
    shown: list[tuple[tuple[int, int], str]] = []
    for command in found:
        code = ENDS[page, command.text][0] if (page, command.text) in ENDS else command.code
        ran = desk.type(command.text, is_anew=command.is_anew)
        assert ran.code == code, f"{command.text}\n{ran.stderr or ran.stdout}"[:2000]
        if command.prints is not None:
            shown.append((command.lines, printed(ran)))
            if not request.config.getoption("--update-golden"):
                assert printed(ran) == command.prints
    if shown and request.config.getoption("--update-golden"):
        _write(PAGES[page], shown)


def _write(page: Path, shown: list[tuple[tuple[int, int], str]]) -> None:
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for (first, last), text in reversed(shown):
        lines[first:last] = [text]
    page.write_text("".join(lines), encoding="utf-8", newline="\n")


def test_something_is_typed_on_most_pages() -> None:
    typed = {page: [one for one in commands(PAGES[page]) if is_typed(page, one)] for page in PAGES}
    assert {page for page in PAGES if not typed[page]} == INTERNAL | SILENT
    assert sum(map(len, typed.values())) > 100


def test_what_is_not_run_is_still_there() -> None:
    there = {(page, one.text) for page in PAGES for one in commands(PAGES[page])}
    assert NOT_RUN.keys() | ENDS.keys() <= there
    assert all(NOT_RUN.values())
    assert len(NOT_RUN) <= 24


@needs_sh
@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_run_is_sound_for_a_shell(page: str) -> None:
    scripts = ["\n".join(one) for one in blocks(PAGES[page]) if one[0].startswith("#!/bin/sh")]
    for line in (*scripts, *(text for name, text in NOT_RUN if name == page)):
        done = subprocess.run(["sh", "-n", "-c", line], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), line


# Blocks that show neither commands nor YAML, by their first lines.
SHOWN = {
    "docs/command-line.md": ["report=$(kimplan report --quiet)"],
    "docs/forms.md": ["- uses: actions/create-github-app-token@FULL-NAME-OF-A-COMMIT"],
    "docs/formats.md": ["::error file="],
    "docs/import.md": ["# date-unclear: the source says", "# due: to decide; the source says"],
    "docs/plan-format.md": ["plan/"],
    "docs/publishing.md": ["kimplan: not for publication: REC9"],
    "docs/remind.md": ["kimplan: sent: ann@example.org", "#!/bin/sh"],
    "docs/update.md": ['{"ref": "REC6", "due":'],
}


@pytest.mark.parametrize("page", PAGES)
def test_every_line_of_a_block_is_a_command(page: str) -> None:
    others = [block for block in blocks(PAGES[page]) if not all(map(is_command, block))]
    assert len(others) == len(SHOWN.get(page, []))
    for block, first in zip(others, SHOWN.get(page, []), strict=True):
        assert block[0].startswith(first)


# What installs kimplan, or what it needs, has one of these shapes. They were tried by hand, but for
# winget's, which is for Windows.
INSTALLS = re.compile(
    r"uv tool (?:install(?: --reinstall)? \.|update-shell)"
    r"|pipx (?:install(?: --force)? \.|ensurepath)"
    r"|pip install --upgrade \.|pip install --quiet \"\$BUILD_SOURCESDIRECTORY/kimplan\""
    r"|winget install --id [\w.-]+ --exact"
)


@pytest.mark.parametrize("page", PAGES)
def test_what_installs_has_a_known_shape(page: str) -> None:
    lines = [one.text for one in commands(PAGES[page])]
    installing = [line for line in lines if re.match(r"(?:uv|pip|pipx|winget) ", line)]
    assert [line for line in installing if not INSTALLS.fullmatch(line)] == []


# The options


def _options() -> dict[str, set[str]]:
    """Return the options of each command by its words, such as ``export html``."""
    found = {"": {opt for one in OPTIONS for opt in one.opts}, "help": set()}
    shared = {opt for one in SHARED for opt in one.opts}
    names = [
        [name, *more] for name in COMMANDS for more in ([], *([one] for one in commands_of(name)))
    ]
    for words in (one for one in names if one != ["help"]):
        command: Any = typer.main.get_command(make_app(words))
        for word in words:
            command = command.commands[word]
        own = {opt for one in command.params for opt in (*one.opts, *one.secondary_opts)}
        found[" ".join(words)] = shared | own
    return found


def _unknown(text: str, known: dict[str, set[str]]) -> Iterator[str]:
    words = shlex.split(text.replace("…", "x"), comments=True)[1:]
    name = words[0] if words and not words[0].startswith("-") else ""
    name = " ".join(words[:2]) if " ".join(words[:2]) in known else name
    if name not in known:
        yield name
        return
    for word in words:
        option = word.partition("=")[0]
        if option.startswith("-") and len(option) > 1 and option not in known[name] | {"--help"}:
            yield option


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_that_a_page_names_exist(page: str) -> None:
    known = _options()
    shown = [one for one in commands(PAGES[page]) if one.code != 2]  # 2: a mistake, shown as one
    named = [one.text for one in shown if one.text.startswith("kimplan ")]
    assert {text: [*_unknown(text, known)] for text in named if [*_unknown(text, known)]} == {}
