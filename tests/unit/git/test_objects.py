"""The contents of git's objects, from real repositories."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import git, write_file
from histories import History

from kimplan.git.objects import Objects, read_objects, tree_files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_each_object_is_given_in_the_order_that_was_asked(algorithm: str, tmp_path: Path) -> None:
    history = History(tmp_path / "r", "", f"--object-format={algorithm}")
    contents = [b"", b"\n", b"a blob 3\nabc\n", b"x" * 100_000, bytes(range(256))]
    for number, content in enumerate(contents):
        write_file(history.top / f"{number}", content)
    commit = history.commit()
    asked = [f"HEAD:{number}" for number in range(5)]
    found = list(read_objects(history.top, ["no such", *asked, "HEAD:nothing 3", "HEAD"]))
    assert found[0] == found[6] == ("", "missing", b"")
    assert [(kind, content) for _, kind, content in found[1:6]] == [
        ("blob", content) for content in contents
    ]
    assert found[7][:2] == (commit, "commit")
    assert found[1][0] == git(history.top, "rev-parse", "HEAD:0")


def test_what_git_found_so_far_is_given_once_and_the_rest_behind_it(tmp_path: Path) -> None:
    history = History(tmp_path / "r", "")
    contents = [str(number) * 500 for number in range(600)]
    for number, content in enumerate(contents):
        write_file(history.top / f"{number}", content)
    history.commit()
    found: list[bytes] = []
    with Objects(history.top) as objects:
        for number in range(600):
            objects.ask([f"HEAD:{number}"])
            found += [content for _, _, content in objects.answers_so_far()]
        found += [content for _, _, content in objects.answers()]
    assert found == [content.encode() for content in contents]


def test_nothing_is_asked_of_git_for_no_names(tmp_path: Path) -> None:
    assert list(read_objects(tmp_path / "is not there", [])) == []


@needs_posix
@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_tree_names_its_files_and_links_but_not_its_folders(
    algorithm: str, tmp_path: Path
) -> None:
    history = History(tmp_path / "r", "", f"--object-format={algorithm}")
    for name in (b"a b", b"\xff", b"new\nline"):
        write_file(Path(os.fsdecode(os.fsencode(history.top) + b"/" + name)), "x\n")
    (history.top / "link").symlink_to("a b")
    (history.top / "a b").chmod(0o755)
    history.commit()
    ((_, kind, tree),) = read_objects(history.top, ["HEAD^{tree}"])
    size = 20 if algorithm == "sha1" else 32
    found = tree_files(tree, size)
    assert kind == "tree"
    assert set(found) == {"a b", os.fsdecode(b"\xff"), "new\nline", "link"}
    assert found["a b"] == git(history.top, "rev-parse", "HEAD:a b")
