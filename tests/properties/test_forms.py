"""Whatever a form says: a change that lint accepts, or an answer, and nothing else is touched."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from forms_sent import body, write_forms_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.cli.from_form import update_from_form
from kimplan.diagnostic import Severity
from kimplan.forms.questions import QUESTIONS
from kimplan.linter import lint

_BITS = (
    "x", "a: b", "# c", "- x", "|", ">", "&a", "!!b", "%YAML 1.3", "---", "{", "]", "'", '"', "\\",
    "\n", "\n\n", "\t", "\u00a0", "\u200b", "😀", "null", "yes", "0x1", "<<", "? a", "TODO",
    "# kimplan: ignore KP801 - x", "https://example.org/", "javascript:alert(1)", "**b**",
    "[a](https://evil.example)", "```", "<!--", "$(x)", "${{ x }}", "::error::", "##[x]", "=1+1",
    "@everyone", "Closes #1", "2024-09", "Board", "y " * 400,
)  # fmt: skip
_TEXT = st.lists(st.sampled_from(_BITS), min_size=1, max_size=4).map(" ".join)
_KNOWN = {
    "ref": ("REC1", "REC2", "REC3", "REC4", "REC5", "REC6"),
    "rag": ("Green", "Amber", "Red", "Not applicable"),
    "due": ("2024-09", "June 2024", "none agreed"),
    "completed": ("1 May 2024", "2024-05-31"),
}
_ANSWERS = st.fixed_dictionaries(
    {"ref": st.sampled_from(_KNOWN["ref"]) | _TEXT},
    optional={
        key: st.sampled_from(_KNOWN[key]) if key in _KNOWN else _TEXT
        for key in QUESTIONS
        if key != "ref"
    },
)
_QUOTED = re.compile(r"'[^']*'")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    write_forms_plan(folder / "first")
    return folder


def texts(plan: Path) -> dict[str, bytes]:
    return {file.stem: file.read_bytes() for file in (plan / "recommendations").iterdir()}


@given(answers=_ANSWERS)
def test_a_form_is_answered_and_leaves_a_sound_plan(place: Path, answers: dict[str, str]) -> None:
    shutil.rmtree(place / "work", ignore_errors=True)
    plan = place / "work" / "plan"
    shutil.copytree(place / "first" / "plan", plan)
    before = texts(plan)
    issue = {"number": 12, "body": body(answers), "user": {"login": "example-owner"}}
    (place / "event.json").write_text(json.dumps({"issue": issue}))
    formats = [f"json={place / 'outcome.json'}", f"markdown={place / 'answer.md'}"]
    day = date(2024, 5, 31)
    is_made = update_from_form(place / "event.json", plan, day, formats, write_it=True)
    outcome = json.loads((place / "outcome.json").read_bytes())
    after, answer = texts(plan), (place / "answer.md").read_text(encoding="utf-8")
    changed = [ref for ref in after if after[ref] != before[ref]]
    assert changed == ([outcome["ref"]] if outcome["outcome"] == "changed" else [])
    assert is_made == (outcome["outcome"] != "refused")
    assert not [one for one in lint(plan).diagnostics if one.severity is Severity.ERROR]
    assert "@everyone" not in answer
    assert "](" not in answer
    assert "Closes #1\n" not in answer
    assert "##[" not in answer
    assert len(answer) < 60_000
    said = _QUOTED.sub("", f"{outcome['message']} {outcome['hint']}")
    assert not re.search(r"--[a-z]|\bkimplan \w|\bTEXT\b", said), said
