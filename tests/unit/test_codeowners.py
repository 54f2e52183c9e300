"""CODEOWNERS from a plan: what is written, and what is left as it was."""

from __future__ import annotations

import pytest
from conftest import make_item, make_plan
from pydantic import ValidationError

from kimplan.codeowners import Overriding, overriding, written
from kimplan.errors import KimplanError
from kimplan.model.plan import Owner, Plan

ABOUT = "(written by kimplan codeowners from owners.yaml; do not edit)"
BEGIN, END = f"# kimplan: begin of plan {ABOUT}", "# kimplan: end of plan"
HANDLES = {"Company Secretary": "@sec", "Head of Repairs": "@org/repairs", "Data Manager": None}


def plan(*owners: list[str]) -> Plan:
    made = make_plan(*({"owners": roles} for roles in owners))
    roles = tuple(Owner(role=role, handle=handle) for role, handle in HANDLES.items())
    return made._replace(owners=roles)


PLAN = plan(["Company Secretary"], ["Head of Repairs", "Company Secretary"], ["Data Manager"])
BLOCK = f"""\
{BEGIN}
/plan/recommendations/REC1.yaml @sec
/plan/recommendations/REC2.yaml @org/repairs @sec
{END}
"""


def test_a_line_for_each_recommendation_whose_owner_has_a_handle() -> None:
    assert written("", PLAN, "plan") == BLOCK


def test_a_handle_is_named_once() -> None:
    made = plan(["Company Secretary", "Deputy"])
    deputy = Owner(role="Deputy", handle="@sec")
    text = written("", made._replace(owners=(*made.owners, deputy)), "plan")
    assert text.splitlines()[1] == "/plan/recommendations/REC1.yaml @sec"


def test_nobody_has_a_handle() -> None:
    assert written("", plan(["Data Manager"]), "plan") == f"{BEGIN}\n{END}\n"


@pytest.mark.parametrize(
    "before",
    [
        "", "\n", "* @all\n", "* @all", "# é 日\n\n", "a\r\nb\r\n", "a\r\nb", "\ufeff* @all\n",
        "* @all\n\n\n", "a\rb\n", " # kimplan: begin\n", "# kimplan: beginners\n",
        "# kimplan: endings\n", "# kimplan: end-users @all\n",
    ],
)  # fmt: skip
def test_what_was_there_stays_and_a_second_time_nothing_changes(before: str) -> None:
    first = written(before, PLAN, "plan")
    assert first.startswith(before)
    newline = "\r\n" if "\r\n" in before else "\n"
    assert first.endswith(BLOCK.replace("\n", newline))
    assert written(first, PLAN, "plan") == first


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("above", ["", "* @all\n", "# kimplan: other\n"])
@pytest.mark.parametrize("below", ["", "\n", "\n/x @y", "\n\n# more\n"])
@pytest.mark.parametrize("marks", [(BEGIN, END), ("# kimplan: begin", "# kimplan: end (it)")])
def test_only_what_stands_between_the_markers_is_written(
    newline: str, above: str, below: str, marks: tuple[str, str]
) -> None:
    text = f"{above}{marks[0]}\nold @old\n\n{marks[1]}{below}"
    expected = f"{above}{BLOCK[:-1]}{below}"
    if "\n" not in f"{above}{below}" and newline == "\r\n":
        text = text.replace("\n", "\r\n")
    found = written(text.replace("\r\n", "\n").replace("\n", newline), PLAN, "plan")
    assert found == expected.replace("\n", newline)
    assert written(found, PLAN, "plan") == found


@pytest.mark.parametrize(
    "text",
    [
        f"{BEGIN}\n", f"{END}\n", f"{END}\n{BEGIN}\n", f"{BEGIN}\n{BEGIN}\n{END}\n",
        f"{BEGIN}\n{END}\n{END}\n", f"{BLOCK}{BLOCK}", f"{BEGIN}\n{END}s\n",
        f"\ufeff{BEGIN}\n{END}\n",
    ],
)  # fmt: skip
def test_markers_that_are_no_pair_are_refused(text: str) -> None:
    with pytest.raises(KimplanError, match="do not begin and end once"):
        written(text, PLAN, "plan")


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("", "/recommendations/"),
        ("a/plan", "/a/plan/recommendations/"),
        (".plan", "/.plan/recommendations/"),
        ("the plan #1", r"/the\ plan\ \#1/recommendations/"),
        ("a*[b]?\\c", r"/a\*\[b\]\?\\c/recommendations/"),
        ("é", "/é/recommendations/"),
    ],
)
def test_the_folder_of_the_plan(folder: str, path: str) -> None:
    assert written("", PLAN, folder).splitlines()[1] == f"{path}REC1.yaml @sec"


@pytest.mark.parametrize("folder", ["a\n* @evil", "a\rb", "a\tb", "a\u2028b", "\udcff", "\x1b"])
def test_a_folder_that_would_forge_a_line_is_refused(folder: str) -> None:
    with pytest.raises(KimplanError, match="cannot stand in CODEOWNERS"):
        written("", PLAN, folder)


@pytest.mark.parametrize("handle", ["@a", "@a-b_c.d", "@org/team", "@g/sub/team", "a.b+c@x.org"])
def test_handles(handle: str) -> None:
    assert Owner(role="R", handle=handle).handle == handle


@pytest.mark.parametrize(
    "handle",
    [
        "a", "@", "@a b", "@a @b", "@a\n* @b", "@a\r@b", "@a\t@b", "@a#b", "#@a", "@a\u00a0@b",
        "@a\u2028@b", "@a\u3000@b", "@a\u0085@b", "@a/", "@/a", "@é", "@@a", "a@b@c", "a b@c.org",
        "a\n*@c.org", "a#b@c.org", "a\\b@c.org", "a@c.org\n* @b", "a@é.org", "a@", "@a,@b", "*",
        "@a\x0b@b", "@a\x1f@b",
    ],
)  # fmt: skip
def test_a_handle_that_would_forge_a_line_is_refused(handle: str) -> None:
    with pytest.raises(ValidationError):
        Owner(role="R", handle=handle)


def test_every_line_has_a_path_and_handles_only() -> None:
    item = make_item(ref="REC1.a_b-c")
    made = PLAN._replace(recommendations=(item,))
    assert written("", made, "plan").splitlines()[1] == (
        "/plan/recommendations/REC1.a_b-c.yaml @sec"
    )


TWO_PLANS = written(written("", PLAN, "plan"), PLAN, "board/plan")


def test_each_of_two_plans_has_lines_of_its_own() -> None:
    other = BLOCK.replace("/plan/", "/board/plan/").replace("of plan", "of board/plan")
    assert f"{BLOCK}\n{other}" == TWO_PLANS
    assert written(TWO_PLANS, PLAN, "plan") == TWO_PLANS
    assert written(TWO_PLANS, PLAN, "board/plan") == TWO_PLANS


def test_the_owner_of_an_open_action_is_asked_too() -> None:
    actions = [
        {"title": "Publish", "owner": "Head of Repairs"},
        {"title": "Draft", "owner": "Company Secretary", "done": "2024-05-02"},
    ]
    item = make_item(owners=["Data Manager"], actions=actions)
    text = written("", PLAN._replace(recommendations=(item,)), "plan")
    assert text.splitlines()[1] == "/plan/recommendations/REC1.yaml @org/repairs"


@pytest.mark.parametrize(
    "line",
    [
        "/plan/ @sec", "* @sec", "plan/recommendations/ @sec", "*.yaml", "/plan/**/REC2.yaml @a",
        "recommendations @sec", "/plan/recommendations/REC?.yaml @sec",
    ],
)  # fmt: skip
def test_a_later_line_that_matches_overrides(line: str) -> None:
    found = overriding(f"* @all\n{BLOCK}# more\n{line}\n", PLAN, "plan")
    assert [(one.number, one.line) for one in found] == [(7, line)]


@pytest.mark.parametrize(
    "line",
    ["/docs/ @sec", "# /plan/ @sec", "[Plan] @sec", "/plan/owners.yaml @sec", "/other/plan/ @sec"],
)
def test_a_later_line_about_other_files_does_not(line: str) -> None:
    assert overriding(f"{BLOCK}{line}\n", PLAN, "plan") == []
    assert overriding(f"/plan/ @sec\n{BLOCK}", PLAN, "plan") == []


def test_the_record_that_is_overridden_is_named() -> None:
    found = overriding(f"{BLOCK}/plan/ @x\n", PLAN, "plan")
    assert found == [Overriding(5, "/plan/ @x", "plan/recommendations/REC1.yaml")]
