"""Tables as CSV: whole files, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, TESTS, Golden, make_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.group import PlanOf
from kimplan.answers.tables.formula_mark import marked, unmarked
from kimplan.answers.tables.named import TABLES, is_header
from kimplan.answers.tables.table import Field, Kind, RowTable
from kimplan.exchange.read import read_sheets
from kimplan.export.delimited import csv_file

MOVE = {"from": "2024-03", "to": "2024-07", "reason": "=1+1", "on": "2024-03-20"}
PLAN = make_plan(
    {
        "title": '=HYPERLINK("https://example.org","a")',
        "detail": "- one\n- two, \"three\"\n\nA paragraph; it ends.",
        "owners": ["+ Head of Repairs", "@ Data Manager"],
        "due": "2024-03/2024-04",
        "revisions": [MOVE | {"to": "2024-03/2024-04", "agreed_by": "Board"}],
        "actions": [
            {"title": "Publish", "owner": "Data Manager", "due": "2024-05-30", "revisions": [MOVE]},
            {"title": "Print", "done": "2024-02-01"},
        ],
        "evidence": [{"title": "-Register", "link": "evidence/a.pdf", "expires": "2024-12"}],
        "progress": [{"on": "2024-05-02", "note": "It is live."}],
        "fields": {"priority": "'=High", "by-when": "2024-06"},
    },
    {
        "rag": "green", "completed": "2024-01-15", "due": "2024-01", "owners": None,
        "verified": {"by": "Secretary", "on": "2024-02-02"}, "publish": "false",
        "evidence": [{"title": "Register"}],
    },
    {"due": "none agreed", "due_reason": "Not yet."},
    fields=[
        {"id": "priority", "label": "Priority"},
        {"id": "by-when", "label": "By when", "type": "date"},
    ],
)  # fmt: skip
PLANS = [PlanOf("north", PLAN)]
RISKY = [
    *"=+-@",
    *("=1+1", "-5", "+44 20", "@SUM(A1)", "=cmd|' /C calc'!A0", "-", "--", "\t=1", "\r=1", "\n=1"),
    *("\tA", "\rA", "\nA", "＝1+1", "＋1", "－1", "＠A1"),
    *(" =1", "   \t =1", "'=1", "''=1", '"=1', "“=1”", "\u00a0=1", "\u200b=1", "\u3000＝1"),
]
SAFE = ["", "a", "a=1", "'a'", "'", "1", "2024-07", "(a)", "“Quoted”", "a\n=1", "* a", "#1", "££"]


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_the_whole_file(name: str, golden: Golden) -> None:
    data = csv_file(TABLES[name](PLANS, AS_OF))
    assert data.endswith(b"\r\n")
    shown = data.decode().replace("\r\n", "⏎\n")
    golden(TESTS / "golden" / "export" / f"{name}.csv.txt", shown)


def test_a_mark_for_excel_comes_first_and_nothing_else_changes() -> None:
    plain = csv_file(TABLES["recommendations"](PLANS, AS_OF))
    assert csv_file(TABLES["recommendations"](PLANS, AS_OF), bom=True) == b"\xef\xbb\xbf" + plain


def test_values_as_text() -> None:
    fields = tuple(Field(name, name, Kind.WORDS, "") for name in "abcdefg")
    row = (None, True, False, -5, AS_OF, ("A, B", "C"), 'say "a", b\r\nc')
    data = csv_file(RowTable("any", fields, [row]))
    assert data == (
        b"a,b,c,d,e,f,g\r\n"
        b',true,false,-5,2024-05-31,"A, B; C","say ""a"", b\r\nc"\r\n'
    )  # fmt: skip


@pytest.mark.parametrize("text", RISKY)
def test_what_may_be_a_formula_is_marked(text: str) -> None:
    assert marked(text) == f"'{text}"
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize("text", SAFE)
def test_other_text_is_as_it_was(text: str) -> None:
    assert marked(text) == unmarked(text) == text


_near_risk = st.text("=+-@ '\"\t\r\n＝－a\u200b“", max_size=6)


@given(_near_risk | st.text())
def test_the_mark_is_taken_away_by_one_rule(text: str) -> None:
    assert unmarked(marked(text)) == text
    assert marked(text)[:1] not in set("=+-@\t\r\n＝＋－＠")


def test_an_import_reads_the_cells_as_they_were(tmp_path: Path) -> None:
    for name, build in TABLES.items():
        table = build(PLANS, AS_OF)
        fields, rows = table.fields, list(table.rows)
        path = tmp_path / f"{name}.csv"
        path.write_bytes(csv_file(RowTable(name, fields, rows), bom=True))
        (sheet,) = read_sheets(path).sheets
        header, *read = [[cell.text for cell in row.cells] for row in sheet.rows]
        assert is_header(header)
        words = [at for at, field in enumerate(fields) if field.kind is Kind.WORDS]
        for row, cells in zip(rows, read, strict=True):
            for at in words:
                assert cells[at] == (row[at] or ""), fields[at].key


def test_a_table_of_others_keeps_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"Ref,Recommendation,Plan\r\nREC1,'=1,'-a\r\n")
    (sheet,) = read_sheets(path).sheets
    assert [cell.text for cell in sheet.rows[1].cells] == ["REC1", "'=1", "'-a"]


def test_the_columns_of_each_table_are_those_that_are_promised(golden: Golden) -> None:
    fields: dict[str, Any] = {
        name: [f"{field.key}: {field.kind}" for field in build([], AS_OF).fields]
        for name, build in TABLES.items()
    }
    text = "".join(f"{name}\n  " + "\n  ".join(found) + "\n" for name, found in fields.items())
    golden(TESTS / "golden" / "export" / "columns.txt", text)
