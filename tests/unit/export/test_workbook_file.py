"""The workbook as another library reads it: cells, looks, print set-up, and hostile text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from conftest import AS_OF, load_shipped_plan, make_plan
from needed import needed

from kimplan.answers.group import alone
from kimplan.answers.tables.book import BookSheet, book_sheets
from kimplan.answers.tables.prose_cells import to_cell
from kimplan.answers.tables.table import Kind
from kimplan.errors import KimplanError
from kimplan.export import workbook_sheet
from kimplan.export.workbook import write_workbook
from kimplan.export.workbook_look import COLOURS
from kimplan.model.plan import Plan

openpyxl = needed("openpyxl")

HOSTILE = (
    "=1+1", "+1", "-1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://evil.example\")",
    "{=1}", "<r><t>x</t></r>", "<r>", "</si><si>", "_x0041_", "_x000D_", "_x005F_x0041_", "&lt;",
    "]]>", "1e9", "TRUE", "#REF!", "'=1", '"=1"', "=DDE(\"a\";\"b\")", "https://example.org/",
)  # fmt: skip


def opened(plan: Plan, **options: Any) -> Any:
    data = write_workbook(alone(plan), AS_OF, **options).data
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=False)


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def as_read(sheet: BookSheet) -> list[tuple[Any, ...]]:
    """Return what another library is to read of a sheet."""
    header = tuple(column.label for column in sheet.columns)
    kinds = [column.kind for column in sheet.columns]
    return [header, *(tuple(map(_as_read, kinds, row)) for row in sheet.rows)]


def _as_read(kind: Kind, value: Any) -> Any:
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return "".join(run.text for run in to_cell(value)) if value and kind is Kind.PROSE else value


def test_every_cell_of_the_shipped_plan_is_read_as_it_was_meant() -> None:
    plan = load_shipped_plan()
    book = opened(plan)
    for sheet in book_sheets(alone(plan), AS_OF):
        if sheet.rows:
            assert values(book[sheet.name]) == as_read(sheet)
    assert book.sheetnames[-1] == "Settings"
    assert values(book["Settings"])[:6] == [
        ("Setting", "Value"),
        ("kimplan workbook", "1"),
        ("position", "2024-05-31"),
        ("holds", "the whole plan"),
        ("title", "Knowledge and Information Management (KIM) report"),
        ("organisation", "Westward Housing Group"),
    ]


def test_the_same_plan_gives_the_same_bytes() -> None:
    plan = load_shipped_plan()
    assert write_workbook(alone(plan), AS_OF) == write_workbook(alone(plan), AS_OF)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_field(text: str) -> None:
    fields = {
        "title": text, "detail": f"{text}\n\n{text}", "response": text, "owners": [text],
        "due_reason": text, "superseded_by": "REC1",
        "evidence": [{"title": text, "link": text.replace(" ", "")}],
        "verified": {"by": text, "on": "2024-01-01"},
        "progress": [{"on": "2024-01-01", "by": text, "note": f"**bold** {text}"}],
        "revisions": [{"from": "2024-01", "to": "2024-07", "reason": text, "agreed_by": text,
                       "on": "2024-01-01"}],
        "actions": [{"title": text, "owner": text, "due": "2024-02"}],
        "fields": {"own": text},
    }  # fmt: skip
    own = [{"id": "own", "label": text}]
    columns = [{"field": "ref", "label": f"a {text}"}, {"field": "response", "label": text}]
    sections = [{"id": "governance", "title": text}]
    plan = make_plan(
        fields, title=text, organisation=text, fields=own, columns=columns, sections=sections
    )
    data = write_workbook(alone(plan), AS_OF).data
    book = openpyxl.load_workbook(io.BytesIO(data))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d", "inlineStr"}
    found = [cell.value for row in book["Action plan"].iter_rows() for cell in row]
    shown = [str(value).rstrip() for value in found if value is not None]
    escaped = text.replace("_x", "_x005F_x")  # which this library shows as it stands
    assert shown.count(escaped) >= 4
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        markup = b"".join(archive.read(name) for name in sheets)
    assert b"<f>" not in markup
    assert b"<f " not in markup


def test_text_that_begins_as_a_formula_is_marked_as_text() -> None:
    book = opened(make_plan({"title": "=1+1", "response": "Plain."}))
    row = list(book["Action plan"].iter_rows())[1]
    assert [(cell.value, cell.quotePrefix) for cell in row[1:3]] == [
        ("=1+1", True),
        ("Plain.", False),
    ]


def test_only_web_addresses_are_links() -> None:
    links = [
        "https://example.org/a?b=1&c=%20#d", "HTTP://EXAMPLE.org", "docs/guide.pdf",
        "javascript:alert(1)", "file:///etc/passwd", "mailto:a@example.org", "internal:Sheet1!A1",
        r"\\server\share\x.exe", "https://example.org/" + "[" * 1_970,
        "https://example.org/" + "a" * 1_970,
    ]  # fmt: skip
    evidence = [{"title": "It", "link": link} for link in links]
    sheet = opened(make_plan({"evidence": evidence}))["Evidence"]
    cells = [row[3] for row in list(sheet.iter_rows())[1:]]
    assert [cell.value for cell in cells] == links
    found = [
        cell.hyperlink and (cell.hyperlink.target or cell.hyperlink.location) for cell in cells
    ]
    assert [bool(one) for one in found] == [True, True, *[False] * 7, True]


def test_it_is_set_up_as_a_person_would_have_done() -> None:
    book = opened(load_shipped_plan())
    sheet = book["Action plan"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:J22"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "Knowledge and Information Management (KIM) report"
    assert sheet.oddHeader.right.text == "Action plan, position at 31 May 2024"
    assert sheet.oddFooter.left.text == "Westward Housing Group"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert {cell.number_format for cell in sheet["G"][1:] if cell.value} == {"d mmm yyyy"}
    assert all(cell.alignment.wrap_text for cell in sheet["D"])
    properties = book.properties
    assert properties.title == "Knowledge and Information Management (KIM) report"
    assert properties.created == datetime(2024, 5, 31)


def test_ratings_and_what_is_late_are_coloured_by_conditions() -> None:
    sheet = opened(load_shipped_plan())["Action plan"]
    found = {
        str(area.sqref): [rule.formula for rule in area.rules]
        for area in sheet.conditional_formatting
    }
    assert found == {
        "E2:E22": [['"GREEN"'], ['"AMBER"'], ['"RED"'], ['"Not Applicable"']],
        "F2:F22": [["N($J2)>0"]],
        "G2:G22": [["N($J2)>0"]],
        "J2:J22": [["N($J2)>0"]],
    }


def test_the_colours_can_be_read() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for fill, text in COLOURS.values():
        high, low = sorted((light(fill), light(text)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 7


def test_bold_words_are_bold() -> None:
    data = write_workbook(alone(make_plan({"response": "Some **bold** words."})), AS_OF).data
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    cell = list(book["Action plan"].iter_rows())[1][2].value
    assert [(str(part), bool(getattr(part, "font", None) and part.font.b)) for part in cell] == [
        ("Some ", False),
        ("bold", True),
        (" words.", False),
    ]


def test_a_text_that_no_cell_can_hold_is_cut_and_told() -> None:
    made = write_workbook(alone(make_plan({"response": "😀" * 20_000})), AS_OF)
    assert made.cut == ("Action plan, row 2, Response",)
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    text = list(book["Action plan"].iter_rows())[1][2].value
    assert text.endswith("😀 … (cut: a cell holds no more)")
    assert 32_000 < len(text.encode("utf-16-le")) // 2 <= 32_767


def test_more_rows_than_a_sheet_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sheet, "_MOST_ROWS", 2)
    with pytest.raises(KimplanError, match="2 rows are more than a sheet of a workbook can have"):
        write_workbook(alone(make_plan({}, {})), AS_OF)


def test_a_part_of_a_plan_says_so() -> None:
    book = opened(make_plan({}), total=21)
    sheet = book["Action plan"]
    assert sheet.oddHeader.right.text == (
        "Action plan, position at 31 May 2024, 1 of 21 recommendations"
    )
    assert values(book["Settings"])[3] == ("holds", "some recommendations of the plan")
    assert [row[0] for row in values(book["Owners"])] == ["Owner", "Company Secretary"]
