"""A finding shows the line of the file that it is about, with a caret below the place."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import lint_output, lint_plan, make_record, small_records, write_plan

from kimplan.characters import lines
from kimplan.formatters.text import format_diagnostics
from kimplan.linter import lint

PINK = make_record(ref="REC4", rag="pink")
WHERE = "plan/recommendations/REC4.yaml"


def shown(folder: Path, text: str | bytes) -> str:
    plan = write_plan(folder, records={**small_records(), "REC4": text})
    said = lint_output(plan).splitlines(keepends=True)
    return "".join(said[:-1]).replace(f"{WHERE}:", "")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
def test_the_line_is_shown_as_it_stands_and_the_caret_below_the_place(
    begin: str, end: str, tmp_path: Path
) -> None:
    assert shown(tmp_path, (begin + PINK).replace("\n", end)) == (
        "5:6: error KP105 rag 'pink' is not known\n"
        "    5 | rag: pink\n"
        "      |      ^\n"
        "  hint: Write green (complete), amber (in progress), red (not started or stuck) or "
        "not-applicable (does not apply).\n"
    )


def test_the_caret_stands_behind_the_last_character(tmp_path: Path) -> None:
    assert shown(tmp_path, make_record(ref="REC4").rstrip("\n")) == (
        "8:22: info KP011 the last line does not end\n"
        "    8 |   - Company Secretary\n"
        "      |                      ^\n"
        "  hint: kimplan lint --fix ends it.\n"
    )


def test_a_long_line_is_cut_around_the_caret(tmp_path: Path) -> None:
    text = make_record(ref="REC4").replace("amber", f"amber  # {'a' * 90} b\u200bc {'d' * 90}")
    lines_shown = shown(tmp_path, text).splitlines()
    assert lines_shown[0].startswith("5:107: warning KP109 a zero-width space ")
    assert all(len(line) <= 80 for line in lines_shown[1:3])
    assert lines_shown[1].startswith("    5 | …aaa")
    assert lines_shown[1].endswith("ddd…")
    assert lines_shown[1][lines_shown[2].index("^")] == "\u200b"


def test_a_very_long_line_is_not_shown(tmp_path: Path) -> None:
    text = make_record(ref="REC4", title="x" * 2_001)
    assert shown(tmp_path, text) == (
        "3:8: error KP106 'title' is too long: 2,001 characters, at most 600\n"
        "  hint: Keep its opening sentence, and put the rest into 'detail'.\n"
    )


def test_nothing_in_the_line_can_act_on_a_terminal(tmp_path: Path) -> None:
    text = PINK.replace("pink", "pink  # \x1b[31m\u202e")
    assert shown(tmp_path, text).splitlines()[:3] == [
        "5:6: error KP105 rag 'pink' is not known",
        "    5 | rag: pink  # \\x1b[31m\\u202e",
        "      |      ^",
    ]


def test_a_tab_takes_the_room_that_it_is_shown_with(tmp_path: Path) -> None:
    said = shown(tmp_path, "ref:\tREC4\n\tsection: x\n").splitlines()
    assert said[:3] == [
        "2:1: error KP003 this line begins with a tab",
        "    2 | \\x09section: x",
        "      | ^",
    ]


@pytest.mark.parametrize("content", ["", b"\xff\xfea\x00", b"title: \x92\n"])
def test_what_cannot_be_read_shows_no_line(content: str | bytes, tmp_path: Path) -> None:
    assert " | " not in shown(tmp_path, content)


def test_what_is_about_a_whole_file_or_folder_shows_no_line(tmp_path: Path) -> None:
    records = small_records() | {"REC6": make_record(ref="REC6")}
    plan = write_plan(tmp_path, records=records)
    (plan / "archive").mkdir()
    (plan / "owners.yaml").unlink()
    found = lint(plan).diagnostics
    assert [(one.code, one.excerpt) for one in found] == [
        ("KP007", ""),
        ("KP001", ""),
        ("KP507", ""),
    ]


def test_every_excerpt_is_the_line_at_the_place(tmp_path: Path) -> None:
    records = small_records() | {
        "REC4": make_record(ref="rec1", section="x", rag="red", due=None, owners=["Nobody"]),
        "REC5": make_record(ref="REC5", due="2024-13-45", owner="Head of Repairs"),
        "REC6": make_record(ref="REC6", response="One.\n\nTBC the the\n", rag="green"),
    }
    found = lint_plan(write_plan(tmp_path, records=records))
    assert len(found) >= 9
    for one in found:
        text = Path(one.location.path).read_text(encoding="utf-8")
        assert one.excerpt == list(lines(text))[one.location.line - 1]
    assert format_diagnostics(found).count("^\n") == len(found)
