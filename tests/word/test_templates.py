"""The organisation's own template: its look and its text stay, and the report comes into it."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from report_parts import listing_of

from kimplan.model.plan import Layout, Plan

from .conftest import MakeReport, Reports
from .reopened import (
    Reopened,
    Xml,
    anchors,
    expected_counts,
    expected_listing,
    expected_plan,
    find,
    section_of,
    text_width,
    w,
)
from .templates import (
    TEMPLATES,
    blank,
    edited,
    logo,
    marker,
    plain,
    read_parts,
    template,
)

DOCUMENT = "word/document.xml"
TWIPS_PER_MM = 1440 / 25.4


def canonical(element: Xml) -> bytes:
    return etree.tostring(element, method="c14n")


def children(part: bytes, tag: str, key: str) -> dict[str, bytes]:
    """Return the children of a part's root by one of their attributes, in canonical form."""
    found: Any = etree.fromstring(part)
    return {child.get(qn(key)): canonical(child) for child in found.iterchildren(qn(tag))}


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


# Every template


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_cell_is_there(name: str, layout: Layout, reports: Reports) -> None:
    document, _, word = reports(name, layout)
    names = anchors(word, document)
    assert word.grid(word.table("Position at a glance")) == expected_counts(document)
    for listing in (listing_of(document, "overdue"), listing_of(document, "due-soon")):
        assert word.grid(word.table(listing.heading)) == expected_listing(listing, names)
    if layout is Layout.TABLE:
        assert word.grid(word.table("Action plan")) == expected_plan(document)
    else:
        whole = [row for row in expected_plan(document) if len(row) > 1]
        rows = [row for title in ("Governance", "Repairs") for row in rows_below(word, title)]
        assert rows == whole[1:]


def rows_below(word: Reopened, caption: str) -> list[Any]:
    return word.grid(word.table(caption))[1:]


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_own_styles_are_not_changed(name: str, reports: Reports) -> None:
    before = read_parts(template(TEMPLATES[name]))
    after = read_parts(reports(name).path)
    styles = children(before["word/styles.xml"], "w:style", "w:styleId")
    found = children(after["word/styles.xml"], "w:style", "w:styleId")
    assert {key: found[key] for key in styles} == styles
    for tag in ("w:docDefaults", "w:latentStyles"):
        assert children(after["word/styles.xml"], tag, "w:count") == children(
            before["word/styles.xml"], tag, "w:count"
        )


@pytest.mark.parametrize("name", TEMPLATES)
def test_missing_styles_are_added_once(name: str, reports: Reports) -> None:
    styles: Any = etree.fromstring(read_parts(reports(name).path)["word/styles.xml"])
    ids = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    names = [(w(style, "w:name") or "").casefold() for style in styles.iter(qn("w:style"))]
    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)
    wanted = ("title", "heading 1", "list bullet", "kimplan cell", "kimplan red", "kimplan table")
    assert all(name in names for name in wanted)
    for style in styles.iter(qn("w:style")):
        for tag in ("w:basedOn", "w:next", "w:link"):
            assert w(style, tag) in {None, *ids}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_templates_own_lists_are_not_changed(name: str, reports: Reports) -> None:
    before = read_parts(template(TEMPLATES[name]))["word/numbering.xml"]
    after = read_parts(reports(name).path)["word/numbering.xml"]
    for tag, key in (("w:abstractNum", "w:abstractNumId"), ("w:num", "w:numId")):
        lists, found = children(before, tag, key), children(after, tag, key)
        assert {number: found[number] for number in lists} == lists
        assert len(found) == len(lists) + 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_other_parts_stay_as_they_are(name: str, reports: Reports) -> None:
    before = read_parts(template(TEMPLATES[name]))
    after = read_parts(reports(name).path)
    for part in ("word/theme/theme1.xml", "word/fontTable.xml", "word/webSettings.xml"):
        assert after[part] == before[part]
    root: Any = etree.fromstring(after["word/settings.xml"])
    assert canonical(root) == canonical(etree.fromstring(before["word/settings.xml"]))


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_properties_are_those_of_the_report(name: str, reports: Reports) -> None:
    found = reports(name).word.document.core_properties
    assert (found.title, found.author) == ("Spotlight action plan", "Example Homes")


@pytest.mark.parametrize("name", TEMPLATES)
def test_tables_are_as_wide_as_their_page(name: str, reports: Reports) -> None:
    word = reports(name).word
    for table in word.tables:
        if word.caption(table) == "Position at a glance":
            continue
        page = section_of(table._tbl)
        grid: Xml = table._tbl.tblGrid
        widths = [int(column.get(qn("w:w"))) for column in grid.iterchildren(qn("w:gridCol"))]
        assert sum(widths) == text_width(page)
        assert min(widths) > 10 * TWIPS_PER_MM


# A letterhead


def test_logo_header_and_cover_survive(reports: Reports) -> None:
    report = reports("letterhead")
    for section in report.word.document.sections:
        header = section.header
        assert header.paragraphs[0].text == "  Harbour Homes · Confidential to the Board"
        (picture,) = header._element.iter(qn("a:blip"))
        image = header.part.related_parts[picture.get(qn("r:embed"))]
        assert image.blob == logo()
        assert section.footer.paragraphs[0].text == report.document.words.footer


def test_the_report_stands_between_the_templates_own_paragraphs(
    reports: Reports,
) -> None:
    report = reports("letterhead")
    outline = report.word.outline()
    shown = [item if isinstance(item, str) else item.block.text for item in outline]
    assert shown[:3] == [
        "Paper 7: assurance",
        "For Example Homes, to note.",
        report.document.words.position,
    ]
    assert shown[-2:] == ["Action plan", "The Board is asked to note this paper."]
    assert shown.index("Overdue items (1)") > shown.index("Position at a glance")


def test_a_word_marker_over_three_runs_takes_the_look_of_the_first(
    reports: Reports,
) -> None:
    line = reports("letterhead").word.document.paragraphs[1]
    assert [(run.text, run.italic) for run in line.runs if run.text] == [
        ("For ", None),
        ("Example Homes", True),
        (", to note.", None),
    ]


def test_the_cells_take_the_typeface_of_the_template(reports: Reports) -> None:
    word = reports("letterhead").word
    for style in ("kimplan Cell", "kimplan Amber", "kimplan Note", "kimplan Cell Bullet"):
        assert word.inherited(style, "w:rPr", "w:rFonts", attribute="w:ascii") == "Georgia"
    assert word.inherited("heading 1", "w:rPr", "w:color") == "1F7A4D"


# No markers


def test_without_markers_the_report_follows_on_a_new_page(
    reports: Reports,
) -> None:
    report = reports("no_markers")
    paragraphs = report.word.document.paragraphs
    assert [line.text for line in paragraphs[:5]] == [
        "Minutes of the last meeting",
        "They were agreed.",
        "Spotlight action plan",
        "Example Homes · Report to the Board · Position at 31 May 2024",
        report.document.words.position,
    ]
    names = [report.word.style_name(line._p).casefold() for line in paragraphs[:4]]
    assert names == ["heading 1", "normal", "title", "subtitle"]
    breaks = [find(line._p, "w:pPr", "w:pageBreakBefore") is not None for line in paragraphs[:5]]
    assert breaks == [False, False, True, False, False]
    assert report.word.body[-1].tag == qn("w:sectPr")


def test_an_empty_letterhead_begins_with_the_report(plan: Plan, make_report: MakeReport) -> None:
    def header_only() -> Document:
        document = blank()
        document.sections[0].header.paragraphs[0].text = "Harbour Homes"
        return document

    word = make_report(plan, header_only).word
    first = next(line for line in word.document.paragraphs if line.text)
    assert first.text == "Spotlight action plan"
    assert find(first._p, "w:pPr", "w:pageBreakBefore") is None


def test_a_title_in_the_header_does_not_replace_the_title_of_the_report(
    plan: Plan, make_report: MakeReport
) -> None:
    def header_with_title() -> Document:
        document = blank()
        document.sections[0].header.paragraphs[0].text = marker("title")
        document.add_paragraph("Papers for the meeting")
        return document

    word = make_report(plan, header_with_title).word
    assert [line.text for line in word.document.paragraphs[:3]] == [
        "Papers for the meeting",
        "Spotlight action plan",
        "Example Homes · Report to the Board · Position at 31 May 2024",
    ]


def test_a_cover_with_the_title_keeps_its_page(plan: Plan, make_report: MakeReport) -> None:
    """The cover has said the title; the report still begins on a page of its own."""

    def cover() -> Document:
        document = blank()
        document.add_paragraph(marker("title"), style="Title")
        document.add_paragraph("Board meeting of 13 June 2024")
        return document

    report = make_report(plan, cover)
    lines = report.word.document.paragraphs
    assert [line.text for line in lines[:3]] == [
        "Spotlight action plan",
        "Board meeting of 13 June 2024",
        report.document.words.position,
    ]
    assert find(lines[2]._p, "w:pPr", "w:pageBreakBefore") is not None


# Styles by other names


def test_a_localised_template_uses_its_own_heading(reports: Reports) -> None:
    word = reports("localised").word
    headings = [
        paragraph
        for paragraph in word.body.iterchildren(qn("w:p"))
        if word.style_name(paragraph).casefold() == "heading 1"
    ]
    assert len(headings) == 4
    assert {w(paragraph, "w:pPr", "w:pStyle") for paragraph in headings} == {"berschrift1"}
    assert word.inherited("heading 1", "w:rPr", "w:color") == "800040"
    assert w(word.style("kimplan Cell"), "w:basedOn") == "Standard"


def test_a_style_id_that_is_taken_by_another_style_is_not_used(
    plan: Plan, make_report: MakeReport
) -> None:
    def taken() -> Document:
        document = plain()
        style = next(s for s in document.styles if s.name == "Body Text")
        style._element.set(qn("w:styleId"), "kimplanCell")
        return document

    document, _, word = make_report(plan, taken)
    assert word.grid(word.table("Action plan")) == expected_plan(document)
    assert word.style("Body Text").get(qn("w:styleId")) == "kimplanCell"


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "word/numbering.xml", "word/settings.xml", "docProps/core.xml"]
)
def test_a_template_without_this_part_will_do(
    part: str, plan: Plan, make_report: MakeReport
) -> None:
    def without() -> Document:
        data = template(plain)
        folder, _, file = part.rpartition("/")
        rels = "_rels/.rels" if folder == "docProps" else "word/_rels/document.xml.rels"

        def drop(found: bytes) -> bytes:
            root: Any = etree.fromstring(found)
            for relationship in list(root):
                if relationship.get("Target").endswith(file):
                    root.remove(relationship)
            return etree.tostring(root)

        def undeclare(found: bytes) -> bytes:
            root: Any = etree.fromstring(found)
            for override in list(root):
                if override.get("PartName") == f"/{part}":
                    root.remove(override)
            return etree.tostring(root)

        return opened(edited(data, {part: None, rels: drop, "[Content_Types].xml": undeclare}))

    document, _, word = make_report(plan, without)
    assert word.grid(word.table("Action plan")) == expected_plan(document)
