from __future__ import annotations

from datetime import date

import pytest
from conftest import AS_OF, EVIDENCE, make_plan
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.answers.answer import Answer, Heading, Line, Table, Tone
from kimplan.answers.overdue import Grouping
from kimplan.answers.summary import answer_summary, compliance
from kimplan.model.rating import Rating, Scheme
from kimplan.summary import Summary

GREEN = {"rag": "green", "due": None, "evidence": [*EVIDENCE]}
NOT_APPLICABLE = {"rag": "not-applicable", "due": None, "owners": None}
PLAN = make_plan(
    GREEN,
    {"due": "2024-03", "owners": ["Head of Repairs", "Data Manager"]},
    {"section": "repairs", "rag": "red", "due": "2024-05-30"},
    {**NOT_APPLICABLE, "section": "repairs"},
)


def rows(view: Answer, number: int) -> list[tuple[str, ...]]:
    return list([part for part in view.parts if isinstance(part, Table)][number].rows)


def lines(view: Answer) -> list[Line]:
    return [part for part in view.parts if isinstance(part, Line)]


def test_the_position_is_counted() -> None:
    view = answer_summary(PLAN, AS_OF)
    assert view.parts[0] == Heading("Spotlight action plan on 31 May 2024")
    assert rows(view, 0) == [
        ("GREEN", "1", "█████", ""),
        ("AMBER", "1", "█████", "1 overdue"),
        ("RED", "1", "█████", "1 overdue"),
        ("Not Applicable", "1", "█████", ""),
    ]
    assert lines(view) == [
        Line("33% compliant: 1 of the 3 that apply."),
        Line("2 recommendations overdue.", Tone.LATE),
        Line("Nothing falls due within 90 days."),
    ]
    assert rows(view, 1) == [
        ("Governance", "1", "1", "-", "-", "1", "2"),
        ("Repairs", "-", "-", "1", "1", "1", "2"),
        ("All", "1", "1", "1", "1", "2", "4"),
    ]


def test_an_item_of_two_owners_counts_for_both_and_there_is_no_total() -> None:
    assert rows(answer_summary(PLAN, AS_OF, Grouping.OWNER), 1) == [
        ("Company Secretary", "1", "-", "1", "-", "1", "2"),
        ("Head of Repairs", "-", "1", "-", "-", "1", "1"),
        ("Data Manager", "-", "1", "-", "-", "1", "1"),
        ("No owner", "-", "-", "-", "1", "-", "1"),
    ]


def test_completions_are_held_against_what_was_promised() -> None:
    late, early = ({**GREEN, "due": "2024-03", "completed": day} for day in
                   ("2024-04-01", "2024-03-31"))  # fmt: skip
    dropped = {**NOT_APPLICABLE, "due": "2024-03", "completed": "2024-05-01", "section": "repairs"}
    view = answer_summary(make_plan(late, early, GREEN, dropped, {}), AS_OF)
    assert Line("2 of 3 completed late.") in lines(view)
    names = ("completed", "completed_late")
    assert [view.data[name] for name in names] == [3, 2]
    assert [[group[name] for name in names] for group in view.data["groups"]] == [[2, 1], [1, 1]]


def test_an_overdue_action_counts_for_its_own_owner() -> None:
    steps = [
        {"title": "Publish", "owner": "Head of Repairs", "due": "2024-02"},
        {"title": "Print", "due": "2024-04"},
        {"title": "Bind", "due": "2024-06"},
    ]
    plan = make_plan({"due": "2024-09", "actions": steps})
    view = answer_summary(plan, AS_OF, Grouping.OWNER)
    assert rows(view, 1) == [
        ("Company Secretary", "-", "1", "-", "-", "-", "1", "1"),
        ("Head of Repairs", "-", "-", "-", "-", "-", "1", "-"),
    ]
    assert [line.text for line in lines(view)][1:] == [
        "2 actions overdue.",
        "1 action falls due within 90 days.",
    ]
    assert (view.data["overdue"], view.data["overdue_actions"]) == (0, 2)
    assert (view.data["due_soon"], view.data["due_soon_actions"]) == (0, 1)
    assert rows(answer_summary(plan, AS_OF), 1)[-1] == ("All", "-", "1", "-", "-", "-", "2", "1")


def test_nothing_overdue_is_said_gladly() -> None:
    said = lines(answer_summary(PLAN, date(2024, 3, 31)))
    assert said[1:] == [
        Line("Nothing is overdue.", Tone.GREEN),
        Line("2 recommendations fall due within 90 days."),
    ]


def test_where_nothing_applies_nothing_is_compliant_or_not() -> None:
    view = answer_summary(make_plan(NOT_APPLICABLE), AS_OF)
    assert view.data["compliant_percent"] is None
    assert [line.text for line in lines(view)] == [
        "Nothing is overdue.",
        "Nothing falls due within 90 days.",
    ]


@pytest.mark.parametrize(
    ("green", "amber", "percent"), [(0, 3, 0), (2, 1, 66), (299, 1, 99), (3, 0, 100)]
)
def test_the_percentage_is_rounded_down(green: int, amber: int, percent: int) -> None:
    numbers = dict.fromkeys(Rating, 0) | {Rating.GREEN: green, Rating.AMBER: amber}
    assert compliance(Summary(numbers, dict.fromkeys(Rating, 0))) == percent


@given(
    st.lists(st.sampled_from(["green", "amber", "red", "not-applicable"]), min_size=1, max_size=40)
)
@example(ratings=["red", *["amber"] * 99])
def test_the_bars_are_the_shares_and_nothing_that_is_there_has_none(ratings: list[str]) -> None:
    records = [
        {"rag": rag, "due": "2024-07" if rag in {"amber", "red"} else None} for rag in ratings
    ]
    for (_, number, bar, _), rating in zip(
        rows(answer_summary(make_plan(*records), AS_OF), 0), Scheme.RAG.ratings, strict=True
    ):
        share = ratings.count(rating)
        assert int(number) == share
        assert (len(bar) > 0) == (share > 0)
        assert abs(len(bar) - 20 * share / len(ratings)) <= 1


def test_the_sections_sum_up_to_the_whole() -> None:
    data = answer_summary(PLAN, AS_OF).data
    for field in ("total", "overdue"):
        assert sum(group[field] for group in data["groups"]) == data[field]
    for rating in Scheme.RAG.words:
        assert sum(g["ratings"][rating] for g in data["groups"]) == data["ratings"][rating]
