"""A report of a part of the plan: nothing in it knows the rest, and it says that it is a part."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import AS_OF, make_item, make_plan
from report_parts import (
    chapters_of,
    chart_of,
    counts_of,
    elements,
    listing_of,
    paragraphs,
)

from kimplan.changes.between import Between
from kimplan.changes.fields import Change, Kind
from kimplan.changes.records import RecordChange
from kimplan.history.months import Month
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Recommendation
from kimplan.report.build import build_report
from kimplan.report.document import ReportDocument, Role
from kimplan.report.only import Only, combine, split_term
from kimplan.report.request import Request
from kimplan.report.since import Since

STEP = {"title": "Publish it", "owner": "Head of Repairs", "due": "2024-09"}


@pytest.fixture
def plan() -> Plan:
    return make_plan(
        {"rag": "green", "due": None},
        {"due": "2024-03", "owners": ["Data Manager"]},
        {"section": "repairs", "due": "2024-03", "owners": ["Head of Repairs"]},
        {"section": "repairs", "rag": "red", "due": "2024-07-31"},
        {"section": "repairs", "rag": "green", "due": None, "owners": ["Head of Repairs"]},
        {"due": "2025-01", "actions": [STEP]},
        {"due": "2025-01", "actions": [{**STEP, "done": "2024-05-01"}]},
    )


@pytest.mark.parametrize(
    ("only", "refs", "what"),
    [
        (Only(is_open=True), "2 6 7 3 4", "open items"),
        (Only(sections=("repairs",)), "3 4 5", "items of the section Repairs"),
        (
            Only(True, ("repairs", "governance")),
            "2 6 7 3 4",
            "open items of the sections Repairs and Governance",
        ),
        (Only(owners=("head of repairs",)), "6 3 5", "items owned by head of repairs"),
        (
            Only(True, ("repairs",), ("Head of Repairs", "Data Manager")),
            "3",
            "open items of the section Repairs owned by Head of Repairs or Data Manager",
        ),
        (Only(owners=("Head of",)), "", "items owned by Head of"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value.terms),
)
def test_each_condition_must_be_met(only: Only, refs: str, what: str, plan: Plan) -> None:
    found = sorted(only.of(plan).recommendations, key=lambda item: item.section)
    assert [item.ref.removeprefix("REC") for item in found] == refs.split()
    assert only.describe(plan.settings) == what


def test_the_terms_of_conditions_are_read_back() -> None:
    only = Only(True, ("repairs", "governance"), ("Head of = Repairs",))
    assert only.terms == [
        "open", "section=repairs", "section=governance", "owner=Head of = Repairs",
    ]  # fmt: skip
    assert combine(map(split_term, [*only.terms, "open", "section = repairs"])) == only


@pytest.mark.parametrize("term", ["", "open=yes", "Open", "section", "section=", "rag=red"])
def test_a_term_of_no_kind(term: str) -> None:
    with pytest.raises(ValueError, match=f"^{term}$"):
        split_term(term)


def part(plan: Plan, only: Only, since: Since | None = None) -> ReportDocument:
    return build_report(plan, Request(AS_OF, "v1", since=since, only=only))


def test_every_part_is_of_the_part_of_the_plan(plan: Plan) -> None:
    report = part(plan, Only(True, ("repairs",)))
    assert [(row.label, row.number, row.overdue) for row in counts_of(report)] == [
        ("GREEN", 0, 0),
        ("AMBER", 1, 1),
        ("RED", 1, 0),
        ("Not Applicable", 0, 0),
        ("Total", 2, 1),
    ]
    assert chart_of(report).categories == ("Repairs",)
    assert [row[0].text for row in listing_of(report, "overdue").rows] == ["REC3"]
    assert [row[0].text for row in listing_of(report, "due-soon").rows] == ["REC4"]
    assert [
        (chapter.title, [row.anchor for row in chapter.rows]) for chapter in chapters_of(report)
    ] == [("Repairs", ["REC3", "REC4"])]


def test_the_report_says_that_it_is_a_part(plan: Plan) -> None:
    words = part(plan, Only(True, ("repairs",))).words
    assert words.subtitle == (
        "Example Homes · Report to the Board · Position at 31 May 2024 · 2 of 7 recommendations"
    )
    assert words.position.startswith(
        "This report shows 2 of 7 recommendations: open items of the section Repairs. "
    )
    assert words.footer == (
        "Position at 31 May 2024 · Part of the plan: 2 of 7 recommendations · v1"
    )
    report = part(plan, Only(True))
    assert paragraphs(report, "summary", Role.POSITION) == [report.words.position]


def changed(before: Recommendation | None, after: Recommendation | None) -> RecordChange:
    return RecordChange(before, after, (Change(Kind.OWNERS, "a", "b"),))


def since_of(plan: Plan, *records: RecordChange) -> Since:
    between = Between(
        "a", "b", date(2024, 2, 1), AS_OF, records, plan.recommendations, {}, commit="f" * 40
    )
    return Since(between, (), tuple(Month(date(2024, n, 1), plan.recommendations) for n in (3, 4)))


def test_changes_and_trend_are_those_of_the_part(plan: Plan) -> None:
    items = plan.recommendations
    gone = make_item(ref="REC9", section="repairs")
    closed = make_item(ref="REC5", section="repairs")
    records = [
        changed(items[1], items[1]),
        changed(items[2], items[2]),
        changed(closed, items[4]),
        changed(gone, None),
    ]
    report = part(plan, Only(True, ("repairs",)), since_of(plan, *records))
    listing = listing_of(report, "changes")
    assert [row[0].text for row in listing.rows] == ["REC3", "REC9"]
    assert "Overdue now and not then: REC3." in listing.introduction
    assert [sum(values) for values in zip(*_values(report), strict=True)] == [2, 2, 2]


def _values(report: ReportDocument) -> list[tuple[int, ...]]:
    return [series.values for series in chart_of(report, "trend").series]


def test_nothing_changed_in_the_part(plan: Plan) -> None:
    report = part(plan, Only(sections=("repairs",)), since_of(plan))
    assert listing_of(report, "changes").introduction.startswith(
        "Nothing in this part of the plan changed since"
    )


def test_a_part_of_everything_is_a_part_all_the_same(plan: Plan) -> None:
    report = part(plan, Only(sections=("repairs", "governance")))
    whole = build_report(plan, Request(AS_OF, "v1"))
    assert elements(report, "plan") == elements(whole, "plan")
    assert "7 of 7 recommendations" in report.words.footer
