"""Excel workbooks: values as they are shown, and what stands beside them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from exchange_dump import dump, rows

from kimplan.errors import KimplanError
from kimplan.exchange.read import read_sheets
from kimplan.model.due import parse_due
from kimplan.model.prose import Block, Span
from kimplan.sheet import Remark, RemarkKind

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def edited(path: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a part of a workbook, which must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in parts.items():
            archive.writestr(one, data)


def test_values_of_every_kind(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": "The  plan"})
    sheet = book.add_worksheet("A plan")
    bold, red = book.add_format({"bold": True}), book.add_format({"bg_color": "#FF0000"})
    sheet.write_row(0, 0, ["Ref", "Title", "When"], bold)
    sheet.write_number(1, 0, 7, book.add_format({"num_format": '"REC"0'}))
    sheet.write_rich_string(1, 1, "Do ", bold, "this", " now\n- a\n- b")
    sheet.write_datetime(1, 2, date(2024, 7, 1), book.add_format({"num_format": "mmm-yy"}))
    sheet.write_boolean(2, 0, True)
    sheet.write_formula(2, 1, '="x"&"y"', None, "xy")
    sheet.write_formula(2, 2, "=NOW()", None, "")
    sheet.write_url(3, 0, "https://example.org/a", None, "a link")
    sheet.write_url(3, 1, "internal:'A plan'!A1", None, "no link")
    sheet.write_blank(3, 2, None, red)
    sheet.write_comment(3, 0, "Chase Jo.", {"author": "Ann"})
    sheet.write_string(4, 0, "struck", book.add_format({"font_strikeout": True}))
    sheet.write_string(4, 1, "line END")
    book.close()
    edited(path, "xl/sharedStrings.xml", "line END", "_x000D_line_x000A_end_x0007_")
    assert dump(read_sheets(path)) == (
        "plan.xlsx, title 'The plan'\n== sheet 'A plan' below ''\n"
        "-- row 1\n   0:\n     Ref\n   1:\n     Title\n   2:\n     When\n"
        "-- row 2\n   0: number\n     REC7\n   1:\n     Do **this** now\n     - a\n     - b\n"
        "   2: due 2024-07, number\n     Jul-24\n"
        "-- row 3\n   0:\n     TRUE\n   1:\n     xy\n   2:\n     (formula: =NOW())\n"
        "-- row 4\n   0:\n     [a link](https://example.org/a)\n     (comment by Ann: Chase Jo.)\n"
        "   1:\n     no link\n   2: #FF0000\n"
        "-- row 5\n   0:\n     struck\n     (struck-through: struck)\n"
        "   1:\n     line\n     end\n   2:\n"
    )


def test_what_is_hidden_and_what_is_merged(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("One"), book.add_worksheet("Two")
    book.add_worksheet("Empty")
    sheet.merge_range("A1:C1", "Banner")
    sheet.merge_range("A3:A4", "Down")
    for row in (2, 3):
        sheet.write_row(row, 1, ["b", "c", "d"])
    sheet.set_column("C:C", None, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    other.write(0, 0, "secret")
    other.hide()
    book.close()
    assert dump(read_sheets(path)) == (
        "plan.xlsx, title ''\n  (hidden: sheet 'Two')\n== sheet 'One' below ''\n"
        "-- row 1\n   0: 3x1\n     Banner\n   3:\n"
        "-- row 3\n   0: 1x2\n     Down\n   1:\n     b\n   2: hidden\n     c\n   3:\n     d\n"
        "-- row 4, hidden\n   1:\n     b\n   2: hidden\n     c\n   3:\n     d\n"
        "== sheet 'Two' below '', hidden\n-- row 1\n   0:\n     secret\n"
    )


def test_colours_of_a_theme_and_of_the_old_palette(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for column, colour in enumerate(("#111111", "#222222", "#333333")):
        sheet.write(0, column, "x", book.add_format({"bg_color": colour}))
    book.close()
    for old, new in (
        ('rgb="FF111111"', 'theme="9" tint="-0.249977111117893"'),
        ('rgb="FF222222"', 'indexed="11"'),
        ('rgb="FF333333"', 'theme="0"'),
    ):
        edited(path, "xl/styles.xml", f"<fgColor {old}/>", f"<fgColor {new}/>")
    (sheet,) = read_sheets(path).sheets
    assert [cell.fill for cell in sheet.rows[0].cells] == ["E46C0A", "00FF00", ""]


def test_inline_strings_and_cells_that_say_no_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write(0, 0, "x")
    book.close()
    inline = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row>'
    edited(path, "xl/worksheets/sheet1.xml", "</sheetData>", f"{inline}</sheetData>")
    assert [rows(sheet) for sheet in read_sheets(path).sheets] == [[["x", ""], ["a", "2"]]]


def small(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write(0, 0, "x")
    book.close()
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        pytest.param(
            SHEET, "</sheetData>", "<row><c/></row>" * 200_001 + "</sheetData>", "empty rows",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            SHEET, "</sheetData>", "<row><c><v>1</v></c></row>" * 20_001 + "</sheetData>", "20,000",
            marks=pytest.mark.slow,
        ),
        (SHEET, "</sheetData>", '<row><c r="DZ2"><v>1</v></c></row></sheetData>', "100 columns"),
        (SHEET, "</sheetData>", "</sheetDat>", "damaged or missing"),
        (SHEET, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', "declares entities"),
        ("xl/workbook.xml", MAIN, "http://example.org/spreadsheetml/main", "no workbook"),
        ("[Content_Types].xml", "sheet.main+xml", "x.macroEnabled.main+xml", "it holds macros"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(part: str, old: str, new: str, reason: str, tmp_path: Path) -> None:
    path = small(tmp_path / "plan.xlsx")
    edited(path, part, old, new)
    with pytest.raises(KimplanError, match=reason) as error:
        read_sheets(path)
    assert error.value.hint


def test_a_merge_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    path = small(tmp_path / "plan.xlsx")
    merge = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    edited(path, SHEET, "</sheetData>", merge)
    assert [rows(sheet) for sheet in read_sheets(path).sheets] == [[["x"]]]


def test_words_below_a_merged_cell_and_struck_runs_are_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Plan")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_rich_string(0, 0, "Do it ", struck, "never", " now")
    sheet.write_row(1, 0, ["seen", "beside"])
    sheet.write_row(2, 0, ["below"])
    book.close()
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    edited(path, "xl/worksheets/sheet1.xml", "</sheetData>", merge)
    first, second, _ = read_sheets(path).sheets[0].rows
    assert [(str(one.kind), one.text) for one in first.cells[0].remarks] == [
        ("struck-through", "never")
    ]
    assert [(str(one.kind), one.text) for one in second.cells[0].remarks] == [
        ("hidden", "below a merged cell: beside"),
        ("hidden", "below a merged cell: below"),
    ]


def test_a_formula_that_writes_an_address_out_is_a_link(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Plan")
    sheet.write_formula(0, 0, '=HYPERLINK("https://example.org/a","The note")', None, "The note")
    sheet.write_formula(0, 1, '=HYPERLINK("https://example.org/"&A1,"Made")', None, "Made")
    sheet.write_formula(0, 2, '=HYPERLINK("file:///C:/a","File")', None, "File")
    book.close()
    cells = read_sheets(path).sheets[0].rows[0].cells
    assert [cell.blocks[0].spans[0].link for cell in cells] == ["https://example.org/a", "", ""]


def test_links_of_formulas_without_results_over_areas_and_into_a_page(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, '=HYPERLINK("https://e.org/a", "The policy")', value=0)
    sheet.write_formula(0, 1, "=HYPERLINK(B9,C9)", value="")
    sheet.write_row(1, 0, ["one", "two"])
    sheet.write_url(1, 0, "https://e.org/page#part", string="one")
    book.close()
    edited(path, "xl/worksheets/sheet1.xml", "</f><v>0</v>", "</f>")
    edited(path, "xl/worksheets/sheet1.xml", 'ref="A2"', 'ref="A2:B2"')
    above, below = read_sheets(path).sheets[0].rows
    assert above.cells[0].blocks == (Block((Span("The policy", link="https://e.org/a"),)),)
    assert [one.kind for one in above.cells[1].remarks] == [RemarkKind.FORMULA]
    assert [cell.blocks for cell in below.cells] == [
        (Block((Span(text, link="https://e.org/page#part"),)),) for text in ("one", "two")
    ]


def test_a_strike_that_says_no_is_none(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    struck = book.add_format({"font_strikeout": True})
    book.add_worksheet().write(0, 0, "x", struck)
    book.close()
    edited(path, "xl/styles.xml", "<strike/>", '<strike val="0"/>')
    assert read_sheets(path).sheets[0].rows[0].cells[0].remarks == ()


def test_days_that_a_strict_workbook_spells_out(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, [45474.5, 45474.5], day)
    book.close()
    edited(path, SHEET, 'r="A1" s="1"><v>45474.5', 'r="A1" s="1" t="d"><v>2024-07-01T12:00:00Z')
    edited(path, SHEET, 'r="B1" s="1"><v>45474.5', 'r="B1" s="1" t="d"><v>in July')
    (first, second) = read_sheets(path).sheets[0].rows[0].cells
    assert (first.text, first.due) == ("01/07/2024 12:00", parse_due("2024-07-01"))
    assert (second.text, second.due) == ("in July", None)


def test_a_link_to_a_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_url(0, 0, "external:policy.docx", string="the policy")
    book.close()
    cell = read_sheets(path).sheets[0].rows[0].cells[0]
    assert (cell.text, cell.remarks) == ("the policy", (Remark(RemarkKind.LINK, "policy.docx"),))
