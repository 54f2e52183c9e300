"""Word tables that only lay out a page around the plan's table."""

from __future__ import annotations

from pathlib import Path

import docx
from exchange_dump import rows

from kimplan.exchange.read import read_sheets

PLAN = [["Ref", "Response", "Owner"], ["R1", "We do.", "Data Manager"]]


def test_a_table_around_a_larger_one_is_a_frame(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(1, 2)
    frame.cell(0, 0).text = "Our plan"
    inner = frame.cell(0, 1).add_table(2, 3)
    for at, texts in enumerate(PLAN):
        for cell, text in zip(inner.rows[at].cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "plan.docx"))
    (sheet,) = read_sheets(tmp_path / "plan.docx").sheets
    assert rows(sheet) == PLAN
    assert [block.text for block in sheet.above] == ["Our plan"]
