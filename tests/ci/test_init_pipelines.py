"""The pipelines that ``kimplan init`` writes are the documented ones, valid, and they work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import commit_all, git, init_repository, run_cli

from ci.conftest import SCRIPTS, examples, read_yaml, run_script
from ci.test_workflows import (
    AZURE,
    GITHUB,
    GITLAB,
    REPORT,
    actionlint_says,
    schema_says,
    zizmor_says,
)

FORGES = {"github": GITHUB, "gitlab": GITLAB, "azure": AZURE}


def make(folder: Path, forge: str, below: str = ".") -> Path:
    """Make a new plan in the repository `folder`, committed; return the forge's file."""
    folder.mkdir(exist_ok=True)
    if not (folder / ".git").exists():
        init_repository(folder)
    arguments = ["init", below, "--organisation", "Example Homes", "--forge", forge]
    ran = run_cli(arguments, folder)
    assert ran.code == 0, ran
    commit_all(folder, "Begin")
    return folder / FORGES[forge]


@pytest.mark.parametrize("forge", FORGES)
def test_each_is_the_documented_one(forge: str, tmp_path: Path) -> None:
    make(tmp_path / "new", forge)
    for name in (FORGES[forge], *([REPORT] if forge == "github" else [])):
        assert (tmp_path / "new" / name).read_text(encoding="utf-8") == examples()[name]


@pytest.mark.slow
def test_each_fits_its_schema_below_the_top_too(tmp_path: Path) -> None:
    for forge, kinds in {
        "github": ("workflow", "timeouts"), "gitlab": (GITLAB,), "azure": (AZURE,)
    }.items():  # fmt: skip
        path = make(tmp_path / forge, forge, "our plans/damp")
        files = [*path.parent.glob("*.yml")] if forge == "github" else [path]
        for kind in kinds:
            ran = schema_says(kind, *files)
            assert ran.code == 0, ran.stdout


def test_zizmor_finds_nothing_in_one_below_the_top(tmp_path: Path) -> None:
    path = make(tmp_path / "new", "github", "our plans/damp")
    ran = zizmor_says(*path.parent.glob("*.yml"))
    assert ran.code == 0, ran.stdout


def test_actionlint_finds_nothing_in_one_below_the_top(tmp_path: Path) -> None:
    make(tmp_path / "new", "github", "our plans/damp")
    ran = actionlint_says(tmp_path / "new")
    assert ran.code == 0, ran.stdout


def test_github_is_told_where_the_plan_is(tmp_path: Path) -> None:
    path = make(tmp_path / "new", "github", "our plans/damp")
    value = read_yaml(path.read_text(encoding="utf-8"))
    *_, step = value["jobs"]["check"]["steps"]
    assert step["with"] == {"plan": "our plans/damp/plan"}
    assert set(value["on"]) == {"pull_request", "schedule", "workflow_dispatch"}
    report = read_yaml((tmp_path / "new" / REPORT).read_text(encoding="utf-8"))
    *_, step = report["jobs"]["report"]["steps"]
    assert step["with"] == {
        "plan": "our plans/damp/plan",
        "as-of": "${{ inputs.as-of }}",
        "since": "${{ inputs.since }}",
    }


@pytest.mark.slow
@pytest.mark.parametrize("below", [".", "our plans/damp"])
@pytest.mark.parametrize("forge", ["gitlab", "azure"])
def test_the_script_checks_a_merge_request(forge: str, below: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    path = make(folder, forge, below)
    text = path.read_text(encoding="utf-8")
    value = read_yaml(text)
    if forge == "gitlab":
        lines = [str(line) for line in value["plan"]["script"]]
    else:
        lines = [str(step["bash"]) for step in value["jobs"][0]["steps"] if "bash" in step]
    script = "\n".join(line for line in lines if not line.startswith("pip install"))
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Change nothing")
    variables = {
        "PATH": os.pathsep.join((SCRIPTS, os.environ["PATH"])),
        "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "HEAD^1",
        "BUILD_REASON": "PullRequest",
    }
    ran = run_script(script, folder, **variables)
    assert ran.code == 0, ran
    assert "No problems in 1 recommendation" in ran.stdout
    assert "compared with HEAD^1" in ran.stdout
