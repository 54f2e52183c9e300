from __future__ import annotations

import io
import threading

import pytest

from kimplan.cli import streams
from kimplan.cli.progress import Patience, Progress


def test_a_stream_that_is_no_terminal_has_no_colour() -> None:
    assert not streams.has_colour(io.StringIO())


def test_progress_is_not_shown_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress("Read")
    for _ in range(10_000):
        progress.step()
    progress.done()
    assert capsys.readouterr() == ("", "")


class Terminal(io.StringIO):
    """What was written to a terminal, and when something first was."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.written.set()


def test_long_work_is_told_on_a_terminal_and_the_line_taken_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Patience("Reading the history", seconds=0):
        assert terminal.written.wait(30)
    assert terminal.getvalue() == "\rReading the history …\r" + " " * 60 + "\r"


def test_short_work_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with Patience("Reading the history", seconds=3600):
        pass
    assert terminal.getvalue() == ""


def test_nothing_is_told_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Patience("Reading the history", seconds=0):
        pass
    assert capsys.readouterr() == ("", "")
