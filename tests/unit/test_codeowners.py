"""CODEOWNERS from a plan: what is written, and what is left as it was."""

from __future__ import annotations

import pytest
from conftest import make_item, make_plan
from pydantic import ValidationError

from kimplan.codeowners import Forge, Overriding, find_overriding, written
from kimplan.codeowners.overrides import matches
from kimplan.errors import KimplanError
from kimplan.model.plan import Owner, Plan

HANDLES = {"Company Secretary": "@sec", "Head of Repairs": "@org/repairs", "Data Manager": None}


def plan(*owners: list[str]) -> Plan:
    made = make_plan(*({"owners": roles} for roles in owners))
    roles = tuple(Owner(role=role, handle=handle) for role, handle in HANDLES.items())
    return made._replace(owners=roles)


PLAN = plan(["Company Secretary"], ["Head of Repairs", "Company Secretary"], ["Data Manager"])
BEGIN = "# kimplan: begin /plan/ (written by kimplan codeowners from owners.yaml; do not edit)"
END = "# kimplan: end /plan/"
OLD = "# kimplan: begin (written by kimplan codeowners from owners.yaml; do not edit)"
OLD_END = "# kimplan: end"
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
@pytest.mark.parametrize(
    "marks", [(BEGIN, END), (OLD, OLD_END), ("# kimplan: begin", "# kimplan: end (of it)")]
)
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
        f"{BEGIN}\n{END}\n{END}\n", f"{BLOCK}{BLOCK}", f"{BEGIN} {END}\n",
        f"\ufeff{BEGIN}\n{END}\n", f"{BEGIN}\n{OLD_END}\n", f"{OLD}\n{OLD}\n{END}\n{END}\n",
        f"{OLD}\n{OLD_END}\n" * 2,
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


def action(owner: str | None, **fields: str) -> dict[str, str]:
    return {"title": "Publish the form"} | fields | ({"owner": owner} if owner else {})


def test_whose_a_sub_action_is_is_asked_too() -> None:
    made = make_plan(
        {"owners": ["Data Manager"], "actions": [action("Head of Repairs"), action(None)]},
        {"actions": [action("Head of Repairs", done="2024-05-01"), action("Company Secretary")]},
    )
    text = written("", made._replace(owners=PLAN.owners), "plan")
    assert text.splitlines()[1:-1] == [
        "/plan/recommendations/REC1.yaml @org/repairs",
        "/plan/recommendations/REC2.yaml @sec @org/repairs",
    ]


class TestSeveralPlans:
    def test_each_has_lines_of_its_own(self) -> None:
        both = written(written("* @all\n", PLAN, "plan"), PLAN, "b (2)/the plan")
        assert both.startswith(f"* @all\n\n{BLOCK}")
        assert "# kimplan: begin /b\\ (2)/the\\ plan/ (written" in both
        for folder in ("plan", "b (2)/the plan"):
            assert written(both, PLAN, folder) == both
        fewer = plan(["Company Secretary"])
        assert written(both, fewer, "b (2)/the plan").count("REC2") == 1
        assert written(both, fewer, "plan").count("REC2") == 1

    def test_lines_of_an_old_file_are_taken_over(self) -> None:
        old = BLOCK.replace(BEGIN, OLD).replace(END, OLD_END)
        assert written(old, PLAN, "plan") == BLOCK
        assert written(f"{OLD}\n{OLD_END}\n", PLAN, "plan") == BLOCK

    def test_lines_of_an_old_file_stay_with_their_plan(self) -> None:
        old = BLOCK.replace(BEGIN, OLD).replace(END, OLD_END)
        for folder in ("other/plan", "plan2", ""):
            both = written(old, PLAN, folder)
            assert both.startswith(old)
            assert written(both, PLAN, folder) == both
            assert written(both, PLAN, "plan").startswith(BLOCK)


PATH = "plan/recommendations/REC1.yaml"


@pytest.mark.parametrize(
    ("pattern", "github", "gitlab"),
    [
        ("*", True, True),
        ("*.yaml", True, True),
        ("*.yml", False, False),
        ("/plan/", True, True),
        ("plan/", True, True),
        ("/plan", True, False),
        ("plan", True, False),
        ("/plan/*", False, False),
        ("/plan/**", True, True),
        ("/plan/recommendations/*", True, True),
        ("plan/recommendations/*", True, True),
        ("recommendations/*", False, True),
        ("**/recommendations/", True, True),
        ("/recommendations/", False, False),
        ("recommendations/", True, True),
        ("/plan/**/REC1.yaml", True, True),
        ("/plan/recommendations/REC?.yaml", True, True),
        ("/plan/recommendations/REC[0-9].yaml", False, False),
        ("/plan/recommendations/REC2.yaml", False, False),
        ("REC1.yaml", True, True),
        ("EC1.yaml", False, False),
        ("/pl", False, False),
        ("/", True, True),
    ],
)
def test_the_forges_patterns(pattern: str, github: bool, gitlab: bool) -> None:
    assert matches(pattern, PATH, Forge.GITHUB) == github
    assert matches(pattern, PATH, Forge.GITLAB) == gitlab


def test_special_characters_stand_for_themselves() -> None:
    path = "the plan #1/a*/recommendations/REC1.yaml"
    assert matches(r"/the\ plan\ \#1/a\*/", path, Forge.GITHUB)
    assert not matches(r"/the\ plan\ \#1/a\*/", path.replace("a*", "ab"), Forge.GITHUB)


RECORDS = tuple(f"plan/recommendations/REC{number}.yaml" for number in (1, 2))


class TestLaterLines:
    def found(self, text: str, forge: Forge = Forge.GITHUB) -> list[Overriding]:
        return find_overriding(text, PLAN, "plan", forge)

    def test_the_last_match_counts(self) -> None:
        text = f"/plan/ @above\n{BLOCK}/plan/ @over # why\n# /plan/ @x\n\n/docs/ @y\n"
        assert self.found(text) == [Overriding(6, "/plan/ @over # why", RECORDS)]
        assert self.found(f"* @all\n{BLOCK}") == []
        assert self.found("/plan/ @x\n") == []

    def test_a_line_without_owners_takes_them_away(self) -> None:
        assert self.found(f"{BLOCK}{RECORDS[1]}\n") == [Overriding(5, RECORDS[1], RECORDS[1:])]

    def test_each_record_is_told_once(self) -> None:
        text = f"{BLOCK}*.yaml @a\n/plan/recommendations/REC1.yaml @b\n"
        assert self.found(text) == [
            Overriding(5, "*.yaml @a", RECORDS[1:]),
            Overriding(6, "/plan/recommendations/REC1.yaml @b", RECORDS[:1]),
        ]

    def test_another_plan_s_lines_do_not_count(self) -> None:
        assert self.found(written(BLOCK, PLAN, "other/plan")) == []

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_a_section_of_gitlab_has_a_last_match_of_its_own(self, newline: str) -> None:
        text = f"[Plan] @x\n{BLOCK}[Docs]\n/plan/ @docs\n^[plan][2]\n/plan/ @over\n"
        found = self.found(text.replace("\n", newline), Forge.GITLAB)
        assert found == [Overriding(9, "/plan/ @over", RECORDS)]
