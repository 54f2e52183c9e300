"""What an owner is told of a slip in a field: what was found, and the whole line to write.

Every edit is made in a sound record. The golden file holds all that is said of a wide table of
edits, the first tests what must be said of a few, and the last what comes of hints whose lines
have to be filled in.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import (
    EVIDENCE,
    TESTS,
    Golden,
    lint_lines,
    make_record,
    make_settings,
    run_cli,
    write_file,
    write_plan,
)
from following import Desk
from properties.test_hints import EDITS, OWN_FIELDS, STATES, spoilt

from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.writing.correction import corrected

PROMISE = (
    "Write the date that was promised, as 'due: 2024-07'; or, where there is none yet, "
    "'due: none agreed' and 'due_reason: …'."
)
RATINGS = (
    "Write green (complete), amber (in progress), red (not started or stuck) or not-applicable "
    "(does not apply)."
)
FIX = "or let kimplan lint --fix do it."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), settings=make_settings(fields=OWN_FIELDS))


def only(desk: Desk, state: str, key: str, lines: str) -> Diagnostic:
    """Return the one error that is found when `lines` stand in place of a `key`."""
    (found,) = desk.errors(spoilt(state, key, lines))
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31/03/2024", "2024-03-31"),
        ("31-Mar-24", "2024-03-31"),
        ("2024-03-31 00:00:00", "2024-03-31"),
        ("2024–03–31", "2024-03-31"),
        ("by 31 March 2024", "2024-03-31"),
        ("end of March 2024", "2024-03"),
    ],
)
def test_a_date_with_one_meaning_is_written_out(written: str, meant: str, desk: Desk) -> None:
    found = only(desk, "amber", "due", f"due: {written}")
    assert found == Diagnostic(
        "KP201",
        Severity.ERROR,
        f"due '{written}' is not written as a plan writes dates",
        Location(found.location.path, 6, 6),
        f"Write {meant}, {FIX}",
        f"due: {written}",
        Correction(6, 6, (f"due: {meant}",)),
    )


def test_of_a_date_with_two_meanings_both_are_named(desk: Desk) -> None:
    found = only(desk, "amber", "due", "due: 03/04/2024")
    assert found.message == "due '03/04/2024' may be two dates"
    assert found.hint == "Write 2024-04-03 for 3 April 2024, or 2024-03-04 for 4 March 2024."
    assert found.correction is None


def test_a_quarter_is_one_of_the_financial_year(desk: Desk) -> None:
    found = only(desk, "amber", "due", "due: Q4 2023/24")
    assert found.hint == (f"Write 2024-01/2024-03 (a part of the financial year from April), {FIX}")
    assert found.correction == Correction(6, 6, ("due: 2024-01/2024-03",))


def test_what_is_complete_needs_no_words_in_place_of_a_date(desk: Desk) -> None:
    text = make_record(rag="green", due="Compliant", evidence=EVIDENCE)
    (found,) = desk.errors(text)
    assert found.message == "due 'Compliant' is not a date"
    assert found.hint == "Delete the line: green needs no date. If one was promised, write that."
    assert found.correction == Correction(6, 6, ())
    assert desk.findings(corrected(text, found.correction)) == ()


def test_what_is_open_keeps_a_date_or_says_that_there_is_none(desk: Desk) -> None:
    for words in ("Ongoing", "TBC", "ASAP", "when funding allows", "N/A"):
        found = only(desk, "amber", "due", f"due: {words}")
        assert (found.hint, found.correction) == (PROMISE, None)


def test_a_revision_that_does_not_join_up_shows_the_chain(desk: Desk) -> None:
    lines = (
        "due: 2024-09\nrevisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}\n"
        "  - {from: 2024-06, to: 2024-09, reason: B, on: 2024-05-20}"
    )
    found = only(desk, "amber", "due", lines)
    assert found.hint == (
        "The dates are to read 2024-03 → 2024-07 → 2024-09: write 'from: 2024-07'."
    )
    line = "  - {from: 2024-07, to: 2024-09, reason: B, on: 2024-05-20}"
    assert found.correction == Correction(9, 9, (line,))


@pytest.mark.parametrize("value", ["Guidance v3", "\n  - Guidance v3"])
def test_evidence_in_words_becomes_an_entry_with_a_title(value: str, desk: Desk) -> None:
    text = f"{make_record()}evidence:{value if value[0] != 'G' else f' {value}'}\n"
    assert desk.follow(text) == f"{make_record()}evidence:\n  - title: Guidance v3\n"


def test_a_comment_is_a_dated_note(desk: Desk) -> None:
    found = only(desk, "amber", "", "comment: We are waiting for the supplier")
    assert found.message == "unknown key 'comment'"
    assert found.hint == (
        "Write it as a note with its day: 'progress:', '  - on: 2024-05-02' and "
        "'    note: We are waiting for the suppli…'."
    )
    assert found.correction is None


@pytest.mark.parametrize("word", ["grey", "amber/green", "Complete", "R", "on track"])
def test_no_rating_is_pushed(word: str, desk: Desk) -> None:
    found = only(desk, "amber", "rag", f"rag: {word}")
    assert (found.code, found.hint, found.correction) == ("KP105", RATINGS, None)


def test_a_line_that_would_bring_another_error_to_light_is_not_shown(desk: Desk) -> None:
    found = only(desk, "green", "rag", "rag: Amber")
    assert found.correction is None
    assert found.hint == (
        f"Write 'rag: amber', {FIX} Then REC1 is amber but claims to be completed. "
        "Write 'rag: green', or delete 'completed'."
    )


def test_fix_writes_dates_and_ratings(tmp_path: Path) -> None:
    text = make_record(rag="AMBER", due="31/03/2024", progress=[{"on": "2 May 2024", "note": "A"}])
    plan = write_plan(tmp_path, records={"REC1": text})
    ran = run_cli(["lint", "--fix"], tmp_path)
    path = plan / "recommendations" / "REC1.yaml"
    assert "Mended" in ran.stdout
    assert "2 dates, a rating" in ran.stdout
    assert path.read_text("utf-8") == make_record(
        due="2024-03-31", progress=[{"on": "2024-05-02", "note": "A"}]
    )


def test_an_owners_file_and_settings_are_told_the_lines_as_well(tmp_path: Path) -> None:
    settings = make_settings(source={"title": "Spotlight", "published": "May 2023"})
    owners = "owners:\n  - Company Secretary\n  - title: Head of Repairs\n"
    plan = write_plan(tmp_path, records={}, settings=settings, owners=owners)
    said = lint_lines(plan)
    assert "    2 +   - role: Company Secretary\n" in said
    assert "    3 +   - role: Head of Repairs\n" in said
    assert "   11 +   published: 2023-05\n" in said


def test_all_that_is_said(desk: Desk, golden: Golden) -> None:
    told: list[str] = []
    of_amber: dict[tuple[str, str], list[str]] = {}
    for state in STATES:
        for key, lines in EDITS:
            said = [_told(one) for one in desk.findings(spoilt(state, key, lines))]
            if of_amber.setdefault((key, lines), said) != said or state == "amber":
                told += [f"== {state}: {lines!r} for {key or 'nothing'}", *said]
    golden(TESTS / "golden" / "messages-fields.txt", "\n".join(told) + "\n")


def _told(found: Diagnostic) -> str:
    place = f"{found.location.line}:{found.location.column}"
    path = re.escape(str(Path(found.location.path).parent.parent.as_posix()))
    said = f"{place}: {found.severity} {found.code} {found.message}\n  hint: {found.hint}"
    lines = found.correction
    if lines:
        said += "".join(f"\n  {at} + {line}" for at, line in enumerate(lines.lines, lines.first))
    if lines and not lines.lines:
        said += f"\n  {lines.first} to {lines.last} go"
    return re.sub(path, "plan", said)


FILLED_IN = [
    ("amber", "due", "due: Ongoing", "due: 2024-09"),
    ("amber", "due", "due: Ongoing", "due: none agreed\ndue_reason: No contractor yet."),
    ("amber", "due", "", "due: none agreed\ndue_reason: No contractor yet."),
    ("amber", "due", "due: none agreed", "due: none agreed\ndue_reason: No contractor yet."),
    ("amber", "due", "due: 2024", "due: 2024-01/2024-12"),
    ("amber", "due", "due: 45382", "due: 2024-03-31"),
    ("amber", "due", "due: 31 June 2024", "due: 2024-06"),
    ("amber", "due", "due: Summer 2024", "due: 2024-06/2024-08"),
    ("amber", "due", "due: [2024-05, 2024-07]", "due: 2024-05/2024-07"),
    ("amber", "", "comment: Waiting", "progress:\n  - on: 2024-05-02\n    note: Waiting"),
    ("amber", "", "progress: Waiting", "progress:\n  - on: 2024-05-02\n    note: Waiting"),
    ("amber", "", "progress:\n  - Waiting", "progress:\n  - on: 2024-05-02\n    note: Waiting"),
    ("amber", "", "priority: High", "fields:\n  priority: High"),
    ("amber", "", "url: https://example.org/x",
     "evidence:\n  - title: Guidance\n    link: https://example.org/x"),
    ("amber", "", "evidence: https://example.org/x",
     "evidence:\n  - title: Guidance\n    link: https://example.org/x"),
    ("amber", "", "revisions: May to July",
     "revisions:\n  - from: 2024-03\n    to: 2024-07\n    reason: Late.\n    on: 2024-03-20"),
    ("amber", "due",
     "due: 2024-09\nrevisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}",
     "due: 2024-09\nrevisions:\n  - {from: 2024-03, to: 2024-07, reason: A, on: 2024-03-20}\n"
     "  - from: 2024-07\n    to: 2024-09\n    reason: Later.\n    on: 2024-05-20"),
    ("amber", "owners", "owners: Head of Repairs, Data Manager",
     "owners:\n  - Head of Repairs\n  - Data Manager"),
    ("amber", "owners", "owners:", "owners:\n  - Head of Repairs"),
    ("amber", "rag", "rag: grey", "rag: amber"),
    ("amber", "rag", "", "rag: amber"),
    ("green", "", "verified: yes", "verified:\n  by: Company Secretary\n  on: 2024-08-02"),
    ("green", "", "approved_by: Board", "verified:\n  by: Company Secretary\n  on: 2024-08-02"),
    ("green", "completed", "completed: March 2024", "completed: 2024-03-15"),
    ("green", "", "actions:\n  - {title: A}", "actions:\n  - {title: A, done: 2024-06-11}"),
    ("green", "evidence", "", "evidence:\n  - title: A\n    link: https://example.org/x"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "key", "lines", "filled_in"), FILLED_IN)
def test_a_hint_whose_lines_are_filled_in_leads_to_a_sound_record(
    state: str, key: str, lines: str, filled_in: str, desk: Desk
) -> None:
    (found, *_) = desk.findings(spoilt(state, key, lines))
    new = [line.strip(" -") for line in filled_in.splitlines() if line not in lines]
    if "'" in found.hint:
        assert [line for line in new if line.split(":")[0] not in found.hint] == []
    assert desk.errors(spoilt(state, key, filled_in)) == []


def test_many_slips_in_one_file_are_told_in_time(tmp_path: Path) -> None:
    entries = "".join(f"  - {{on: {n % 28 + 1}/0{n % 9 + 1}/24, note: A}}\n" for n in range(400))
    plan = write_plan(tmp_path, records={"REC1": f"{make_record()}progress:\n{entries}"})
    said = lint_lines(plan)
    assert said.count("error KP201") == 400
    assert said.count(" + ") <= 20
    write_file(plan / "recommendations" / "REC1.yaml", make_record())
