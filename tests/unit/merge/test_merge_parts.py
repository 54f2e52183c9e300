"""Cells as they are meant: without what is struck through, as bold as they are, and whole."""

from __future__ import annotations

from conftest import make_plan
from merge_sheets import FILE, copy_of, lines, plan_rows, seen_in, words
from merge_sheets import base_of as base

from kimplan.merge.copy import Wish, read_copy
from kimplan.merge.edit import Edit, Roles, Text
from kimplan.merge.finding import Kind
from kimplan.merge.parts import joined
from kimplan.model.column_field import ColumnField
from kimplan.model.prose import parse_prose
from kimplan.report.document import Cell

RESPONSE, OWNERS, DUE, RAG = (
    ColumnField.RESPONSE,
    ColumnField.OWNERS,
    ColumnField.DUE,
    ColumnField.RAG,
)
PLAN = make_plan(
    {"title": "Keep a register.", "response": "**It is kept.**"},
    {"title": "Publish the answers.", "response": "They are there."},
)


def test_struck_words_count_as_deleted_in_every_cell() -> None:
    kept = parse_prose("They are here.")
    cell = words("They are there. They are here.", kept=kept)
    seen = seen_in(PLAN, {("REC2", RESPONSE): cell})
    was = Text(parse_prose("They are there."))
    assert seen == ([Edit("REC2", RESPONSE, was, Text(kept), FILE)], [])
    owners = lines("Head of Repairs", "Data Manager", kept=lines("Data Manager").blocks)
    (edit,) = seen_in(PLAN, {("REC2", OWNERS): owners}).edits
    assert edit.says == Roles(("Data Manager",))


def test_a_response_that_is_all_struck_is_refused() -> None:
    cell = words("They are there.", kept=())
    (found,) = seen_in(PLAN, {("REC2", RESPONSE): cell}).findings
    assert (found.kind, found.code) == (Kind.REFUSED, "KP104")


def test_what_is_all_bold_is_no_edit_and_what_became_so_is() -> None:
    assert seen_in(PLAN, {("REC1", RESPONSE): lines("It is kept.", is_bold=True)}) == ([], [])
    (edit,) = seen_in(PLAN, {("REC2", RESPONSE): lines("They are there.", is_bold=True)}).edits
    assert edit.says == Text(parse_prose("**They are there.**"))
    (edit,) = seen_in(PLAN, {("REC1", RESPONSE): lines("It is kept.")}).edits
    assert edit.says == Text(parse_prose("It is kept."))


def test_the_words_of_merged_cells_are_asked_for() -> None:
    merged = lines("They are there.", down=2)
    cells = {
        ("REC1", RESPONSE): merged,
        ("REC2", RESPONSE): merged._replace(is_covered=True, down=1),
    }
    seen = seen_in(PLAN, cells)
    assert seen.edits == []
    assert [(one.kind, one.ref, one.what) for one in seen.findings] == [
        (Kind.NEEDS, "REC1", "response")
    ]
    seen = seen_in(PLAN, {("REC2", DUE): lines("AMBER March 2024", is_covered=True)})
    assert [(one.kind, one.ref, one.what) for one in seen.findings] == [
        (Kind.NEEDS, "REC2", "date")
    ]


def test_owners_that_stand_on_other_lines_are_the_same() -> None:
    plan = make_plan({"owners": ["Head of Repairs", "Data Manager"]})
    assert seen_in(plan, {("REC1", OWNERS): lines("Head of", "Repairs Data Manager")}) == ([], [])


def test_a_long_word_that_was_cut_is_whole_again() -> None:
    address = "https://example.org/a/long/address"
    said = Cell(parse_prose(f"See {address} for more."))
    halves = parse_prose("See https://example.org/a/l"), parse_prose("ong/address for more.")
    assert [block.text for block in joined(halves, said)] == [f"See {address} for more."]


def test_marks_that_were_typed_are_taken_as_a_plan_reads_them() -> None:
    rows = plan_rows(PLAN, {("REC2", RESPONSE): lines("They are **here**.")})
    seen = read_copy(copy_of(rows), base(PLAN), Wish())
    (edit,) = seen.edits
    assert edit.says == Text(parse_prose("They are **here**."))
    assert [(one.kind, one.what) for one in seen.findings] == [(Kind.TOLD, "marks")]
