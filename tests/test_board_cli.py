"""``kimplan export html --for board``: the dashboard of one plan and of several."""

from __future__ import annotations

from pathlib import Path

import pytest
from board_meetings import make_meetings
from conftest import Ran, init_repository, make_settings, run_cli, write_plan

INTERNAL = "For the Board; not for publication"


def export(*arguments: str | Path, cwd: Path) -> Ran:
    return run_cli(["export", "html", "--for", "board", *arguments, "--as-of", "2024-05-31"], cwd)


def test_the_dashboard_says_that_it_is_internal_and_what_changed(tmp_path: Path) -> None:
    held = make_meetings(tmp_path / "held")
    ran = export("--since", "board-2024-02", "-o", "board.html", cwd=held.folder)
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Wrote board.html: 5 recommendations")
    page = (held.folder / "board.html").read_text(encoding="utf-8")
    assert page.count(INTERNAL) == 2
    assert "Compared with the report at 10 February 2024" in page
    assert "Ratings month by month" in page
    assert "Source version" in page


def test_without_since_nothing_is_said_of_changes(tmp_path: Path) -> None:
    held = make_meetings(tmp_path / "held")
    assert export("-o", "board.html", cwd=held.folder).code == 0
    page = (held.folder / "board.html").read_text(encoding="utf-8")
    assert "What changed" not in page
    assert "Ratings month by month" not in page


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    held = make_meetings(tmp_path / "held")
    outside = tmp_path / "out"
    outside.mkdir()
    for name in ("one.html", "two.html"):
        ran = export("--since", "2024-02-29", "-o", outside / name, cwd=held.folder)
        assert ran.code == 0
    assert (outside / "one.html").read_bytes() == (outside / "two.html").read_bytes()


def test_a_state_of_the_past_is_shown_with_what_had_changed_then(tmp_path: Path) -> None:
    held = make_meetings(tmp_path / "held")
    arguments = ["--since", "board-2023-11", "--at", "board-2024-02", "-o", "then.html"]
    ran = run_cli(["export", "html", "--for", "board", *arguments], held.folder)
    assert ran.code == 0, ran.stderr
    page = (held.folder / "then.html").read_text(encoding="utf-8")
    assert "Position at 10 February 2024" in page
    assert "April 2024" in page
    assert "REC5" not in page


@pytest.fixture
def group(tmp_path: Path) -> Path:
    """A folder with two plans, one of which has a history from before the other began."""
    folder = tmp_path / "group"
    make_meetings(folder / "north")
    write_plan(folder / "south", settings=make_settings(organisation="South Homes"))
    init_repository(folder / "south")
    return folder


def test_several_plans_stand_on_one_page_with_their_names_before_their_refs(group: Path) -> None:
    ran = export("--plans", ".", "-o", "board.html", cwd=group)
    assert (ran.code, ran.stderr) == (0, "")
    page = (group / "board.html").read_text(encoding="utf-8")
    assert "2 action plans" in page
    assert "By plan" in page
    assert '<span class="ref">north REC1</span>' in page
    assert '<span class="ref">south REC1</span>' in page
    assert page.count('id="north--REC1"') == page.count('id="south--REC1"') == 1
    assert 'href="#north--REC3"' in page


def test_a_history_that_does_not_reach_back_is_said_and_hides_no_other(group: Path) -> None:
    ran = export("--plans", ".", "--since", "board-2024-02", "-o", "board.html", cwd=group)
    assert ran.code == 0
    because = "this repository has no commits yet"
    assert ran.stderr == f"kimplan: south: its changes are left out, because {because}\n"
    page = (group / "board.html").read_text(encoding="utf-8")
    assert "Compared with the report at 10 February 2024" in page
    assert "Ratings month by month" not in page


def test_a_revision_that_no_history_has_ends_the_command(group: Path) -> None:
    ran = export("--plans", ".", "--since", "no-such-tag", "-o", "board.html", cwd=group)
    assert ran.code == 2
    assert "there is no revision 'no-such-tag'" in ran.stderr
    assert not (group / "board.html").exists()


def test_a_welsh_plan_has_a_welsh_dashboard(tmp_path: Path) -> None:
    write_plan(tmp_path, settings=make_settings(language="cy"))
    assert export("-o", "bwrdd.html", cwd=tmp_path).code == 0
    page = (tmp_path / "bwrdd.html").read_text(encoding="utf-8")
    assert '<html lang="cy-GB">' in page
    assert "nid i&#39;w gyhoeddi" in page
    assert "Sefyllfa ar 31 Mai 2024" in page
    assert "Overdue" not in page.partition("<script>")[0]
