"""Why something is late: what was said last of it."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import AS_OF, make_item, make_plan
from report_parts import Listing, listing_of

from kimplan.answers.why import LONGEST, why_late
from kimplan.report.build import build_report
from kimplan.report.request import Request
from kimplan.schedule import promises


def note(on: str, text: str) -> dict[str, str]:
    return {"on": on, "note": text}


def move(on: str, reason: str) -> dict[str, str]:
    return {"from": "2024-01", "to": "2024-02", "reason": reason, "on": on}


def why(number: int = 0, **record: Any) -> str:
    item = make_item(**{"due": "2024-02"} | record)
    return why_late(list(promises(item))[number], AS_OF)


@pytest.mark.parametrize(
    ("notes", "moves", "said"),
    [
        ([], [], ""),
        ([note("2024-05-02", "The form\nis **live**.")], [], "2 May 2024: The form is live."),
        ([], [move("2024-05-02", "No\n\n- staff\n- money")], "2 May 2024: No staff money"),
        (
            [note("2024-03-01", "Begun."), note("2024-04-01", "Half of it.")],
            [move("2024-03-15", "Slow.")],
            "1 April 2024: Half of it.",
        ),
        ([note("2024-03-01", "Begun.")], [move("2024-03-15", "Slow.")], "15 March 2024: Slow."),
        ([note("2024-03-01", "Begun.")], [move("2024-03-01", "Slow.")], "1 March 2024: Begun."),
        (
            [note("2024-03-01", "Begun."), note("2024-03-01", "Stopped.")],
            [],
            "1 March 2024: Stopped.",
        ),
        (
            [note("2024-05-31", "On the day."), note("2024-06-01", "The day after.")],
            [move("2024-07-01", "Later.")],
            "31 May 2024: On the day.",
        ),
    ],
    ids=[
        "nothing", "a note", "a move", "the note is later", "the move is later", "the same day",
        "two of one day", "what nobody knew then",
    ],
)  # fmt: skip
def test_what_was_said_last(notes: list[Any], moves: list[Any], said: str) -> None:
    assert why(progress=notes, revisions=moves) == said


def test_an_action_has_moves_of_its_own_and_the_notes_of_its_recommendation() -> None:
    action = {"title": "A", "due": "2024-02", "revisions": [move("2024-04-01", "Its own.")]}
    other = {"title": "B", "due": "2024-02"}
    record = {
        "progress": [note("2024-03-01", "Begun.")],
        "revisions": [move("2024-05-01", "The recommendation's.")],
        "actions": [action, other],
    }
    assert [why(number, **record) for number in range(3)] == [
        "1 May 2024: The recommendation's.",
        "1 April 2024: Its own.",
        "1 March 2024: Begun.",
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("word " * 100, "word word…"),
        ("w" * 400, "www…"),
        ("a" * 200 + ". " + "b" * 300, "aaa…"),
    ],
    ids=["words", "one word", "a long last word"],
)
def test_a_long_text_is_cut_after_a_word(text: str, end: str) -> None:
    found = why(progress=[note("2024-03-01", text)])
    assert found.endswith(end)
    assert len(found) <= LONGEST


def test_a_text_of_the_greatest_length_stays_whole() -> None:
    text = "x" * (LONGEST - len("1 March 2024: "))
    assert why(progress=[note("2024-03-01", text)]) == f"1 March 2024: {text}"
    assert why(progress=[note("2024-03-01", f"{text}y")]).endswith("x…")


def overdue(*records: dict[str, Any], **settings: Any) -> Listing:
    return listing_of(build_report(make_plan(*records, **settings), Request(AS_OF, "v")), "overdue")


def test_the_column_is_there_if_any_row_has_a_reason() -> None:
    late = {"due": "2024-02"}
    told = {**late, "progress": [note("2024-03-01", "Begun.")]}
    assert overdue(late).labels[-1] == "Owner"
    assert overdue({"due": "2024-08", "progress": told["progress"]}).rows == ()
    found = overdue(late, told)
    assert found.labels[-2:] == ("Owner", "Why")
    assert [row[-1].text for row in found.rows] == ["–", "1 March 2024: Begun."]
