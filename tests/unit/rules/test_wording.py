"""What the rules of wording find and leave alone; the texts are in ``tests/data/wording``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import SHIPPED_PLAN, TESTS, lint_plan, make_record, make_settings, write_plan

from kimplan.diagnostic import Diagnostic
from kimplan.loader import PlanFolder
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.rules import Context, Rule
from kimplan.rules.all_rules import rules_of

CODES = tuple(rule.code for rule in rules_of("KP6"))


class Case(NamedTuple):
    code: str
    words: str
    text: str


def read_cases(code: str) -> list[Case]:
    cases = []
    for line in (TESTS / "data" / "wording" / f"{code}.txt").read_text("utf-8").splitlines()[1:]:
        words, _, text = line.partition("| ") if line[0] == "+" else ("", "", line[2:])
        for escape, character in (("\\n", "\n"), ("\\t", "\t"), ("\\uf0b7", "\uf0b7")):
            text, words = text.replace(escape, character), words.replace(escape, character)
        cases.append(Case(code, " ".join(words[2:].split()), text.strip("\n")))
    return cases


CASES = [case for code in CODES for case in read_cases(code)]


@lru_cache(maxsize=1)
def rules() -> list[Rule]:
    folder = PlanFolder(SHIPPED_PLAN)
    context = Context("plan", folder.settings(), folder.owners())
    return [rule(context) for rule in rules_of("KP6")]


def findings(**fields: object) -> list[Diagnostic]:
    file = load_bytes("REC1.yaml", make_record(**fields).encode(), Recommendation)
    assert file.value, file.diagnostics
    return [found for rule in rules() for found in rule.check(file, file.value)]


def test_each_rule_has_many_faults_and_more_near_misses() -> None:
    for code in CODES:
        cases = read_cases(code)
        assert sum(bool(case.words) for case in cases) >= 25
        assert sum(not case.words for case in cases) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.text[:40]!a}")
def test_faults_are_found_and_near_misses_left_alone(case: Case) -> None:
    field = "response" if case.code == "KP602" else "detail"
    said = [found.message for found in findings(**{field: case.text}) if found.code == case.code]
    assert bool(said) == bool(case.words), said
    assert all(f"'{case.words}'" in message for message in said)


def at(text: str) -> list[str]:
    """Return what is found in a record, each as line:column, code and words."""
    file = load_bytes("REC1.yaml", text.encode(), Recommendation)
    assert file.value, file.diagnostics
    found = [found for rule in rules() for found in rule.check(file, file.value)]
    return [f"{one.location.line}:{one.location.column} {one.code}" for one in found]


HEAD = "ref: REC1\nsection: governance\ntitle: Keep a register.\n"
REST = "rag: amber\ndue: 2024-07\nowners: [Company Secretary]\n"


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ("response: |\n  The register is kept.\n\n  It holds the\n  the names.\n", "7:12 KP605"),
        ("response: >\n  The register is kept.\n\n  It holds the\n  the names.\n", "7:12 KP605"),
        ("response: The register is kept\n  and holds\n  the the names.\n", "6:3 KP605"),
        ('response: "The register is kept\n  and holds the the names."\n', "5:13 KP605"),
        ("response: 'It''s kept\n  and holds the the names.'\n", "5:13 KP605"),
        ("response: |\n  Kept.\n\n  This has now\n  been completed.\n", "7:3 KP602"),
        ("response: >-\n  We keep it. What\n  I\n  have asked is this.\n", "6:3 KP603"),
        ("response: |\n  The register\n  includes names,\n  and dates, including:\n", "7:14 KP601"),
        ("response: >\n  The register\n  includes names,\n  and dates, including:\n", "7:14 KP601"),
        ("response: |\n  It includes:\n\n  • names\n  • dates\n", "7:3 KP606"),
        ("response: >\n  The figure of\n  Exxon was xx.\n", "6:13 KP604"),
        ('response: "It is \\x54BC."\n', "4:11 KP604"),  # an escape hides it: the text's place
    ],
)
def test_a_finding_points_at_the_words(response: str, expected: str) -> None:
    assert at(HEAD + response + REST) == [expected]


HISTORY = """\
evidence:
  - {title: Minutes of xx March}
progress:
  - {on: 2024-05-01, note: I asked the the supplier.}
  - {on: 2024-05-02, note: My team asked again.}
revisions:
  - {from: 2024-06, to: 2024-07, reason: The date is TBC., on: 2024-05-01}
actions:
  - {title: "Publish the form, by:"}
"""


@pytest.mark.parametrize(
    ("settings", "published"),
    [
        ({}, []),
        ({"report": {"latest_progress": "true"}}, ["12:28 KP603"]),
        ({"columns": [{"field": "progress", "label": "Notes"}]}, ["11:28 KP603", "12:28 KP603"]),
        ({"columns": [{"field": "actions", "label": "Steps"}]}, ["16:32 KP601"]),
    ],
)
def test_of_the_history_only_what_is_printed_is_read_for_style(
    settings: dict[str, object], published: list[str], tmp_path: Path
) -> None:
    record = f"{HEAD}response: It is being built.\n{REST}{HISTORY}"
    plan = write_plan(tmp_path, records={"REC1": record}, settings=make_settings(**settings))
    found = [one for one in lint_plan(plan) if one.code.startswith("KP6")]
    always = ["9:24 KP604", "11:36 KP605", "14:54 KP604"]
    said = [f"{one.location.line}:{one.location.column} {one.code}" for one in found]
    assert sorted(said) == sorted([*always, *published])


@pytest.mark.parametrize(
    ("title", "detail", "expected"),
    [
        ("Review databases, to ensure that:", None, ["3:37 KP601"]),
        ("Review databases, including:", "- repairs\n- rents", []),
        ("Landlords should:", "This is essential for good services.", ["3:19 KP601"]),
        ("The landlord says as follows:", "Repairs are logged each day.", []),
    ],
)
def test_what_a_title_announces_may_stand_in_the_detail(
    title: str, detail: str | None, expected: list[str]
) -> None:
    assert at(make_record(title=title, detail=detail)) == expected


def test_sections_are_read_too(tmp_path: Path) -> None:
    sections = [
        {"id": "governance", "title": "Governance TBC"},
        {
            "id": "repairs",
            "title": "Repairs",
            "narrative": "A record should:\n\nThis is so.\n\nI am.",
        },
    ]
    plan = write_plan(tmp_path, settings=make_settings(sections=sections))
    said = [f"{one.location.line}:{one.location.column} {one.code}" for one in lint_plan(plan)]
    assert [one for one in said if "KP6" in one] == ["5:23 KP604", "9:16 KP601", "13:7 KP603"]


def published_rows() -> list[list[str]]:
    """Return the published report's rows: ref, recommendation, response and rating."""
    text = (TESTS / "data" / "kim-report.txt").read_text("utf-8")
    cells = [cell.strip() for cell in text.split("|")]
    starts = [n for n, cell in enumerate(cells) if re.fullmatch(r"REC\d+", cell)]
    return [cells[n : n + 4] for n in starts]


def narratives() -> list[str]:
    """Return the published report's texts that are no cell of a recommendation."""
    text = (TESTS / "data" / "kim-report.txt").read_text("utf-8")
    cells = [cell.strip() for cell in text.split("|")]
    rows = {cell for row in published_rows() for cell in row}
    return [cell for cell in cells if len(cell) > 200 and cell not in rows]


def test_what_is_found_in_the_report_as_it_was_published() -> None:
    said = []
    for ref, recommendation, response, rating in published_rows():
        rag = {"GREEN": "green", "AMBER": "amber"}.get(rating, "not-applicable")
        due = "2024-07" if rag == "amber" else None
        found = findings(detail=recommendation, response=response, rag=rag, due=due)
        said += [f"{one.code} {ref}" for one in found]
    for text in narratives():
        said += [f"{one.code} {text[:10]}" for one in findings(detail=text)]
    assert len(published_rows()) == 21
    assert len(narratives()) == 5
    assert said == [
        *("KP606 REC1", "KP601 REC2", "KP606 REC2", "KP603 REC8", "KP601 REC11", "KP602 REC21"),
        "KP601 Device Key",
    ]


def test_what_is_found_in_the_shipped_plan() -> None:
    said = [
        f"{found.code} {Path(found.location.path).stem}"
        for found in lint_plan(SHIPPED_PLAN)
        if found.code.startswith("KP6")
    ]
    assert said == ["KP601 plan", "KP601 REC2", "KP603 REC8", "KP601 REC11", "KP602 REC21"]
