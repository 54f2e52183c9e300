"""Links to the files in a forge's editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import commit_all, git, init_repository, write_plan

from kimplan.answers.edit_link import check_base, edit_address, edit_links
from kimplan.errors import KimplanError
from kimplan.git.remote import read_remote


@pytest.mark.parametrize(
    ("origin", "link"),
    [
        ("https://github.com/homes/plan.git", "https://github.com/homes/plan/edit/main/FILE"),
        ("git@github.com:homes/plan.git", "https://github.com/homes/plan/edit/main/FILE"),
        ("ssh://git@github.com:22/homes/plan", "https://github.com/homes/plan/edit/main/FILE"),
        ("ssh://git@ssh.github.com:443/homes/plan", "https://github.com/homes/plan/edit/main/FILE"),
        ("https://homes.ghe.com/homes/plan", "https://homes.ghe.com/homes/plan/edit/main/FILE"),
        ("https://github.com:443/homes/plan", "https://github.com/homes/plan/edit/main/FILE"),
        (
            "https://user:secret@github.com/homes/plan",
            "https://github.com/homes/plan/edit/main/FILE",
        ),
        ("https://github.homes.example/a/b", "https://github.homes.example/a/b/edit/main/FILE"),
        ("https://gitlab.com/a/b/c.git", "https://gitlab.com/a/b/c/-/edit/main/FILE"),
        ("http://gitlab.lan:8080/a/b", "http://gitlab.lan:8080/a/b/-/edit/main/FILE"),
        (
            "https://homes@dev.azure.com/homes/My%20Plans/_git/plan",
            "https://dev.azure.com/homes/My%20Plans/_git/plan?path=/FILE&version=GBmain&_a=contents",
        ),
        (
            "git@ssh.dev.azure.com:v3/homes/My Plans/plan",
            "",
        ),
        (
            "git@ssh.dev.azure.com:v3/homes/plans/plan",
            "https://dev.azure.com/homes/plans/_git/plan?path=/FILE&version=GBmain&_a=contents",
        ),
        (
            "https://homes.visualstudio.com/plans/_git/plan",
            "https://homes.visualstudio.com/plans/_git/plan?path=/FILE&version=GBmain&_a=contents",
        ),
        (
            "https://me@bitbucket.org/homes/plan.git",
            "https://bitbucket.org/homes/plan/src/main/FILE?mode=edit&at=main",
        ),
        ("https://codeberg.org/homes/plan", "https://codeberg.org/homes/plan/_edit/main/FILE"),
        ("https://git.example.org/homes/plan", ""),
        ("/srv/git/plan.git", ""),
        ("file:///srv/git/plan.git", ""),
        ("https://github.com/../plan", ""),
        ("javascript://github.com/a/b", ""),
        ("https://github.com:port/a/b", ""),
        ("https://git hub.com/a/b", ""),
        ("", ""),
    ],
)
def test_the_link_leads_to_the_editor_of_the_forge(origin: str, link: str) -> None:
    remote = read_remote(origin)
    start, end = edit_address(remote, "main") if remote else ("", "")
    assert (f"{start}/FILE{end}" if start else "") == link
    assert remote is None or "secret" not in str(remote)


@pytest.mark.slow
def test_the_branch_and_the_folder_are_those_of_the_repository(tmp_path: Path) -> None:
    plan = write_plan(tmp_path / "the plans")
    init_repository(tmp_path)
    git(tmp_path, "remote", "add", "origin", "https://bot:secret@github.com/homes/plan.git")
    git(tmp_path, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/year/2024")
    link = "https://github.com/homes/plan/edit/year/2024/the%20plans/plan/recommendations/REC6.yaml"
    assert edit_links(plan)("REC6") == link


@pytest.mark.slow
def test_a_pipelines_clone_has_no_branch_of_its_own(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    init_repository(tmp_path)
    commit = commit_all(tmp_path)
    git(tmp_path, "remote", "add", "origin", "https://gitlab.com/homes/plan.git")
    for branch in ("main", "idea"):
        git(tmp_path, "update-ref", f"refs/remotes/origin/{branch}", commit)
    git(tmp_path, "checkout", "--quiet", "--detach")
    start = "https://gitlab.com/homes/plan/-/edit/main/plan/recommendations/"
    assert edit_links(plan)("REC6") == f"{start}REC6.yaml"


def test_a_base_of_ones_own_stands_before_the_path(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    link = edit_links(plan, "https://git.example.org/homes/_edit/main/")("REC6")
    assert link == "https://git.example.org/homes/_edit/main/recommendations/REC6.yaml"


@pytest.mark.parametrize(
    "base",
    [
        "ftp://example.org", "javascript:alert(1)", "example.org", "https://", "https://a b",
        'https://example.org/"><script>', "https://example.org:port", "https://[::1", "",
    ],
)  # fmt: skip
def test_a_base_that_is_no_web_address_is_refused(base: str) -> None:
    with pytest.raises(KimplanError, match="--link-base is not a web address"):
        check_base(base)


@pytest.mark.parametrize("base", ["https://me:secret@example.org", "https://a.example/?x=1"])
def test_a_base_with_a_password_is_refused_and_not_shown(base: str) -> None:
    with pytest.raises(KimplanError) as caught:
        check_base(base)
    assert "secret" not in caught.value.message + caught.value.hint
