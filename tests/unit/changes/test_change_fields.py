"""What is said to differ between two states of a recommendation."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import EVIDENCE, make_item
from histories import MOVED, MOVED_AGAIN

from kimplan.changes.fields import Change, Kind, differences, is_better, shown_in
from kimplan.model.language import ENGLISH, parse_language
from kimplan.model.rating import Rating


def rated(before: str, after: str) -> Change:
    return Change(Kind.RATING, before, after, ratings=(Rating(before), Rating(after)))


NOTE = {"on": "2024-05-02", "by": "Data Manager", "note": "The form is live."}
STEP = {"title": "Publish the form", "owner": "Data Manager", "due": "2024-06"}
SHOWN = "July 2024 to September 2024 (20 May 2024): Staff left."
AGREED = "July 2024 to September 2024 (agreed by Board, 20 May 2024): Staff left."
AGAIN = "September 2024 to December 2024 (20 August 2024): Still short."
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[Change]]] = {
    "nothing": ({}, {}, []),
    "wrapped anew": (
        {"response": "One two.\nThree.", "title": "A b"},
        {"response": "One\ntwo. Three.\n", "title": "A\nb"},
        [],
    ),
    "ref": ({}, {"ref": "REC2"}, [Change(Kind.RENUMBERED, "REC1", "REC2")]),
    "rating": ({}, {"rag": "red"}, [rated("amber", "red")]),
    "date": ({}, {"due": "2024-08"}, [Change(Kind.DUE, "July 2024", "August 2024", 31)]),
    "date earlier": ({}, {"due": "2024-06"}, [Change(Kind.DUE, "July 2024", "June 2024", -31)]),
    "date of the same last day": (
        {},
        {"due": "2024-07-31"},
        [Change(Kind.DUE, "July 2024", "31 July 2024", 0)],
    ),
    "interval": (
        {"due": "2023-12/2024-03"},
        {"due": "2024-02-29"},
        [Change(Kind.DUE, "December 2023 – March 2024", "29 February 2024", -31)],
    ),
    "date with a reason": (
        {},
        {"due": "2024-09", "revisions": [MOVED]},
        [Change(Kind.DUE, "July 2024", "September 2024", 61, "Staff left.")],
    ),
    "date with two reasons": (
        {},
        {"due": "2024-12", "revisions": [MOVED, MOVED_AGAIN]},
        [Change(Kind.DUE, "July 2024", "December 2024", 153, "Staff left. Still short.")],
    ),
    "date with a reason beside an old one": (
        {"due": "2024-09", "revisions": [MOVED]},
        {"due": "2024-12", "revisions": [MOVED, MOVED_AGAIN]},
        [Change(Kind.DUE, "September 2024", "December 2024", 92, "Still short.")],
    ),
    "moved and back": (
        {"revisions": []},
        {"revisions": [MOVED]},
        [Change(Kind.REVISION, "", SHOWN)],
    ),
    "revision rewritten": (
        {"revisions": [MOVED]},
        {"revisions": [MOVED | {"agreed_by": "Board"}]},
        [Change(Kind.REVISION, SHOWN, AGREED)],
    ),
    "revision rewritten and date moved": (
        {"due": "2024-09", "revisions": [MOVED]},
        {"due": "2024-12", "revisions": [MOVED | {"agreed_by": "Board"}, MOVED_AGAIN]},
        [
            Change(Kind.DUE, "September 2024", "December 2024", 92, "Still short."),
            Change(Kind.REVISION, SHOWN, f"{AGREED}; {AGAIN}"),
        ],
    ),
    "revision taken away": ({"revisions": [MOVED]}, {}, [Change(Kind.REVISION, SHOWN, "")]),
    "closed": ({}, {"rag": "green"}, [rated("amber", "green")]),
    "closed without its date": (
        {},
        {"rag": "green", "due": None},
        [rated("amber", "green"), Change(Kind.DUE, "July 2024", "")],
    ),
    "reopened": (
        {"rag": "green", "due": None},
        {},
        [rated("green", "amber"), Change(Kind.DUE, "", "July 2024")],
    ),
    "date taken away": ({}, {"due": None}, [Change(Kind.DUE, "July 2024", "")]),
    "owners": (
        {"owners": ["A", "B"]},
        {"owners": ["B", "C"]},
        [Change(Kind.OWNERS, "A", "C")],
    ),
    "owners in another order": (
        {"owners": ["A", "B"]},
        {"owners": ["B", "A"]},
        [Change(Kind.OWNERS, "A; B", "B; A")],
    ),
    "an owner named twice": ({"owners": ["A"]}, {"owners": ["A", "A"]},
                             [Change(Kind.OWNERS, "", "A")]),
    "evidence": ({}, {"evidence": [*EVIDENCE]}, [Change(Kind.EVIDENCE, "", "Register")]),
    "link of the evidence": (
        {"evidence": [*EVIDENCE]},
        {"evidence": [{"title": "Register", "link": "a.pdf"}]},
        [Change(Kind.EVIDENCE, "Register (https://example.org/register)", "Register (a.pdf)")],
    ),
    "end of the evidence": (
        {"evidence": [{"title": "Register", "expires": "2024-07"}]},
        {"evidence": [{"title": "Register", "expires": "2026-07"}]},
        [Change(Kind.EVIDENCE, "Register (expires July 2024)", "Register (expires July 2026)")],
    ),
    "note": (
        {},
        {"progress": [NOTE]},
        [Change(Kind.PROGRESS, "", "2 May 2024, Data Manager: The form is live.")],
    ),
    "who wrote a note": (
        {"progress": [NOTE]},
        {"progress": [NOTE | {"by": "Mallory"}]},
        [Change(Kind.PROGRESS, "2 May 2024, Data Manager: The form is live.",
                "2 May 2024, Mallory: The form is live.")],
    ),
    "owner of a step": (
        {"actions": [STEP]},
        {"actions": [STEP | {"owner": "Mallory"}]},
        [Change(Kind.ACTIONS, "Publish the form (Data Manager, due June 2024)",
                "Publish the form (Mallory, due June 2024)")],
    ),
    "a step that was done": (
        {"actions": [STEP, {"title": "Other"}]},
        {"actions": [STEP | {"done": "2024-06-11"}, {"title": "Other"}]},
        [Change(Kind.ACTIONS, "Publish the form (Data Manager, due June 2024)",
                "Publish the form (Data Manager, due June 2024, done 11 June 2024)")],
    ),
    "date of an action": (
        {"actions": [STEP, {"title": "Other"}]},
        {"actions": [STEP | {"due": "2025-06"}, {"title": "Other"}]},
        [Change(Kind.DUE, "June 2024", "June 2025", 365, action="Publish the form")],
    ),
    "date of an action with a reason": (
        {"actions": [STEP]},
        {"actions": [STEP | {"due": "2024-09", "revisions": [MOVED | {"from": "2024-06"}]}]},
        [Change(Kind.DUE, "June 2024", "September 2024", 92, "Staff left.", "Publish the form")],
    ),
    "an action promised first": (
        {"actions": [{"title": "Other"}]},
        {"actions": [{"title": "Other", "due": "2024-06"}]},
        [Change(Kind.DUE, "", "June 2024", action="Other")],
    ),
    "an action whose date was taken away": (
        {"actions": [STEP]},
        {"actions": [STEP | {"due": None}]},
        [Change(Kind.DUE, "June 2024", "", action="Publish the form")],
    ),
    "a date and an owner of an action": (
        {"actions": [STEP]},
        {"actions": [STEP | {"due": "2024-05", "owner": "B"}]},
        [Change(Kind.DUE, "June 2024", "May 2024", -30, action="Publish the form"),
         Change(Kind.ACTIONS, "Publish the form (Data Manager, due June 2024)",
                "Publish the form (B, due May 2024)")],
    ),
    "an action reworded and moved": (
        {"actions": [{"title": "Other"}, STEP]},
        {"actions": [{"title": "Other"}, STEP | {"title": "Print it", "due": "2024-07"}]},
        [Change(Kind.DUE, "June 2024", "July 2024", 31, action="Print it"),
         Change(Kind.ACTIONS, "Publish the form (Data Manager, due June 2024)",
                "Print it (Data Manager, due July 2024)")],
    ),
    "an action's revision rewritten": (
        {"actions": [STEP | {"revisions": [MOVED]}]},
        {"actions": [STEP | {"revisions": [MOVED | {"agreed_by": "Board"}]}]},
        [Change(Kind.REVISION, SHOWN, AGREED, action="Publish the form")],
    ),
    "an action added and one removed": (
        {"actions": [STEP, {"title": "Other"}]},
        {"actions": [{"title": "Other"}]},
        [Change(Kind.ACTIONS, "Publish the form (Data Manager, due June 2024)", "")],
    ),
    "actions in another order": (
        {"actions": [{"title": "A"}, {"title": "B"}]},
        {"actions": [{"title": "B"}, {"title": "A"}]},
        [Change(Kind.ACTIONS, "A; B", "B; A")],
    ),
    "bullets typed otherwise": (
        {"detail": "Two:\n\n- one\n- two\n", "progress": [NOTE | {"note": "- a\n- b\n"}]},
        {"detail": "Two:\n\n* one\n* two\n", "progress": [NOTE | {"note": "* a\n* b\n"}]},
        [],
    ),
    "completed": ({}, {"completed": "2024-06-11"}, [Change(Kind.COMPLETED, "", "11 June 2024")]),
    "verified": (
        {"verified": {"by": "Audit", "on": "2024-06-11"}},
        {"verified": {"by": "Audit", "on": "2024-06-12"}},
        [Change(Kind.VERIFIED, "Audit, 11 June 2024", "Audit, 12 June 2024")],
    ),
    "section": ({}, {"section": "repairs"}, [Change(Kind.SECTION, "governance", "repairs")]),
    "words": (
        {"detail": "Old."},
        {"title": "New.", "detail": None, "response": "Newer."},
        [
            Change(Kind.TITLE, "Keep a register of every repair.", "New."),
            Change(Kind.DETAIL, "Old.", ""),
            Change(Kind.RESPONSE, "The register is being built.", "Newer."),
        ],
    ),
}  # fmt: skip


def as_words(change: Change) -> Change:
    """Return a change without its dates as values, which its words say."""
    return change._replace(dates=(None, None), revisions=((), ()))


@pytest.mark.parametrize("name", CASES)
def test_what_differs(name: str) -> None:
    before, after, expected = CASES[name]
    found = differences(make_item(**before), make_item(**after))
    assert [as_words(change) for change in found] == expected


def test_what_came_and_what_went() -> None:
    item = make_item()
    assert differences(None, item) == [Change(Kind.ADDED, "", "REC1")]
    assert differences(item, None) == [Change(Kind.REMOVED, "REC1", "")]
    assert differences(None, None) == []


@pytest.mark.parametrize("name", CASES)
def test_no_two_states_differ_in_silence(name: str) -> None:
    """Whatever differs in one direction differs in the other, and says from what to what."""
    before, after, expected = CASES[name]
    back = differences(make_item(**after), make_item(**before))
    kinds = {change.kind for change in expected} ^ {change.kind for change in back}
    assert kinds <= {Kind.DUE, Kind.REVISION}
    assert all(change.before != change.after for change in (*expected, *back))


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ("red", "amber", True), ("amber", "green", True), ("red", "green", True),
        ("green", "red", False), ("amber", "red", False), ("green", "amber", False),
        ("red", "red", None), ("not-applicable", "green", None), ("red", "not-applicable", None),
    ],
)  # fmt: skip
def test_which_rating_is_better(before: str, after: str, better: bool | None) -> None:
    assert is_better(Rating(before), Rating(after)) is better


def test_dates_in_another_language() -> None:
    welsh = parse_language("cy")
    before = make_item(completed="2024-05-02", due="2024-07")
    after = make_item(completed=None, due="2024-09", revisions=[MOVED])
    found = differences(before, after)
    assert [(change.kind, *shown_in(change, welsh)) for change in found] == [
        (Kind.DUE, "Gorffennaf 2024", "Medi 2024"),
        (Kind.COMPLETED, "2 Mai 2024", ""),
    ]
    assert [shown_in(change, ENGLISH) for change in found] == [
        (change.before, change.after) for change in found
    ]
    rewritten = make_item(due="2024-09", revisions=[{**MOVED, "reason": "Staff left."}])
    wanted = make_item(due="2024-09", revisions=[{**MOVED, "reason": "Two left."}])
    (change,) = differences(rewritten, wanted)
    assert shown_in(change, welsh) == (
        "Gorffennaf 2024 i Medi 2024 (20 Mai 2024): Staff left.",
        "Gorffennaf 2024 i Medi 2024 (20 Mai 2024): Two left.",
    )


class TestOwnFields:
    def test_each_value_is_a_change_of_its_own(self) -> None:
        before = make_item(fields={"priority": "Low", "lead": "Voids", "same": "a"})
        after = make_item(fields={"cost": "£4", "priority": "High", "same": "a"})
        assert differences(before, after) == [
            Change(Kind.FIELD, "", "£4", field="cost"),
            Change(Kind.FIELD, "Low", "High", field="priority"),
            Change(Kind.FIELD, "Voids", "", field="lead"),
        ]

    def test_how_a_text_is_laid_out_does_not_count(self) -> None:
        before = make_item(fields={"learning": "One\nform.\n\n• Once."})
        assert differences(before, make_item(fields={"learning": "One form.\n\n- Once."})) == []
