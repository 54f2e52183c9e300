"""The columns of a plan's own fields in a copy."""

from __future__ import annotations

import pytest
from conftest import make_plan
from merge_sheets import FILE, lines, seen_in, words

from kimplan.merge.edit import Edit, Own
from kimplan.merge.finding import Kind

KINDS = ("line", "text", "date", "choice", "link")
PLAN = make_plan(
    {"fields": {"choice": "High", "date": "2024-07", "link": "https://example.org/a"}},
    {"title": "Publish the answers."},
    fields=[
        {"id": kind, "label": kind.title(), "type": kind}
        | ({"choices": ["High", "Low"]} if kind == "choice" else {})
        for kind in KINDS
    ],
    columns=[
        {"field": "ref", "label": "Ref"},
        {"field": "recommendation", "label": "Recommendation"},
        *({"field": f"fields.{kind}", "label": kind.title()} for kind in KINDS),
    ],
)


@pytest.mark.parametrize(
    ("kind", "text", "was", "says"),
    [
        ("line", "In the  plan", "", "In the plan"),
        ("text", "One.\n\n- **two**", "", "One.\n\n- **two**"),
        ("date", "30/09/2024", "2024-07", "2024-09-30"),
        ("choice", "low", "High", "Low"),
        ("choice", "–", "High", ""),
        (
            "link",
            "[there](https://example.org/b)",
            "https://example.org/a",
            "https://example.org/b",
        ),
    ],
)
def test_a_value_is_read_as_it_is_declared(kind: str, text: str, was: str, says: str) -> None:
    field = f"fields.{kind}"
    seen = seen_in(PLAN, {("REC1", field): words(text)})
    expected = Edit("REC1", field, Own(kind, was), Own(kind, says, kind == "text"), FILE)
    assert seen == ([expected], [])


def test_what_is_as_it_was_is_no_edit() -> None:
    cells = {("REC1", "fields.date"): lines("2024-07"), ("REC1", "fields.choice"): lines("high")}
    assert seen_in(PLAN, cells) == ([], [])


@pytest.mark.parametrize(("kind", "text"), [("choice", "Medium"), ("date", "Soon")])
def test_what_is_none_of_its_kind_is_asked(kind: str, text: str) -> None:
    seen = seen_in(PLAN, {("REC1", f"fields.{kind}"): lines(text)})
    assert seen.edits == []
    assert [(one.kind, one.what, one.value) for one in seen.findings] == [
        (Kind.NEEDS, f"fields.{kind}", text)
    ]


ADDRESS = "https://example.org/a"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"[the page]({ADDRESS})", Kind.TOLD),
        (f"[https://example.org/c]({ADDRESS})", Kind.NEEDS),
        (f"https://example.org/c [b]({ADDRESS})", Kind.NEEDS),
        (f"see [b]({ADDRESS})", Kind.NEEDS),
    ],
)
def test_a_link_that_says_something_else_than_it_leads_to(text: str, kind: Kind) -> None:
    seen = seen_in(PLAN, {("REC1", "fields.link"): words(text)})
    assert seen.edits == []
    assert [(one.kind, one.what) for one in seen.findings] == [(kind, "fields.link")]
