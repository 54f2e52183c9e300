from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, lint_record, make_record, make_settings

YEAR = (
    "  hint: Correct the year; if it is right, correct 'published' below 'source' in plan.yaml.\n"
)
REVISED = {"reason": "The contractor changed.", "on": "2024-03-20"}


def published(when: str) -> str:
    return make_settings(source={"title": "Spotlight on repairs", "published": when})


def revision(start: str, end: str, on: str = "2024-03-20") -> dict[str, str]:
    return {"from": start, "to": end, **REVISED, "on": on}


def done(**fields: Any) -> str:
    """Return a green record; a day of completion stands where it usually does."""
    completed = fields.pop("completed", None)
    begin = {"rag": "green", "due": None, "completed": completed, "evidence": EVIDENCE}
    return make_record(**begin, **fields)


class TestDueBeforeSource:
    @pytest.mark.parametrize(
        ("due", "shown", "when", "of"),
        [
            ("2023-04-30", "30 April 2023", "2023-05", "May 2023"),
            ("2023-04", "April 2023", "2023-05", "May 2023"),
            ("2023-01/2023-04", "January 2023 – April 2023", "2023-05", "May 2023"),
            ("2023-05-09", "9 May 2023", "2023-05-10", "10 May 2023"),
            ("2022-12-31", "31 December 2022", "2023-01/2023-05", "January 2023 – May 2023"),
        ],
    )
    def test_a_date_that_ends_before_the_report_appeared_is_told(
        self, due: str, shown: str, when: str, of: str, tmp_path: Path
    ) -> None:
        said = lint_record(tmp_path, make_record(due=due), settings=published(when))
        assert said == (
            f"6:6: warning KP203 {shown} is earlier than the report, which is of {of}\n{YEAR}"
        )

    @pytest.mark.parametrize(
        ("due", "when"),
        [
            ("2023-05-01", "2023-05"),
            ("2023-05", "2023-05"),
            ("2023-05", "2023-05-31"),
            ("2022-12/2023-05", "2023-05-31"),
            ("2023-05-10", "2023-05-10"),
            ("2023-01-01", "2023-01/2023-05"),
        ],
    )
    def test_a_date_that_may_be_of_the_day_of_the_report_is_left_alone(
        self, due: str, when: str, tmp_path: Path
    ) -> None:
        assert lint_record(tmp_path, make_record(due=due), settings=published(when)) == ""

    @pytest.mark.parametrize("source", [None, {"title": "Spotlight on repairs"}])
    def test_without_the_day_of_the_report_nothing_is_too_early(
        self, source: dict[str, str] | None, tmp_path: Path
    ) -> None:
        settings = make_settings(source=source)
        assert lint_record(tmp_path, make_record(due="2001-01"), settings=settings) == ""

    def test_every_date_that_was_promised_is_looked_at(self, tmp_path: Path) -> None:
        text = make_record(
            revisions=[revision("2022-03", "2022-06"), revision("2022-06", "2024-07")],
            actions=[{"title": "Publish the form.", "due": "2021-12"}],
        )
        said = lint_record(tmp_path, text, settings=published("2023-05"))
        assert said.splitlines()[::2] == [
            "10:11: warning KP203 March 2022 is earlier than the report, which is of May 2023",
            "11:9: warning KP203 June 2022 is earlier than the report, which is of May 2023",
            "14:11: warning KP203 June 2022 is earlier than the report, which is of May 2023",
            "20:10: warning KP203 December 2021 is earlier than the report, which is of May 2023",
        ]


class TestAbsurdDate:
    @pytest.mark.parametrize(
        ("due", "shown"),
        [
            ("2204-07", "July 2204"),
            ("2101-01", "January 2101"),
            ("1999-12-31", "31 December 1999"),
            ("2024-07/2204-07", "July 2024 – July 2204"),
            ("0001-01", "January 1"),
            ("9999-12", "December 9999"),
        ],
    )
    def test_a_date_of_another_century_is_told(self, due: str, shown: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(due=due)) == (
            f"6:6: error KP204 {shown} is absurdly far away\n"
            f"  hint: Correct the year in 'due: {due}'.\n"
        )

    @pytest.mark.parametrize("due", ["2000-01-01", "2100-12-31", "2000-01/2100-12"])
    def test_a_date_of_this_century_is_left_alone(self, due: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(due=due)) == ""

    @pytest.mark.parametrize(("due", "is_far"), [("2038-12-31", False), ("2039-01-01", True)])
    def test_with_a_report_fifteen_years_are_enough(
        self, due: str, is_far: bool, tmp_path: Path
    ) -> None:
        said = lint_record(tmp_path, make_record(due=due), settings=published("2023-05"))
        told = (
            "6:6: error KP204 1 January 2039 is absurdly far away\n"
            "  hint: Correct the year in 'due: 2039-01-01'.\n"
        )
        assert said == (told if is_far else "")

    def test_every_day_on_which_something_happened_is_looked_at(self, tmp_path: Path) -> None:
        text = done(
            completed="1924-07-19",
            verified={"by": "Company Secretary", "on": "2204-08-02"},
            progress=[{"on": "1824-05-02", "note": "The form is live."}],
            revisions=[revision("2024-03", "2024-07", "1924-03-20")],
            actions=[{"title": "Publish the form.", "done": "2240-06-11"}],
        )
        said = lint_record(tmp_path, text)
        found = [line for line in said.splitlines() if " KP204 " in line]
        assert found == [
            "8:12: error KP204 19 July 1924 is absurdly far away",
            "14:7: error KP204 2 August 2204 is absurdly far away",
            "16:9: error KP204 2 May 1824 is absurdly far away",
            "22:9: error KP204 20 March 1924 is absurdly far away",
            "25:11: error KP204 11 June 2240 is absurdly far away",
        ]


class TestBrokenChain:
    def test_a_chain_that_joins_up_is_left_alone(self, tmp_path: Path) -> None:
        chain = [
            revision("2023-12/2024-01", "2024-03"),
            revision("2024-03-01/2024-03-31", "2024-02"),
            revision("2024-02", "2024-07-01/2024-07-31"),
        ]
        assert lint_record(tmp_path, make_record(revisions=chain)) == ""

    def test_each_break_is_told_at_the_revision_behind_it(self, tmp_path: Path) -> None:
        chain = [
            revision("2024-01", "2024-03"),
            revision("2024-04", "2024-05"),
            revision("2024-05-30", "2024-07"),
        ]
        assert lint_record(tmp_path, make_record(revisions=chain)) == (
            "14:11: error KP205 this revision begins at April 2024, the one before ends at "
            "March 2024\n"
            "  hint: The dates are to read 2024-01 → 2024-03 → 2024-05 → 2024-07: write "
            "'from: 2024-03'.\n"
            "   14 +   - from: 2024-03\n"
            "18:11: error KP205 this revision begins at 30 May 2024, the one before ends at "
            "May 2024\n"
            "  hint: The dates are to read 2024-01 → 2024-03 → 2024-05 → 2024-07: write "
            "'from: 2024-05'.\n"
            "   18 +   - from: 2024-05\n"
        )

    def test_a_chain_that_does_not_end_at_the_due_date_is_told_there(self, tmp_path: Path) -> None:
        text = make_record(due="2024-07-31", revisions=[revision("2024-03", "2024-07")])
        assert lint_record(tmp_path, text) == (
            "6:6: error KP205 due is 31 July 2024, but the last revision moves it to July 2024\n"
            "  hint: If it moved again, add '  - from: 2024-07', '    to: 2024-07-31', "
            "'    reason: …', '    on: …' at the end of 'revisions'; if not, write 'due: "
            "2024-07'.\n"
        )

    def test_a_revision_that_moves_nothing_is_told(self, tmp_path: Path) -> None:
        text = make_record(revisions=[revision("2024-07", "2024-07-01/2024-07-31")])
        assert lint_record(tmp_path, text) == (
            "11:9: error KP205 this revision moves the date from July 2024 to the same date\n"
            "  hint: Correct 'from' or 'to'; if nothing moved, delete the revision and "
            "'revisions:'.\n"
        )

    def test_a_closed_record_is_warned_of_that_lost_its_date(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, done(revisions=[revision("2024-03", "2024-07")])) == (
            "11:1: warning KP205 there is no due, but the last revision moves it to July 2024\n"
            "  hint: Put the line 'due: 2024-07' back: what was promised stays.\n"
            "    6 + due: 2024-07\n"
        )

    def test_an_open_record_without_its_date_is_an_error(self, tmp_path: Path) -> None:
        text = make_record(due=None, revisions=[revision("2024-03", "2024-07")])
        assert [line.split(" ")[1:3] for line in lint_record(tmp_path, text).splitlines()[::3]] == [
            ["error", "KP301"], ["error", "KP205"],
        ]  # fmt: skip

    def test_the_chain_of_an_action_is_looked_at_too(self, tmp_path: Path) -> None:
        chain = [revision("2024-01", "2024-03"), revision("2024-04", "2024-05")]
        ends = {"title": "Publish the form.", "due": "2024-06", "revisions": chain}
        lost = {"title": "Print the form.", "revisions": chain[:1]}
        assert lint_record(tmp_path, make_record(actions=[ends, lost])) == (
            "11:10: error KP205 due is June 2024, but the last revision moves it to May 2024\n"
            "  hint: If it moved again, add '  - from: 2024-05', '    to: 2024-06', "
            "'    reason: …', '    on: …' at the end of 'revisions'; if not, write 'due: "
            "2024-05'.\n"
            "17:15: error KP205 this revision begins at April 2024, the one before ends at "
            "March 2024\n"
            "  hint: The dates are to read 2024-01 → 2024-03 → 2024-05: write 'from: 2024-03'.\n"
            "   17 +       - from: 2024-03\n"
            "22:5: error KP205 there is no due, but the last revision moves it to March 2024\n"
            "  hint: Put the line 'due: 2024-03' back: what was promised stays.\n"
            "   22 +     due: 2024-03\n"
        )

    def test_the_dates_of_an_action_that_moved_are_no_absurd_ones(self, tmp_path: Path) -> None:
        chain = [revision("2001-01", "2204-05", "1924-05-01"), revision("2204-05", "2024-05")]
        step = {"title": "Publish the form.", "due": "2024-05", "revisions": chain}
        text = lint_record(tmp_path, make_record(actions=[step]), settings=published("2023-05"))
        assert [line.split(" of ")[0].split(",")[0] for line in text.splitlines()[::2]] == [
            "13:15: warning KP203 January 2001 is earlier than the report",
            "14:13: error KP204 May 2204 is absurdly far away",
            "16:13: error KP204 1 May 1924 is absurdly far away",
            "17:15: error KP204 May 2204 is absurdly far away",
        ]

    def test_an_empty_chain_is_left_alone(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(revisions=[])) == ""


class TestOutOfOrder:
    def test_notes_and_revisions_stand_oldest_first(self, tmp_path: Path) -> None:
        text = make_record(
            progress=[{"on": f"2024-05-{day:02}", "note": "A."} for day in (2, 1, 3, 2)],
            revisions=[
                revision("2024-03", "2024-05", "2024-03-20"),
                revision("2024-05", "2024-07", "2024-03-19"),
            ],
        )
        hint = "  hint: The oldest stands first: move this entry above that of {}.\n"
        assert lint_record(tmp_path, text) == (
            f"12:9: warning KP206 1 May 2024 stands behind 2 May 2024\n{hint.format('2024-05-02')}"
            f"16:9: warning KP206 2 May 2024 stands behind 3 May 2024\n{hint.format('2024-05-03')}"
            f"26:9: warning KP206 19 March 2024 stands behind 20 March "
            f"2024\n{hint.format('2024-03-20')}"
        )

    def test_the_revisions_of_an_action_do_so_too(self, tmp_path: Path) -> None:
        chain = [
            revision("2024-03", "2024-05", "2024-03-20"),
            revision("2024-05", "2024-07", "2024-03-19"),
        ]
        step = {"title": "Publish the form.", "due": "2024-07", "revisions": chain}
        assert lint_record(tmp_path, make_record(actions=[step])) == (
            "20:13: warning KP206 19 March 2024 stands behind 20 March 2024\n"
            "  hint: The oldest stands first: move this entry above that of 2024-03-20.\n"
        )

    def test_entries_of_one_day_are_in_order(self, tmp_path: Path) -> None:
        notes = [{"on": "2024-05-02", "note": "A."}] * 2
        assert lint_record(tmp_path, make_record(progress=notes)) == ""

    @pytest.mark.parametrize(("on", "is_early"), [("2024-07-19", False), ("2024-07-18", True)])
    def test_what_is_verified_was_completed_before(
        self, on: str, is_early: bool, tmp_path: Path
    ) -> None:
        verified = {"by": "Company Secretary", "on": on}
        text = make_record(
            rag="green", due=None, completed="2024-07-19", evidence=EVIDENCE, verified=verified
        )
        told = (
            "14:7: warning KP206 verified on 18 July 2024, but completed only on 19 July 2024\n"
            "  hint: Correct 'on' below 'verified', or 'completed'.\n"
        )
        assert lint_record(tmp_path, text) == (told if is_early else "")


class TestActionAfterRecommendation:
    @pytest.mark.parametrize(
        ("due", "shown"),
        [("2024-08", "August 2024"), ("2024-08-01", "1 August 2024"),
         ("2024-06/2024-08", "June 2024 – August 2024")],
    )  # fmt: skip
    def test_it_is_told_at_the_actions_date(self, due: str, shown: str, tmp_path: Path) -> None:
        text = make_record(actions=[{"title": "Publish the form.", "due": due}])
        assert lint_record(tmp_path, text) == (
            f"11:10: warning KP208 the action is due {shown}, after its recommendation, which is "
            "due July 2024\n"
            "  hint: Bring it forward, as 'due: 2024-07', or move the recommendation's date, "
            "with a "
            "revision.\n"
        )

    @pytest.mark.parametrize(
        "step",
        [{"due": "2024-07-31"}, {"due": "2024-07"}, {"due": "2024-08", "done": "2024-05-02"}, {}],
    )
    def test_what_ends_with_it_or_is_done_is_left_alone(
        self, step: dict[str, str], tmp_path: Path
    ) -> None:
        text = make_record(
            actions=[{"title": "Print it.", **step}, {"title": "Train.", "due": "2024-06"}]
        )
        assert lint_record(tmp_path, text) == ""


class TestEventBeforeSource:
    @pytest.mark.parametrize(("day", "is_early"), [("2023-05-01", False), ("2023-04-30", True)])
    def test_nothing_happened_before_the_first_day_of_the_reports_month(
        self, day: str, is_early: bool, tmp_path: Path
    ) -> None:
        text = make_record(progress=[{"on": day, "note": "The form is live."}])
        said = lint_record(tmp_path, text, settings=published("2023-05"))
        told = (
            "10:9: warning KP207 30 April 2023 is earlier than the report, which is of May 2023\n"
            f"{YEAR}"
        )
        assert said == (told if is_early else "")

    def test_every_event_is_looked_at(self, tmp_path: Path) -> None:
        text = make_record(
            rag="green",
            completed="2023-01-01",
            evidence=EVIDENCE,
            verified={"by": "Company Secretary", "on": "2023-01-02"},
            progress=[{"on": "2023-01-03", "note": "A."}],
            revisions=[revision("2024-03", "2024-07", "2023-01-04")],
            actions=[{"title": "A.", "done": "2023-01-05"}],
        )
        said = lint_record(tmp_path, text, settings=published("2023-05"))
        assert [line.split(" is ")[0] for line in said.splitlines()[::2]] == [
            "9:12: warning KP207 1 January 2023",
            "15:7: warning KP207 2 January 2023",
            "17:9: warning KP207 3 January 2023",
            "23:9: warning KP207 4 January 2023",
            "26:11: warning KP207 5 January 2023",
        ]

    def test_without_the_day_of_the_report_nothing_is_too_early(self, tmp_path: Path) -> None:
        text = make_record(progress=[{"on": "2001-01-01", "note": "The form is live."}])
        assert lint_record(tmp_path, text) == ""
