from __future__ import annotations

import errno
import io

import pytest

from kimplan.cli import streams
from kimplan.cli.progress import Progress


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ValueError("a\x1b[31m\nb"),
            "kimplan: internal error, which is a fault of kimplan: ValueError: a\\x1b[31m\\x0ab\n",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "kimplan: cannot write the output: No space left on device\n",
        ),
        (
            OSError(errno.EACCES, "Permission denied"),
            "kimplan: internal error, which is a fault of kimplan: PermissionError: "
            "[Errno 13] Permission denied\n",
        ),
    ],
)
def test_an_internal_error_is_one_sentence(
    error: Exception,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KIMPLAN_TRACEBACK", raising=False)
    assert streams.tell_internal_error(error) == 2
    assert capsys.readouterr() == ("", said)


def test_the_traceback_is_shown_to_those_who_ask(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIMPLAN_TRACEBACK", "1")
    try:
        raise ValueError("a")
    except ValueError as error:
        streams.tell_internal_error(error)
    assert "Traceback (most recent call last)" in capsys.readouterr().err


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
