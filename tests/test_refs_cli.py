"""Refs as landlords number them, in the commands."""

from __future__ import annotations

from pathlib import Path

import docx
from test_promise import Case

REFS = ("1", "3.2.1", "4-2", "4.2", "4.10", "A-12", "R7", "R12")
DAY = ["--as-of", "2024-05-20"]


def numbered(top: Path) -> Case:
    case = Case(top)
    case.path("REC1").unlink()
    for ref in reversed(REFS):
        case.write(ref)
    case.commit("2024-05-01")
    return case


def test_they_stand_in_their_order(tmp_path: Path) -> None:
    case = numbered(tmp_path / "r")
    assert [one["ref"] for one in case.data("list")["recommendations"]] == list(REFS)
    assert " error " not in case.cli("lint").stdout


def test_each_is_found_by_its_number(tmp_path: Path) -> None:
    case = numbered(tmp_path / "r")
    for ref in REFS:
        [item] = case.data("show", ref.lower(), *DAY)["recommendations"]
        assert item["ref"] == ref
    assert case.cli("update", "4.2", "--note", "It goes on.", "--by", "Me", *DAY).code == 0
    assert "note: It goes on." in case.value("4.2")
    assert [one["ref"] for one in case.data("history", "4.2")["entries"]] == ["4.2", "4.2"]
    assert "Did you mean '4.2'?" in case.cli("show", "4,2").stderr
    assert case.cli("update", "../4.2", "--note", "x").code == 2
    assert case.cli("update", "--note=x", "--", "-1").code == 2


def test_each_has_a_bookmark_of_its_own(tmp_path: Path) -> None:
    case = numbered(tmp_path / "r")
    assert case.cli("report", "-o", "r.docx", "--as-of", "2025-01-01").code == 0
    word = docx.Document(str(tmp_path / "r" / "r.docx"))
    path = "//w:bookmarkStart/@w:name"
    names = [name for name in word.element.xpath(path) if name.startswith("kimplan_")]
    assert len(names) == len(set(names)) == len(REFS)
    assert set(word.element.xpath("//w:hyperlink/@w:anchor")) <= set(names)
    assert case.cli("verify", "r.docx").code == 0


def test_the_next_one_goes_on(tmp_path: Path) -> None:
    case = Case(tmp_path / "r")
    case.path("REC1").unlink()
    for ref in ("4.1", "4.2"):
        case.write(ref)
    made = case.cli("new", "--section", "governance", "--title", "Keep a register.")
    assert made.code == 0, made.stderr
    assert made.stdout == "plan/recommendations/4.3.yaml\n"
    assert '\nref: "4.3"\n' in case.value("4.3")
    refused = case.cli("new", "--ref", "nul", "--section", "governance", "--title", "Keep it.")
    assert refused.code == 2
    assert "Windows keeps this name for a device" in refused.stderr
