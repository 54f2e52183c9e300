"""Long answers on a terminal, and the program that shows them page by page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, run_cli
from test_streams_cli import XTERM, on_terminal

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
LONG = ["list", "--as-of", "2024-05-31"]
# A pager that says what it was given: how many lines, and its environment.
_SCRIPT = """import os, sys
text = sys.stdin.read()
print("paged", len(text) > 0, text.count("\\x1b]8"), os.environ["LESS"])
"""


def pager(folder: Path) -> str:
    script = folder / "pager.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    return f"'{sys.executable}' '{script}'"


def plain() -> str:
    return on_terminal([*LONG, "--no-pager"], REPOSITORY, 80, XTERM)[1]


def test_a_long_answer_goes_through_the_pager(tmp_path: Path) -> None:
    own = pager(tmp_path)
    for variables in ({"PAGER": own}, {"KIMPLAN_PAGER": own, "PAGER": "false"}):
        assert on_terminal(LONG, REPOSITORY, 80, XTERM | variables) == (0, "paged True 0 FRX\n")
    ran = on_terminal(LONG, REPOSITORY, 80, XTERM | {"PAGER": own, "LESS": "R"})
    assert ran == (0, "paged True 0 R\n")
    for words in (["show", "REC6", "REC8"], ["help", "update"], ["rule"], ["rule", "KP6"]):
        assert on_terminal(words, REPOSITORY, 80, XTERM | {"PAGER": own})[1].startswith("paged")


@pytest.mark.parametrize(
    "variables", [{"PAGER": ""}, {"PAGER": "cat"}, {"KIMPLAN_PAGER": ""}, {"PAGER": "no-such"},
                  {"PAGER": "'"}, {"PAGER": "/"}],
)  # fmt: skip
def test_without_a_pager_all_is_shown(variables: dict[str, str]) -> None:
    shown = plain()
    assert shown.count("\n") > 24
    assert on_terminal(LONG, REPOSITORY, 80, XTERM | variables) == (0, shown)


def test_what_is_short_or_no_answer_has_none(tmp_path: Path) -> None:
    own = {"PAGER": pager(tmp_path)}
    for words in (["lint"], ["check", "--as-of", "2024-05-31"], [*LONG, "--section", "repairs"]):
        assert "paged" not in on_terminal(words, REPOSITORY, 80, XTERM | own)[1]
    assert run_cli(LONG, REPOSITORY, **own) == run_cli(LONG, REPOSITORY)
    assert "paged" not in on_terminal(LONG, REPOSITORY, 80, {"TERM": "dumb"} | own)[1]


def test_a_pager_that_is_left_early_is_no_mistake() -> None:
    assert on_terminal(LONG, REPOSITORY, 80, XTERM | {"PAGER": "true"}) == (0, "")
    assert on_terminal(LONG, REPOSITORY, 80, XTERM | {"PAGER": "false"}) == (0, "")


def test_the_exit_code_is_the_commands(tmp_path: Path) -> None:
    words = ["overdue", "--as-of", "2024-05-31", "--within", "400d", "--check"]
    code, said = on_terminal(words, REPOSITORY, 60, XTERM | {"PAGER": pager(tmp_path)})
    assert (code, said.startswith("paged")) == (1, True)


def test_no_shell_reads_the_pagers_name(tmp_path: Path) -> None:
    file = tmp_path / "made"
    on_terminal(LONG, REPOSITORY, 80, XTERM | {"PAGER": f"cat; touch {file}"})
    assert not file.exists()
