"""Evidence that has expired or soon will: a part that is there once there is some."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import AS_OF, make_plan
from report_parts import elements, listing_of

from kimplan.model.due import parse_due
from kimplan.model.prose import Block, Span
from kimplan.report.build import build_report
from kimplan.report.document import Cell, ReportDocument
from kimplan.report.request import Request


def proof(title: str, expires: str | None = None, link: str | None = None) -> dict[str, Any]:
    given = {"title": title, "expires": expires, "link": link}
    return {name: value for name, value in given.items() if value is not None}


def report_of(*evidence: list[dict[str, Any]], **settings: Any) -> ReportDocument:
    records = ({"rag": "green", "due": None, "evidence": one} for one in evidence)
    return build_report(make_plan(*records, **settings), Request(AS_OF, "v"))


def words(text: str, link: str = "") -> Cell:
    return Cell((Block((Span(text, link=link),)),))


def test_the_whole_part() -> None:
    report = report_of(
        [proof("Policy", "2024-07", "https://example.org/p"), proof("Minutes")],
        [proof("Guide", "2024-05-31", "papers/guide.pdf"), proof("Certificate", "2024-04")],
        [proof("Good for long", "2024-08-30")],
    )
    found = listing_of(report, "evidence")
    assert found.heading == "Evidence to renew (3)"
    assert found.introduction == (
        "Evidence that has expired or expires in the next 90 days, earliest first."
    )
    assert found.labels == ("Ref", "Evidence", "Expires", "When", "Owner")
    april, may, july = map(parse_due, ("2024-04", "2024-05-31", "2024-07"))
    late = Cell((Block((Span("31 days ago", bold=True),)),), -31, late=True)
    owner = words("Company Secretary")
    assert found.rows == (
        (words("REC2", "#REC2"), words("Certificate"),
         words("April 2024")._replace(value=april), late, owner),
        (words("REC2", "#REC2"), Cell((Block((Span("Guide"), Span(" (papers/guide.pdf)"))),)),
         words("31 May 2024")._replace(value=may), words("Today")._replace(value=0), owner),
        (words("REC1", "#REC1"), words("Policy", "https://example.org/p"),
         words("July 2024")._replace(value=july), words("In 61 days")._replace(value=61), owner),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expires", "within", "introduction"),
    [
        ("2024-05-30", "90", "Evidence that has expired, earliest first."),
        ("2024-05-31", "90", "Evidence that expires in the next 90 days, earliest first."),
        ("2024-06-01", "1", "Evidence that expires in the next day, earliest first."),
    ],
)
def test_what_has_expired_and_what_will(expires: str, within: str, introduction: str) -> None:
    report = report_of([proof("Policy", expires)], due_soon_days=within)
    assert listing_of(report, "evidence").introduction == introduction


@pytest.mark.parametrize("evidence", [[], [proof("Policy")], [proof("Policy", "2024-08-30")]])
def test_there_is_no_such_part_without_any(evidence: list[dict[str, Any]]) -> None:
    assert elements(report_of(evidence), "evidence") == ()


def test_it_stands_after_what_falls_due_and_has_the_plans_labels() -> None:
    columns = [{"field": "evidence", "label": "Proof"}, {"field": "owners", "label": "Whose"}]
    report = report_of([proof("Policy", "2024-05")], columns=columns)
    assert [part.name for part in report.parts][1:4] == ["overdue", "due-soon", "evidence"]
    labels = listing_of(report, "evidence").labels
    assert labels == ("Ref", "Proof", "Expires", "When", "Whose")
