"""What becomes of a form, as Markdown and as JSON; tests/golden/forms holds whole answers."""

from __future__ import annotations

import json

import pytest

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.formatters.form import form_json, format_form
from kimplan.forms.outcome import Kind, Outcome

HOSTILE = (
    "@everyone #1 <img src=x> [a](https://evil.example) | `x`\n\n## Approved\n::error::x ##[a]"
)
PLACE = Location("plan/recommendations/REC2.yaml", 3, 1)


def finding(number: int = 0) -> Diagnostic:
    return Diagnostic("KP304", Severity.ERROR, f"{HOSTILE} {number}", PLACE, hint=HOSTILE)


def assert_only_text(shown: str) -> None:
    assert "@everyone" not in shown
    assert "<img" not in shown
    assert "](" not in shown
    assert "https:" not in shown
    assert "\n## " not in shown
    assert "##[" not in shown
    assert "| `x`" not in shown


@pytest.mark.parametrize("kind", Kind)
def test_no_text_becomes_markup_or_a_mention(kind: Kind) -> None:
    outcome = Outcome(
        kind, 12, "example-owner", dict.fromkeys(("ref", "reason", "note"), HOSTILE), "REC2",
        "plan/recommendations/REC2.yaml", (HOSTILE,), HOSTILE, HOSTILE, "KP801",
        [finding()], [finding(1)],
    )  # fmt: skip
    assert_only_text(format_form(outcome))
    assert "##[" not in form_json(outcome)
    assert json.loads(form_json(outcome))["message"] == HOSTILE


def test_many_findings_are_counted() -> None:
    outcome = Outcome(Kind.REFUSED, found=[finding(number) for number in range(14)])
    assert format_form(outcome).count("KP304") == 10
    assert "\n- and 4 others\n" in format_form(outcome)


def test_a_form_without_an_issue_closes_none() -> None:
    shown = format_form(Outcome(Kind.CHANGED, answers={"ref": "REC2"}, ref="REC2"))
    assert shown == (
        "The change of REC2 that a form asks for:\n\n"
        "| Question | Answer |\n| --- | --- |\n| Recommendation | REC2 |\n"
    )


def test_the_json_says_all_of_it() -> None:
    outcome = Outcome(Kind.REFUSED, 12, ref="REC2", message="m", hint="h", code="KP801")
    said = json.loads(form_json(outcome))
    assert said == {
        "version": 1, "kimplan": said["kimplan"], "outcome": "refused", "number": 12,
        "ref": "REC2", "path": None, "said": [], "message": "m", "hint": "h",
        "code": "KP801", "findings": [],
    }  # fmt: skip
