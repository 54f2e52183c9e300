"""What is wrong with a file's values, as ``kimplan lint`` says it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    lint_lines,
    lint_plan,
    lint_record,
    make_owners,
    make_record,
    make_settings,
    write_plan,
)

WHILE_AMBER = "Delete the line while it is amber."
FILL_IN = "Fill it in, or delete the line."
FILL_IN_TITLE = "Fill it in: the recommendation's opening sentence, in the Ombudsman's words."
RATINGS = (
    "Write green (complete), amber (in progress), red (not started or stuck) or not-applicable "
    "(does not apply)."
)
PROMISE = (
    "Write the date that was promised, as 'due: 2024-07'; or, where there is none yet, "
    "'due: none agreed' and 'due_reason: …'."
)
OWNED = "Write each role that owns it on a line of its own below: '  - Head of Repairs'."
NO_DAY = "Write the year, the month and the day: 2024-07-31. Where there is none, delete the line."
DATE = (
    "Write a day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03); or none agreed."
)
DAY = "Write the year, the month and the day: 2024-07-31."
REF = (
    "A ref is letters and digits, parted by single full stops, hyphens or underscores, such as "
    "REC6, A-12 or 4.2."
)
SLUG = "An id is small letters, digits and hyphens: governance-and-culture."
LIST = "Put each entry on a line of its own that begins with '- '."
TEXT = "Write the text behind the key, or below a |."
KEYS = "Write 'key: value' lines, indented by two spaces."
LINK = "A link is a web address or a path in the repository, without spaces around it."
SHORTEN = "Shorten it; keep long texts in a linked document."
ALL_KEYS = (
    "Allowed here: ref, section, title, detail, response, rag, due, due_reason, superseded_by, "
    "owners, completed, evidence, verified, progress, revisions, actions, fields, "
    "publish."
)
REVISION = {"from": "2024-03", "to": "2024-07", "reason": "A.", "on": "2024-03-20"}
COLUMN = {"field": "ref", "label": "Ref"}

RECORDS: dict[str, tuple[dict[str, Any], Sequence[tuple[str, ...]]]] = {
    # KP101
    "a missing ref": (
        {"ref": None},
        [
            (
                "1:1: error KP101 'ref' is missing",
                (
                    "Add a line 'ref: …': the recommendation's name in minutes and reports, and "
                    "its file's name without .yaml."
                ),
            )
        ],
    ),
    "no response": (
        {"response": None},
        [
            (
                "1:1: error KP101 'response' is missing",
                (
                    "Add a line 'response: …': the landlord's response; for not-applicable, the "
                    "reason."
                ),
            )
        ],
    ),
    "a missing key of a mapping": (
        {"verified": {"by": "Company Secretary"}},
        [
            (
                "10:3: error KP101 'on' is missing in verified",
                "Add 'on: …': the day on which it was checked.",
            )
        ],
    ),
    "a missing key of a list's entry": (
        {"revisions": [REVISION, {"from": "2024-03", "reason": "B.", "on": "2024-03-20"}]},
        [
            (
                "14:5: error KP101 'to' is missing in revisions[2]",
                "Add 'to: …': the due date after the move.",
            )
        ],
    ),
    # KP102
    "a key that nothing is like": (
        {"priority": "high"},
        [
            (
                "9:1: error KP102 unknown key 'priority'",
                (
                    "A field of your own is declared in plan.yaml, and written 'fields:' and '  "
                    "priority: high'."
                ),
            )
        ],
    ),
    "a misspelt key": (
        {"complete": "2024-07-19"},
        [
            (
                "9:1: error KP102 unknown key 'complete'",
                "Here it is called 'completed'. Then REC1 is amber but claims to be completed. "
                "Write 'rag: green', or delete 'completed'.",
            )
        ],
    ),
    "a key in capitals": (
        {"Detail": "x"},
        [("9:1: error KP102 unknown key 'Detail'", "Did you mean 'detail'?", "    9 + detail: x")],
    ),
    "a misspelt key instead of the right one": (
        {"section": None, "sectoin": "governance"},
        [
            (
                "8:1: error KP102 unknown key 'sectoin'",
                "Did you mean 'section'?",
                "    8 + section: governance",
            )
        ],
    ),
    "the name of a field within Python": (
        {"revisions": [REVISION | {"from_": "2024-03"}]},
        [
            (
                "14:5: error KP102 unknown key 'from_'",
                "Delete it: 'from' says so already.",
            )
        ],
    ),
    "an unknown key deep down": (
        {"evidence": [{"title": "A", "expiry": "2026-07"}]},
        [
            (
                "11:5: error KP102 unknown key 'expiry'",
                "Here it is called 'expires'.",
                "   11 +     expires: 2026-07",
            )
        ],
    ),
    # KP103
    "owners as text": (
        {"owners": "Company Secretary"},
        [
            (
                "7:9: error KP103 'owners' must be a list, not text",
                "Write 'owners:' and below it '  - Company Secretary'.",
                "    7 + owners:",
                "    8 +   - Company Secretary",
            )
        ],
    ),
    "owners as keys": (
        {"owners": {"role": "Company Secretary"}},
        [
            (
                "8:3: error KP103 'owners' must be a list, not keys and values",
                "Write each on a line of its own below 'owners:', such as '  - Company Secretary'.",
            )
        ],
    ),
    "an owner as a mapping": (
        {"owners": [{"role": "Company Secretary"}]},
        [
            (
                "8:5: error KP103 'owners[1]' must be text, not keys and values",
                "Write '- Company Secretary', without 'role'.",
                "    8 +   - Company Secretary",
            )
        ],
    ),
    "a title that is a list": (
        {"title": ["a", "b"]},
        [("4:3: error KP103 'title' must be text, not a list", "Keep one of them, as 'title: a'.")],
    ),
    "a response that is a mapping": (
        {"response": {"a": "b"}},
        [
            (
                "5:3: error KP103 'response' must be text, not keys and values",
                "The colon behind 'a' makes a key of it: write 'response: |', and the text on the "
                "lines below it.",
                "    4 + response: |",
            )
        ],
    ),
    "a rating that is a list": (
        {"rag": ["amber"]},
        [
            (
                "6:3: error KP103 'rag' must be text, not a list",
                "There is only one: write 'rag: amber', without a dash or brackets.",
                "    5 + rag: amber",
            )
        ],
    ),
    "a rating that is an empty list": (
        {"rag": []},
        [("5:1: error KP104 'rag' is empty", RATINGS)],
    ),
    "a date that is a list": (
        {"due": ["2024-07"]},
        [
            (
                "7:3: error KP103 'due' must be text, not a list",
                "There is only one: write 'due: 2024-07', without a dash or brackets.",
                "    6 + due: 2024-07",
            )
        ],
    ),
    "a day that is a mapping": (
        {"completed": {"on": "2024-07-19"}},
        [("10:3: error KP103 'completed' must be text, not keys and values", DAY)],
    ),
    "a mapping that is text": (
        {"verified": "Company Secretary"},
        [
            (
                "9:11: error KP103 'verified' is only text; it needs 'by:' and 'on:'",
                (
                    "Write 'verified:' and below it '  by: Company Secretary' and '  on: "
                    "2024-08-02', with what is true. While it is amber, delete it."
                ),
            )
        ],
    ),
    "a mapping that is a list": (
        {"verified": ["Company Secretary"]},
        [
            (
                "10:3: error KP103 'verified' must be keys and values, not a list",
                "Write '  by: Company Secretary' and '  on: 2024-08-02', without a dash.",
            )
        ],
    ),
    "a list's entry that is text": (
        {"progress": ["The form is live."]},
        [
            (
                "10:5: error KP103 'progress[1]' is only text; it needs 'on:' and 'note:'",
                "Write '- on: 2024-05-02' and '  note: The form is live.', with the day it was.",
            )
        ],
    ),
    # KP104
    "an empty title": ({"title": ""}, [("3:1: error KP104 'title' is empty", FILL_IN_TITLE)]),
    "a title of spaces": ({"title": "  "}, [("3:1: error KP104 'title' is empty", FILL_IN_TITLE)]),
    "an empty rating": ({"rag": ""}, [("5:1: error KP104 'rag' is empty", RATINGS)]),
    "an empty date": ({"due": ""}, [("6:1: error KP104 'due' is empty", PROMISE)]),
    "a date of spaces": ({"due": " "}, [("6:1: error KP104 'due' is empty", PROMISE)]),
    "an empty day": (
        {"completed": ""},
        [("9:1: error KP104 'completed' is empty", WHILE_AMBER)],
    ),
    "an empty optional text": (
        {"detail": ""},
        [("9:1: error KP104 'detail' is empty", FILL_IN)],
    ),
    "an empty list": ({"owners": ""}, [("7:1: error KP104 'owners' is empty", OWNED)]),
    "an empty mapping": (
        {"verified": ""},
        [("9:1: error KP104 'verified' is empty", WHILE_AMBER)],
    ),
    "an empty owner": (
        {"owners": ["Company Secretary", ""]},
        [
            (
                "9:5: error KP104 'owners[2]' is empty",
                "Fill it in, or delete the line with its dash.",
            )
        ],
    ),
    "an empty text deep down": (
        {"evidence": [{"title": "A", "link": ""}]},
        [("11:5: error KP104 'evidence[1].link' is empty", FILL_IN)],
    ),
    # KP105
    "a rating in capitals": (
        {"rag": "Amber"},
        [
            (
                "5:6: error KP105 rag 'Amber' is not known",
                "Write 'rag: amber', or let kimplan lint --fix do it.",
                "    5 + rag: amber",
            )
        ],
    ),
    "a rating with a space": (
        {"rag": "not applicable"},
        [
            (
                "5:6: error KP105 rag 'not applicable' is not known",
                "Write 'rag: not-applicable', or let kimplan lint --fix do it.",
                "    5 + rag: not-applicable",
            )
        ],
    ),
    "another rating": ({"rag": "pink"}, [("5:6: error KP105 rag 'pink' is not known", RATINGS)]),
    # KP106
    "a title that is too long": (
        {"title": "x" * 601},
        [
            (
                "3:8: error KP106 'title' is too long: 601 characters, at most 600",
                "Keep its opening sentence, and put the rest into 'detail'.",
            )
        ],
    ),
    "a response that is too long": (
        {"response": "x" * 20_001},
        [("4:11: error KP106 'response' is too long: 20,001 characters, at most 20,000", SHORTEN)],
    ),
    "an owner that is too long": (
        {"owners": ["x" * 301]},
        [("8:5: error KP106 'owners[1]' is too long: 301 characters, at most 300", SHORTEN)],
    ),
    # KP107
    "an escape that hides text": (
        {"title": "a\u202eb"},
        [
            (
                "3:10: error KP107 the escape \\U0000202e makes a right-to-left override (U+202E), "
                "which turns the text round",
                'Write the line without it; kimplan lint --fix does so.\n    3 + title: "ab"',
            )
        ],
    ),
    # KP108
    "a ref with a space": (
        {"ref": "REC 1"},
        [("1:6: error KP108 ref 'REC 1' should be written REC1", REF, "    1 + ref: REC1")],
    ),
    "a ref that leaves the folder": (
        {"ref": "../REC1"},
        [("1:6: error KP108 ref '../REC1' is not written as it should be", REF)],
    ),
    "a link over two lines": (
        {"evidence": [{"title": "A", "link": "https://a\nb"}]},
        [
            (
                "11:11: error KP108 'evidence[1].link' goes on in the next line",
                "Write it on one line.",
                "   11 +     link: https://ab",
            )
        ],
    ),
    # KP201
    "a date of the month 13": (
        {"due": "2024-13-45"},
        [("6:6: error KP201 due '2024-13-45' is no date: there is no month 13", DATE)],
    ),
    "a date in words": (
        {"due": "July 2024"},
        [
            (
                "6:6: error KP201 due 'July 2024' is not written as a plan writes dates",
                "Write 2024-07, or let kimplan lint --fix do it.",
                "    6 + due: 2024-07",
            )
        ],
    ),
    "a date with Arabic digits": (
        {"due": "٢٠٢٤-٠٧"},
        [("6:6: error KP201 due '٢٠٢٤-٠٧' is not a date", PROMISE)],
    ),
    "a date of 4,301 digits": (
        {"due": "9" * 4_301},
        [
            (
                (
                    "6:6: error KP201 due "
                    "'99999999999999999999999999999999999999999999999999999999999…' is not a date"
                ),
                PROMISE,
            )
        ],
    ),
    "a month for a day": (
        {"completed": "2024-07", "rag": "green"},
        [("9:12: error KP201 completed '2024-07' is a month, and a day is needed", DAY)],
    ),
    "a date deep down": (
        {"revisions": [REVISION | {"from": "March"}]},
        [
            (
                "10:11: error KP201 revisions[1].from 'March' names no year",
                "Write the year too: 2024-03-31 for a day, 2024-03 for a month.",
            )
        ],
    ),
    "a day deep down": (
        {"actions": [{"title": "A", "done": "2024-02-30"}]},
        [
            (
                (
                    "11:11: error KP201 actions[1].done '2024-02-30' is no day: February 2024 "
                    "has 29 days"
                ),
                NO_DAY,
            )
        ],
    ),
    # KP202
    "an interval backwards": (
        {"due": "2024-03/2023-12"},
        [
            (
                "6:6: error KP202 due '2024-03/2023-12' ends before it begins",
                "Put the earlier date before the slash, 2023-12/2024-03, or correct the year.",
            )
        ],
    ),
    # Several
    "everything wrong at once": (
        {"ref": "", "section": "X", "title": [], "rag": "x", "due": "x", "owners": "Clerk"},
        [
            (
                "1:1: error KP104 'ref' is empty",
                (
                    "Fill it in: the recommendation's name in minutes and reports, and its "
                    "file's name without .yaml."
                ),
            ),
            (
                "3:1: error KP104 'title' is empty",
                "Fill it in: the recommendation's opening sentence, in the Ombudsman's words.",
            ),
            ("5:6: error KP105 rag 'x' is not known", RATINGS),
            ("6:6: error KP201 due 'x' is not a date", PROMISE),
            (
                "7:9: error KP103 'owners' must be a list, not text",
                "Write 'owners:' and below it '  - Clerk'.",
                "    7 + owners:",
                "    8 +   - Clerk",
            ),
        ],
    ),
}

SETTINGS: dict[str, tuple[dict[str, Any], Sequence[tuple[str, ...]]]] = {
    "no sections": (
        {"sections": None},
        [
            (
                "1:1: error KP101 'sections' is missing",
                (
                    "Add a line 'sections: …': the chapters of the source report, in the order "
                    "of the report."
                ),
            )
        ],
    ),
    "empty sections": (
        {"sections": []},
        [
            (
                "3:1: error KP104 'sections' is empty",
                "Fill it in: the chapters of the source report, in the order of the report.",
            )
        ],
    ),
    "sections as texts": (
        {"sections": ["governance", "Repairs & voids"]},
        [
            (
                "4:5: error KP103 'sections[1]' is only text; it needs 'id:' and 'title:'",
                "Write '- id: governance' and '  title: …'.",
            ),
            (
                "5:5: error KP103 'sections[2]' is only text; it needs 'id:' and 'title:'",
                "Write '- id: repairs-and-voids' and '  title: Repairs & voids'.",
                "    5 +   - id: repairs-and-voids",
                "    6 +     title: Repairs & voids",
            ),
        ],
    ),
    "an id with a space": (
        {"sections": [{"id": "a b", "title": "A"}]},
        [("4:9: error KP108 sections[1].id 'a b' should be written a-b", SLUG)],
    ),
    "empty columns": ({"columns": []}, [("9:1: error KP104 'columns' is empty", FILL_IN)]),
    "an unknown column": (
        {"columns": [COLUMN, COLUMN | {"field": "evidnce"}]},
        [
            (
                "12:12: error KP105 columns[2].field 'evidnce' is not known",
                "Did you mean 'evidence'? Allowed: ref, recommendation, response, rag, due, "
                "owners, completed, evidence, verified, progress, actions, fields.ID.",
            )
        ],
    ),
    "a column that is too narrow": (
        {"columns": [COLUMN | {"width": "7"}]},
        [
            (
                "12:12: error KP108 columns[1].width '7' is not written as it should be",
                "Write a whole number from 8 to 400.",
            )
        ],
    ),
    "an unknown rating": (
        {"ratings": {"geen": {"label": "A", "meaning": "B"}}},
        [("10:3: error KP102 unknown key 'geen'", "Did you mean 'green'?", "   10 +   green:")],
    ),
    "a rating as Python spells it": (
        {"ratings": {"not_applicable": {"label": "A", "meaning": "B"}}},
        [
            (
                "10:3: error KP102 unknown key 'not_applicable'",
                "Did you mean 'not-applicable'?",
                "   10 +   not-applicable:",
            )
        ],
    ),
    "a rating without a meaning": (
        {"ratings": {"not-applicable": {"label": "A"}}},
        [
            (
                "11:5: error KP101 'meaning' is missing in ratings.not-applicable",
                "Add 'meaning: …': what the rating means.",
            )
        ],
    ),
    "an unknown time zone": (
        {"timezone": "Europe/Lodnon"},
        [
            (
                "9:11: error KP108 timezone 'Europe/Lodnon' is no time zone that every machine "
                "knows",
                "Write a name of the time zone database, such as Europe/London.",
            )
        ],
    ),
    "too few days": (
        {"due_soon_days": "0"},
        [
            (
                "9:16: error KP108 due_soon_days '0' is not written as it should be",
                "Write a whole number from 1 to 3650.",
            )
        ],
    ),
    "an unknown layout": (
        {"report": {"layout": "tabel"}},
        [
            (
                "10:11: error KP105 report.layout 'tabel' is not known",
                "Did you mean 'table'? Allowed: table, sections.",
            )
        ],
    ),
    "a size that is too small": (
        {"report": {"font_size": "5"}},
        [
            (
                "10:14: error KP108 report.font_size '5' is not written as it should be",
                "Write a size in points from 6 to 24, such as 10.5.",
            )
        ],
    ),
    "a switch that is not one": (
        {"report": {"latest_progress": "yes"}},
        [
            (
                "10:20: error KP108 report.latest_progress 'yes' is not written as it should be",
                "Write 'latest_progress: true'.",
                "   10 +   latest_progress: true",
            )
        ],
    ),
    "a source that is text": (
        {"source": "KIM"},
        [
            (
                "9:9: error KP103 'source' is only text; it needs 'title:'",
                "Write 'source:' and below it '  title: KIM'.",
                "    9 + source:",
                "   10 +   title: KIM",
            )
        ],
    ),
    "a date of the source": (
        {"source": {"title": "A", "published": "2023-5"}},
        [
            (
                (
                    "11:14: error KP201 source.published '2023-5' is not written as a plan "
                    "writes dates"
                ),
                "Write 2023-05, or let kimplan lint --fix do it.",
                "   11 +   published: 2023-05",
            )
        ],
    ),
}


def findings(expected: Sequence[tuple[str, ...]], path: str = "") -> str:
    """Return findings as they are printed, each with its hint and the lines to write."""
    return "".join(
        f"{path}{finding}\n  hint: {hint}\n" + "".join(f"{line}\n" for line in lines)
        for finding, hint, *lines in expected
    )


@pytest.mark.parametrize("what", RECORDS)
def test_a_record_is_told_what_is_wrong(what: str, tmp_path: Path) -> None:
    fields, expected = RECORDS[what]
    assert lint_record(tmp_path, make_record(**fields)) == findings(expected)


@pytest.mark.parametrize("what", SETTINGS)
def test_the_settings_are_told_what_is_wrong(what: str, tmp_path: Path) -> None:
    fields, expected = SETTINGS[what]
    plan = write_plan(tmp_path, settings=make_settings(**fields))
    said = lint_lines(plan).splitlines(keepends=True)
    assert "".join(said[:-1]) == findings(expected, "plan/plan.yaml:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "owners:\n",
            [("1:1: error KP104 'owners' is empty", "Fill it in: the roles, each of them once.")],
        ),
        (
            "owners:\n  - Company Secretary\n",
            [
                (
                    "2:5: error KP103 'owners[1]' is only text; it needs 'role:'",
                    "Write '- role: Company Secretary'.",
                    "    2 +   - role: Company Secretary",
                )
            ],
        ),
        (
            "owner:\n  - role: A\n",
            [
                (
                    "1:1: error KP102 unknown key 'owner'",
                    "Here it is called 'owners'.",
                    "    1 + owners:",
                )
            ],
        ),
        (
            f"{make_owners()}    emial: a@example.org\n",
            [
                (
                    "5:5: error KP102 unknown key 'emial'",
                    "Did you mean 'email'?",
                    "    5 +     email: a@example.org",
                )
            ],
        ),
    ],
)
def test_the_owners_are_told_what_is_wrong(
    text: str, expected: Sequence[tuple[str, ...]], tmp_path: Path
) -> None:
    plan = write_plan(tmp_path, owners=text)
    said = lint_lines(plan).splitlines(keepends=True)
    assert "".join(said[:-1]) == findings(expected, "plan/owners.yaml:")


def test_a_value_is_never_shown_in_full(tmp_path: Path) -> None:
    said = lint_record(tmp_path, make_record(rag="secret " * 50))
    shown = ("secret " * 50)[:59]
    assert said == f"5:6: error KP105 rag '{shown}…' is not known\n  hint: {RATINGS}\n"


def test_a_rating_of_the_settings_that_has_no_date_is_told(tmp_path: Path) -> None:
    amber = {"label": "AMBER", "meaning": "In progress", "date": "Soon"}
    plan = write_plan(tmp_path, settings=make_settings(ratings={"amber": amber}))
    assert lint_plan(plan)
