from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kimplan.cli.ending import tell_fault


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ValueError("a\x1b[31m\nb"),
            "kimplan: internal error, which is a fault of kimplan: ValueError: a\\x1b[31m\\x0ab\n",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "kimplan: cannot write the output: the disk is full\n",
        ),
        (
            OSError(errno.ENOSPC, "No space left on device", "x.csv"),
            "kimplan: cannot write x.csv: the disk is full\n"
            "  hint: Make room on the disk, or choose another.\n",
        ),
        (
            OSError(errno.EACCES, "Permission denied"),
            "kimplan: internal error, which is a fault of kimplan: PermissionError: "
            "[Errno 13] Permission denied\n",
        ),
        (
            MemoryError(),
            "kimplan: there is not enough memory for this\n"
            "  hint: Close other programs, and try again.\n",
        ),
        (
            RecursionError("maximum recursion depth exceeded"),
            "kimplan: something that was read is nested too deeply\n"
            "  hint: Look for brackets in brackets in the file that was read last.\n",
        ),
        (
            ModuleNotFoundError("No module named 'lxml'", name="lxml"),
            "kimplan: kimplan is not installed as it should be: lxml is missing\n"
            "  hint: Install it again.\n",
        ),
    ],
)
def test_what_nobody_expected_is_one_sentence(
    error: Exception,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("KIMPLAN_TRACEBACK", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    assert tell_fault(error, ["overdue"]) == 2
    assert capsys.readouterr() == ("", said)


def test_the_traceback_is_shown_to_those_who_ask(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIMPLAN_TRACEBACK", "1")
    try:
        raise ValueError("a")
    except ValueError as error:
        tell_fault(error, [])
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_fault_of_ours_is_annotated_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KIMPLAN_TRACEBACK", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert tell_fault(ValueError("x"), ["check", "--format", "github"]) == 2
    fault = "internal error, which is a fault of kimplan: ValueError: x"
    assert capsys.readouterr() == (f"::error title=kimplan::{fault}\n", f"kimplan: {fault}\n")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == (
        f"### kimplan\n\n**The plan was not checked.** `{fault}`\n"
    )
