"""A plan that rates by BRAG, from its first lint to its report: green is open, blue is complete."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, Ran, make_settings, write_file
from histories import History

DAY = ["--as-of", "2024-05-31"]
BRAG = {"ratings": {"scheme": "brag"}}
PROOF = ["--evidence", "Register=https://example.org/register"]
DONE = {"rag": "blue", "completed": "2024-04-12", "evidence": EVIDENCE}


class Brag:
    """A repository whose plan has each of the five ratings; green and amber are late."""

    def __init__(self, top: Path, scheme: str = "brag") -> None:
        self.history = History(top)
        self.set_scheme(scheme)
        complete = "blue" if scheme == "brag" else "green"
        self.history.record("REC1", **(DONE | {"rag": complete, "due": "2024-03"}))
        on_track = "green" if scheme == "brag" else "amber"
        self.history.record("REC2", rag=on_track, due="2024-04", owners=["Head of Repairs"])
        self.history.record("REC3", rag="amber", due="2024-03-15", owners=["Data Manager"])
        self.history.record("REC4", rag="red", due="2024-09", section="repairs")
        self.history.record("REC5", rag="not-applicable", due=None, section="repairs")
        self.history.commit("2024-05-01")

    def set_scheme(self, scheme: str) -> None:
        write_file(self.history.plan / "plan.yaml", make_settings(ratings={"scheme": scheme}))

    def cli(self, *arguments: str) -> Ran:
        return self.history.cli(*arguments)

    def data(self, *arguments: str) -> Any:
        return json.loads(self.cli(*arguments, "--format", "json").stdout)

    def text(self, ref: str) -> str:
        return self.history.path(ref).read_text(encoding="utf-8")

    def errors(self) -> list[tuple[str, str]]:
        """Return the errors of a check of what is not committed: ref and code."""
        said = self.cli("check", "--base", "HEAD", *DAY).stdout
        return re.findall(r"(\w+)\.yaml:\d+:\d+: error (KP\d+)", said)


@pytest.fixture
def brag(tmp_path: Path) -> Brag:
    return Brag(tmp_path / "r")


class TestAnswers:
    def test_lint_finds_nothing(self, brag: Brag) -> None:
        assert brag.cli("lint") == Ran(0, "No problems in 5 recommendations.\n", "")

    def test_green_is_listed_with_its_date_and_blue_as_compliant(self, brag: Brag) -> None:
        found = brag.data("list", *DAY)["recommendations"]
        assert [(one["ref"], one["rag"], one["label"], one["overdue"]) for one in found] == [
            ("REC1", "blue", "BLUE", False),
            ("REC2", "green", "GREEN", True),
            ("REC3", "amber", "AMBER", True),
            ("REC4", "red", "RED", False),
            ("REC5", "not-applicable", "Not Applicable", False),
        ]
        for filters in (["--rag", "green"], ["--rag", "Green,red", "--overdue"]):
            chosen = brag.data("list", *filters, *DAY)["recommendations"]
            assert [one["ref"] for one in chosen] == ["REC2"]
        for wanted in ("rag=green", "rag=GREEN"):
            assert "1 of 5" in brag.cli("list", "--where", wanted, *DAY).stdout
        said = brag.cli("list", "--rag", "pink", *DAY)
        assert said.code == 2
        assert "Known: blue, green, amber, red, not-applicable." in said.stderr

    def test_green_is_overdue(self, brag: Brag) -> None:
        said = brag.cli("overdue", *DAY).stdout
        total = "2 overdue on 31 May 2024: 1 green, 1 amber. The oldest is REC3, 77 days late."
        assert total in said.splitlines()
        assert "REC2" in brag.cli("overdue", "--rag", "green", *DAY).stdout
        nothing = brag.cli("overdue", "--rag", "blue,red", *DAY).stdout
        assert nothing == "Nothing blue or red is overdue on 31 May 2024.\n"

    def test_the_summary_has_each_of_the_five(self, brag: Brag) -> None:
        data = brag.data("summary", *DAY)
        assert data["ratings"] == {
            "blue": 1, "green": 1, "amber": 1, "red": 1, "not-applicable": 1,
        }  # fmt: skip
        assert (data["overdue"], data["compliant_percent"]) == (2, 25)
        assert [group["ratings"]["green"] for group in data["groups"]] == [1, 0]

    def test_the_schema_of_the_plan_has_its_words_and_asks_green_for_a_date(
        self, brag: Brag
    ) -> None:
        schema = json.loads(brag.cli("schema", "--plan", "plan").stdout)
        rag = schema["properties"]["rag"]
        assert rag["enum"] == ["blue", "green", "amber", "red", "not-applicable"]
        when_open = schema["allOf"][0]["if"]["properties"]["rag"]["enum"]
        assert when_open == ["green", "amber", "red"]
        brag.set_scheme("rag")
        schema = json.loads(brag.cli("schema", "--plan", "plan").stdout)
        assert schema["properties"]["rag"]["enum"] == ["green", "amber", "red", "not-applicable"]
        assert schema["allOf"][0]["if"]["properties"]["rag"]["enum"] == ["amber", "red"]

    def test_a_new_record_says_the_words_of_the_scheme(self, brag: Brag) -> None:
        made = brag.cli("new", "--section", "repairs", "--title", "More.", "--rag", "green")
        assert made.code == 0
        assert "error KP301 REC6 is green but has no due date" in made.stderr
        text = brag.text("REC6")
        assert "# red, amber, green, blue or not-applicable; for" in text
        assert "# The date that is promised, for green, amber and red:" in text


class TestUpdates:
    def test_blue_asks_for_evidence_and_is_completed(self, brag: Brag) -> None:
        refused = brag.cli("update", "REC2", "--rag", "blue", *DAY)
        assert refused.code == 1
        assert "blue asks for evidence, and there is none (KP803)" in refused.stderr
        assert brag.cli("update", "REC2", "--rag", "blue", *PROOF, *DAY).code == 0
        assert "rag: blue\n" in brag.text("REC2")
        assert "completed: 2024-05-31\n" in brag.text("REC2")
        assert "due: 2024-04\n" in brag.text("REC2")
        assert brag.errors() == []
        assert brag.data("changes", "--since", "HEAD", *DAY)["completed"] == ["REC2"]

    def test_to_green_is_no_completion(self, brag: Brag) -> None:
        assert brag.cli("update", "REC4", "--rag", "green", *DAY).code == 0
        assert "completed" not in brag.text("REC4")
        assert brag.errors() == []
        said = brag.cli("changes", "--since", "HEAD", *DAY).stdout
        assert "0 recommendations completed" in said
        assert "Better: 1" in said

    def test_green_without_a_date_is_refused(self, brag: Brag) -> None:
        refused = brag.cli("update", "REC5", "--rag", "green", *DAY)
        assert refused.code == 1
        assert "green needs a due date (KP301)" in refused.stderr

    def test_reopening_to_green_takes_the_completion_away(self, brag: Brag) -> None:
        said = brag.cli("update", "REC1", "--rag", "green", *DAY)
        assert said.code == 0
        assert "'completed' is taken away: green is not complete (KP306)." in said.stderr
        assert brag.errors() == [("REC1", "KP701")]
        assert "Worse: 1" in brag.cli("changes", "--since", "HEAD", *DAY).stdout

    def test_only_what_is_blue_is_completed_or_verified(self, brag: Brag) -> None:
        for option in (["--completed", "2024-05-30"], ["--verified-by", "Internal Audit"]):
            refused = brag.cli("update", "REC2", *option, *DAY)
            assert refused.code == 1
            assert "while it is green (KP306)" in refused.stderr
            assert "Give --rag blue as well." in refused.stderr

    def test_blue_is_no_rating_of_another_plan(self, brag: Brag) -> None:
        brag.set_scheme("rag")
        refused = brag.cli("update", "REC2", "--rag", "blue", *PROOF, *DAY)
        assert refused.code == 2
        assert "--rag 'blue' is not known" in refused.stderr
        assert "plan.yaml says ratings: {scheme: brag}." in refused.stderr

    @pytest.mark.parametrize(
        ("fields", "found"),
        [
            ({"rag": "blue", "due": "2024-04", "response": "Done."}, ["KP803"]),
            ({"rag": "blue", "due": None, "evidence": EVIDENCE}, ["KP801"]),
            ({"rag": "green", "due": "2024-11"}, ["KP801"]),
            ({"rag": "green", "due": None}, ["KP301", "KP801"]),
            ({"rag": "green", "due": "2024-04", "completed": "2024-05-02"}, ["KP306", "KP701"]),
            ({"rag": "not-applicable", "due": None}, ["KP801"]),
        ],
    )
    def test_nothing_is_lost_by_hand(
        self, brag: Brag, fields: dict[str, Any], found: list[str]
    ) -> None:
        brag.history.record("REC2", **{"owners": ["Head of Repairs"]} | fields)
        assert [code for _, code in sorted(brag.errors())] == found


class TestAnotherScheme:
    def test_what_keeps_its_green_would_be_open_again(self, tmp_path: Path) -> None:
        plan = Brag(tmp_path / "r", "rag")
        plan.set_scheme("brag")
        assert plan.errors() == [
            ("REC1", "KP807"), ("REC1", "KP701"), ("REC1", "KP306"),
        ]  # fmt: skip

    def test_what_was_green_becomes_blue_and_nothing_is_lost(self, tmp_path: Path) -> None:
        plan = Brag(tmp_path / "r", "rag")
        proof = {"verified": {"by": "Internal Audit", "on": "2024-04-20"}, "due": "2024-03"}
        plan.history.record("REC1", **(DONE | proof | {"rag": "green"}))
        plan.history.commit("2024-05-02")
        plan.set_scheme("brag")
        plan.history.record("REC1", **(DONE | proof))
        assert plan.errors() == []
        said = plan.cli("changes", "--since", "HEAD", *DAY).stdout
        assert "0 recommendations completed" in said
        assert "Rated otherwise: 1" in said

    def test_a_green_without_a_date_is_found_though_its_file_did_not_change(
        self, tmp_path: Path
    ) -> None:
        plan = Brag(tmp_path / "r", "rag")
        plan.history.record("REC1", rag="green", due=None, evidence=EVIDENCE)
        plan.history.commit("2024-05-02")
        plan.set_scheme("brag")
        assert plan.errors() == [("REC1", "KP301"), ("REC1", "KP807")]

    def test_what_was_on_track_is_not_complete_by_another_scheme(self, brag: Brag) -> None:
        brag.set_scheme("rag")
        brag.history.record("REC1", **(DONE | {"rag": "green", "due": "2024-03"}))
        assert brag.errors() == [("REC2", "KP803"), ("REC2", "KP807")]
        said = brag.cli("check", "--base", "HEAD", *DAY).stdout
        assert "REC2 went from green (on track) to green (complete) without evidence" in said
        brag.history.record("REC2", rag="amber", due="2024-04", owners=["Head of Repairs"])
        assert brag.errors() == [("REC2", "KP701")]

    def test_each_time_is_read_by_its_own_scheme(self, tmp_path: Path) -> None:
        plan = Brag(tmp_path / "r", "rag")
        plan.history.tag("before", "2024-05-01")
        plan.set_scheme("brag")
        plan.history.record("REC1", **(DONE | {"due": "2024-03"}))
        plan.history.record("REC2", rag="green", due="2024-04", owners=["Head of Repairs"])
        plan.history.commit("2024-05-20")
        then = plan.data("summary", "--at", "before", *DAY)
        assert then["ratings"] == {"green": 1, "amber": 2, "red": 1, "not-applicable": 1}
        changed = plan.data("changes", "--since", "before", *DAY)
        assert (changed["completed"], changed["newly_overdue"]) == ([], [])
        assert [(one["ref"], one["before"], one["after"]) for one in changed["changes"]] == [
            ("REC1", "green", "blue"),
            ("REC2", "amber", "green"),
        ]
        again = plan.data("changes", "--since", "before", "--until", "HEAD", *DAY)
        assert again["changes"] == changed["changes"]
        assert plan.history.told("REC1") == [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-20 A. Tester REC1: RAG rating green to blue",
        ]
        assert plan.history.told("REC2")[1:] == [
            "2024-05-20 A. Tester REC2: RAG rating amber to green"
        ]


class TestReport:
    def test_it_is_written_and_verified(self, brag: Brag) -> None:
        made = brag.cli("report", *DAY, "--output", "../board.docx")
        assert made == Ran(
            0,
            "Wrote ../board.docx: 5 recommendations, 1 blue, 1 green (1 overdue), "
            "1 amber (1 overdue), 1 red, 1 not applicable.\n",
            "",
        )
        verified = brag.cli("verify", "../board.docx")
        assert verified.code == 0
        assert "says what the plan said" in verified.stdout

    def test_it_is_verified_by_the_scheme_of_its_commit(self, brag: Brag) -> None:
        assert brag.cli("report", *DAY, "--output", "../board.docx").code == 0
        brag.set_scheme("rag")
        brag.history.record("REC1", **(DONE | {"rag": "green", "due": "2024-03"}))
        brag.history.record("REC2", rag="amber", due="2024-04", owners=["Head of Repairs"])
        brag.history.commit("2024-05-20")
        assert brag.cli("verify", "../board.docx").code == 0
