from __future__ import annotations

from pathlib import Path

from conftest import make_record, write_file

from kimplan.diagnostic import Diagnostic, Location, Severity
from kimplan.loader.record import load_file
from kimplan.model.recommendation import Recommendation

LOST = "the text from this # on is a comment and is not read"


def test_a_sound_file_gives_its_value(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", make_record()).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is not None
    assert (loaded.path, loaded.value.ref, loaded.diagnostics) == (path, "REC1", [])


def test_a_warning_leaves_the_value(tmp_path: Path) -> None:
    text = make_record().replace("Keep a register", "Case #12")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert loaded.value is not None
    assert loaded.value.title == "Case"
    assert [(found.code, found.severity, found.message) for found in loaded.diagnostics] == [
        ("KP008", Severity.WARNING, LOST)
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


def test_a_finding_stands_at_the_value_or_at_the_key(tmp_path: Path) -> None:
    path = write_file(tmp_path / "REC1.yaml", make_record()).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    at_value = loaded.finding("KP999", "A.", ("due",), "B.")
    assert at_value == Diagnostic("KP999", Severity.ERROR, "A.", Location(path, 6, 6), "B.")
    at_key = loaded.finding("KP999", "A.", ("due",), key=True, severity=Severity.WARNING)
    assert at_key == Diagnostic("KP999", Severity.WARNING, "A.", Location(path, 6, 1), "")


def test_a_byte_order_mark_and_windows_line_ends_do_not_move_places(tmp_path: Path) -> None:
    text = "\ufeff" + make_record(due="2024-13").replace("\n", "\r\n")
    path = write_file(tmp_path / "REC1.yaml", text).as_posix()
    loaded = load_file(path, str(tmp_path), Recommendation)
    assert [(found.code, found.location) for found in loaded.diagnostics] == [
        ("KP201", Location(path, 6, 6))
    ]
