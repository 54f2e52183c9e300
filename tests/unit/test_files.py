from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest
from conftest import write_file

from kimplan.errors import OutputError
from kimplan.files import write_whole

OTHER_NAME = "Choose another name."
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
needs_no_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)


def hello(file: BinaryIO) -> None:
    file.write(b"hello")


def refused(target: Path) -> tuple[str, str]:
    def never(file: BinaryIO) -> None:
        pytest.fail("nothing may be written")

    with pytest.raises(OutputError) as error:
        write_whole(target, never)
    return error.value.message, error.value.hint


def test_a_new_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    write_whole(target, hello)
    assert target.read_bytes() == b"hello"
    assert os.listdir(tmp_path) == ["report.docx"]


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    target = write_file(tmp_path / "report.docx", "a much longer text than the new one")
    write_whole(target, hello)
    assert target.read_bytes() == b"hello"
    assert os.listdir(tmp_path) == ["report.docx"]


@needs_posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o666])
def test_an_existing_file_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    target = write_file(tmp_path / "report.docx", "old")
    target.chmod(mode)
    write_whole(target, hello)
    assert stat.S_IMODE(target.stat().st_mode) == mode


@needs_posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_permissions_that_the_user_chose(
    mask: int, mode: int, tmp_path: Path
) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "report.docx", hello)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "report.docx").stat().st_mode) == mode


@pytest.mark.parametrize("failure", [ValueError("no"), KeyboardInterrupt(), MemoryError()])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    failure: BaseException, tmp_path: Path
) -> None:
    target = write_file(tmp_path / "report.docx", "old")

    def fail(file: BinaryIO) -> None:
        file.write(b"half")
        raise failure

    with pytest.raises(type(failure)):
        write_whole(target, fail)
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.docx"]


def test_a_failure_leaves_no_new_file(tmp_path: Path) -> None:
    def fail(file: BinaryIO) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.docx"
    with pytest.raises(OutputError) as error:
        write_whole(target, fail)
    assert (error.value.message, error.value.hint) == (
        f"cannot write {target}: the disk is full",
        "Make room on the disk, or choose another.",
    )
    assert os.listdir(tmp_path) == []


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    assert refused(tmp_path) == (
        f"cannot write {tmp_path}: it is a folder",
        "Name a file in it: folder/name.",
    )


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    target = tmp_path / "missing" / "report.docx"
    assert refused(target) == (
        f"cannot write {target}: there is no folder {target.parent}",
        "Make the folder first, or choose another.",
    )


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    target = write_file(tmp_path / "file", "x") / "report.docx"
    assert refused(target) == (
        f"cannot write {target}: there is no folder {target.parent}",
        "Make the folder first, or choose another.",
    )


@needs_posix
def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    target = tmp_path / f"{'x' * 300}.docx"
    assert refused(target) == (
        f"cannot write {target}: the name is too long",
        "Choose a shorter name.",
    )


def test_the_longest_name_that_can_be_written_is_written(tmp_path: Path) -> None:
    target = tmp_path / f"{'x' * 200}.docx"
    write_whole(target, hello)
    assert target.read_bytes() == b"hello"


def test_a_name_with_a_null_is_told(tmp_path: Path) -> None:
    message, _ = refused(tmp_path / "a\x00b.docx")
    assert message.startswith("cannot write ")


@needs_posix
@pytest.mark.parametrize("target", ["elsewhere.docx", "nowhere.docx"])
def test_a_link_is_not_replaced_nor_followed(target: str, tmp_path: Path) -> None:
    write_file(tmp_path / "elsewhere.docx", "old")
    link = tmp_path / "report.docx"
    link.symlink_to(target)
    assert refused(link) == (
        f"cannot write {link}: it is a link or a device, not a file",
        OTHER_NAME,
    )
    assert link.is_symlink()
    assert (tmp_path / "elsewhere.docx").read_bytes() == b"old"


@needs_posix
def test_a_device_is_not_replaced() -> None:
    assert refused(Path("/dev/null")) == (
        "cannot write /dev/null: it is a link or a device, not a file",
        OTHER_NAME,
    )


@needs_posix
@needs_no_root
def test_a_read_only_file_is_told(tmp_path: Path) -> None:
    target = write_file(tmp_path / "report.docx", "old")
    target.chmod(0o444)
    message, _ = refused(target)
    assert message == f"cannot write {target}: it is read-only or in use"


@needs_posix
@needs_no_root
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o555)
    message, _ = refused(folder / "report.docx")
    assert message == f"cannot write {folder / 'report.docx'}: permission is denied"
