"""What the history tells, held against the truth of repositories whose history is known."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, git, make_record, write_file
from histories import MOVED, MOVED_AGAIN, TITLES, History, changes_of

from kimplan.changes.fields import Kind
from kimplan.errors import KimplanError
from kimplan.git.process import GitError
from kimplan.history.timeline import tell
from kimplan.snapshot.checkout import find_checkout

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
GREEN: dict[str, Any] = {"rag": "green", "due": None, "evidence": EVIDENCE}
LATER = "completion date July 2024 to September 2024, 61 days later: Staff left."


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def slipped(history: History, ref: str = "REC1") -> tuple[str, str]:
    story = history.story(ref)
    return str(story.first), str(story.last)


class TestOneLine:
    def test_each_change_has_its_day_and_its_author(self, history: History) -> None:
        history.record()
        history.commit("2024-05-01", "Company Secretary")
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20", "Head of Repairs")
        history.record(due="2024-09", revisions=[MOVED], rag="red", owners=["Data Manager"])
        history.commit("2024-06-01")
        history.record(**GREEN, revisions=[MOVED], owners=["Data Manager"], response="Done.")
        last = history.commit("2024-07-01")
        assert history.told("REC1") == [
            "2024-05-01 Company Secretary REC1: added",
            f"2024-05-20 Head of Repairs REC1: {LATER}",
            "2024-06-01 A. Tester REC1: RAG rating amber to red, "
            "Owner added: Data Manager; taken away: Company Secretary",
            "2024-07-01 A. Tester REC1: RAG rating red to green, completion date taken away, "
            "Evidence added: Register, response reworded",
        ]
        assert history.story("REC1").entries[-1].commit == last
        assert slipped(history) == ("July 2024", "September 2024")

    def test_a_move_earlier_is_negative(self, history: History) -> None:
        history.record(due="2024-07")
        history.commit()
        history.record(due="2024-05-31")
        history.commit()
        change = changes_of(history.story("REC1"))[-1]
        assert (change.kind, change.before, change.after, change.days) == (
            Kind.DUE, "July 2024", "31 May 2024", -61,
        )  # fmt: skip

    def test_the_day_is_that_of_the_plans_time_zone(self, history: History) -> None:
        history.record()
        git(history.top, "add", "--all")
        history.save(["commit", "--quiet", "-m", "x"], "2024-06-30T23:30:00+00:00")
        place = find_checkout(history.plan)
        days = [
            tell(history.plan, place, None, zone).entries[0].day
            for zone in ("Europe/London", "America/New_York")
        ]
        assert [str(day) for day in days] == ["2024-07-01", "2024-06-30"]

    def test_a_revert_is_a_move_back(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20")
        history.save(["revert", "--no-edit", "HEAD"], "2024-05-21")
        assert history.told("REC1")[1:] == [
            f"2024-05-20 A. Tester REC1: {LATER}",
            "2024-05-21 A. Tester REC1: completion date September 2024 to July 2024, "
            "61 days earlier, revisions taken away",
        ]
        assert slipped(history) == ("July 2024", "July 2024")

    def test_a_rewritten_revision_is_told(self, history: History) -> None:
        history.record(due="2024-09", revisions=[MOVED])
        history.commit()
        history.record(due="2024-09", revisions=[MOVED | {"reason": "The board asked."}])
        history.commit("2024-05-21")
        change = changes_of(history.story("REC1"))[-1]
        assert (change.kind, change.before, change.after) == (
            Kind.REVISION,
            "July 2024 to September 2024 (20 May 2024): Staff left.",
            "July 2024 to September 2024 (20 May 2024): The board asked.",
        )

    def test_the_records_of_a_commit_stand_in_the_order_of_their_refs(
        self, history: History
    ) -> None:
        for ref in ("REC10", "REC9", "B"):
            history.record(ref)
        history.commit()
        assert [entry.ref for entry in history.story().entries] == ["B", "REC9", "REC10"]

    def test_other_files_are_not_told(self, history: History) -> None:
        history.record()
        history.commit()
        write_file(history.top / "README.md", "Hello.\n")
        write_file(history.plan / "recommendations" / "notes.txt", "Hello.\n")
        write_file(history.plan / "recommendations" / ".hidden.yaml", make_record())
        history.commit()
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]


class TestReopened:
    def test_the_date_before_the_green_is_what_a_new_date_is_held_against(
        self, history: History
    ) -> None:
        history.record(due="2024-03")
        history.commit()
        history.record(**GREEN)
        history.commit()
        history.record(due="2024-09")
        history.commit("2024-06-01")
        assert history.told("REC1")[-1] == (
            "2024-06-01 A. Tester REC1: RAG rating green to amber, completion date March 2024 to "
            "September 2024, 183 days later, Evidence taken away: Register"
        )
        assert slipped(history) == ("March 2024", "September 2024")

    def test_the_same_date_again_is_no_move(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(**GREEN)
        history.commit()
        history.record()
        history.commit("2024-06-01")
        assert "completion date put back: July 2024" in history.told("REC1")[-1]

    def test_who_deletes_a_record_and_brings_it_back_does_not_hide_its_move(
        self, history: History
    ) -> None:
        history.record()
        history.commit()
        history.path("REC1").unlink()
        history.commit("2024-05-02")
        history.record(due="2024-09")
        history.commit("2024-05-03")
        expected = [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 A. Tester REC1: removed",
            "2024-05-03 A. Tester REC1: added, completion date July 2024 to September 2024, "
            "61 days later",
        ]
        assert history.told("REC1") == expected
        assert history.told() == expected
        assert slipped(history) == ("July 2024", "September 2024")

    def test_a_removed_record_keeps_its_story(self, history: History) -> None:
        history.record()
        history.record("REC2")
        history.commit()
        history.path("REC1").unlink()
        history.commit("2024-05-02")
        assert history.told("rec1") == [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 A. Tester REC1: removed",
        ]


class TestRenamed:
    @pytest.mark.parametrize("due", ["2024-07", "2024-09"])
    def test_a_record_is_followed_to_its_earlier_name(self, due: str, history: History) -> None:
        history.record("REC9", title=TITLES["REC1"])
        history.commit()
        history.path("REC9").unlink()
        history.record("REC1", due=due)
        history.commit("2024-05-02")
        moved = ", completion date July 2024 to September 2024, 61 days later"
        assert history.told("REC1") == [
            "2024-05-01 A. Tester REC9: added",
            "2024-05-02 A. Tester REC1: renumbered from REC9 to REC1"
            + (moved if due == "2024-09" else ""),
        ]
        assert history.told("REC9") == history.told("REC1")

    def test_a_chain_of_names(self, history: History) -> None:
        refs = ["REC7", "REC8", "REC9", "REC1"]
        for number, ref in enumerate(refs):
            for path in (history.plan / "recommendations").iterdir():
                path.unlink()
            history.record(ref, title="The same words.", due=f"2024-0{number + 1}")
            history.commit(f"2024-05-0{number + 1}")
        told = history.told("REC1")
        assert [line.split()[3] for line in told] == ["REC7:", "REC8:", "REC9:", "REC1:"]
        assert slipped(history) == ("January 2024", "April 2024")

    def test_a_name_used_before_by_another_record_is_not_its_story(self, history: History) -> None:
        history.record("REC1", title="Other words, of long ago.", due="2023-01")
        history.record("REC9", title=TITLES["REC1"])
        history.commit("2024-05-01")
        history.path("REC1").unlink()
        history.commit("2024-05-02")
        git(history.top, "mv", str(history.path("REC9")), str(history.path("REC1")))
        history.record("REC1")
        history.commit("2024-05-03")
        assert history.told("REC1") == [
            "2024-05-01 A. Tester REC9: added",
            "2024-05-03 A. Tester REC1: renumbered from REC9 to REC1",
        ]
        assert slipped(history) == ("July 2024", "July 2024")

    def test_a_record_that_went_and_another_that_came_are_two(self, history: History) -> None:
        history.record("REC8", due="2023-01")
        history.commit()
        history.path("REC8").unlink()
        history.record("REC9")
        history.commit("2024-05-02")
        removed = "2024-05-02 A. Tester REC8: removed"
        added = "2024-05-02 A. Tester REC9: added"
        assert history.told() == ["2024-05-01 A. Tester REC8: added", removed, added]
        assert history.told("REC9") == [added]
        assert history.told("REC8") == ["2024-05-01 A. Tester REC8: added", removed]
        assert slipped(history, "REC9") == ("July 2024", "July 2024")

    def test_a_record_renamed_on_one_branch_and_moved_on_another(self, history: History) -> None:
        history.record("REC9", title=TITLES["REC1"], response="One.\n\nTwo.\n")
        history.commit()
        git(history.top, "checkout", "--quiet", "-b", "side")
        history.record("REC9", title=TITLES["REC1"], due="2024-09", response="One.\n\nTwo.\n")
        history.commit("2024-05-03", "Side")
        git(history.top, "checkout", "--quiet", "main")
        git(history.top, "mv", str(history.path("REC9")), str(history.path("REC1")))
        text = history.path("REC1").read_text(encoding="utf-8")
        write_file(history.path("REC1"), text.replace("REC9", "REC1"))
        history.commit("2024-05-02", "Main")
        history.save(["merge", "--quiet", "--no-edit", "side"], "2024-05-04", "Merger")
        expected = [
            "2024-05-01 A. Tester REC9: added",
            "2024-05-02 Main REC1: renumbered from REC9 to REC1",
            "2024-05-03 Side REC9: completion date July 2024 to September 2024, 61 days later",
        ]
        assert history.told("REC1") == expected
        assert history.told() == expected

    @pytest.mark.parametrize("is_edited", [False, True])
    def test_the_folder_of_the_plan_was_moved(self, is_edited: bool, history: History) -> None:
        for ref in TITLES:
            history.record(ref)
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20")
        (history.top / "board").mkdir()
        git(history.top, "mv", "plan", "board/plan")
        history.plan = history.top / "board" / "plan"
        if is_edited:
            history.record(due="2024-12", revisions=[MOVED, MOVED_AGAIN])
        history.commit("2024-08-20")
        again = (
            "2024-08-20 A. Tester REC1: completion date September 2024 to December 2024, "
            "92 days later: Still short."
        )
        expected = [
            "2024-05-01 A. Tester REC1: added",
            f"2024-05-20 A. Tester REC1: {LATER}",
            *([again] if is_edited else []),
        ]
        assert history.told("REC1") == expected
        assert [line for line in history.told() if "REC1" in line] == expected
        assert len(history.told()) == len(expected) + 2


class TestMerged:
    def fork(self, history: History, side: dict[str, Any], main: dict[str, Any]) -> None:
        history.record(due="2024-03")
        history.commit()
        git(history.top, "checkout", "--quiet", "-b", "side")
        history.record(**({"due": "2024-03"} | side))
        history.commit("2024-05-03", "Side")
        git(history.top, "checkout", "--quiet", "main")
        history.record(**({"due": "2024-03"} | main))
        history.commit("2024-05-02", "Main")

    def merge(self, history: History, **fields: Any) -> None:
        """Merge the branch to what the fields say, whatever git would have made."""
        git(history.top, "merge", "--no-commit", "--strategy=ours", "side")
        history.record(**fields)
        git(history.top, "add", "--all")
        history.save(["commit", "--quiet", "-m", "Merge"], "2024-05-04", "Merger")

    def test_a_merge_that_brings_both_together_changed_nothing_itself(
        self, history: History
    ) -> None:
        owners = ["Data Manager"]
        self.fork(history, {"owners": owners}, {"due": "2024-05"})
        self.merge(history, owners=owners, due="2024-05")
        assert history.told() == [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 Main REC1: completion date March 2024 to May 2024, 61 days later",
            "2024-05-03 Side REC1: Owner added: Data Manager; taken away: Company Secretary",
        ]

    def test_nor_where_both_added_to_the_same_list(self, history: History) -> None:
        notes = [{"on": f"2024-05-0{day}", "note": f"Note {day}."} for day in (2, 3)]
        self.fork(history, {"progress": notes[1:]}, {"progress": notes[:1]})
        self.merge(history, due="2024-03", progress=notes)
        assert [line.split(" REC1: ")[1] for line in history.told()] == [
            "added",
            "Progress added: 2 May 2024: Note 2.",
            "Progress added: 3 May 2024: Note 3.",
        ]

    def test_nor_where_both_changed_own_fields(self, history: History) -> None:
        was = {"priority": "Low", "lead": "Voids", "cost": "1"}
        side = {"fields": {"lead": "Voids", "cost": "1"}}
        self.fork(history, side, {"fields": was | {"lead": "Repairs"}})
        self.merge(history, due="2024-03", fields={"lead": "Repairs", "cost": "2"})
        assert [line.split(" REC1: ")[1] for line in history.told()][1:] == [
            "priority: Low, lead: Repairs, cost: 1",
            "lead: Voids, cost: 1",
            "cost: 1 to 2",
        ]

    def test_what_an_evil_merge_changed_is_its_own(self, history: History) -> None:
        self.fork(history, {"owners": ["Data Manager"]}, {"response": "Main."})
        self.merge(history, owners=["Data Manager"], response="Main.", due="2025-03", rag="red")
        assert history.told("REC1")[-1] == (
            "2024-05-04 Merger REC1: RAG rating amber to red, "
            "completion date March 2024 to March 2025, 365 days later"
        )
        assert slipped(history) == ("March 2024", "March 2025")

    @pytest.mark.parametrize(("due", "last"), [("2024-05", "May 2024"), ("2024-06", "June 2024")])
    def test_the_last_date_is_that_which_the_merge_kept(
        self, due: str, last: str, history: History
    ) -> None:
        self.fork(history, {"due": "2024-05"}, {"due": "2024-06"})
        self.merge(history, due=due)
        assert slipped(history) == ("March 2024", last)

    def test_a_record_removed_by_a_merge(self, history: History) -> None:
        history.record("REC2")
        self.fork(history, {"due": "2024-05"}, {"due": "2024-06"})
        git(history.top, "merge", "--no-commit", "--strategy=ours", "side")
        history.path("REC1").unlink()
        git(history.top, "add", "--all")
        history.save(["commit", "--quiet", "-m", "Merge"], "2024-05-04", "Merger")
        assert history.told("REC1")[-1] == "2024-05-04 Merger REC1: removed"


class TestWhatTheMergesDecided:
    def branch(self, history: History, name: str, at: str = "main") -> None:
        git(history.top, "checkout", "--quiet", "-b", name, at)

    def on(self, history: History, name: str) -> None:
        git(history.top, "checkout", "--quiet", name)

    def merge(self, history: History, *arguments: str, day: str = "2024-06-01") -> None:
        history.save(["merge", "--quiet", "--no-edit", *arguments], day, "Merger")

    def resolved(self, history: History, side: str, **fields: Any) -> None:
        """Merge the branch `side`; REC1 is then what the fields say, or gone."""
        git(history.top, "merge", "--no-commit", "--no-ff", "--strategy=ours", side)
        if fields:
            history.record(**fields)
        else:
            history.path("REC1").unlink(missing_ok=True)
        git(history.top, "add", "--all")
        history.save(["commit", "--quiet", "-m", "Merge"], "2024-06-01", "Merger")

    def begin(self, history: History, **side: Any) -> None:
        history.record("REC1")
        history.record("REC2")
        history.commit()
        self.branch(history, "side")
        history.record("REC1", **side)
        history.commit("2024-05-03", "Side")
        self.on(history, "main")
        history.record("REC2", rag="red")
        history.commit("2024-05-02", "Main")

    def told(self, history: History) -> list[str]:
        found = history.told("REC1")
        assert found == [line for line in history.told() if " REC1: " in line]
        return [line.partition(" ")[2] for line in found]

    ADDED = "A. Tester REC1: added"

    def test_what_was_thrown_away_did_not_move_the_date(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        self.merge(history, "--strategy=ours", "side")
        assert self.told(history) == [self.ADDED]
        assert slipped(history) == ("July 2024", "July 2024")

    def test_what_was_taken_did(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        self.merge(history, "side")
        assert self.told(history) == [self.ADDED, f"Side REC1: {LATER}"]

    def test_of_a_branch_only_what_was_taken(self, history: History) -> None:
        self.begin(history, due="2024-09", owners=["Data Manager"], rag="red")
        self.resolved(history, "side", owners=["Data Manager"], response="Other.")
        assert self.told(history) == [
            self.ADDED,
            "Side REC1: Owner added: Data Manager; taken away: Company Secretary",
            "Merger REC1: response reworded",
        ]
        assert slipped(history) == ("July 2024", "July 2024")

    @pytest.mark.parametrize("is_kept", [True, False])
    @pytest.mark.parametrize("who", ["main", "side"])
    def test_a_file_that_was_removed_and_changed(
        self, who: str, is_kept: bool, history: History
    ) -> None:
        history.record("REC1")
        history.record("REC2")
        history.commit()
        self.branch(history, "side")
        for branch in ("side", "main"):
            self.on(history, branch)
            if branch == who:
                history.path("REC1").unlink()
            else:
                history.record("REC1", rag="red")
            history.commit("2024-05-03", branch.title())
        self.resolved(history, "side", **({"rag": "red"} if is_kept else {}))
        other = {"main": "Side", "side": "Main"}[who]
        assert self.told(history) == [
            self.ADDED,
            f"{other} REC1: RAG rating amber to red" if is_kept else f"{who.title()} REC1: removed",
        ]

    def test_a_move_that_was_picked_and_merged_counts_once(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        history.save(["cherry-pick", "side"], "2024-05-04", "Picker")
        self.on(history, "side")
        history.record("REC1", due="2024-09", revisions=[MOVED], response="Other.")
        history.commit("2024-05-05", "Side")
        self.on(history, "main")
        self.merge(history, "side")
        assert sorted(self.told(history)) == [
            self.ADDED, f"Side REC1: {LATER}", "Side REC1: response reworded",
        ]  # fmt: skip

    def test_a_branch_that_main_was_merged_into_first(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        history.record("REC1", section="repairs")
        history.commit("2024-05-04", "Main")
        self.on(history, "side")
        self.merge(history, "main")
        history.record("REC1", due="2024-09", revisions=[MOVED], section="repairs", rag="red")
        history.commit("2024-06-02", "Side")
        self.on(history, "main")
        self.merge(history, "side", "--no-ff", day="2024-06-03")
        assert self.told(history) == [
            self.ADDED,
            f"Side REC1: {LATER}",
            "Main REC1: Section governance to repairs",
            "Side REC1: RAG rating amber to red",
        ]

    def test_branches_that_were_merged_into_each_other(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        history.record("REC1", section="repairs")
        history.commit("2024-05-04", "Main")
        git(history.top, "branch", "before")
        self.merge(history, "side")
        self.on(history, "side")
        self.merge(history, "before", day="2024-06-02")
        history.record("REC1", due="2024-12", revisions=[MOVED, MOVED_AGAIN], section="repairs")
        history.commit("2024-08-20", "Side")
        self.on(history, "main")
        self.merge(history, "side", day="2024-08-21")
        told = self.told(history)
        assert told[0] == self.ADDED
        assert sorted(told[1:]) == [
            "Main REC1: Section governance to repairs",
            "Side REC1: completion date July 2024 to September 2024, 61 days later: Staff left.",
            "Side REC1: completion date September 2024 to December 2024, 92 days later: "
            "Still short.",
        ]
        assert slipped(history) == ("July 2024", "December 2024")

    def test_three_branches_in_one_merge(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        self.branch(history, "other")
        history.record("REC3")
        history.commit("2024-05-04", "Other")
        self.on(history, "main")
        self.merge(history, "side", "other")
        assert self.told(history) == [self.ADDED, f"Side REC1: {LATER}"]
        assert "2024-05-04 Other REC3: added" in history.told()

    def test_a_merge_that_was_reverted_moved_the_date_back(self, history: History) -> None:
        self.begin(history, due="2024-09", revisions=[MOVED])
        self.merge(history, "side")
        history.save(["revert", "--no-edit", "-m", "1", "HEAD"], "2024-06-02")
        assert self.told(history)[2:] == [
            "A. Tester REC1: completion date September 2024 to July 2024, 61 days earlier, "
            "revisions taken away"
        ]
        assert slipped(history) == ("July 2024", "July 2024")

    def test_a_record_that_came_on_a_branch_that_was_thrown_away(self, history: History) -> None:
        history.record("REC2")
        history.commit()
        self.branch(history, "side")
        history.record("REC1")
        history.commit("2024-05-03", "Side")
        self.on(history, "main")
        self.merge(history, "--strategy=ours", "side")
        assert self.told(history) == []

    @pytest.mark.parametrize("who", ["main", "side"])
    def test_a_record_renumbered_on_one_branch_and_changed_on_the_other(
        self, who: str, history: History
    ) -> None:
        text = {"title": TITLES["REC1"], "response": "One.\n\nTwo.\n"}
        history.record("REC9", **text)
        history.commit()
        self.branch(history, "side")
        for branch in ("main", "side"):
            self.on(history, branch)
            if branch == who:
                history.path("REC9").unlink()
                history.record("REC1", **text)
            else:
                history.record("REC9", **text, due="2024-09")
            history.commit("2024-05-03", "Both")
        self.on(history, "main")
        self.merge(history, "side")
        told = [line.partition(" ")[2] for line in history.told("REC1")]
        assert told[0] == "A. Tester REC9: added"
        assert sorted(told[1:]) == [
            "Both REC1: renumbered from REC9 to REC1",
            "Both REC9: completion date July 2024 to September 2024, 61 days later",
        ]
        assert sorted(history.told("REC1")) == sorted(history.told())


class TestRenumbered:
    DETAIL = "Particularly that temporary as well as permanent vulnerabilities are recorded."

    def test_with_a_large_change_it_keeps_its_past(self, history: History) -> None:
        history.record("REC6", detail=self.DETAIL)
        history.commit()
        history.path("REC6").unlink()
        long = "\n".join(f"Line {number} of quite another response." for number in range(50))
        detail = self.DETAIL.replace("well", "good")
        history.record("REC60", title="Do what REC6 says.", detail=detail, response=long)
        for is_committed in (False, True):
            if is_committed:
                history.commit("2024-05-02")
            for ref in ("REC60", None):
                first, last = history.told(ref)
                assert first == "2024-05-01 A. Tester REC6: added"
                assert last.endswith(
                    "REC60: renumbered from REC6 to REC60, detail reworded, response reworded"
                )

    def test_two_that_exchanged_their_refs(self, history: History) -> None:
        history.record("REC1", due="2024-03")
        history.record("REC2", rag="red")
        history.commit()
        history.record("REC1", title=TITLES["REC2"], rag="red")
        history.record("REC2", title=TITLES["REC1"], due="2024-03")
        history.commit("2024-05-02")
        history.record("REC2", title=TITLES["REC1"], due="2024-05")
        history.commit("2024-05-03")
        assert history.told("REC2") == [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 A. Tester REC2: renumbered from REC1 to REC2",
            "2024-05-03 A. Tester REC2: completion date March 2024 to May 2024, 61 days later",
        ]
        assert history.told("REC1") == [
            "2024-05-01 A. Tester REC2: added",
            "2024-05-02 A. Tester REC1: renumbered from REC2 to REC1",
        ]
        assert slipped(history, "REC2") == ("March 2024", "May 2024")
        assert slipped(history, "REC1") == ("July 2024", "July 2024")

    def test_one_that_pushed_another_down(self, history: History) -> None:
        history.record("REC1", title=TITLES["REC2"], due="2023-01")
        history.commit()
        history.record("REC1")
        history.record("REC2", due="2023-01")
        history.commit("2024-05-02")
        assert history.told("REC1") == ["2024-05-02 A. Tester REC1: added"]
        assert history.told("REC2") == [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 A. Tester REC2: renumbered from REC1 to REC2",
        ]
        assert slipped(history) == ("July 2024", "July 2024")


class TestBroken:
    @pytest.mark.parametrize(
        "text", ["ref: [\n", "\xff", "", make_record(rag="purple"), "ref: REC1\n"]
    )
    def test_a_broken_commit_is_said_and_passed_over(self, text: str, history: History) -> None:
        history.record()
        history.commit()
        history.record(text=text)
        history.commit("2024-05-02")
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20")
        expected = [
            "2024-05-01 A. Tester REC1: added",
            "2024-05-02 A. Tester REC1: plan/recommendations/REC1.yaml could not be understood in "
            "this commit, which is passed over",
            f"2024-05-20 A. Tester REC1: {LATER}",
        ]
        assert history.told("REC1") == expected
        assert history.told() == expected

    def test_bytes_that_are_no_text(self, history: History) -> None:
        write_file(history.path("REC1"), b"\xff\xfe\x00")
        history.commit()
        history.record()
        history.commit("2024-05-02")
        assert history.told("REC1")[1:] == ["2024-05-02 A. Tester REC1: added"]
        assert "could not be understood" in history.told("REC1")[0]

    def test_a_broken_record_that_was_mended_but_not_committed(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(text="ref: [\n")
        history.commit("2024-05-02")
        history.record(due="2024-09", revisions=[MOVED])
        assert history.told("REC1")[-1] == f"now - REC1: {LATER}"

    def test_a_commit_without_a_day(self, history: History) -> None:
        history.record()
        name = history.commit("2024-05-01")
        for time in (b"99999999999999999", b"x"):
            hashed = history.forge(name, b" 1714564800 +0000", b" " + time + b" +0000")
            (entry,) = history.story("REC1").entries
            assert entry.commit == hashed
            assert entry.day is None or entry.day.year < 2263
            assert entry.changes[0].kind is Kind.ADDED


class TestNotCommitted:
    def test_what_is_not_committed_comes_last_and_has_no_commit(self, history: History) -> None:
        history.record()
        history.record("REC2")
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        git(history.top, "add", "--all")  # staged
        history.path("REC2").unlink()
        history.record("REC3")  # untracked
        assert history.told()[2:] == [
            f"now - REC1: {LATER}",
            "now - REC3: added",
            "now - REC2: removed",
        ]
        assert history.told("REC3") == ["now - REC3: added"]
        assert slipped(history) == ("July 2024", "September 2024")

    def test_a_renumbering_that_is_not_committed(self, history: History) -> None:
        history.record("REC9", title=TITLES["REC1"])
        history.commit()
        history.path("REC9").unlink()
        history.record("REC1")
        assert history.told()[1:] == ["now - REC1: renumbered from REC9 to REC1"]

    def test_a_broken_file(self, history: History) -> None:
        history.record()
        history.commit()
        history.record(text="ref: [\n")
        (line,) = history.told("REC1")[1:]
        assert line.endswith("REC1.yaml cannot be understood as it is now")

    def test_line_ends_alone_are_no_change(self, history: History) -> None:
        history.record()
        history.commit()
        write_file(history.path("REC1"), history.path("REC1").read_bytes().replace(b"\n", b"\r\n"))
        assert len(history.told()) == 1

    def test_the_folder_of_records_is_gone(self, history: History) -> None:
        history.record()
        history.commit()
        shutil.rmtree(history.plan / "recommendations")
        assert history.told()[1:] == ["now - REC1: removed"]

    def test_a_repository_without_commits(self, history: History) -> None:
        history.record()
        with pytest.raises(KimplanError, match="no commits yet"):
            history.story()


class TestKindsOfRepositories:
    @pytest.mark.parametrize("below", ["", "a/b", "with space", ".hidden", "dépôt", "-x"])
    def test_a_plan_in_a_folder_below_the_top(self, below: str, tmp_path: Path) -> None:
        history = History(tmp_path / "repository", below)
        history.record()
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        assert history.told("REC1") == [
            "2024-05-01 A. Tester REC1: added",
            f"now - REC1: {LATER}",
        ]
        assert history.told() == history.told("REC1")

    def test_a_plan_that_is_the_top(self, tmp_path: Path) -> None:
        history = History(tmp_path / "repository")
        for path in history.plan.iterdir():
            path.rename(history.top / path.name)
        history.plan.rmdir()
        history.plan = history.top
        history.record()
        history.commit()
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]
        assert history.told("REC1") == history.told()

    def test_hashes_of_sha256(self, tmp_path: Path) -> None:
        history = History(tmp_path / "repository", "", "--object-format=sha256")
        history.record()
        name = history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        assert len(name) == 64
        assert history.told("REC1") == [
            "2024-05-01 A. Tester REC1: added",
            f"now - REC1: {LATER}",
        ]

    def test_a_shallow_clone_says_so_and_does_not_tell_that_all_was_added(
        self, history: History, tmp_path: Path
    ) -> None:
        history.record()
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20")
        history.record(due="2024-12", revisions=[MOVED, MOVED_AGAIN])
        history.commit("2024-08-20")
        git(tmp_path, "clone", "--quiet", "--depth=2", history.top.as_uri(), "clone")
        plan = tmp_path / "clone" / "plan"
        story = tell(plan, find_checkout(plan), None, "Europe/London")
        assert story.is_cut_off
        assert [str(entry.day) for entry in story.entries] == ["2024-08-20"]
        assert changes_of(story)[0].before == "September 2024"
        assert not history.story().is_cut_off

    def test_a_clone_without_its_files_is_no_broken_plan(
        self, history: History, tmp_path: Path
    ) -> None:
        history.record()
        history.commit()
        history.record(due="2024-09", revisions=[MOVED])
        history.commit("2024-05-20")
        git(history.top, "config", "uploadpack.allowFilter", "true")
        url = history.top.as_uri()
        git(tmp_path, "clone", "--quiet", "--filter=blob:none", url, "clone")
        plan = tmp_path / "clone" / "plan"
        with pytest.raises(GitError):
            tell(plan, find_checkout(plan), None, "Europe/London")

    def test_a_work_tree_beside_another(self, history: History, tmp_path: Path) -> None:
        history.record()
        history.commit()
        git(history.top, "worktree", "add", "--quiet", str(tmp_path / "other"))
        history.plan = tmp_path / "other" / "plan"
        assert history.told("REC1") == ["2024-05-01 A. Tester REC1: added"]
        assert not find_checkout(history.plan).is_shallow

    def test_a_submodule(self, history: History, tmp_path: Path) -> None:
        history.record()
        history.commit()
        outer = tmp_path / "outer"
        outer.mkdir()
        git(outer, "init", "--quiet")
        allow = ("-c", "protocol.file.allow=always")
        git(outer, *allow, "submodule", "--quiet", "add", history.top.as_uri(), "inner")
        git(outer, "commit", "--quiet", "-m", "x")
        history.plan = outer / "inner" / "plan"
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]

    def test_a_submodule_with_the_name_of_a_record(self, history: History) -> None:
        history.record()
        commit = history.commit()
        entry = f"160000,{commit},plan/recommendations/REC2.yaml"
        git(history.top, "update-index", "--add", "--cacheinfo", entry)
        history.save(["commit", "--quiet", "-m", "x"], "2024-05-02")
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]

    @needs_posix
    def test_a_folder_with_a_line_end(self, tmp_path: Path) -> None:
        history = History(tmp_path / "repository", "a\nb")
        history.record()
        history.commit()
        with pytest.raises(GitError, match="line end"):
            history.story()

    @needs_posix
    def test_paths_with_every_sign_beside_the_plan(self, history: History) -> None:
        history.record()
        for name in (b"a\tb", b"a\nb", b'"q"', b"\xff\xfe", b":100644 000000", b"0" * 40 + b" 1 "):
            write_file(Path(os.fsdecode(os.fsencode(history.top) + b"/" + name)), "x\n")
        history.commit()
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]


class TestAuthors:
    def test_the_mailmap_counts(self, history: History) -> None:
        history.record()
        write_file(history.top / ".mailmap", "Right Name <a@example.org>\n")
        history.commit("2024-05-01", "Wrong Name")
        assert history.told() == ["2024-05-01 Right Name REC1: added"]

    @pytest.mark.parametrize(
        "name",
        [
            "\x1b[31mRed", "\u202egnp.exe", "##[error]x", "::error::x", "\udcff\udcfe",
            "x" * 10_000, "a\x1fb\x1fc", ":100644 100644 abc def M", "é 名 👷", "0" * 40 + " 1 ",
        ],
    )  # fmt: skip
    def test_a_name_is_told_as_it_is(self, name: str, history: History) -> None:
        history.record()
        history.commit()
        history.forge_author(name)
        (entry,) = history.story().entries
        assert entry.author == name.strip()
        assert entry.changes[0].kind is Kind.ADDED

    @pytest.mark.parametrize(
        "title",
        [
            ":100644 100644 " + "a" * 40 + " " + "b" * 40 + " M",
            "a" * 40 + " 1714564800 \x1fMallory",
            "x" * 100_000,
        ],
    )
    def test_the_titles_of_commits_are_not_read(self, title: str, history: History) -> None:
        history.record()
        git(history.top, "add", "--all")
        path = write_file(history.top.parent / "title", title)
        history.save(["commit", "--quiet", "-F", str(path)], "2024-05-01")
        assert history.told() == ["2024-05-01 A. Tester REC1: added"]

    def test_the_encoding_of_the_log_is_not_the_users_choice(self, history: History) -> None:
        history.record()
        git(history.top, "config", "i18n.logOutputEncoding", "UTF-16")
        history.commit("2024-05-01", "Zoë")
        assert history.told() == ["2024-05-01 Zoë REC1: added"]
