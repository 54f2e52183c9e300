"""The report of a plan that rates by BRAG, read back: its words, its colours and its chart."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EVIDENCE, make_plan
from report_parts import chart_of

from kimplan.model.plan import Layout, Plan
from kimplan.word.colours import FILLS, STYLES

from .conftest import Report, write
from .reopened import expected_counts, expected_plan
from .templates import NAMESPACES
from .test_chart import chart_xml, expected_cells, sheet_cells, texts, workbook

RECORDS = (
    {"rag": "blue", "due": "2024-03", "completed": "2024-04-12", "evidence": [*EVIDENCE]},
    {"rag": "green", "due": "2024-04"},
    {"rag": "green", "due": "2024-09"},
    {"rag": "amber", "due": "2024-03-15"},
    {"rag": "red", "due": "2024-04", "section": "repairs"},
    {"rag": "red", "due": "2024-07", "section": "repairs"},
    {"rag": "amber", "due": "2024-07", "section": "repairs"},
    {"rag": "not-applicable", "due": None, "section": "repairs"},
)


def brag_plan(**settings: object) -> Plan:
    return make_plan(*RECORDS, ratings={"scheme": "brag"}, **settings)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return write(brag_plan(), tmp_path_factory.mktemp("brag") / "brag.docx", Layout.TABLE)


def test_every_cell_is_that_of_the_document(report: Report) -> None:
    word = report.word
    assert word.grid(word.table("Action plan")) == expected_plan(report.document)
    assert word.grid(word.table("Position at a glance")) == expected_counts(report.document)


def test_each_rating_has_its_word_its_date_and_its_colour(report: Report) -> None:
    rows = [row for row in report.word.grid(report.word.table("Action plan")) if len(row) == 6]
    found = [(r[3].text, r[3].fill, r[3].paragraphs[0].style, r[4].text) for r in rows[1:]]
    blue, green = ("BLUE", "1D4E89", "kimplan Blue"), ("GREEN", "BFE3C6", "kimplan Green")
    amber, red = ("AMBER", "FFB000", "kimplan Amber"), ("RED", "A4161A", "kimplan Red")
    assert found == [
        (*blue, "Compliant"),
        (*green, "April 2024"),
        (*green, "September 2024"),
        (*amber, "15 March 2024"),
        (*red, "April 2024"),
        (*red, "July 2024"),
        (*amber, "July 2024"),
        ("Not Applicable", "F2F2F2", "kimplan Not Applicable", "–"),
    ]
    assert FILLS.keys() == STYLES.keys()


def test_the_position_and_the_note_count_green_as_open(report: Report) -> None:
    said = [found.block.text for found in report.word.outline() if not isinstance(found, str)]
    assert (
        "1 of 8 recommendations is complete (Blue), 2 are on track (Green) and 2 are in progress "
        "(Amber). 1 of the 2 Green items is past the estimated completion date. 1 of the 2 Amber "
        "items is past the estimated completion date. 2 are Red, 1 of them past the estimated "
        "completion date. 1 does not apply to Example Homes at present."
    ) in said
    assert "Overdue items (3)" in said
    assert (
        "Green, Amber or Red items whose estimated completion date has passed, oldest first."
        in said
    )


def test_the_chart_has_a_series_of_each_rating_on_time_and_overdue(report: Report) -> None:
    names = [
        "Blue", "Green, on time", "Green, overdue", "Amber, on time", "Amber, overdue",
        "Red, on time", "Red, overdue", "Not Applicable",
    ]  # fmt: skip
    found = chart_xml(report).xpath("//c:ser", namespaces=NAMESPACES)
    assert [texts(one, "c:tx//c:v") for one in found] == [[name] for name in names]
    values = [texts(one, "c:val//c:v") for one in found]
    assert values == [
        ["1", "0"], ["1", "0"], ["1", "0"], ["0", "1"], ["1", "0"], ["0", "1"], ["0", "1"],
        ["0", "1"],
    ]  # fmt: skip
    fills = [one.xpath("string(c:spPr//a:srgbClr[last()]/@val)", namespaces=NAMESPACES)
             for one in found]  # fmt: skip
    assert fills[0] == "1D4E89"
    cells = sheet_cells(workbook(report))
    assert cells | expected_cells(chart_of(report.document)) == cells


def test_a_report_in_welsh(tmp_path: Path) -> None:
    report = write(brag_plan(language="cy"), tmp_path / "cy.docx", Layout.TABLE)
    counts = [row[0].text for row in report.word.grid(report.word.tables[0])]
    assert counts[1:6] == ["GLAS", "GWYRDD", "AMBR", "COCH", "Amherthnasol"]
    said = [found.block.text for found in report.word.outline() if not isinstance(found, str)]
    start = "Mae 1 o 8 argymhelliad wedi'i gwblhau (Glas); mae 2 ar y trywydd iawn (Gwyrdd); "
    assert any(text.startswith(start) for text in said)
