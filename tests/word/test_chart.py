"""The chart: native, described in words, coloured and hatched, with its figures in a workbook."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time
from typing import Any

import pytest
from conftest import AS_OF, make_plan
from docx.oxml.ns import qn
from lxml import etree
from needed import needed
from report_parts import chart_of

from kimplan.report.document import Figure

from .conftest import MakeReport, Report
from .reopened import Xml
from .templates import NAMESPACES, TEMPLATES, Build, read_parts
from .test_look import contrast

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def part(report: Report, pattern: str) -> tuple[str, bytes]:
    """Return the name and the content of the only part whose name matches `pattern`."""
    (found,) = (item for item in read_parts(report.path).items() if re.fullmatch(pattern, item[0]))
    return found


def chart_xml(report: Report) -> Xml:
    return etree.fromstring(part(report, r"word/charts/[^/]+\.xml")[1])


def workbook(report: Report) -> bytes:
    return part(report, r"word/embeddings/[^/]+\.xlsx")[1]


def texts(element: Xml, path: str) -> list[str]:
    return [found.text or "" for found in element.xpath(path, namespaces=NAMESPACES)]


def sheet_cells(file: bytes) -> dict[str, str]:
    """Return the cells of a workbook's only sheet: plain XML, without a library."""
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        strings: Any = etree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet: Any = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        names = [entry for entry in book.namelist() if "worksheets/" in entry]
    assert names == ["xl/worksheets/sheet1.xml"]
    shared = [
        "".join(text.text or "" for text in item.iter(f"{{{SHEET['s']}}}t"))
        for item in strings.findall("s:si", SHEET)
    ]
    cells = {}
    for cell in sheet.iter(f"{{{SHEET['s']}}}c"):
        assert cell.find("s:f", SHEET) is None, "a formula"
        value = cell.find("s:v", SHEET).text
        cells[cell.get("r")] = shared[int(value)] if cell.get("t") == "s" else value
    return cells


def expected_cells(chart: Figure) -> dict[str, str]:
    cells = {f"A{row}": name for row, name in enumerate(chart.categories, 2)}
    for column, series in zip("BCDEFG", chart.series, strict=False):
        cells[f"{column}1"] = series.name
        cells |= {f"{column}{row}": str(value) for row, value in enumerate(series.values, 2)}
    return cells


def test_the_chart_shows_the_figures_of_the_report(report: Report) -> None:
    chart = chart_of(report.document)
    found = chart_xml(report).xpath("//c:ser", namespaces=NAMESPACES)
    assert [texts(series, "c:tx//c:v") for series in found] == [[s.name] for s in chart.series]
    for series, expected in zip(found, chart.series, strict=True):
        assert texts(series, "c:cat//c:v") == list(chart.categories)
        assert texts(series, "c:val//c:v") == [str(value) for value in expected.values]


def test_the_workbook_holds_the_same_figures(report: Report) -> None:
    assert sheet_cells(workbook(report)) == expected_cells(chart_of(report.document))


def test_the_chart_refers_to_the_cells_that_hold_its_figures(report: Report) -> None:
    root = chart_xml(report)
    cells = sheet_cells(workbook(report))
    for series in root.xpath("//c:ser", namespaces=NAMESPACES):
        for kind in ("tx", "cat", "val"):
            (formula,) = texts(series, f"c:{kind}//c:f")
            found = re.fullmatch(r"Sheet1!\$([A-G])\$(\d+)(?::\$\1\$(\d+))?", formula)
            assert found, formula
            rows = range(int(found[2]), int(found[3] or found[2]) + 1)
            held = [cells[f"{found[1]}{row}"] for row in rows]
            assert held == texts(series, f"c:{kind}//c:v")
            (size,) = series.xpath(f"c:{kind}//c:ptCount/@val", namespaces=NAMESPACES)
            assert int(size) == len(held)


def test_the_workbook_is_embedded_and_not_fetched(report: Report) -> None:
    name, relationships = part(report, r"word/charts/_rels/[^/]+\.xml\.rels")
    (only,) = etree.fromstring(relationships)
    assert name.endswith(f"/{part(report, 'word/charts/[^/]+.xml')[0].rpartition('/')[2]}.rels")
    assert only.get("TargetMode") is None
    (used,) = chart_xml(report).xpath("//c:externalData/@r:id", namespaces=NAMESPACES)
    assert used == only.get("Id")


def test_the_chart_says_in_words_what_it_shows(report: Report) -> None:
    (drawing,) = report.word.body.iter(qn("wp:docPr"))
    text = drawing.get("descr")
    assert text == chart_of(report.document).alt_text
    for series in chart_of(report.document).series:
        for category, value in zip(
            chart_of(report.document).categories, series.values, strict=True
        ):
            sentence = next(part for part in text.split(". ") if part.startswith(category))
            assert (f"{value} {series.name}" in sentence) == bool(value)


def test_the_chart_stands_in_line_with_the_text(report: Report) -> None:
    (inline,) = report.word.body.iter(qn("wp:inline"))
    (extent,) = inline.iterchildren(qn("wp:extent"))
    millimetres = int(extent.get("cx")) / 36_000, int(extent.get("cy")) / 36_000
    assert millimetres == pytest.approx((133, 68), abs=1)


def test_every_series_has_the_colours_of_its_rating(make_report: MakeReport) -> None:
    records: list[dict[str, str | None]] = [
        {"rag": "green", "due": None},
        {"rag": "not-applicable", "due": None},
        {"rag": "amber", "due": "2024-01"},
        {"rag": "amber", "due": "2024-12"},
        {"rag": "red", "due": "2024-01"},
        {"rag": "red", "due": "2024-12"},
    ]
    root = chart_xml(make_report(make_plan(*records)))
    found = []
    for series in root.xpath("//c:ser", namespaces=NAMESPACES):
        (name,) = texts(series, "c:tx//c:v")
        colours = series.xpath("c:spPr/*[not(self::a:ln)]//a:srgbClr/@val", namespaces=NAMESPACES)
        hatched = bool(series.xpath("c:spPr/a:pattFill", namespaces=NAMESPACES))
        (label,) = series.xpath("c:dLbls/c:txPr//a:srgbClr/@val", namespaces=NAMESPACES)
        found.append((name, hatched, sorted(colours)))
        assert contrast(label, colours[-1]) >= 7
    assert found == [
        ("Green", False, ["BFE3C6"]),
        ("Amber, on time", False, ["FFB000"]),
        ("Amber, overdue", True, ["000000", "FFB000"]),
        ("Red, on time", False, ["A4161A"]),
        ("Red, overdue", True, ["A4161A", "FFFFFF"]),
        ("Not Applicable", False, ["F2F2F2"]),
    ]


def test_texts_that_look_like_formulas_or_markup_stay_texts(make_report: MakeReport) -> None:
    titles = ["=1+1", "@SUM(A1)", "+44 & <more>", "https://example.org", "\"quoted\" 'title'"]
    plan = make_plan(
        *({"section": f"s{at}"} for at, _ in enumerate(titles)),
        sections=[{"id": f"s{at}", "title": title} for at, title in enumerate(titles)],
        ratings={"amber": {"label": "=HYPERLINK(1)", "meaning": "…"}},
    )
    report = make_report(plan)
    assert chart_of(report.document).categories == tuple(titles)
    assert sheet_cells(workbook(report)) == expected_cells(chart_of(report.document))
    assert texts(chart_xml(report), "(//c:ser)[1]/c:cat//c:v") == titles


@pytest.mark.parametrize("count", [1, 12, 40])
def test_a_chart_of_any_number_of_sections(count: int, make_report: MakeReport) -> None:
    plan = make_plan(
        *({"section": f"s{at}"} for at in range(count)),
        sections=[{"id": f"s{at}", "title": f"Section {at}"} for at in range(count)],
    )
    report = make_report(plan)
    assert sheet_cells(workbook(report)) == expected_cells(chart_of(report.document))


def typefaces(report: Report) -> set[str]:
    found = chart_xml(report).xpath("//a:latin/@typeface", namespaces=NAMESPACES)
    return {str(name) for name in found}


@pytest.mark.parametrize(
    ("template", "allowed"),
    [
        (None, {"Arial"}),
        (TEMPLATES["letterhead"], {"Georgia"}),
        (TEMPLATES["plain"], {"Cambria", "+mn-lt"}),
    ],
    ids=["default", "Georgia", "theme"],
)
def test_the_chart_has_the_typeface_of_the_text(
    template: Build | None, allowed: set[str], make_report: MakeReport
) -> None:
    """`plain` takes its typeface from the theme, and has Courier in a style that nobody uses."""
    assert typefaces(make_report(make_plan({}), template)) <= allowed


@pytest.mark.parametrize("template", [None, TEMPLATES["letterhead"]], ids=["default", "Georgia"])
def test_the_numbers_on_the_bars_have_that_typeface_too(
    template: Build | None, make_report: MakeReport
) -> None:
    root = chart_xml(make_report(make_plan({}), template))
    looks = root.xpath("//c:txPr//a:defRPr", namespaces=NAMESPACES)
    named = [look.xpath("string(a:latin/@typeface)", namespaces=NAMESPACES) for look in looks]
    assert len(named) > 2
    assert len(set(named)) == 1


def test_a_bar_without_room_for_its_figure_has_none(make_report: MakeReport) -> None:
    records: list[dict[str, str | None]] = [{"due": "2024-12"} for _ in range(30)]
    records += [{"rag": "red", "due": "2024-12"}, {"section": "repairs", "due": "2024-01"}]
    report = make_report(make_plan(*records))
    hidden = {
        "".join(texts(series, "c:tx//c:v")): series.xpath(
            "c:dLbls/c:dLbl[c:delete/@val='1']/c:idx/@val", namespaces=NAMESPACES
        )
        for series in chart_xml(report).xpath("//c:ser", namespaces=NAMESPACES)
    }
    assert hidden == {"Amber, on time": [], "Amber, overdue": ["1"], "Red, on time": ["0"]}
    assert "30 Amber, on time; 1 Red, on time." in chart_of(report.document).alt_text


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("<r><evil></r>", "<r><evil></r>"),
        ("_x0041_ & =1+1", "_x005F_x0041_ & =1+1"),  # Excel reads the code as the sign it escapes
        ("Two_x0041_x0042_", "Two_x005F_x0041_x005F_x0042_"),
    ],
)
def test_a_section_that_looks_like_markup_is_text_in_the_workbook(
    title: str, shown: str, make_report: MakeReport
) -> None:
    report = make_report(make_plan({}, sections=[{"id": "governance", "title": title}]))
    assert sheet_cells(workbook(report))["A2"] == shown


def test_another_library_reads_the_same_workbook(report: Report) -> None:
    """A reader of workbooks that had no part in writing it."""
    book = needed("openpyxl").load_workbook(io.BytesIO(workbook(report)))
    assert book.sheetnames == ["Sheet1"]
    assert book.properties.created == datetime.combine(AS_OF, time())
    found = {
        cell.coordinate: str(cell.value)
        for row in book["Sheet1"].iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert found == expected_cells(chart_of(report.document))
