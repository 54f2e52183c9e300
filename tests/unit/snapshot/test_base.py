"""What a change is held against, from real repositories."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import (
    EVIDENCE,
    commit_all,
    companions,
    git,
    make_record,
    make_repository,
    make_settings,
    write_file,
    write_plan,
)

from kimplan.errors import KimplanError
from kimplan.linter import Clock, lint
from kimplan.snapshot.base import read_base

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names or links")
QUIET = date(2023, 1, 1)  # nothing is late or due soon
REVISION = {"from": "2024-03", "to": "2024-07", "reason": "Re-planned.", "on": "2024-03-20"}
NEXT = {"from": "2024-07", "to": "2024-09", "reason": "Staff left.", "on": "2024-05-20"}
NOTE = {"on": "2024-04-01", "by": "Data Manager", "note": "The form is live."}
NOTE_2 = {"on": "2024-05-01", "note": "The form is used."}
VERIFIED = {"by": "Company Secretary", "on": "2024-05-02"}
GREEN: dict[str, Any] = {"rag": "green", "due": None}
DETAIL = "The register must name\nevery repair.\n\n• Who\n• When\n"
TITLE = "Keep a register of every repair."


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder for a repository whose parents hold none."""
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


def record(plan: Path, ref: str = "REC1", **fields: Any) -> None:
    path = plan / "recommendations" / f"{fields.pop('file', ref)}.yaml"
    write_file(path, fields.pop("text", None) or make_record(ref=ref, **fields))


def start(folder: Path, *, text: str = "", **fields: Any) -> Path:
    """Commit a plan with one such record beside two others, and go to a new branch."""
    records = companions() | {"REC1": text or make_record(**fields)}
    plan = write_plan(folder, records=records)
    make_repository(folder)
    git(folder, "checkout", "--quiet", "-b", "work")
    return plan


def found(plan: Path, revision: str = "main", *codes: str, as_of: date = QUIET) -> list[str]:
    """Return the findings that are not there without a base, each on a line."""
    base = read_base(plan, revision).base
    assert base is not None
    top = f"{plan.as_posix()}/"
    return [
        str(one).replace(top, "")
        for one in lint(plan, clock=Clock(as_of, base)).diagnostics
        if one.code.startswith(codes or ("KP8",))
    ]


def changed(plan: Path, revision: str = "main") -> list[str]:
    base = read_base(plan, revision).base
    assert base is not None
    return sorted(path.removeprefix(f"{plan.as_posix()}/") for path in base.changed)


AT = "recommendations/REC1.yaml:"


def moved(before: str, after: str) -> str:
    return f"6:6: error KP801 due moved from {before} to {after} without a revision that says why"


def ends(day: str) -> str:
    return f"6:6: error KP205 due is September 2024, but the last revision moves it to {day}"


def entry(place: str, what: str) -> str:
    return f"{place}: error KP802 {what}: entries are only ever added at the end"


def unproved(rating: str) -> str:
    return f"5:1: error KP803 REC1 went from {rating} to green without evidence"


def words(place: str, key: str, what: str) -> str:
    return f"{place}: error KP805 the {key} of REC1, which is the Ombudsman's, was {what}"


KEPT = GREEN | {"due": "2024-07"}  # what was promised

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], Sequence[str]]] = {
    "moved later with a revision": (
        {"due": "2024-07"},
        {"due": "2024-09", "revisions": [NEXT]},
        [],
    ),
    "moved later twice": (
        {"due": "2024-03"},
        {"due": "2024-09", "revisions": [REVISION, NEXT]},
        [],
    ),
    "moved later beside an old revision": (
        {"due": "2024-07", "revisions": [REVISION]},
        {"due": "2024-09", "revisions": [REVISION, NEXT]},
        [],
    ),
    "moved later without": (
        {"due": "2024-07"},
        {"due": "2024-09"},
        [moved("July 2024", "September 2024")],
    ),
    "moved later with an old revision only": (
        {"due": "2024-07", "revisions": [REVISION]},
        {"due": "2024-09", "revisions": [REVISION]},
        [ends("July 2024"), moved("July 2024", "September 2024")],
    ),
    "revision begins elsewhere": (
        {"due": "2024-07"},
        {"due": "2024-09", "revisions": [NEXT | {"from": "2024-08"}]},
        [moved("July 2024", "September 2024")],
    ),
    "revision ends elsewhere": (
        {"due": "2024-07"},
        {"due": "2024-09", "revisions": [NEXT | {"to": "2024-08"}]},
        [ends("August 2024"), moved("July 2024", "September 2024")],
    ),
    "reason without a word": (
        {"due": "2024-07"},
        {"due": "2024-09", "revisions": [NEXT | {"reason": "…"}]},
        [moved("July 2024", "September 2024")],
    ),
    "reason empty": (
        {"due": "2024-07"},
        {"due": "2024-09", "revisions": [NEXT | {"reason": ""}]},
        ["12:5: error KP104 'revisions[1].reason' is empty"],
    ),
    "moved earlier": ({"due": "2024-07"}, {"due": "2024-06"}, []),
    "month to a day in it": ({"due": "2024-07"}, {"due": "2024-07-15"}, []),
    "month to its last day": ({"due": "2024-07"}, {"due": "2024-07-31"}, []),
    "day to its month": (
        {"due": "2024-07-15"},
        {"due": "2024-07"},
        [moved("15 July 2024", "July 2024")],
    ),
    "interval to a later end": (
        {"due": "2024-03/2024-06"},
        {"due": "2024-03/2024-07"},
        [moved("March 2024 – June 2024", "March 2024 – July 2024")],
    ),
    "interval to a later begin": ({"due": "2024-03/2024-06"}, {"due": "2024-06"}, []),
    "revision of an interval written otherwise": (
        {"due": "2024-07-01/2024-07-31"},
        {"due": "2024-09", "revisions": [NEXT]},
        [],
    ),
    "green with evidence": ({}, KEPT | {"evidence": EVIDENCE}, []),
    "green without": ({}, KEPT, [unproved("amber")]),
    "not-applicable to green": (
        {"rag": "not-applicable", "due": None},
        GREEN,
        [unproved("not-applicable")],
    ),
    "green still": (GREEN, GREEN | {"response": "It is there."}, []),
    "green loses its evidence": (
        GREEN | {"evidence": EVIDENCE},
        GREEN,
        ["5:6: error KP803 REC1 is green and lost the evidence 'Register'"],
    ),
    "revision appended": (
        {"due": "2024-07", "revisions": [REVISION]},
        {"due": "2024-06", "revisions": [REVISION, NEXT | {"to": "2024-06"}]},
        [],
    ),
    "revision rewritten": (
        {"revisions": [REVISION]},
        {"revisions": [REVISION | {"reason": "Board asked."}]},
        [entry("10:5", "revision 1 was rewritten")],
    ),
    "revision removed": ({"revisions": [REVISION]}, {}, [entry("1:1", "revision 1 was removed")]),
    "second revision removed": (
        {"due": "2024-09", "revisions": [REVISION, NEXT]},
        {"due": "2024-07", "revisions": [REVISION]},
        [entry("9:1", "revision 2 was removed")],
    ),
    "revision inserted at the front": (
        {"revisions": [REVISION]},
        {"revisions": [REVISION | {"from": "2024-02", "to": "2024-03"}, REVISION]},
        [],
    ),
    "notes reordered": (
        {"progress": [NOTE, NOTE_2]},
        {"progress": [NOTE_2, NOTE]},
        [entry("10:5", "progress note 1 was put elsewhere")],
    ),
    "first note removed": (
        {"progress": [NOTE, NOTE_2]},
        {"progress": [NOTE_2]},
        [entry("10:5", "progress note 1 was removed")],
    ),
    "last note removed": (
        {"progress": [NOTE, NOTE_2]},
        {"progress": [NOTE]},
        [entry("9:1", "progress note 2 was removed")],
    ),
    "note appended": ({"progress": [NOTE]}, {"progress": [NOTE, NOTE_2]}, []),
    "first note": ({}, {"progress": [NOTE]}, []),
    "note rewritten": (
        {"progress": [NOTE]},
        {"progress": [NOTE | {"note": "It is not."}]},
        [entry("10:5", "progress note 1 was rewritten")],
    ),
    "note without its author": (
        {"progress": [NOTE]},
        {"progress": [NOTE | {"by": None}]},
        [entry("10:5", "progress note 1 was rewritten")],
    ),
    "note rewrapped": (
        {"progress": [NOTE | {"note": "The form\nis live.\n"}]},
        {"progress": [NOTE]},
        [],
    ),
    "verified": (GREEN, GREEN | {"verified": VERIFIED}, []),
    "verification rewritten": (
        GREEN | {"verified": VERIFIED},
        GREEN | {"verified": VERIFIED | {"on": "2024-05-03"}},
        ["8:1: error KP802 the verification by 'Company Secretary' was rewritten"],
    ),
    "verification removed": (
        GREEN | {"verified": VERIFIED},
        GREEN,
        ["1:1: error KP802 the verification by 'Company Secretary' was removed"],
    ),
    "verified and amber again": (GREEN | {"verified": VERIFIED}, {}, []),
    "title changed": (
        {},
        {"title": "Keep a register of most repairs."},
        [words("3:1", "title", "changed")],
    ),
    "title rewrapped": ({}, {"title": "Keep a register\nof every repair."}, []),
    "detail changed": (
        {"detail": DETAIL},
        {"detail": DETAIL.replace("every", "most")},
        [words("9:1", "detail", "changed")],
    ),
    "detail rewrapped": ({"detail": DETAIL}, {"detail": " ".join(DETAIL.split(None, 3))}, []),
    "detail with mended bullets": ({"detail": DETAIL}, {"detail": DETAIL.replace("•", "-")}, []),
    "detail removed": ({"detail": DETAIL}, {}, [words("1:1", "detail", "removed")]),
    "detail added": ({}, {"detail": DETAIL}, [words("9:1", "detail", "added")]),
    "response changed": ({}, {"response": "Half of it is built."}, []),
    "moved to another section": ({}, {"section": "repairs"}, []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_change_of_a_record(name: str, repository: Path) -> None:
    before, after, expected = CASES[name]
    plan = start(repository, **before)
    record(plan, **after)
    assert found(plan, "main", "KP104", "KP205", "KP8") == [f"{AT}{line}" for line in expected]


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# kimplan: ignore KP803, KP303 - minuted by the Board", []),
        ("# kimplan: ignore KP303 - minuted by the Board", ["KP803"]),
        ("# kimplan: ignore KP803, KP303", ["KP013", "KP303", "KP803"]),
    ],
)
def test_a_green_without_evidence_is_said_aloud(
    comment: str, codes: list[str], repository: Path
) -> None:
    plan = start(repository)
    record(plan, text=make_record(**GREEN).replace("green", f"green  {comment}"))
    said = found(plan, "main", "KP803", "KP303", "KP013")
    assert sorted(line.split()[2] for line in said) == codes


def test_the_states_between_do_not_count(repository: Path) -> None:
    plan = start(repository, due="2024-03")
    record(plan, evidence=EVIDENCE, **GREEN)
    commit_all(repository)
    record(plan, due="2024-09")
    commit_all(repository)
    assert found(plan) == [f"{AT}{moved('March 2024', 'September 2024')}"]


def test_other_quotation_marks_change_nothing(repository: Path) -> None:
    plan = start(repository, progress=[NOTE])
    text = make_record(progress=[NOTE])
    record(plan, text=text.replace("note: The form is live.", 'note:   "The form\n      is live."'))
    assert found(plan) == []
    assert changed(plan) == ["recommendations/REC1.yaml"]


def test_the_hint_holds_the_line_to_add(repository: Path) -> None:
    plan = start(repository)
    record(plan, due="2024-09")
    base = read_base(plan, "main").base
    said = [one.hint for one in lint(plan, clock=Clock(QUIET, base)).diagnostics]
    assert said == [
        "Add below 'revisions:', a line each: '- from: 2024-07', 'to: 2024-09', 'reason: …', "
        "'on: …'."
    ]


# Records that come and go

REMOVED = f"{AT}1:1: error KP804 REC1 was removed from the plan"


def renumbered(path: str, before: str, now: str) -> str:
    return f"recommendations/{path}.yaml:1:6: error KP804 {before} was renumbered: it is {now} now"


def test_a_record_that_is_gone_is_removed(repository: Path) -> None:
    plan = start(repository)
    (plan / "recommendations" / "REC1.yaml").unlink()
    assert found(plan) == [REMOVED]


def test_a_record_that_is_hidden_is_removed(repository: Path) -> None:
    plan = start(repository)
    (plan / "recommendations" / "REC1.yaml").rename(plan / "recommendations" / ".REC1.yaml")
    assert found(plan) == [REMOVED]


def test_a_record_with_another_ref_and_file_name_is_renumbered(repository: Path) -> None:
    plan = start(repository)
    git(plan, "mv", "recommendations/REC1.yaml", "recommendations/REC9.yaml")
    record(plan, "REC9")
    assert found(plan) == [renumbered("REC9", "REC1", "REC9")]


def test_a_record_with_another_ref_is_renumbered(repository: Path) -> None:
    plan = start(repository)
    record(plan, "REC9", file="REC1", title="Keep another register.")
    assert found(plan) == [
        renumbered("REC1", "REC1", "REC9"),
        f"{AT}3:1: error KP805 the title of REC9, which is the Ombudsman's, was changed",
    ]


def test_a_record_with_another_file_name_is_compared(repository: Path) -> None:
    plan = start(repository)
    git(plan, "mv", "recommendations/REC1.yaml", "recommendations/REC9.yaml")
    record(plan, file="REC9", due="2024-09")
    assert found(plan) == [
        "recommendations/REC9.yaml:6:6: error KP801 due moved from July 2024 to September 2024 "
        "without a revision that says why"
    ]


def test_a_record_with_another_file_name_only_has_changed(repository: Path) -> None:
    plan = start(repository, due="2024-03")
    git(plan, "mv", "recommendations/REC1.yaml", "recommendations/REC9.yaml")
    assert found(plan, "main", "KP502", "KP701", "KP8", as_of=date(2024, 5, 31)) == [
        "recommendations/REC9.yaml:1:6: error KP502 the ref REC1 is not the file's name, 'REC9'",
        "recommendations/REC9.yaml:6:6: warning KP701 REC1 is overdue: promised for March 2024, "
        "61 days late on 31 May 2024",
    ]


def test_a_ref_in_small_letters_is_the_same(repository: Path) -> None:
    plan = start(repository)
    (plan / "recommendations" / "REC1.yaml").unlink()
    record(plan, "rec1")
    assert found(plan) == []


def test_records_that_change_places_are_compared_by_ref(repository: Path) -> None:
    plan = start(repository)
    record(plan, "B", file="REC1", owners=["Company Secretary"])
    record(plan, "REC1", file="B")
    assert found(plan) == []
    assert [line.split()[2] for line in found(plan, "main", "KP5")] == ["KP502", "KP502"]


def test_refs_that_change_places_are_two_new_numbers(repository: Path) -> None:
    plan = start(repository, title="Keep a register of every complaint.")
    record(plan, "B", file="REC1", title="Keep a register of every complaint.")
    record(plan, "REC1", file="B")
    assert [line.split(" error ")[1] for line in found(plan)] == [
        "KP804 B was renumbered: it is REC1 now",
        "KP804 REC1 was renumbered: it is B now",
    ]


def test_a_record_of_the_same_title_is_no_new_number(repository: Path) -> None:
    plan = start(repository)  # all three have the same title
    (plan / "recommendations" / "REC1.yaml").unlink()
    record(plan, "B", response="Half of it is built.")
    assert found(plan) == [REMOVED]


def test_another_record_under_the_ref_has_other_words(repository: Path) -> None:
    plan = start(repository, detail="All of them.")
    record(plan, title="Buy a new boiler.")
    assert found(plan) == [
        f"{AT}{words('1:1', 'detail', 'removed')}",
        f"{AT}{words('3:1', 'title', 'changed')}",
    ]


def test_a_record_that_breaks_is_not_removed(repository: Path) -> None:
    plan = start(repository)
    record(plan, text="ref: REC1\nrag: [\n")
    assert [line.split()[2] for line in found(plan, "main", "KP0", "KP8")] == ["KP003"]


def test_a_record_that_was_broken_is_said(repository: Path) -> None:
    plan = start(repository, text="ref: REC1\nrag: [\n")
    record(plan)
    comparison = read_base(plan, "main")
    path = f"{plan.as_posix()}/recommendations/REC1.yaml"
    assert comparison.unseen == (f"{path} could not be understood at main, so it is not compared",)
    assert found(plan) == []


def test_a_record_that_was_broken_and_has_another_ref_was_not_removed(repository: Path) -> None:
    plan = start(repository, text="ref: REC1\nrag: [\n")
    record(plan, "REC9", file="REC1")
    assert found(plan) == []


def test_a_record_that_was_broken_and_is_gone_was_removed(repository: Path) -> None:
    plan = start(repository, text="ref: REC1\nrag: [\n")
    (plan / "recommendations" / "REC1.yaml").unlink()
    assert found(plan) == [REMOVED]


def test_a_new_record_is_held_against_nothing(repository: Path) -> None:
    plan = start(repository)
    record(plan, "REC2", **GREEN)
    assert found(plan) == []
    assert changed(plan) == ["recommendations/REC2.yaml"]


@pytest.mark.parametrize("size", [300 * 1024, 10 * 1024 * 1024])
def test_a_large_record_at_the_base_is_not_compared(size: int, repository: Path) -> None:
    plan = start(repository, text="ref: REC1\n" + "# more\n" * (size // 7))
    record(plan)
    assert [line.endswith("so it is not compared") for line in read_base(plan, "main").unseen]
    assert found(plan) == []


# The settings


def sections(*pairs: tuple[str, str, str]) -> str:
    return make_settings(
        sections=[{"id": one, "title": two, "narrative": three} for one, two, three in pairs]
    )


GOVERNANCE, REPAIRS = (
    ("governance", "Governance", "What was\nfound."),
    ("repairs", "Repairs", "No."),
)


def start_with(folder: Path, settings: str) -> Path:
    plan = write_plan(folder, records=companions(), settings=settings)
    make_repository(folder)
    git(folder, "checkout", "--quiet", "-b", "work")
    return plan


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([("governance", "Governance", "What was found."), REPAIRS], []),
        ([REPAIRS, GOVERNANCE], []),
        ([("governing", "Governance", "What was found."), REPAIRS], []),
        (
            [("governance", "Governing", "What was found."), REPAIRS],
            [("5:12", "the title of section 'governance'", "changed")],
        ),
        (
            [("governance", "Governance", "What was praised."), REPAIRS],
            [("6:16", "the narrative of section 'governance'", "changed")],
        ),
        (
            [("governing", "Governance", "What was praised."), REPAIRS],
            [("3:1", "the section 'governance'", "removed")],
        ),
        ([GOVERNANCE], [("3:1", "the section 'repairs'", "removed")]),
    ],
)
def test_the_words_of_a_section(
    now: list[tuple[str, str, str]], expected: list[tuple[str, str, str]], repository: Path
) -> None:
    plan = start_with(repository, sections(GOVERNANCE, REPAIRS))
    write_file(plan / "plan.yaml", sections(*now))
    assert found(plan) == [
        f"plan.yaml:{place}: error KP805 {what}, which is the Ombudsman's, was {how}"
        for place, what, how in expected
    ]


def test_a_narrative_that_is_taken_away_or_added(repository: Path) -> None:
    plan = start(repository)
    plain = [{"id": "governance", "title": "Governance", "narrative": "New."}]
    settings = make_settings(sections=[*plain, {"id": "repairs", "title": "Repairs"}])
    write_file(plan / "plan.yaml", settings)
    assert found(plan) == [
        "plan.yaml:6:16: error KP805 the narrative of section 'governance', which is the "
        "Ombudsman's, was added",
        "plan.yaml:7:5: error KP805 the narrative of section 'repairs', which is the "
        "Ombudsman's, was removed",
    ]


def test_settings_that_were_broken_are_said(repository: Path) -> None:
    plan = start_with(repository, "title: [\n")
    write_file(plan / "plan.yaml", make_settings())
    record(plan, "B", due="2024-09", owners=["Company Secretary", "Head of Repairs"])
    assert read_base(plan, "main").unseen == (
        f"{plan.as_posix()}/plan.yaml could not be understood at main, so it is not compared",
    )
    assert [line.split()[2] for line in found(plan)] == ["KP801"]


# Which files have changed

REC1 = "recommendations/REC1.yaml"


def test_a_comment_is_a_change(repository: Path) -> None:
    plan = start(repository)
    record(plan, text=make_record() + "# more\n")
    assert changed(plan) == [REC1]


@pytest.mark.parametrize("how", ["on disk", "staged", "committed"])
def test_a_change_counts_wherever_it_is(how: str, repository: Path) -> None:
    plan = start(repository)
    record(plan, due="2024-09")
    record(plan, "REC2")
    if how != "on disk":
        git(repository, "add", "--all")
    if how == "committed":
        commit_all(repository)
    assert changed(plan) == [REC1, "recommendations/REC2.yaml"]
    assert len(found(plan)) == 1


@pytest.mark.parametrize(("then", "now"), [("\n", "\r\n"), ("\r\n", "\n"), ("\r\n", "\r\n")])
def test_line_endings_are_no_change(then: str, now: str, repository: Path) -> None:
    plan = start(repository, text=make_record().replace("\n", then))
    record(plan, text=make_record().replace("\n", now))
    commit_all(repository)
    assert changed(plan) == []


def test_line_endings_that_git_changes_are_no_change(repository: Path) -> None:
    plan = start(repository)
    git(repository, "config", "core.autocrlf", "true")
    (plan / REC1).unlink()
    git(repository, "checkout", "--", ".")
    assert b"\r\n" in (plan / REC1).read_bytes()
    assert changed(plan) == []


def test_a_file_mode_is_no_change(repository: Path) -> None:
    plan = start(repository)
    git(repository, "update-index", "--chmod=+x", f"plan/{REC1}")
    (plan / REC1).chmod(0o755)
    git(repository, "commit", "--quiet", "--message", "Mode")
    assert changed(plan) == []


def test_other_files_do_not_count(repository: Path) -> None:
    plan = start(repository)
    write_file(plan / "recommendations" / "notes.txt", "x")
    write_file(plan / "recommendations" / ".REC4.yaml", "x")
    write_file(plan / "other.yaml", "x")
    (plan / "recommendations" / "old").mkdir()
    write_file(plan / "recommendations" / "old" / "REC1.yaml", "x")
    assert changed(plan) == []


def test_the_registry_of_owners_counts_and_is_not_read(repository: Path) -> None:
    plan = start(repository)
    write_file(plan / "owners.yaml", (plan / "owners.yaml").read_bytes() + b"# more\n")
    assert changed(plan) == ["owners.yaml"]
    assert read_base(plan, "main").base.records == {}


@needs_posix
@pytest.mark.parametrize("below", [".", "governance/kim", "[a]*", ":(top)x", "-x", "-- a b", 'q"é'])
def test_a_plan_anywhere_in_the_repository(below: str, repository: Path) -> None:
    plan = start(repository / below) if below == "." else write_plan(repository / below)
    if below != ".":
        make_repository(repository)
        git(repository, "checkout", "--quiet", "-b", "work")
    assert changed(plan) == []
    record(plan, "REC3", section="repairs", rag="red", due="2024-08", owners=["Data Manager"])
    assert changed(plan) == ["recommendations/REC3.yaml"]


def test_a_plan_at_the_top_of_the_repository(repository: Path) -> None:
    plan = write_plan(repository, records=companions() | {"REC1": make_record()})
    make_repository(plan)
    write_file(repository / "recommendations", "not the plan's")
    record(plan, due="2024-09")
    assert changed(plan) == [REC1]
    assert found(plan) == [f"{AT}{moved('July 2024', 'September 2024')}"]


@needs_posix
@pytest.mark.parametrize("name", [b"a\nb", b'a\t"b', b"a\xffb", b"-x", b"--output=x", b"a\x1b[2Jb"])
def test_odd_file_names(name: bytes, repository: Path) -> None:
    plan = start(repository)
    path = os.path.join(os.fsencode(plan / "recommendations"), name + b".yaml")
    with open(path, "wb") as file:
        file.write(make_record(ref="REC2").encode())
    git(repository, "add", "--all")
    commit_all(repository)
    git(repository, "branch", "odd")
    assert changed(plan, "odd") == []
    os.unlink(path)
    assert [line.partition(": error ")[2] for line in found(plan, "odd")] == [
        "KP804 REC2 was removed from the plan"
    ]


def test_an_unreadable_record_is_not_unchanged(repository: Path) -> None:
    plan = start(repository)
    (plan / REC1).unlink()
    (plan / REC1).mkdir()
    assert changed(plan) == [REC1]
    assert found(plan) == []


# Links


@needs_posix
def test_what_a_link_leads_to_is_compared(repository: Path) -> None:
    plan = start(repository)
    (plan / ".store").mkdir()
    (plan / REC1).rename(plan / ".store" / "REC1.yaml")
    (plan / REC1).symlink_to("../.store/REC1.yaml")
    assert changed(plan) == []
    commit_all(repository)
    git(repository, "branch", "linked")
    assert changed(plan, "linked") == []
    write_file(plan / ".store" / "REC1.yaml", make_record(due="2024-09"))
    assert changed(plan, "linked") == [REC1]
    assert found(plan, "linked") == [f"{AT}{moved('July 2024', 'September 2024')}"]


@needs_posix
def test_a_folder_of_records_that_is_a_link_is_followed(repository: Path) -> None:
    plan = start(repository)
    (plan / "recommendations").rename(plan / ".store")
    (plan / "recommendations").symlink_to(".store")
    assert changed(plan) == []
    commit_all(repository)
    git(repository, "branch", "linked")
    write_file(plan / ".store" / "REC1.yaml", make_record(due="2024-09"))
    assert found(plan, "linked") == [f"{AT}{moved('July 2024', 'September 2024')}"]


@needs_posix
@pytest.mark.parametrize("target", ["REC1.yaml", "../../../etc/passwd", "/etc/passwd", "nowhere"])
def test_a_link_that_leads_nowhere_at_the_base(target: str, repository: Path) -> None:
    plan = start(repository)
    (plan / REC1).unlink()
    (plan / REC1).symlink_to(target)
    commit_all(repository)
    git(repository, "branch", "linked")
    assert changed(plan, "linked") == [REC1]


# Where the plan was


def test_a_new_plan_is_held_against_nothing(repository: Path) -> None:
    write_file(repository / "README", "x")
    make_repository(repository)
    plan = write_plan(repository)
    comparison = read_base(plan, "main")
    assert comparison.unseen == (
        f"there was no plan in {plan} at main, so all of it counts as new",
    )
    assert len(changed(plan)) == 5
    assert found(plan) == []


def test_a_second_plan_is_new(repository: Path) -> None:
    start(repository)
    second = write_plan(repository / "second")
    assert read_base(second, "main").unseen == (
        f"there was no plan in {second} at main, so all of it counts as new",
    )


@needs_posix
@pytest.mark.parametrize("is_link", [False, True])
def test_a_plan_that_was_moved_is_compared(is_link: bool, repository: Path) -> None:
    plan = start(repository)
    plan.rename(repository / "moved")
    record(repository / "moved", due="2024-09")
    (repository / "moved" / "recommendations" / "B.yaml").unlink()
    if is_link:
        plan.symlink_to("moved")
    place = plan if is_link else repository / "moved"
    said = ("the plan was in the folder plan at main, and is compared with that",)
    assert read_base(place, "main").unseen == (() if is_link else said)
    assert [line.split()[2] for line in found(place)] == ["KP804", "KP801"]


@needs_posix
def test_a_link_to_a_copy_is_compared_with_what_was_there(repository: Path) -> None:
    plan = start(repository)
    shutil.copytree(plan, repository / "copy")
    (repository / "copy" / REC1).unlink()
    commit_all(repository)
    git(repository, "branch", "copied")
    shutil.rmtree(plan)
    plan.symlink_to("copy")
    assert found(plan, "copied") == [REMOVED]


def test_a_plan_without_its_settings_at_the_base_is_compared(repository: Path) -> None:
    plan = start(repository)
    settings = (plan / "plan.yaml").read_bytes()
    (plan / "plan.yaml").unlink()
    commit_all(repository)
    git(repository, "branch", "half")
    write_file(plan / "plan.yaml", settings)
    record(plan, due="2024-09")
    assert found(plan, "half") == [f"{AT}{moved('July 2024', 'September 2024')}"]


def test_a_plan_without_records_at_the_base_is_said(repository: Path) -> None:
    plan = write_plan(repository, records={})
    make_repository(repository)
    record(plan)
    assert read_base(plan, "main").unseen == (
        f"{plan} had no recommendations at main, so all of them count as new",
    )


# Which commit it is


def shown(plan: Path, revision: str) -> str:
    base = read_base(plan, revision).base
    assert base is not None
    return base.name


def merge(folder: Path, *branches: str) -> str:
    git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge", *branches)
    return git(folder, "rev-parse", "HEAD")


def branch_off(folder: Path, name: str, at: str = "main") -> None:
    git(folder, "checkout", "--quiet", "-b", name, at)


def test_what_others_merged_meanwhile_is_not_blamed(repository: Path) -> None:
    plan = start(repository)
    left = git(repository, "rev-parse", "HEAD")
    record(plan)
    record(plan, "B", due="2024-06", owners=["Company Secretary"])
    commit_all(repository)
    git(repository, "checkout", "--quiet", "main")
    record(plan, title="Keep one.")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "work")
    assert shown(plan, "main") == f"main ({left[:7]})"
    assert changed(plan) == ["recommendations/B.yaml"]
    assert found(plan) == []


def test_a_pull_request_as_github_merges_it(repository: Path) -> None:
    plan = start(repository)
    record(plan, due="2024-09")
    commit_all(repository)
    git(repository, "checkout", "--quiet", "main")
    record(plan, "REC4")
    base = commit_all(repository)
    git(repository, "checkout", "--quiet", "--detach")
    merge(repository, "work")
    for revision in ("main", base, "HEAD^1", "HEAD~1"):
        assert shown(plan, revision) == f"{revision} ({base[:7]})"
        assert changed(plan, revision) == [REC1]
        assert found(plan, revision) == [f"{AT}{moved('July 2024', 'September 2024')}"]


def criss_cross(folder: Path, **fields: Any) -> Path:
    """Merge the branches main and work, which changed B and REC1, into each other."""
    plan = start(folder)
    record(plan, **({"response": "Half of it is built."} | fields))
    work = commit_all(folder)
    git(folder, "checkout", "--quiet", "main")
    record(plan, "B", response="It is built.")
    main = commit_all(folder)
    merge(folder, work)
    git(folder, "checkout", "--quiet", "work")
    merge(folder, main)
    bases = git(folder, "merge-base", "--all", "main", "work").split()
    assert sorted(bases) == sorted([work, main])
    return plan


def test_branches_that_were_merged_into_each_other(repository: Path) -> None:
    plan = criss_cross(repository)
    assert changed(plan) == []
    record(plan, "C", section="repairs", due="2024-09")
    assert changed(plan) == ["recommendations/C.yaml"]
    assert len(found(plan)) == 1
    names = git(repository, "merge-base", "--all", "main", "work").split()
    assert shown(plan, "main") == f"main ({names[0][:7]}, {names[1][:7]})"


def test_what_was_merged_cannot_be_taken_back_by_merging_what_was_before(repository: Path) -> None:
    plan = criss_cross(repository, progress=[NOTE])
    record(plan)  # as it was on main before the branch was merged, and in one merge base
    commit_all(repository)
    assert changed(plan) == [REC1]
    assert found(plan) == [f"{AT}{entry('1:1', 'progress note 1 was removed')}"]


def test_of_two_changes_to_a_file_the_base_branch_has_the_word(repository: Path) -> None:
    plan = start(repository)
    record(plan, progress=[NOTE])
    work = commit_all(repository)
    git(repository, "checkout", "--quiet", "main")
    record(plan, progress=[NOTE_2])
    main = commit_all(repository)
    for branch, other in (("main", work), ("work", main)):
        git(repository, "checkout", "--quiet", branch)
        git(repository, "merge", "--quiet", "--strategy=ours", "--message", "Merge", other)
    # The branch has its own version, main has another: it is held against main's.
    assert found(plan) == [f"{AT}{entry('10:5', 'progress note 1 was rewritten')}"]


@pytest.mark.parametrize(
    "revision",
    [
        "main", "heads/main", "refs/heads/main", "v1", "light", "HEAD~1", "HEAD^", "@~1", "@{u}",
        "main@{0}", "v1^{}", "v1~0", "HEAD^{/First}", "origin/main", "work@{upstream}", ":/First",
    ],
)  # fmt: skip
def test_every_way_to_name_a_commit(revision: str, repository: Path) -> None:
    plan = write_plan(repository)
    git(repository, "init", "--quiet", "--initial-branch=main")
    commit = commit_all(repository, "First")
    git(repository, "tag", "--annotate", "--message", "One", "v1")
    git(repository, "tag", "light")
    git(repository, "remote", "add", "origin", "nowhere")
    git(repository, "update-ref", "refs/remotes/origin/main", commit)
    git(repository, "checkout", "--quiet", "-b", "work", "--track", "main")
    record(plan, "REC3", section="repairs", rag="red", due="2024-08")
    commit_all(repository, "Second")
    assert shown(plan, revision) == f"{revision} ({commit[:7]})"
    assert changed(plan, revision) == ["recommendations/REC3.yaml"]


@pytest.mark.parametrize("length", [4, 7, 12, 40])
def test_a_commit_is_named_by_its_hash_or_its_beginning(length: int, repository: Path) -> None:
    plan = start(repository)
    commit = git(repository, "rev-parse", "main")
    record(plan, due="2024-09")
    commit_all(repository)
    assert changed(plan, commit[:length]) == [REC1]


@pytest.mark.parametrize("revision", ["HEAD", "@", "work"])
def test_the_last_commit_shows_what_is_not_committed(revision: str, repository: Path) -> None:
    plan = start(repository)
    record(plan, due="2024-09")
    commit_all(repository)
    assert changed(plan, revision) == []
    record(plan, due="2024-10")
    assert found(plan, revision) == [f"{AT}{moved('September 2024', 'October 2024')}"]


def test_a_repository_of_sha256(repository: Path) -> None:
    plan = write_plan(repository)
    git(repository, "init", "--quiet", "--initial-branch=main", "--object-format=sha256")
    commit = commit_all(repository)
    assert len(commit) == 64
    assert changed(plan, commit) == []
    record(plan, "REC3", section="repairs", rag="red", due="2024-08")
    assert changed(plan, "main") == ["recommendations/REC3.yaml"]


def test_a_work_tree_beside_others(repository: Path, tmp_path: Path) -> None:
    start(repository)
    git(repository, "worktree", "add", "--quiet", "-b", "beside", str(tmp_path / "beside"), "main")
    plan = tmp_path / "beside" / "plan"
    assert (tmp_path / "beside" / ".git").is_file()
    record(plan, due="2024-09")
    assert changed(plan) == [REC1]


def test_a_submodule_has_its_own_history(repository: Path, tmp_path: Path) -> None:
    start(repository)
    outer = tmp_path / "outer"
    outer.mkdir()
    write_file(outer / "README", "x")
    make_repository(outer)
    add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"]
    git(outer, *add, repository.as_uri(), "kim")
    plan = outer / "kim" / "plan"
    record(plan, due="2024-09")
    assert changed(plan, "origin/main") == [REC1]


# What is no base


def refused(plan: Path, revision: str) -> tuple[str, str]:
    with pytest.raises(KimplanError) as error:
        read_base(plan, revision)
    return error.value.message, error.value.hint


NAME_ONE = "Name a branch, a tag or a commit of this repository: --base origin/main."


@pytest.mark.parametrize(
    "revision",
    ["", " ", "\t", "-x", "--output=x", "--", "a\nb", "main\n", "a\0b", "a\x1b[2J", "a\u202eb",
     "x" * 10_000, "\ud800"],
)  # fmt: skip
def test_what_cannot_be_a_name_is_refused(revision: str, repository: Path) -> None:
    message = f"--base '{revision[:40]}' is no revision"
    assert refused(start(repository), revision) == (message, NAME_ONE)
    assert not (repository / "x").exists()


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "..", "main..work", "main...work", "^main", "main -- x", "main work", " main",
     "main ", "HEAD~9", "@{-7}", ":x", "HEAD:nowhere", "main^{blob}", "main^{commit",
     "0" * 40, "f" * 40, "main:", "é", "../../x", "refs/heads/*", "x" * 500, "%(objectname)"],
)  # fmt: skip
def test_what_names_nothing_is_refused(revision: str, repository: Path) -> None:
    plan = start(repository)
    message = f"there is no revision '{revision}' in this repository"
    if revision == "main:":
        message = "'main:' is a tree, not a commit"
    assert refused(plan, revision) == (message, NAME_ONE)


@pytest.mark.parametrize(
    ("revision", "kind"),
    [
        ("HEAD:plan", "tree"),
        ("HEAD^{tree}", "tree"),
        ("HEAD:plan/plan.yaml", "blob"),
        (":plan/plan.yaml", "blob"),
        ("blob-tag", "tag"),
    ],
)
def test_what_is_no_commit_is_refused(revision: str, kind: str, repository: Path) -> None:
    plan = start(repository)
    git(repository, "tag", "--annotate", "--message", "x", "blob-tag", "HEAD:plan/plan.yaml")
    said = (f"'{revision}' is a {kind}, not a commit", NAME_ONE)
    assert refused(plan, revision) == said
    name = git(repository, "rev-parse", revision)
    assert refused(plan, name)[0] == f"'{name}' is a {kind}, not a commit"


def test_what_git_complains_of_is_said(repository: Path) -> None:
    message = "git said: fatal: log for 'main' only has 1 entries"
    said = (f"the plan cannot be compared with 'main@{{9}}': {message}", "")
    assert refused(start(repository), "main@{9}") == said


def test_a_commit_of_another_repository_is_refused(repository: Path, tmp_path: Path) -> None:
    plan = start(repository)
    other = tmp_path / "other"
    other.mkdir()
    write_plan(other, records={"REC1": make_record()})
    commit = make_repository(other)
    assert refused(plan, commit)[0] == f"there is no revision '{commit}' in this repository"
    git(repository, "fetch", "--quiet", str(other), "main:theirs")
    message = "has no history in common with this repository's HEAD"
    for revision in ("theirs", commit):
        assert refused(plan, revision) == (f"the revision '{revision}' {message}", NAME_ONE)


def test_a_repository_without_commits_has_no_base(repository: Path) -> None:
    plan = write_plan(repository)
    git(repository, "init", "--quiet")
    said = ("this repository has no commits yet", "Commit the plan first.")
    assert refused(plan, "main") == refused(plan, "HEAD") == said


def test_the_beginning_of_several_names_is_refused(repository: Path) -> None:
    plan = start(repository)
    tree = git(repository, "rev-parse", "HEAD^{tree}")
    seen: dict[str, str] = {}
    prefix = ""
    while not prefix:  # the identity and the clock are fixed: it ends at the same place
        arguments = ("commit-tree", tree, "-p", "HEAD", "-m", str(len(seen)))
        commit = git(repository, *arguments)
        if seen.setdefault(commit[:4], commit) != commit:
            prefix = commit[:4]
    message = f"'{prefix}' is the beginning of more than one name in this repository"
    assert refused(plan, prefix) == (message, "Write more of it.")


@pytest.mark.parametrize("revision", ["main", "main~0", "main^{commit}"])
def test_a_tag_cannot_pass_itself_off_as_a_branch(revision: str, repository: Path) -> None:
    plan = start(repository)
    record(plan, due="2024-09")
    commit_all(repository)
    git(repository, "tag", "main", "work")
    hint = "Name it in full, such as refs/heads/main, or by its commit."
    said = (f"'{revision}' names more than one thing in this repository", hint)
    assert refused(plan, revision) == said
    assert changed(plan, f"refs/heads/{revision}") == [REC1]


def test_a_tag_cannot_pass_itself_off_as_a_remote_branch(repository: Path) -> None:
    plan = start(repository)
    git(repository, "update-ref", "refs/remotes/origin/main", "main")
    record(plan, due="2024-09")
    commit_all(repository)
    git(repository, "tag", "origin/main", "work")
    assert "names more than one thing" in refused(plan, "origin/main")[0]
    git(repository, "tag", "--force", "origin/main", "main")
    assert changed(plan, "origin/main") == [REC1]


def test_a_tag_cannot_pass_itself_off_as_a_commit(repository: Path) -> None:
    plan = start(repository)
    commit = git(repository, "rev-parse", "HEAD")
    record(plan, due="2024-09")
    commit_all(repository)
    for name in (commit, commit[:8]):
        git(repository, "update-ref", f"refs/tags/{name}", "work")
    git(repository, "update-ref", "refs/tags/HEAD", "work")
    git(repository, "update-ref", "refs/heads/HEAD", "work")
    assert changed(plan, commit) == [REC1]
    assert changed(plan, "HEAD~1") == [REC1]
    assert "names more than one thing" in refused(plan, commit[:8])[0]
