"""``kimplan rule`` as its users meet it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, cli_environment, run_cli
from markdown_it import MarkdownIt

from kimplan.formatters.rules import format_text
from kimplan.rules import Rule
from kimplan.rules.all_rules import ALL_RULES

CODES = [rule.code for rule in ALL_RULES]


def heads(text: str) -> list[str]:
    return re.findall(r"^(KP[0-9]{3})  (?:error|warning|info)", text, re.MULTILINE)


@pytest.mark.parametrize("code", ["KP301", "kp301", " Kp301 "])
def test_a_code_is_explained(code: str, tmp_path: Path) -> None:
    ran = run_cli(["rule", code], tmp_path)
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith(
        "KP301  error (cannot be ignored)\nAn open recommendation has no due date.\n\n"
    )
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_a_prefix_explains_its_family(tmp_path: Path) -> None:
    ran = run_cli(["rule", "kp7"], tmp_path)
    assert heads(ran.stdout) == [code for code in CODES if code.startswith("KP7")]
    assert "\n\nKP702  " in ran.stdout


@pytest.mark.parametrize(
    "codes", [["KP301", "KP201"], ["KP301,kp201"], ["KP301", "KP201", "KP301"]]
)
def test_several_codes_are_explained_once_each(codes: list[str], tmp_path: Path) -> None:
    assert heads(run_cli(["rule", *codes], tmp_path).stdout) == ["KP301", "KP201"]


def test_without_a_code_there_is_a_line_for_each(tmp_path: Path) -> None:
    ran = run_cli(["rule"], tmp_path)
    assert (ran.code, ran.stderr) == (0, "")
    assert re.findall(r"^  (KP[0-9]{3}) ", ran.stdout, re.MULTILINE) == CODES
    assert max(map(len, ran.stdout.splitlines())) <= 80


@pytest.mark.parametrize("rule", ALL_RULES, ids=CODES)
def test_every_explanation_fits(rule: type[Rule]) -> None:
    for line in format_text([rule]).splitlines():
        assert len(line) <= 80 or line.startswith("    ") or " " not in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["KP999"], "'KP999' is no code\n  hint: Did you mean '"),
        (["301"], "'301' is no code\n  hint: Did you mean 'KP301'?\n"),
        (["xyz"], "'xyz' is no code\n  hint: kimplan rule lists the codes.\n"),
        ([""], "'' is no code\n  hint: kimplan rule lists the codes.\n"),
        (["KP301,"], "'' is no code\n  hint: kimplan rule lists the codes.\n"),
        (["\x1b[31m"], "'\\x1b[31m' is no code\n  hint: kimplan rule lists the codes.\n"),
        (
            ["KP301", "--format", "jsno"],
            "--format 'jsno' is not known\n  hint: Did you mean 'json'?",
        ),
        (
            ["--format", "xml"],
            "--format 'xml' is not known\n  hint: Known: text, markdown, json.\n",
        ),
    ],
)
def test_a_slip_is_a_sentence(arguments: list[str], said: str, tmp_path: Path) -> None:
    ran = run_cli(["rule", *arguments], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"kimplan: {said}")


@pytest.mark.parametrize(("arguments", "codes"), [([], CODES), (["KP301"], ["KP301"])])
def test_json_holds_what_the_rules_say(
    arguments: list[str], codes: list[str], tmp_path: Path
) -> None:
    ran = run_cli(["rule", *arguments, "--format", "json"], tmp_path)
    data = json.loads(ran.stdout)
    assert data["version"] == 1
    assert [rule["code"] for rule in data["rules"]] == codes
    by_code = {rule.code: rule for rule in ALL_RULES}
    for found in data["rules"]:
        rule = by_code[found["code"]]
        assert found == {
            "code": rule.code,
            "severity": rule.severity,
            "title": rule.title(),
            "explanation": rule.explanation(),
            "can_be_ignored": rule.can_be_ignored,
        }


def test_the_page_of_the_codes_is_what_the_command_prints(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert run_cli(["rule", "--format", "markdown"], tmp_path) == Ran(0, page, "")


def test_the_page_is_markdown_with_a_heading_for_each_code(tmp_path: Path) -> None:
    page = run_cli(["rule", "--format", "markdown"], tmp_path).stdout
    tokens = MarkdownIt("commonmark").parse(page)
    headings = [
        inline.content
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.tag == "h3"
    ]
    assert headings == CODES
    assert not any(token.type in {"html_block", "code_block"} for token in tokens)


def test_one_code_as_markdown_is_not_the_whole_page(tmp_path: Path) -> None:
    ran = run_cli(["rule", "KP301", "--format", "markdown"], tmp_path)
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("## KP3: Ratings and evidence\n\n### KP301\n\n")
    assert ran.stdout.count("### KP") == 1


def test_the_rules_are_explained_without_a_model_or_a_parser(tmp_path: Path) -> None:
    """Both take longer than all else that an explanation needs."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys, kimplan.formatters.rules; print(*sys.modules)"],
        cwd=tmp_path,
        env=cli_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "kimplan.rules" in loaded
    assert loaded.isdisjoint({"pydantic", "pydantic_core", "ruamel", "ruamel.yaml", "tomllib"})
