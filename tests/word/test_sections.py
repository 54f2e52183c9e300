"""Pages of their own in a template: across for the plan, and one column for all of the report."""

from __future__ import annotations

import pytest
from conftest import make_plan
from docx.document import Document
from docx.oxml.ns import qn

from kimplan.model.plan import Plan

from .conftest import MakeReport
from .reopened import Reopened, Xml, find, section_of, sizes, text_width, w
from .templates import add_markers, blank, marker

PORTRAIT, LANDSCAPE = (210, 297), (297, 210)
FRONT = ("summary", "overdue", "due-soon")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan({"due": "2024-03"}, {"rag": "green", "due": None})


def portrait(*after: str, before: tuple[str, ...] = FRONT) -> Document:
    """A portrait page with a header, the front, the plan and lines of text."""
    document = blank(210, 297)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Harbour Homes"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Harbour Homes, first page"
    add_markers(document, (*before, "plan"))
    for text in after:
        document.add_paragraph(text)
    return document


def headers(word: Reopened) -> list[str]:
    """Return the header of each section, those that it has from the one above it, too."""
    return [section.header.paragraphs[0].text for section in word.document.sections]


def types(word: Reopened) -> list[str]:
    sections: list[Xml] = [section._sectPr for section in word.document.sections]
    return [w(properties, "w:type") or "nextPage" for properties in sections]


def test_the_plan_lies_across_and_what_follows_stands_upright(
    plan: Plan, make_report: MakeReport
) -> None:
    word = make_report(plan, lambda: portrait("Signed:")).word
    assert sizes(word) == [PORTRAIT, LANDSCAPE, PORTRAIT]
    assert types(word) == ["nextPage", "nextPage", "nextPage"]
    assert headers(word) == ["Harbour Homes"] * 3
    first = [section.different_first_page_header_footer for section in word.document.sections]
    assert first == [True, False, False]
    across = section_of(word.table("Action plan")._tbl)
    assert w(across, "w:pgSz", attribute="w:orient") == "landscape"
    assert grid_width(word, "Action plan") == text_width(across)


def test_a_plan_at_the_end_needs_no_third_section(plan: Plan, make_report: MakeReport) -> None:
    assert sizes(make_report(plan, portrait).word) == [PORTRAIT, LANDSCAPE]


def test_a_plan_at_the_beginning_needs_no_section_before_it(
    plan: Plan, make_report: MakeReport
) -> None:
    word = make_report(plan, lambda: portrait("Signed:", before=())).word
    assert sizes(word) == [LANDSCAPE, PORTRAIT]
    assert headers(word) == ["Harbour Homes"] * 2
    assert word.document.sections[0].different_first_page_header_footer


def test_the_plan_and_the_appendix_share_a_section(make_report: MakeReport) -> None:
    moved = make_plan(
        {
            "due": "2024-07",
            "revisions": [
                {"from": "2024-03", "to": "2024-07", "reason": "Re-planned.", "on": "2024-03-01"}
            ],
        }
    )
    word = make_report(moved, lambda: portrait(marker("moves"), "Signed:")).word
    assert sizes(word) == [PORTRAIT, LANDSCAPE, PORTRAIT]


def test_the_plans_settings_may_keep_the_templates_page(make_report: MakeReport) -> None:
    kept = make_plan({"due": "2024-03"}, report={"page": "template"})
    assert sizes(make_report(kept, lambda: portrait("Signed:")).word) == [PORTRAIT]


def test_a_landscape_template_stays_one_section(plan: Plan, make_report: MakeReport) -> None:
    def across() -> Document:
        document = blank()
        add_markers(document, ("overdue", "plan"))
        return document

    assert sizes(make_report(plan, across).word) == [LANDSCAPE]


def test_text_around_the_report_keeps_its_columns(plan: Plan, make_report: MakeReport) -> None:
    def newspaper() -> Document:
        document = blank()
        columns = find(document.sections[0]._sectPr, "w:cols")
        columns.set(qn("w:num"), "2")
        document.add_paragraph("Above")
        add_markers(document, ("overdue", "plan"))
        document.add_paragraph("Below")
        return document

    word = make_report(plan, newspaper).word
    sections: list[Xml] = [section._sectPr for section in word.document.sections]
    assert [w(one, "w:cols", attribute="w:num") for one in sections] == ["2", None, "2"]
    assert types(word) == ["nextPage", "continuous", "continuous"]


def test_a_page_without_a_size_is_words_own(plan: Plan, make_report: MakeReport) -> None:
    def silent() -> Document:
        document = blank(210, 297)
        properties: Xml = document.sections[0]._sectPr
        for tag in ("w:pgSz", "w:pgMar"):
            properties.remove(properties.find(qn(tag)))
        add_markers(document, ("overdue", "plan"))
        return document

    word = make_report(plan, silent).word
    letter_across = 15840 - 2 * 1800  # with the margins that Word takes for granted
    assert grid_width(word, "Action plan") == letter_across
    assert grid_width(word, "Overdue items (1)") == 12240 - 2 * 1800


def grid_width(word: Reopened, caption: str) -> int:
    columns = find(word.table(caption)._tbl, "w:tblGrid")
    return sum(int(column.get(qn("w:w"))) for column in columns)
