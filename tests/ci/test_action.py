"""The scripts of the action and of the documented examples, run for real, beside a plan."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from conftest import Ran, git, make_record, make_repository, write_file, write_plan

from ci.conftest import (
    ACTION,
    SCRIPTS,
    Merged,
    copy_of_kimplan,
    examples,
    merge_pull_request,
    read_yaml,
    run,
    run_script,
)

EARLY, LATE = "2024-05-31", "2024-08-01"  # REC1 is due in July 2024
PATH_TO_REC1 = "plan/recommendations/REC1.yaml"
PATH_TO_REC2 = "plan/recommendations/REC2.yaml"
CHANGED = make_record(response="The register is being built, and filled.")


def script(name: str) -> str:
    """Return the script of the action's step `name`."""
    steps = read_yaml(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    (found,) = (step["run"] for step in steps if step["name"] == name)
    return str(found)


class Step(NamedTuple):
    """How the action's check ended, and what it appended to the run's summary."""

    ran: Ran
    summary: str


def check(folder: Path, **variables: str) -> Step:
    """Run the action's check in `folder`: inputs in capitals, as the action names them."""
    summary = folder.parent / "summary.md"
    given = {
        "KIMPLAN_PYTHON": sys.executable,
        "PLAN": "",
        "BASE": "",
        "AS_OF": EARLY,
        "FORMATS": "",
        "EVENT_BASE": "",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "schedule",
        "GITHUB_SHA": "",
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    ran = run_script(script("Check the plan"), folder, **(given | variables))
    return Step(ran, summary.read_text(encoding="utf-8") if summary.exists() else "")


def pull_request(merged: Merged, **variables: str) -> Step:
    """Run the action's check as for the pull request `merged`."""
    given = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_SHA": merged.merge, "AS_OF": LATE}
    return check(merged.folder, **(given | variables))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a plan of one amber recommendation."""
    return write_plan(tmp_path / "work", records={"REC1": make_record()}).parent


@pytest.fixture
def merged(tmp_path: Path) -> Merged:
    """A pull request that changes REC2, while the base has gained REC1 since it was begun."""
    # REC2 is never late: the documented examples know no date but today's.
    before, after = (
        make_record(ref="REC2", rag="not-applicable", due=None, response=f"It is {state}.")
        for state in ("not ours", "another landlord's")
    )
    folder = write_plan(tmp_path / "work", records={"REC2": before}).parent
    return merge_pull_request(folder, {PATH_TO_REC1: make_record()}, {PATH_TO_REC2: after})


# Without a base


def test_a_plan_in_order_passes(folder: Path) -> None:
    ran, _ = check(folder)
    assert ran.code == 0, ran
    assert "::error" not in ran.stdout


def test_an_overdue_item_fails_with_an_annotation_and_a_summary(folder: Path) -> None:
    ran, summary = check(folder, AS_OF=LATE)
    assert ran.code == 1, ran
    assert f"::error file={PATH_TO_REC1}," in ran.stdout
    assert "REC1" in summary


def test_a_fault_fails(folder: Path) -> None:
    write_file(folder / PATH_TO_REC1, make_record(owners=["Nobody We Know"]))
    ran, _ = check(folder)
    assert ran.code == 1, ran
    assert f"::error file={PATH_TO_REC1}," in ran.stdout


def test_a_folder_without_a_plan_is_not_taken_for_a_plan_in_order(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    ran, _ = check(tmp_path / "work")
    assert ran.code == 2, ran


def test_a_plan_elsewhere_is_found_by_its_name(tmp_path: Path) -> None:
    write_plan(tmp_path / "work" / "our documents", records={"REC1": make_record()})
    ran, _ = check(tmp_path / "work", PLAN="our documents/plan", AS_OF=LATE)
    assert ran.code == 1, ran
    assert "our documents/plan/recommendations/REC1.yaml" in ran.stdout


@pytest.mark.parametrize("ending", ["", "\n"])
def test_more_formats_are_written(ending: str, folder: Path) -> None:
    ran, _ = check(folder, FORMATS=f"junit=kimplan.xml\n\n  sarif=kimplan.sarif{ending}")
    assert ran.code == 0, ran
    assert ET.parse(folder / "kimplan.xml").getroot() is not None
    assert json.loads((folder / "kimplan.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_a_pull_request_shows_what_it_changes_and_nothing_of_others(merged: Merged) -> None:
    ran, summary = check(merged.folder, EVENT_BASE=merged.base)
    assert ran.code == 0, ran
    shown, _, _ = summary.partition("### kimplan")
    assert "| REC2 | response |" in shown
    assert "REC1" not in shown


# Hostile repositories and inputs


@pytest.mark.parametrize("name", ["PLAN", "BASE", "AS_OF", "FORMATS"])
@pytest.mark.parametrize(
    "text", ["$(touch owned)", "`touch owned`", '"; touch owned; "', "x\ntouch owned", "* ? ~"]
)
def test_an_input_is_never_run(name: str, text: str, folder: Path) -> None:
    make_repository(folder)
    before = set(folder.iterdir())
    ran, _ = check(folder, **{name: text})
    assert ran.code == 2, ran
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize("name", ["PLAN", "BASE", "AS_OF", "FORMATS"])
@pytest.mark.parametrize("text", ["--help", "--version", "-h", "--"])
def test_an_input_is_never_an_option(name: str, text: str, folder: Path) -> None:
    make_repository(folder)
    ran, _ = check(folder, **{name: text})
    assert ran.code == 2, ran
    assert "Usage:" not in ran.stdout


@pytest.mark.parametrize("module", ["kimplan", "typer", "json", "sitecustomize"])
def test_a_file_in_the_repository_is_never_imported(module: str, folder: Path) -> None:
    write_file(folder / f"{module}.py", "open('owned', 'w')\n")
    ran, _ = check(folder, PYTHONPATH=str(folder))
    assert ran.code == 0, ran
    assert not (folder / "owned").exists()


# With a base


def test_a_late_item_that_the_pull_request_leaves_alone_does_not_fail_it(merged: Merged) -> None:
    ran, _ = pull_request(merged)
    assert ran.code == 0, ran


def test_a_late_item_that_the_pull_request_changes_fails_it(tmp_path: Path) -> None:
    folder = write_plan(tmp_path / "work", records={"REC1": make_record()}).parent
    merged = merge_pull_request(
        folder, {"README.md": "Ours.\n"}, {PATH_TO_REC1: make_record(rag="red")}
    )
    ran, _ = pull_request(merged)
    assert ran.code == 1, ran
    assert f"::error file={PATH_TO_REC1}," in ran.stdout


def test_the_base_is_the_one_that_was_merged_into(merged: Merged) -> None:
    """The event of a run that is started again still names the base of the first time."""
    ran, _ = pull_request(merged, EVENT_BASE=merged.first)
    assert ran.code == 0, ran


def test_another_checkout_is_compared_with_the_base_of_the_event(merged: Merged) -> None:
    git(merged.folder, "checkout", "--quiet", "--detach", merged.base)
    ran, _ = pull_request(merged, EVENT_BASE=merged.first)
    assert ran.code == 1, ran  # REC1, which is late, has come since then


def test_a_merge_of_the_authors_is_not_taken_for_that_of_the_forge(merged: Merged) -> None:
    ran, _ = pull_request(merged, GITHUB_SHA="0" * 40, EVENT_BASE=merged.first)
    assert ran.code == 1, ran  # REC1 again


def test_a_merge_on_main_is_not_taken_for_a_pull_request(merged: Merged) -> None:
    ran, _ = pull_request(merged, GITHUB_EVENT_NAME="push")
    assert ran.code == 1, ran


def test_a_base_that_is_named_is_used(merged: Merged) -> None:
    ran, _ = pull_request(merged, BASE=merged.first, EVENT_BASE=merged.base)
    assert ran.code == 1, ran


def test_a_shallow_clone_is_said(merged: Merged, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", merged.folder.as_uri(), str(shallow))
    # Git cuts the history off at the merge, so that it has no parents here.
    ran, _ = pull_request(merged._replace(folder=shallow), EVENT_BASE=merged.base)
    assert ran.code == 2, ran
    assert "shallow" in ran.stderr + ran.stdout


# The documented examples


def example_script(name: str) -> str:
    """Return the commands of the documented example `name`, all but pip's."""
    value = read_yaml(examples()[name])
    if name == ".gitlab-ci.yml":
        lines = [str(line) for line in value["plan"]["script"]]
    else:
        lines = [str(step["bash"]) for step in value["jobs"][0]["steps"] if "bash" in step]
    kept = [line for line in lines if not line.startswith("pip install")]
    assert len(kept) == len(lines) - 1
    return "\n".join(kept)


def run_example(name: str, folder: Path, variables: Mapping[str, str]) -> Ran:
    path = os.pathsep.join((SCRIPTS, os.environ["PATH"]))
    return run_script(example_script(name), folder, **{"PATH": path, **variables})


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        (".gitlab-ci.yml", {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1"}),
        (
            ".gitlab-ci.yml",
            {
                "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "HEAD^1",
                "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^2",
            },
        ),
        ("azure-pipelines.yml", {"BUILD_REASON": "PullRequest"}),
    ],
)
def test_an_example_passes_what_the_pull_request_leaves_alone(
    name: str, variables: dict[str, str], merged: Merged
) -> None:
    ran = run_example(name, merged.folder, variables)
    assert ran.code == 0, ran


@pytest.mark.parametrize(
    ("name", "variables"),
    [(".gitlab-ci.yml", {}), ("azure-pipelines.yml", {"BUILD_REASON": "Schedule"})],
)
def test_an_example_fails_for_an_overdue_item_and_writes_its_reports(
    name: str, variables: dict[str, str], merged: Merged
) -> None:
    ran = run_example(name, merged.folder, variables)
    assert ran.code == 1, ran
    assert PATH_TO_REC1 in ran.stdout
    root = ET.parse(merged.folder / "kimplan.xml").getroot()
    assert [*root.iter("failure")]
    if name == ".gitlab-ci.yml":
        reports = read_yaml(examples()[name])["plan"]["artifacts"]["reports"]
        assert reports["junit"] == "kimplan.xml"
        report = json.loads((merged.folder / reports["codequality"]).read_text(encoding="utf-8"))
        assert PATH_TO_REC1 in {one["location"]["path"] for one in report}


# Installing


def test_the_action_installs_what_it_runs(
    folder: Path, tmp_path: Path, package_index: dict[str, str]
) -> None:
    temp = tmp_path / "with space"
    temp.mkdir()
    output = tmp_path / "output"
    ran = run_script(
        script("Install kimplan"),
        folder,
        PYTHON=sys.executable,
        RUNNER_TEMP=str(temp),
        RUNNER_OS={"darwin": "macOS", "win32": "Windows"}.get(sys.platform, "Linux"),
        GITHUB_ACTION_PATH=str(copy_of_kimplan(tmp_path / "action")),
        GITHUB_OUTPUT=str(output),
        HOME=str(tmp_path),
        **package_index,
    )
    assert ran.code == 0, ran
    name, _, python = output.read_text(encoding="utf-8").strip().partition("=")
    assert name == "python"
    assert Path(python).is_relative_to(temp)
    where = "import kimplan; print(kimplan.__file__)"
    assert run([python, "-I", "-c", where], folder).stdout.startswith(str(temp))
    done, _ = check(folder, KIMPLAN_PYTHON=python)
    assert done.code == 0, done
