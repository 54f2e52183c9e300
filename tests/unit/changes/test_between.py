"""What changed between two states of a plan, held against repositories whose history is known."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import EVIDENCE, git, make_item, make_settings, write_file
from histories import MOVED, TITLES, History

from kimplan.changes.overdue import newly_overdue
from kimplan.changes.pairing import pair_records
from kimplan.changes.records import compare

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
GREEN: dict[str, Any] = {"rag": "green", "due": None, "evidence": EVIDENCE}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def swapped(history: History) -> None:
    """Give two records each other's refs."""
    history.record("REC1", title=TITLES["REC2"], due="2024-12", rag="red")
    history.record("REC2", title=TITLES["REC1"], due="2024-07")


def late(history: History, since: str, day: str = "2024-05-31") -> list[str]:
    return [item.ref for item in newly_overdue(history.between(since, None, day))]


class TestChanges:
    def test_each_kind_of_change(self, history: History) -> None:
        for ref in ("REC1", "REC2", "REC3", "REC4"):
            history.record(ref)
        history.commit("2024-05-01")
        git(history.top, "tag", "then")
        history.record("REC1", **GREEN)
        history.record("REC2", due="2024-09", revisions=[MOVED], rag="red")
        history.path("REC3").unlink()
        history.path("REC4").unlink()
        history.record("REC5", title="Do what REC4 says.")
        history.record("REC6", owners=["Data Manager"])
        expected = [
            "REC1: RAG rating amber to green, completion date taken away, Evidence added: Register",
            "REC2: RAG rating amber to red, completion date July 2024 to September 2024, "
            "61 days later: Staff left.",
            "REC5: renumbered from REC4 to REC5",
            "REC6: added",
            "REC3: removed",
        ]
        assert history.changed("then") == expected
        assert history.between("then").until.endswith(" and changes that are not committed")
        history.commit("2024-05-20")
        assert history.changed("then") == history.changed("then", "HEAD") == expected
        assert "not committed" not in history.between("then").until

    def test_the_same_state_twice(self, history: History) -> None:
        history.record()
        history.commit()
        for until in (None, "HEAD", "main", "2024-05-31"):
            assert history.changed("HEAD", until) == []

    def test_the_changes_of_an_earlier_time(self, history: History) -> None:
        for number in range(1, 5):
            history.record(due=f"2024-0{number}")
            history.commit(f"2024-0{number}-10")
        moved = "REC1: completion date February 2024 to March 2024, 31 days later"
        assert history.changed("HEAD~2", "HEAD~1") == [moved]
        assert history.changed("2024-02-20", "2024-03-10") == [moved]
        assert history.changed("HEAD~1", "HEAD~2") == [
            "REC1: completion date March 2024 to February 2024, 31 days earlier"
        ]
        assert history.changed("2024-03-09", "2024-03-09") == []

    def test_records_that_have_each_others_refs_now_changed_nothing_else(
        self, history: History
    ) -> None:
        history.record("REC1")
        history.record("REC2", due="2024-12", rag="red")
        history.commit()
        swapped(history)
        assert history.changed("HEAD") == [
            "REC1: renumbered from REC2 to REC1",
            "REC2: renumbered from REC1 to REC2",
        ]

    def test_a_record_that_pushed_all_others_down(self, history: History) -> None:
        for number in (1, 2, 3):
            history.record(f"REC{number}", title=f"Recommendation {number}.", rag="red")
        history.commit()
        history.record("REC1", title="A new one.")
        for number in (1, 2, 3):
            history.record(f"REC{number + 1}", title=f"Recommendation {number}.", rag="red")
        assert history.changed("HEAD") == [
            "REC1: added",
            *(f"REC{n + 1}: renumbered from REC{n} to REC{n + 1}" for n in (1, 2, 3)),
        ]

    def test_records_of_the_same_words_are_known_by_their_refs(self, history: History) -> None:
        for ref in ("REC1", "REC2"):
            history.record(ref, title="The same.")
        history.commit()
        history.record("REC2", title="The same.", rag="red")
        history.record("REC3", title="The same.")
        assert history.changed("HEAD") == ["REC2: RAG rating amber to red", "REC3: added"]

    def test_a_file_whose_name_has_other_capitals_now(self) -> None:
        item = make_item(ref="REC1")
        names = {"recommendations/rec1.yaml": item}, {"recommendations/REC1.yaml": item}
        assert compare(*names) == []
        assert pair_records(*names) == {"recommendations/REC1.yaml": "recommendations/rec1.yaml"}


class TestWhatCannotBeSeen:
    def test_a_record_that_was_broken(self, history: History) -> None:
        history.record("REC1", text="ref: [\n")
        history.record("REC2")
        commit = history.commit()
        history.record("REC1", due="2024-03")
        between = history.between("HEAD")
        assert between.records == []
        sentence = f"could not be understood at HEAD ({commit[:7]}) and is passed over"
        assert between.notes == [f"recommendations/REC1.yaml {sentence}"]
        assert between.is_complete
        assert newly_overdue(between) == []  # it may have been overdue before

    def test_a_record_that_is_broken(self, history: History) -> None:
        history.record("REC1")
        history.record("REC2")
        commit = history.commit()
        history.record("REC1", text="ref: [\n")
        between = history.between("HEAD")
        assert between.records == []
        when = f"{commit[:7]} and changes that are not committed"
        assert between.notes == [
            f"recommendations/REC1.yaml could not be understood at {when} and is passed over"
        ]
        assert not between.is_complete

    def test_a_broken_record_that_came_and_one_that_went(self, history: History) -> None:
        history.record("REC1", text="ref: [\n")
        history.record("REC2")
        history.commit()
        history.path("REC1").unlink()
        history.record("REC3", text="ref: [\n")
        between = history.between("HEAD")
        assert between.records == []
        assert len(between.notes) == 2

    def test_broken_settings_then_do_not_matter(self, history: History) -> None:
        history.record()
        write_file(history.plan / "plan.yaml", "title: [\n")
        history.commit()
        write_file(history.plan / "plan.yaml", make_settings())
        history.record(rag="red")
        assert history.changed("HEAD") == ["REC1: RAG rating amber to red"]

    def test_there_was_no_plan_then(self, history: History) -> None:
        shutil.move(history.plan, history.top.parent / "kept")
        write_file(history.top / "README.md", "Hello.\n")
        commit = history.commit()
        shutil.move(history.top.parent / "kept", history.plan)
        history.record()
        between = history.between("HEAD")
        assert [record.item.ref for record in between.records] == ["REC1"]
        assert between.remarks == [f"there was no plan here at HEAD ({commit[:7]})"]

    def test_the_plan_was_in_another_folder(self, history: History) -> None:
        history.record()
        first = history.commit()
        (history.top / "board").mkdir()
        git(history.top, "mv", "plan", "board/plan")
        history.plan = history.top / "board" / "plan"
        history.record(rag="red")
        expected = ["REC1: RAG rating amber to red"]
        assert history.changed("HEAD") == expected
        second = history.commit()
        assert history.changed("HEAD~1") == history.changed("HEAD~1", "HEAD") == expected
        remark = f"the plan was in the folder plan at {first[:7]}"
        assert history.between(first).remarks == [remark]
        assert history.between(first, first).remarks == [remark, remark]
        assert history.between(second).remarks == []


class TestOverdue:
    def test_it_needs_both_days(self, history: History) -> None:
        history.record("REC1", due="2024-03")
        history.record("REC2", due="2024-04")
        history.record("REC3", due="2024-05-31")
        history.commit("2024-04-15")
        assert late(history, "HEAD") == ["REC2"]
        assert late(history, "2024-05-01") == []
        assert late(history, "HEAD", "2024-06-01") == ["REC2", "REC3"]
        assert late(history, "HEAD", "2024-04-30") == []

    def test_what_was_done_or_moved_in_time_is_not(self, history: History) -> None:
        for ref in ("REC1", "REC2"):
            history.record(ref, due="2024-04")
        history.commit("2024-04-15")
        history.record("REC1", **GREEN)
        history.record("REC2", due="2024-07")
        assert late(history, "HEAD") == []

    def test_what_came_late_is(self, history: History) -> None:
        history.record("REC1", due="2024-03")
        history.commit("2024-04-15")
        history.record("REC2", due="2024-03")
        assert late(history, "HEAD") == ["REC2"]

    def test_a_record_is_not_taken_for_the_one_that_had_its_ref(self, history: History) -> None:
        history.record("REC1", due="2024-03")
        history.record("REC2", due="2024-12", rag="red")
        history.commit("2024-04-15")
        swapped(history)
        history.record("REC2", title=TITLES["REC1"], due="2024-03")
        assert late(history, "HEAD") == []
        history.record("REC1", title=TITLES["REC2"], due="2024-05-01", rag="red")
        assert late(history, "HEAD") == ["REC1"]
