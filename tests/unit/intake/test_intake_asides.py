"""Tables beside and below the plan's on one sheet: listed, and no part of a record."""

from __future__ import annotations

from kimplan.intake.gather import Gathered, gather
from kimplan.intake.questions import Notebook
from kimplan.intake.written import record_text
from kimplan.model.prose import Block, Span
from kimplan.sheet import Sheet, SheetCell, SheetFile, SheetRow

LABELS = ["Ref", "Recommendation", "Response", "RAG", "Due date", "Owner"]


def record(ref: str) -> list[str]:
    return [ref, f"Recommendation of {ref}.", "We will.", "Amber", "31 March 2027", "Head of Data"]


def taken(rows: list[list[str]], *, is_number: bool = False) -> Gathered:
    width = max(map(len, rows))
    made = tuple(
        SheetRow(
            tuple(
                cell(text)._replace(is_number=is_number)
                for text in [*texts, *[""] * (width - len(texts))]
            ),
            number,
        )
        for number, texts in enumerate(rows, 1)
        if any(texts)
    )
    return gather(SheetFile("plan.xlsx", "", (Sheet("sheet 'Plan'", made),)), Notebook({}), {})


def cell(text: str) -> SheetCell:
    return SheetCell((Block((Span(text),)),)) if text else SheetCell()


def test_a_table_beside_the_plan_is_set_aside() -> None:
    counts = [["", "Owner", "Count"], ["", "Head of Data", "3"], [], []]
    plan = [LABELS, record("REC1"), record("REC2"), record("REC3")]
    found = taken([one + beside for one, beside in zip(plan, counts, strict=True)])
    assert [column.label for column in found.columns] == LABELS
    assert [(one.place, one.text) for one in found.rows.asides] == [
        ("sheet 'Plan', beside the plan, row 1", "Owner | Count"),
        ("sheet 'Plan', beside the plan, row 2", "Head of Data | 3"),
    ]


def test_a_column_behind_a_gap_that_all_records_fill_is_the_plans() -> None:
    rows = [[*LABELS, "", "Cost"], [*record("REC1"), "", "5"], [*record("REC2"), "", "6"]]
    assert [column.label for column in taken(rows).columns if column.field] == [*LABELS, "Cost"]


def test_a_key_below_the_plan_holds_no_records() -> None:
    key = [["Key"], ["Red", "Off track"], ["Amber", "At risk"]]
    found = taken([LABELS, record("REC1"), record("REC2"), [], *key])
    assert [one.ref for one in found.drafts] == ["REC1", "REC2"]
    assert [one.text for one in found.rows.asides] == ["Key", "Red | Off track", "Amber | At risk"]


def test_records_below_a_gap_and_a_section_are_records() -> None:
    found = taken([LABELS, record("REC1"), [], ["Data"], record("REC2"), record("REC3")])
    places = [(one.ref, one.section) for one in found.drafts]
    assert places[1:] == [("REC2", "data"), ("REC3", "data")]


def test_a_ref_that_may_be_another_keeps_the_sources_words() -> None:
    rows = [LABELS, record("1.8"), record("1.9"), record("1.1")]
    found = taken(rows, is_number=True)
    assert [(one.ref, one.left) for one in found.drafts] == [
        ("1.8", ()),
        ("1.9", ()),
        ("1.10", (("ref", "1.1"),)),
    ]
    assert record_text(found.drafts[2]).splitlines()[:2] == [
        'ref: "1.10"',
        '# ref: to decide; the source says "1.1"',
    ]
