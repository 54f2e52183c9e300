"""A hint is a promise: whoever writes the lines that a finding shows is rid of it.

And of nothing else: no error appears that was not there before. So it is for each of many edits,
in records of each rating, however the file is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, make_record, make_settings
from following import Desk

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.writing.correction import corrected

REVISION = "from: 2024-05\n    to: 2024-07\n    reason: Late.\n    on: 2024-03-20"
DATES = (
    "31/03/2024", "31.03.2024", "31-Mar-24", "31 Mar 24", "2024-03-31 00:00:00", "by 31 March 2024",
    "end of March 2024", "Sunday 31 March 2024", "Friday 31 March 2024", "March 24", "2024–03–31",
    "20240331", "03/2024", "Summer 2024", "2024", "45382", "31 June 2024", "03/04/2024", "3-4-24",
    "Q4 2023/24", "Q1 2024", "FY 2023/24", "2011/12", "31 March", "March to May 2024", "Ongoing",
    "TBC", "ASAP", "N/A", "Complete", "Compliant", "next month", "TBC March 2024", "None agreed",
    "2024-07 (was 2024-05)", "2024-03/2023-12", '"31 March 2024"', "'Compliant'", "[2024-07]",
    "[31/03/2024]", "[2024-05, 2024-07]", "{on: 2024-07}", "", "null", "yes", '"-"',
)  # fmt: skip
RATINGS = (
    "Amber", "AMBER", '"green "', "Green", "N/A", "Not applicable", "grey", "amber/green", "R",
    "Complete", "blue", "gren", "[amber]", "", "on track", "open", "{amber: yes}",
)  # fmt: skip
LISTS = (
    ("evidence", "A v3"), ("evidence", "\n  - A v3"), ("evidence", "[A v3, B]"),
    ("evidence", "{title: Guidance v3}"),
    ("evidence", "\n  title: A\n  link: https://example.org/x"),
    ("evidence", "https://example.org/x"), ("evidence", "\n  - Guidance: v3"),
    ("evidence", "\n  - - Guidance"), ("evidence", "\n- A\n- B"), ("evidence", ""),
    ("evidence", "\n  - title: A\n    expires: 31/03/2026"),
    ("evidence", "\n  - name: A\n    url: x"),
    ("evidence", "\n  - {name: A, expiry: July 2026}"), ("evidence", "\n  - title: A\n    link:"),
    ("progress", "The form is live"), ("progress", "\n  - The form is live"),
    ("progress", "2 May 2024 - The form is live"),
    ("progress", "\n  - 2024-05-02 The form is live"),
    ("progress", "\n  on: 2024-05-02\n  note: A"), ("progress", "{on: 2024-05-02, note: A}"),
    ("progress", "\n  - date: 2 May 2024\n    text: A"), ("progress", "\n  - {on: 2024-05-02}"),
    ("progress", "\n  - on: 2/5/2024\n    note: A"), ("progress", "[]"),
    ("actions", "Publish it"), ("actions", "\n  - Publish it"),
    ("actions", "\n  - {task: Publish}"),
    ("actions", "\n  - {title: A, owners: Head of Repairs, deadline: 31/03/2024}"),
    ("actions", "\n  - title: A\n    done: 31/03/2024\n    owner: [Head of Repairs]"),
    ("revisions", "May to July"), ("revisions", f"\n    {REVISION}"), ("fields", "High"),
    ("verified", "yes"), ("verified", "Company Secretary, 2024-08-02"), ("verified", "2024-08-02"),
    ("verified", "Company Secretary (2 August 2024)"), ("verified", "[Company Secretary]"),
    ("verified", "{who: Company Secretary, date: 2 August 2024}"), ("verified", ""),
    ("owners", "Head of Repairs"), ("owners", "Head of Repairs, Data Manager"), ("owners", ""),
    ("owners", "\n  Head of Repairs"), ("owners", "\n  - - Head of Repairs"),
    ("owners", "\n  - role: Head of Repairs"), ("owners", "{role: Head of Repairs}"),
    ("owners", "\n  -"), ("superseded_by", ""), ("detail", "\n  - A\n  - B"), ("detail", ""),
    ("detail", "\n  We did this: all of it\n  And that: too"), ("detail", "[A, B]"),
    ("publish", "No"), ("publish", "FALSE"), ("publish", "maybe"), ("due_reason", ""),
)  # fmt: skip
KEYS = (
    "comment: Waiting", "notes:\n  - A", "status: Amber", "status: Waiting", "update: A",
    "assigned_to: Head of Repairs", "owner: Head of Repairs", "Owner:\n  - Head of Repairs",
    "deadline: 31/03/2024", "Due date: 2024-07", "due-date: TBC", "completion_date: 2024-07-01",
    "completed_on: 1 July 2024", "date: 2024-07", "rating: amber", "RAG: amber",
    "Rag status: Green",
    "priority: High", "description: A", "recommendation: A", "action: Publish it",
    "tasks:\n  - Publish it", "id: REC1", "number: 1", "proof: Guidance v3", "documents:\n  - A",
    "url: https://example.org/x", "reason: A", "approved_by: Board", "by: A", "expires: 2026-07",
    "sylwadau: A", "perchennog: Head of Repairs", "Title: A", "respone: A", "xyzzy: A",
    "Completed: 2024-05-01", "Evidence: Guidance v3", '"comment": A', "revision: A", "note: A",
)  # fmt: skip
MOVED = (
    "due: 2024-09\nrevisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}\n"
    "  - {from: 2024-06, to: 2024-09, reason: B, on: 2024-05-20}",

       "due: 2024-09\nrevisions:\n  - from: 2024-03\n    to: 2024-07\n    reason: A\n"
    "    on: 2024-03-20",
    "revisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}",
    "due: Compliant\nrevisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}",
    "due_reason: The contractor is late.",
    "due: none agreed",
    "due: None agreed\ndue_reason: The contractor is late.",
    "due: 2024-07\ndue_reason: The contractor is late.",
    "due: 2024-07\nrevisions:\n  - {from: 2024-07, to: 2024-07, reason: A, on: 2024-03-20}",
    "due: 2024-07\nrevisions:\n  - {from: March 2024, to: 2024-07, why: A, date: 20/03/2024}",
)  # fmt: skip
OWN = (
    "fields: {priority: high}", "fields:\n  priority: Hihg", "fields:\n  prioriyt: High",
    "fields:\n  reviewed: 31/03/2024", "fields:\n  reviewed: 03/04/2024", "fields:\n  Reviewed: A",
    "fields:\n  reviewed: 2024-07/2024-03", "fields:\n  reviewed: TBC", "fields:\n  priority:",
    "fields:\n  priority: [High]", "fields:\n  lead_team: A",
)  # fmt: skip
EDITS = (
    *(("due", f"due: {date}") for date in DATES),
    *(("completed", f"completed: {date}") for date in DATES),
    *(("rag", f"rag: {word}") for word in RATINGS),
    *((key, f"{key}: {value}" if value[:1] != "\n" else f"{key}:{value}") for key, value in LISTS),
    *(("", line) for line in KEYS),
    *(("due", lines) for lines in MOVED),
    *(("", lines) for lines in OWN),
    *((key, "") for key in ("ref", "section", "title", "response", "rag", "due", "owners")),
    *(("due", key + ": 2024-07") for key in ("deadline", "Due", "dew", "due_date")),
    *((key, f"{key.title()}: A") for key in ("title", "response")),
    ("rag", "rating: amber"),
    ("title", "titel: A"),
    ("title", "title: [Keep a register]"),
    ("response", "response:\n  - The form is live.\n  - The leaflet is printed."),
    ("response", "response:\n  We did this: all of it\n  And that: too"),
    ("response", "response:\n  note: A"),
    ("response", "response: [A]"),
    ("title", f"title: {'A' * 601}"),
)
OWN_FIELDS = (
    {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]},
    {"id": "reviewed", "label": "Last reviewed", "type": "date"},
    {"id": "lead-team", "label": "Lead team"},
)
STATES: dict[str, dict[str, Any]] = {
    "amber": {},
    "green": {"rag": "green", "evidence": EVIDENCE, "completed": "2024-05-01"},
    "not-applicable": {"rag": "not-applicable", "due": None, "owners": None},
}


def _commented(text: str) -> str:
    """Return `text` with a comment above each key and behind each value on one line."""
    lines = re.sub(r"^(\w[^\n|>]*)$", r"# about it\n\1  # so far", text, flags=re.MULTILINE)
    return f"# The record\n{lines}\n# The end\n"


LAYOUTS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "comments": _commented,
    "windows": lambda text: text.replace("\n", "\r\n"),
    "no-last-line-end": lambda text: text.rstrip("\n"),
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), settings=make_settings(fields=OWN_FIELDS))


def spoilt(state: str, key: str, lines: str) -> str:
    """Return a record of a `state` in which `lines` stand in place of a `key` and what it holds."""
    text = make_record(**STATES[state])
    found = re.search(rf"^{key}:.*\n(?:[ ].*\n)*", text, re.MULTILINE) if key else None
    new = f"{lines}\n" if lines else ""
    return text.replace(found.group(), new) if found else text + new


def said(findings: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(one.code, one.message) for one in findings}


def errors(findings: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(one.code, one.message) for one in findings if one.severity is Severity.ERROR}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("state", STATES)
def test_whoever_writes_the_lines_of_a_finding_is_rid_of_it(
    state: str, layout: str, desk: Desk
) -> None:
    shown = 0
    for key, lines in EDITS:
        text = LAYOUTS[layout](spoilt(state, key, lines))
        found = desk.findings(text)
        for one in found:
            if one.correction is None:
                continue
            shown += 1
            left = desk.findings(corrected(text, one.correction))
            assert (one.code, one.message) not in said(left), (lines, one)
            assert errors(left) <= errors(found), (lines, one, left)
    assert shown > 60


def test_each_edit_is_told_in_few_words(desk: Desk, tmp_path: Path) -> None:
    for state in STATES:
        for key, lines in EDITS:
            for one in desk.findings(spoilt(state, key, lines)):
                if one.code[:3] in {"KP1", "KP2", "KP3"} and one.code != "KP110":
                    assert len(one.message) <= 120, one
                    assert len(one.hint.partition(" Then ")[0]) <= 210, one
                    assert len(one.hint) <= 320, one
                    assert one.hint, one
