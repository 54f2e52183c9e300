"""The plan as it was at a commit, from real repositories."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import git, make_owners, write_file
from histories import History

from kimplan.errors import KimplanError
from kimplan.linter import load_folder
from kimplan.snapshot.read import Snapshot, find_snapshot, read_snapshots

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
REC1 = "recommendations/REC1.yaml"


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repository")


def at(history: History, revision: str, folder: str = "plan") -> Snapshot:
    (found,) = read_snapshots(history.top, folder, [revision])
    assert found is not None
    return found


def test_the_files_as_they_were(history: History) -> None:
    history.record()
    history.record("REC2", text="ref: [\n")
    write_file(history.path(".REC3"), "x")
    write_file(history.plan / "notes.yaml", "x")
    first = history.commit()
    history.path("REC1").unlink()
    second = history.commit()
    snapshots = read_snapshots(history.top, "plan", [first, "HEAD", "0" * 40])
    assert [one.commit if one else None for one in snapshots] == [first, second, None]
    then, now = at(history, first), at(history, "HEAD")
    records = [REC1, "recommendations/REC2.yaml"]
    assert sorted(then.blobs) == ["owners.yaml", "plan.yaml", *records]
    assert list(now.records) == records[1:]
    items = then.items()
    item = items[REC1]
    assert item is not None
    assert item.ref == "REC1"
    assert items[records[1]] is None
    assert at(history, first, "").blobs == at(history, first, "nowhere").blobs == {}


def test_a_plan_in_memory_is_the_plan_on_the_disk(history: History) -> None:
    for ref in ("REC1", "REC2", "REC10"):
        history.record(ref)
    write_file(history.plan / "owners.yaml", make_owners("Company Secretary"))
    commit = history.commit()
    shutil.rmtree(history.plan)
    result = load_folder(at(history, commit).plan(), partial=True)
    assert result.plan is not None
    assert [item.ref for item in result.plan.recommendations] == ["REC1", "REC2", "REC10"]
    assert [owner.role for owner in result.plan.owners] == ["Company Secretary"]


def test_what_was_wrong_is_called_by_its_commit(history: History) -> None:
    history.record(rag="blue")
    (history.plan / "owners.yaml").unlink()
    commit = history.commit()[:7]
    errors = [str(one) for one in load_folder(at(history, "HEAD").plan()).errors]
    assert f"{commit}:plan/owners.yaml:1:1: error KP001 the file is missing" in errors
    assert any(line.startswith(f"{commit}:plan/{REC1}:5:6: error KP105 ") for line in errors)


def test_evidence_is_not_looked_up_on_the_disk_for_an_earlier_time(history: History) -> None:
    history.record(evidence=[{"title": "Policy", "link": "evidence/policy.pdf"}])
    for ref in ("REC2", "REC3"):
        history.record(ref, section="repairs", owners=["Head of Repairs", "Data Manager"])
    history.commit()
    assert load_folder(at(history, "HEAD").plan()).errors == ()


def test_a_file_with_an_odd_name_is_refused(history: History) -> None:
    history.record("REC1", file="RE\tC1")
    history.commit()
    with pytest.raises(KimplanError, match="has a file with an odd name"):
        at(history, "HEAD").plan()


def test_where_there_was_no_plan(history: History) -> None:
    commit = history.commit()[:7]
    with pytest.raises(KimplanError, match=f"^there was no plan in x at {commit}$"):
        at(history, "HEAD", "x").plan()


@needs_posix
@pytest.mark.parametrize("what", ["record", "folder", "out", "round"])
def test_links_are_followed_as_far_as_the_commit_has_them(what: str, history: History) -> None:
    history.record()
    records = history.plan / "recommendations"
    if what == "record":
        (records / "REC2.yaml").symlink_to("REC1.yaml")
    elif what == "folder":
        records.rename(history.top / "kept")
        records.symlink_to("../kept")
    elif what == "out":
        (records / "REC2.yaml").symlink_to("/etc/hostname")
    else:
        (records / "REC2.yaml").symlink_to("REC2.yaml")
    history.commit()
    found = at(history, "HEAD").records
    expected = [REC1, "recommendations/REC2.yaml"] if what == "record" else [REC1]
    assert sorted(found) == expected
    assert len(set(found.values())) == 1


def test_the_folder_that_the_plan_was_in(history: History) -> None:
    history.record()
    first = history.commit()
    (history.top / "board").mkdir()
    git(history.top, "mv", "plan", "board/now")
    history.commit()
    other = history.top / "other"
    other.mkdir()
    write_file(other / "plan.yaml", "title: Other\n")
    assert find_snapshot(history.top, first, ["board/now"], [REC1]).folder == "plan"
    none = find_snapshot(history.top, first, ["other"], [])
    assert (none.folder, none.blobs) == ("other", {})
    # A change may not escape by renaming all: then it is known by its settings.
    assert find_snapshot(history.top, first, ["other"], ["plan.yaml"]).folder == "plan"
