"""Comments that stand on lines of their own, after what was above, below or around them goes."""

from __future__ import annotations

from datetime import date

import pytest
from layouts import HEAD, OWNERS

from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import NewEvidence, Update
from kimplan.edits.update import update_text
from kimplan.errors import KimplanError
from kimplan.model.rating import Rating
from kimplan.source import parse

ON = date(2024, 5, 31)
REOPEN = Update(ON, rag=Rating.AMBER)
ENDS = ["\n", "\r\n", "\r"]
DONE = "rag: green\ndue: 2024-07\n" + OWNERS
SAID = (
    "'completed' is taken away: amber is not complete (KP306).",
    "'verified' is taken away: amber is not complete (KP306).",
)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("completed: 2024-05-01\n", ""),
        ("completed: 2024-05-01  # minuted\n  # by the Board\n", "  # by the Board\n"),
        ("# above\ncompleted: 2024-05-01\n# below\n", "# above\n# below\n"),
        (
            "# a\ncompleted: 2024-05-01\n  # b\n"
            "verified:\n  # c\n  by: A\n  # d\n  on: 2024-05-02\n  # e\n",
            "# a\n  # b\n  # c\n  # d\n  # e\n",
        ),
        ("completed: 2024-05-01\n\n# foot", "\n# foot"),
        ("# foot\ncompleted: 2024-05-01", "# foot"),
        ("verified: {by: A, on: 2024-05-02}\n# at the end", "# at the end"),
        ("verified: {by: A,\n  # inside\n  on: 2024-05-02}\n", "  # inside\n"),
    ],
)  # fmt: skip
def test_reopening_keeps_them(before: str, after: str, end: str) -> None:
    text = (HEAD + DONE + before).replace("\n", end)
    expected = (HEAD + DONE.replace("green", "amber") + after).replace("\n", end)
    assert update_text(text, REOPEN).text == expected


def test_a_hash_in_a_text_is_no_comment() -> None:
    text = HEAD + DONE + "verified:\n  by: |\n    # A\n  on: 2024-05-02\n"
    assert update_text(text, REOPEN).text == HEAD + DONE.replace("green", "amber")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# kimplan: ignore KP203 - why\ncompleted: 2024-05-01\n", ""),
        (
            "# a\n# kimplan: ignore KP203 - why\n# b\ncompleted: 2024-05-01\n# c\n",
            "# a\n# b\n# c\n",
        ),
    ],
)  # fmt: skip
def test_an_ignore_goes_with_what_it_was_for(before: str, after: str) -> None:
    done = update_text(HEAD + DONE + before, REOPEN)
    assert done.text == HEAD + DONE.replace("green", "amber") + after
    said = "The comment '# kimplan: ignore KP203 - why' goes with what it was for."
    assert done.said == (said, SAID[0])


def test_an_ignore_for_something_else_stays() -> None:
    text = HEAD + DONE + "completed: 2024-05-01\n# kimplan: ignore KP206 - why\nprogress: []\n"
    done = update_text(text, REOPEN)
    assert done.text == text.replace("green", "amber").replace("completed: 2024-05-01\n", "")
    assert done.said == SAID[:1]


def test_owners_that_go_leave_the_comments_on_their_own_lines() -> None:
    owners = (
        "owners:\n  # first\n  - Company Secretary  # a\n  # second\n  - Data Manager\n  # third\n"
    )
    text = HEAD + "rag: amber\ndue: 2024-07\n" + owners
    one = update_text(text, Update(ON, remove_owners=("Company Secretary",))).text
    assert one == text.replace("  - Company Secretary  # a\n", "")
    both = ("Company Secretary", "Data Manager")
    none = Update(ON, rag=Rating.NOT_APPLICABLE, remove_owners=both)
    assert update_text(text, none).text == (
        HEAD + "rag: not-applicable\ndue: 2024-07\n  # first\n  # second\n  # third\n"
    )


def test_what_goes_from_brackets_leaves_them_too() -> None:
    owners = (
        "owners: [\n    Company Secretary,  # a\n    # own\n    Data Manager,\n    # end\n  ]\n"
    )
    text = HEAD + "rag: amber\ndue: 2024-07\n" + owners
    for role, left in (
        ("Company Secretary", "Data Manager"),
        ("Data Manager", "Company Secretary"),
    ):
        after = update_text(text, Update(ON, remove_owners=(role,))).text
        assert (parse(after).value or {})["owners"] == [left]
        assert [line for line in ("    # own\n", "    # end\n") if line not in after] == []


class TestExceptionsForEvidence:
    ASKED = Update(ON, rag=Rating.GREEN, no_evidence="minuted")
    COMMENT = "  # kimplan: ignore KP803, KP303 - minuted"

    @pytest.mark.parametrize("end", ENDS)
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("rag:\n  amber\n", "rag: green{}\n"),
            ("rag:\n\n    'amber'\n", "rag: 'green'{}\n\n"),
            ("rag:  # the rating\n  amber\n", "rag: green  # the rating{}\n"),
            ("rag:\n  # of May\n  amber\n", "rag: green{}\n  # of May\n"),
            ("rag:\n  amber  # of May\n", "rag: green{}\n    # of May\n"),
            ("rag: amber  # of May\n", "rag: green  # of May{}\n"),
        ],
    )
    def test_a_rating_below_its_key(self, before: str, after: str, end: str) -> None:
        rest = "due: 2024-07\n" + OWNERS
        done = update_text((HEAD + before + rest).replace("\n", end), self.ASKED).text
        completed = "completed: 2024-05-31\n"
        expected = HEAD + after.format(self.COMMENT) + rest + completed
        assert done == expected.replace("\n", end)
        gone = update_text(done, Update(ON, evidence=(NewEvidence("P"),))).text
        assert "KP803" not in gone
        assert [
            one for one in ("# of May", "# the rating") if one in before and one not in gone
        ] == []


VERIFIED = "verified:  # by letter\n  # who\n  by: A\n  on: 2024-05-02\n"
GREEN = HEAD + DONE + "completed: 2024-05-01\nevidence:\n  - {title: P}\n" + VERIFIED


class TestWhatWasVerified:
    CHANGES = {
        "response": Update(ON, response="Something else."),
        "evidence": Update(ON, evidence=(NewEvidence("Q"),)),
        "completed": Update(ON, completed=date(2024, 5, 3)),
        "rating": Update(ON, rag=Rating.NOT_APPLICABLE),
    }

    @pytest.mark.parametrize(("what", "update"), CHANGES.items(), ids=CHANGES)
    def test_it_does_not_change_under_a_verification(self, what: str, update: Update) -> None:
        with pytest.raises(RefusedError, match=f"the {what} that 'A' verified would change") as no:
            update_text(GREEN, update)
        assert no.value.code == "KP806"
        assert "--verified-by" in no.value.hint
        assert "--withdraw-verification" in no.value.hint
        bare = update_text(GREEN, update._replace(withdraw_verification=True))
        assert "verified" not in (parse(bare.text).value or {})
        assert "  # who\n" in bare.text
        assert bare.said == (f"'verified' is taken away, as the {what} changed.",)

    def test_a_renewal_takes_the_place_of_the_old_one(self) -> None:
        done = update_text(GREEN, self.CHANGES["response"]._replace(verified_by="B")).text
        assert done == GREEN.replace("It is being built.", "Something else.").replace(
            "by: A\n  on: 2024-05-02", "by: B\n  on: 2024-05-31"
        )
        flow = GREEN.replace(VERIFIED, "verified: {by: A, on: 2024-05-02}  # by letter\n")
        done = update_text(flow, self.CHANGES["response"]._replace(verified_by="B")).text
        assert done.endswith("verified: {by: B, on: 2024-05-31}  # by letter\n")

    def test_how_a_response_is_wrapped_and_what_is_not_covered_do_not_count(self) -> None:
        same = Update(ON, response="It is\nbeing built.")
        assert update_text(GREEN, same).text == GREEN
        note = update_text(GREEN, Update(ON, note="N.", due="2024-08", reason="Why.")).text
        assert VERIFIED in note

    @pytest.mark.parametrize(
        ("update", "code", "words"),
        [
            (Update(ON, verified_by="B"), "KP802", "never rewritten"),
            (Update(ON, withdraw_verification=True), "KP802", "only together with a change"),
            (
                Update(date(2024, 5, 1), response="New.", verified_by="A"),
                "KP802",
                "later than this day",
            ),
            (
                Update(date(2024, 5, 2), response="New.", verified_by="A"),
                "KP806",
                "would not tell",
            ),
        ],
    )
    def test_what_is_refused(self, update: Update, code: str, words: str) -> None:
        with pytest.raises(RefusedError, match=words) as refused:
            update_text(GREEN, update)
        assert (refused.value.code, bool(refused.value.hint)) == (code, True)

    def test_reopening_takes_it_away_and_says_so(self) -> None:
        for update in (REOPEN, REOPEN._replace(withdraw_verification=True)):
            done = update_text(GREEN, update)
            assert done.said == SAID
            assert "  # who\n" in done.text

    def test_there_is_nothing_to_withdraw(self) -> None:
        with pytest.raises(KimplanError, match="no verification to withdraw"):
            update_text(HEAD + DONE, Update(ON, response="New.", withdraw_verification=True))
