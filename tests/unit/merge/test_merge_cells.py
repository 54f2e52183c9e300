"""What is read from the cells of a copy."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import make_plan
from merge_sheets import FILE, lines, seen_in, words

from kimplan.merge.edit import Edit, Note, Proof, Roles, show_value
from kimplan.merge.finding import Kind
from kimplan.model.column_field import ColumnField
from kimplan.model.due import parse_due
from kimplan.model.rating import Rating
from kimplan.report.cells import row_cells
from kimplan.sheet import Remark, RemarkKind

RAG, DUE, OWNERS = ColumnField.RAG, ColumnField.DUE, ColumnField.OWNERS
RESPONSE, RECOMMENDATION = ColumnField.RESPONSE, ColumnField.RECOMMENDATION
PLAN = make_plan(
    {"due": "2024-07", "detail": "In every home."},
    {"rag": "green", "due": "2024-03", "title": "Publish the answers.", "completed": "2024-03-01"},
)
MOVED = [{"from": "2024-03", "to": "2024-07", "reason": "Staff left.", "on": "2024-03-20"}]


class TestDates:
    @pytest.mark.parametrize(
        ("text", "due"),
        [
            ("September 2024", "2024-09"),
            ("30th September 2024", "2024-09-30"),
            ("2024-09", "2024-09"),
            ("December 2024 – March 2025", "2024-12/2025-03"),
            ("September 2024 (was July 2024)", "2024-09"),
            ("September 2024, first promised July 2024, moved once", "2024-09"),
        ],
    )
    def test_a_date_is_read_as_people_write_it(self, text: str, due: str) -> None:
        seen = seen_in(PLAN, {("REC1", DUE): lines(text)})
        was, says = parse_due("2024-07"), parse_due(due)
        assert seen == ([Edit("REC1", DUE, was, says, FILE)], [])

    @pytest.mark.parametrize("text", ["July 2024", "july 2024", "2024-07", " July\u00a02024 "])
    def test_the_same_date_is_no_edit(self, text: str) -> None:
        assert seen_in(PLAN, {("REC1", DUE): lines(text)}) == ([], [])

    def test_what_is_said_of_a_move_is_no_part_of_the_date(self) -> None:
        plan = make_plan({"due": "2024-07", "revisions": MOVED})
        said = "July 2024, first promised March 2024, moved once"
        assert seen_in(plan, {("REC1", DUE): lines(said)}) == ([], [])
        seen = seen_in(plan, {("REC1", DUE): lines(said.replace("July", "August"))})
        assert [edit.says for edit in seen.edits] == [parse_due("2024-08")]

    def test_a_report_in_welsh(self) -> None:
        plan = make_plan({"due": "2024-07", "revisions": MOVED}, language="cy")
        (said,) = [cell.text for cell in row_cells(plan.settings)(plan.recommendations[0])[4:5]]
        assert said == "Gorffennaf 2024, addawyd gyntaf Mawrth 2024, symudwyd unwaith"
        seen = seen_in(plan, {("REC1", DUE): lines(said.replace("Gorffennaf", "Medi"))})
        assert [edit.says for edit in seen.edits] == [parse_due("2024-09")]

    def test_what_was_struck_through_is_gone(self) -> None:
        kept = lines("September 2024").blocks
        seen = seen_in(PLAN, {("REC1", DUE): lines("July 2024 September 2024", kept=kept)})
        assert [edit.says for edit in seen.edits] == [parse_due("2024-09")]

    def test_the_column_proves_which_number_is_the_day(self) -> None:
        cells = {("REC1", DUE): lines("03/09/2024"), ("REC2", DUE): lines("30/03/2024")}
        assert [edit.says for edit in seen_in(PLAN, cells).edits] == [parse_due("2024-09-03")]

    @pytest.mark.parametrize("text", ["Ongoing", "03/04/24", "Spring 2024", "2024-13"])
    def test_what_may_mean_two_days_is_asked(self, text: str) -> None:
        seen = seen_in(PLAN, {("REC1", DUE): lines(text)})
        assert seen.edits == []
        assert [(one.kind, one.ref, one.code) for one in seen.findings] == [
            (Kind.NEEDS, "REC1", "KP201")
        ]

    @pytest.mark.parametrize("text", ["", "–", "Compliant"])
    def test_a_promise_is_not_taken_away(self, text: str) -> None:
        seen = seen_in(PLAN, {("REC1", DUE): lines(text)})
        assert [(one.kind, one.what, one.code) for one in seen.findings] == [
            (Kind.REFUSED, "date", "KP301")
        ]

    def test_a_date_beside_green_is_asked(self) -> None:
        seen = seen_in(PLAN, {("REC2", DUE): lines("May 2024")})
        assert [(one.kind, one.value) for one in seen.findings] == [(Kind.NEEDS, "2024-05")]

    def test_what_was_promised_beside_green_is_no_edit(self) -> None:
        assert seen_in(PLAN, {("REC2", DUE): lines("March 2024")}) == ([], [])


class TestRatings:
    @pytest.mark.parametrize("text", ["RED", "red", "Red.", "R"])
    def test_the_word_counts(self, text: str) -> None:
        seen = seen_in(PLAN, {("REC1", RAG): lines(text, fill="A4161A")})
        assert seen == ([Edit("REC1", RAG, Rating.AMBER, Rating.RED, FILE)], [])

    def test_the_direction_below_it_is_no_edit(self) -> None:
        cell = lines("AMBER", "↑ Better", fill="FFB000")
        assert seen_in(PLAN, {("REC1", RAG): cell}) == ([], [])

    def test_another_colour_is_said(self) -> None:
        seen = seen_in(PLAN, {("REC1", RAG): lines("AMBER", fill="A4161A")})
        assert seen.edits == []
        assert [(one.kind, one.what, one.text) for one in seen.findings] == [
            (Kind.TOLD, "colour", "RAG rating says AMBER in the colour of RED; the word counts")
        ]

    def test_another_word_is_asked(self) -> None:
        seen = seen_in(PLAN, {("REC1", RAG): lines("Nearly")})
        assert [(one.kind, one.hint) for one in seen.findings] == [
            (Kind.NEEDS, "Write one of the ratings: GREEN, AMBER, RED, Not Applicable.")
        ]


class TestOwners:
    @pytest.mark.parametrize(
        "texts",
        [
            ("Company Secretary", "Data Manager"),
            ("company secretary", "Data  Manager"),
            ("Company Secretary\nData Manager",),
            ("Company Secretary, Data Manager",),
            ("Company Secretary and Data Manager",),
            ("- Company Secretary", "• Data Manager"),
        ],
    )
    def test_a_paragraph_or_a_line_each(self, texts: tuple[str, ...]) -> None:
        seen = seen_in(PLAN, {("REC1", OWNERS): lines(*texts)})
        says = Roles(("Company Secretary", "Data Manager"))
        assert seen == ([Edit("REC1", OWNERS, Roles(("Company Secretary",)), says, FILE)], [])

    def test_an_unknown_role_is_taken_as_it_is(self) -> None:
        seen = seen_in(PLAN, {("REC1", OWNERS): lines("Company Secretary, Nobody")})
        assert [edit.says for edit in seen.edits] == [Roles(("Company Secretary, Nobody",))]


class TestTexts:
    def test_a_response_is_taken(self) -> None:
        text = "The register is **built**.\n\n- See [it](https://example.org/r)"
        seen = seen_in(PLAN, {("REC1", RESPONSE): words(text)})
        assert [show_value(edit.says) for edit in seen.edits] == ["The register is built. / See it"]

    @pytest.mark.parametrize(
        "text", ["The register is  being built.", "The register\u00a0is being built.\u200b"]
    )
    def test_what_word_does_by_itself_is_no_edit(self, text: str) -> None:
        assert seen_in(PLAN, {("REC1", RESPONSE): lines(text, "")}) == ([], [])

    def test_an_empty_response_is_refused(self) -> None:
        seen = seen_in(PLAN, {("REC1", RESPONSE): lines("")})
        assert [(one.kind, one.what, one.code) for one in seen.findings] == [
            (Kind.REFUSED, "response", "KP104")
        ]

    @pytest.mark.parametrize(
        ("texts", "what"),
        [
            (("Keep a list of every repair.", "In every home."), "title"),
            (("Keep a register of every repair.", "In most homes."), "detail"),
        ],
    )
    def test_the_ombudsmans_words_are_refused(self, texts: tuple[str, ...], what: str) -> None:
        seen = seen_in(PLAN, {("REC1", RECOMMENDATION): lines(*texts)})
        assert [(one.kind, one.ref, one.what, one.code) for one in seen.findings] == [
            (Kind.REFUSED, "REC1", what, "KP805")
        ]


class TestRemarks:
    WHO = ("Ann", date(2024, 6, 3))

    def test_a_comment_is_the_reason_of_a_move(self) -> None:
        remark = Remark(RemarkKind.COMMENT, "The portal is late.", *self.WHO)
        seen = seen_in(PLAN, {("REC1", DUE): lines("September 2024", remarks=(remark,))})
        assert [edit.reason for edit in seen.edits] == ["The portal is late."]
        assert [(one.kind, one.value) for one in seen.findings] == [
            (Kind.TOLD, "The portal is late.")
        ]

    def test_another_comment_is_said(self) -> None:
        remark = Remark(RemarkKind.COMMENT, "Is this right?", *self.WHO)
        cell = lines("The register is being built.", remarks=(remark,))
        seen = seen_in(PLAN, {("REC1", RESPONSE): cell})
        assert seen.edits == []
        assert [one.text for one in seen.findings] == [
            "Response has a comment by Ann of 3 June 2024: “Is this right?”"
        ]

    def test_another_comment_may_be_a_note(self) -> None:
        remark = Remark(RemarkKind.COMMENT, "The form is live.", *self.WHO)
        cell = lines("The register is being built.", remarks=(remark,))
        seen = seen_in(PLAN, {("REC1", RESPONSE): cell}, takes_comments=True)
        assert [edit.says for edit in seen.edits] == [Note("The form is live.", *self.WHO)]

    def test_a_tracked_change_is_said_with_who_made_it(self) -> None:
        remark = Remark(RemarkKind.TRACKED, "", *self.WHO)
        seen = seen_in(PLAN, {("REC1", RESPONSE): lines("It is built.", remarks=(remark,))})
        assert [edit.field for edit in seen.edits] == [RESPONSE]
        assert [(one.kind, one.what, one.value) for one in seen.findings] == [
            (Kind.TOLD, "tracked-changes", "Ann")
        ]


class TestWhatIsOnlyAddedTo:
    PROGRESS, EVIDENCE = ColumnField.PROGRESS, ColumnField.EVIDENCE
    NOTE = {"on": "2024-05-02", "by": "Ann", "note": "The form is live."}
    PLAN = make_plan(
        {"progress": [NOTE], "evidence": [{"title": "Policy", "link": "docs/p.pdf"}]},
        columns=[
            {"field": name, "label": name.capitalize()}
            for name in ("ref", "recommendation", "progress", "evidence")
        ],
    )
    SAID = ("2 May 2024, Ann:", "The form is live.")

    def test_a_note_below_the_others(self) -> None:
        cell = lines(*self.SAID, "3 June 2024, Ben:", "It is used.", "By many.")
        seen = seen_in(self.PLAN, {("REC1", self.PROGRESS): cell})
        bold = [edit.says for edit in seen.edits]
        assert bold == [Note("It is used.\n\nBy many.", "Ben", date(2024, 6, 3))]

    def test_a_tracked_note_is_by_who_made_it(self) -> None:
        remark = Remark(RemarkKind.TRACKED, "", "Ben", date(2024, 6, 4))
        cell = lines(*self.SAID, "It is used.", remarks=(remark,))
        seen = seen_in(self.PLAN, {("REC1", self.PROGRESS): cell})
        assert [edit.says for edit in seen.edits] == [Note("It is used.", "Ben", date(2024, 6, 4))]

    def test_a_note_above_the_others(self) -> None:
        cell = lines("3 June 2024, Ben:", "It is used.", *self.SAID)
        seen = seen_in(self.PLAN, {("REC1", self.PROGRESS): cell})
        assert [edit.says for edit in seen.edits] == [Note("It is used.", "Ben", date(2024, 6, 3))]

    def test_a_note_is_not_rewritten(self) -> None:
        cell = lines(self.SAID[0], "The form was live.")
        seen = seen_in(self.PLAN, {("REC1", self.PROGRESS): cell})
        assert [(one.kind, one.code) for one in seen.findings] == [(Kind.REFUSED, "KP802")]

    def test_evidence_is_added(self) -> None:
        cell = lines("Policy (docs/p.pdf)", "Register (docs/r.xlsx)")
        seen = seen_in(self.PLAN, {("REC1", self.EVIDENCE): cell})
        assert [edit.says for edit in seen.edits] == [Proof("Register", "docs/r.xlsx")]

    def test_evidence_is_not_taken_away(self) -> None:
        seen = seen_in(self.PLAN, {("REC1", self.EVIDENCE): lines("–")})
        assert [(one.kind, one.code) for one in seen.findings] == [(Kind.REFUSED, "KP803")]


BRAG = make_plan({"rag": "green", "due": "2024-07"}, ratings={"scheme": "brag"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("BLUE", Rating.BLUE),
        ("Amber", Rating.AMBER),
        ("N/A", Rating.NOT_APPLICABLE),
        ("Complete", None),
        ("Green - complete", None),
        ("Done", None),
    ],
)
def test_where_blue_is_complete_no_word_for_that_is_green(text: str, says: Rating | None) -> None:
    seen = seen_in(BRAG, {("REC1", RAG): lines(text)})
    assert [edit.says for edit in seen.edits] == ([says] if says else [])
    assert [one.kind for one in seen.findings] == ([] if says else [Kind.NEEDS])


def test_why_no_date_is_agreed_is_left_to_somebody() -> None:
    plan = make_plan({"due": "none agreed", "due_reason": "The law is not there yet."})
    seen = seen_in(plan, {("REC1", DUE): lines("No date agreed", "The law was put off.")})
    assert seen.edits == []
    assert [(one.kind, one.what) for one in seen.findings] == [(Kind.LEFT, "due_reason")]
