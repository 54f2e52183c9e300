"""Tables of every make to records, sections and questions."""

from __future__ import annotations

import pytest
from sheets_by_hand import HEADER, across, asked, cell, gathered, row, said, sheet

from kimplan.errors import KimplanError
from kimplan.intake.gather import Gathered
from kimplan.model.rating import Scheme
from kimplan.sheet import Remark, RemarkKind


def records(found: Gathered) -> list[tuple[str, str]]:
    titles = {name: heading.title for name, heading in found.sections}
    return [(one.ref, titles[one.section]) for one in found.drafts]


def test_a_record_is_whole() -> None:
    found, notebook = gathered(sheet(HEADER, across("Repairs"), row("R1")))
    (draft,) = found.drafts
    assert draft[:2] == ("R1", "repairs")
    assert (draft.title, draft.response) == ("Do the thing R1.", "We did R1.")
    assert (draft.rag, draft.due, draft.owners) == ("amber", "2024-07", ("Data Manager",))
    assert (draft.left, notebook.asked, notebook.said) == ((), [], [])


def test_a_header_that_is_repeated_is_no_record() -> None:
    found, _ = gathered(sheet(HEADER, across("A"), row("R1"), HEADER, row("R2")))
    assert records(found) == [("R1", "A"), ("R2", "A")]


@pytest.mark.parametrize("second", [[row("R2")], [HEADER, row("R2")]])
def test_a_table_split_over_pages_is_one(second: list[object]) -> None:
    first = sheet(HEADER, across("A"), row("R1"))
    found, _ = gathered(first, sheet(*second, name="table 2"))  # type: ignore[arg-type]
    assert records(found) == [("R1", "A"), ("R2", "A")]


def test_a_table_a_section_below_headings() -> None:
    found, _ = gathered(
        sheet(HEADER, row("R1"), title="Governance"),
        sheet(HEADER, row("R2"), name="table 2", title="Repairs"),
    )
    assert records(found) == [("R1", "Governance"), ("R2", "Repairs")]


def test_another_table_is_left_alone() -> None:
    summary = sheet(("Rating", "Count"), ("Green", "3"), name="sheet 'Summary'")
    found, _ = gathered(summary, sheet(HEADER, across("A"), row("R1"), name="sheet 'Plan'"))
    assert [part.sheet.name for part in found.found.parts] == ["sheet 'Plan'"]


def test_a_hidden_sheet_is_said_and_not_taken() -> None:
    plan = sheet(HEADER, across("A"), row("R1"), name="sheet 'Plan'")
    found, notebook = gathered(plan, sheet(HEADER, row("R1"), name="sheet 'Old'", is_hidden=True))
    assert len(found.drafts) == 1
    assert said(notebook, "hidden") == [("", "it is hidden, and not taken", "")]


def test_a_banner_above_and_notes_below_are_listed() -> None:
    found, notebook = gathered(
        sheet(
            across("KIM action plan 2024"),
            HEADER,
            across("Key Recording Standards"),
            row("R1"),
            across("Prepared by the Company Secretary"),
            ("Total", "3", "", "", "", ""),
        )
    )
    assert records(found) == [("R1", "Key Recording Standards")]
    assert [value for _, value, _ in said(notebook, "not-taken")] == [
        "KIM action plan 2024",
        "Prepared by the Company Secretary",
        "Total | 3",
    ]


def test_a_section_has_its_words_in_its_cell_or_in_the_next_row() -> None:
    long = "Good records assist housing providers to offer services. " * 4
    found, _ = gathered(
        sheet(HEADER, across("A\nWhy."), row("R1"), across("B"), across(long), row("R2"))
    )
    narratives = [[one.text for one in heading.narrative] for _, heading in found.sections]
    assert narratives == [["Why."], [long]]


def test_a_column_of_sections_that_is_merged_or_left_blank() -> None:
    rows = [
        (cell("A", down=2), *row("R1")),
        (cell("A", is_covered=True), *row("R2")),
        ("B", *row("R3")),
        ("", *row("R4")),
    ]
    found, _ = gathered(sheet(("Theme", *HEADER), *rows))
    assert records(found) == [("R1", "A"), ("R2", "A"), ("R3", "B"), ("R4", "B")]


def test_labels_in_two_rows() -> None:
    over = [cell(label, down=2) for label in HEADER[:3]]
    group = [cell("Delivery", across=3), *[cell("Delivery", is_covered=True)] * 2]
    below = [cell(label, is_covered=True) for label in HEADER[:3]]
    found, _ = gathered(sheet([*over, *group], [*below, "RAG", "Due", "Owner"], row("R1")))
    assert found.drafts[0].due == "2024-07"


def test_a_record_over_several_rows() -> None:
    first = row("R1", ref=cell("R1", down=2), recommendation=cell("Do it.", down=2))
    second = row(
        "R1",
        ref=cell("R1", is_covered=True),
        recommendation=cell("Do it.", is_covered=True),
        response="And more.",
        owner="Head of Repairs",
    )
    found, notebook = gathered(sheet(HEADER, across("A"), first, second))
    (draft,) = found.drafts
    assert draft.response == "We did R1.\n\nAnd more."
    assert draft.owners == ("Data Manager", "Head of Repairs")
    assert (draft.due, len(said(notebook, "rows-joined"))) == ("2024-07", 1)


def test_a_column_that_fits_no_field_is_one_of_its_own_and_said() -> None:
    found, notebook = gathered(sheet((*HEADER, "Priority"), (*row("R1"), "High")))
    assert found.drafts[0].own == (("priority", "High"),)
    assert said(notebook, "column-unmapped") == [("", "Priority", "fields.priority")]


def test_records_without_a_column_of_refs_are_numbered_and_it_is_said() -> None:
    found, notebook = gathered(sheet(HEADER[1:], row("R1")[1:], row("R2")[1:]))
    assert [one.ref for one in found.drafts] == ["REC1", "REC2"]
    assert said(notebook, "ref-numbered") == [("", "no column of refs", "REC1 to REC2")]


def test_a_missing_ref_is_asked() -> None:
    table = sheet(HEADER, row("R1"), row("R2", ref=""))
    found, notebook = gathered(table)
    assert asked(notebook) == [("ref-missing", "table 1, row 3/ref", "")]
    found, notebook = gathered(table, answers={"table 1, row 3/ref": "R9"})
    assert ([one.ref for one in found.drafts], notebook.asked) == (["R1", "R9"], [])


def test_what_is_missing_for_an_open_record_is_asked() -> None:
    empty = row("R1", response="", rag="Red", due="", owner="")
    _, notebook = gathered(sheet(HEADER, across("A"), empty))
    assert asked(notebook) == [
        ("response-missing", "R1/response", ""),
        ("date-unclear", "R1/due", ""),
        ("owner-missing", "R1/owners", ""),
    ]


def test_a_closed_record_needs_no_date_and_its_words_are_the_plans() -> None:
    rows = [row("R1", rag="Green", due="Compliant"), row("R2", rag="N/A", due="", owner="")]
    found, notebook = gathered(sheet(HEADER, across("A"), *rows))
    assert [one.date_text for one in found.drafts] == ["Compliant", ""]
    assert (notebook.asked, [one.left for one in found.drafts]) == ([], [(), ()])


def test_colours_are_said_once_and_asked_where_two_mean_one_rating() -> None:
    def rated(fill: str, ref: str) -> object:
        return row(ref, rag=cell(fill=fill))

    _, notebook = gathered(sheet(HEADER, rated("00B050", "R1"), rated("00B050", "R2")))  # type: ignore[arg-type]
    assert said(notebook, "rag-by-colour") == [("", "00B050", "green")]
    _, notebook = gathered(sheet(HEADER, rated("00B050", "R1"), rated("92D050", "R2")))  # type: ignore[arg-type]
    assert [one.key for one in notebook.asked if one.kind == "rag-by-colour"] == [
        "colour 00B050",
        "colour 92D050",
    ]


def test_green_is_open_where_blue_is_complete() -> None:
    rows = [row("R1", rag="Blue"), row("R2", rag="Green", due=""), row("R3", rag="On track")]
    found, notebook = gathered(sheet(HEADER, *rows))
    assert found.scheme is Scheme.BRAG
    assert [one.rag for one in found.drafts] == ["blue", "green", ""]
    assert asked(notebook) == [
        ("date-unclear", "R2/due", ""), ("rag-unclear", "R3/rag", "On track"),
    ]  # fmt: skip
    complete = "complete (scheme: brag), so that green is on track and open"
    assert said(notebook, "rag-by-word") == [("", "Blue", complete)]


def test_a_rating_on_anothers_colour_is_asked() -> None:
    _, notebook = gathered(sheet(HEADER, row("R1", rag=cell("GREEN", fill="FFC000"))))
    assert asked(notebook) == [("rag-contradicts-colour", "R1/rag", "GREEN on FFC000")]


def test_what_readers_saw_is_said_with_its_record() -> None:
    remark = Remark(RemarkKind.COMMENT, "Ask the Board.", "A. Clerk")
    noted = row("R1", response=cell("We did.", remarks=(remark,)))
    _, notebook = gathered(sheet(HEADER, noted))
    assert said(notebook, "comment") == [("R1/response", "Ask the Board. (A. Clerk)", "")]


def test_progress_has_a_day_or_asks_for_it() -> None:
    notes = "02/05/2024: The form is live.\n13/05/2024: It works.\nReally."
    found, notebook = gathered(sheet((*HEADER, "Progress"), (*row("R1"), notes)))
    assert asked(notebook) == []
    assert [(one.on, one.note) for one in found.drafts[0].progress] == [
        ("2024-05-02", "The form is live."),
        ("2024-05-13", "It works.\n\nReally."),
    ]
    _, notebook = gathered(sheet((*HEADER, "Progress"), (*row("R1"), "02/05/2024: It is live.")))
    assert asked(notebook) == [("date-unclear", "R1/progress", "02/05/2024")]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (sheet(HEADER, row("R1"), row("r1")), "two rows have the ref r1: "),
        (sheet((*HEADER, "Lead"), (*row("R1"), "X")), "the columns 'Owner' and 'Lead' both claim"),
        (sheet(row("R1"), row("R2")), "no table of plan.docx has a header that is understood"),
        (sheet(HEADER), "table 1 of plan.docx has no records"),
        (
            sheet(HEADER, row("R1", due=cell(remarks=(Remark(RemarkKind.FORMULA, "=NOW()"),)))),
            "plan.docx holds formulas without results: table 1, row 2",
        ),
    ],
)
def test_what_cannot_be_a_plan_is_refused(table: object, message: str) -> None:
    with pytest.raises(KimplanError) as error:
        gathered(table)  # type: ignore[arg-type]
    assert error.value.message.startswith(message)
    assert error.value.hint


def test_a_file_without_a_table_is_refused() -> None:
    with pytest.raises(KimplanError, match=r"plan\.docx holds no table"):
        gathered()


def test_a_table_may_be_named() -> None:
    one = sheet(HEADER, row("R1"), name="sheet 'One'")
    two = sheet(HEADER, row("R1"), name="sheet 'Two'")
    found, _ = gathered(one, two, table="two")
    assert found.drafts[0].entry.place == "sheet 'Two', row 2"
    with pytest.raises(KimplanError) as error:
        gathered(one, two, table="Tow")
    assert error.value.hint == "Did you mean 'Two'? There is: sheet 'One', sheet 'Two'."


def test_other_tables_are_listed() -> None:
    summary = sheet(("Rating", "Count"), ("Green", "3"), name="table 2")
    _, notebook = gathered(sheet(HEADER, across("A"), row("R1")), summary)
    assert [value for _, value, _ in said(notebook, "not-taken")] == ["Rating | Count", "Green | 3"]


def test_refs_in_front_of_the_recommendations() -> None:
    rows = [
        row("R1", recommendation="REC1: Do it.")[1:],
        row("R2", recommendation="REC4 – Do more.")[1:],
    ]
    found, _ = gathered(sheet(HEADER[1:], *rows))
    assert [(one.ref, one.title) for one in found.drafts] == [
        ("REC1", "Do it."),
        ("REC4", "Do more."),
    ]


def test_a_revised_date_beside_the_due_date_is_refused() -> None:
    table = sheet((*HEADER, "Revised due date"), (*row("R1"), "May 2025"))
    with pytest.raises(KimplanError, match="'Due date' and 'Revised due date' both claim"):
        gathered(table)
    found, _ = gathered(table, told={"Due date": "own", "Revised due date": "due"})
    assert (found.drafts[0].due, found.drafts[0].own) == ("2025-05", (("due-date", "July 2024"),))


def test_a_colour_that_contradicts_its_word_is_asked_in_every_scheme() -> None:
    rows = [row("R1", rag=cell("Blue", fill="0070C0")), row("R2", rag=cell("Green", fill="FF0000"))]
    _, notebook = gathered(sheet(HEADER, *rows))
    assert asked(notebook) == [("rag-contradicts-colour", "R2/rag", "Green on FF0000")]
