"""Whatever a plan holds, its workbook comes back as the same plan."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import load_shipped_plan, make_plan
from hypothesis import example, given, settings
from hypothesis import strategies as st
from workbooks import imported, plan_of, said, write

from kimplan.answers.tables.prose_cells import from_cell, to_cell
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.sight.look_alikes import plain

# What a plan that lint finds nothing wrong with may hold, and what each format might trip over.
WORDS = st.sampled_from(
    [
        "a", "One.", "two three", "é", "0", "=1+1", "+2", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0",
        "_x0041_", "_x000D_", "_x005F_x0041_", "<b>", "&amp;", "\\", '"', "'", "{}",
        "<_x0041_x0042_x0043_>", "#N/A", "TRUE", "1e5", "2024-03", "March 2024", "(", ")", "|", ":",
        "😀", "n/a", "None.", "10\u00a0km", "https://example.org/a", "“q”", "50%", "1.",
        "a)", "<r>", "</r>", "<r>a</r>",
    ]
)  # fmt: skip
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
ROLE = LINE.map(plain)  # names, in which what looks alike is the same
INLINE = st.one_of(LINE, LINE.map(lambda text: f"a **{text}** b"), st.just("[l](https://e.org/x)"))
PARAGRAPHS = st.lists(INLINE, min_size=1, max_size=3).map("\n\n".join)
BULLETS = st.lists(INLINE, min_size=1, max_size=3).map(
    lambda items: "\n".join(f"- {item}" for item in items)
)
PROSE = st.lists(st.one_of(PARAGRAPHS, BULLETS), min_size=1, max_size=3).map("\n\n".join)
DAY = st.dates(min_value=date(1000, 1, 1)).map(str)
MONTH = DAY.map(lambda text: text[:7])
YEARS = st.integers(1000, 9990)
INTERVAL = st.builds(
    lambda year, more: f"{year:04}-11/{year + more:04}-12", YEARS, st.integers(0, 9)
)
DUE = st.one_of(DAY, MONTH, INTERVAL)
LINK = st.sampled_from(
    ["https://example.org/a?b=1&c=%20#d", "HTTP://X.org", "docs/a b.pdf", "=a", "mailto:a@e.org",
     "https://e.org/" + "a" * 1_900, "javascript:alert(1)"]
)  # fmt: skip


def _maybe(found: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), found)


def _entries(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.fixed_dictionaries(fields).map(_without_nothing)
    return st.lists(entry, max_size=3)


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


REVISIONS = _entries(
    **{"from": DUE, "to": st.one_of(DUE, st.just("none agreed"))},
    reason=PROSE, agreed_by=_maybe(LINE), on=DAY,
)  # fmt: skip
RECORD = st.fixed_dictionaries(
    {
        "section": st.sampled_from(["governance", "repairs", "repairs-2"]),
        "title": LINE,
        "detail": _maybe(PROSE),
        "response": PROSE,
        "rag": st.sampled_from(["green", "amber", "red", "not-applicable"]),
        "due": _maybe(st.one_of(DUE, st.just("none agreed"))),
        "due_reason": _maybe(PROSE),
        "superseded_by": _maybe(st.just("REC1")),
        "owners": st.lists(ROLE, max_size=3),
        "completed": _maybe(DAY),
        "evidence": _entries(title=LINE, link=_maybe(LINK), expires=_maybe(DUE)),
        "verified": _maybe(st.fixed_dictionaries({"by": LINE, "on": DAY})),
        "progress": _entries(on=DAY, by=_maybe(LINE), note=PROSE),
        "revisions": REVISIONS,
        "actions": _entries(
            title=LINE, owner=_maybe(ROLE), due=_maybe(DUE), done=_maybe(DAY), revisions=REVISIONS
        ),
        "publish": st.sampled_from(["true", "false"]),
        "fields": st.fixed_dictionaries(
            {"priority": LINE, "day": DUE, "words": PROSE, "page": LINK}
        ),
    }
).map(_without_nothing)
SETTINGS: dict[str, Any] = {
    "columns": [
        {"field": "fields.day", "label": "Detail"},
        {"field": "due", "label": "Last day"},
        {"field": "recommendation", "label": "ref"},
        {"field": "evidence", "label": "=Proof"},
    ],
    "fields": [
        {"id": "priority", "label": "Priority"},
        {"id": "day", "label": "Day", "type": "date"},
        {"id": "words", "label": "Words", "type": "text"},
        {"id": "page", "label": "Page", "type": "link"},
    ],
    "sections": [
        {"id": "governance", "title": "=Governance"},
        {"id": "repairs", "title": "Repairs\u00a0now"},
        {"id": "repairs-2", "title": "repairs", "narrative": "Words.\n\n- a\n- b"},
    ],
}


def there_and_back(plan: Plan) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        prepared = imported(write(plan, Path(folder)))
    assert prepared.notebook.asked == []
    assert prepared.proof.lost == ()
    assert prepared.proof.listed == 0
    assert prepared.proof.placed == prepared.proof.cells
    return plan_of(prepared)


def test_the_shipped_plan_comes_back() -> None:
    plan = load_shipped_plan()
    assert said(there_and_back(plan)) == said(plan)


BRAG = {"scheme": "brag", "blue": {"label": "Complete", "meaning": "All is done.", "date": "Done"},
        "green": {"label": "Going well", "meaning": "On track."}}  # fmt: skip


@pytest.mark.parametrize(
    "others",
    [
        {"language": "cy"},
        {"ratings": BRAG},
        {"report": {"layout": "sections", "font_size": "10.5", "empty_cell": ""},
         "lint": {"ignore": ["KP6"], "progress_days": "30"}, "due_soon_days": "7",
         "source": {"title": "A report", "published": "2023-05"}, "timezone": "Europe/Paris"},
    ],
    ids=["Welsh", "brag", "settings"],
)  # fmt: skip
def test_a_plan_with_other_settings_comes_back(others: dict[str, Any]) -> None:
    closed = "blue" if "ratings" in others else "green"
    records: list[dict[str, Any]] = [
        {"due": "2023-12/2024-03"},
        {"rag": "red", "due": "2024-05"},
        {"rag": "red", "due": "none agreed", "due_reason": "Money."},
        {"rag": closed, "due": None},
        {"rag": closed, "due": "2024-02", "completed": "2024-02-01"},
        {"rag": "green", "due": "2024-07-31"},
        {"rag": "not-applicable", "due": None, "superseded_by": "REC1"},
    ]
    plan = make_plan(*records, **others)
    assert said(there_and_back(plan)) == said(plan)


@settings(max_examples=40)
@given(st.lists(RECORD, min_size=1, max_size=3))
def test_any_plan_comes_back(records: list[dict[str, Any]]) -> None:
    plan = make_plan(*records, **SETTINGS)
    again = there_and_back(plan)
    by_ref = {item.ref: item for item in again.recommendations}
    for item in plan.recommendations:
        assert said(by_ref[item.ref]) == said(item)
    assert said(again.settings) == said(plan.settings)


@given(PROSE)
@example("**all bold**")
@example("a\n\n- b\n  - c\n- d")
@example("1. a\n2. b")
def test_a_text_comes_back_from_a_cell(text: str) -> None:
    assert parse_prose(from_cell(to_cell(text))) == parse_prose(text)
