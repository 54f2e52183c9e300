"""A workbook of kimplan's own that somebody changed in Excel, and what an import makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import make_plan
from needed import needed
from workbooks import imported, plan_of, said, write

from kimplan.errors import KimplanError
from kimplan.intake.run import Prepared
from kimplan.model.plan import Plan

openpyxl = needed("openpyxl")

RECORD = {
    "due": "2024-03",
    "evidence": [{"title": "Draft"}, {"title": "Final"}],
    "actions": [
        {"title": "One", "due": "2024-02"},
        {"title": "Two", "due": "2024-03", "revisions": [
            {"from": "2024-01", "to": "2024-03", "reason": "Ill.", "on": "2024-01-02"}]},
    ],
}  # fmt: skip


def plan(**settings: Any) -> Plan:
    return make_plan(RECORD, {"section": "repairs", "rag": "red"}, **settings)


def changed(folder: Path, change: Callable[[Any], None], made: Plan | None = None) -> Prepared:
    path = write(made or plan(), folder)
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book)
    book.save(path)
    return imported(path)


def notes(prepared: Prepared) -> list[tuple[str, str]]:
    return [(str(one.kind), one.value) for one in prepared.notebook.said]


def test_saved_by_another_program_it_is_the_same_plan(tmp_path: Path) -> None:
    prepared = changed(tmp_path, lambda book: None)
    assert said(plan_of(prepared)) == said(plan())
    assert notes(prepared) == []
    assert prepared.proof.lost == ()
    assert (prepared.proof.listed, prepared.proof.open_) == (0, 0)


def test_what_somebody_wrote_is_taken(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Action plan"]
        sheet["C2"], sheet["D2"], sheet["E2"] = "New words.\n• one\n• two", "red", "Jul 2024"
        sheet["E3"] = datetime(2024, 8, 1)
        sheet["E3"].number_format = "d mmm yyyy"
        sheet["G2"] = "Company Secretary\nHead of Repairs"
        sheet["F2"] = sheet["F3"] = sheet["I2"] = sheet["I3"] = None  # what is worked out
        book["Overdue"].delete_rows(2, 9)

    first, second = plan_of(changed(tmp_path, change)).recommendations
    assert first.response == "New words.\n\n- one\n- two"
    assert (first.rag.word, first.due and first.due.text) == ("red", "2024-07")
    assert first.owners == ["Company Secretary", "Head of Repairs"]
    assert second.due is not None
    assert second.due.text == "2024-08-01"


def test_rows_may_be_sorted_added_and_taken_out(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Evidence"]
        sheet["B2"], sheet["B3"] = 2, 1
        sheet.append(["REC2", None, "A new one", "https://example.org/new"])
        book["Action plan"].append(
            ["REC9", "A new title", "A response", "AMBER", "May 2024", None, "Data Manager",
             "A new section"]
        )  # fmt: skip

    prepared = changed(tmp_path, change)
    first, second, third = plan_of(prepared).recommendations
    assert [proof.title for proof in first.evidence] == ["Final", "Draft"]
    assert [(proof.title, proof.link) for proof in second.evidence] == [
        ("A new one", "https://example.org/new")
    ]
    assert (third.ref, third.section) == ("REC9", "a-new-section")
    assert plan_of(prepared).settings.sections[-1].title == "A new section"
    assert prepared.proof.lost == ()


def test_what_is_not_understood_is_asked_and_never_guessed(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Action plan"]["E2"] = "some time in spring"
        book["Action plan"]["D3"] = "purple"

    prepared = changed(tmp_path, change)
    asked = [(one.where, one.value) for one in prepared.notebook.asked]
    assert asked == [("REC1/due", "some time in spring"), ("REC2/rag", "purple")]
    assert prepared.proof.lost == ()


def test_what_is_not_taken_is_listed(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Action plan"]
        sheet["I2"] = 3  # days late
        sheet["K1"], sheet["K2"] = "Remark", "My own words"
        book["Evidence"].append(["REC77", 1, "Of nothing"])
        book["Evidence"]["H2"] = "Beside it"
        book["Revisions"].append(["REC1", 7, None, 1, "January 2024", "March 2024", "No action"])
        book["Overdue"]["C2"] = "Another title"
        book.create_sheet("Mine")["A1"] = "A sheet of my own"
        sheet.append([None, "No ref here"])

    prepared = changed(tmp_path, change)
    assert notes(prepared) == [
        ("not-taken", "No ref here"),
        ("not-taken", "REC77 | 1 | Of nothing"),
        ("not-taken", "REC1 | 7 | 1 | January 2024 | March 2024 | No action"),
        ("column-left-out", "Remark"),
        ("column-left-out", "Beside it"),
        ("not-taken", "Days late: 3"),
        ("not-taken", "What is overdue: Another title"),
        ("not-taken", "A sheet of my own"),
    ]
    assert prepared.proof.lost == ()
    assert said(plan_of(prepared)) == said(plan())


def test_comments_and_hidden_rows_are_said(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Action plan"]
        sheet["C2"].comment = openpyxl.comments.Comment("Is this so?", "A. Person")
        sheet.row_dimensions[3].hidden = True

    found = notes(changed(tmp_path, change))
    assert ("hidden", "the row is hidden") in found
    assert any(kind == "comment" and "Is this so?" in text for kind, text in found)


@pytest.mark.parametrize("ref", ["../../outside", "/etc/x", "a b", "REC1\n", "..", "x" * 99])
def test_what_can_be_no_ref_is_asked_and_names_no_file(tmp_path: Path, ref: str) -> None:
    def change(book: Any) -> None:
        book["Action plan"]["A3"] = ref

    prepared = changed(tmp_path, change)
    assert [question.value for question in prepared.notebook.asked] in ([ref.strip()], [])
    assert {*prepared.files} == {"plan.yaml", "owners.yaml", "recommendations/REC1.yaml"}


@pytest.mark.parametrize(
    "name", ["a" + ".a" * 15_000, "sections.-1.id", "sections.1.id.more", "title.1", "__class__"]
)
def test_settings_that_nobody_knows_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(KimplanError, match=r"Settings of plan\.xlsx cannot be read"):
        changed(tmp_path, lambda book: book["Settings"].append([name, "x"]))


def test_settings_that_are_none_are_refused(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for row in book["Settings"].iter_rows():
            if row[0].value == "title":
                row[1].value = None

    with pytest.raises(KimplanError, match=r"Settings of plan\.xlsx cannot be read: title"):
        changed(tmp_path, change)


def test_a_workbook_without_its_settings_is_read_as_any_other(tmp_path: Path) -> None:
    prepared = changed(tmp_path, lambda book: book.remove(book["Settings"]))
    assert [draft.ref for draft in prepared.gathered.drafts] == ["REC1", "REC2"]
    assert not any(draft.text for draft in prepared.gathered.drafts)


def test_rows_above_the_headers_are_listed_and_what_is_below_is_taken(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for sheet in book.worksheets:
            sheet.insert_rows(1, 2)
            sheet["A1"] = f"My {sheet.title}"

    prepared = changed(tmp_path, change)
    assert said(plan_of(prepared)) == said(plan())
    sheets = ["Action plan", "Overdue", "Owners", "Actions", "Revisions", "Evidence", "Settings"]
    assert notes(prepared) == [("not-taken", f"My {name}") for name in sheets]
    proof = prepared.proof
    assert (proof.lost, proof.listed, proof.placed) == ((), 7, proof.cells - 7)


def test_a_workbook_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KimplanError, match=r"the sheet Action plan of .* has no records"):
        changed(tmp_path, lambda book: book["Action plan"].delete_rows(2, 2))


def test_a_number_of_many_digits_stands_last(tmp_path: Path) -> None:
    digits = "9" * 5_000
    prepared = changed(tmp_path, lambda book: book["Actions"].__setitem__("B2", digits))
    actions = plan_of(prepared).recommendations[0].actions
    assert [action.title for action in actions] == ["Two", "One"]
    with pytest.raises(KimplanError, match=r"Settings of .* cannot be read: sections"):
        changed(tmp_path, lambda book: book["Settings"].append([f"sections.{digits}.id", "z"]))
