"""One change at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kimplan.edits.lock import lock_by_file, lock_file, locked
from kimplan.errors import KimplanError, OutputError

HOLD = """
import sys
from pathlib import Path
from kimplan.edits.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline().strip() == b"held"
    return process


def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert list(tmp_path.iterdir()) == []
    with locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_another_process_waits_in_vain(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(KimplanError, match="does not end"), locked(tmp_path, 0.1):
            pass
        process.communicate()
    with locked(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
    with locked(tmp_path):
        pass


def test_a_file_outside_the_plan_stands_for_a_folder_that_cannot_be_locked(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    first = lock_by_file(folder, 0.1)
    try:
        with pytest.raises(KimplanError, match="does not end"):
            lock_by_file(folder, 0.1)
    finally:
        os.close(first)
    os.close(lock_by_file(folder, 0.1))
    assert list(folder.iterdir()) == []
    path = lock_file(folder)
    assert not path.startswith(str(tmp_path))
    assert path == lock_file(folder / ".." / "plan")
    os.unlink(path)


def test_no_folder_no_lock(tmp_path: Path) -> None:
    if os.name != "nt":
        with pytest.raises(OutputError, match="cannot open"), locked(tmp_path / "none"):
            pass
