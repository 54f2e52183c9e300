from __future__ import annotations

import pytest

from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.formatters.text import format_diagnostics, format_totals

ERROR = Diagnostic("KP201", Severity.ERROR, "A.", Location("plan/a.yaml", 3, 7), "Mend it.")
WARNING = Diagnostic("KP007", Severity.WARNING, "B.", Location("plan/b.yaml"))
INFO = Diagnostic("KP999", Severity.INFO, "C.", Location("plan/c.yaml", 2))


def test_a_finding_is_a_line_and_its_hint_another() -> None:
    assert format_diagnostics([ERROR, WARNING, INFO]) == (
        "plan/a.yaml:3:7: error KP201 A.\n"
        "  hint: Mend it.\n"
        "plan/b.yaml:1:1: warning KP007 B.\n"
        "plan/c.yaml:2:1: info KP999 C.\n"
    )


def test_a_finding_is_its_own_line() -> None:
    assert str(ERROR) == "plan/a.yaml:3:7: error KP201 A."


def test_no_findings_are_no_text() -> None:
    assert format_diagnostics([]) == ""


def test_only_the_severity_and_the_code_are_painted() -> None:
    painted = format_diagnostics([ERROR, WARNING, INFO], lambda text, colour: f"<{colour} {text}>")
    assert painted == (
        "plan/a.yaml:3:7: <red error KP201> A.\n"
        "  hint: Mend it.\n"
        "plan/b.yaml:1:1: <yellow warning KP007> B.\n"
        "plan/c.yaml:2:1: <blue info KP999> C.\n"
    )


def test_nothing_in_a_finding_can_act_on_a_terminal_or_begin_a_line() -> None:
    nasty = "\x1b[31m\n::error::x\r\u202e[red]\ud800"
    found = Diagnostic("KP201", Severity.ERROR, nasty, Location(nasty, 3, 7), nasty)
    shown = "\\x1b[31m\\x0a::error::x\\x0d\\u202e[red]\\ud800"
    assert format_diagnostics([found]) == (f"{shown}:3:7: error KP201 {shown}\n  hint: {shown}\n")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "No problems in plan.\n"),
        ([ERROR], "1 error in plan.\n"),
        ([ERROR, WARNING, ERROR], "2 errors, 1 warning in plan.\n"),
        ([WARNING] * 2, "2 warnings in plan.\n"),
        ([ERROR] * 1234, "1,234 errors in plan.\n"),
        ([INFO], "1 note in plan.\n"),
    ],
)
def test_the_totals_are_one_line(found: list[Diagnostic], said: str) -> None:
    assert format_totals(found, "plan") == said


def test_the_lines_to_write_stand_below_the_hint_with_their_numbers() -> None:
    lines = ("  - on: 2024-05-02", "", "    note: \x1bx")
    found = ERROR._replace(excerpt="due: x", correction=Correction(9, 9, lines))
    assert format_diagnostics([found]) == (
        "plan/a.yaml:3:7: error KP201 A.\n"
        "    3 | due: x\n"
        "      |       ^\n"
        "  hint: Mend it.\n"
        "    9 +   - on: 2024-05-02\n"
        "   10 +\n"
        "   11 +     note: \\x1bx\n"
    )
