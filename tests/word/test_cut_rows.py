"""Rows that are cut, read back: with and without a column of refs, and with another's ref."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from conftest import make_plan
from docx.oxml.ns import qn

from kimplan.model.plan import Plan
from kimplan.verify.compare import Found, compare
from kimplan.verify.difference import Difference
from kimplan.verify.expected import expected
from kimplan.word.read import read_report

from .conftest import Report, write
from .reopened import Xml

NAMES = ("summary", "overdue", "due-soon", "plan")
LONG = " ".join(f"Sentence {number} of a long response that says a little." for number in range(60))


def tall(*fields: str) -> Plan:
    columns = [{"field": field, "label": field.capitalize()} for field in fields]
    return make_plan({"response": LONG, "title": "Write it"}, {"title": "Do it"}, columns=columns)


def differences(report: Report) -> list[Difference]:
    found = read_report(report.path).content
    wanted = expected(report.document, NAMES)
    lines = wanted.lines
    return compare(Found(found._replace(lines=lines, headers=(), footers=()), False), wanted)


@pytest.mark.parametrize(
    "fields", [("ref", "response", "rag"), ("recommendation", "response", "rag"), ("response",)]
)
def test_they_say_what_the_plan_says(fields: tuple[str, ...], tmp_path: Path) -> None:
    report = write(tall(*fields), tmp_path / "report.docx")
    rows = report.word.rows(report.word.table("Action plan"))
    assert sum("(cont.)" in row[0].text for row in rows) > 1
    assert differences(report) == []


def test_one_that_says_that_it_belongs_to_another(tmp_path: Path) -> None:
    report = write(tall("ref", "response", "rag"), tmp_path / "report.docx")
    document = docx.Document(str(report.path))
    body: Xml = document.element.body
    texts = [text for text in body.iter(qn("w:t")) if (text.text or "").startswith(" (cont.)")]
    texts[-1].getparent().getprevious().find(qn("w:t")).text = "REC2"
    document.save(str(report.path))
    assert differences(report) == [
        Difference("Action plan", "REC1", "continued row", "REC1, REC2", "REC1")
    ]
