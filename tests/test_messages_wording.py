"""What is said of a text that says nothing yet, or whose list YAML made one line of."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EVIDENCE, make_record
from following import Desk, edited

from kimplan.diagnostic import Correction, Diagnostic

FILL = "Fill it in, or say what is not known yet."
LOOK = "Write what stood there: look it up in the table or the document it came from."
OUT = "Write it out: each recommendation is read by itself."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def only(desk: Desk, text: str) -> Diagnostic:
    [found] = desk.findings(text)
    return found


@pytest.mark.parametrize(
    ("response", "message", "hint"),
    [
        ("Update to follow.", "the response holds the placeholder 'Update to follow'", FILL),
        ("To be confirmed", "the response holds the placeholder 'To be confirmed'", FILL),
        ("Awaiting update", "the response holds the placeholder 'Awaiting update'", FILL),
        ("N/A", "the response says only 'N/A'", FILL),
        ("none", "the response says only 'none'", FILL),
        ("-", "the response says only '-'", FILL),
        ("…", "the response says only '…'", FILL),
        ("?", "the response says only '?'", FILL),
        ("As above.", "the response says only 'As above.'", OUT),
        ("ditto", "the response says only 'ditto'", OUT),
        ("#REF!", "the response holds '#REF!', an error of Excel or Word", LOOK),
        (
            "Error! Reference source not found.",
            "the response holds 'Error! Reference source not found.', an error of Excel or Word",
            LOOK,
        ),
    ],
)
def test_a_response_that_says_nothing_is_told(
    response: str, message: str, hint: str, desk: Desk
) -> None:
    found = only(desk, make_record(response=response))
    assert (found.code, found.severity.value) == ("KP604", "warning")
    assert (found.message, found.hint, found.location.line) == (message, hint, 4)


def test_what_does_not_apply_says_why(desk: Desk) -> None:
    found = only(desk, make_record(response="N/A", rag="not-applicable", due=None))
    assert found.message == "the response says only 'N/A'"
    assert found.hint == "Write the reason why it does not apply."


def test_the_reason_for_no_date_is_read_too(desk: Desk) -> None:
    text = make_record(due="none agreed").replace("owners:", "due_reason: TBC\nowners:")
    found = only(desk, text)
    assert (found.code, found.message) == (
        "KP604",
        "the field due_reason holds the placeholder 'TBC'",
    )


@pytest.mark.parametrize("mark", ["-", "?"])
def test_a_mark_that_yaml_cannot_read_says_nothing_either(mark: str, desk: Desk) -> None:
    found = only(desk, edited("response:", f"response: {mark}"))
    assert (found.code, found.message, found.hint) == ("KP003", f"'{mark}' says nothing", FILL)
    assert found.location[1:] == (4, 11)


def test_who_agreed_and_who_checked_are_read_too(desk: Desk) -> None:
    move = {"from": "2024-06", "to": "2024-07", "reason": "It is late.", "agreed_by": "TBC"}
    text = make_record(revisions=[move | {"on": "2024-05-01"}])
    found = only(desk, text)
    assert found.message == "the field agreed_by holds the placeholder 'TBC'"
    note = {"on": "2024-05-02", "by": "N/A", "note": "The form is live for all."}
    assert only(desk, make_record(progress=[note])).message == "the field by says only 'N/A'"


@pytest.mark.parametrize("response", ["See REC3.", "N/A was recorded for 3 homes.", "Yes."])
def test_an_answer_is_left_alone(response: str, desk: Desk) -> None:
    assert desk.findings(make_record(response=response)) == ()


@pytest.mark.parametrize(
    ("lines", "place", "correction"),
    [
        (
            "response:\n  1. Web form\n  2. Leaflet",
            (5, 3),
            Correction(4, 4, ("response: |",)),
        ),
        (
            "response: Two things are done\n  - Web form\n  - Leaflet",
            (5, 3),
            Correction(4, 4, ("response: |", "  Two things are done")),
        ),
        (
            "response: >\n  Two things are done\n  a) Web form, which\n  is live\n  b) Leaflet",
            (6, 3),
            Correction(
                4, 7, ("response: |", "  Two things are done", "  a) Web form, which is live")
            ),
        ),
        (
            'response: "Two things:\n  1. Web form\n  2. Leaflet"',
            (5, 3),
            Correction(4, 6, ("response: |", "  Two things:", "  1. Web form", "  2. Leaflet")),
        ),
        (
            "response: Two things\n  • Web form\n  • Leaflet",
            (5, 3),
            Correction(4, 6, ("response: |", "  Two things", "  - Web form", "  - Leaflet")),
        ),
    ],
)
def test_lines_of_a_list_get_a_bar_above_them(
    lines: str, place: tuple[int, int], correction: Correction, desk: Desk
) -> None:
    text = edited("response:", lines)
    found = only(desk, text)
    assert (found.code, found.location[1:]) == ("KP606", place)
    assert found.message == "the lines of a list in the response run together into one sentence"
    assert found.hint == "Put a | behind 'response:', and the list below it."
    assert found.correction == correction
    assert desk.findings(desk.follow(text)) == ()


@pytest.mark.parametrize(
    "lines",
    [
        "response: |\n  1. Web form\n  2. Leaflet",
        "response: The form - which is new - is live\n  - and more than that",
        "response: It was built in 2023 and then in\n  12. May it went to the board",
        "response: Both - and 2. what is more",
    ],
)
def test_a_list_below_a_bar_and_a_wrapped_line_are_left_alone(lines: str, desk: Desk) -> None:
    assert desk.findings(edited("response:", lines)) == ()


TABLE = "a table was pasted into the response, and its bars are printed"
AS_LIST = "Write each row as a sentence, or as an entry of a list that begins with '- '."


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("response: |\n  | Ref | RAG |\n  | --- | --- |\n  | 6 | Amber |", (5, 3)),
        ("response: |\n  Where we are:\n\n  Ref | RAG\n  --- | :---:\n  6 | Amber", (7, 3)),
        ("response: |\n  | Web form | live |\n  | Leaflet | printed |", (5, 3)),
    ],
)
def test_a_table_below_a_bar_is_told(lines: str, place: tuple[int, int], desk: Desk) -> None:
    found = only(desk, edited("response:", lines))
    assert (found.code, found.location[1:]) == ("KP606", place)
    assert (found.message, found.hint, found.correction) == (TABLE, AS_LIST, None)


@pytest.mark.parametrize(
    "lines",
    [
        "response: |\n  The form | the leaflet\n  are out.",
        "response: |\n  A heading\n  ---\n  The text.",
        "response: Repairs | Voids",
    ],
)
def test_a_single_bar_and_a_rule_are_no_table(lines: str, desk: Desk) -> None:
    assert desk.findings(edited("response:", lines)) == ()


STATUS = "Say what has been done, and what is still to do and by when."


@pytest.mark.parametrize(
    ("response", "hint"),
    [
        ("See previous update", OUT),
        ("As per last report.", OUT),
        ("In progress", STATUS),
        ("Ongoing.", STATUS),
        ("NO CHANGE", STATUS),
        ("No update", STATUS),
        ("Not started", STATUS),
        ("Update required", STATUS),
    ],
)
def test_a_response_that_says_no_more_than_its_rating_is_told(
    response: str, hint: str, desk: Desk
) -> None:
    found = only(desk, make_record(response=response))
    assert (found.code, found.message) == ("KP604", f"the response says only '{response}'")
    assert found.hint == hint


def test_done_is_told_once(desk: Desk) -> None:
    assert only(desk, make_record(response="Done.")).code == "KP602"
    text = make_record(response="Done.", rag="green", due=None, evidence=EVIDENCE)
    found = only(desk, text)
    assert (found.code, found.message) == ("KP604", "the response says only 'Done.'")


@pytest.mark.parametrize(
    "response",
    [
        "Agreed",
        "Accepted.",
        "In progress: the form is being written",
        "No change is proposed",
        "Ongoing training is in the plan",
        "Not started: the supplier left",
    ],
)
def test_a_short_response_that_says_something_is_left_alone(response: str, desk: Desk) -> None:
    assert desk.findings(make_record(response=response)) == ()


@pytest.mark.parametrize("note", ["No change", "Ongoing", "Done", "No update this month"])
def test_a_dated_note_may_say_that_nothing_has_changed(note: str, desk: Desk) -> None:
    assert desk.findings(make_record(progress=[{"on": "2024-05-02", "note": note}])) == ()
