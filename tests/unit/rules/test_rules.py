"""Each rule's findings in full, and the records that it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import (
    EVIDENCE,
    ROLES,
    companions,
    lint_lines,
    lint_record,
    make_owners,
    make_record,
    make_settings,
    small_records,
    write_file,
    write_plan,
)

from kimplan.rules import Rule

SECTIONS = [{"id": "governance", "title": "Governance"}, {"id": "repairs", "title": "Repairs"}]
MISSING_DUE = (
    "Add a line 'due: 2024-07' below rag, with the date that was promised, or 'due: none agreed' "
    "and 'due_reason: …'."
)
MISSING_OWNER = "Add 'owners:' and below it a line '  - ' with a role of owners.yaml."


class TestMissingDue:
    @pytest.mark.parametrize("rag", ["amber", "red"])
    def test_an_open_record_needs_a_due_date(self, rag: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(rag=rag, due=None)) == (
            f"5:1: error KP301 REC1 is {rag} but has no due date\n  hint: {MISSING_DUE}\n"
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_needs_none(self, rag: str, tmp_path: Path) -> None:
        text = make_record(rag=rag, due=None, evidence=EVIDENCE)
        assert lint_record(tmp_path, text) == ""


class TestDueOfAClosedRecord:
    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_what_was_promised_stays(self, rag: str, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(rag=rag, evidence=EVIDENCE)) == ""


class TestNoOwner:
    @pytest.mark.parametrize("owners", [None, []])
    @pytest.mark.parametrize("rag", ["amber", "red"])
    def test_an_open_record_needs_an_owner(
        self, rag: str, owners: list[str] | None, tmp_path: Path
    ) -> None:
        assert lint_record(tmp_path, make_record(rag=rag, owners=owners)) == (
            f"5:1: error KP402 REC1 is {rag} but has no owner\n  hint: {MISSING_OWNER}\n"
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_a_closed_record_needs_none(self, rag: str, tmp_path: Path) -> None:
        text = make_record(rag=rag, due=None, owners=None, evidence=EVIDENCE)
        assert lint_record(tmp_path, text) == ""


class TestUnknownOwner:
    def test_a_misspelt_role_is_told_with_the_right_one(self, tmp_path: Path) -> None:
        text = make_record(owners=["Company Secretary", "Head of repairs"])
        assert lint_record(tmp_path, text) == (
            "9:5: error KP401 the owner 'Head of repairs' is not in plan/owners.yaml\n"
            "  hint: Did you mean 'Head of Repairs'?\n"
            "    9 +   - Head of Repairs\n"
        )

    def test_another_role_is_told_with_the_line_to_add(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(owners=["Surveyor"])) == (
            "8:5: error KP401 the owner 'Surveyor' is not in plan/owners.yaml\n"
            "  hint: Add '- role: Surveyor' to plan/owners.yaml, or run "
            'kimplan owners add "Surveyor".\n'
        )

    def test_every_unknown_role_is_told(self, tmp_path: Path) -> None:
        said = lint_record(tmp_path, make_record(owners=["Xerxes", "Company Secretary", "Zeno"]))
        assert [line.split(" ", 1)[0] for line in said.splitlines()[::2]] == ["8:5:", "10:5:"]

    def test_the_owner_of_an_action_is_looked_up_too(self, tmp_path: Path) -> None:
        text = make_record(actions=[{"title": "Publish the form.", "owner": "Surveyor"}])
        assert lint_record(tmp_path, text) == (
            "11:12: error KP401 the owner 'Surveyor' is not in plan/owners.yaml\n"
            "  hint: Add '- role: Surveyor' to plan/owners.yaml, or run "
            'kimplan owners add "Surveyor".\n'
        )

    def test_an_empty_registry_knows_nobody(self, tmp_path: Path) -> None:
        records = {"REC1": make_record()}
        settings = make_settings(sections=SECTIONS[:1])
        plan = write_plan(tmp_path, records=records, settings=settings, owners="owners: []\n")
        assert lint_lines(plan) == (
            "plan/recommendations/REC1.yaml:8:5: error KP401 the owner 'Company Secretary' is not "
            "in plan/owners.yaml\n"
            "  hint: Add '- role: Company Secretary' to plan/owners.yaml, "
            'or run kimplan owners add "Company Secretary".\n'
            "1 error in 1 recommendation.\n"
        )


class TestDuplicateRef:
    def test_capitals_do_not_tell_refs_apart(self, tmp_path: Path) -> None:
        records = companions() | {"A": make_record(ref="rec1"), "REC1": make_record()}
        plan = write_plan(tmp_path, records=records)
        assert lint_lines(plan) == (
            "plan/recommendations/A.yaml:1:6: error KP501 the ref rec1 is taken by "
            "plan/recommendations/REC1.yaml\n"
            "  hint: Delete it if it is a copy of REC1.yaml, "
            "or give it a ref and a name of its own.\n"
            "1 error in 4 recommendations.\n"
        )

    def test_each_further_record_is_told(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path, records=dict.fromkeys(["A", "B", "REC1"], make_record()))
        said = lint_lines(plan)
        taken = "the ref REC1 is taken by plan/recommendations/REC1.yaml"
        assert [line.split(":")[0] for line in said.splitlines() if taken in line] == [
            "plan/recommendations/A.yaml",
            "plan/recommendations/B.yaml",
        ]


class TestRefIsNotFileName:
    @pytest.mark.parametrize("name", ["rec1", "REC01", "REC1.old", "REC 1", "A"])
    def test_another_file_name_is_told(self, name: str, tmp_path: Path) -> None:
        or_else = "" if " " in name else f", or write 'ref: {name}'"
        assert lint_record(tmp_path, make_record(), name) == (
            f"1:6: error KP502 the ref REC1 is not the file's name, '{name}'\n"
            f"  hint: Rename the file to REC1.yaml{or_else}.\n"
        )

    def test_a_name_with_another_number_is_told_beside_the_gap(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(), "REC2") == (
            "1:1: warning KP507 REC1 is missing before this recommendation\n"
            "  hint: Add what is missing; what does not apply is rated not-applicable.\n"
            "1:6: error KP502 the ref REC1 is not the file's name, 'REC2'\n"
            "  hint: Rename the file to REC1.yaml, or write 'ref: REC2'.\n"
        )

    def test_a_ref_with_a_full_stop_may_be_a_file_name(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(ref="REC1.2"), "REC1.2") == ""


class TestUnknownSection:
    def test_a_misspelt_section_is_told_with_the_right_one(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(section="govrnance")) == (
            "2:10: error KP503 the section 'govrnance' is not in plan/plan.yaml\n"
            "  hint: Did you mean 'governance'?\n"
        )

    def test_another_section_is_told_with_all_that_there_are(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, make_record(section="x")) == (
            "2:10: error KP503 the section 'x' is not in plan/plan.yaml\n"
            "  hint: Known: governance, repairs.\n"
        )


class TestDuplicateSetting:
    def test_a_section_twice_is_told(self, tmp_path: Path) -> None:
        plan = write_plan(tmp_path, settings=make_settings(sections=SECTIONS + SECTIONS[:1]))
        assert lint_lines(plan) == (
            "plan/plan.yaml:8:9: error KP504 id 'governance' stands twice in sections\n"
            "  hint: Delete one of them.\n"
            "1 error in 3 recommendations.\n"
        )

    def test_a_column_twice_is_told(self, tmp_path: Path) -> None:
        column = {"field": "ref", "label": "Ref"}
        plan = write_plan(tmp_path, settings=make_settings(columns=[column] * 3))
        assert lint_lines(plan) == (
            "plan/plan.yaml:12:12: error KP504 field 'ref' stands twice in columns\n"
            "  hint: Delete one of them.\n"
            "plan/plan.yaml:14:12: error KP504 field 'ref' stands twice in columns\n"
            "  hint: Delete one of them.\n"
            "2 errors in 3 recommendations.\n"
        )

    def test_a_role_twice_is_told(self, tmp_path: Path) -> None:
        owners = make_owners("Company Secretary", "Head of Repairs", "Head of Repairs")
        records = small_records() | {"REC3": make_record(ref="REC3", section="repairs")}
        plan = write_plan(tmp_path, records=records, owners=owners)
        assert lint_lines(plan) == (
            "plan/owners.yaml:4:11: error KP504 role 'Head of Repairs' stands twice in owners\n"
            "  hint: Delete one of them.\n"
            "1 error in 3 recommendations.\n"
        )


def test_findings_stand_in_the_order_of_the_files_and_their_lines(tmp_path: Path) -> None:
    records = small_records() | {
        "REC10": make_record(ref="REC10", due=None, section="x"),
        "REC4": make_record(ref="REC4", rag="green", owners=["Surveyor"]),
    }
    plan = write_plan(
        tmp_path,
        records=records,
        settings=make_settings(sections=SECTIONS + SECTIONS),
        owners=make_owners(*ROLES, "Head of Repairs"),
    )
    write_file(plan / "notes.txt", "x")
    said = [line for line in lint_lines(plan).splitlines() if not line.startswith("  hint")]
    assert [" ".join(line.split(" ")[:3]) for line in said[:-1]] == [
        "plan/notes.txt:1:1: warning KP007",
        "plan/owners.yaml:5:11: error KP504",
        "plan/plan.yaml:8:9: error KP504",
        "plan/plan.yaml:10:9: error KP504",
        "plan/recommendations/REC4.yaml:5:1: warning KP303",
        "plan/recommendations/REC4.yaml:8:5: error KP401",
        "plan/recommendations/REC10.yaml:1:1: warning KP507",
        "plan/recommendations/REC10.yaml:2:10: error KP503",
        "plan/recommendations/REC10.yaml:5:1: error KP301",
    ]
    assert said[-1] == "6 errors, 3 warnings in 5 recommendations."


def test_a_rule_without_documentation_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match="the rule Undocumented has no documentation"):
        type("Undocumented", (Rule,), {"code": "KP999"})
