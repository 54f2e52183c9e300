from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import (
    AS_OF,
    companions,
    lint_lines,
    lint_record,
    make_owners,
    make_record,
    make_settings,
    small_records,
    write_plan,
)

from kimplan.linter import Clock, lint
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.recommendation import Recommendation
from kimplan.rules.all_rules import ALL_RULES
from kimplan.snapshot.earlier import Base

FORM = "  hint: Write '# kimplan: ignore KP303 - why'; kimplan rule KP013 says more.\n"
NO_EVIDENCE = (
    "5:1: warning KP303 REC1 is green but has no evidence\n"
    "  hint: Add 'evidence:' and below it '  - title: …' and '    link: …'.\n"
)
GREEN = make_record(rag="green", due=None)


def useless(code: str, where: str = "here") -> str:
    return (
        f"warning KP012 nothing {where} needs {code} to be ignored\n"
        f"  hint: Delete {code}, so that it does not hide the next mistake.\n"
    )


def behind(comment: str, text: str = GREEN, value: str = "green") -> str:
    return text.replace(value, f"{value}  # kimplan: {comment}".rstrip())


def findings(folder: Path, records: Mapping[str, str], **files: str) -> list[str]:
    plan = write_plan(folder, records=records, **files)
    lines = lint_lines(plan).splitlines()[:-1:2]
    return [line.removeprefix("plan/").replace("recommendations/", "") for line in lines]


class TestOneLine:
    @pytest.mark.parametrize(
        "comment",
        [
            "ignore KP303 - minuted by the Board",
            "ignore kp303 - minuted by the Board",
            "ignore KP303 minuted by the Board",
            "ignore KP3 - minuted by the Board",
            "ignore KP30 – 2",
            "ignore-file KP303 - minuted by the Board",
        ],
    )
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_a_finding_that_is_ignored_with_a_reason_does_not_count(
        self, comment: str, end: str, tmp_path: Path
    ) -> None:
        assert lint_record(tmp_path, behind(comment).replace("\n", end)) == ""

    def test_a_comment_above_counts_too(self, tmp_path: Path) -> None:
        text = GREEN.replace("rag:", "# kimplan: ignore KP303 - why\nrag:")
        assert lint_record(tmp_path, text) == ""

    def test_several_codes_may_stand_in_one_comment(self, tmp_path: Path) -> None:
        text = make_record(rag="green").replace(
            "rag: green\ndue: 2024-07",
            "rag: green\ndue: 2224-07  # kimplan: ignore KP204, KP203 - x",
        )
        assert lint_record(tmp_path, text) == f"{NO_EVIDENCE}6:15: {useless('KP203')}"

    def test_another_line_is_not_covered(self, tmp_path: Path) -> None:
        text = behind("ignore KP303 - why", value="governance")
        assert lint_record(tmp_path, text) == f"2:22: {useless('KP303')}{NO_EVIDENCE}"

    def test_another_code_is_not_covered(self, tmp_path: Path) -> None:
        assert lint_record(tmp_path, behind("ignore KP304 - why")) == (
            f"{NO_EVIDENCE}5:13: {useless('KP304')}"
        )

    def test_every_finding_of_the_line_is_covered(self, tmp_path: Path) -> None:
        text = make_record(owners=["Nobody"], rag="amber").replace(
            "  - Nobody", "  - Nobody  # kimplan: ignore KP4 - to be appointed"
        )
        assert lint_record(tmp_path, text) == ""

    def test_a_comment_within_a_text_is_text(self, tmp_path: Path) -> None:
        text = make_record(
            rag="green", due=None, response="It is there.\n# kimplan: ignore-file KP303 - why\n"
        )
        assert lint_record(tmp_path, text) == NO_EVIDENCE.replace("5:1", "7:1")

    def test_the_settings_and_the_owners_have_comments_too(self, tmp_path: Path) -> None:
        settings = make_settings().replace("Homes", "Homes  # kimplan: ignore KP506 - x")
        owners = make_owners().replace("Manager", "Manager  # kimplan: ignore KP405 - new")
        records = {"A": make_record(ref="A", owners=["Company Secretary", "Head of Repairs"])}
        records["B"] = make_record(ref="B", section="repairs")
        assert findings(tmp_path, records, settings=settings, owners=owners) == [
            "plan.yaml:2:30: warning KP012 nothing here needs KP506 to be ignored"
        ]


class TestFaults:
    @pytest.mark.parametrize(
        ("comment", "said"),
        [
            ("ignore KP303", f"the comment gives no reason, so it ignores nothing\n{FORM}"),
            ("ignore KP303 - …", f"the comment gives no reason, so it ignores nothing\n{FORM}"),
            ("ignore", f"the comment names no code to ignore\n{FORM}"),
            ("ignore because I say so", f"the comment names no code to ignore\n{FORM}"),
            ("ignore KP30x - why", f"the comment names no code to ignore\n{FORM}"),
            ("ignore KP303x", f"the comment names no code to ignore\n{FORM}"),
            ("allow KP303 - why", f"the comment says 'allow', which is not known\n{FORM}"),
            ("", f"the comment says '', which is not known\n{FORM}"),
            ("ignore KP - why", f"there is no code KP to ignore\n{FORM}"),
            ("ignore KP9 - why", "there is no code KP9 to ignore\n  hint: "),
            ("ignore KP303, KP399 - why", "there is no code KP399 to ignore\n  hint: "),
            ("ignore KP3030 - why", "there is no code KP3030 to ignore\n  hint: "),
        ],
    )
    def test_a_comment_with_a_fault_ignores_nothing(
        self, comment: str, said: str, tmp_path: Path
    ) -> None:
        text = lint_record(tmp_path, behind(comment))
        assert text.startswith(f"{NO_EVIDENCE}5:13: error KP013 {said}")
        assert len(text.splitlines()) == 4

    @pytest.mark.parametrize(
        "rule", [rule for rule in ALL_RULES if not rule.can_be_ignored], ids=lambda rule: rule.code
    )
    def test_what_a_plan_cannot_be_read_without_cannot_be_ignored(
        self, rule: type, tmp_path: Path
    ) -> None:
        code = rule.code  # type: ignore[attr-defined]
        title = rule.title()  # type: ignore[attr-defined]
        assert lint_record(tmp_path, behind(f"ignore KP303, {code} - why")) == (
            f"{NO_EVIDENCE}5:13: error KP013 {code} cannot be ignored: {title}\n"
            "  hint: Mend it instead.\n"
        )

    def test_it_is_told_beside_what_it_wanted_to_ignore(self, tmp_path: Path) -> None:
        text = behind("ignore KP301 - the Board will say", make_record(due=None), "amber")
        codes = [line.split(" ")[2] for line in lint_record(tmp_path, text).splitlines()[::2]]
        assert codes == ["KP301", "KP013"]

    def test_a_fault_cannot_be_ignored_and_a_useless_comment_neither(self, tmp_path: Path) -> None:
        text = "# kimplan: ignore-file KP012, KP013 - why\n" + behind("ignore KP304 - why")
        codes = [line.split(" ")[2] for line in lint_record(tmp_path, text).splitlines()[::2]]
        assert codes == ["KP013", "KP303", "KP012"]


class TestWholePlan:
    @pytest.mark.parametrize("code", ["KP303", "KP30", "KP3"])
    def test_a_code_of_the_settings_is_ignored_everywhere(self, code: str, tmp_path: Path) -> None:
        settings = make_settings(lint={"ignore": [code]})
        assert lint_record(tmp_path, GREEN, settings=settings) == ""

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            (["KP305"], [useless("KP305", "in the plan")]),
            (["KP303", "KP3"], []),
            (["KP399"], ["error KP013 there is no code KP399 to ignore\n  hint: "]),
            (["KP"], [f"error KP013 there is no code KP to ignore\n{FORM}"]),
            (["KP301"], ["error KP013 KP301 cannot be ignored: "]),
            (["KP7", "KP702"], []),
            (["KP801"], ["error KP013 KP801 is about one change, and cannot be ignored for the "]),
            (["KP8"], ["error KP013 KP8 is about one change, and cannot be ignored for the "]),
        ],
    )
    def test_a_code_with_a_fault_or_without_use_is_told_in_the_settings(
        self, codes: list[str], said: list[str], tmp_path: Path
    ) -> None:
        settings = make_settings(lint={"ignore": codes})
        text = lint_record(tmp_path, GREEN, settings=settings)
        told = text.splitlines()
        place = "plan/plan.yaml:11:7: "
        for one in said:
            assert text.startswith(f"{place}{one}")
        assert sum(line.startswith("plan/plan.yaml:") for line in told) == len(said)

    @pytest.mark.parametrize("code", ["kp303", "303", "KPX", "KP 3", "KP-3"])
    def test_a_code_of_another_form_is_no_setting(self, code: str, tmp_path: Path) -> None:
        settings = make_settings(lint={"ignore": [code]})
        assert (
            f"plan/plan.yaml:11:7: error KP108 lint.ignore[1] '{code}' is not written as it should "
            "be\n  hint: Write a code such as KP303, or its beginning: KP6.\n"
        ) in lint_record(tmp_path, GREEN, settings=settings)

    def test_a_comment_is_of_no_use_beside_the_settings(self, tmp_path: Path) -> None:
        settings = make_settings(lint={"ignore": ["KP303"]})
        assert lint_record(tmp_path, behind("ignore KP303 - why"), settings=settings) == ""

    def test_a_finding_about_a_file_that_is_gone_can_be_ignored(self, tmp_path: Path) -> None:
        settings = make_settings(lint={"ignore": ["KP507"]})
        assert lint_record(tmp_path, make_record(ref="REC3"), "REC3", settings=settings) == ""


class TestOfNoUse:
    def test_each_code_that_nothing_needs_is_told(self, tmp_path: Path) -> None:
        text = behind("ignore KP303, KP304, KP6 - why")
        assert lint_record(tmp_path, text) == f"5:13: {useless('KP304')}5:13: {useless('KP6')}"

    def test_it_is_told_of_a_comment_for_the_file(self, tmp_path: Path) -> None:
        text = f"{make_record()}# kimplan: ignore-file KP303 - why\n"
        assert lint_record(tmp_path, text) == f"9:1: {useless('KP303', 'in this file')}"

    def test_two_comments_for_one_finding_are_both_needed(self, tmp_path: Path) -> None:
        text = f"{behind('ignore KP303 - why')}# kimplan: ignore-file KP303 - why\n"
        assert lint_record(tmp_path, text) == ""

    @pytest.mark.parametrize("code", ["KP7", "KP702", "KP8", "KP803"])
    def test_codes_of_the_clock_and_of_changes_are_not_judged(
        self, code: str, tmp_path: Path
    ) -> None:
        text = behind(f"ignore {code} - why", make_record(), "2024-07")
        assert lint_record(tmp_path, text) == ""

    def test_a_code_of_the_clock_is_ignored_where_there_is_one(self, tmp_path: Path) -> None:
        text = make_record(due="2024-06")
        said = lint_record(tmp_path / "a", text, clock=Clock(AS_OF))
        assert "6:6: info KP702 REC1 falls due" in said
        text = behind("ignore KP702 - known to the Board", text, "2024-06")
        assert "KP702 REC1 " not in lint_record(tmp_path / "b", text, clock=Clock(AS_OF))

    def test_what_is_overdue_cannot_be_ignored(self, tmp_path: Path) -> None:
        text = behind("ignore KP701 - agreed with the Board", make_record(due="2024-04"), "2024-04")
        said = lint_record(tmp_path, text, clock=Clock(AS_OF))
        assert "6:6: error KP701 REC1 is overdue" in said
        assert "6:15: error KP013 KP701 cannot be ignored: " in said

    @pytest.mark.parametrize("broken", ["rag: [\n", "rag: blue\n", "due: x\n"])
    def test_a_file_that_cannot_be_understood_is_not_judged(
        self, broken: str, tmp_path: Path
    ) -> None:
        text = behind("ignore KP303 - why").replace("section: governance\n", broken)
        assert "KP012" not in lint_record(tmp_path, text)

    @pytest.mark.parametrize("name", ["settings", "owners"])
    def test_nothing_is_judged_while_what_all_depends_on_cannot_be_understood(
        self, name: str, tmp_path: Path
    ) -> None:
        text = behind("ignore KP203, KP401 - why", make_record(), "2024-07")
        files = {name: "a: [\n"}
        assert "KP012" not in lint_record(tmp_path, text, **files)  # type: ignore[arg-type]

    def test_the_settings_are_not_judged_while_a_record_cannot_be_understood(
        self, tmp_path: Path
    ) -> None:
        settings = make_settings(lint={"ignore": ["KP303"]})
        said = lint_record(tmp_path, GREEN.replace("REC1", "REC/1"), settings=settings)
        assert [line.split(" ")[2] for line in said.splitlines()[::2]] == ["KP108"]

    def test_a_sound_record_is_judged_beside_one_that_cannot_be_understood(
        self, tmp_path: Path
    ) -> None:
        records = companions() | {"REC1": behind("ignore KP304 - why"), "REC2": "a: [\n"}
        assert findings(tmp_path, records) == [
            "REC1.yaml:5:1: warning KP303 REC1 is green but has no evidence",
            "REC1.yaml:5:13: warning KP012 nothing here needs KP304 to be ignored",
            "REC2.yaml:1:4: error KP003 the [ that opens here is never closed",
        ]


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\u202e", "\ufffe", "\u2028"])
def test_a_character_that_no_plan_may_hold_does_not_stop_the_comments(
    bad: str, tmp_path: Path
) -> None:
    text = behind("ignore KP303 - why").replace("register of", f"register {bad} of")
    assert set(re.findall("KP[0-9]{3}", lint_record(tmp_path, text))) == {"KP107"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "comments",
    [
        "# kimplan: ignore KP303 - why\n" * 8_000,
        "# kimplan: ignore KP303\n" * 10_000,
        "# kimplan: ignore " + "KP303, KP304, " * 17_000 + "- why\n",
        "# kimplan: ignore " + "".join(f"KP{number:09}, " for number in range(17_000)) + "- why\n",
        "# kimplan: ignore KP" + "9" * 200_000 + " - why\n",
    ],
    ids=["useless", "without reason", "many codes", "unknown codes", "a long code"],
)
def test_a_file_full_of_comments_is_quick_and_its_findings_few(
    comments: str, tmp_path: Path
) -> None:
    plan = write_plan(tmp_path, records=small_records() | {"REC4": f"{GREEN}{comments}"})
    before = time.process_time()
    found = lint(plan).diagnostics
    assert time.process_time() - before < 5
    assert 1 < len(found) <= 105
    assert max(len(one.message) for one in found) < 300


def change(before: str, after: str, folder: Path) -> str:
    """Return what is said of a change of the record REC1 from `before` to `after`."""
    plan = write_plan(folder, records={"REC1": after})
    path = (plan / "recommendations" / "REC1.yaml").as_posix()
    earlier = load_bytes(path, before.encode(), Recommendation)
    base = Base("main", frozenset({path}), {path: earlier})
    result = lint(plan, clock=Clock(AS_OF, base))
    return "".join(f"{found.location.line}: {found.code}\n" for found in result.diagnostics)


class TestOfAChange:
    REASON = "  # kimplan: ignore KP803, KP303 - minuted by the Board"

    def test_an_exception_counts_for_the_change_that_brings_it(self, tmp_path: Path) -> None:
        before = make_record(due="2024-07")
        after = make_record(rag="green", due=None, evidence=None).replace(
            "rag: green", f"rag: green{self.REASON}"
        )
        assert "KP803" not in change(before, after, tmp_path)

    def test_it_does_not_excuse_a_later_change(self, tmp_path: Path) -> None:
        before = make_record(due="2024-07").replace("rag: amber", f"rag: amber{self.REASON}")
        after = make_record(rag="green", due=None, evidence=None).replace(
            "rag: green", f"rag: green{self.REASON}"
        )
        assert "5: KP803\n" in change(before, after, tmp_path)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("KP109", "The co\u00adoperation is open.  # kimplan: ignore-file KP109 - a name\n"),
    ],
)
def test_a_warning_of_reading_can_be_ignored(code: str, text: str, tmp_path: Path) -> None:
    record = make_record().replace("The register is being built.\n", text)
    assert code in lint_record(tmp_path / "a", record.replace("kimplan: ignore-file", "kimplan"))
    assert code not in lint_record(tmp_path / "b", record)
