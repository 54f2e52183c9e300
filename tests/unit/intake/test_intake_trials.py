"""Tables that were read wrongly once: each stands for its kind."""

from __future__ import annotations

import pytest
from sheets_by_hand import HEADER, across, asked, cell, gathered, row, said, sheet

from kimplan.errors import KimplanError
from kimplan.intake.dates import read_date
from kimplan.intake.labels import Strength, fields_named
from kimplan.intake.owners import is_nobody
from kimplan.intake.proof import prove
from kimplan.intake.prose import to_prose
from kimplan.intake.ratings import RatingReading, is_blue, read_rating
from kimplan.intake.written import plan_text, record_text
from kimplan.model.due import parse_due
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.model.rating import Scheme
from kimplan.sheet import Remark, RemarkKind


def test_a_rating_with_a_question_mark_is_asked() -> None:
    assert read_rating("Green?") == RatingReading(offers=("green",))


def test_when_it_begins_is_no_due_date() -> None:
    assert (read_date("From July 2024").due, read_date("From July 2024").offers) == (
        "",
        ("2024-07",),
    )
    assert read_date("From July 2024 to September 2024").due == "2024-07/2024-09"


@pytest.mark.parametrize("text", ["All", "Vacant", "As above", "Ditto", "To be appointed", "?"])
def test_words_that_name_no_role(text: str) -> None:
    assert is_nobody(text)


def test_labels() -> None:
    assert fields_named("R/A/G") == (("rag", Strength.IS),)
    assert fields_named("Code provision")[0] == ("ref", Strength.MAY)


def test_a_list_that_begins_at_three_below_bullets_stays_one() -> None:
    blocks = (
        Block((Span("one"),), 1, True),
        Block((Span("third"),), 1, False, "3."),
        Block((Span("fourth"),), 1, False, "4."),
    )
    assert parse_prose(to_prose(blocks)) == blocks


def test_the_word_between_two_roles_is_not_lost() -> None:
    both = row("R3", owner="Data Manager and Head of IT")
    found, _ = gathered(sheet(HEADER, across("A"), row("R1"), row("R2", owner="Head of IT"), both))
    assert found.drafts[2].owners == ("Data Manager", "Head of IT")
    files = {one.ref: record_text(one) for one in found.drafts}
    assert prove(found, files, plan_text(found, "T", "O")).lost == ()


def test_a_column_of_sections_counts_for_more_than_the_heading_above() -> None:
    header, first, second = (
        ("Theme", *HEADER), ("Governance", *row("R1")), ("Repairs", *row("R2")),
    )  # fmt: skip
    found, notebook = gathered(sheet(header, first, second, title="Action plan"))
    assert [(one.ref, one.section) for one in found.drafts] == [
        ("R1", "governance"), ("R2", "repairs"),
    ]  # fmt: skip
    assert [value for _, value, _ in said(notebook, "not-taken")] == ["Action plan"]


def test_a_sections_number_and_title_in_two_cells() -> None:
    title = cell("Governance", across=5)
    covered = [cell("Governance", is_covered=True)] * 4
    found, _ = gathered(sheet(HEADER, ("Section 1", title, *covered), row("R1")))
    assert [heading.title for _, heading in found.sections] == ["Section 1 Governance"]
    assert [one.ref for one in found.drafts] == ["R1"]


def test_a_sentence_below_a_section_is_its_narrative() -> None:
    found, _ = gathered(
        sheet(HEADER, across("Governance"), across("We look at who decides what."), row("R1"))
    )
    ((_, heading),) = found.sections
    assert (heading.title, heading.narrative[0].text) == (
        "Governance",
        "We look at who decides what.",
    )


def test_ratings_of_several_quarters_are_refused() -> None:
    header = (*HEADER[:3], "RAG Q1", "RAG Q2", *HEADER[4:])
    body = row("R1")
    with pytest.raises(KimplanError, match="'RAG Q1' and 'RAG Q2' both claim the field rag"):
        gathered(sheet(header, (*body[:3], "Red", "Amber", *body[4:])))


def test_green_is_open_where_a_blue_cell_shows_the_scheme() -> None:
    blue, green = cell("", fill="0070C0"), cell("", fill="00B050")
    rows = [(*row(ref)[:3], fill, *row(ref)[4:]) for ref, fill in (("R1", blue), ("R2", green))]
    found, _ = gathered(sheet(HEADER, across("A"), *rows))
    assert found.scheme is Scheme.BRAG
    assert [one.rag for one in found.drafts] == ["blue", "green"]
    assert is_blue("0070C0")
    assert not is_blue("DCE6F1")


def test_what_no_plan_may_hold_is_left_out_of_labels_and_headings() -> None:
    header = (*HEADER, "Cost\x07s")
    found, notebook = gathered(sheet(header, (*row("R1"), "£5"), title="Go\x07vernance"))
    assert found.columns[-1].label == "Cost s"
    assert found.sections[0][1].title == "Go vernance"
    assert asked(notebook) == []


def test_a_title_above_each_header_is_a_section() -> None:
    found, notebook = gathered(
        sheet(across("Governance"), HEADER, row("R1"), across("Repairs"), HEADER, row("R2"))
    )
    assert [(one.ref, one.section) for one in found.drafts] == [
        ("R1", "governance"),
        ("R2", "repairs"),
    ]
    assert said(notebook, "not-taken") == []


def test_an_action_whose_progress_is_told_beside_it_is_what_is_to_be_done() -> None:
    header = ("Ref", "Action", "Lead officer", "Status", "Progress update", "Target date")
    body = ("4", "Draft the strategy.", "Head of IT", "Amber", "It is with the Board.", "July 2024")
    found, _ = gathered(sheet(header, body))
    fields = ["ref", "recommendation", "owners", "rag", "response", "due"]
    assert [column.field for column in found.columns] == fields
    (draft,) = found.drafts
    assert (draft.title, draft.due) == ("Draft the strategy.", "2024-07")


def test_an_action_taken_stays_the_response() -> None:
    header = ("Ref", "Action taken", "Owner", "RAG", "Commentary", "Due date")
    body = ("4", "We drafted it.", "Head of IT", "Amber", "It is with the Board.", "July 2024")
    found, _ = gathered(sheet(header, body))
    assert found.columns[1].field == "response"


def test_a_completion_date_is_the_due_date_where_no_other_is() -> None:
    header = (*HEADER[:4], "Completion date", "Owner")
    body = ("R1", "Draft it.", "It is drafted.", "Amber", "31/07/2024", "Head of IT")
    found, _ = gathered(sheet(header, body))
    assert found.columns[4].field == "due"
    assert found.drafts[0].due == "2024-07-31"


@pytest.mark.parametrize("text", ["Not complete", "Not yet complete", "Not yet completed"])
def test_what_is_not_complete_may_be_amber_or_red(text: str) -> None:
    assert read_rating(text).rating == ""


def test_a_picture_that_says_another_colour_than_its_word_is_asked() -> None:
    assert read_rating("🟢 Red") == RatingReading(offers=("red", "green"))
    assert read_rating("🟢 Green").rating == "green"
    assert read_rating("🔴🟢").rating == ""


@pytest.mark.parametrize(("struck", "owners"), [("Head of IT", ()), ("Head of IT Data Lead", None)])
def test_owners_struck_in_part_are_asked(struck: str, owners: tuple[str, ...] | None) -> None:
    words = "Head of IT Data Lead"
    owner = cell(words)._replace(remarks=(Remark(RemarkKind.STRUCK, struck),))
    found, notebook = gathered(sheet(HEADER, across("A"), (*row("R1")[:-1], owner)))
    assert found.drafts[0].owners == ((words,) if owners is None else owners)
    assert [one.value for one in notebook.asked] == ([] if owners is None else [words])


def test_a_day_whose_year_only_the_file_holds_is_taken_and_said() -> None:
    held = {"R1": ("31/07", "2024-07-31"), "R2": ("30/09/24", "2024-09-30")}
    rows = [row(ref, due=cell(text, due=parse_due(due))) for ref, (text, due) in held.items()]
    found, notebook = gathered(sheet(HEADER, across("A"), *rows))
    assert [draft.due for draft in found.drafts] == ["2024-07-31", "2024-09-30"]
    assert asked(notebook) == []
    assert said(notebook, "date-ambiguous") == [("R1/due", "31/07", "2024-07-31")]


def test_a_column_is_the_same_field_in_each_part_of_a_table() -> None:
    header = tuple("Progress" if label == "RAG" else label for label in HEADER)
    parts = [
        sheet(header, *(row(ref, rag=cell(fill=fill)) for ref, fill in rows), name=name)
        for name, rows in (
            ("table 1", [("R1", "FFC000"), ("R2", "00B050")]), ("table 2", [("R3", "FF0000")]),
        )
    ]  # fmt: skip
    found, notebook = gathered(*parts)
    assert [draft.rag for draft in found.drafts] == ["amber", "green", "red"]
    assert asked(notebook) == []
