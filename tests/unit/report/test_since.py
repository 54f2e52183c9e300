"""The changes, the trend and the moves as plain data, from real repositories."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from board_meetings import MANAGER, SECRETARY, Commit, Meetings, make_meetings
from conftest import AS_OF, make_plan, write_file
from report_parts import Listing, chapters_of, chart_of, elements, listing_of, paragraphs

from kimplan.errors import KimplanError
from kimplan.linter import load
from kimplan.model.due import parse_due
from kimplan.model.plan import Plan
from kimplan.model.rating import Rating
from kimplan.report.build import build_report
from kimplan.report.document import Figure, ReportDocument, Role, Series
from kimplan.report.parts.changes import MOST_ROWS
from kimplan.report.request import Request
from kimplan.report.since import Since, read_since

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def meetings(tmp_path: Path) -> Meetings:
    return make_meetings(tmp_path)


def load_plan(folder: Path) -> Plan:
    plan = load(folder, partial=True).plan
    assert plan is not None
    return plan


def since(meetings: Meetings, revision: str, as_of: date = AS_OF) -> Since:
    return read_since(meetings.plan, load_plan(meetings.plan), revision, as_of)


def build(meetings: Meetings, revision: str, as_of: date = AS_OF) -> ReportDocument:
    request = Request(as_of, "v", since=since(meetings, revision, as_of))
    return build_report(load_plan(meetings.plan), request)


def changes(meetings: Meetings, revision: str = "board-2024-02") -> Listing:
    return listing_of(build(meetings, revision), "changes")


def texts(listing: Listing) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in listing.rows]


def trend(meetings: Meetings, as_of: date = AS_OF) -> Figure:
    return chart_of(build(meetings, "board-2024-02", as_of), "trend")


# The changes


def test_the_whole_table(meetings: Meetings) -> None:
    commit = meetings.git("rev-parse", "board-2024-02^{commit}")
    found = changes(meetings)
    assert found.heading == "Changes since the last report"
    assert found.introduction == (
        f"Compared with the report at 10 February 2024 (version {commit[:7]}). "
        "Overdue now and not then: REC3."
    )
    assert found.labels == ("Ref", "What changed", "Before", "After", "Changed by")
    assert texts(found) == [
        ("REC1", "RAG rating", "AMBER", "GREEN", f"{SECRETARY}, 14 March 2024"),
        ("REC2", "Estimated completion date", "April 2024", "July 2024", f"{MANAGER}, 2 May 2024"),
        ("REC6", "Removed", "Keep the register of REC6.", "–", f"{MANAGER}, 20 April 2024"),
        ("REC5", "Added", "–", "Train every caller.", f"{MANAGER}, 20 April 2024"),
        ("REC1", "Owner", SECRETARY, "None", f"{SECRETARY}, 14 March 2024"),
        ("REC3", "Owner", SECRETARY, "Head of Repairs", f"{SECRETARY}, 9 May 2024"),
    ]
    assert found.note == (
        "Also changed: progress notes of 1 recommendation, evidence of 1 recommendation."
    )


def test_ratings_have_their_colours_and_refs_lead_to_their_rows(meetings: Meetings) -> None:
    rows = changes(meetings).rows
    assert [cell.rating for cell in rows[0]] == [None, None, Rating.AMBER, Rating.GREEN, None]
    links = [row[0].blocks[0].spans[0].link for row in rows]
    assert links == ["#REC1", "#REC2", "", "#REC5", "#REC1", "#REC3"]


def test_a_day_means_its_last_commit(meetings: Meetings) -> None:
    commit = meetings.git("rev-parse", "board-2024-02^{commit}")
    found = changes(meetings, "2024-02-29")
    assert f"the report at 29 February 2024 (version {commit[:7]})" in found.introduction
    assert texts(found) == texts(changes(meetings))


def test_nothing_changed_is_one_sentence(meetings: Meetings) -> None:
    commit = meetings.git("rev-parse", "HEAD")
    found = changes(meetings, "HEAD")
    assert found.rows == ()
    assert found.note == ""
    sentence = f"Nothing in the plan changed since the report at 9 May 2024 (version {commit[:7]})."
    assert found.introduction == f"{sentence}"


def test_only_words_changed(meetings: Meetings) -> None:
    meetings.write("REC4", section="repairs", due="2024-09", response="Otherwise.")
    found = changes(meetings, "HEAD")
    assert found.rows == ()
    assert found.introduction.startswith("Compared with the report at 9 May 2024")
    assert (
        found.note == "Changed: progress notes of 1 recommendation, response of 1 recommendation."
    )


def test_what_is_not_committed_is_said_so(meetings: Meetings) -> None:
    meetings.write("REC3", due="2024-04", rag="red", owners=["Head of Repairs"])
    assert texts(changes(meetings))[1] == ("REC3", "RAG rating", "AMBER", "RED", "not committed")


def test_the_last_commit_that_made_a_change_counts(meetings: Meetings) -> None:
    """A rating that went up, down and up again is the last commit's."""
    for day, rag, due in (
        ("2024-05-10", "amber", "2024-02"),
        ("2024-05-11", "green", None),
        ("2024-05-12", "green", None),
    ):
        meetings.write("REC1", rag=rag, due=due, title=f"Title of {day}")
        meetings.commit(Commit(day, MANAGER))
    assert texts(changes(meetings))[0][-1] == f"{MANAGER}, 11 May 2024"


def test_a_renumbered_record_keeps_its_story(meetings: Meetings) -> None:
    folder = meetings.plan / "recommendations"
    (folder / "REC2.yaml").unlink()
    meetings.write("REC7", due="2024-07", detail="Where REC2 went.")
    meetings.commit(Commit("2024-05-20"))
    meetings.write("REC2", due="2024-11", title="Another one.")
    meetings.commit(Commit("2024-05-21"))
    rows = {(row[0], row[1]): row[2:] for row in texts(changes(meetings, "board-2024-02"))}
    assert ("REC2", "Estimated completion date") in rows


def test_a_renamed_file_is_one_change(tmp_path: Path) -> None:
    meetings = make_meetings(tmp_path)
    folder = meetings.plan / "recommendations"
    text = (folder / "REC3.yaml").read_text()
    (folder / "REC3.yaml").unlink()
    # It is known by the Ombudsman's words, which stay.
    write_file(
        folder / "REC8.yaml",
        text.replace("ref: REC3", "ref: REC8"),
    )
    meetings.commit(Commit("2024-05-20"))
    found = [row for row in texts(changes(meetings, "HEAD~1")) if row[0] == "REC8"]
    assert found == [("REC8", "Ref", "REC3", "REC8", f"{SECRETARY}, 20 May 2024")]


def test_a_long_list_is_bounded_and_the_rest_counted(tmp_path: Path) -> None:
    meetings = make_meetings(tmp_path)
    refs = [f"REC{number}" for number in range(10, 40)]
    for ref in refs:
        meetings.write(ref, due="2024-12", title=f"Title of {ref}")
    meetings.commit(Commit("2024-05-20"))
    for number, ref in enumerate(refs):
        more = {"rag": "red"} if number > 25 else {"owners": ["Head of Repairs"]}
        meetings.write(ref, due="2024-12", title=f"Title of {ref}", **more)
    found = changes(meetings, "HEAD")
    assert len(found.rows) == MOST_ROWS
    assert [row[1] for row in texts(found)] == ["RAG rating"] * 4 + ["Owner"] * 11
    assert found.note == "Not shown: 15 more changes (Owner: 15)."


def test_a_rewritten_revision_is_shown(meetings: Meetings) -> None:
    path = meetings.plan / "recommendations" / "REC2.yaml"
    path.write_text(path.read_text().replace("2024-03", "2024-02"))
    row = texts(changes(meetings, "HEAD"))[0]
    assert row[:2] == ("REC2", "Record of moved dates")
    assert (row[2][:10], row[3][:13]) == ("March 2024", "February 2024")


def test_a_green_that_was_taken_back_is_held_against_what_was_promised(meetings: Meetings) -> None:
    meetings.write("REC1", due="2024-12")
    rows = texts(changes(meetings, "HEAD"))
    assert (
        "REC1",
        "Estimated completion date",
        "February 2024",
        "December 2024",
        "not committed",
    ) in rows


def test_a_broken_file_is_passed_over_and_said(meetings: Meetings) -> None:
    path = meetings.plan / "recommendations" / "REC3.yaml"
    sound = path.read_text()
    path.write_text("ref: [REC3\n")
    broken = meetings.commit(Commit("2024-05-15"))
    path.write_text(sound)
    meetings.commit(Commit("2024-05-16"))
    found = since(meetings, broken)
    assert [note for note in found.notes if "REC3.yaml could not be understood" in note]
    assert "1 earlier state of the files could not be understood and passed over" in found.notes
    listing = changes(meetings, broken)
    assert listing.introduction.endswith("1 file could not be understood and is not compared.")
    assert texts(changes(meetings, "HEAD~2")) == []


@pytest.mark.parametrize("revision", ["nowhere", "", "--all", "2020-01-01", "HEAD^{tree}"])
def test_no_such_revision(revision: str, meetings: Meetings) -> None:
    with pytest.raises(KimplanError):
        since(meetings, revision)


# The trend


def test_a_point_for_each_month(meetings: Meetings) -> None:
    found = trend(meetings)
    assert found.categories == (
        "30 November 2023", "31 December 2023", "31 January 2024", "29 February 2024",
        "31 March 2024", "30 April 2024", "31 May 2024",
    )  # fmt: skip
    assert found.series == (
        Series("Green", Rating.GREEN, False, (0, 0, 0, 0, 1, 1, 1)),
        Series("Amber, on time", Rating.AMBER, False, (5, 5, 5, 5, 4, 4, 3)),
        Series("Amber, overdue", Rating.AMBER, True, (0, 0, 0, 0, 0, 0, 1)),
    )
    assert found.upright
    assert "31 March 2024: 1 Green; 4 Amber, on time." in found.alt_text


def test_at_most_twelve_points(meetings: Meetings) -> None:
    assert len(trend(meetings, date(2026, 5, 31)).categories) == 12


def test_the_end_of_a_month_is_one_point(meetings: Meetings) -> None:
    assert trend(meetings, date(2024, 4, 30)).categories[-2:] == ("31 March 2024", "30 April 2024")
    assert trend(meetings, date(2024, 5, 1)).categories[-2:] == ("30 April 2024", "1 May 2024")


def test_fewer_than_three_points_are_no_trend(meetings: Meetings) -> None:
    assert elements(build(meetings, "board-2024-02", date(2023, 12, 31)), "trend") == ()
    assert elements(build(meetings, "board-2024-02", date(2024, 1, 1)), "trend") != ()


def test_the_trend_is_of_the_main_line(meetings: Meetings) -> None:
    """What stood on a branch in March was not the plan yet."""
    meetings.git("checkout", "--quiet", "-b", "side", "board-2024-02")
    meetings.write("REC9", rag="red", due="2024-12")
    meetings.commit(Commit("2024-02-20"))
    meetings.git("checkout", "--quiet", "main")
    meetings.git("merge", "--quiet", "--no-ff", "side", commit=Commit("2024-05-20"))
    (red,) = (one for one in trend(meetings).series if one.rating is Rating.RED)
    assert red.values == (0, 0, 0, 0, 0, 0, 1)


def test_a_broken_month_counts_as_the_month_before(meetings: Meetings) -> None:
    path = meetings.plan / "recommendations" / "REC3.yaml"
    sound = path.read_text()
    path.write_text("ref: [REC3\n")
    meetings.commit(Commit("2024-05-25"))
    path.write_text(sound)
    meetings.commit(Commit("2024-06-02"))
    totals = [sum(values) for values in zip(*(one.values for one in trend(
        meetings, date(2024, 6, 30)).series), strict=True)]  # fmt: skip
    assert totals == [5] * 8


def test_a_plan_that_came_later_than_the_repository(tmp_path: Path) -> None:
    meetings = Meetings(tmp_path)
    meetings.git("init", "--quiet", "--initial-branch=main")
    meetings.commit(Commit("2022-01-01"))
    shutil.rmtree(tmp_path / ".git")
    found = trend(make_meetings(tmp_path))
    assert found.categories[0] == "30 November 2023"


# The direction of each rating


def ratings(meetings: Meetings, revision: str) -> dict[str, str]:
    chapters = chapters_of(build(meetings, revision))
    return {row.anchor: row.cells[3].text for chapter in chapters for row in chapter.rows}


def test_the_direction_of_each_rating(meetings: Meetings) -> None:
    meetings.write("REC3", due="2024-04", rag="red")
    meetings.write("REC4", section="repairs", rag="not-applicable", due=None)
    assert ratings(meetings, "board-2024-02") == {
        "REC1": "GREEN\n↑ Better",
        "REC2": "AMBER\n→ Same",
        "REC3": "RED\n↓ Worse",
        "REC4": "Not Applicable",
        "REC5": "AMBER\nNew",
    }


def test_the_rating_of_the_cell_stays_and_a_sentence_says_what_the_words_mean(
    meetings: Meetings,
) -> None:
    document = build(meetings, "board-2024-02")
    assert [row.cells[3].rating for row in chapters_of(document)[0].rows] == [
        Rating.GREEN, Rating.AMBER, Rating.AMBER,
    ]  # fmt: skip
    assert paragraphs(document, "plan", Role.INTRODUCTION) == [
        "Below each rating: whether it is better than, the same as or worse than in the report at "
        "10 February 2024, or new since then."
    ]


def test_a_renumbered_record_keeps_its_direction(meetings: Meetings) -> None:
    folder = meetings.plan / "recommendations"
    (folder / "REC1.yaml").rename(folder / "REC9.yaml")
    path = folder / "REC9.yaml"
    path.write_text(path.read_text().replace("ref: REC1", "ref: REC9"))
    assert ratings(meetings, "board-2024-02")["REC9"] == "GREEN\n↑ Better"


def test_a_state_that_could_not_be_understood_has_no_direction(meetings: Meetings) -> None:
    path = meetings.plan / "recommendations" / "REC3.yaml"
    sound = path.read_text()
    path.write_text("ref: [REC3\n")
    broken = meetings.commit(Commit("2024-05-15"))
    path.write_text(sound)
    assert ratings(meetings, broken)["REC3"] == "AMBER"


def test_there_is_no_direction_without_an_earlier_report(meetings: Meetings) -> None:
    document = build_report(load_plan(meetings.plan), Request(AS_OF, "v"))
    assert chapters_of(document)[0].rows[0].cells[3].text == "GREEN"
    assert paragraphs(document, "plan", Role.INTRODUCTION) == []


def test_a_plan_without_ratings_has_no_sentence_about_them(tmp_path: Path) -> None:
    columns = [{"field": "ref", "label": "Ref"}]
    document = build(make_meetings(tmp_path, columns=columns), "board-2024-02")
    assert paragraphs(document, "plan", Role.INTRODUCTION) == []


# The moves


def test_every_move_in_the_order_of_the_plan(meetings: Meetings) -> None:
    found = listing_of(build_report(load_plan(meetings.plan), Request(AS_OF, "v")), "moves")
    assert found.heading == "Appendix: every date moved (2)"
    assert found.introduction == (
        "The estimated completion date of 1 recommendation moved 2 times. The days are counted "
        "between the last days that the dates cover."
    )
    assert found.labels == ("Ref", "From", "To", "Days", "Reason", "Agreed by", "On")
    assert texts(found) == [
        ("REC2", "March 2024", "April 2024", "+30", "The supplier was late.", "–",
         "10 February 2024"),
        ("REC2", "April 2024", "July 2024", "+92", "The archive could not be searched.", "Board",
         "2 May 2024"),
    ]  # fmt: skip


def test_moves_of_greens_are_among_them_and_earlier_is_negative() -> None:
    sooner = {"from": "2024-05-31", "to": "2024-05-01", "reason": "Sooner.", "on": "2024-04-01"}
    plan = make_plan({"rag": "green", "due": None, "revisions": [sooner]}, {})
    found = listing_of(build_report(plan, Request(AS_OF, "v")), "moves")
    assert texts(found)[0][:4] == ("REC1", "31 May 2024", "1 May 2024", "−30")


def move(start: str, end: str, **more: str) -> dict[str, str]:
    return {"from": start, "to": end, "reason": f"Not {start}.", "on": "2024-02-01", **more}


def test_the_dates_of_actions_are_among_the_moves() -> None:
    actions = [
        {"title": "Publish the form.", "due": "2024-06", "revisions": [move("2024-04", "2024-06")]},
        {"title": "Tell everybody", "due": "2024-08"},
    ]
    plan = make_plan(
        {"due": "2024-08", "revisions": [move("2024-05", "2024-08")], "actions": actions},
        {"due": "2024-09", "revisions": [move("2024-07", "2024-09", agreed_by="Board")]},
    )
    found = listing_of(build_report(plan, Request(AS_OF, "v")), "moves")
    assert found.heading == "Appendix: every date moved (3)"
    assert found.introduction.startswith(
        "The estimated completion dates of 2 recommendations and 1 action moved. "
    )
    assert found.labels == ("Ref", "Action", "From", "To", "Days", "Reason", "Agreed by", "On")
    day = "1 February 2024"
    assert texts(found) == [
        ("REC1", "–", "May 2024", "August 2024", "+92", "Not 2024-05.", "–", day),
        ("REC1", "Publish the form", "April 2024", "June 2024", "+61", "Not 2024-04.", "–", day),
        ("REC2", "–", "July 2024", "September 2024", "+61", "Not 2024-07.", "Board", day),
    ]


def test_only_the_date_of_an_action_moved() -> None:
    action = {"title": "Publish", "due": "2024-06", "revisions": [move("2024-04", "2024-06")] * 2}
    found = listing_of(build_report(make_plan({"actions": [action]}), Request(AS_OF, "v")), "moves")
    assert found.introduction.startswith(
        "The estimated completion date of 1 action moved 2 times. "
    )


def test_the_cells_of_a_move_hold_dates_days_and_numbers(meetings: Meetings) -> None:
    found = listing_of(build_report(load_plan(meetings.plan), Request(AS_OF, "v")), "moves")
    assert [cell.value for cell in found.rows[0]] == [
        None, parse_due("2024-03"), parse_due("2024-04"), 30, None, None, date(2024, 2, 10),
    ]  # fmt: skip


def test_no_moves_no_appendix() -> None:
    assert elements(build_report(make_plan({}), Request(AS_OF, "v")), "moves") == ()


def test_the_date_says_in_every_table_that_it_moved(meetings: Meetings) -> None:
    document = build_report(load_plan(meetings.plan), Request(AS_OF, "v"))
    moved = "July 2024, first promised March 2024, moved twice"
    (soon,) = (row for row in listing_of(document, "due-soon").rows if row[0].text == "REC2")
    (row,) = (
        row for section in chapters_of(document) for row in section.rows if row.anchor == "REC2"
    )
    assert soon[2].text == moved
    assert row.cells[4].text == moved
