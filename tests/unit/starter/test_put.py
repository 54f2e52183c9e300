"""A tree of files put in its place, or nothing of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kimplan.errors import OutputError
from kimplan.starter.build import put, staged, write_files

FILES = {"a.txt": "a\n", "docs/b.txt": "b\n", "docs/deep/c.txt": "c\n", "plan/d.txt": "d\n"}


def tree(folder: Path) -> dict[str, str]:
    """Return the text of each file below `folder`, and a mark for each folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text() if path.is_file() else "/"
        for path in folder.rglob("*")
    }


def build(folder: Path) -> Path:
    built = folder / "built"
    built.mkdir(parents=True)
    write_files(built, FILES)
    return built


def test_everything_is_moved(tmp_path: Path) -> None:
    built, base = build(tmp_path), tmp_path / "base"
    (base / "docs").mkdir(parents=True)
    (base / "docs" / "own.txt").write_text("own\n")
    expected = tree(built) | {"docs/own.txt": "own\n"}
    put(built, base)
    assert tree(base) == expected


@pytest.mark.parametrize("taken", ["docs/deep/c.txt", "plan", "plan/d.txt", "a.txt"])
def test_what_is_there_stays_and_what_was_moved_goes_back(taken: str, tmp_path: Path) -> None:
    built, base = build(tmp_path), tmp_path / "base"
    (base / taken).parent.mkdir(parents=True)
    (base / taken).write_text("own\n")
    before, whole = tree(base), tree(built)
    with pytest.raises(FileExistsError, match="is there already"):
        put(built, base)
    assert tree(base) == before
    assert tree(built) == whole


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    built, base = build(tmp_path), tmp_path / "base"
    base.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (base / "plan").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        put(built, base)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert [one.name for one in base.iterdir()] == ["plan"]


def build_and_stop(folder: Path, stop: BaseException) -> None:
    with staged(folder) as built:
        write_files(built, FILES)
        os.chmod(built / "a.txt", 0o444)
        raise stop


def test_what_is_built_in_is_gone_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build_and_stop(tmp_path, KeyboardInterrupt())
    with pytest.raises(OutputError, match=f"cannot write in {tmp_path}: the disk is full"):
        build_and_stop(tmp_path, OSError(28, "No space left on device"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write in .+: there is no such file"):
        build_and_stop(tmp_path / "nowhere", KeyboardInterrupt())
