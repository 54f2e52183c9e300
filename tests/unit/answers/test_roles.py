"""What kimplan owners list answers."""

from __future__ import annotations

from conftest import make_plan

from kimplan.answers.answer import Line, Table
from kimplan.answers.roles import Load, answer_roles, load_of
from kimplan.model.plan import Owner, Plan

PLAN = make_plan(
    {"owners": ["Head of Repairs", "Company Secretary"]},
    {"rag": "green", "due": None, "owners": ["Head of Repairs"], "completed": "2024-05-01"},
    {
        "owners": ["Company Secretary"],
        "actions": [
            {"title": "Publish it.", "owner": "Head of Repairs", "done": "2024-05-02"},
            {"title": "Print it.", "owner": "Head of Repairs"},
            {"title": "Post it."},
        ],
    },
)


def table_of(plan: Plan) -> Table:
    (found,) = (part for part in answer_roles(plan).parts if isinstance(part, Table))
    return found


def test_an_action_counts_for_its_own_owner_alone() -> None:
    assert load_of(PLAN, "Head of Repairs") == Load(1, 2, 1, 2)
    assert load_of(PLAN, "Company Secretary") == Load(2, 2, 0, 0)
    assert load_of(PLAN, "Data Manager").is_idle


def test_the_roles_stand_in_their_order_and_zero_is_a_dash() -> None:
    assert [*table_of(PLAN).rows] == [
        ("Company Secretary", "2", "2", "-", "-"),
        ("Head of Repairs", "1", "2", "1", "2"),
        ("Data Manager", "-", "-", "-", "-"),
    ]


def test_columns_that_say_nothing_are_left_out() -> None:
    bare = make_plan({"owners": ["Head of Repairs"]})
    assert [column.title for column in table_of(bare).columns] == ["Role", "Open", "All"]
    handled = bare._replace(owners=(Owner(role="Head of Repairs", handle="@repairs"),))
    assert [*table_of(handled).rows] == [("Head of Repairs", "@repairs", "1", "1")]


def test_who_owns_nothing_is_said() -> None:
    assert answer_roles(PLAN).parts[-1] == Line("1 role owns nothing: Data Manager.")
    assert (
        answer_roles(PLAN._replace(owners=())).parts
        == answer_roles(PLAN._replace(owners=())).parts[:1]
    )
