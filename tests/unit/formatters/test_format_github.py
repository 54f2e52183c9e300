from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hostile_findings import ANY_FINDINGS, ANY_TEXT, ERROR, HOSTILE, INFO, WARNING, hostile
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.formatters.findings import errors_first
from kimplan.formatters.github import MOST_BYTES, MOST_ROWS, format_github, format_github_summary

NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
COMMAND = re.compile(r"::([a-z]+) ([^:]*)::(.*)")
MARKDOWN = MarkdownIt("commonmark").enable("table")


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def unescape(text: str, *tokens: str) -> str:
    """Undo the escapes as GitHub's runner does: the percent sign last."""
    for token in (*tokens, "\r", "\n", "%"):
        text = text.replace(f"%{ord(token):02X}", token)
    return text


def parse(line: str) -> Command:
    """Read a workflow command as GitHub's runner does."""
    found = COMMAND.fullmatch(line.lstrip())
    assert found is not None
    name, properties, data = found.groups()
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    values = {key: unescape(value, ":", ",") for key, value in pairs}
    return Command(name, values, unescape(data))


def commands(text: str) -> list[Command]:
    """Return what GitHub's runner would do: all lines that begin with two colons."""
    return [parse(line) for line in text.split("\n") if line.lstrip().startswith("::")]


def shown(text: str) -> str:
    return re.sub(r"#(?=#\w*\[)", r"\\x23", make_visible(text), flags=re.ASCII)


def lines_of(found: Diagnostic) -> tuple[str, ...]:
    return found.correction.lines if found.correction else ()


def expected(found: Diagnostic) -> Command:
    place = found.location
    properties = {
        "file": shown(place.path),
        "line": str(place.line),
        "col": str(place.column),
        "title": shown(found.code),
    }
    texts = [text for text in (found.message, found.hint) if text]
    data = "\n".join(map(shown, [*texts, *lines_of(found)]))
    return Command(NAMES[found.severity], properties, data)


def first_ten(findings: list[Diagnostic]) -> list[Diagnostic]:
    return [
        found
        for severity in Severity
        for found in [one for one in findings if one.severity is severity][:10]
    ]


def test_the_whole_output() -> None:
    odd = ERROR._replace(location=Location("plan/a,b:c.yaml", 5, 9))
    assert format_github([INFO, WARNING, ERROR, odd]) == (
        "::error file=plan/a b.yaml,line=3,col=7,title=KP301::A.%0AMend it.\n"
        "::error file=plan/a%2Cb%3Ac.yaml,line=5,col=9,title=KP301::A.%0AMend it.\n"
        "::warning file=plan/b.yaml,line=2,col=1,title=KP999::B is 50%25 é%0ALook.\n"
        "::notice file=plan/a b.yaml,line=1,col=1,title=KP702::C\n"
    )


def test_no_findings_are_no_text() -> None:
    assert format_github([]) == ""


def test_what_github_would_not_show_is_plain_lines_below() -> None:
    written = format_github([*[WARNING] * 11, *[ERROR] * 12, INFO]).splitlines()
    assert [line.split()[0] for line in written[:21]] == [
        *["::error"] * 10, *["::warning"] * 10, "::notice"
    ]  # fmt: skip
    assert written[21:] == [
        "> plan/a b.yaml:3:7: error KP301 A.",
        ">   hint: Mend it.",
        "> plan/a b.yaml:3:7: error KP301 A.",
        ">   hint: Mend it.",
        "> plan/b.yaml:2:1: warning KP999 B is 50% é",
        ">   hint: Look.",
    ]


def test_a_hostile_finding_whole() -> None:
    text = "##[error]%0A\n::stop-commands::x,y\x1b\u202e\ud800"
    said = r"\x23#[error]%250A\x0a::stop-commands::x,y\x1b\u202e\ud800"
    path = r"\x23#[error]%250A\x0a%3A%3Astop-commands%3A%3Ax%2Cy\x1b\u202e\ud800"
    assert format_github([hostile(text)]) == (
        f"::error file={path},line=3,col=7,title=KP301::{said}%0A{said}%0A{said}%0A{said}\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_can_be_read_back_and_commands_nothing(text: str) -> None:
    found = hostile(text)
    written = format_github([found] * 12)
    assert commands(written) == [expected(found)] * 10
    assert "##[" not in written
    assert "##vso[" not in written


@given(ANY_FINDINGS)
def test_there_are_as_many_commands_as_expected(findings: list[Diagnostic]) -> None:
    written = format_github(findings)
    assert commands(written) == [expected(found) for found in first_ten(findings)]
    assert "##[" not in written
    assert all(make_visible(line) == line for line in written.split("\n"))


# The summary


def cells(text: str) -> list[list[list[Token]]]:
    """Return the inline tokens of each cell of each row of the only table in `text`."""
    rows: list[list[list[Token]]] = []
    for token, inside in zip(tokens := MARKDOWN.parse(text), tokens[1:], strict=False):
        if token.type == "tr_open":
            rows.append([])
        if token.type in {"th_open", "td_open"}:
            rows[-1].append(list(inside.children or ()))
    return rows


def in_code(text: str) -> str:
    """Return what a cell should show of `text`."""
    said = make_visible(text).replace("|", "\\x7c").replace("`", "\\x60")
    said = said if len(said) <= 600 else f"{said[:600]}…"
    bare = said.startswith(" ") and said.endswith(" ") and said.strip(" ")
    return said[1:-1] if bare else said


def assert_shows(findings: list[Diagnostic], text: str) -> None:
    """Fail unless the table shows the findings and nothing but plain words and code."""
    header, *rows = cells(text)
    assert len(header) == 5
    assert len(rows) == len(findings)
    for row, found in zip(rows, errors_first(findings), strict=True):
        place = f"{found.location.path}:{found.location.line}:{found.location.column}"
        assert [[token.type for token in cell] for cell in row[:1]] == [["text"]]
        texts = ([found.code], [place], [found.message], [found.hint, *lines_of(found)])
        for cell, said in zip(row[1:], texts, strict=True):
            spans = [("code_inline", in_code(text)) for text in said if text]
            breaks = [("html_inline", "<br>")] * len(spans)
            wanted = [token for pair in zip(spans, breaks, strict=True) for token in pair][:-1]
            assert [(token.type, token.content) for token in cell] == wanted


def test_the_whole_summary() -> None:
    assert format_github_summary([WARNING, INFO, ERROR], "21 recommendations") == (
        """### kimplan

1 error, 1 warning, 1 note in `21 recommendations`.

| Severity | Code | Place | Finding | Hint |
| --- | --- | --- | --- | --- |
| error | `KP301` | `plan/a b.yaml:3:7` | `A.` | `Mend it.` |
| warning | `KP999` | `plan/b.yaml:2:1` | `B is 50% é` | `Look.` |
| info | `KP702` | `plan/a b.yaml:1:1` | `C` |  |
"""
    )


def test_no_findings_are_a_sentence() -> None:
    assert format_github_summary([], "21 recommendations") == (
        "### kimplan\n\nNo problems in `21 recommendations`.\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_is_code_whatever_it_holds(text: str) -> None:
    found = hostile(text)
    assert_shows([found, ERROR], format_github_summary([found, ERROR], "plan"))


@given(ANY_FINDINGS.filter(bool), ANY_TEXT)
def test_the_table_holds_nothing_but_code(findings: list[Diagnostic], where: str) -> None:
    written = format_github_summary(findings, where)
    assert_shows(findings, written)
    inline = [token for token in MARKDOWN.parse(written) if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}
    assert kinds <= {"text", "code_inline", "html_inline"}


def test_a_summary_stops_after_500_rows() -> None:
    written = format_github_summary([WARNING] * MOST_ROWS + [ERROR] * 1_234, "plan")
    assert written.count("\n| error | ") == MOST_ROWS
    assert written.endswith(" |\n\n… and 1,234 more.\n")
    assert "more" not in format_github_summary([ERROR] * MOST_ROWS, "plan")


def test_a_summary_stays_below_the_limit_of_github() -> None:
    found = hostile("😀" * 10_000)
    written = format_github_summary([found] * 400, "plan")
    assert MOST_BYTES - 10_000 < len(written.encode()) < MOST_BYTES + 1_000
    assert len(cells(written)) - 1 == 400 - int(written.split()[-2])
