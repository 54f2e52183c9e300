from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import AS_OF, load_shipped_plan, make_plan
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.answer import Answer, Heading, Line, Table, Tone
from kimplan.answers.overdue import Grouping, Question, answer_overdue
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating

LATE = {"due": "2024-03"}
SOON = {"due": "2024-06"}


def refs(view: Answer, part: str = "overdue") -> list[str]:
    return [item["ref"] for item in view.data[part]]


def tables(view: Answer) -> list[Table]:
    return [part for part in view.parts if isinstance(part, Table)]


def titles(view: Answer) -> list[str]:
    return [column.title for column in tables(view)[0].columns]


def lines(view: Answer) -> list[str]:
    return [part.text for part in view.parts if isinstance(part, Line | Heading)]


def moved(due: str, *dates: str) -> dict[str, Any]:
    steps = zip(dates, [*dates[1:], due], strict=True)
    return {
        "due": due,
        "revisions": [
            {"from": a, "to": b, "reason": "It was planned anew.", "on": "2024-01-10"}
            for a, b in steps
        ],
    }


class TestShippedPlan:
    @pytest.mark.parametrize(
        ("as_of", "late"),
        [
            (date(2024, 5, 31), ["REC8", "REC21", "REC10", "REC12", "REC16", "REC18"]),
            (date(2023, 1, 1), []),
            (date(2023, 1, 10), []),
            (date(2023, 1, 11), ["REC8"]),
        ],
    )
    def test_the_oldest_is_first_and_ties_stand_as_in_the_report(
        self, as_of: date, late: list[str]
    ) -> None:
        assert refs(answer_overdue(load_shipped_plan(), Question(as_of))) == late

    def test_ten_are_overdue_in_august(self) -> None:
        view = answer_overdue(load_shipped_plan(), Question(date(2024, 8, 1)))
        assert len(refs(view)) == 10
        assert lines(view)[-1].startswith("10 overdue on 1 August 2024: 10 amber.")

    def test_nothing_overdue_is_one_glad_line(self) -> None:
        view = answer_overdue(load_shipped_plan(), Question(date(2023, 1, 1)))
        assert view.parts == (Line("Nothing is overdue on 1 January 2023.", Tone.GREEN),)

    @given(st.dates(date(2022, 1, 1), date(2026, 1, 1)), st.integers(0, 400))
    def test_nothing_is_both_late_and_soon_and_what_is_late_stays_so(
        self, as_of: date, within: int
    ) -> None:
        plan = load_plan_once()
        view = answer_overdue(plan, Question(as_of, within))
        later = answer_overdue(plan, Question(as_of + timedelta(within + 1)))
        assert set(refs(view)) & set(refs(view, "due_soon")) == set()
        assert set(refs(view)) | set(refs(view, "due_soon")) == set(refs(later))


_PLANS: list[Plan] = []


def load_plan_once() -> Plan:
    if not _PLANS:
        _PLANS.append(load_shipped_plan())
    return _PLANS[0]


class TestColumns:
    def test_the_first_agreed_date_is_shown_where_one_has_slipped(self) -> None:
        view = answer_overdue(
            make_plan(moved("2024-03", "2023-10", "2023-12"), LATE), Question(AS_OF)
        )
        assert titles(view) == [
            "Ref", "Recommendation", "Promised", "Days late", "Slipped from", "Owner",
        ]  # fmt: skip
        assert [row[4] for row in tables(view)[0].rows] == ["October 2023", ""]

    @pytest.mark.parametrize("first", ["2024-04", "2024-03-31", "2023-12/2024-03"])
    def test_a_date_that_moved_no_later_has_not_slipped(self, first: str) -> None:
        view = answer_overdue(make_plan(moved("2024-03", first)), Question(AS_OF))
        assert "Slipped from" not in titles(view)

    def test_roles_with_commas_can_be_told_apart(self) -> None:
        owners = ["Director Business, Change", "Head of Repairs"]
        view = answer_overdue(make_plan({**LATE, "owners": owners}), Question(AS_OF))
        assert tables(view)[0].rows[0][-1] == "Director Business, Change; Head of Repairs"

    def test_a_title_of_several_lines_stands_on_one(self) -> None:
        view = answer_overdue(make_plan({**LATE, "title": "Keep\n  a\tregister"}), Question(AS_OF))
        assert tables(view)[0].rows[0][1] == "Keep a register"


class TestTotals:
    def test_both_ratings_are_counted(self) -> None:
        plan = make_plan(LATE, {**LATE, "rag": "red"}, {**LATE, "due": "2024-05-30", "rag": "red"})
        assert lines(answer_overdue(plan, Question(AS_OF))) == [
            "3 overdue on 31 May 2024: 1 amber, 2 red. The oldest is REC1, 61 days late."
        ]

    def test_one_day_is_one_day(self) -> None:
        plan = make_plan({"due": "2024-05-30"})
        assert lines(answer_overdue(plan, Question(AS_OF))) == [
            "1 overdue on 31 May 2024: 1 amber. The oldest is REC1, 1 day late."
        ]

    @pytest.mark.parametrize(
        ("due", "within", "said"),
        [
            ("2024-06", 30, "1 recommendation falls due within 30 days of 31 May 2024."),
            ("2024-06", 29, "Nothing falls due within 29 days of 31 May 2024."),
            ("2024-05-31", 0, "1 recommendation falls due within 0 days of 31 May 2024."),
            ("2024-06-01", 1, "1 recommendation falls due within 1 day of 31 May 2024."),
        ],
    )
    def test_what_falls_due_is_counted_to_the_day(self, due: str, within: int, said: str) -> None:
        view = answer_overdue(make_plan({"due": due}), Question(AS_OF, within))
        assert lines(view)[0] == "Nothing is overdue on 31 May 2024."
        assert lines(view)[-1] == said

    def test_only_the_ratings_that_are_asked_for_count(self) -> None:
        plan = make_plan(LATE, {**LATE, "rag": "red"}, {**SOON, "rag": "red"}, SOON)
        red = answer_overdue(plan, Question(AS_OF, 90, ratings=(Rating.RED,)))
        assert (refs(red), refs(red, "due_soon")) == (["REC2"], ["REC3"])
        green = answer_overdue(plan, Question(AS_OF, ratings=(Rating.GREEN,)))
        assert lines(green) == ["Nothing green is overdue on 31 May 2024."]


STEPS = make_plan(
    {
        "due": "2024-09",
        "actions": [
            {"title": "Publish\n it", "owner": "Head of Repairs", "due": "2024-02"},
            {"title": "Print it", **moved("2024-04", "2024-02")},
            {"title": "Bind it", "owner": "Head of Repairs", "due": "2024-06"},
            {"title": "Draft it", "due": "2024-01", "done": "2024-01-20"},
            {"title": "Read it"},
        ],
    },
    {
        **LATE,
        "owners": ["Head of Repairs", "Data Manager"],
        "actions": [{"title": "Train", "due": "2024-01"}],
    },
)


class TestActions:
    def test_an_overdue_action_stands_below_its_recommendation(self) -> None:
        table = tables(answer_overdue(STEPS, Question(AS_OF)))[0]
        assert table.rows == [
            ("REC2", "Keep a register of every repair.", "March 2024", "61", "",
             "Head of Repairs; Data Manager"),
            ("REC2", "Action: Train", "January 2024", "121", "", "Head of Repairs; Data Manager"),
            ("REC1", "Action: Publish it", "February 2024", "92", "", "Head of Repairs"),
            ("REC1", "Action: Print it", "April 2024", "31", "February 2024", "Company Secretary"),
        ]  # fmt: skip

    def test_actions_are_counted_apart(self) -> None:
        assert lines(answer_overdue(STEPS, Question(AS_OF, 90))) == [
            "4 overdue on 31 May 2024: 1 amber, 3 actions. The oldest is an action of REC2, "
            "121 days late.",
            "Due within 90 days",
            "1 action falls due within 90 days of 31 May 2024.",
        ]
        both = make_plan(SOON, {**SOON, "actions": [{"title": "Print it", "due": "2024-06-10"}]})
        assert lines(answer_overdue(both, Question(AS_OF, 90)))[-1] == (
            "2 recommendations and 1 action fall due within 90 days of 31 May 2024."
        )

    def test_as_values_an_action_is_told_by_its_title_and_has_its_own_dates(self) -> None:
        data = answer_overdue(STEPS, Question(AS_OF)).data["overdue"]
        names = ("ref", "action", "due", "first_agreed", "slipped_days", "days_left", "owners")
        assert [[one[name] for name in names] for one in (data[0], data[3])] == [
            ["REC2", None, "2024-03", "2024-03", 0, -61, ["Head of Repairs", "Data Manager"]],
            ["REC1", "Print it", "2024-04", "2024-02", 61, -31, ["Company Secretary"]],
        ]
        assert all(one["overdue"] for one in data)
        assert all(set(one) == set(data[0]) for one in data)

    def test_it_is_its_own_owners(self) -> None:
        assert answer_overdue(STEPS, Question(AS_OF, by=Grouping.OWNER)).data["groups"] == [
            {"name": "Head of Repairs", "overdue": ["REC2", "REC1"]},
            {"name": "Data Manager", "overdue": ["REC2"]},
            {"name": "Company Secretary", "overdue": ["REC1"]},
        ]

    def test_what_nobody_owns_is_not_lost(self) -> None:
        plan = make_plan({**LATE, "owners": None})
        view = answer_overdue(plan, Question(AS_OF, by=Grouping.OWNER))
        assert view.data["groups"] == [{"name": "No owner", "overdue": ["REC1"]}]
        assert lines(view)[0] == "No owner (1)"


def test_facts_later_than_the_day_are_said_at_the_end() -> None:
    green = {"rag": "green", "due": "2024-05", "completed": "2024-06-20"}
    view = answer_overdue(make_plan(green, LATE, green), Question(AS_OF))
    assert view.parts[-1] == Line(
        "The files hold facts later than 31 May 2024 (REC1: completed on 20 June 2024, and 1 "
        "more), so this is not what was known then. --at 2024-05-31 reads the plan as it stood.",
        Tone.QUIET,
    )
    assert view.data["later_facts"] == 2
    assert answer_overdue(make_plan(LATE), Question(AS_OF)).data["later_facts"] == 0


class TestGroups:
    def test_an_owner_is_not_named_again_below_the_own_name(self) -> None:
        shared = {**LATE, "owners": ["Data Manager", "Head of Repairs"]}
        plan = make_plan(LATE, shared, {**LATE, "owners": ["Data Manager"]})
        view = answer_overdue(plan, Question(AS_OF, by=Grouping.OWNER))
        assert titles(view)[-1] == "With"
        found = {
            part.text: [(row[0], row[-1]) for row in table.rows]
            for part, table in zip(view.parts, view.parts[1:], strict=False)
            if isinstance(part, Heading) and isinstance(table, Table)
        }
        assert found == {
            "Data Manager (2)": [("REC2", "Head of Repairs"), ("REC3", "")],
            "Company Secretary (1)": [("REC1", "")],
            "Head of Repairs (1)": [("REC2", "Data Manager")],
        }
        assert view.data["groups"] == [
            {"name": "Data Manager", "overdue": ["REC2", "REC3"]},
            {"name": "Company Secretary", "overdue": ["REC1"]},
            {"name": "Head of Repairs", "overdue": ["REC2"]},
        ]

    @pytest.mark.parametrize("owners", [["Data Manager"], ["Data Manager", "Data Manager"]])
    def test_where_nobody_shares_there_is_no_such_column(self, owners: list[str]) -> None:
        view = answer_overdue(
            make_plan({**LATE, "owners": owners}), Question(AS_OF, by=Grouping.OWNER)
        )
        assert titles(view)[-1] == "Days late"
        assert [table.rows[0][0] for table in tables(view)] == ["REC1"]

    def test_sections_stand_in_the_order_of_the_plan_even_if_they_share_a_title(self) -> None:
        sections = [{"id": "b", "title": "Same."}, {"id": "a", "title": "Same."}]
        plan = make_plan(
            {**LATE, "section": "a"}, {"due": "2024-01", "section": "b"}, sections=sections
        )
        view = answer_overdue(plan, Question(AS_OF, by=Grouping.SECTION))
        assert [part.text for part in view.parts if isinstance(part, Heading)] == ["Same. (1)"] * 2
        assert [table.rows[0][0] for table in tables(view)] == ["REC2", "REC1"]
        assert titles(view)[-1] == "Owner"
