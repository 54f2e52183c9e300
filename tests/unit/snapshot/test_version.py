"""The version that the report's footer names, from real repositories."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import commit_all, git, make_record, make_repository, write_file, write_plan

from kimplan.snapshot.version import SourceVersion, compare_with_head, source_version

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
NONE = SourceVersion()
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


@pytest.fixture(autouse=True)
def _nothing_of_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder for a repository whose parents hold none."""
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


def clean(commit: str) -> SourceVersion:
    return SourceVersion(commit[:7], name=commit)


def modified(commit: str) -> SourceVersion:
    return SourceVersion(commit[:7], modified=True, name=commit)


def test_a_committed_plan_has_the_commit_as_its_version(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    assert source_version(plan) == clean(commit)
    assert str(source_version(plan)) == f"Source version {commit[:7]}"


def test_a_plan_without_a_repository_has_no_version(repository: Path) -> None:
    plan = write_plan(repository)
    assert source_version(plan) == NONE
    assert str(source_version(plan)) == "Source not under version control"


def test_a_repository_without_commits_has_no_version(repository: Path) -> None:
    plan = write_plan(repository)
    git(repository, "init", "--quiet")
    assert source_version(plan) == NONE


@pytest.mark.parametrize(
    "name", ["plan.yaml", "owners.yaml", "recommendations/REC1.yaml", "recommendations/REC3.yaml"]
)
def test_a_changed_file_is_said(name: str, repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    path = plan / name
    write_file(path, path.read_bytes() + b"# more\n")
    assert source_version(plan) == modified(commit)
    assert str(source_version(plan)) == f"Source version {commit[:7]}, modified since"


def test_a_change_that_is_staged_but_not_committed_is_said(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    write_file(plan / "recommendations" / "REC1.yaml", make_record(due="2024-09"))
    git(repository, "add", "--all")
    assert source_version(plan) == modified(commit)


def test_a_change_that_keeps_the_size_and_the_time_is_said(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    path = plan / "recommendations" / "REC2.yaml"
    times = path.stat()
    write_file(path, path.read_bytes().replace(b"2024-03", b"2024-09"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert source_version(plan) == modified(commit)


def test_a_new_record_is_said(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4"))
    assert source_version(plan) == modified(commit)


def test_a_record_that_git_ignores_is_said(repository: Path) -> None:
    plan = write_plan(repository)
    write_file(repository / ".gitignore", "REC4.yaml\n")
    commit = make_repository(repository)
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4"))
    assert source_version(plan) == modified(commit)


@pytest.mark.parametrize("name", ["owners.yaml", "recommendations/REC2.yaml"])
def test_a_deleted_file_is_said(name: str, repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    (plan / name).unlink()
    assert source_version(plan) == modified(commit)


def test_a_renamed_record_is_said(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    folder = plan / "recommendations"
    (folder / "REC3.yaml").rename(folder / "REC4.yaml")
    assert source_version(plan) == modified(commit)


def test_changes_outside_of_the_plan_do_not_count(repository: Path) -> None:
    plan = write_plan(repository)
    write_file(repository / "README.md", "a\n")
    commit = make_repository(repository)
    write_file(repository / "README.md", "b\n")
    write_file(repository / "report.docx", "c\n")
    write_file(plan / "notes.txt", "d\n")
    write_file(plan / ".plan.yaml.swp", "e\n")
    assert source_version(plan) == clean(commit)


def test_windows_line_ends_do_not_count(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    for path in plan.rglob("*.yaml"):
        write_file(path, path.read_bytes().replace(b"\n", b"\r\n"))
    assert source_version(plan) == clean(commit)


def test_windows_line_ends_in_the_commit_do_not_count(repository: Path) -> None:
    plan = write_plan(repository)
    for path in plan.rglob("*.yaml"):
        write_file(path, path.read_bytes().replace(b"\n", b"\r\n"))
    commit = make_repository(repository)
    assert source_version(plan) == clean(commit)


def test_the_version_is_that_of_the_last_commit(repository: Path) -> None:
    plan = write_plan(repository)
    first = make_repository(repository)
    write_file(plan / "recommendations" / "REC1.yaml", make_record(due="2024-09"))
    second = commit_all(repository)
    assert first != second
    assert source_version(plan) == clean(second)


def test_the_files_that_are_as_in_the_last_commit_are_named_with_their_blobs(
    repository: Path,
) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    whole = compare_with_head(plan)[1]
    names = {path.relative_to(plan).as_posix() for path in plan.rglob("*.yaml")}
    assert whole.keys() == names
    for name, blob in whole.items():
        assert git(repository, "rev-parse", f"HEAD:plan/{name}").strip() == blob
    write_file(plan / "recommendations" / "REC1.yaml", make_record(due="2024-09"))
    write_file(plan / "recommendations" / "REC4.yaml", make_record(ref="REC4"))
    (plan / "recommendations" / "REC2.yaml").unlink()
    version, same = compare_with_head(plan)
    assert version == modified(commit)
    assert whole.keys() - same.keys() == {"recommendations/REC1.yaml", "recommendations/REC2.yaml"}


def test_a_detached_commit_is_a_version(repository: Path) -> None:
    plan = write_plan(repository)
    first = make_repository(repository)
    write_file(plan / "recommendations" / "REC1.yaml", make_record(due="2024-09"))
    commit_all(repository)
    git(repository, "checkout", "--quiet", first)
    assert source_version(plan) == clean(first)


def test_packed_objects_are_read(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    git(repository, "gc", "--quiet")
    assert source_version(plan) == clean(commit)


def test_a_plan_at_the_root_of_its_repository_has_a_version(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(plan)
    assert source_version(plan) == clean(commit)
    write_file(plan / "owners.yaml", "owners: []\n")
    assert source_version(plan) == modified(commit)


@pytest.mark.parametrize("name", ["a/b/c", "with a space", "é–日本", "HEAD", "-x", "a:b", "%s"])
def test_a_plan_in_any_folder_has_a_version(name: str, repository: Path) -> None:
    folder = repository / name
    try:
        folder.mkdir(parents=True)
    except OSError:
        pytest.skip("this file system cannot hold the name")
    plan = write_plan(folder)
    commit = make_repository(repository)
    assert source_version(plan) == clean(commit)


@needs_posix
def test_a_folder_with_a_line_end_in_its_name_stops_nothing(repository: Path) -> None:
    folder = repository / "a\nHEAD"
    folder.mkdir()
    plan = write_plan(folder)
    commit = make_repository(repository)
    assert source_version(plan).commit in {"", commit[:7]}


def test_a_relative_folder_has_a_version(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    monkeypatch.chdir(plan / "recommendations")
    assert source_version(Path("..")) == clean(commit)


@needs_posix
def test_a_plan_behind_a_link_has_the_version_of_its_repository(
    repository: Path, tmp_path: Path
) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    (tmp_path / "link").symlink_to(plan)
    assert source_version(tmp_path / "link") == clean(commit)


@needs_posix
def test_a_record_that_is_a_link_within_the_plan_is_no_change(repository: Path) -> None:
    plan = write_plan(repository)
    (plan / "recommendations" / "REC4.yaml").symlink_to("REC1.yaml")
    commit = make_repository(repository)
    assert source_version(plan) == clean(commit)


@needs_posix
def test_a_record_that_may_be_run_is_no_change(repository: Path) -> None:
    plan = write_plan(repository)
    (plan / "recommendations" / "REC1.yaml").chmod(0o755)
    commit = make_repository(repository)
    assert source_version(plan) == clean(commit)


def test_a_plan_that_was_never_committed_is_modified(repository: Path) -> None:
    write_file(repository / "README.md", "a\n")
    commit = make_repository(repository)
    assert source_version(write_plan(repository)) == modified(commit)


@pytest.mark.parametrize("name", ["plan", "plan/recommendations"])
def test_a_folder_that_was_a_file_in_the_commit_is_modified(name: str, repository: Path) -> None:
    (repository / name).parent.mkdir(exist_ok=True)
    write_file(repository / name, "not a folder\n")
    commit = make_repository(repository)
    (repository / name).unlink()
    shutil.rmtree(repository / "plan", ignore_errors=True)
    assert source_version(write_plan(repository)) == modified(commit)


def test_a_work_tree_of_its_own_has_a_version(repository: Path, tmp_path: Path) -> None:
    write_plan(repository)
    commit = make_repository(repository)
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    assert source_version(tmp_path / "tree" / "plan") == clean(commit)


def test_a_shallow_clone_has_a_version(repository: Path, tmp_path: Path) -> None:
    plan = write_plan(repository)
    make_repository(repository)
    write_file(plan / "recommendations" / "REC1.yaml", make_record(due="2024-09"))
    commit = commit_all(repository)
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "clone")
    assert source_version(tmp_path / "clone" / "plan") == clean(commit)


def test_a_repository_with_sha256_names_has_a_version(repository: Path) -> None:
    plan = write_plan(repository)
    try:
        git(repository, "init", "--quiet", "--object-format=sha256")
    except subprocess.CalledProcessError:
        pytest.skip("this git has no SHA-256")
    commit = commit_all(repository)
    assert len(commit) == 64
    assert source_version(plan) == clean(commit)


def test_a_folder_called_git_that_is_no_repository_is_a_problem(repository: Path) -> None:
    plan = write_plan(repository)
    (repository / ".git").mkdir()
    found = source_version(plan)
    assert (found.commit, found.modified) == ("", False)
    assert found.problem.startswith("git said: ")
    assert "\n" not in found.problem


def test_without_git_there_is_a_problem_and_no_version(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write_plan(repository)
    make_repository(repository)
    monkeypatch.setenv("PATH", str(repository))
    assert source_version(plan) == SourceVersion(problem="git is not installed")


@needs_posix
def test_a_git_that_lies_in_the_repository_is_not_run(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write_plan(repository)
    make_repository(repository)
    fake = write_file(repository / "git", "#!/bin/sh\ntouch run\n")
    fake.chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}")
    assert source_version(plan) == SourceVersion(problem="git is not installed")
    assert not (repository / "run").exists()


@needs_posix
def test_nothing_that_a_repository_configures_is_run(repository: Path) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    trap = write_file(repository.parent / "trap", '#!/bin/sh\ntouch "$0.sprung"\ncat\n')
    trap.chmod(stat.S_IRWXU)
    hooks = repository.parent / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "pre-auto-gc", "reference-transaction"):
        shutil.copy(trap, hooks / name)
    for key in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor",
        "diff.external", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
        "diff.evil.textconv", "diff.evil.command", "gpg.program", "credential.helper",
        "alias.cat-file", "pager.cat-file",
    ):  # fmt: skip
        git(repository, "config", key, str(trap))
    git(repository, "config", "core.hooksPath", str(hooks))
    write_file(repository / ".git" / "info" / "attributes", "*.yaml filter=evil diff=evil\n")
    assert source_version(plan) == clean(commit)
    assert sorted(path.name for path in repository.parent.glob("**/*.sprung")) == []


def test_the_environment_cannot_point_git_elsewhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write_plan(repository)
    commit = make_repository(repository)
    other = tmp_path / "other"
    other.mkdir()
    write_file(other / "a", "a")
    make_repository(other)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.bare")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert source_version(plan) == clean(commit)


def test_reading_the_version_writes_nothing(repository: Path) -> None:
    plan = write_plan(repository)
    make_repository(repository)
    before = {path: path.stat().st_mtime_ns for path in repository.rglob("*")}
    source_version(plan)
    assert {path: path.stat().st_mtime_ns for path in repository.rglob("*")} == before


def test_git_is_not_loaded_for_a_plan_without_a_repository() -> None:
    code = "import sys, kimplan.linter; print('kimplan.history' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


def test_a_record_that_links_to_what_is_not_compared_is_never_called_clean(
    repository: Path,
) -> None:
    plan = write_plan(repository)
    record = plan / "recommendations" / "REC1.yaml"
    record.rename(plan / "REC1.txt")
    record.symlink_to("../REC1.txt")
    make_repository(repository)
    assert source_version(plan).modified
