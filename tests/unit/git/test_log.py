"""What is read of git's log, from real repositories."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import git, write_file
from histories import History

from kimplan.errors import KimplanError
from kimplan.git.log import FileChange, read_log
from kimplan.git.process import GitError

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
LONG = "".join(f"{number}\n" for number in range(20))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def blob(history: History, revision: str) -> str:
    return git(history.top, "rev-parse", revision)


def test_a_file_that_came_changed_and_went(history: History) -> None:
    history.commit()
    path = write_file(history.top / "a", LONG)
    first = history.commit()
    write_file(path, LONG + "more\n")
    second = history.commit("2024-05-02", "Somebody Else")
    path.unlink()
    history.commit()
    names = [blob(history, f"{name}:a") for name in (first, second)]
    gone, changed, came, _ = read_log(history.top)
    assert gone.files == (FileChange("a", "", names[1], ""),)
    assert changed.files == (FileChange("a", "a", names[0], names[1]),)
    assert came.files == (FileChange("", "a", "", names[0]),)
    assert (changed.name, changed.author, changed.time) == (second, "Somebody Else", 1714651200)
    assert changed.parents == (first,)


def test_a_renamed_file_is_one_change_whatever_the_settings_say(history: History) -> None:
    write_file(history.top / "a", LONG)
    history.commit()
    git(history.top, "mv", "a", "b")
    history.commit()
    for setting in (
        "diff.renames=false", "diff.renameLimit=1", "log.showRoot=false", "log.diffMerges=off",
        "diff.noprefix=true", "log.date=iso", "core.quotePath=true", "diff.mnemonicPrefix=true",
        "log.showSignature=true", "color.ui=always", "format.pretty=oneline", "log.follow=true",
        "log.decorate=full", "core.abbrev=4", "diff.orderFile=/dev/null", "log.abbrevCommit=true",
    ):  # fmt: skip
        git(history.top, "config", *setting.split("="))
    log = read_log(history.top)
    name = blob(history, "HEAD:b")
    assert log[0].files == (FileChange("a", "b", name, name),)
    assert len(log[1].files) == 3


def test_a_merge_tells_what_it_brought_to_its_first_parent(history: History) -> None:
    write_file(history.top / "a", LONG)
    write_file(history.top / "b", LONG)
    history.commit()
    git(history.top, "checkout", "--quiet", "-b", "side")
    write_file(history.top / "a", LONG + "side\n")
    side = history.commit("2024-05-02")
    git(history.top, "checkout", "--quiet", "main")
    git(history.top, "mv", "a", "c")
    write_file(history.top / "b", LONG + "main\n")
    main = history.commit("2024-05-03")
    history.save(["merge", "--quiet", "--no-edit", "side"], "2024-05-04")
    merge = read_log(history.top)[0]
    assert merge.parents == (main, side)
    assert merge.files == (FileChange("c", "c", blob(history, "main~:c"), blob(history, "HEAD:c")),)


def test_each_commit_stands_before_its_parents_whatever_their_clocks_said(
    history: History,
) -> None:
    for day in ("2024-05-09", "2024-05-01", "2030-01-01", "1980-01-01"):
        history.commit(day)
    log = read_log(history.top)
    assert [commit.parents for commit in log] == [
        *((later.name,) for later in log[1:]), (),
    ]  # fmt: skip


@needs_posix
@pytest.mark.parametrize(
    "name", [b"a\tb", b"a\nb", b'"q"', b"\xff\xfe", b":100644 1", b"0" * 40 + b" 1 x", b"R100"]
)
def test_paths_are_what_they_are(name: bytes, history: History) -> None:
    write_file(Path(os.fsdecode(os.fsencode(history.top) + b"/" + name)), LONG)
    write_file(history.top / "zzz", "z\n")
    history.commit()
    (commit,) = read_log(history.top)
    paths = [change.new_path for change in commit.files]
    assert {os.fsdecode(name), "zzz", "plan/plan.yaml", "plan/owners.yaml"} == set(paths)


def test_replaced_commits_and_grafts_do_not_count(history: History) -> None:
    first, second = history.commit("2024-05-01"), history.commit("2024-05-02")
    third = history.commit("2024-05-03")
    git(history.top, "replace", second, first)
    write_file(history.top / ".git" / "info" / "grafts", f"{third}\n")
    assert [commit.name for commit in read_log(history.top)] == [third, second, first]


def test_without_a_commit(history: History) -> None:
    with pytest.raises(KimplanError, match="this repository has no commits yet"):
        read_log(history.top)


def test_an_unknown_revision(history: History) -> None:
    history.commit()
    with pytest.raises(GitError, match="bad revision 'nothing'"):
        read_log(history.top, "nothing")


def test_a_revision_is_never_an_option(history: History, tmp_path: Path) -> None:
    history.commit()
    with pytest.raises(GitError):
        read_log(history.top, f"--output={tmp_path / 'written'}")
    assert not (tmp_path / "written").exists()
