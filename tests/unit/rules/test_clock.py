from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    AS_OF,
    EVIDENCE,
    SHIPPED_PLAN,
    lint_lines,
    make_record,
    make_settings,
    write_plan,
)

from kimplan.linter import Clock, lint
from kimplan.snapshot.earlier import Base

MEND = (
    "  hint: Rate it green with evidence, or agree a new date and add a revision with the reason.\n"
)
NOTHING = "  hint: Nothing is wrong yet.\n"
REPLACED = "  hint: Name what replaced it.\n"
NOTE = "  hint: Add a note below 'progress:' that says where it stands.\n"
ONE_SECTION = [{"id": "governance", "title": "Governance"}]


def said(folder: Path, as_of: date, *, base: Base | None = None, **fields: Any) -> str:
    """Return what the clock says of one record, whose path is left out."""
    settings = {
        name: fields.pop(name) for name in ("due_soon_days", "source", "lint") if name in fields
    }
    plan = write_plan(
        folder,
        records={"REC1": make_record(**fields)},
        settings=make_settings(sections=ONE_SECTION, **settings),
        owners="owners:\n  - role: Company Secretary\n",
    )
    lines = lint_lines(plan, Clock(as_of, base)).splitlines(keepends=True)
    return "".join(lines[:-1]).replace("plan/recommendations/REC1.yaml:", "")


class TestOverdue:
    @pytest.mark.parametrize("rag", ["amber", "red"])
    @pytest.mark.parametrize(
        ("due", "shown", "last"),
        [
            ("2024-05-31", "31 May 2024", date(2024, 5, 31)),
            ("2024-05", "May 2024", date(2024, 5, 31)),
            ("2024-02", "February 2024", date(2024, 2, 29)),
            ("2023-12/2024-03", "December 2023 – March 2024", date(2024, 3, 31)),
        ],
    )
    def test_it_is_told_from_the_day_after_the_last_day(
        self, rag: str, due: str, shown: str, last: date, tmp_path: Path
    ) -> None:
        assert "KP701" not in said(tmp_path / "last", last, rag=rag, due=due)
        day = last + timedelta(1)
        months = {3: "March", 4: "April", 6: "June"}
        assert said(tmp_path / "next", day, rag=rag, due=due) == (
            f"6:6: error KP701 REC1 is overdue: promised for {shown}, 1 day late on "
            f"{day.day} {months[day.month]} {day.year}\n{MEND}"
        )

    def test_the_days_are_counted(self, tmp_path: Path) -> None:
        assert said(tmp_path, date(2027, 4, 27)) == (
            "6:6: error KP701 REC1 is overdue: promised for July 2024, 1,000 days late on "
            f"27 April 2027\n{MEND}"
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_is_never_overdue(self, rag: str, tmp_path: Path) -> None:
        fields: dict[str, Any] = {"rag": rag, "due": None, "evidence": EVIDENCE}
        assert said(tmp_path, date.max, **fields) == ""

    def test_a_closed_record_with_a_date_left_behind_is_not_overdue(self, tmp_path: Path) -> None:
        assert "KP701" not in said(tmp_path, date.max, rag="green", evidence=EVIDENCE)

    @pytest.mark.parametrize(("is_changed", "severity"), [(True, "error"), (False, "warning")])
    def test_against_a_base_only_a_changed_file_is_an_error(
        self, is_changed: bool, severity: str, tmp_path: Path
    ) -> None:
        own = (tmp_path / "plan" / "recommendations" / "REC1.yaml").as_posix()
        changed = frozenset({own} if is_changed else {own.replace("REC1", "REC2")})
        assert said(tmp_path, date(2024, 8, 1), base=Base("main", changed, {})) == (
            f"6:6: {severity} KP701 REC1 is overdue: promised for July 2024, 1 day late on "
            f"1 August 2024\n{MEND}"
        )

    @pytest.mark.parametrize(
        ("as_of", "refs"),
        [
            (date(2023, 1, 10), []),
            (AS_OF, ["REC8", "REC10", "REC12", "REC16", "REC18", "REC21"]),
            (
                date(2024, 8, 1),
                [
                    *("REC6", "REC8", "REC10", "REC12", "REC14"),
                    *("REC16", "REC18", "REC19", "REC20", "REC21"),
                ],
            ),
        ],
    )
    def test_the_shipped_plan_is_late_with_what_it_says(self, as_of: date, refs: list[str]) -> None:
        found = lint(SHIPPED_PLAN, clock=Clock(as_of)).diagnostics
        late = [Path(one.location.path).stem for one in found if one.code == "KP701"]
        assert late == refs


class TestDueSoon:
    @pytest.mark.parametrize(
        ("as_of", "when"),
        [
            (date(2024, 7, 31), "today"),
            (date(2024, 7, 30), "in 1 day"),
            (date(2024, 7, 29), "in 2 days"),
            (date(2024, 5, 2), "in 90 days"),
        ],
    )
    def test_it_is_told_within_the_window(self, as_of: date, when: str, tmp_path: Path) -> None:
        assert said(tmp_path, as_of) == (
            f"6:6: info KP702 REC1 falls due {when}: promised for July 2024\n{NOTHING}"
        )

    @pytest.mark.parametrize("as_of", [date(2024, 5, 1), date.min])
    def test_it_is_not_told_before(self, as_of: date, tmp_path: Path) -> None:
        assert said(tmp_path, as_of) == ""

    @pytest.mark.parametrize(
        ("as_of", "is_soon"), [(date(2024, 7, 21), True), (date(2024, 7, 20), False)]
    )
    def test_the_window_is_a_setting(self, as_of: date, is_soon: bool, tmp_path: Path) -> None:
        assert ("KP702" in said(tmp_path, as_of, due_soon_days="10")) is is_soon

    def test_nothing_is_both_overdue_and_due_soon(self, tmp_path: Path) -> None:
        assert "KP702" not in said(tmp_path, date(2024, 8, 1))


class TestExpiredEvidence:
    @pytest.mark.parametrize(
        ("expires", "shown", "last"),
        [
            ("2024-04", "April 2024", date(2024, 4, 30)),
            ("2024-04-15", "15 April 2024", date(2024, 4, 15)),
            ("2024-02/2024-04", "February 2024 – April 2024", date(2024, 4, 30)),
        ],
    )
    def test_it_is_told_from_the_day_after_its_last_day(
        self, expires: str, shown: str, last: date, tmp_path: Path
    ) -> None:
        fields: dict[str, Any] = {
            "rag": "green",
            "due": None,
            "evidence": [*EVIDENCE, {"title": "Policy", "expires": expires}],
        }
        assert said(tmp_path / "last", last, **fields) == ""
        assert said(tmp_path / "next", last + timedelta(1), **fields) == (
            f"12:14: warning KP703 the evidence expired: it was good until {shown}\n{REPLACED}"
        )

    def test_each_expired_one_is_told_whatever_the_rating(self, tmp_path: Path) -> None:
        evidence = [{"title": "Policy", "expires": f"202{year}-01"} for year in (1, 9, 2)]
        text = said(tmp_path, date(2024, 5, 1), rag="not-applicable", due=None, evidence=evidence)
        assert [line.split(" ")[0] for line in text.splitlines()[::2]] == ["10:14:", "14:14:"]


class TestNoProgressNote:
    @pytest.mark.parametrize(
        ("as_of", "is_told"), [(date(2024, 7, 31), False), (date(2024, 8, 1), True)]
    )
    def test_the_last_note_is_at_most_ninety_days_old(
        self, as_of: date, is_told: bool, tmp_path: Path
    ) -> None:
        notes = [{"on": "2024-01-02", "note": "A."}, {"on": "2024-05-02", "note": "B."}]
        told = f"9:1: warning KP704 REC1 has had no progress note since 2 May 2024\n{NOTE}"
        text = said(tmp_path, as_of, due="2025-07", progress=notes)
        assert text == (told if is_told else "")

    def test_the_latest_note_counts_wherever_it_stands(self, tmp_path: Path) -> None:
        notes = [{"on": "2024-05-02", "note": "B."}, {"on": "2024-01-02", "note": "A."}]
        text = said(tmp_path, date(2024, 7, 31), due="2025-07", progress=notes)
        assert [line.split(" ")[2] for line in text.splitlines()[::2]] == ["KP206"]

    @pytest.mark.parametrize("rag", ["amber", "red"])
    @pytest.mark.parametrize(
        ("as_of", "is_told"), [(date(2023, 8, 29), False), (date(2023, 8, 30), True)]
    )
    def test_before_the_first_note_the_days_count_from_the_report(
        self, as_of: date, is_told: bool, rag: str, tmp_path: Path
    ) -> None:
        source = {"title": "Spotlight", "published": "2023-05"}
        told = f"5:1: warning KP704 REC1 is {rag} but has no progress note\n{NOTE}"
        text = said(tmp_path, as_of, rag=rag, source=source)
        assert text == (told if is_told else "")

    def test_the_number_of_days_is_a_setting(self, tmp_path: Path) -> None:
        fields: dict[str, Any] = {
            "progress": [{"on": "2024-01-02", "note": "A."}],
            "due": "2025-07",
            "lint": {"progress_days": "7"},
        }
        assert said(tmp_path / "a", date(2024, 1, 9), **fields) == ""
        assert "KP704" in said(tmp_path / "b", date(2024, 1, 10), **fields)

    def test_without_a_note_and_without_a_report_nobody_can_tell(self, tmp_path: Path) -> None:
        assert said(tmp_path, date(2024, 1, 1)) == ""

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_needs_no_note(self, rag: str, tmp_path: Path) -> None:
        source = {"title": "Spotlight", "published": "2023-05"}
        fields: dict[str, Any] = {"rag": rag, "due": None, "evidence": EVIDENCE}
        assert said(tmp_path, date(2030, 1, 1), source=source, **fields) == ""

    def test_a_note_of_the_future_does_not_silence_it(self, tmp_path: Path) -> None:
        notes = [{"on": "2030-01-01", "note": "A."}]
        assert said(tmp_path, date(2024, 1, 1), progress=notes, due="2030-07") == (
            "10:9: error KP706 a progress note on 1 January 2030, which is after 1 January 2024\n"
            "  hint: Correct the day; what is still to come is promised with 'due'.\n"
        )

    def test_a_note_of_the_future_is_no_news_of_what_is_old(self, tmp_path: Path) -> None:
        notes = [{"on": "2024-01-02", "note": "A."}, {"on": "2029-06-02", "note": "B."}]
        text = said(tmp_path, date(2024, 6, 1), progress=notes, due="2025-07")
        assert [line.split(": ")[1] for line in text.splitlines()[::2]] == [
            "warning KP704 REC1 has had no progress note since 2 January 2024",
            "error KP706 a progress note on 2 June 2029, which is after 1 June 2024",
        ]


class TestOverdueAction:
    STEP = {"title": "Publish the form", "due": "2024-02"}
    DONE = "  hint: Write 'done:' with the day, or agree a new date and add a revision to it.\n"

    @pytest.mark.parametrize("rag", ["amber", "red"])
    def test_it_is_told_from_the_day_after_the_last_day(self, rag: str, tmp_path: Path) -> None:
        fields: dict[str, Any] = {"rag": rag, "due": "2025-07", "actions": [self.STEP]}
        assert said(tmp_path / "last", date(2024, 2, 29), **fields) == ""
        assert said(tmp_path / "next", date(2024, 3, 1), **fields) == (
            "11:10: error KP705 the action 'Publish the form' of REC1 is overdue: promised for "
            f"February 2024, 1 day late on 1 March 2024\n{self.DONE}"
        )

    def test_each_of_several_is_told_and_none_that_is_done_or_has_no_date(
        self, tmp_path: Path
    ) -> None:
        late = [self.STEP, {**self.STEP, "title": "Print it", "due": "2024-03-31"}]
        others = [{**self.STEP, "done": "2024-05-01"}, {"title": "Train everybody"}]
        text = said(tmp_path, date(2024, 6, 1), due="2025-07", actions=[*late, *others])
        assert [line.split(" late ")[0].split(": ")[-1] for line in text.splitlines()[::2]] == [
            "promised for February 2024, 93 days",
            "promised for 31 March 2024, 62 days",
        ]

    def test_a_closed_record_is_told_of_its_open_action_all_the_same(self, tmp_path: Path) -> None:
        fields: dict[str, Any] = {"rag": "green", "evidence": EVIDENCE, "actions": [self.STEP]}
        text = said(tmp_path, date(2024, 6, 1), **fields)
        assert [line.split(" ")[2] for line in text.splitlines()[::2]] == ["KP307", "KP705"]


class TestFutureFact:
    FACTS = {
        "completed": "2024-06-02",
        "verified": {"by": "Company Secretary", "on": "2024-06-03"},
        "progress": [{"on": "2024-06-04", "note": "It is live."}],
        "revisions": [{"from": "2024-05", "to": "2024-07", "reason": "A.", "on": "2024-06-05"}],
        "actions": [
            {
                "title": "Publish it",
                "due": "2024-07",
                "done": "2024-06-06",
                "revisions": [
                    {"from": "2024-05", "to": "2024-07", "reason": "A.", "on": "2024-06-07"}
                ],
            }
        ],
    }

    @pytest.mark.parametrize(("day", "number"), [(1, 6), (2, 5), (6, 1), (7, 0)])
    def test_every_kind_is_told_until_its_day(self, day: int, number: int, tmp_path: Path) -> None:
        fields: dict[str, Any] = {"rag": "green", "evidence": EVIDENCE, **self.FACTS}
        text = said(tmp_path, date(2024, 6, day), **fields)
        what = [
            "completed on 2 June 2024", "verified on 3 June 2024",
            "a progress note on 4 June 2024", "a date moved on 5 June 2024",
            "an action done on 6 June 2024", "an action's date moved on 7 June 2024",
        ]  # fmt: skip
        found = [line.split(" KP706 ")[1] for line in text.splitlines() if " KP706 " in line]
        # They stand in the order of the file's lines.
        assert found == [f"{one}, which is after {day} June 2024" for one in what[6 - number :]]

    def test_it_is_an_error_whatever_a_change_touched(self, tmp_path: Path) -> None:
        notes = [{"on": "2024-06-04", "note": "It is live."}]
        base = Base("main", frozenset(), {})
        text = said(tmp_path, date(2024, 6, 1), base=base, progress=notes, due="2025-07")
        assert text.startswith("10:9: error KP706 ")


def test_without_a_clock_nothing_is_said_of_the_day(tmp_path: Path) -> None:
    evidence = [{"title": "Policy", "expires": "2001-01"}]
    records = {"REC1": make_record(due="2001-01", evidence=evidence, section="repairs")}
    source = {"title": "Spotlight", "published": "2000-05"}
    plan = write_plan(tmp_path, records=records, settings=make_settings(source=source))
    assert " KP7" not in lint_lines(plan)
    assert " KP7" in lint_lines(plan, Clock(AS_OF))
