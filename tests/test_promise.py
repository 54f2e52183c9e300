"""The promise holds: a date, a deed or a proof that changes is seen, whatever way it takes.

Each test makes a repository whose branch ``main`` holds a sound plan, and changes it on a branch.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    Ran,
    git,
    make_owners,
    make_settings,
    to_yaml,
    write_file,
)
from histories import History

CHECK_DAY = "2024-06-01"
PROOF = [{"title": "Minutes of May", "link": "https://example.org/minutes"}]
MOVE = {"from": "2024-09", "to": "2025-09", "reason": "The supplier left.", "on": "2024-05-20"}
NOTES = {
    "old": {"on": "2024-04-02", "note": "The plan was agreed."},
    "mine": {"on": "2024-05-03", "note": "The form is drafted."},
    "theirs": {"on": "2024-05-10", "note": "The form was read by residents."},
}
DETAIL = """\
Particularly:

- temporary vulnerabilities
- permanent vulnerabilities that no longer apply
- what a resident asks to be removed
"""


class Case(History):
    """A repository with one amber record due in September 2024, and a branch for the change."""

    def __init__(self, top: Path, **fields: Any) -> None:
        super().__init__(top)
        settings = make_settings(
            sections=[{"id": "governance", "title": "Governance"}],
            source={"title": "Spotlight report", "published": "2023-05"},
        )
        write_file(self.plan / "plan.yaml", settings)
        roles = make_owners("Company Secretary", "Head of Repairs")
        write_file(self.plan / "owners.yaml", roles)
        self.write("REC1", **fields)

    def write(self, ref: str, **fields: Any) -> None:
        valid = {"due": "2024-09", "owners": ["Company Secretary", "Head of Repairs"]}
        self.record(ref, **(valid | fields))

    def begin(self, day: str = "2024-05-01") -> None:
        """Commit the state before, and begin the branch of the change."""
        self.commit(day)
        git(self.top, "checkout", "--quiet", "-b", "change")

    def merge(self) -> None:
        """Make the change the state before of the next one."""
        self.commit("2024-05-25")
        git(self.top, "checkout", "--quiet", "main")
        git(self.top, "merge", "--quiet", "--ff-only", "change")
        git(self.top, "checkout", "--quiet", "change")

    def check(self, *more: str, day: str = CHECK_DAY) -> Ran:
        return self.cli("check", "--base", "main", "--as-of", day, *more)

    def codes(self, *more: str, day: str = CHECK_DAY) -> tuple[int, list[tuple[str, str]]]:
        """Return the exit code and the errors and warnings by code of a check of the change."""
        ran = self.check("--format", "json", *more, day=day)
        found = json.loads(ran.stdout)["diagnostics"]
        return ran.code, [
            (one["severity"], one["code"]) for one in found if one["severity"] != "info"
        ]

    def data(self, *arguments: str) -> Any:
        ran = self.cli(*arguments, "--format", "json")
        assert ran.code == 0, ran.stderr
        return json.loads(ran.stdout)

    def value(self, ref: str = "REC1") -> str:
        return self.path(ref).read_text(encoding="utf-8")


def errors(found: tuple[int, list[tuple[str, str]]]) -> list[str]:
    return [code for severity, code in found[1] if severity == "error"]


class TestTheDatePromised:
    @pytest.mark.parametrize("closed", ["green", "not-applicable"])
    def test_p1_p2_it_outlives_a_closed_record(self, tmp_path: Path, closed: str) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        proof = ["--evidence", "Draft"] if closed == "green" else []
        day = ["--as-of", "2024-05-20"]
        assert case.cli("update", "REC1", "--rag", closed, *proof, *day).code == 0
        assert "due: 2024-09\n" in case.value()
        assert errors(case.codes()) == []
        case.merge()
        asked = case.cli("update", "REC1", "--rag", "amber", "--due", "2025-09", *day)
        assert asked.code == 1
        assert "--reason" in asked.stderr
        reason = ["--reason", "The draft was no answer.", *day]
        done = case.cli("update", "REC1", "--rag", "amber", "--due", "2025-09", *reason)
        assert done.code == 0, done.stderr
        assert errors(case.codes()) == []
        shown = case.data("show", "REC1", "--as-of", CHECK_DAY)["recommendations"][0]
        assert (shown["first_agreed"], shown["slipped_days"]) == ("2024-09", 365)

    @pytest.mark.parametrize("closed", ["green", "not-applicable"])
    def test_p1_p2_by_hand(self, tmp_path: Path, closed: str) -> None:
        case = Case(tmp_path / "r", rag=closed, evidence=PROOF)
        case.begin()
        case.write("REC1", due="2025-09", evidence=PROOF)
        assert errors(case.codes()) == ["KP801"]
        case.write("REC1", due="2025-09", evidence=PROOF, revisions=[MOVE])
        assert errors(case.codes()) == []

    @pytest.mark.parametrize("rag", ["green", "not-applicable", "red"])
    def test_p3_it_is_not_taken_away(self, tmp_path: Path, rag: str) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", rag=rag, due=None, evidence=PROOF)
        assert "KP801" in errors(case.codes())


def action(**fields: Any) -> dict[str, Any]:
    return {"title": "Publish the form", "owner": "Head of Repairs", "due": "2024-02"} | fields


class TestSubActions:
    def test_p4_an_overdue_one_is_seen_everywhere(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", owners=["Company Secretary"], actions=[action()])
        handles = [
            {"role": "Company Secretary", "handle": "@secretary"},
            {"role": "Head of Repairs", "handle": "@repairs"},
        ]
        write_file(case.plan / "owners.yaml", to_yaml({"owners": handles}))
        case.commit()
        day = ("--as-of", CHECK_DAY)
        late = case.cli("overdue", *day).stdout
        assert "Publish the form" in late
        assert "Head of Repairs" in late
        assert " 93 " in late
        assert "Nothing is overdue" not in late
        checked = case.cli("check", *day)
        assert checked.code == 1
        assert "KP705" in checked.stdout
        listed = case.data("list", "--owner", "repairs", *day)["recommendations"]
        assert [item["ref"] for item in listed] == ["REC1"]
        owned = case.cli("codeowners", "--output", "-").stdout
        assert "REC1.yaml" in owned
        assert "@repairs" in next(line for line in owned.splitlines() if "REC1.yaml" in line)
        groups = case.data("summary", "--by", "owner", *day)["groups"]
        repairs = next(group for group in groups if group["name"] == "Head of Repairs")
        assert (repairs["total"], repairs["overdue_actions"]) == (0, 1)
        found = case.data("overdue", "--by", "owner", *day)
        assert found["groups"] == [{"name": "Head of Repairs", "overdue": ["REC1"]}]
        assert [(one["action"], one["days_left"]) for one in found["overdue"]] == [
            ("Publish the form", -93)
        ]
        overdue = case.data("list", "--overdue", *day)["recommendations"]
        assert [item["ref"] for item in overdue] == ["REC1"]
        assert "February 2024, 93 days late" in " ".join(
            case.cli("show", "REC1", *day).stdout.split()
        )

    @pytest.mark.parametrize("rag", ["green", "not-applicable"])
    def test_p5_a_closed_record_has_no_open_one(self, tmp_path: Path, rag: str) -> None:
        case = Case(tmp_path / "r", rag=rag, evidence=PROOF, actions=[action(due="2024-08")])
        case.commit()
        ran = case.cli("lint")
        assert (ran.code, "KP307" in ran.stdout) == (1, True)

    def test_p6_its_date_moves_with_a_reason_only(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", due="2025-09", actions=[action(due="2024-07")])
        case.begin()
        case.write("REC1", due="2025-09", actions=[action(due="2025-05")])
        assert errors(case.codes()) == ["KP801"]
        move = {"from": "2024-07", "to": "2025-05", "reason": "Staff left.", "on": "2024-05-20"}
        case.write("REC1", due="2025-09", actions=[action(due="2025-05", revisions=[move])])
        assert errors(case.codes()) == []
        changed = case.cli("changes", "--since", "main", "--as-of", CHECK_DAY).stdout
        assert "1 date moved" in changed

    def test_p7_it_is_not_later_than_its_recommendation(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", actions=[action(due="2024-12")])
        case.commit()
        ran = case.cli("lint")
        assert (ran.code, "warning KP208" in ran.stdout) == (0, True)


GREEN = {
    "rag": "green",
    "evidence": PROOF,
    "completed": "2024-02-20",
    "verified": {"by": "Internal Audit", "on": "2024-03-01"},
}


class TestWhatWasVerifiedAndProved:
    def test_p8_it_stays_or_is_verified_again(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", **GREEN)
        case.begin()
        other = {"response": "Nothing was built after all."}
        case.write("REC1", **(GREEN | other))
        assert errors(case.codes()) == ["KP806"]
        again = {"verified": {"by": "Internal Audit", "on": "2024-05-20"}}
        case.write("REC1", **(GREEN | other | again))
        assert errors(case.codes()) == []
        case.write("REC1", **(GREEN | other | {"verified": None}))
        assert errors(case.codes()) == []
        case.write("REC1", **(GREEN | {"verified": None}))
        assert errors(case.codes()) == ["KP802"]

    def test_p9_evidence_does_not_vanish(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="green", evidence=PROOF)
        case.begin()
        case.write("REC1", rag="green")
        assert errors(case.codes()) == ["KP803"]

    def test_p10_the_day_of_completion_does_not_move(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="green", evidence=PROOF, completed="2024-03-01")
        case.begin()
        case.write("REC1", rag="green", evidence=PROOF, completed="2023-06-01")
        assert errors(case.codes()) == ["KP802"]


class TestFactsAndTheGate:
    def test_p11_a_fact_is_not_in_the_future(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="green", evidence=PROOF, completed="2024-12-01")
        case.write("REC2", progress=[{"on": "2029-06-02", "note": "It goes on."}])
        case.commit()
        ran = case.cli("check", "--as-of", CHECK_DAY)
        assert (ran.code, ran.stdout.count("KP706")) == (1, 2)
        assert "KP704" in ran.stdout

    def test_p11_no_report_of_today_holds_one(self, tmp_path: Path) -> None:
        # Far from today, whenever that is, and no further than a plan's dates may lie.
        case = Case(tmp_path / "r", rag="green", evidence=PROOF, completed="2099-12-01")
        sections = [{"id": "governance", "title": "Governance"}]
        write_file(case.plan / "plan.yaml", make_settings(sections=sections))
        case.commit()
        for day in (("--as-of", "2099-11-30"), ()):
            ran = case.cli("report", *day, "--output", "board.docx")
            assert (ran.code, ran.stdout) == (1, "")
            assert "REC1.yaml:13:12: error KP706 completed on 1 December 2099" in ran.stderr
            assert ran.stderr.endswith(
                "kimplan: no report was written, because facts are not in the future\n"
            )
        assert not (case.top / "board.docx").exists()
        for when in ("2099-12-01", CHECK_DAY):
            assert case.cli("report", "--as-of", when, "--output", "board.docx").code == 0

    @pytest.mark.parametrize("how", ["no git", "no repository"])
    def test_p12_no_comparison_is_no_pass(self, tmp_path: Path, how: str) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", due="2025-12")
        empty = tmp_path / "empty"
        empty.mkdir()
        if how == "no git":
            ran = case.cli("check", "--base", "main", "--as-of", CHECK_DAY, PATH=str(empty))
        else:
            (case.top / ".git").rename(empty / "elsewhere")
            ran = case.check()
        assert ran.code == 2
        assert ran.stderr

    def test_p13_updating_is_not_punished(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", due="2024-02")
        case.begin()
        case.write("REC1", due="2024-02", progress=[NOTES["theirs"]])
        code, found = case.codes()
        assert (code, ("warning", "KP701") in found) == (0, True)
        write_file(case.plan / "owners.yaml", make_owners("Company Secretary", "Head of Homes"))
        case.write("REC1", due="2024-02", owners=["Company Secretary", "Head of Homes"])
        code, found = case.codes()
        assert (code, ("warning", "KP701") in found) == (0, True)

    def test_p13_a_promise_touched_counts(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", due="2024-02")
        case.begin()
        case.write("REC1", due="2024-01")
        assert "KP701" in errors(case.codes())
        case.write("REC1", due="2024-02", rag="red")
        assert "KP701" in errors(case.codes())
        case.write("REC1", due="2024-02")
        case.write("REC2", due="2024-02")
        assert errors(case.codes()) == ["KP701"]

    @pytest.mark.parametrize("order", [("mine", "theirs"), ("theirs", "mine")])
    def test_p14_two_branches_add_a_note_each(self, tmp_path: Path, order: tuple[str, ...]) -> None:
        case = Case(tmp_path / "r", progress=[NOTES["old"]])
        case.begin()
        git(case.top, "checkout", "--quiet", "main")
        case.write("REC1", progress=[NOTES["old"], NOTES["theirs"]])
        case.commit("2024-05-10")
        git(case.top, "checkout", "--quiet", "change")
        case.write("REC1", progress=[NOTES["old"], NOTES["mine"]])
        case.commit("2024-05-03")
        case.save(["merge", "--quiet", "--no-commit", "-s", "ours", "main"], "2024-05-11")
        both = [NOTES["old"], *(NOTES[name] for name in order)]
        case.write("REC1", progress=both)
        case.save(["commit", "--quiet", "-am", "Merge"], "2024-05-11")
        assert case.codes() == (0, [])


class TestOneAnswer:
    def test_p15_a_name_means_one_thing(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", rag="red")
        case.commit("2024-05-20")
        git(case.top, "tag", "main")
        for arguments in (
            ("changes", "--since", "main"),
            ("changes", "--since", "HEAD~1", "--until", "main"),
            ("check", "--base", "main"),
            ("report", "--since", "main"),
            ("overdue", "--at", "main"),
        ):
            ran = case.cli(*arguments)
            assert ran.code == 2, arguments
            assert "more than one thing" in ran.stderr or "two things" in ran.stderr, arguments
        assert case.cli("changes", "--since", "refs/heads/main").code == 0

    def test_p16_a_renumbered_record(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.write("REC6", detail=DETAIL)
        case.begin()
        git(case.top, "mv", "plan/recommendations/REC6.yaml", "plan/recommendations/REC60.yaml")
        reworded = DETAIL.replace("temporary", "passing")
        case.write("REC60", detail=reworded, title="Do what REC6 says.")
        case.commit("2024-05-20")
        checked = case.check().stdout
        assert "REC6 was renumbered: it is REC60 now" in checked
        assert "removed" not in checked
        data = case.data("changes", "--since", "main", "--as-of", CHECK_DAY)
        assert "renumbered" in [change["what"] for change in data["changes"]]
        assert not {"added", "removed"} & {change["what"] for change in data["changes"]}
        story = case.data("history", "REC60")["entries"]
        assert len(story) == 2
        assert "renumbered" in [change["what"] for change in story[-1]["changes"]]

    def test_p17_two_records_exchange_their_refs(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.write("REC2", rag="green", evidence=PROOF)
        case.begin()
        one, two = case.value("REC1"), case.value("REC2")
        write_file(case.path("REC2"), one.replace("ref: REC1", "ref: REC2"))
        write_file(case.path("REC1"), two.replace("ref: REC2", "ref: REC1"))
        case.commit("2024-05-20")
        code, found = case.codes()
        assert (code, sorted({one[1] for one in found if one[0] == "error"})) == (1, ["KP804"])
        assert len([one for one in found if one[0] == "error"]) == 2
        data = case.data("changes", "--since", "main", "--as-of", CHECK_DAY)
        assert [change["what"] for change in data["changes"]] == ["renumbered", "renumbered"]
        entries = case.data("history")["entries"][-2:]
        assert [c["what"] for e in entries for c in e["changes"]] == ["renumbered", "renumbered"]

    def test_p18_bullets_are_the_same_words(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", detail=DETAIL)
        case.begin()
        case.write("REC1", detail=DETAIL.replace("- ", "* "))
        case.commit("2024-05-20")
        assert errors(case.codes()) == []
        data = case.data("changes", "--since", "main", "--as-of", CHECK_DAY)
        assert data["changes"] == []
        assert len(case.data("history", "REC1")["entries"]) == 1

    def test_p19_a_first_promise(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", rag="green", due=None, evidence=PROOF)
        case.begin()
        case.write("REC1", due="2024-12", evidence=PROOF)
        case.commit("2024-05-20")
        assert errors(case.codes()) == []
        changed = case.cli("changes", "--since", "main", "--as-of", CHECK_DAY).stdout
        assert "0 dates moved" in changed
        assert "first promised" in changed.casefold()
        told = case.cli("history", "REC1").stdout
        assert "first promised" in told.casefold()
        assert case.data("history", "REC1")["moves"] == 0


class TestWhatTheMergeDecided:
    def test_p20_what_was_thrown_away_did_not_move(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", due="2025-09", revisions=[MOVE])
        case.commit("2024-05-20")
        git(case.top, "checkout", "--quiet", "main")
        case.write("REC1", rag="red")
        case.commit("2024-05-21")
        case.save(["merge", "--quiet", "-s", "ours", "-m", "Keep", "change"], "2024-05-22")
        data = case.data("history", "REC1")
        assert (data["moves"], data["slipped_days"]) == (0, 0)
        assert "never moved" in case.cli("history", "REC1").stdout

    def test_p21_a_conflict_that_kept_the_file(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.write("REC2")
        case.begin()
        case.path("REC2").unlink()
        case.commit("2024-05-20")
        git(case.top, "checkout", "--quiet", "main")
        case.write("REC2", rag="red")
        case.commit("2024-05-21")
        case.save(["merge", "--quiet", "--no-commit", "-s", "ours", "change"], "2024-05-22")
        case.save(["commit", "--quiet", "-m", "Keep the file"], "2024-05-22")
        told = [c["what"] for e in case.data("history", "REC2")["entries"] for c in e["changes"]]
        assert told[-1] != "removed"

    def test_p22_a_picked_and_merged_move_counts_once(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.begin()
        case.write("REC1", due="2025-09", revisions=[MOVE])
        picked = case.commit("2024-05-20")
        case.write("REC1", due="2025-09", revisions=[MOVE], progress=[NOTES["theirs"]])
        case.commit("2024-05-21")
        git(case.top, "checkout", "--quiet", "main")
        case.write("REC3")
        case.commit("2024-05-21")
        case.save(["cherry-pick", picked], "2024-05-22")
        case.save(["merge", "--quiet", "-X", "theirs", "-m", "Merge", "change"], "2024-05-23")
        assert case.data("history", "REC1")["moves"] == 1


class TestEdits:
    def test_p23_a_comment_stays(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        text = case.value().replace("due: 2024-09\n", "due: 2024-09\n  # agreed with the Board\n")
        write_file(case.path("REC1"), text)
        case.begin()
        day = ("--as-of", "2024-05-20")
        assert case.cli("update", "REC1", "--rag", "green", "--evidence", "X", *day).code == 0
        assert "  # agreed with the Board\n" in case.value()

    def test_p24_a_value_below_its_key(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        write_file(case.path("REC1"), case.value().replace("rag: amber\n", "rag:\n  amber\n"))
        case.begin()
        reason = ("--no-evidence", "A change of practice, minuted by the Board.")
        ran = case.cli("update", "REC1", "--rag", "green", *reason, "--as-of", "2024-05-20")
        assert ran.code == 0, ran.stderr
        assert case.codes() == (0, [])


class TestDayAndState:
    def test_p25_facts_later_than_the_clock_are_said(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r")
        case.commit("2024-05-01")
        case.write("REC1", rag="green", evidence=PROOF, completed="2024-06-20")
        case.commit("2024-06-21")
        day = ("--as-of", "2024-05-31")
        for command in ("overdue", "summary", "list"):
            said = case.cli(command, *day).stdout
            assert "20 June 2024" in " ".join(said.split()), command
        assert "later than 31 May 2024" in " ".join(case.cli("summary", *day).stdout.split())
        assert case.data("summary", *day)["ratings"]["green"] == 1
        for at in ("2024-05-31", "HEAD~1"):
            then = case.data("summary", "--at", at)
            assert then["ratings"]["green"] == 0
        assert case.data("summary", "--at", "2024-05-31")["as_of"] == "2024-05-31"
        assert case.cli("report", *day, "--output", "then.docx").code == 0
        assert case.cli("report", "--at", "2024-05-31", "--output", "at.docx").code == 0
        assert case.cli("verify", "then.docx").code == 0
        assert case.cli("verify", "at.docx").code == 0

    def test_p26_a_mark_has_a_day(self, tmp_path: Path) -> None:
        case = Case(tmp_path / "r", due="2024-07")
        case.commit("2024-06-20")
        case.save(["tag", "-a", "papers", "-m", "Papers"], "2024-08-20")
        case.save(["tag", "plain"], "2024-08-20")
        case.write("REC2", due="2024-08")
        case.commit("2024-08-25")
        day = ("--as-of", "2024-09-20")
        data = case.data("changes", "--since", "papers", *day)
        assert data["since"]["day"] == "2024-08-20"
        assert data["newly_overdue"] == ["REC2"]
        light = case.cli("changes", "--since", "plain", *day)
        assert "20 June 2024" in light.stderr


class TestCodeowners:
    def two_plans(self, tmp_path: Path) -> Case:
        case = Case(tmp_path / "r")
        owners = [{"role": role, "handle": "@all"} for role in ("Company Secretary",)]
        owners.append({"role": "Head of Repairs", "handle": "@repairs"})
        write_file(case.plan / "owners.yaml", to_yaml({"owners": owners}))
        other = case.top / "other" / "plan"
        (other / "recommendations").mkdir(parents=True)
        for path in case.plan.rglob("*.yaml"):
            write_file(other / path.relative_to(case.plan), path.read_bytes())
        case.commit()
        return case

    def test_p27_two_plans_keep_their_blocks(self, tmp_path: Path) -> None:
        case = self.two_plans(tmp_path)
        for plan in ("plan", "other/plan", "plan"):
            assert case.cli("codeowners", "--plan", plan).code == 0
        text = (case.top / "CODEOWNERS").read_text(encoding="utf-8")
        assert "/plan/recommendations/REC1.yaml" in text
        assert "/other/plan/recommendations/REC1.yaml" in text
        for plan in ("plan", "other/plan"):
            assert case.cli("codeowners", "--check", "--plan", plan).code == 0

    def test_p28_a_later_line_overrides(self, tmp_path: Path) -> None:
        case = self.two_plans(tmp_path)
        assert case.cli("codeowners", "--plan", "plan").code == 0
        file = case.top / "CODEOWNERS"
        write_file(file, file.read_text(encoding="utf-8") + "/plan/ @secretary\n")
        ran = case.cli("codeowners", "--check", "--plan", "plan")
        assert ran.code == 1
        assert "/plan/ @secretary" in ran.stdout + ran.stderr
