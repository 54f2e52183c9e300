from __future__ import annotations

from pathlib import Path

import pytest
from conftest import make_record, write_file

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.loader.loaded_file import load_bytes, load_file
from kimplan.model.recommendation import Recommendation
from kimplan.source import Words

LOST = "everything from this # on is read as a comment, so it is lost"


def test_a_sound_file_gives_its_value(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", make_record()).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is not None
    assert (loaded.path, loaded.value.ref, loaded.diagnostics) == (path, "REC1", [])


def test_text_that_is_lost_takes_the_value_away(tmp_path: Path) -> None:
    text = make_record().replace("Keep a register", "Case #12")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is None
    assert [(found.code, found.severity, found.message) for found in loaded.diagnostics] == [
        ("KP008", Severity.ERROR, LOST)
    ]


def test_a_warning_leaves_the_value(tmp_path: Path) -> None:
    text = make_record().replace("register", "re\u00adgister")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is not None
    assert [(found.code, found.severity) for found in loaded.diagnostics[:1]] == [
        ("KP109", Severity.WARNING)
    ]


def test_an_error_about_the_text_takes_the_value_away_but_not_other_errors(
    tmp_path: Path,
) -> None:
    text = make_record(rag="blue") + "ref: REC1\n"
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is None
    assert [(found.code, found.location) for found in loaded.diagnostics] == [
        ("KP004", Location(path, 9, 1)),
        ("KP105", Location(path, 5, 6)),
    ]


def test_a_finding_stands_at_the_value_or_at_the_key_and_shows_the_line(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", make_record()).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    at_value = loaded.finding("KP999", "A.", ("due",), "B.")
    assert at_value == Diagnostic(
        "KP999", Severity.ERROR, "A.", Location(path, 6, 6), "B.", "due: 2024-07"
    )
    at_key = loaded.finding("KP999", "A.", ("due",), key=True, severity=Severity.WARNING)
    assert at_key == Diagnostic(
        "KP999", Severity.WARNING, "A.", Location(path, 6, 1), "", "due: 2024-07"
    )


def test_a_finding_stands_at_words_of_a_text(tmp_path: Path) -> None:
    text = make_record(response="One two.\nOne three.\n")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    response = "One two.\nOne three."
    words = Words(response, response.rindex("One"), len(response))
    assert loaded.finding_in("KP999", "A.", ("response",), words, "B.") == Diagnostic(
        "KP999", Severity.ERROR, "A.", Location(path, 6, 3), "B.", "  One three."
    )


def test_a_line_that_is_not_there_or_very_long_is_not_shown(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", make_record(title="x" * 2_001)).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.finding_on("KP999", "A.", (3, 8)).excerpt == ""
    assert loaded.finding_on("KP999", "A.", (999, 1)).excerpt == ""
    assert loaded.finding_on("KP999", "A.", (2, 1)).excerpt == "section: governance"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_that_is_shown_has_no_end(end: str) -> None:
    content = make_record(due="2024-13").replace("\n", end).encode()
    [found] = load_bytes("plan/recommendations/REC1.yaml", content, Recommendation).diagnostics
    assert (found.location.line, found.excerpt) == (6, "due: 2024-13")


def test_what_stood_in_a_file_is_read_as_the_file_would_be() -> None:
    loaded = load_bytes("plan/recommendations/REC1.yaml", make_record().encode(), Recommendation)
    assert loaded.value is not None
    assert (loaded.path, loaded.value.ref) == ("plan/recommendations/REC1.yaml", "REC1")
    broken = load_bytes("a.yaml", b"\x92", Recommendation)
    assert broken.value is None
    assert [(found.code, found.excerpt) for found in broken.diagnostics] == [("KP002", "")]


def test_a_byte_order_mark_and_windows_line_ends_do_not_move_places(tmp_path: Path) -> None:
    text = "\ufeff" + make_record(due="2024-13").replace("\n", "\r\n")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert [(found.code, found.location) for found in loaded.diagnostics] == [
        ("KP201", Location(path, 6, 6))
    ]
