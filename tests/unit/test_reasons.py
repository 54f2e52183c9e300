from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kimplan.reasons import hint_for, is_of_the_output, why, working_folder_is_gone


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EFBIG, "the file would be larger than is allowed here"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.EACCES, "permission is denied"),
        (errno.EISDIR, "it is a folder, not a file"),
        (errno.ENOTDIR, "a part of the path is a file, not a folder"),
        (errno.EBUSY, "it is in use by another program"),
        (errno.EIO, "the disk, or the way to it, does not work"),
    ],
)
def test_the_system_is_put_in_plain_words(number: int, said: str) -> None:
    assert why(OSError(number, os.strerror(number))) == said


def test_a_share_of_the_disk_that_is_used_up_is_told() -> None:
    number = getattr(errno, "EDQUOT", None)
    if number is None:
        pytest.skip("this system knows no shares")
    error = OSError(number, "Disk quota exceeded")
    assert why(error) == "your share of the disk is used up"
    assert hint_for(error) == "Delete what you do not need, or choose another disk."


def test_what_windows_says_of_a_file_in_use_goes_before_its_number() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert why(error) == "it is in use by another program"
    assert hint_for(error, "Close it in Word.") == "Close it in Word."


def test_what_no_words_are_known_for_is_said_in_the_systems_own() -> None:
    assert why(OSError(None, "it is there already")) == "it is there already"
    assert why(OSError("odd")) == "odd"
    assert why(OSError()) == "OSError"


def test_a_name_that_no_file_can_have_is_one_reason() -> None:
    with pytest.raises(ValueError, match="null") as error:
        Path("a\x00b").read_bytes()
    assert why(error.value) == "its name cannot be one"
    assert hint_for(error.value, "Choose another.") == "Choose another."


def test_a_full_disk_has_a_hint_of_its_own() -> None:
    full = OSError(errno.ENOSPC, "")
    assert hint_for(full, "Close it.") == "Make room on the disk, or choose another."
    assert hint_for(OSError(errno.ENOENT, ""), "Check it.") == "Check it."
    assert is_of_the_output(full)
    assert not is_of_the_output(OSError(errno.EACCES, ""))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that is in use")
def test_a_working_folder_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    assert not working_folder_is_gone()
    gone.rmdir()
    assert working_folder_is_gone()
    os.chdir(tmp_path)
