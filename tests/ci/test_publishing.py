"""The workflows of docs/publishing.md are valid, safe to run, and may no more than they must."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, run_cli, write_file, write_plan

from ci.conftest import read_yaml
from ci.test_workflows import PINNED, SCHEMAS, USES, actionlint_says, schema_says, zizmor_says

PAGE = REPOSITORY / "docs" / "publishing.md"
GITHUB = ".github/workflows/publish.yml"
GITLAB = ".gitlab-ci.yml"
_EXAMPLE = re.compile(r"^```yaml\n(# (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    return {name: text for text, name in _EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))}


def written(name: str, folder: Path) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True)
    return write_file(path, examples()[name])


def github() -> Any:
    return read_yaml(examples()[GITHUB])


def test_there_is_something_to_look_at() -> None:
    assert set(examples()) == {GITHUB, GITLAB}


@pytest.mark.parametrize(
    ("kind", "name"),
    [("workflow", GITHUB), ("timeouts", GITHUB), (GITLAB, GITLAB)],
)
def test_the_examples_fit_their_schemas(kind: str, name: str, tmp_path: Path) -> None:
    assert kind in SCHEMAS
    ran = schema_says(kind, written(name, tmp_path / "examples"))
    assert ran.code == 0, ran.stdout


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    ran = zizmor_says(written(GITHUB, tmp_path))
    assert ran.code == 0, ran.stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    written(GITHUB, tmp_path)
    ran = actionlint_says(tmp_path)
    assert ran.code == 0, ran.stdout


def test_every_action_is_pinned_to_a_commit_with_its_version() -> None:
    found = USES.findall(examples()[GITHUB])
    assert len(found) == 4
    for uses, comment in found:
        assert PINNED.fullmatch(uses)
        assert re.fullmatch(r"v\d+\.\d+\.\d+", comment)


def test_a_job_may_no_more_than_it_must() -> None:
    workflow = github()
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["page"]["permissions"] == {"contents": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "run" not in "".join(jobs["deploy"]["steps"][0])  # nothing of ours runs with a token
    assert "secrets" not in examples()[GITHUB]


@pytest.mark.parametrize("name", [GITHUB, GITLAB])
def test_the_command_writes_what_is_published(name: str, tmp_path: Path) -> None:
    value = read_yaml(examples()[name])
    if name == GITHUB:
        steps = value["jobs"]["page"]["steps"]
        (command,) = [step["run"] for step in steps if "export" in step.get("run", "")]
        published = steps[-1]["with"]["path"]
    else:
        (command,) = [line for line in value["pages"]["script"] if "export" in line]
        (published,) = value["pages"]["artifacts"]["paths"]
    write_plan(tmp_path)
    ran = run_cli(command.split()[1:], tmp_path)
    assert ran.code == 0, ran.stderr
    assert [file.name for file in (tmp_path / published).iterdir()] == ["index.html"]
