from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import (
    ROLES,
    companions,
    lint_lines,
    lint_record,
    make_owners,
    make_record,
    small_records,
    write_plan,
)

LINE_EACH = "  hint: Write a line each: "
REMOVE = 'kimplan owners remove "Communications Manager"'
NEEDED = f"  hint: Delete it if nobody needs it: {REMOVE}.\n"


class TestOwnerTwice:
    @pytest.mark.parametrize(
        "again", ["Head of Repairs", "head of repairs", "Head  of Repairs", "Head of\nRepairs"]
    )
    def test_an_owner_stands_once(self, again: str, tmp_path: Path) -> None:
        owners = ["Head of Repairs", "Data Manager", again]
        said = lint_record(tmp_path, make_record(owners=owners))
        shown = again.replace("\n", "\\x0a")
        line = said.splitlines()
        assert f"10:5: warning KP403 the owner '{shown}' stands twice" in line
        assert "  hint: Delete one of them." in line
        assert {text.split(" ")[2] for text in line[::2]} <= {"KP401", "KP403"}
        assert ("KP401" in said) is (again != "Head of Repairs")

    def test_each_further_time_is_told(self, tmp_path: Path) -> None:
        said = lint_record(tmp_path, make_record(owners=["Data Manager"] * 3))
        assert [line.split(" ")[0] for line in said.splitlines()[::2]] == ["9:5:", "10:5:"]

    def test_an_owner_may_own_an_action_too(self, tmp_path: Path) -> None:
        actions = [{"title": "A.", "owner": "Company Secretary"}] * 2
        assert lint_record(tmp_path, make_record(actions=actions)) == ""


class TestOwnersRunTogether:
    @pytest.mark.parametrize(
        "between",
        [" and ", ", ", "/", " / ", " /", " & ", "; ", "\n", " ", " with the ", ", and ", ""],
    )
    def test_two_roles_in_one_entry_are_told(self, between: str, tmp_path: Path) -> None:
        entry = f"Head of Repairs{between}Data Manager"
        shown = entry.replace("\n", "\\x0a")
        said = lint_record(tmp_path, make_record(owners=[entry]))
        assert said.startswith(
            f"8:5: error KP404 '{shown}' runs 2 roles together\n"
            f"{LINE_EACH}'Head of Repairs' and 'Data Manager'.\n"
        )
        assert re.findall(r" + - [\"|-]*(.*?)\"?\n", said) == ["Head of Repairs", "Data Manager"]

    def test_the_roles_are_told_in_the_order_of_the_entry(self, tmp_path: Path) -> None:
        entry = "data manager, COMPANY SECRETARY and Head of Repairs"
        assert lint_record(tmp_path, make_record(owners=[entry])).startswith(
            f"8:5: error KP404 '{entry}' runs 3 roles together\n"
            f"{LINE_EACH}'Data Manager' and 'Company Secretary' and 'Head of Repairs'.\n"
        )

    def test_an_action_has_one_owner(self, tmp_path: Path) -> None:
        actions = [{"title": "A.", "owner": "Data Manager/Head of Repairs"}]
        assert lint_record(tmp_path, make_record(actions=actions)) == (
            "11:12: error KP404 'Data Manager/Head of Repairs' runs 2 roles together\n"
            "  hint: An action has one owner; make one of each: "
            "'Data Manager' and 'Head of Repairs'.\n"
        )

    @pytest.mark.parametrize(
        ("roles", "entry"),
        [
            (("Manager", "Estate Manager"), "Estate Manager"),
            (("Governance Manager and Company Secretary",), None),
            (("Governance Manager and Company Secretary", "Company Secretary"), None),
            (("Director (Property)", "Director"), None),
            (("Business, Improvements and Change", "Change"), None),
            (("R&D Lead", "Lead"), None),
        ],
    )
    def test_a_registered_role_that_holds_another_one_is_one_role(
        self, roles: Sequence[str], entry: str | None, tmp_path: Path
    ) -> None:
        text = make_record(owners=[entry or roles[0]])
        said = lint_record(tmp_path, text, owners=make_owners(*ROLES, *roles))
        assert "KP404" not in said
        assert "KP401" not in said

    @pytest.mark.parametrize(
        "entry",
        ["Senior Estate Manager", "Managers", "Estate Managership", "Estate manager's deputy"],
    )
    def test_one_role_within_other_words_is_unknown_and_not_two(
        self, entry: str, tmp_path: Path
    ) -> None:
        owners = make_owners(*ROLES, "Manager", "Estate Manager")
        said = lint_record(tmp_path, make_record(owners=[entry]), owners=owners)
        assert f"8:5: error KP401 the owner '{entry}' is not in plan/owners.yaml\n" in said
        assert "KP404" not in said

    def test_a_role_and_the_one_that_holds_it_are_two(self, tmp_path: Path) -> None:
        owners = make_owners(*ROLES, "Manager", "Estate Manager")
        text = make_record(owners=["Manager and Estate Manager"])
        said = lint_record(tmp_path, text, owners=owners)
        assert (
            "8:5: error KP404 'Manager and Estate Manager' runs 2 roles together\n"
            f"{LINE_EACH}'Manager' and 'Estate Manager'.\n"
        ) in said

    def test_a_role_with_marks_of_a_pattern_is_taken_as_it_is(self, tmp_path: Path) -> None:
        owners = make_owners(*ROLES, "Director (Property)", "C++ Lead [A|B].*")
        text = make_record(owners=["Director (Property)/C++ Lead [A|B].*"])
        said = lint_record(tmp_path, text, owners=owners)
        assert f"{LINE_EACH}'Director (Property)' and 'C++ Lead [A|B].*'.\n" in said

    def test_a_known_and_an_unknown_role_are_an_unknown_one(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(owners=["Data Manager and Nobody"])) == (
            "8:5: error KP401 the owner 'Data Manager and Nobody' is not in plan/owners.yaml\n"
            "  hint: Write 'Data Manager' if that is who will own it, without what is not sure.\n"
        )

    def test_at_most_five_roles_are_named(self, tmp_path: Path) -> None:
        roles = [f"Role {letter}" for letter in "ABCDEFG"]
        said = lint_record(
            tmp_path, make_record(owners=[", ".join(roles)]), owners=make_owners(*ROLES, *roles)
        )
        assert "runs 7 roles together" in said
        assert f"{LINE_EACH}{' and '.join(repr(role) for role in roles[:5])}.\n" in said


class TestIdleRole:
    def test_a_role_that_owns_nothing_is_told(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path, owners=make_owners(*ROLES, "Communications Manager"))
        assert lint_lines(plan) == (
            "plan/owners.yaml:5:11: info KP405 the role 'Communications Manager' owns nothing\n"
            f"{NEEDED}1 note in 3 recommendations.\n"
        )

    def test_an_action_is_something_to_own(self, tmp_path: Path) -> None:
        actions = [{"title": "A.", "owner": "Communications Manager"}]
        owners = make_owners(*ROLES, "Communications Manager")
        assert lint_record(tmp_path, make_record(actions=actions), owners=owners) == ""

    def test_a_record_of_any_rating_has_owners(self, tmp_path: Path) -> None:
        records = {
            "A": make_record(ref="A", rag="not-applicable", due=None, owners=list(ROLES)),
            "B": make_record(ref="B", section="repairs", rag="red"),
        }
        assert "KP405" not in lint_lines(write_plan(tmp_path, records=records))

    @pytest.mark.parametrize("broken", ["a: [\n", make_record(ref="REC9", rag="blue"), ""])
    def test_nobody_is_called_idle_while_a_record_cannot_be_read(
        self, broken: str, tmp_path: Path
    ) -> None:
        records = companions() | {"REC9": broken}
        owners = make_owners(*ROLES, "Communications Manager")
        assert "KP405" not in lint_lines(write_plan(tmp_path, records=records, owners=owners))

    def test_nobody_is_called_idle_in_a_plan_without_records(self, tmp_path: Path) -> None:
        assert "KP405" not in lint_lines(write_plan(tmp_path, records={}))

    def test_a_registry_that_cannot_be_read_has_no_idle_roles(self, tmp_path: Path) -> None:
        assert "KP405" not in lint_lines(write_plan(tmp_path, owners="owners: [\n"))

    def test_the_report_on_many_roles_is_quick_and_in_their_order(self, tmp_path: Path) -> None:
        roles = [f"Role {number}" for number in range(2_000)]
        plan = write_plan(tmp_path, owners=make_owners(*ROLES, *roles))
        said = lint_lines(plan)
        idle = [line.split("'")[1] for line in said.splitlines() if " KP405 " in line]
        assert idle == roles

    @pytest.mark.parametrize("owner", ["TBC", "Jo Smith", "Head of Something"])
    def test_nobody_is_called_idle_while_an_owner_may_be_meant(
        self, owner: str, tmp_path: Path
    ) -> None:
        record = make_record(ref="REC4", owners=[owner])
        owners = make_owners(*ROLES, "Communications Manager")
        plan = write_plan(tmp_path, records=small_records() | {"REC4": record}, owners=owners)
        said = lint_lines(plan)
        assert "KP401" in said
        assert "KP405" not in said


def test_the_suggested_role_does_not_depend_on_the_order_of_a_set(tmp_path: Path) -> None:
    roles = [f"Role {number:03}" for number in range(400)]
    records = small_records() | {"REC4": make_record(ref="REC4", owners=["Rle 199"])}
    plan = write_plan(tmp_path, records=records, owners=make_owners(*roles, *ROLES))
    assert "  hint: Did you mean 'Role 199'? If not, add" in lint_lines(plan)
