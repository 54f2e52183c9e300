"""The version that the footer names, from real repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kimplan.history import SourceVersion, source_version

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "An owner",
    "GIT_AUTHOR_EMAIL": "owner@example.org",
    "GIT_AUTHOR_DATE": "2024-05-31T12:00:00Z",
    "GIT_COMMITTER_NAME": "An owner",
    "GIT_COMMITTER_EMAIL": "owner@example.org",
    "GIT_COMMITTER_DATE": "2024-05-31T12:00:00Z",
}
FILES = {
    "plan.yaml": "title: A plan\n",
    "owners.yaml": "owners: []\n",
    "recommendations/REC1.yaml": "ref: REC1\n",
}


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(root: Path, message: str = "Change the plan") -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture(params=["plan", "deep/down/plan", "."])
def plan(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "repository" / str(request.param)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    git(tmp_path, "init", "--quiet", "repository")
    return folder


def root_of(plan: Path) -> Path:
    return next(folder for folder in (plan, *plan.parents) if (folder / ".git").exists())


def test_names_the_commit_of_files_that_are_as_committed(plan: Path) -> None:
    name = commit(root_of(plan))
    assert source_version(plan) == SourceVersion(name[:7], modified=False)
    assert str(source_version(plan)) == f"Source version {name[:7]}"


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename"])
def test_says_that_files_were_modified(plan: Path, change: str) -> None:
    name = commit(root_of(plan))
    record = plan / "recommendations" / "REC1.yaml"
    if change == "edit":
        record.write_text("ref: REC2\n")
    elif change == "add":
        (plan / "recommendations" / "REC2.yaml").write_text("ref: REC2\n")
    elif change == "remove":
        record.unlink()
    else:
        record.rename(plan / "recommendations" / "REC9.yaml")
    assert source_version(plan) == SourceVersion(name[:7], modified=True)
    assert str(source_version(plan)) == f"Source version {name[:7]}, modified since"


def test_line_endings_that_git_changes_are_no_modification(plan: Path) -> None:
    name = commit(root_of(plan))
    (plan / "plan.yaml").write_bytes(b"title: A plan\r\n")
    assert source_version(plan) == SourceVersion(name[:7], modified=False)


def test_files_that_are_not_the_plan_do_not_count(plan: Path) -> None:
    name = commit(root_of(plan))
    (plan / "notes.txt").write_text("mine\n")
    (plan / "recommendations" / ".REC1.yaml.swp").write_text("an editor's\n")
    assert source_version(plan) == SourceVersion(name[:7], modified=False)


def test_a_repository_of_sha256_is_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--object-format=sha256", ".")
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    name = commit(tmp_path)
    assert len(name) == 64
    assert source_version(tmp_path) == SourceVersion(name[:7], modified=False)


def test_a_shallow_clone_and_a_work_tree_are_read(plan: Path, tmp_path: Path) -> None:
    root = root_of(plan)
    commit(root)
    name = commit(root, "Again")
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    git(root, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    below = plan.relative_to(root)
    assert source_version(tmp_path / "shallow" / below) == SourceVersion(name[:7])
    assert source_version(tmp_path / "tree" / below) == SourceVersion(name[:7])


def test_without_a_repository_or_a_commit_there_is_no_version(plan: Path) -> None:
    assert source_version(plan) == SourceVersion()
    shutil.rmtree(root_of(plan) / ".git")
    assert source_version(plan) == SourceVersion()
    assert str(source_version(plan)) == "Source not under version control"


def test_without_git_the_problem_is_told(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root_of(plan))
    monkeypatch.setenv("PATH", "")
    assert source_version(plan) == SourceVersion(problem="git is not installed")


def test_a_broken_repository_is_told(plan: Path) -> None:
    commit(root_of(plan))
    (root_of(plan) / ".git" / "HEAD").write_text("nonsense\n")
    version = source_version(plan)
    assert version.commit == ""
    assert version.problem.startswith("git said: fatal: not a git repository")


def test_nothing_that_the_repository_configures_is_run(plan: Path, tmp_path: Path) -> None:
    root = root_of(plan)
    (root / ".gitattributes").write_text("*.yaml filter=evil diff=evil\n")
    name = commit(root)
    mark = tmp_path / "was-run"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {mark}\n")
    script.chmod(0o755)
    for setting in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "diff.external",
        "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "alias.cat-file",
    ):  # fmt: skip
        git(root, "config", setting, f"!{script}" if setting.startswith("alias") else str(script))
    git(root, "config", "core.hooksPath", str(tmp_path))
    (plan / "plan.yaml").write_text("title: Another\n")
    assert source_version(plan) == SourceVersion(name[:7], modified=True)
    assert not mark.exists()


def test_variables_that_point_git_elsewhere_are_dropped(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = commit(root_of(plan))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    assert source_version(plan) == SourceVersion(name[:7], modified=False)
