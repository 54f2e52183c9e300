"""What is said of a copy's rows, columns and sections, and never done."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import make_plan
from merge_sheets import base_of, copy_of, lines, plan_rows

from kimplan.errors import KimplanError
from kimplan.merge.copy import Wish, read_copy
from kimplan.merge.finding import Kind
from kimplan.merge.seen import Seen
from kimplan.sheet import Remark, RemarkKind, Sheet, SheetCell, SheetRow

PLAN = make_plan(
    {"title": "Keep a register."},
    {"title": "Publish the answers."},
    {"title": "Record the vulnerabilities.", "section": "repairs"},
)


def read(rows: Sequence[SheetRow], *others: Sheet) -> Seen:
    roles = frozenset(owner.role for owner in PLAN.owners)
    return read_copy(copy_of(rows, *others), base_of(PLAN), Wish(roles, frozenset({"rec9"})))


def said(seen: Seen) -> list[tuple[str, str]]:
    assert all(one.kind in {Kind.TOLD, Kind.LEFT} for one in seen.findings)
    return [(one.ref, one.what) for one in seen.findings]


def across(*texts: str) -> SheetRow:
    """Return a row of one cell across the table."""
    cell = lines(*texts, across=6)
    return SheetRow((cell, *[cell._replace(is_covered=True, across=1)] * 5), 9)


HEADER, *ROWS = plan_rows(PLAN)


def test_an_unedited_table_says_nothing() -> None:
    assert read([HEADER, *ROWS]) == ([], [])


def test_a_header_that_was_repeated_is_none_of_the_rows() -> None:
    assert read([HEADER, ROWS[0], HEADER, *ROWS[1:]]) == ([], [])


def test_a_title_above_the_header_is_passed_over() -> None:
    assert read([across("Plan"), HEADER, *ROWS]) == ([], [])


def test_rows_that_went_and_moved() -> None:
    assert said(read([HEADER, ROWS[0], ROWS[2]])) == [("REC2", "row-removed")]
    assert said(read([HEADER, ROWS[1], ROWS[2], ROWS[0]])) == [("REC1", "row-moved")]


def test_a_row_below_another_section_was_moved() -> None:
    governance, repairs = across("Governance"), across("Repairs", "What was found about repairs.")
    rows = [HEADER, governance, ROWS[0], ROWS[1], repairs, ROWS[2]]
    assert read(rows) == ([], [])
    rows = [HEADER, governance, ROWS[0], repairs, ROWS[1], ROWS[2]]
    assert said(read(rows)) == [("REC2", "row-moved")]
    rows = [HEADER, governance, *ROWS]
    assert said(read(rows)) == [("", "section")]
    rows = [HEADER, governance, ROWS[0], ROWS[1], across("Repairs", "Changed."), ROWS[2]]
    assert said(read(rows)) == [("", "narrative")]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [("REC4", ("REC4", "new-record")), ("REC9", ("REC9", "row-added")), ("", ("", "new-record"))],
)
def test_a_row_that_came(ref: str, expected: tuple[str, str]) -> None:
    cells = [ref, "Keep a list.", "We will.", "RED", "December 2024", "Data Manager"]
    row = SheetRow(tuple(lines(text) for text in cells), 9)
    assert said(read([HEADER, *ROWS, row])) == [expected]


def test_columns_that_moved_went_and_came() -> None:
    def turned(row: SheetRow) -> SheetRow:
        return row._replace(cells=row.cells[::-1])

    assert read([turned(row) for row in (HEADER, *ROWS)]) == ([], [])
    rows = [row._replace(cells=row.cells[:-1]) for row in (HEADER, *ROWS)]
    assert said(read(rows)) == [("", "column-deleted")]
    more = [
        row._replace(cells=(*row.cells, lines(text)))
        for row, text in zip((HEADER, *ROWS), ("Remark", "Late", "", ""), strict=True)
    ]
    assert said(read(more)) == [("", "column-added"), ("REC1", "column-added")]


def test_a_heading_that_was_edited_is_known_by_its_place() -> None:
    header = HEADER._replace(cells=(*HEADER.cells[:-1], lines("Lead")))
    assert said(read([header, *ROWS])) == [("", "heading")]


def test_a_table_that_was_cut_off_has_no_header() -> None:
    lower = Sheet("table 2", tuple(ROWS[1:]))
    assert read([HEADER, ROWS[0]], lower) == ([], [])


def test_a_row_that_stands_twice_must_say_the_same() -> None:
    assert read([HEADER, *ROWS, ROWS[2]]) == ([], [])
    other = ROWS[2]._replace(cells=(*ROWS[2].cells[:-1], lines("Data Manager")))
    seen = read([HEADER, *ROWS, other])
    assert [(one.kind, one.ref) for one in seen.findings] == [(Kind.CONFLICT, "REC3")]


def test_a_row_that_was_cut_is_one() -> None:
    cells = list(ROWS[0].cells)
    upper, lower = list(cells), [SheetCell()] * 6
    upper[2], lower[2] = lines("The register is"), lines("being built.")
    lower[0], lower[3] = lines("REC1 (cont.)"), cells[3]
    rows = [HEADER, SheetRow(tuple(upper), 2), SheetRow(tuple(lower), 3), *ROWS[1:]]
    assert read(rows) == ([], [])


def test_other_tables_are_no_plan() -> None:
    with pytest.raises(KimplanError, match="has no table with the plan's columns"):
        read([SheetRow((lines("RAG rating"), lines("Number")), 1)])
    rows = [SheetRow((lines(f"X{n}"), *row.cells[1:]), n) for n, row in enumerate(ROWS)]
    strange = [row._replace(cells=(row.cells[0], lines("Else."), *row.cells[2:])) for row in rows]
    with pytest.raises(KimplanError, match="is a report of another plan"):
        read([HEADER, *strange])


def test_remarks_outside_of_the_rows_are_said() -> None:
    note = Remark(RemarkKind.COMMENT, "Why?", "Ann")
    header = HEADER._replace(cells=(HEADER.cells[0]._replace(remarks=(note,)), *HEADER.cells[1:]))
    other = Sheet("table 2", (SheetRow((lines("a", remarks=(note._replace(text="How?"),)),), 1),))
    seen = read([header, *ROWS], other)
    assert [(one.kind, one.what, one.value) for one in seen.findings] == [
        (Kind.TOLD, "comment", "Why?"),
        (Kind.TOLD, "comment", "How?"),
    ]


def test_a_row_that_was_added_without_a_ref_names_none() -> None:
    added = [lines(text) for text in ("", "Keep a list.", "We will.", "RED", "May 2025", "")]
    (found,) = read([HEADER, *ROWS, SheetRow(tuple(added), 9)]).findings
    assert (found.kind, found.ref) == (Kind.LEFT, "")
    assert found.hint.startswith('kimplan new --title "Keep a list."')
