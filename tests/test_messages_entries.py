"""What an owner is told of entries that YAML reads as keys, of keys that stand there twice by two
names, of words that say that there is nothing, and of what comes to light when a hint is followed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import EVIDENCE, lint_lines, make_owners, make_record, make_settings, write_plan
from following import Desk, edited

from kimplan.diagnostic import Diagnostic

RECORD = make_record(evidence=EVIDENCE, owners=["Company Secretary"])
MOVE = {"from": "2024-03", "to": "2024-07", "reason": "A.", "on": "2024-03-20"}
NOTHING = "Delete the line: where there is none, nothing is written."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


def only(desk: Desk, text: str) -> Diagnostic:
    """Return the one error that is found in a record."""
    (found,) = desk.errors(text)
    return found


@pytest.mark.parametrize(
    ("entry", "mended"),
    [
        ("progress:\n  - 2024-05-02: It is live", "  - on: 2024-05-02\n    note: It is live"),
        ("progress:\n  - 2 May 2024: Live", "  - on: 2024-05-02\n    note: Live"),
        ("progress:\n  - {2024-05-02: Live}", "  - {on: 2024-05-02, note: Live}"),
        ("progress:\n  - 2024-05-02: Live\n    by: Clerk",
         "  - on: 2024-05-02\n    note: Live\n    by: Clerk"),
        ("evidence:\n  - Guidance v3: https://example.org/x",
         "  - title: Guidance v3\n    link: https://example.org/x"),
        ("evidence:\n  - https://example.org/x: Guidance",
         "  - link: https://example.org/x\n    title: Guidance"),
        ("evidence:\n  - Guidance v3 - https://example.org/x",
         "  - title: Guidance v3\n    link: https://example.org/x"),
        ("actions:\n  - Publish the form: June 2024",
         "  - title: Publish the form\n    due: 2024-06"),
        ('actions:\n  - Publish: the form', '  - title: "Publish: the form"'),
    ],
)  # fmt: skip
def test_an_entry_whose_colon_makes_a_key_of_it_is_one_finding(
    entry: str, mended: str, desk: Desk
) -> None:
    text = f"{make_record()}{entry}\n"
    assert only(desk, text).code in {"KP102", "KP103"}
    key = entry.partition("\n")[0]
    assert desk.follow(text) == f"{make_record()}{key}\n{mended}\n"


def test_a_list_that_is_written_as_keys_becomes_one(desk: Desk) -> None:
    text = f"{make_record()}progress:\n  2024-05-02: Live\n  2024-06-02: Printed\n"
    found = only(desk, text)
    assert found.hint == (
        "Write each as an entry, the first as '  - on: 2024-05-02' and '    note: Live'."
    )
    lines = "  - on: 2024-05-02\n    note: Live\n  - on: 2024-06-02\n    note: Printed\n"
    assert desk.follow(text) == f"{make_record()}progress:\n{lines}"


@pytest.mark.parametrize(
    ("line", "hint", "added"),
    [
        ("owner: Head of Repairs",
         "Here it is 'owners': add '  - Head of Repairs' at the end of that list, and "
         "delete this line.",
         ("Company Secretary\n", "Company Secretary\n  - Head of Repairs\n")),
        ("lead: Company Secretary",
         "Delete the line: 'Company Secretary' is among the owners already.", None),
        ("owner: TBC", "Delete the line: 'TBC' is no owner.", None),
        ("document: Minutes",
         "Here it is 'evidence': add '  - title: Minutes' at the end of that list, and "
         "delete this line.",
         ("/register\"\n", "/register\"\n  - title: Minutes\n")),
        ("deadline: 2024-07", "Delete it: 'due' says so already.", None),
    ],
)  # fmt: skip
def test_a_key_by_another_name_goes_into_the_list_that_is_there(
    line: str, hint: str, added: tuple[str, str] | None, desk: Desk
) -> None:
    found = only(desk, f"{RECORD}{line}\n")
    assert (found.code, found.hint) == ("KP102", hint)
    expected = RECORD.replace(*added) if added else RECORD
    assert desk.follow(f"{RECORD}{line}\n") == expected


def test_a_link_beside_evidence_waits_for_its_title(desk: Desk) -> None:
    found = only(desk, f"{RECORD}link: https://example.org/x\n")
    assert found.hint == (
        "Here it is 'evidence': add '  - title: …' and '    link: https://example.org/x' at the "
        "end of that list, and delete this line."
    )
    assert found.correction is None


@pytest.mark.parametrize("words", ["None", "N/A", "TBC", "to follow", "none yet"])
@pytest.mark.parametrize("key", ["evidence", "actions", "progress", "verified"])
def test_what_says_that_there_is_nothing_is_not_written(key: str, words: str, desk: Desk) -> None:
    found = only(desk, f"{make_record()}{key}: {words}\n")
    assert (found.message, found.hint) == (f"{key} '{words}' says that there is nothing", NOTHING)
    assert desk.follow(f"{make_record()}{key}: {words}\n") == make_record()


def test_the_only_entry_goes_with_its_list(desk: Desk) -> None:
    text = f"{make_record()}evidence:\n  - None\n"
    assert only(desk, text).hint.startswith("Delete the line, and 'evidence:' above it")
    assert desk.follow(text) == make_record()


@pytest.mark.parametrize("words", ["TBC", "to be confirmed", "Vacant"])
@pytest.mark.parametrize("key", ["owners", "owner"])
def test_owners_that_are_nobody_are_asked_for(key: str, words: str, desk: Desk) -> None:
    found = only(desk, make_record(owners=None) + f"{key}: {words}\n")
    assert found.hint == (
        "Say who will own it, or who decides that: write 'owners:' and below it '  - …' with the "
        "role."
    )
    assert found.correction is None


@pytest.mark.parametrize("word", ["green?", "Green ?", "amber+", "green*", "Amber 50%", "gren?"])
def test_a_rating_in_doubt_is_not_pushed(word: str, tmp_path: Path, desk: Desk) -> None:
    found = only(desk, edited("rag:", f"rag: {word}"))
    assert (found.hint[:22], found.correction) == ("Write green (complete)", None)


def test_an_owner_with_a_name_behind_a_colon_is_the_role(desk: Desk) -> None:
    text = make_record(owners=None) + "owners:\n  - Head of Repairs: Jo Smith\n"
    assert only(desk, text).hint == (
        "Write the role alone, '- Head of Repairs'; who holds it stands in owners.yaml."
    )
    assert desk.follow(text).endswith("owners:\n  - Head of Repairs\n")


@pytest.mark.parametrize(
    ("response", "mended"),
    [
        ("\n  form: live\n  leaflet: out", " |\n  - form: live\n  - leaflet: out"),
        ("\n  - form: live\n  - leaflet: out", " |\n  - form: live\n  - leaflet: out"),
        ("\n  done:\n    - a\n    - b", " |\n  done:\n    - a\n    - b"),
    ],
)
def test_a_response_of_keys_becomes_a_text(response: str, mended: str, desk: Desk) -> None:
    text = edited("response:", f"response:{response}")
    assert desk.follow(text) == edited("response:", f"response:{mended}")


def test_a_new_date_behind_the_last_revision_is_a_move(desk: Desk) -> None:
    found = only(desk, make_record(due="31/08/2024", revisions=[MOVE]))
    assert found.hint == (
        "Write 2024-08-31 and, since the last revision moves it to 2024-07, add '  - from: "
        "2024-07', '    to: 2024-08-31', '    reason: …' and '    on: …' at the end of "
        "'revisions'; if it did not move again, write 2024-07."
    )
    assert found.correction is None
    more = MOVE | {"from": "2024-07", "to": "2024-08-31", "on": "2024-06-20"}
    assert desk.errors(make_record(due="2024-08-31", revisions=[MOVE, more])) == []


def test_words_for_a_date_keep_the_one_that_was_moved_to(desk: Desk) -> None:
    found = only(desk, make_record(due="Ongoing", revisions=[MOVE]))
    assert found.hint.startswith("Write 2024-07, where the last revision moved it; if it moved")
    same = only(desk, make_record(due="July 2024", revisions=[MOVE]))
    assert same.correction is not None


def test_what_comes_to_light_then_is_said_at_once(desk: Desk) -> None:
    text = make_record(completed="19/07/2024")
    found = only(desk, text)
    assert found.hint == (
        "Write 2024-07-19, or let kimplan lint --fix do it. Then REC1 is amber but claims to be "
        "completed. Write 'rag: green', or delete 'completed'."
    )


def test_what_is_open_was_completed_on_no_day(desk: Desk) -> None:
    text = make_record(completed="TBC")
    assert only(desk, text).hint == (
        "Delete the line while it is amber; once it is complete, write 'rag: green' and "
        "'completed:' with the day."
    )
    assert desk.follow(text) == make_record()


def test_settings_and_owners_are_told_the_lines(tmp_path: Path) -> None:
    settings = make_settings(columns=None) + "ratings: brag\ncolumns:\n  - ref: Ref\n"
    owners = "owners:\n  Head of Repairs: Jo Smith\n  Data Manager: Al\n"
    said = lint_lines(write_plan(tmp_path, records={}, settings=settings, owners=owners))
    assert "+ ratings:\n" in said
    assert " +   scheme: brag\n" in said
    assert " +   - field: ref\n" in said
    assert "    2 +   - role: Head of Repairs\n    3 +     name: Jo Smith\n" in said


def test_no_section_or_role_is_to_be_deleted_while_one_is_misspelt(tmp_path: Path) -> None:
    records = {"REC1": make_record(section="governence", owners=["TBC"])}
    owners = make_owners("Head of Repairs")
    said = lint_lines(write_plan(tmp_path, records=records, owners=owners))
    assert "KP503" in said
    assert "KP401" in said
    assert "KP405" not in said
    assert "KP506" not in said


def test_what_a_key_by_its_right_name_leads_to_is_said_at_once(desk: Desk) -> None:
    found = only(desk, f"{make_record()}date completed: May 2024\n")
    assert found.hint == (
        "Here it is called 'completed'. Then completed 'May 2024' is not a day, and the rating is "
        "amber. Delete the line while it is amber; once it is complete, write 'rag: green' and "
        "'completed:' with the day."
    )


def test_a_closed_record_that_opens_again_is_told_what_else_it_needs(desk: Desk) -> None:
    actions = [{"title": "A."}]
    text = make_record(rag="green", completed="2024-05-02", due=None, actions=actions)
    assert only(desk, text).hint.endswith(
        "while it is not, write 'rag: amber', delete 'completed' and add 'due:'."
    )


def test_a_second_revision_to_the_same_date_is_too_much(desk: Desk) -> None:
    again = MOVE | {"from": "2024-05", "on": "2024-04-20"}
    found = only(desk, make_record(revisions=[MOVE, again]))
    assert found.hint == "The one before has moved it to July 2024 already: delete this one."


def test_a_title_by_another_name_is_one_finding(desk: Desk) -> None:
    text = make_record().replace("title:", "recommendation:")
    assert only(desk, text).hint == "Here it is called 'title'."
    assert desk.follow(text) == make_record()


def test_of_a_note_with_two_days_both_are_named(desk: Desk) -> None:
    found = only(desk, f"{make_record()}progress:\n  - 02/05/2024: Live\n")
    assert found.correction is None
    assert found.hint == (
        "The colon behind '02/05/2024' makes a key of it: write '- on: 2024-05-02 or 2024-02-05' "
        "and '  note: Live', with the day it was."
    )


def test_two_dated_notes_in_one_entry_are_two(desk: Desk) -> None:
    text = f"{make_record()}progress:\n  - 2024-05-02: Live\n    2024-06-02: Printed\n"
    one, other = desk.errors(text)
    assert one.hint == (
        "Begin it with a dash, as an entry of its own: '- on: 2024-05-02' and '  note: Live'."
    )
    assert (one.correction, other.correction) == (None, None)


def test_a_file_with_hundreds_of_faults_is_not_mended_line_by_line(desk: Desk) -> None:
    text = make_record(owners=None) + "owners:\n" + "- on: 1\n" * 4000
    found = desk.findings(text)
    assert {(one.code, one.correction) for one in found} == {("KP103", None)}
    assert len(found) == 4000
