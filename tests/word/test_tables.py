"""Every cell of every table, read back from the file."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from conftest import make_plan
from docx.oxml.ns import qn
from report_parts import PLAN_HEADING, chapters_of, chart_of, columns_of, counts_note_of, listing_of
from test_shipped_plan import SECTIONS, source_rows

from kimplan.model.plan import Layout
from kimplan.model.prose import Block, Span
from kimplan.report.document import ReportDocument

from .conftest import MakeReport, Report
from .reopened import (
    CONTINUED,
    Grid,
    Paragraph,
    Reopened,
    Shown,
    Xml,
    anchors,
    expected_counts,
    expected_header,
    expected_listing,
    expected_plan,
    expected_rows,
    find,
    run_together,
    w,
)

TWIPS_PER_MM = 1440 / 25.4
CUT = [
    "REC1 (cont.)",
    "REC1 (cont.)",
    "REC8 (cont.)",
    "REC12 (cont.)",
    "REC12 (cont.)",
    "REC14 (cont.)",
    "REC14 (cont.)",
    "REC19 (cont.)",
    "REC19 (cont.)",
]
COLUMNS = (16, 72, 99, 23, 25, 32)


def line(style: str, text: str) -> Paragraph:
    return Paragraph(style, Block((Span(text),)))


def plan_tables(report: Report) -> list[str]:
    """Return the captions of the tables that hold the plan."""
    if report.document.layout is Layout.TABLE:
        return [PLAN_HEADING]
    return [section.title for section in chapters_of(report.document) if section.rows]


# The grids


def test_the_plan_as_one_table(table_report: Report) -> None:
    document, _, word = table_report
    assert run_together(word.grid(word.table("Action plan"))) == run_together(
        expected_plan(document)
    )


def test_the_plan_as_one_table_a_section(sections_report: Report) -> None:
    document, _, word = sections_report
    header = expected_header(tuple(column.label for column in columns_of(document)))
    for section in chapters_of(document):
        found = run_together(word.grid(word.table(section.title)))
        assert found == run_together([header, *expected_rows(section.rows)])


def test_the_counts(report: Report) -> None:
    assert report.word.grid(report.word.table("Position at a glance")) == expected_counts(
        report.document
    )


def test_overdue_and_due_soon(report: Report) -> None:
    document, _, word = report
    names = anchors(word, document)
    for listing in (listing_of(document, "overdue"), listing_of(document, "due-soon")):
        assert word.grid(word.table(listing.heading)) == expected_listing(listing, names)


def test_tables_and_paragraphs_stand_in_the_order_of_the_design(table_report: Report) -> None:
    document, _, word = table_report
    assert word.outline() == [*front_pages(document), "Action plan"]


def test_sections_have_headings_and_text_outside_their_tables(sections_report: Report) -> None:
    document, _, word = sections_report
    expected = front_pages(document)
    for section in chapters_of(document):
        expected.append(line("heading 2", section.title))
        expected += [Paragraph("Normal", block) for block in section.narrative]
        expected.append(section.title)
    assert word.outline() == expected


def front_pages(document: ReportDocument) -> list[Paragraph | str]:
    """Return what stands above the plan, and its heading."""
    return [
        line("Title", document.words.title),
        line("Subtitle", document.words.subtitle),
        line("Normal", document.words.position),
        line("heading 1", "Position at a glance"),
        "Position at a glance",
        line("kimplan Note", counts_note_of(document)),
        line("caption", chart_of(document).whole_caption),
        line("heading 1", listing_of(document, "overdue").heading),
        line("Normal", listing_of(document, "overdue").introduction),
        listing_of(document, "overdue").heading,
        line("heading 1", listing_of(document, "due-soon").heading),
        line("Normal", listing_of(document, "due-soon").introduction),
        listing_of(document, "due-soon").heading,
        line("heading 1", PLAN_HEADING),
    ]


# The source

DUE = {
    "10th January 2023": "10 January 2023",
    "Dec 23 – Mar 24": "December 2023 – March 2024",
    "January 2024": "January 2024",
    "March 24": "March 2024",
    "31 March 2024": "31 March 2024",
    "April 2024": "April 2024",
    "May 2024": "May 2024",
    "July 2024": "July 2024",
    "Compliant": "Compliant",
    "": "",
}


def published_rows() -> list[list[str]]:
    """Return the words of each row of the published table that is no section's."""
    header, *rows = source_rows()
    found = [" ".join(header).split()]
    for row in rows:
        if len(row) == 1:
            continue
        ref, recommendation, response, rag, due, owners = row
        joint = " / ".join(role.strip() for role in owners.split("/"))
        found.append(" | ".join((ref, recommendation, response, rag, DUE[due], joint)).split())
    return found


def printed_words(row: list[Shown]) -> list[str]:
    """Return the words of a row, with the source's bullets and its slash between owners."""
    *cells, owners = row
    texts = [
        " ".join(("· " if p.block.bullet else "") + p.block.text for p in cell.paragraphs)
        for cell in cells
    ]
    return " | ".join([*texts, owners.text.replace("\n", " / ")]).split()


def test_the_plan_says_what_the_source_says(report: Report) -> None:
    grids: list[Grid] = [
        report.word.grid(report.word.table(caption)) for caption in plan_tables(report)
    ]
    header, *_ = grids[0]
    rows = [row for grid in grids for row in grid[1:] if len(row) == len(COLUMNS)]
    published = published_rows()
    assert " ".join(cell.text for cell in header).split() == published[0]
    assert [printed_words(row) for row in rows] == published[1:]


def test_the_sections_say_what_the_source_says(table_report: Report) -> None:
    grid = table_report.word.grid(table_report.word.table("Action plan"))
    published = [row[0].removeprefix("Device ") for row in source_rows() if len(row) == 1]
    assert [row[0].text.split() for row in grid if len(row) == 1] == [
        text.split() for text in published
    ]
    assert [row[0].paragraphs[0].block.text for row in grid if len(row) == 1] == list(
        SECTIONS.values()
    )


# Rows and widths


def test_every_header_row_repeats_and_no_row_but_a_sections_splits(report: Report) -> None:
    for table in report.word.tables:
        first, *rest = table._tbl.tr_lst
        assert find(first, "w:trPr", "w:tblHeader") is not None
        assert all(find(row, "w:trPr", "w:tblHeader") is None for row in rest)
        whole = [row for row in (first, *rest) if len(row.tc_lst) > 1]
        assert all(find(row, "w:trPr", "w:cantSplit") is not None for row in whole)


def test_each_part_of_a_row_that_was_cut_says_its_ref_and_its_rating(
    table_report: Report,
) -> None:
    word = table_report.word
    rows = word.rows(word.table("Action plan"))
    lower = [
        (above, row)
        for above, row in pairwise(rows)
        if row[0].paragraphs[:1] and row[0].paragraphs[0].style == CONTINUED
    ]
    assert [row[0].text for _, row in lower] == CUT
    for above, row in lower:
        assert above[0].text.split()[0] == row[0].text.split()[0]
        assert row[3] == above[3]
        assert row[3].text in {"GREEN", "AMBER", "Not Applicable"}


def test_the_plan_has_the_widths_of_the_design(report: Report) -> None:
    for caption in plan_tables(report):
        widths = grid_widths(report.word, caption)
        assert [round(width / TWIPS_PER_MM, 1) for width in widths] == list(COLUMNS)


def test_every_cell_has_the_width_of_its_columns(report: Report) -> None:
    for table in report.word.tables:
        widths = grid_widths(report.word, report.word.caption(table))
        properties = table._tbl.tblPr
        assert w(properties, "w:tblLayout", attribute="w:type") == "fixed"
        assert w(properties, "w:tblW", attribute="w:w") == str(sum(widths))
        for row in table._tbl.tr_lst:
            at = 0
            for cell in row.tc_lst:
                span = cell.grid_span
                assert w(cell, "w:tcPr", "w:tcW", attribute="w:type") == "dxa"
                width = w(cell, "w:tcPr", "w:tcW", attribute="w:w")
                assert width == str(sum(widths[at : at + span]))
                at += span
            assert at == len(widths)


def test_wide_tables_fill_the_page(report: Report) -> None:
    captions = [listing_of(report.document, "overdue").heading, *plan_tables(report)]
    for caption in captions:
        assert sum(grid_widths(report.word, caption)) == 16838 - 2 * 851


def grid_widths(word: Reopened, caption: str) -> list[int]:
    grid: Xml = word.table(caption)._tbl.tblGrid
    return [int(column.get(qn("w:w"))) for column in grid.iterchildren(qn("w:gridCol"))]


# What a screen reader is told


def test_every_table_has_a_caption_and_a_description(report: Report) -> None:
    captions = [report.word.caption(table) for table in report.word.tables]
    assert captions == [
        "Position at a glance",
        "Overdue items (6)",
        "Due in the next 90 days (4)",
        *plan_tables(report),
    ]
    for table in report.word.tables:
        assert re.fullmatch(r"[A-Z].{30,}\.", report.word.description(table))


def test_the_look_names_the_first_row_as_the_header(report: Report) -> None:
    for table in report.word.tables:
        look = find(table._tbl.tblPr, "w:tblLook")
        names = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")
        assert [look.get(qn(f"w:{name}")) for name in names] == ["1", "0", "0", "0", "1", "1"]


def test_the_old_and_the_new_form_of_the_look_agree(report: Report) -> None:
    """ECMA-376 part 4, 14.4.5: ``w:val`` holds the same flags as bits."""
    bits = {
        "firstRow": 0x20,
        "lastRow": 0x40,
        "firstColumn": 0x80,
        "lastColumn": 0x100,
        "noHBand": 0x200,
        "noVBand": 0x400,
    }
    for table in report.word.tables:
        look = find(table._tbl.tblPr, "w:tblLook")
        flags = sum(bits[name] for name in bits if look.get(qn(f"w:{name}")) == "1")
        assert int(look.get(qn("w:val")), 16) == flags


# Plans of another shape


def test_a_plan_with_three_columns(make_report: MakeReport) -> None:
    columns = [
        {"field": "recommendation", "label": "Issue"},
        {"field": "response", "label": "Response"},
        {"field": "rag", "label": "RAG"},
    ]
    plan = make_plan({"due": "2024-03"}, {"rag": "red"}, columns=columns)
    document, _, word = make_report(plan)
    assert word.grid(word.table("Action plan")) == expected_plan(document)
    names = anchors(word, document)
    assert word.grid(word.table("Overdue items (1)")) == expected_listing(
        listing_of(document, "overdue"), names
    )


def test_a_plan_with_every_column(make_report: MakeReport) -> None:
    fields = (
        "ref", "recommendation", "response", "rag", "due", "owners", "completed", "evidence",
        "verified", "progress", "actions",
    )  # fmt: skip
    plan = make_plan(
        {
            "rag": "green",
            "due": None,
            "detail": "Of **all** repairs, see [the guide](https://example.org/a?b=1&c=2).",
            "response": "- one\n  - two\n    - three\n\n      more of three\n\n  more of one",
            "completed": "2024-05-01",
            "evidence": [{"title": "Guide", "link": "https://example.org/g"}, {"title": "Poll"}],
            "verified": {"by": "Company Secretary", "on": "2024-05-02"},
            "progress": [{"on": "2024-04-01", "note": "Begun.\n\n- slowly"}],
            "actions": [{"title": "Write it", "done": "2024-04-30"}],
        },
        {},
        columns=[{"field": field, "label": field.capitalize()} for field in fields],
    )
    document, _, word = make_report(plan)
    assert word.grid(word.table("Action plan")) == expected_plan(document)
    assert sum(grid_widths(word, "Action plan")) == 16838 - 2 * 851


@pytest.mark.parametrize("layout", Layout)
def test_a_plan_with_an_empty_section(make_report: MakeReport, layout: Layout) -> None:
    document, _, word = make_report(make_plan({"section": "repairs"}), layout=layout)
    if layout is Layout.TABLE:
        assert word.grid(word.table("Action plan")) == expected_plan(document)
        return
    assert "Governance" not in [word.caption(table) for table in word.tables]
    at = word.outline().index(line("heading 2", "Governance"))
    note = word.outline()[at + 1]
    assert isinstance(note, Paragraph)
    assert note.style == "kimplan Note"
    assert "No recommendation" in note.block.text


def test_a_plan_with_nothing_overdue_has_sentences_instead_of_tables(
    make_report: MakeReport,
) -> None:
    _, _, word = make_report(make_plan({"rag": "green", "due": None}))
    assert [word.caption(table) for table in word.tables] == [
        "Position at a glance",
        "Action plan",
    ]
    assert line("Normal", "No Amber or Red item is past its estimated completion date.") in (
        word.outline()
    )
