"""Numbered items in the report: their number as text, a tab, and an indent of their own."""

from __future__ import annotations

from conftest import make_plan
from docx.oxml.ns import qn

from kimplan.model.prose import Block, Span
from kimplan.word.heights import _slice

from .conftest import MakeReport
from .reopened import w
from .templates import letterhead

RESPONSE = "1. one\n   a) two\n   - dash\n10. no number\n2. three"


def test_numbered_items_hang_by_their_number_in_any_template(make_report: MakeReport) -> None:
    plan = make_plan({"response": RESPONSE})
    for report in (make_report(plan), make_report(plan, letterhead)):
        body = report.word.document.element.body
        shown = [
            (
                "".join(run.text or "\t" for run in paragraph.iter(qn("w:t"), qn("w:tab"))),
                w(paragraph, "w:pPr", "w:numPr", "w:numId"),
                w(paragraph, "w:pPr", "w:ind", attribute="w:left"),
                w(paragraph, "w:pPr", "w:ind", attribute="w:hanging"),
            )
            for paragraph in body.iter(qn("w:p"))
            if paragraph.find(f"{qn('w:r')}/{qn('w:tab')}") is not None
        ]
        assert shown == [
            ("1.\tone", "0", "255", "255"),
            ("a)\ttwo", "0", "510", "255"),
            ("2.\tthree", "0", "255", "255"),
        ]


def test_what_goes_on_in_another_row_has_no_number_again() -> None:
    block = Block((Span("One. Two."),), 1, marker="1.")
    assert _slice(block, 0, 5, is_first=True).text == "1. One."
    assert _slice(block, 5, 9, is_first=False) == Block((Span("Two."),), 1)
