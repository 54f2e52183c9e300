"""Colours, contrast, styles, sizes and lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import make_plan
from docx.oxml.ns import qn
from report_parts import chapters_of

from kimplan.model.plan import Layout, Plan
from kimplan.model.prose import MAX_LEVEL
from kimplan.model.rating import Scheme

from .conftest import MakeReport, Report
from .reopened import RATED, SECTION_FILL, Reopened, Xml, find, w
from .templates import own_styles, plain

WHITE, BLACK = "FFFFFF", "000000"
HEADER_FILL = "1F3A5F"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, glossary)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, glossary)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def colour(word: Reopened, style: str) -> str:
    """Return the colour of the text of a style."""
    found = word.inherited(style, "w:rPr", "w:color")
    return BLACK if found in {None, "auto"} else str(found)


def test_the_contrast_is_that_of_wcag() -> None:
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast("777777", WHITE) == pytest.approx(4.48, abs=0.01)


PAIRS = [
    ("kimplan Blue", "1D4E89", "FFFFFF"),
    ("kimplan Green", "BFE3C6", "0B3D1E"),
    ("kimplan Amber", "FFB000", "000000"),
    ("kimplan Red", "A4161A", "FFFFFF"),
    ("kimplan Not Applicable", "F2F2F2", "4D4D4D"),
    ("kimplan Cell Heading", HEADER_FILL, "FFFFFF"),
    ("kimplan Cell", SECTION_FILL, "000000"),
    ("heading 2", SECTION_FILL, "1F3A5F"),
    ("kimplan Overdue", WHITE, "8A1C1C"),
    ("Hyperlink", WHITE, "1F4E8C"),
    ("heading 1", WHITE, "1F3A5F"),
    ("Title", WHITE, "1F3A5F"),
    ("Subtitle", WHITE, "404040"),
    ("kimplan Note", WHITE, "595959"),
    ("caption", WHITE, "595959"),
    ("header", WHITE, "595959"),
    ("footer", WHITE, "595959"),
]


@pytest.mark.parametrize(("style", "fill", "text"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_every_text_has_a_contrast_of_seven_to_one(
    style: str, fill: str, text: str, table_report: Report
) -> None:
    assert colour(table_report.word, style) == text
    assert contrast(text, fill) >= 7


def test_a_link_on_the_fill_of_a_section_can_be_read(table_report: Report) -> None:
    assert contrast(colour(table_report.word, "Hyperlink"), SECTION_FILL) >= 7


def test_the_header_row_is_filled_by_the_tables_style(table_report: Report) -> None:
    style = table_report.word.style("kimplan Table")
    (first_row,) = style.iterchildren(qn("w:tblStylePr"))
    assert first_row.get(qn("w:type")) == "firstRow"
    assert w(first_row, "w:tcPr", "w:shd", attribute="w:fill") == HEADER_FILL
    for table in table_report.word.tables:
        assert w(table._tbl.tblPr, "w:tblStyle") == style.get(qn("w:styleId"))


@pytest.mark.parametrize("rating", Scheme.RAG.words)
def test_each_rating_has_its_fill_its_style_and_its_word(
    rating: str, make_report: MakeReport
) -> None:
    due = "2024-07" if rating in {"amber", "red"} else None
    document, _, word = make_report(make_plan({"rag": rating, "due": due}))
    cell = word.grid(word.table("Action plan"))[2][3]
    style, fill = RATED[rating]
    assert (cell.paragraphs[0].style, cell.fill) == (style, fill)
    assert cell.text == chapters_of(document)[0].rows[0].cells[3].text != ""
    assert word.inherited(style, "w:rPr", "w:b") in {None, "1", "true"}
    assert find(word.style(style), "w:rPr", "w:b") is not None


def test_nothing_but_ratings_and_sections_is_filled(table_report: Report) -> None:
    word = table_report.word
    for row in word.grid(word.table("Action plan"))[1:]:
        fills = [cell.fill for cell in row]
        assert fills == [SECTION_FILL] or (
            fills[3] in {fill for _, fill in RATED.values()} and set(fills[:3] + fills[4:]) == {""}
        )


def test_rows_are_ruled_on_all_sides(table_report: Report) -> None:
    borders = find(table_report.word.style("kimplan Table"), "w:tblPr", "w:tblBorders")
    sides = {child.tag.partition("}")[2]: child.get(qn("w:val")) for child in borders}
    assert sides == dict.fromkeys(
        ("top", "left", "bottom", "right", "insideH", "insideV"), "single"
    )


# Type


SIZES = {
    "Title": 24,
    "heading 1": 16,
    "heading 2": 13,
    "Normal": 11,
    "kimplan Cell": 10.5,
    "kimplan Cell Bullet": 10.5,
    "kimplan Cell Heading": 10.5,
    "kimplan Blue": 10.5,
    "kimplan Green": 10.5,
    "footer": 9,
    "header": 9,
}


def size(word: Reopened, style: str) -> float:
    """Return the size of a style, in points."""
    found = word.inherited(style, "w:rPr", "w:sz")
    if found is None:
        defaults = word.document.styles.element.find(qn("w:docDefaults"))
        found = w(defaults, "w:rPrDefault", "w:rPr", "w:sz")
    assert found is not None
    return int(found) / 2


@pytest.mark.parametrize("style", SIZES)
def test_sizes_are_those_of_the_design(style: str, table_report: Report) -> None:
    assert size(table_report.word, style) == SIZES[style]


def test_the_typeface_is_arial(table_report: Report) -> None:
    fonts = {
        element.get(qn(f"w:{script}"))
        for element in table_report.word.document.styles.element.iter(qn("w:rFonts"))
        for script in ("ascii", "hAnsi", "cs")
    }
    assert fonts == {"Arial"}


@pytest.mark.parametrize("points", [8.0, 12.0])
def test_the_font_size_is_that_of_the_cells_only(points: float, make_report: MakeReport) -> None:
    word = make_report(make_plan({}), font_size=points).word
    expected = {
        style: points if style.startswith("kimplan") else usual for style, usual in SIZES.items()
    }
    assert {style: size(word, style) for style in SIZES} == expected


def test_the_font_size_holds_in_a_template_too(make_report: MakeReport) -> None:
    as_it_is = make_report(make_plan({}), own_styles).word
    assert size(as_it_is, "kimplan Cell") == 8
    asked = make_report(make_plan({}), own_styles, font_size=12.0).word
    assert [size(asked, style) for style in ("kimplan Cell", "kimplan Cell Bullet")] == [12, 12]


def test_no_text_has_a_look_of_its_own(report: Report) -> None:
    """Bold and links apart, the styles say how everything looks."""
    for properties in report.word.body.iter(qn("w:rPr")):
        assert {child.tag for child in properties} <= {qn(f"w:{n}") for n in ("b", "bCs", "rStyle")}


# Lists


def bullets(word: Reopened) -> Iterator[Xml]:
    """Yield the paragraphs that are list items by their style."""
    for paragraph in word.body.iter(qn("w:p")):
        if "Bullet" in word.style_name(paragraph):
            yield paragraph


@pytest.mark.parametrize("style", ["kimplan Cell Bullet", "List Bullet"])
def test_list_styles_belong_to_a_real_list(style: str, table_report: Report) -> None:
    word = table_report.word
    found = word.list_levels(style)
    assert [w(level, "w:numFmt") for level in found] == ["bullet"] * MAX_LEVEL
    assert w(found[0], "w:pStyle") == word.style(style).get(qn("w:styleId"))
    indents = [int(indent or 0) for indent in word.indents(style)]
    assert indents == sorted(set(indents))


def test_bullets_are_list_items_and_no_characters(table_report: Report) -> None:
    found = list(bullets(table_report.word))
    assert len(found) == 8
    for paragraph in found:
        text = "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        assert text[0] not in "·•-–▪"
        assert w(paragraph, "w:pPr", "w:numPr", "w:numId") != "0"


def test_nested_bullets_stand_on_their_levels(make_report: MakeReport) -> None:
    response = "- one\n  - two\n    - three\n      - four\n\n  more of one"
    word = make_report(make_plan({"response": response})).word
    shown = [
        (
            "".join(run.text or "" for run in paragraph.iter(qn("w:t"))),
            w(paragraph, "w:pPr", "w:numPr", "w:ilvl"),
            w(paragraph, "w:pPr", "w:numPr", "w:numId"),
        )
        for paragraph in bullets(word)
    ]
    assert shown == [
        ("one", None, None),
        ("two", "1", None),
        ("three", "2", None),
        ("four", "2", None),
        ("more of one", "0", "0"),
    ]


def narrated(text: str) -> Plan:
    return make_plan(
        {"response": text}, sections=[{"id": "governance", "title": "G", "narrative": text}]
    )


def test_what_goes_on_with_a_bullet_stands_below_its_text(make_report: MakeReport) -> None:
    """In cells and, in the layout of sections, on the page, where lists are indented further."""
    text = "- one\n\n  more of one\n  - two\n\n    more of two"
    word = make_report(narrated(text), layout=Layout.SECTIONS).word
    lines = [word.paragraph(found) for found in bullets(word)]
    shown = [(line.block.text, line.block.level, line.block.bullet) for line in lines]
    expected = [
        ("one", 1, True),
        ("more of one", 1, False),
        ("two", 2, True),
        ("more of two", 2, False),
    ]
    assert shown == expected * 2


def test_a_templates_list_has_every_level_that_is_used(make_report: MakeReport) -> None:
    """A ``List Bullet`` of a template may have one level; Word shows no mark on a second one."""
    word = make_report(narrated("- one\n  - two"), plain, Layout.SECTIONS).word
    for found in bullets(word):
        style, block = word.paragraph(found)
        assert block.level <= len(word.list_levels(style)), block.text


# Pages


def test_headings_stay_with_what_follows(table_report: Report) -> None:
    word = table_report.word
    for style in ("heading 1", "heading 2"):
        assert find(word.style(style), "w:pPr", "w:keepNext") is not None
    assert w(word.style("heading 1"), "w:pPr", "w:outlineLvl") == "0"
    assert w(word.style("heading 2"), "w:pPr", "w:outlineLvl") == "1"


def test_the_page_is_a4_landscape_with_the_margins_of_the_design(report: Report) -> None:
    for section in report.word.document.sections:
        size = find(section._sectPr, "w:pgSz").attrib
        margins = find(section._sectPr, "w:pgMar")
        assert size == {qn("w:w"): "16838", qn("w:h"): "11906", qn("w:orient"): "landscape"}
        assert [
            round(int(margins.get(qn(f"w:{side}"))) * 25.4 / 1440)
            for side in ("left", "right", "top", "bottom")
        ] == [15, 15, 18, 16]


def test_counts_and_chart_stand_side_by_side(table_report: Report) -> None:
    sections = [section._sectPr for section in table_report.word.document.sections]
    columns = [find(section, "w:cols") for section in sections]
    assert [found.get(qn("w:num"), "1") for found in columns] == ["1", "2", "1"]
    widths = [int(column.get(qn("w:w"))) for column in columns[1]]
    gap = int(columns[1][0].get(qn("w:space")))
    assert sum(widths) + gap == 16838 - 2 * 851
    assert [w(section, "w:type") for section in sections] == [None, "continuous", "continuous"]


def begins_page(word: Reopened, heading: str) -> bool:
    """Return whether the part below `heading` begins a new page."""
    found = next(
        paragraph
        for paragraph in word.body.iterchildren(qn("w:p"))
        if word.style_name(paragraph) == "heading 1"
        and word.paragraph(paragraph).block.text == heading
    )
    properties: Xml = found.find(qn("w:pPr"))
    return properties.find(qn("w:pageBreakBefore")) is not None


@pytest.mark.parametrize("heading", ["Overdue items (6)", "Due in the next 90 days (4)"])
def test_without_changes_the_first_page_goes_on(heading: str, table_report: Report) -> None:
    assert not begins_page(table_report.word, heading)
