"""What the report of a plan says, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from conftest import AS_OF, TESTS, Golden, load_shipped_plan, make_plan
from report_parts import (
    PLAN_HEADING,
    Count,
    Listing,
    chapters_of,
    chart_of,
    columns_of,
    counts_note_of,
    counts_of,
    elements,
    listing_of,
    tables,
)

from kimplan.model.due import parse_due
from kimplan.model.plan import Layout, Plan
from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.report.build import build_report
from kimplan.report.document import (
    Cell,
    DocumentPart,
    Element,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    Role,
    SectionRow,
    Series,
    Table,
    TableColumn,
    TableRow,
    Value,
    Width,
    Words,
)
from kimplan.report.parts import NAMES
from kimplan.report.request import Request

RESPONSE = "The register is being built."
VERSION = "Source version 1234567 · kimplan 9.9"


def text(*paragraphs: str, bold: bool = False, link: str = "", value: Value | None = None) -> Cell:
    return Cell(tuple(Block((Span(words, bold, link),)) for words in paragraphs), value)


def late(days: int) -> Cell:
    return Cell((Block((Span(f"{days} days", bold=True),)),), days, late=True)


def promised(written: str) -> Cell:
    due = parse_due(written)
    return text(str(due), value=due)


def rated(rating: Rating, label: str) -> Cell:
    return text(label, value=rating)


def says(words: str, role: Role) -> Paragraph:
    return Paragraph(Block((Span(words),)), role)


def listed(listing: Listing) -> list[tuple[str, str]]:
    """Return the refs of a listing and the days that it gives."""
    return [(row[0].text, row[3].text) for row in listing.rows]


# The shipped plan


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return load_shipped_plan()


def test_shipped_plan_at_the_end_of_may(shipped: Plan) -> None:
    report = build_report(shipped, Request(AS_OF, VERSION))
    assert listed(listing_of(report, "overdue")) == [
        ("REC8", "507 days"),
        ("REC21", "121 days"),
        ("REC10", "61 days"),
        ("REC12", "61 days"),
        ("REC16", "61 days"),
        ("REC18", "31 days"),
    ]
    assert listing_of(report, "overdue").heading == "Overdue items (6)"
    assert listed(listing_of(report, "due-soon")) == [
        ("REC19", "Due today"),
        ("REC20", "Due today"),
        ("REC6", "61 days"),
        ("REC14", "61 days"),
    ]
    assert listing_of(report, "due-soon").heading == "Due in the next 90 days (4)"
    assert counts_of(report) == (
        Count(Rating.GREEN, "GREEN", "Complete: the landlord complies", 8, 0),
        Count(Rating.AMBER, "AMBER", "In progress: work is planned or under way", 10, 6),
        Count(Rating.RED, "RED", "Not started, or in serious difficulty", 0, 0),
        Count(Rating.NOT_APPLICABLE, "Not Applicable", "Does not apply at present", 3, 0),
        Count(None, "Total", "All recommendations", 21, 6),
    )
    assert chart_of(report).series == (
        Series("Green", Rating.GREEN, False, (5, 1, 2, 0, 0)),
        Series("Amber, on time", Rating.AMBER, False, (1, 0, 1, 0, 2)),
        Series("Amber, overdue", Rating.AMBER, True, (0, 2, 1, 2, 1)),
        Series("Not Applicable", Rating.NOT_APPLICABLE, False, (0, 1, 0, 2, 0)),
    )


def test_shipped_plan_on_the_first_of_august(shipped: Plan) -> None:
    report = build_report(shipped, Request(date(2024, 8, 1), VERSION))
    assert listed(listing_of(report, "overdue")) == [
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
    assert listing_of(report, "due-soon").rows == ()
    assert (
        listing_of(report, "due-soon").introduction
        == "No Amber or Red item falls due in the next 90 days."
    )
    assert [(row.number, row.overdue) for row in counts_of(report)] == [
        (8, 0),
        (10, 10),
        (0, 0),
        (3, 0),
        (21, 10),
    ]


def test_a_month_is_late_from_the_first_of_the_next(shipped: Plan) -> None:
    last_day = build_report(shipped, Request(date(2024, 7, 31), VERSION))
    assert [ref for ref, _ in listed(listing_of(last_day, "overdue"))][-1] == "REC20"
    assert listed(listing_of(last_day, "due-soon")) == [
        ("REC6", "Due today"),
        ("REC14", "Due today"),
    ]


def test_every_recommendation_stands_once_in_its_section(shipped: Plan) -> None:
    report = build_report(shipped, Request(AS_OF, VERSION))
    numbers = {
        "Governance and Culture": range(1, 7),
        "Key Recording Standards": range(7, 11),
        "Ensure appropriate systems are in place.": range(11, 15),
        "Mergers and other structural changes": range(15, 19),
        "Repairs": range(19, 22),
    }
    assert {
        section.title: [row.anchor for row in section.rows] for section in chapters_of(report)
    } == {title: [f"REC{number}" for number in found] for title, found in numbers.items()}


def test_nothing_depends_on_the_layout_but_the_plan(shipped: Plan) -> None:
    table = build_report(shipped, Request(AS_OF, VERSION, Layout.TABLE))
    sections = build_report(shipped, Request(AS_OF, VERSION, Layout.SECTIONS))
    assert chapters_of(sections) == chapters_of(table)
    assert [part for part in sections.parts if part.name != "plan"] == [
        part for part in table.parts if part.name != "plan"
    ]
    assert sections._replace(layout=Layout.TABLE, parts=table.parts) == table


def as_text(report: ReportDocument) -> str:
    """Return every word of a report, a line a paragraph."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ReportDocument) -> Iterator[str]:
    yield from (
        report.words.title,
        report.words.subtitle,
        report.words.header,
        report.words.footer,
        report.words.position,
    )
    for count in counts_of(report):
        yield f"{count.label} | {count.meaning} | {count.number} | {count.overdue}"
    yield from (counts_note_of(report), chart_of(report).whole_caption, chart_of(report).alt_text)
    for listing in (listing_of(report, "overdue"), listing_of(report, "due-soon")):
        yield from ("", listing.heading, listing.introduction, " | ".join(listing.labels))
        yield from (" | ".join(cell.text for cell in row) for row in listing.rows)
    yield from ("", PLAN_HEADING, " | ".join(column.label for column in columns_of(report)))
    for section in chapters_of(report):
        yield from ("", section.title, *map(_block_line, section.narrative))
        for row in section.rows:
            yield f"--- {row.anchor}"
            for column, cell in zip(columns_of(report), row.cells, strict=True):
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
    assert build_report(plan, Request(AS_OF, VERSION)) == ReportDocument(
        words=Words(
            title="Spotlight action plan",
            subtitle="Example Homes · Report to the Residents’ Panel · Position at 31 May 2024",
            organisation="Example Homes",
            position=POSITION,
            header="Example Homes – Spotlight action plan",
            footer="Position at 31 May 2024 · Source version 1234567 · kimplan 9.9",
        ),
        as_of=AS_OF,
        parts=(
            DocumentPart("summary", SUMMARY),
            DocumentPart("overdue", OVERDUE),
            DocumentPart("due-soon", DUE_SOON),
            DocumentPart("plan", ACTION_PLAN, is_wide=True),
        ),
        layout=Layout.TABLE,
        font_size=None,
    )


POSITION = (
    "1 of 3 recommendations is complete (Green) and 1 is in progress (Amber). "
    "The one Amber item is past its estimated completion date. "
    "1 is Red, and not past its estimated completion date."
)


def counted(cell: Cell, meaning: str, number: int, overdue: int) -> TableRow:
    label = Cell((Block((Span(cell.text, bold=True),)),), cell.value)
    numbers = (text(str(each), bold=True, value=each) for each in (number, overdue))
    return TableRow((label, text(meaning), *numbers))


SUMMARY: tuple[Element, ...] = (
    says(POSITION, Role.POSITION),
    Heading("Position at a glance"),
    Table(
        "Position at a glance",
        "For each RAG rating: its meaning, how many recommendations have it, and how many of them "
        "are overdue.",
        (
            TableColumn("rag", "RAG rating", Width(31, 27)),
            TableColumn("meaning", "What it means", Width(51, 26)),
            TableColumn("number", "Number", Width(20, 18)),
            TableColumn("overdue", "Overdue", Width(23, 20)),
        ),
        (
            counted(rated(Rating.GREEN, "GREEN"), "Complete: the landlord complies", 1, 0),
            counted(
                rated(Rating.AMBER, "AMBER"), "In progress: work is planned or under way", 1, 1
            ),
            counted(rated(Rating.RED, "RED"), "Not started, or in serious difficulty", 1, 0),
            counted(
                rated(Rating.NOT_APPLICABLE, "Not Applicable"), "Does not apply at present", 0, 0
            ),
            counted(text("Total"), "All recommendations", 3, 1),
        ),
    ),
    says(
        "An item is overdue when its rating is Amber or Red and the last day of its estimated "
        "completion date is before 31 May 2024.",
        Role.NOTE,
    ),
    Figure(
        caption="Recommendations by section and rating. The table of recommendations holds the "
        "same figures.",
        alt_text="Bar chart of the recommendations by section and rating. "
        "Governance: 1 Green; 1 Amber, overdue. Repairs: 1 Red, on time.",
        categories=("Governance", "Repairs"),
        series=(
            Series("Green", Rating.GREEN, False, (1, 0)),
            Series("Amber, overdue", Rating.AMBER, True, (1, 0)),
            Series("Red, on time", Rating.RED, False, (0, 1)),
        ),
        beside=True,
    ),
)


def dated(heading: str, introduction: str, days: TableColumn, *cells: Cell) -> tuple[Element, ...]:
    columns = (
        TableColumn("ref", "Ref", Width(17, 16)),
        TableColumn("recommendation", "Recommendation", Width(96, 55)),
        TableColumn("due", "Estimated completion date", Width(56.5, 36)),
        days,
        TableColumn("owners", "Owner", Width(73.5, 45)),
    )
    return (
        Heading(heading),
        says(introduction, Role.INTRODUCTION),
        Table(heading, introduction, columns, (TableRow(cells),)),
    )


OVERDUE = dated(
    "Overdue items (1)",
    "Amber or Red items whose estimated completion date has passed, oldest first.",
    TableColumn("days_overdue", "Overdue by", Width(24, 22)),
    text("REC2", link="#REC2"),
    text("Keep a register of every repair"),
    promised("2024-03"),
    late(61),
    text("Head of Repairs"),
)
DUE_SOON = dated(
    "Due in the next 90 days (1)",
    "Amber or Red items that fall due soon, earliest first.",
    TableColumn("days_left", "Due in", Width(24, 22)),
    text("REC3", link="#REC3"),
    text("Keep a register of every repair"),
    promised("2024-06-30"),
    text("30 days", value=30),
    text("Company Secretary"),
)
PLAN_COLUMNS = (
    TableColumn("ref", "Ref", Width(16, 15)),
    TableColumn("recommendation", "Recommendation", Width(72, 37)),
    TableColumn("response", "Response", Width(99, 49)),
    TableColumn("rag", "RAG rating", Width(23, 22)),
    TableColumn("due", "Estimated completion date", Width(25, 24)),
    TableColumn("owners", "Owner", Width(32, 31)),
)
REC1 = (
    text("REC1", bold=True),
    text("Keep a register.", bold=True),
    text("The register is being built."),
    rated(Rating.GREEN, "GREEN"),
    text("Compliant"),
    text("–"),
)
REC2 = (
    text("REC2", bold=True),
    Cell(
        (
            Block((Span("Keep a register of every repair.", bold=True),)),
            Block((Span("Of all repairs."),)),
        )
    ),
    text("The register is being built."),
    rated(Rating.AMBER, "AMBER"),
    promised("2024-03"),
    text("Head of Repairs"),
)
REC3 = (
    text("REC3", bold=True),
    text("Keep a register of every repair.", bold=True),
    Cell((Block((Span("one"),), 1, True), Block((Span("two"),), 1, True))),
    rated(Rating.RED, "RED"),
    promised("2024-06-30"),
    text("Company Secretary"),
)
ACTION_PLAN: tuple[Element, ...] = (
    Heading("Action plan"),
    Table(
        "Action plan",
        "A row for each recommendation. Columns: Ref, Recommendation, Response, RAG rating, "
        "Estimated completion date, Owner.",
        PLAN_COLUMNS,
        (
            SectionRow("Governance", ()),
            TableRow(REC1, "REC1"),
            TableRow(REC2, "REC2"),
            SectionRow("Repairs", (Block((Span("What was found about repairs."),)),)),
            TableRow(REC3, "REC3"),
        ),
    ),
)


def test_a_table_for_each_section() -> None:
    narrative = "Found:\n\n- much"
    sections = [
        {"id": "governance", "title": "Governance"},
        {"id": "repairs", "title": "Repairs", "narrative": narrative},
    ]
    report = build_report(
        make_plan({"section": "repairs"}, sections=sections),
        Request(AS_OF, VERSION, Layout.SECTIONS),
    )
    *before, table = elements(report, "plan")
    assert before == [
        Heading("Action plan"),
        Heading("Governance", 2),
        says("No recommendation stands in this section.", Role.NOTE),
        Heading("Repairs", 2),
        says("Found:", Role.NARRATIVE),
        Paragraph(Block((Span("much"),), 1, True), Role.NARRATIVE),
    ]
    assert isinstance(table, Table)
    assert (table.title, [row[1:] for row in table.rows]) == ("Repairs", [("REC1",)])


def test_remarks_stand_below_the_position() -> None:
    remarks = ("A completion lies after this day.", "So does a note.")
    report = build_report(make_plan({}), Request(AS_OF, VERSION, remarks=remarks))
    position, *below = elements(report, "summary")[:4]
    assert position == says(report.words.position, Role.POSITION)
    assert below == [
        *(says(each, Role.REMARK) for each in remarks),
        Heading("Position at a glance"),
    ]


# The table of parts


def test_every_part_has_a_name_of_its_own() -> None:
    assert NAMES == tuple(dict.fromkeys(NAMES)) != ()
    assert all(re.fullmatch("[a-z-]+", name) for name in NAMES)


@pytest.mark.parametrize("layout", Layout)
def test_every_part_begins_with_words(layout: Layout) -> None:
    """A page may begin there, and a table needs something above it."""
    parts = build_report(make_plan({}), Request(AS_OF, VERSION, layout)).parts
    assert all(isinstance(part.elements[0], (Heading, Paragraph)) for part in parts)


def test_parts_that_every_report_has_are_there_and_the_others_are_not() -> None:
    found = [part.name for part in build_report(make_plan({}), Request(AS_OF, VERSION)).parts]
    assert found == ["summary", "overdue", "due-soon", "plan"]


# Settings


def report_of(*records: Mapping[str, object], **settings: object) -> ReportDocument:
    return build_report(make_plan(*records, **settings), Request(AS_OF, VERSION))


def test_columns_of_another_plan() -> None:
    columns = [
        {"field": "recommendation", "label": "Issue", "width": "80"},
        {"field": "response", "label": "Response"},
        {"field": "rag", "label": "RAG"},
    ]
    report = report_of({}, columns=columns)
    assert columns_of(report) == (
        TableColumn("recommendation", "Issue", Width(80, 37, is_set=True)),
        TableColumn("response", "Response", Width(99, 49)),
        TableColumn("rag", "RAG", Width(23, 22)),
    )
    assert [cell.text for cell in chapters_of(report)[0].rows[0].cells] == [
        "Keep a register of every repair.",
        "The register is being built.",
        "AMBER",
    ]


LABELS = {
    "ref": "No",
    "recommendation": "Issue",
    "response": "Our answer",
    "rag": "Status",
    "due": "By when",
    "owners": "Whose",
}


def test_the_plans_labels_stand_on_every_table() -> None:
    columns = [{"field": field, "label": label} for field, label in LABELS.items()]
    move = {"from": "2024-02", "to": "2024-03", "reason": "Later.", "on": "2024-02-01"}
    report = report_of({"due": "2024-03", "revisions": [move]}, {"due": "2024-06"}, columns=columns)
    assert [table.labels for part in report.parts for table in tables(report, part.name)] == [
        ("Status", "What it means", "Number", "Overdue"),
        ("No", "Issue", "By when", "Overdue by", "Whose", "Why"),
        ("No", "Issue", "By when", "Due in", "Whose"),
        tuple(LABELS.values()),
        ("No", "From", "To", "Days", "Reason", "Agreed by", "On"),
    ]


def test_without_a_ref_column_the_listings_still_name_and_find_the_row() -> None:
    columns = [{"field": "response", "label": "Our answer"}]
    report = report_of({"due": "2024-03"}, columns=columns)
    late = listing_of(report, "overdue")
    assert late.labels == (
        "Ref", "Recommendation", "Estimated completion date", "Overdue by", "Owner",
    )  # fmt: skip
    assert late.rows[0][0] == text("REC1", link="#REC1")
    assert chapters_of(report)[0].rows == (TableRow((text(RESPONSE),), "REC1"),)


def cells_of_a_green(**settings: object) -> list[str]:
    report = report_of({"rag": "green", "due": None, "owners": []}, **settings)
    return [cell.text for cell in chapters_of(report)[0].rows[0].cells[-2:]]


def test_an_empty_cell_has_a_dash_or_what_the_settings_say() -> None:
    no_text = {"green": {"label": "GREEN", "meaning": "Done"}}
    assert cells_of_a_green() == ["Compliant", "–"]
    assert cells_of_a_green(ratings=no_text) == ["–", "–"]
    assert cells_of_a_green(report={"empty_cell": "none"}) == ["Compliant", "none"]
    assert cells_of_a_green(report={"empty_cell": ""}, ratings=no_text) == ["", ""]


def test_sections_without_recommendations_stay() -> None:
    report = report_of({"section": "repairs"})
    assert [(section.title, len(section.rows)) for section in chapters_of(report)] == [
        ("Governance", 0),
        ("Repairs", 1),
    ]
    assert chart_of(report).categories == ("Governance", "Repairs")
    assert chart_of(report).alt_text.endswith("Governance: none. Repairs: 1 Amber, on time.")


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
    assert [(row.label, row.meaning) for row in counts_of(report)[1:3]] == [
        ("UNDER WAY", "Somebody works on it"),
        ("Stuck", "Nobody works on it"),
    ]
    assert [series.name for series in chart_of(report).series] == [
        "Under way, overdue",
        "Stuck, on time",
    ]
    assert listing_of(report, "overdue").introduction.startswith("Under way or Stuck items whose ")
    assert listing_of(report, "due-soon").introduction.startswith("Under way or Stuck items that ")
    assert "its rating is Under way or Stuck and" in counts_note_of(report)


def completed(*days: str | None) -> list[dict[str, object]]:
    """Return greens that were promised for 30 April 2024, completed on these days."""
    return [{"rag": "green", "due": "2024-04", "completed": day} for day in days]


def test_what_was_completed_late_and_by_how_much() -> None:
    (open_again,) = completed("2024-05-12")
    records = [*completed("2024-04-30", "2024-05-01", None), {**open_again, "rag": "amber"}]
    report = report_of(*records)
    assert counts_note_of(report).endswith(
        " 1 of 2 completed recommendations with a promised date was late: REC2 by 1 day."
    )
    (paragraph,) = (
        each
        for each in elements(report, "summary")
        if isinstance(each, Paragraph) and each.role is Role.NOTE
    )
    assert [span for span in paragraph.block.spans if span.link] == [Span("REC2", link="#REC2")]
    more = report_of(*completed("2024-05-02", "2024-05-12", "2024-05-02", "2023-01-01"))
    assert counts_note_of(more).endswith(
        " 3 of 4 completed recommendations with a promised date were late: REC2 by 12 days, "
        "REC1 by 2 days, REC3 by 2 days."
    )


def test_of_many_that_were_late_the_latest_are_named() -> None:
    report = report_of(*completed(*(f"2024-05-{day:02}" for day in range(1, 13))))
    assert counts_note_of(report).endswith(
        "were late: REC12 by 12 days, REC11 by 11 days, REC10 by 10 days, REC9 by 9 days, "
        "REC8 by 8 days, REC7 by 7 days, REC6 by 6 days, REC5 by 5 days, REC4 by 4 days, "
        "REC3 by 3 days, and 2 more."
    )


@pytest.mark.parametrize("days", [[], [None], ["2024-04-30"]])
def test_nothing_is_said_where_nothing_was_late(days: list[str | None]) -> None:
    assert counts_note_of(report_of({}, *completed(*days))).endswith("before 31 May 2024.")


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
    assert listing_of(report, "due-soon").heading == heading
    assert [ref for ref, _ in listed(listing_of(report, "due-soon"))] == refs


def test_days_are_counted_in_good_english() -> None:
    report = report_of({"due": "2024-05-30"}, {"due": "2024-05-31"}, {"due": "2024-06-01"})
    assert listed(listing_of(report, "overdue")) == [("REC1", "1 day")]
    assert listed(listing_of(report, "due-soon")) == [("REC2", "Due today"), ("REC3", "1 day")]


def test_nothing_is_overdue_or_due() -> None:
    report = report_of({"rag": "green", "due": None})
    assert (listing_of(report, "overdue").heading, listing_of(report, "overdue").rows) == (
        "Overdue items (0)",
        (),
    )
    assert listing_of(report, "overdue").introduction == (
        "No Amber or Red item is past its estimated completion date."
    )
    assert (listing_of(report, "due-soon").heading, listing_of(report, "due-soon").rows) == (
        "Due in the next 90 days (0)",
        (),
    )
    assert (
        listing_of(report, "due-soon").introduction
        == "No Amber or Red item falls due in the next 90 days."
    )


def test_an_overdue_red_is_counted_and_listed() -> None:
    report = report_of({"rag": "red", "due": "2024-05"}, {"rag": "red", "due": "2024-04"})
    assert listed(listing_of(report, "overdue")) == [("REC2", "31 days")]
    assert counts_of(report)[2] == Count(
        Rating.RED, "RED", "Not started, or in serious difficulty", 2, 1
    )
    assert chart_of(report).series == (
        Series("Red, on time", Rating.RED, False, (1, 0)),
        Series("Red, overdue", Rating.RED, True, (1, 0)),
    )


def test_titles_are_one_line_and_headings_have_no_full_stop() -> None:
    report = report_of(
        {"title": "Keep\na register.", "due": "2024-04"},
        title="Action plan.",
        sections=[{"id": "governance", "title": "Governance and culture."}],
    )
    assert report.words.title == "Action plan"
    assert chart_of(report).categories == ("Governance and culture",)
    assert chapters_of(report)[0].title == "Governance and culture."
    assert listing_of(report, "overdue").rows[0][1].text == "Keep a register"


def test_actions_among_the_late_are_counted_apart() -> None:
    days = enumerate(("2024-01", "2024-02", "2024-06"), 1)
    steps = [{"title": f"Step {number}.", "due": due} for number, due in days]
    report = build_report(make_plan({"due": "2024-03", "actions": steps}), Request(AS_OF, VERSION))
    late, soon = (elements(report, name) for name in ("overdue", "due-soon"))
    assert late[:2] == (
        Heading("Overdue items (3)"),
        says(
            "Amber or Red items whose estimated completion date has passed, oldest first; 2 of the "
            "3 are actions.",
            Role.INTRODUCTION,
        ),
    )
    assert soon[1] == says(
        "Amber or Red items that fall due soon, earliest first; it is an action.",
        Role.INTRODUCTION,
    )
    (table,) = tables(report, "overdue")
    titles = [row.cells[1].text for row in table.rows if isinstance(row, TableRow)]
    assert titles == ["Keep a register of every repair", "Action: Step 1", "Action: Step 2"]
