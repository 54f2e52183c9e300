"""What the report of a plan says, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from conftest import AS_OF, TESTS, Golden, load_shipped_plan, make_plan

from kimplan.model.plan import ColumnField, Layout, Plan
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.report.build import Request, build_report
from kimplan.report.document import (
    Cell,
    Chart,
    Column,
    CountRow,
    Listing,
    ReportDocument,
    Row,
    Section,
    Series,
)

VERSION = "Source version 1234567 · kimplan 9.9"


def text(*paragraphs: str, bold: bool = False, link: str = "") -> Cell:
    return Cell(tuple(Block((Span(words, bold, link),)) for words in paragraphs))


def late(words: str) -> Cell:
    return Cell((Block((Span(words, bold=True),)),), late=True)


def rated(rating: Rating, label: str) -> Cell:
    return Cell((Block((Span(label),)),), rating=rating)


def listed(listing: Listing) -> list[tuple[str, str]]:
    """Return the refs of a listing and the days that it gives."""
    return [(row[0].text, row[3].text) for row in listing.rows]


# The shipped plan


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return load_shipped_plan()


def test_shipped_plan_at_the_end_of_may(shipped: Plan) -> None:
    report = build_report(shipped, Request(AS_OF, VERSION))
    assert listed(report.overdue) == [
        ("REC8", "507 days"),
        ("REC21", "121 days"),
        ("REC10", "61 days"),
        ("REC12", "61 days"),
        ("REC16", "61 days"),
        ("REC18", "31 days"),
    ]
    assert report.overdue.heading == "Overdue items (6)"
    assert listed(report.due_soon) == [
        ("REC19", "Due today"),
        ("REC20", "Due today"),
        ("REC6", "61 days"),
        ("REC14", "61 days"),
    ]
    assert report.due_soon.heading == "Due in the next 90 days (4)"
    assert report.counts == (
        CountRow(Rating.GREEN, "GREEN", "Complete: the landlord complies", 8, 0),
        CountRow(Rating.AMBER, "AMBER", "In progress: work is planned or under way", 10, 6),
        CountRow(Rating.RED, "RED", "Not started, or in serious difficulty", 0, 0),
        CountRow(Rating.NOT_APPLICABLE, "Not Applicable", "Does not apply at present", 3, 0),
        CountRow(None, "Total", "All recommendations", 21, 6),
    )
    assert report.chart.series == (
        Series("Green", Rating.GREEN, False, (5, 1, 2, 0, 0)),
        Series("Amber, on time", Rating.AMBER, False, (1, 0, 1, 0, 2)),
        Series("Amber, overdue", Rating.AMBER, True, (0, 2, 1, 2, 1)),
        Series("Not Applicable", Rating.NOT_APPLICABLE, False, (0, 1, 0, 2, 0)),
    )


def test_shipped_plan_on_the_first_of_august(shipped: Plan) -> None:
    report = build_report(shipped, Request(date(2024, 8, 1), VERSION))
    assert listed(report.overdue) == [
        ("REC8", "569 days"),
        ("REC21", "183 days"),
        ("REC10", "123 days"),
        ("REC12", "123 days"),
        ("REC16", "123 days"),
        ("REC18", "93 days"),
        ("REC19", "62 days"),
        ("REC20", "62 days"),
        ("REC6", "1 day"),
        ("REC14", "1 day"),
    ]
    assert report.due_soon.rows == ()
    assert report.due_soon.introduction == "No Amber or Red item falls due in the next 90 days."
    assert [(row.number, row.overdue) for row in report.counts] == [
        (8, 0),
        (10, 10),
        (0, 0),
        (3, 0),
        (21, 10),
    ]


def test_a_month_is_late_from_the_first_of_the_next(shipped: Plan) -> None:
    last_day = build_report(shipped, Request(date(2024, 7, 31), VERSION))
    assert [ref for ref, _ in listed(last_day.overdue)][-1] == "REC20"
    assert listed(last_day.due_soon) == [("REC6", "Due today"), ("REC14", "Due today")]


def test_every_recommendation_stands_once_in_its_section(shipped: Plan) -> None:
    report = build_report(shipped, Request(AS_OF, VERSION))
    numbers = {
        "Governance and Culture": range(1, 7),
        "Key Recording Standards": range(7, 11),
        "Ensure appropriate systems are in place.": range(11, 15),
        "Mergers and other structural changes": range(15, 19),
        "Repairs": range(19, 22),
    }
    assert {section.title: [row.ref for row in section.rows] for section in report.sections} == {
        title: [f"REC{number}" for number in found] for title, found in numbers.items()
    }


def test_nothing_depends_on_the_layout_but_the_layout(shipped: Plan) -> None:
    table = build_report(shipped, Request(AS_OF, VERSION, Layout.TABLE))
    sections = build_report(shipped, Request(AS_OF, VERSION, Layout.SECTIONS))
    assert sections._replace(layout=Layout.TABLE) == table


def as_text(report: ReportDocument) -> str:
    """Return every word of a report, a line a paragraph."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ReportDocument) -> Iterator[str]:
    yield from (report.title, report.subtitle, report.header, report.footer, report.position)
    for count in report.counts:
        yield f"{count.label} | {count.meaning} | {count.number} | {count.overdue}"
    yield from (report.counts_note, report.chart.caption, report.chart.alt_text)
    for listing in (report.overdue, report.due_soon):
        yield from ("", listing.heading, listing.introduction, " | ".join(listing.labels))
        yield from (" | ".join(cell.text for cell in row) for row in listing.rows)
    yield from ("", report.plan_heading, " | ".join(column.label for column in report.columns))
    for section in report.sections:
        yield from ("", section.title, *map(_block_line, section.narrative))
        for row in section.rows:
            yield f"--- {row.ref}"
            for column, cell in zip(report.columns, row.cells, strict=True):
                colour = f" [{cell.rating}]" if cell.rating else ""
                yield f"{column.label}{colour}:"
                yield from (f"  {_block_line(block)}" for block in cell.blocks)


def _block_line(block: Block) -> str:
    return "  " * block.level + ("- " if block.bullet else "") + block.text


def test_shipped_plan_word_for_word(shipped: Plan, golden: Golden) -> None:
    report = build_report(shipped, Request(AS_OF, VERSION))
    golden(TESTS / "golden" / "report-2024-05-31.txt", as_text(report))


# A small plan


def test_the_whole_report_of_a_small_plan() -> None:
    plan = make_plan(
        {"rag": "green", "due": None, "title": "Keep a register.", "owners": None},
        {"due": "2024-03", "detail": "Of all\nrepairs.", "owners": ["Head of Repairs"]},
        {"section": "repairs", "rag": "red", "due": "2024-06-30", "response": "- one\n- two"},
        title="Spotlight action plan.",
        audience="Residents’ Panel",
    )
    sections = (
        Section(
            "Governance",
            (),
            (
                Row(
                    "REC1",
                    (
                        text("REC1", bold=True),
                        text("Keep a register.", bold=True),
                        text("The register is being built."),
                        rated(Rating.GREEN, "GREEN"),
                        text("Compliant"),
                        Cell(()),
                    ),
                ),
                Row(
                    "REC2",
                    (
                        text("REC2", bold=True),
                        Cell(
                            (
                                Block((Span("Keep a register of every repair.", bold=True),)),
                                Block((Span("Of all repairs."),)),
                            )
                        ),
                        text("The register is being built."),
                        rated(Rating.AMBER, "AMBER"),
                        text("March 2024"),
                        text("Head of Repairs"),
                    ),
                ),
            ),
        ),
        Section(
            "Repairs",
            (Block((Span("What was found about repairs."),)),),
            (
                Row(
                    "REC3",
                    (
                        text("REC3", bold=True),
                        text("Keep a register of every repair.", bold=True),
                        Cell(
                            (
                                Block((Span("one"),), 1, True),
                                Block((Span("two"),), 1, True),
                            )
                        ),
                        rated(Rating.RED, "RED"),
                        text("30 June 2024"),
                        text("Company Secretary"),
                    ),
                ),
            ),
        ),
    )
    assert build_report(plan, Request(AS_OF, VERSION)) == ReportDocument(
        title="Spotlight action plan",
        organisation="Example Homes",
        subtitle="Example Homes · Report to the Residents’ Panel · Position at 31 May 2024",
        header="Example Homes – Spotlight action plan",
        footer="Position at 31 May 2024 · Source version 1234567 · kimplan 9.9",
        as_of=AS_OF,
        position="1 of 3 recommendations is complete (Green) and 1 is in progress (Amber). "
        "The one Amber item is past its estimated completion date. "
        "1 is Red, and not past its estimated completion date.",
        counts=(
            CountRow(Rating.GREEN, "GREEN", "Complete: the landlord complies", 1, 0),
            CountRow(Rating.AMBER, "AMBER", "In progress: work is planned or under way", 1, 1),
            CountRow(Rating.RED, "RED", "Not started, or in serious difficulty", 1, 0),
            CountRow(Rating.NOT_APPLICABLE, "Not Applicable", "Does not apply at present", 0, 0),
            CountRow(None, "Total", "All recommendations", 3, 1),
        ),
        counts_note="An item is overdue when its rating is Amber or Red and the last day of its "
        "estimated completion date is before 31 May 2024.",
        chart=Chart(
            caption="Figure 1. Recommendations by section and rating. The table of "
            "recommendations holds the same figures.",
            alt_text="Bar chart of the recommendations by section and rating. "
            "Governance: 1 Green; 1 Amber, overdue. Repairs: 1 Red, on time.",
            categories=("Governance", "Repairs"),
            series=(
                Series("Green", Rating.GREEN, False, (1, 0)),
                Series("Amber, overdue", Rating.AMBER, True, (1, 0)),
                Series("Red, on time", Rating.RED, False, (0, 1)),
            ),
        ),
        changes=None,
        overdue=Listing(
            "Overdue items (1)",
            "Amber or Red items whose estimated completion date has passed, oldest first.",
            ("Ref", "Recommendation", "Est completion date", "Overdue by", "Owner"),
            (
                (
                    text("REC2", link="#REC2"),
                    text("Keep a register of every repair"),
                    text("March 2024"),
                    late("61 days"),
                    text("Head of Repairs"),
                ),
            ),
        ),
        due_soon=Listing(
            "Due in the next 90 days (1)",
            "Amber or Red items that fall due soon, earliest first.",
            ("Ref", "Recommendation", "Est completion date", "Due in", "Owner"),
            (
                (
                    text("REC3", link="#REC3"),
                    text("Keep a register of every repair"),
                    text("30 June 2024"),
                    text("30 days"),
                    text("Company Secretary"),
                ),
            ),
        ),
        plan_heading="Action plan",
        columns=(
            Column(ColumnField.REF, "Ref"),
            Column(ColumnField.RECOMMENDATION, "Recommendation"),
            Column(ColumnField.RESPONSE, "Response"),
            Column(ColumnField.RAG, "RAG rating"),
            Column(ColumnField.DUE, "Estimated completion date"),
            Column(ColumnField.OWNERS, "Owner"),
        ),
        sections=sections,
        layout=Layout.TABLE,
        font_size=None,
    )


# Settings


def report_of(*records: Mapping[str, str | None], **settings: object) -> ReportDocument:
    return build_report(make_plan(*records, **settings), Request(AS_OF, VERSION))


def test_columns_of_another_plan() -> None:
    columns = [
        {"field": "recommendation", "label": "Issue", "width": "80"},
        {"field": "response", "label": "Response"},
        {"field": "rag", "label": "RAG"},
    ]
    report = report_of({}, columns=columns)
    assert report.columns == (
        Column(ColumnField.RECOMMENDATION, "Issue", 80),
        Column(ColumnField.RESPONSE, "Response"),
        Column(ColumnField.RAG, "RAG"),
    )
    assert [cell.text for cell in report.sections[0].rows[0].cells] == [
        "Keep a register of every repair.",
        "The register is being built.",
        "AMBER",
    ]


def test_sections_without_recommendations_stay() -> None:
    report = report_of({"section": "repairs"})
    assert [(section.title, len(section.rows)) for section in report.sections] == [
        ("Governance", 0),
        ("Repairs", 1),
    ]
    assert report.chart.categories == ("Governance", "Repairs")
    assert report.chart.alt_text.endswith("Governance: none. Repairs: 1 Amber, on time.")


def test_the_plans_layout_and_size_hold_until_somebody_asks_for_another() -> None:
    plan = make_plan({}, report={"layout": "sections", "font_size": "9.5"})
    settings = build_report(plan, Request(AS_OF, VERSION))
    assert (settings.layout, settings.font_size) == (Layout.SECTIONS, 9.5)
    asked = build_report(plan, Request(AS_OF, VERSION, Layout.TABLE, 12.0))
    assert (asked.layout, asked.font_size) == (Layout.TABLE, 12.0)


def test_the_plans_own_labels_are_used_everywhere() -> None:
    ratings = {
        "amber": {"label": "UNDER WAY", "meaning": "Somebody works on it"},
        "red": {"label": "Stuck", "meaning": "Nobody works on it"},
    }
    report = report_of({"due": "2024-05-30"}, {"rag": "red", "due": "2024-06-01"}, ratings=ratings)
    assert [(row.label, row.meaning) for row in report.counts[1:3]] == [
        ("UNDER WAY", "Somebody works on it"),
        ("Stuck", "Nobody works on it"),
    ]
    assert [series.name for series in report.chart.series] == [
        "Under way, overdue",
        "Stuck, on time",
    ]
    assert report.overdue.introduction.startswith("Under way or Stuck items whose ")
    assert report.due_soon.introduction.startswith("Under way or Stuck items that ")
    assert "its rating is Under way or Stuck and" in report.counts_note


@pytest.mark.parametrize(
    ("within", "heading", "refs"),
    [
        ("1", "Due in the next day (2)", ["REC1", "REC2"]),
        ("30", "Due in the next 30 days (3)", ["REC1", "REC2", "REC3"]),
        ("29", "Due in the next 29 days (2)", ["REC1", "REC2"]),
    ],
)
def test_what_is_due_soon_is_a_setting(within: str, heading: str, refs: list[str]) -> None:
    days = ("2024-05-31", "2024-06-01", "2024-06-30")
    report = report_of(*({"due": day} for day in days), due_soon_days=within)
    assert report.due_soon.heading == heading
    assert [ref for ref, _ in listed(report.due_soon)] == refs


def test_days_are_counted_in_good_english() -> None:
    report = report_of({"due": "2024-05-30"}, {"due": "2024-05-31"}, {"due": "2024-06-01"})
    assert listed(report.overdue) == [("REC1", "1 day")]
    assert listed(report.due_soon) == [("REC2", "Due today"), ("REC3", "1 day")]


def test_nothing_is_overdue_or_due() -> None:
    report = report_of({"rag": "green", "due": None})
    assert (report.overdue.heading, report.overdue.rows) == ("Overdue items (0)", ())
    assert report.overdue.introduction == (
        "No Amber or Red item is past its estimated completion date."
    )
    assert (report.due_soon.heading, report.due_soon.rows) == ("Due in the next 90 days (0)", ())
    assert report.due_soon.introduction == "No Amber or Red item falls due in the next 90 days."


def test_an_overdue_red_is_counted_and_listed() -> None:
    report = report_of({"rag": "red", "due": "2024-05"}, {"rag": "red", "due": "2024-04"})
    assert listed(report.overdue) == [("REC2", "31 days")]
    assert report.counts[2] == CountRow(
        Rating.RED, "RED", "Not started, or in serious difficulty", 2, 1
    )
    assert report.chart.series == (
        Series("Red, on time", Rating.RED, False, (1, 0)),
        Series("Red, overdue", Rating.RED, True, (1, 0)),
    )


def test_titles_are_one_line_and_headings_have_no_full_stop() -> None:
    report = report_of(
        {"title": "Keep\na register.", "due": "2024-04"},
        title="Action\n plan.",
        sections=[{"id": "governance", "title": "Governance\nand culture."}],
    )
    assert report.title == "Action plan"
    assert report.chart.categories == ("Governance and culture",)
    assert report.sections[0].title == "Governance and culture."
    assert report.overdue.rows[0][1].text == "Keep a register"
