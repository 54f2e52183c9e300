"""What is mended in a file's text, what is left alone, and that nothing else changes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import SHIPPED_PLAN, make_record, make_settings

from kimplan.edits.mend import fix_text, mend
from kimplan.model.due import parse_due
from kimplan.model.fields import PlanModel
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse
from kimplan.source.file import MAX_BYTES

BULLETS = "·•▪●◦‣⁃\uf0b7"
SOUND = make_record(
    due="2024-07",
    completed="2024-07-19",
    evidence=[{"title": "Note", "expires": "2026-07"}],
    verified={"by": "Board", "on": "2024-08-02"},
    progress=[{"on": "2024-05-02", "note": "Live."}],
    revisions=[{"from": "2024-03", "to": "2024-07", "reason": "Late.", "on": "2024-03-20"}],
    actions=[{"title": "Publish", "due": "2024-06", "done": "2024-06-11"}],
)


def mended(text: str) -> str:
    return fix_text(text, Recommendation)


# Dates

DATES = [
    (("due",), "2024-07"),
    (("evidence", 0, "expires"), "2026-07"),
    (("revisions", 0, "from"), "2024-03"),
    (("revisions", 0, "to"), "2024-07"),
    (("actions", 0, "due"), "2024-06"),
    (("completed",), "2024-07-19"),
    (("verified", "on"), "2024-08-02"),
    (("progress", 0, "on"), "2024-05-02"),
    (("revisions", 0, "on"), "2024-03-20"),
    (("actions", 0, "done"), "2024-06-11"),
]


@pytest.mark.parametrize(("path", "date"), DATES)
def test_every_date_of_a_record_is_mended_and_a_day_takes_only_days(
    path: tuple[Any, ...], date: str
) -> None:
    prose = {"2024-07": "July 2024", "2024-05-02": "2 May 2024"}.get(date)
    prose = prose or str(parse_due(date))
    line = re.compile(rf"({path[-1]}: ){date}\n")
    spoilt = _replaced(SOUND, line, path, prose)
    assert spoilt != SOUND
    assert mended(spoilt) == SOUND
    if len(date) == 10:
        month = _replaced(SOUND, line, path, "July 2024")
        assert mended(month) == month


def _replaced(text: str, line: re.Pattern[str], path: tuple[Any, ...], prose: str) -> str:
    """Return `text` with `prose` as the value at `path`, which no other value equals."""
    block = text.index(f"\n{path[0]}:") + 1
    return text[:block] + line.sub(rf"\g<1>{prose}\n", text[block:], count=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("July 2024  # was May 2024", "2024-07  # was May 2024"),
        ('"July 2024"', '"2024-07"'),
        ("'31 July 2024' # x", "'2024-07-31' # x"),
        ("July\t2024", "2024-07"),
        ("\n  July 2024", "\n  2024-07"),
        (">-\n  July 2024", ">-\n  2024-07"),
        ("|\n  July 2024", "|\n  2024-07"),
        ("July 2024 #12", "2024-07 #12"),
    ],
)
def test_a_date_keeps_its_quotes_its_block_and_its_comment(before: str, after: str) -> None:
    record = make_record(due="2024-07").replace("due: 2024-07", "due:{}")
    gap = "" if before.startswith("\n") else " "
    assert mended(record.format(gap + before)) == record.format(gap + after)


@pytest.mark.parametrize(
    "left", ["July\n  2024", '"July\\u00202024"', "[July 2024]", "{a: July 2024}", "{July 2024}"]
)
def test_a_date_that_is_hidden_or_no_text_is_left_alone(left: str) -> None:
    text = make_record(due="2024-07").replace("due: 2024-07", f"due: {left}")
    assert parse(text).value is not None
    assert mended(text) == text


def test_dates_in_texts_comments_and_unknown_keys_are_left_alone() -> None:
    text = make_record(title="July 2024", response="31 July 2024", owners=["May 2024"])
    text += "# July 2024\nfinished: July 2024\n"
    assert mended(text) == text


def test_a_date_in_a_flow_mapping_is_mended() -> None:
    text = (
        make_record() + "progress:\n- {on: 2 May 2024, note: x}\n- {note: 3 May 2024, on: 2024-5-3}"
    )
    assert mended(text + "\n").endswith(
        "\n- {on: 2024-05-02, note: x}\n- {note: 3 May 2024, on: 2024-05-03}\n"
    )
    american = make_record() + "progress:\n- {on: May 2, 2024, note: x}\n"
    assert mended(american) == american  # the comma ends the value


def test_the_source_report_has_a_date_too() -> None:
    text = make_settings(source={"title": "Spotlight", "published": "May 2023"})
    after = text.replace("published: May 2023", "published: 2023-05")
    assert after != text
    assert fix_text(text, Settings) == after


# Bullets


@pytest.mark.parametrize("mark", BULLETS)
@pytest.mark.parametrize("gap", [" ", "", "\t", "\u00a0", "   "])
def test_a_typed_bullet_becomes_a_real_one(mark: str, gap: str) -> None:
    text = f"{make_record()}detail: |\n  See:\n\n  {mark}{gap}one\n  {mark}{gap}two\n"
    assert parse(text).value is not None
    expected = "detail: |\n  See:\n\n  - one\n  - two\n"
    found = mend(text, Recommendation)
    assert expected in found.text
    assert found.bullets == 2


@pytest.mark.parametrize("field", ["detail", "response"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("|\n  · one\n    • two\n  · three\n", "|\n  - one\n    - two\n  - three\n"),
        (
            "|\n  So:\n  · one\n    goes on\n\n  End.\n",
            "|\n  So:\n  - one\n    goes on\n\n  End.\n",
        ),
        ("|2-\n  ·one\n  - two\n", "|2-\n  - one\n  - two\n"),
        (">\n  · one\n\n  · two\n", ">\n  - one\n\n  - two\n"),
        ('"· one\\n· two"\n', '"- one\\n- two"\n'),
        ("'· one\n\n  · two'\n", "'- one\n\n  - two'\n"),
        ("Of three\n\n  · one\n", "Of three\n\n  - one\n"),
    ],
)
def test_bullets_in_every_kind_of_text(field: str, before: str, after: str) -> None:
    fields = {"detail": None, "response": "x"} | {field: "MARK"}
    record = make_record(**fields)
    assert mended(record.replace("MARK\n", before)) == mended(record.replace("MARK\n", after))
    assert after in mended(record.replace("MARK\n", before))


@pytest.mark.parametrize(
    "left",
    [
        ">\n  · one\n  · two\n",  # one paragraph in YAML: nobody sees where a line began
        "· one\n",  # a plain text may not begin with a hyphen
        "|\n  One · two\n  · three\n",  # a separator, not a list
        "|\n  ·\n  one\n",
        "|\n  ·5 of them\n",
        "|\n  One · two\n",
        '"\\u00b7 one"\n',
        "|\n  · - one\n",
        "|\n  \\n· one · two\n",
    ],
)
def test_bullets_whose_meaning_is_open_are_left_alone(left: str) -> None:
    text = make_record(response="MARK").replace("MARK\n", left)
    assert parse(text).value is not None
    assert mended(text) == text


def test_bullets_in_titles_owners_and_comments_are_left_alone() -> None:
    text = make_record() + "# · one\nevidence:\n  - title: |\n      · one\n"
    text = text.replace("owners:\n", "owners:\n  # · x\n")
    assert mended(text) == text


def test_bullets_in_notes_reasons_and_sections() -> None:
    text = make_record() + (
        "progress:\n- on: 2024-05-02\n  note: |\n    · one\n"
        "revisions:\n- from: 2024-03\n  to: 2024-07\n  on: 2024-03-20\n  reason: |\n    • one\n"
    )
    assert mended(text) == text.replace("· one", "- one").replace("• one", "- one")
    plan = make_settings().replace("What was found about repairs.", "|\n      · one\n      · two")
    assert fix_text(plan, Settings) == plan.replace("·", "-")


# What is left alone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (make_record(response="So:\n· one\n").replace("|", "|  # MARK"), "KP606"),
        ("title: T\n# MARK\nref: R\n", "KP110"),
        ("ref: R  \n# MARK\ntitle: T \n", "KP011"),
    ],
)
def test_what_is_ignored_with_a_reason_is_left_alone(text: str, code: str) -> None:
    for comment in (f"ignore {code} - so wanted", f"ignore-file {code[:4]} - so wanted"):
        wanted = text.replace("MARK", f"kimplan: {comment}")
        assert mended(wanted) == wanted
    assert mend(text, Recommendation, [code[:3]]).text == text
    for comment in (f"ignore {code}", "ignore KP303 - why", f"other {code} - why"):
        unwanted = text.replace("MARK", f"kimplan: {comment}")
        assert mended(unwanted) != unwanted


def test_bullets_that_are_ignored_elsewhere_are_mended() -> None:
    text = make_record(detail="So:\n· one\n", response="So:\n· one\n")
    text = text.replace("detail: |", "detail: |  # kimplan: ignore KP606 - a quotation")
    found = mend(text, Recommendation)
    assert (found.bullets, found.text.count("· one")) == (1, 1)


@pytest.mark.parametrize(
    "text", ["", "\n", "- a \n", "a: [ \n", "a: &b c \n", "a: 1 \n--- \nb: 2\n"]
)
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_a_record_with_other_errors_is_still_mended() -> None:
    text = "ref: REC1\ntitle: T \nrag: purple\ndue: July 2024\nowners: Nobody\n"
    assert mended(text) == text.replace("T \n", "T\n").replace("July 2024", "2024-07")


def test_a_file_is_never_made_too_large_or_a_text_too_long() -> None:
    filler = "# " + "x" * (MAX_BYTES - len(make_record(due="2024-7")) - 3) + "\n"
    text = filler + make_record(due="2024-7")
    assert len(text.encode()) == MAX_BYTES
    assert mended(text) == text
    long = make_record(response="·" + "x\n·" * 6_666 + "x\n")
    assert mended(long) == long


def test_many_edits_do_not_take_long() -> None:
    notes = "".join(f"- {{on: 2 May {2000 + n % 90}, note: 'a'}} \n" for n in range(2_000))
    found = mend(make_record() + "progress:\n" + notes, Recommendation)
    assert (found.dates, found.lines) == (2_000, 2_000)


def test_the_shipped_plan_needs_no_mending() -> None:
    for file in SHIPPED_PLAN.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        models: dict[str, type[PlanModel]] = {"plan.yaml": Settings, "owners.yaml": Owners}
        assert fix_text(text, models.get(file.name, Recommendation)) == text, file
