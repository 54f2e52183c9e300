"""Pages, sections and content of the organisation's template: nothing of it is lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import make_plan
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from kimplan.model.plan import Plan
from kimplan.report.document import ReportDocument
from kimplan.word import write_report

from .conftest import MakeReport, Reports
from .reopened import (
    Paragraph,
    Reopened,
    Xml,
    expected_plan,
    find,
    section_of,
    sizes,
    text_width,
    w,
)
from .templates import (
    BLOCKS,
    add_markers,
    blank,
    edited,
    lay_out,
    logo,
    marker,
    plain,
    read_parts,
    template,
    xml,
)

DOCUMENT = "word/document.xml"


# Pages


def test_portrait_has_the_chart_below_the_counts(reports: Reports) -> None:
    word = reports("portrait").word
    assert sizes(word) == [(210, 297), (297, 210)]
    (extent,) = (inline[0] for inline in word.body.iter(qn("wp:inline")))
    assert int(extent.get("cx")) / 36_000 == pytest.approx(170, abs=0.5)
    counts = word.table("Position at a glance")._tbl
    grid: Xml = counts.tblGrid
    assert sum(int(column.get(qn("w:w"))) for column in grid) == text_width(section_of(counts))


def test_the_first_pages_header_and_number_hold_for_the_first_page_only(
    reports: Reports,
) -> None:
    report = reports("first_page")
    first, *rest = report.word.document.sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == "First page only"
    assert first.header.paragraphs[0].text == report.document.words.header
    assert w(first._sectPr, "w:pgNumType", attribute="w:start") == "5"
    for section in rest:
        assert not section.different_first_page_header_footer
        assert section.header.paragraphs[0].text == report.document.words.header
        assert w(section._sectPr, "w:pgNumType", attribute="w:start") is None


def test_the_form_of_the_page_numbers_stays(reports: Reports) -> None:
    sections = reports("first_page").word.document.sections
    forms = [w(section._sectPr, "w:pgNumType", attribute="w:fmt") for section in sections]
    assert forms == ["lowerRoman"] * len(forms)


def test_landscape_then_portrait(reports: Reports) -> None:
    word = reports("two_sections").word
    assert sizes(word) == [(297, 210)] * 3 + [(210, 297)]
    shown = [item if isinstance(item, str) else item.block.text for item in word.outline()]
    assert shown[-3:] == ["Action plan", "Appendix A", "How the ratings were agreed."]
    plan_page = section_of(word.table("Action plan")._tbl)
    assert w(plan_page, "w:pgSz", attribute="w:orient") == "landscape"
    last = word.document.sections[-1]
    assert last.start_type == WD_SECTION.NEW_PAGE


def test_portrait_then_a3(reports: Reports) -> None:
    word = reports("split_pages").word
    assert sizes(word) == [(210, 297), (420, 297)]


def test_a_section_break_in_the_markers_own_paragraph_stays(
    plan: Plan, make_report: MakeReport
) -> None:
    """Word puts a section break into the last paragraph of the section."""

    def with_break() -> Document:
        document = blank(210, 297)
        add_markers(document, BLOCKS[:-1])
        document.add_section(WD_SECTION.NEW_PAGE)
        lay_out(document.sections[-1], 297, 210)
        add_markers(document, BLOCKS[-1:])
        holder, last = document.paragraphs[-2]._p, document.paragraphs[-3]._p
        properties = find(holder, "w:pPr", "w:sectPr")
        last.get_or_add_pPr().append(properties)
        document._body._element.remove(holder)
        return document

    assert sizes(make_report(plan, with_break).word) == [(210, 297), (297, 210), (297, 210)]


def test_the_report_stands_in_one_column_on_a_page_of_several(
    plan: Plan, make_report: MakeReport
) -> None:
    def two_columns() -> Document:
        document = blank(420, 297)
        columns = find(document.sections[0]._sectPr, "w:cols")
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "720")
        add_markers(document, ("overdue", "plan"))
        return document

    word = make_report(plan, two_columns).word
    for table in word.tables:
        grid: Xml = table._tbl.tblGrid
        properties = section_of(table._tbl)
        assert properties.find(qn("w:cols")) is None
        assert sum(int(column.get(qn("w:w"))) for column in grid) == text_width(properties)


# Content that must not be lost


def test_web_links_of_the_template_stay(plan: Plan, make_report: MakeReport) -> None:
    addresses = ("https://example.org/a?b=1&c=2", "http://example.org", "mailto:a@example.org")

    def with_links() -> Document:
        document = plain()
        line = document.add_paragraph("See ")
        for address in addresses:
            key = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            line._p.append(
                xml(f'<w:hyperlink r:id="{key}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
            )
        return document

    word = make_report(plan, with_links).word
    line = word.document.paragraphs[-1]._p
    assert [word.links[link.get(qn("r:id"))] for link in line.iter(qn("w:hyperlink"))] == list(
        addresses
    )


def test_a_picture_beside_a_marker_stays(plan: Plan, make_report: MakeReport) -> None:
    """A floating logo belongs to some paragraph, perhaps to the marker's own."""

    def with_picture() -> Document:
        document = blank()
        line = document.add_paragraph()
        line.add_run().add_picture(io.BytesIO(logo()), width=Mm(12))
        line.add_run(marker("summary"))
        add_markers(document, BLOCKS[1:])
        return document

    word = make_report(plan, with_picture).word
    assert len(list(word.body.iter(qn("a:blip")))) == 1


def test_the_templates_bookmarks_and_the_reports_do_not_meet(
    plan: Plan, make_report: MakeReport
) -> None:
    def with_bookmarks() -> Document:
        document = plain()
        line = document.add_paragraph("Note")._p
        for number, name in ((7, "kimplan_REC1"), (9, "kimplan_REC2")):
            line.append(xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'))
            line.append(xml(f'<w:bookmarkEnd w:id="{number}"/>'))
        return document

    word = make_report(plan, with_bookmarks).word
    marks = list(word.body.iter(qn("w:bookmarkStart")))
    assert len(marks) == 5
    assert len({mark.get(qn("w:id")) for mark in marks}) == 5
    assert len({mark.get(qn("w:name")) for mark in marks}) == 5


def test_pictures_in_the_body_and_the_chart_have_different_numbers(
    plan: Plan, make_report: MakeReport
) -> None:
    def with_picture() -> Document:
        document = blank()
        document.add_paragraph().add_run().add_picture(io.BytesIO(logo()), width=Mm(12))
        add_markers(document)
        return document

    word = make_report(plan, with_picture).word
    numbers = [drawing.get("id") for drawing in word.body.iter(qn("wp:docPr"))]
    assert len(numbers) == len(set(numbers)) == 2


def test_an_earlier_report_may_be_the_template(plan: Plan, make_report: MakeReport) -> None:
    """It has a chart, links and bookmarks of its own, under the same names."""
    linked = make_plan({"due": "2024-03", "response": "[a](https://example.org/old)"})
    earlier = make_report(linked)
    now = make_plan({"due": "2024-03", "response": "[b](https://example.org/new)"})
    report = make_report(now, lambda: docx.Document(str(earlier.path)))
    with zipfile.ZipFile(report.path) as package:
        names = package.namelist()
    assert len(set(names)) == len(names)
    word = report.word
    targets = [
        word.links[link.get(qn("r:id"))]
        for link in word.body.iter(qn("w:hyperlink"))
        if link.get(qn("r:id"))
    ]
    assert targets == ["https://example.org/old", "https://example.org/new"]
    charts = [chart.get(qn("r:id")) for chart in word.body.iter(qn("c:chart"))]
    parts = [word.document.part.related_parts[key].partname for key in charts]
    assert len(set(parts)) == 2


# Markup that only looks like ours


def written_into(file: bytes, document: ReportDocument, folder: Path) -> Reopened:
    look = folder / "look.docx"
    look.write_bytes(file)
    write_report(document, folder / "report.docx", look)
    return Reopened(folder / "report.docx")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<w:body>", b"<w:body><?kimplan plan?>"),
        (b"<w:body>", b"<w:body><!-- <?kimplan plan?> -->"),
        (b"<w:body>", b"<w:body><?other <?kimplan plan?>"),
        (b"<w:document ", b"<?kimplan plan?><w:document "),
        (b"<w:body>", b"<w:body><w:p><w:r><w:t><![CDATA[<?kimplan plan?>]]></w:t></w:r></w:p>"),
    ],
    ids=["in the body", "in a comment", "in another one", "before the root", "as text"],
)
def test_a_processing_instruction_of_the_template_means_nothing(
    before: bytes, after: bytes, make_report: MakeReport, tmp_path: Path
) -> None:
    document = make_report(make_plan({"response": "It was -- in short -- done."})).document
    file = edited(template(plain), {DOCUMENT: lambda part: part.replace(before, after, 1)})
    word = written_into(file, document, tmp_path)
    data = read_parts(word.path)[DOCUMENT]
    assert data.count(b"It was -- in short -- done.") == 1
    assert word.grid(word.table("Action plan")) == expected_plan(document)


def test_the_text_of_a_style_name_does_not_matter_in_capitals(
    plan: Plan, make_report: MakeReport
) -> None:
    def capitals() -> Document:
        document = plain()
        for style in document.styles.element.iter(qn("w:style")):
            name = style.find(qn("w:name"))
            name.set(qn("w:val"), str(name.get(qn("w:val"))).upper())
        return document

    word = make_report(plan, capitals).word
    titles = [item for item in word.outline() if isinstance(item, Paragraph)]
    assert titles[1].style == "HEADING 1"
