"""What a cell of a Word table says beside its words."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from test_word import NAMES, one_cell, paragraph, read, run

from kimplan.exchange.read import read_sheets
from kimplan.model.due import parse_due
from kimplan.model.prose import Block, Span
from kimplan.sheet import Remark, RemarkKind, SheetCell

STRUCK = "<w:strike/>"


def cell_of(tmp_path: Path, content: str) -> SheetCell:
    (sheet,) = read(tmp_path, one_cell(content)).sheets
    return sheet.rows[0].cells[0]


def control(day: str, shown: str) -> str:
    return paragraph(
        f'<w:sdt><w:sdtPr><w:date w:fullDate="{day}T00:00:00Z"/></w:sdtPr><w:sdtContent>'
        f"{run(shown)}</w:sdtContent></w:sdt>"
    )


def test_what_is_struck_through_is_left_out_of_what_is_kept(tmp_path: Path) -> None:
    found = cell_of(
        tmp_path,
        paragraph(run("Old", STRUCK) + run(" new")) + paragraph(run("Gone", STRUCK)),
    )
    assert found.text == "Old new\nGone"
    assert found.kept == (Block((Span("new"),)),)
    assert cell_of(tmp_path, paragraph(run("Plain"))).kept is None


@pytest.mark.parametrize(
    ("content", "is_bold"),
    [
        (run("All", "<w:b/>"), True),
        (run("All", "<w:b/>") + run(" "), True),
        (run("A", "<w:b/>") + run("b"), False),
        ("", False),
    ],
)
def test_a_cell_is_bold_where_all_its_words_are(
    tmp_path: Path, content: str, is_bold: bool
) -> None:
    assert cell_of(tmp_path, paragraph(content)).is_bold is is_bold


@pytest.mark.parametrize(
    ("day", "shown", "due"),
    [
        ("2024-09-03", "03/09/2024", "2024-09-03"),
        ("2024-09-03", "9/3/24", "2024-09-03"),
        ("2024-09-03", "04/09/2024", ""),  # somebody typed over it
        ("2024-09-03", "September 2024", ""),
        ("0000-00-00", "03/09/2024", ""),
    ],
)
def test_a_day_that_was_picked_is_that_day(tmp_path: Path, day: str, shown: str, due: str) -> None:
    found = cell_of(tmp_path, control(day, shown))
    assert (found.text, found.due) == (shown, parse_due(due) if due else None)


def test_the_end_of_a_paragraph_is_a_tracked_change_as_well(tmp_path: Path) -> None:
    mark = '<w:rPr><w:ins w:id="1" w:author="Ann"/></w:rPr>'
    found = cell_of(tmp_path, paragraph(run("One."), mark) + paragraph(run("Two.")))
    assert (found.text, found.remarks) == ("One.\nTwo.", (Remark(RemarkKind.TRACKED, by="Ann"),))


def test_a_comment_of_the_markup_does_not_end_the_words(tmp_path: Path) -> None:
    found = cell_of(tmp_path, paragraph(run("486 days<!-- odd --> and <?odd?>more")))
    assert (found.text, found.remarks) == ("486 days and more", ())


def test_a_link_to_a_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = docx.Document()
    number = document.part.relate_to(
        "file:///C:/p.docx", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    body = one_cell(paragraph(f'<w:hyperlink r:id="{number}">{run("policy")}</w:hyperlink>'))
    for element in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        document.element.body.insert(0, element)
    document.save(str(path))
    found = read_sheets(path).sheets[0].rows[0].cells[0]
    assert (found.text, found.remarks) == (
        "policy",
        (Remark(RemarkKind.LINK, "file:///C:/p.docx"),),
    )
