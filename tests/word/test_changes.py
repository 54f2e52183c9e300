"""What happened since the last report, read back from Word files of real repositories."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from board_meetings import make_meetings
from conftest import AS_OF
from docx.oxml.ns import qn
from lxml import etree
from report_parts import Listing, chart_of, listing_of

from kimplan.linter import load
from kimplan.model.plan import Layout
from kimplan.model.rating import Rating
from kimplan.report.build import build_report
from kimplan.report.document import Figure, TableRow
from kimplan.report.origin import Origin
from kimplan.report.request import Request
from kimplan.report.since import read_since
from kimplan.word import write_report

from .conftest import VERSION, Report
from .reopened import Grid, Reopened, Xml, anchors, expected_listing, expected_rows, find, w
from .templates import (
    NAMESPACES,
    TEMPLATES,
    add_markers,
    blank,
    edited,
    read_parts,
    template,
    to_bytes,
)
from .test_chart import expected_cells, sheet_cells

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ORIGIN = Origin("9.9", "1" * 40, folder="plan", since="2" * 40, since_day=AS_OF)
CUSTOM = "docProps/custom.xml"


class Look(NamedTuple):
    """A layout and perhaps a template."""

    layout: Layout
    template: str = ""


LOOKS = [Look(Layout.TABLE), Look(Layout.SECTIONS), *(Look(Layout.TABLE, x) for x in TEMPLATES)]
Make = Callable[[Look], Report]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give the report since February in each look; each is written once."""
    meetings = make_meetings(tmp_path_factory.mktemp("meetings"))
    plan = load(meetings.plan, partial=True).plan
    assert plan is not None
    since = read_since(meetings.plan, plan, "board-2024-02", AS_OF)
    made: dict[Look, Report] = {}

    def one(look: Look) -> Report:
        if look not in made:
            request = Request(AS_OF, VERSION, look.layout, origin=ORIGIN, since=since)
            document = build_report(plan, request)
            folder = tmp_path_factory.mktemp("report")
            path = folder / "look.docx" if look.template else None
            if path:
                path.write_bytes(template(TEMPLATES[look.template]))
            write_report(document, folder / "report.docx", path)
            made[look] = Report(document, folder / "report.docx", Reopened(folder / "report.docx"))
        return made[look]

    return one


@pytest.fixture(params=LOOKS, ids=lambda look: look.template or str(look.layout))
def report(request: pytest.FixtureRequest, make: Make) -> Report:
    return make(request.param)


@pytest.fixture
def table(make: Make) -> Report:
    return make(Look(Layout.TABLE))


def expected_grid(listing: Listing, report: Report) -> Grid:
    """Return how a listing is shown whose refs may lead nowhere."""
    names = anchors(report.word, report.document)
    linked = [row for row in listing.rows if row[0].blocks[0].spans[0].link]
    shown = iter(expected_listing(listing._replace(rows=tuple(linked)), names))
    grid = [next(shown)]
    for row in listing.rows:
        (plain,) = expected_rows((TableRow(row),))
        grid.append(next(shown) if row in linked else plain)
    return grid


# The tables


def test_every_cell_of_the_changes(report: Report) -> None:
    listing = listing_of(report.document, "changes")
    assert len(listing.rows) == 6
    assert report.word.grid(report.word.table(listing.heading)) == expected_grid(listing, report)


def test_every_cell_of_the_moves(report: Report) -> None:
    listing = listing_of(report.document, "moves")
    assert len(listing.rows) == 2
    assert report.word.grid(report.word.table(listing.heading)) == expected_grid(listing, report)


def test_the_parts_stand_in_the_order_of_the_design(table: Report) -> None:
    captions = [part for part in table.word.outline() if isinstance(part, str)]
    assert captions == [
        "Position at a glance",
        "Changes since the last report",
        "Overdue items (1)",
        "Due in the next 90 days (1)",
        "Action plan",
        "Appendix: every date moved (2)",
    ]
    headings = [
        part.block.text
        for part in table.word.outline()
        if not isinstance(part, str) and part.style == "heading 1"
    ]
    assert headings == [
        "Position at a glance",
        "Changes since the last report",
        "Ratings month by month",
        "Overdue items (1)",
        "Due in the next 90 days (1)",
        "Action plan",
        "Appendix: every date moved (2)",
    ]


def test_the_tables_fill_the_page_and_repeat_their_header(table: Report) -> None:
    for listing in (listing_of(table.document, "changes"), listing_of(table.document, "moves")):
        found = table.word.table(listing.heading)
        widths = [int(each.get(qn("w:w")) or 0) for each in found._tbl.iter(qn("w:gridCol"))]
        assert sum(widths) == 16838 - 2 * 851
        first, *others = found._tbl.tr_lst
        assert find(first, "w:trPr", "w:tblHeader") is not None
        assert all(find(row, "w:trPr", "w:tblHeader") is None for row in others)
        assert all(find(row, "w:trPr", "w:cantSplit") is not None for row in found._tbl.tr_lst)
        assert table.word.description(found) == listing.introduction


def test_what_is_left_out_is_said_below_the_table(table: Report) -> None:
    lines = [part for part in table.word.outline() if not isinstance(part, str)]
    (note,) = (
        line for line in lines if line.block.text == listing_of(table.document, "changes").note
    )
    assert note.style == "kimplan Note"


def test_the_appendix_begins_a_page(table: Report) -> None:
    (heading,) = (
        line
        for line in table.word.body.iter(qn("w:p"))
        if table.word.paragraph(line).block.text.startswith("Appendix")
    )
    properties: Xml = heading.find(qn("w:pPr"))
    assert properties.find(qn("w:pageBreakBefore")) is not None
    # A line between might stand on a page of its own.
    assert heading.getprevious().tag == qn("w:tbl")


def test_nothing_changed_is_no_table(tmp_path: Path) -> None:
    meetings = make_meetings(tmp_path)
    plan = load(meetings.plan, partial=True).plan
    assert plan is not None
    since = read_since(meetings.plan, plan, "HEAD", AS_OF)
    document = build_report(plan, Request(AS_OF, VERSION, since=since))
    write_report(document, tmp_path / "report.docx")
    word = Reopened(tmp_path / "report.docx")
    assert "Changes since the last report" not in [word.caption(table) for table in word.tables]
    lines = [part.block.text for part in word.outline() if not isinstance(part, str)]
    assert listing_of(document, "changes").introduction in lines


# The trend


def trend(report: Report) -> Figure:
    return chart_of(report.document, "trend")


def charts(report: Report) -> list[Xml]:
    """Return the chart parts in the order of the text."""
    relationships = report.word.document.part.rels
    shown = report.word.body.iter(qn("c:chart"))
    return [relationships[chart.get(qn("r:id"))].target_part for chart in shown]


def texts(element: Xml, path: str) -> list[str]:
    return [found.text or "" for found in element.xpath(path, namespaces=NAMESPACES)]


def test_the_trend_is_a_native_chart_of_stacked_columns(report: Report) -> None:
    summary, months = charts(report)
    assert summary.partname != months.partname
    root = etree.fromstring(months.blob)

    def get(path: str) -> Xml:
        return root.xpath(path, namespaces=NAMESPACES)

    assert get("//c:barDir/@val") == ["col"]
    assert get("//c:grouping/@val") == ["stacked"]
    assert get("//c:catAx/c:scaling/c:orientation/@val") == ["minMax"]
    assert (get("//c:catAx/c:axPos/@val"), get("//c:valAx/c:axPos/@val")) == (["b"], ["l"])
    chart = trend(report)
    for series, expected in zip(get("//c:ser"), chart.series, strict=True):
        assert texts(series, "c:tx//c:v") == [expected.name]
        assert texts(series, "c:cat//c:v") == list(chart.categories)
        assert texts(series, "c:val//c:v") == [str(value) for value in expected.values]
        assert bool(series.xpath("c:spPr/a:pattFill", namespaces=NAMESPACES)) == expected.overdue
    assert etree.fromstring(summary.blob).xpath("//c:barDir/@val", namespaces=NAMESPACES) == ["bar"]


def test_the_figures_are_in_a_workbook_of_its_own(report: Report) -> None:
    held = []
    for part in charts(report):
        (book,) = (relationship.target_part for relationship in part.rels.values())
        held.append(sheet_cells(book.blob))
    assert held == [expected_cells(chart_of(report.document)), expected_cells(trend(report))]


def test_the_charts_say_in_words_what_they_show_and_have_ids_of_their_own(report: Report) -> None:
    described = [
        about
        for about in report.word.body.iter(qn("wp:docPr"))
        if next(about.getparent().iter(qn("c:chart")), None) is not None
    ]
    assert [about.get("descr") for about in described] == [
        chart_of(report.document).alt_text,
        trend(report).alt_text,
    ]
    ids = [about.get("id") for about in report.word.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)


def test_the_heading_the_chart_and_its_caption_stay_together(table: Report) -> None:
    (_, inline) = table.word.body.iter(qn("wp:inline"))
    holder = next(inline.iterancestors(qn("w:p")))
    assert find(holder, "w:pPr", "w:keepNext") is not None
    assert w(holder.getnext(), "w:pPr", "w:pStyle") == "Caption"
    assert table.word.style_name(holder.getprevious()) == "heading 1"


def test_overdue_amber_is_hatched(table: Report) -> None:
    late = [one for one in trend(table).series if one.overdue]
    assert [(one.rating, sum(one.values)) for one in late] == [(Rating.AMBER, 1)]


# Where a template wants it


@pytest.mark.parametrize("name", ["changes", "trend", "moves"])
def test_each_alone(name: str, make: Make, tmp_path: Path) -> None:
    document = make(Look(Layout.TABLE)).document
    own = blank()
    add_markers(own, (name, "plan"))
    (tmp_path / "look.docx").write_bytes(to_bytes(own))
    parts = write_report(document, tmp_path / "report.docx", tmp_path / "look.docx")
    assert parts == (name, "plan")
    word = Reopened(tmp_path / "report.docx")
    assert len(word.tables) == 1 + (name != "trend")
    assert len(list(word.body.iter(qn("c:chart")))) == (name == "trend")


def test_a_template_without_them_leaves_them_out(make: Make, tmp_path: Path) -> None:
    own = blank()
    add_markers(own, ("summary", "plan"))
    (tmp_path / "look.docx").write_bytes(to_bytes(own))
    document = make(Look(Layout.TABLE)).document
    parts = write_report(document, tmp_path / "report.docx", tmp_path / "look.docx")
    assert parts == ("summary", "plan")
    assert len(Reopened(tmp_path / "report.docx").tables) == 2


# What the report was made of


def properties(file: Path | bytes) -> dict[str, str]:
    root = etree.fromstring(read_parts(file)[CUSTOM])
    assert [each.get("pid") for each in root] == [str(at) for at in range(2, len(root) + 2)]
    assert {each.get("fmtid") for each in root} == {"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"}
    return {each.get("name") or "": "".join(map(str, each.itertext())) for each in root}


def test_the_file_keeps_what_it_was_made_of(table: Report) -> None:
    found = properties(table.path)
    assert re.fullmatch("[0-9a-f]{64}", found.pop("kimplan digest"))
    assert re.fullmatch("[0-9a-f]{16}( [0-9a-f]{16}){2}", found.pop("kimplan margins"))
    assert found == {
        "kimplan version": "9.9",
        "kimplan as of": "2024-05-31",
        "kimplan layout": "table",
        "kimplan commit": "1" * 40,
        "kimplan modified since": "no",
        "kimplan plan": "plan",
        "kimplan since": "2" * 40,
        "kimplan since day": "2024-05-31",
        "kimplan parts": "summary changes trend overdue due-soon evidence plan moves",
        "kimplan words": "subtitle title header footer footer",
        "kimplan own text": "no",
    }


def test_the_properties_are_a_part_like_others(table: Report) -> None:
    parts = read_parts(table.path)
    types = parts["[Content_Types].xml"].decode()
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    assert f'PartName="/{CUSTOM}" ContentType="{kind}"' in types
    assert b"/custom-properties" in parts["_rels/.rels"]


def test_the_properties_of_a_template_stay_and_ours_are_there_once(
    make: Make, tmp_path: Path
) -> None:
    """A report may be the template of the next, and organisations label their files."""
    first = make(Look(Layout.TABLE))
    label = (
        '<property xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes" '
        'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Label">'
        "<vt:lpwstr>Internal</vt:lpwstr></property>"
    )
    write_report(first.document, tmp_path / "plain.docx")
    blank_with_label = edited(
        (tmp_path / "plain.docx").read_bytes(),
        {CUSTOM: lambda data: re.sub(rb'(<Properties[^>]*>).*(</Properties>)',
                                     rb"\1" + label.encode() + rb"\2", data, flags=re.DOTALL)},
    )  # fmt: skip
    (tmp_path / "look.docx").write_bytes(blank_with_label)
    write_report(first.document, tmp_path / "second.docx", tmp_path / "look.docx")
    found = properties(tmp_path / "second.docx")
    assert found["Label"] == "Internal"
    shutil.copy(tmp_path / "second.docx", tmp_path / "again.docx")
    write_report(first.document, tmp_path / "third.docx", tmp_path / "again.docx")
    third = properties(tmp_path / "third.docx")
    assert third["Label"] == "Internal"
    assert [name for name in third if name == "kimplan commit"] == ["kimplan commit"]


def test_no_origin_no_properties(make: Make, tmp_path: Path) -> None:
    document = make(Look(Layout.TABLE)).document._replace(origin=None)
    write_report(document, tmp_path / "report.docx")
    assert CUSTOM not in read_parts(tmp_path / "report.docx")


def test_same_bytes_twice(report: Report, tmp_path: Path, make: Make) -> None:
    look = report.path.parent / "look.docx"
    write_report(report.document, tmp_path / "again.docx", look if look.exists() else None)
    assert (tmp_path / "again.docx").read_bytes() == report.path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(report.path.read_bytes())) as package:
        assert CUSTOM in package.namelist()


# Programs that open it


@pytest.mark.schemas
def test_it_follows_the_schemas(report: Report, validator: str) -> None:
    done = subprocess.run(
        [validator, str(report.path)], capture_output=True, timeout=60, check=False
    )
    assert json.loads(done.stdout)["errors"] == []


@pytest.mark.libreoffice
def test_libreoffice_shows_the_changes_on_the_first_page(
    table: Report, soffice: str, pdftotext: str, tmp_path: Path
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(table.path)], capture_output=True, timeout=120, check=True)
    done = subprocess.run(
        [pdftotext, "-layout", "-enc", "UTF-8", str(tmp_path / "report.pdf"), "-"],
        capture_output=True,
        timeout=60,
        check=True,
    )
    pages = done.stdout.decode().removesuffix("\f").split("\f")
    assert "Changes since the last report" in pages[0]
    assert re.search(r"REC1 +RAG rating +AMBER +GREEN +Company Secretary, 14 March 2024", pages[0])
    assert "Ratings month by month" in pages[1]
    assert "Figure 2." in pages[1]
    assert "Appendix: every date moved (2)" in pages[-1]
