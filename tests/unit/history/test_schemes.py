"""The story of a plan that changed its scheme of ratings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from conftest import EVIDENCE, make_settings, write_file
from histories import ZONE, History

from kimplan.history.months import read_months
from kimplan.model.rating import Rating
from kimplan.snapshot.checkout import find_checkout


def set_scheme(history: History, scheme: str) -> None:
    write_file(history.plan / "plan.yaml", make_settings(ratings={"scheme": scheme}))


def changing(folder: Path) -> History:
    """Return a plan that was RAG in March and is BRAG from April; REC2 kept its green."""
    history = History(folder)
    history.record("REC1", rag="green", evidence=EVIDENCE)
    history.record("REC2", rag="green", evidence=EVIDENCE)
    history.commit("2024-03-05")
    set_scheme(history, "brag")
    history.record("REC1", rag="blue", evidence=EVIDENCE)
    history.commit("2024-04-05")
    history.record("REC2", rag="green", due="2024-07", evidence=EVIDENCE, response="Again.")
    history.commit("2024-05-05")
    return history


def test_each_version_is_read_by_the_scheme_of_its_time(tmp_path: Path) -> None:
    history = changing(tmp_path / "r")
    assert history.told() == [
        "2024-03-05 A. Tester REC1: added",
        "2024-03-05 A. Tester REC2: added",
        "2024-04-05 A. Tester REC1: RAG rating green to blue",
        "2024-05-05 A. Tester REC2: RAG rating green (complete) to green (on track), "
        "response reworded",
    ]


def test_the_ends_of_the_months_too(tmp_path: Path) -> None:
    history = changing(tmp_path / "r")
    months = read_months(find_checkout(history.plan), date(2024, 6, 1), ZONE, 3)
    assert [[item.rag for item in month.items] for month in months] == [
        [Rating.GREEN, Rating.GREEN],
        [Rating.BLUE, Rating.ON_TRACK],
        [Rating.BLUE, Rating.ON_TRACK],
    ]


def test_a_plan_that_moved_keeps_its_schemes(tmp_path: Path) -> None:
    history = History(tmp_path / "r", "old")
    set_scheme(history, "brag")
    history.record("REC1", rag="green")
    history.commit("2024-03-05")
    (history.top / "new").mkdir()
    history.plan = history.plan.rename(history.top / "new" / "plan")
    history.commit("2024-04-05")
    history.record("REC1", rag="blue", evidence=EVIDENCE)
    history.commit("2024-05-05")
    assert history.told("REC1")[-1] == (
        "2024-05-05 A. Tester REC1: RAG rating green to blue, Evidence added: Register"
    )


def test_a_change_on_the_disk_is_read_by_the_scheme_on_the_disk(tmp_path: Path) -> None:
    history = History(tmp_path / "r")
    history.record("REC1", rag="amber")
    history.commit("2024-03-05")
    set_scheme(history, "brag")
    history.record("REC1", rag="blue", evidence=EVIDENCE)
    assert history.told()[-1] == ("now - REC1: RAG rating amber to blue, Evidence added: Register")
