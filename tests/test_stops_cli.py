"""Exit code 2, said where CI looks: no way to it passes for a check that found nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from conftest import (
    Ran,
    commit_all,
    git,
    make_record,
    make_repository,
    run_cli,
    small_records,
    write_file,
    write_plan,
)

DAY = ["--as-of", "2024-05-31"]


class Stopped:
    """A command that could not be run, and what it left for CI."""

    def __init__(self, folder: Path, arguments: list[str], **variables: str) -> None:
        self.folder = folder
        summary = folder / "summary.md"
        self.ran = run_cli(arguments, folder, GITHUB_STEP_SUMMARY=str(summary), **variables)
        self.summary = summary.read_text(encoding="utf-8") if summary.exists() else ""


LISTS = "kimplan check --help lists what there is."
# Each way to exit code 2 that a pipeline may meet: the options, the sentence, the hint.
WAYS: dict[str, tuple[list[str], str, str]] = {
    "no plan": (
        ["check", *DAY, "--plan", "elsewhere"],
        "there is no folder elsewhere",
        "Check the name after --plan.",
    ),
    "no base": (
        ["check", *DAY, "--base", "none"],
        "there is no revision 'none'",
        "",
    ),
    "a bad day": (
        ["check", "--as-of", "31/05/2024"],
        "",
        "",
    ),
    "a bad option": (
        ["check", *DAY, "--frmat", "github"],
        "there is no option --frmat of kimplan check",
        "Did you mean '--format'?",
    ),
    "an option without its value": (["check", "--as-of"], "", LISTS),
    "an argument too many": (["check", "plan"], "kimplan check takes no 'plan'", LISTS),
    "a bad code": (["check", *DAY, "--select", "KP9"], "--select 'KP9' is no code", ""),
    "a bad format": (["check", *DAY, "--format", "githup"], "--format 'githup' is not known", ""),
    "lint of nothing": (
        ["lint", "nothing.yaml"],
        "there is no file or folder nothing.yaml",
        "Check the name.",
    ),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write_plan(tmp_path)
    make_repository(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", WAYS)
def test_each_way_is_annotated_and_in_the_summary(name: str, repository: Path) -> None:
    arguments, message, hint = WAYS[name]
    stopped = Stopped(repository, [*arguments, "--format", "github"])
    said = stopped.ran.stdout
    assert stopped.ran.code == 2
    assert said.startswith(f"::error title=kimplan::{message}")
    assert said.count("\n") == 1
    assert said.endswith(f"{hint}\n")
    assert stopped.summary.startswith("### kimplan\n\n**The plan was not checked.** `")
    assert (message or "`") in stopped.summary
    assert (hint or "`") in stopped.summary


@pytest.mark.parametrize("name", WAYS)
def test_in_github_each_way_is_annotated_without_the_format(name: str, repository: Path) -> None:
    arguments, message, _ = WAYS[name]
    stopped = Stopped(repository, arguments, GITHUB_ACTIONS="true")
    assert (stopped.ran.code, stopped.ran.stdout) == (2, "")
    assert stopped.ran.stderr.count(f"::error title=kimplan::{message}") == 1
    assert stopped.summary.startswith("### kimplan\n\n**The plan was not checked.** `")
    elsewhere = Stopped(repository, arguments)
    assert "::error" not in elsewhere.ran.stderr
    assert elsewhere.summary == stopped.summary  # to which nothing was added


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (["report", "--at", "none"], "report"),
        (["remind", "--format", "github", "--output", "x"], "remind"),
        (["update", "--from-form", "none.json"], "update"),
        (["overdue", "--plan", "elsewhere"], "overdue"),
        (["export", "xlsx", "--at", "none"], "export"),
    ],
)
def test_other_commands_are_annotated_in_github(
    arguments: list[str], command: str, repository: Path
) -> None:
    stopped = Stopped(repository, arguments, GITHUB_ACTIONS="true")
    assert (stopped.ran.code, stopped.ran.stdout) == (2, "")
    said, *_ = stopped.ran.stderr.splitlines()
    message = said.removeprefix("kimplan: ")
    assert f"\n::error title=kimplan::{message}" in stopped.ran.stderr
    assert stopped.summary.startswith(
        f"### kimplan\n\n**kimplan `{command}` did not run.** `{message}`"
    )
    assert "::error" not in Stopped(repository, arguments).ran.stderr


def test_without_git_and_in_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    base = git(repository, "rev-parse", "HEAD")
    commit_all(repository)
    commit_all(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), str(shallow))
    arguments = ["check", *DAY, "--base", base, "--format", "github"]
    stopped = Stopped(shallow, arguments)
    assert stopped.ran.code == 2
    assert "shallow" in stopped.ran.stdout.partition("::error title=kimplan::")[2]
    assert "shallow" in stopped.summary
    stopped = Stopped(repository, arguments, PATH=str(tmp_path / "nothing"))
    assert stopped.ran.stdout == (
        f"::error title=kimplan::the plan cannot be compared with '{base[:40]}': "
        "git is not installed\n"
    )


def test_the_reason_forges_no_command(repository: Path) -> None:
    name = "--x%0A::error::##[y]|`<b>"
    stopped = Stopped(repository, ["check", name, "--format", "github"])
    (line,) = stopped.ran.stdout.splitlines()
    assert line.startswith("::error title=kimplan::there is no option --x%250A::error::\\x23#[y]")
    assert "##[" not in stopped.ran.stdout + stopped.summary
    assert "|`<b>" not in stopped.summary


# Other formats


def read_sarif(path: Path) -> Mapping[str, object]:
    (run,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    assert isinstance(run, dict)
    return run


def test_a_log_says_that_the_run_failed(repository: Path) -> None:
    forms = ["--format", "sarif=x.sarif", "--format=junit=x.xml", "--format", "gitlab=x.json"]
    stopped = Stopped(repository, ["check", *DAY, "--plan", "elsewhere", *forms])
    assert stopped.ran == Ran(
        2,
        "",
        "kimplan: there is no folder elsewhere\n  hint: Check the name after --plan.\n"
        "kimplan: wrote x.sarif\nkimplan: wrote x.xml\n",
    )
    run = read_sarif(repository / "x.sarif")
    text = "there is no folder elsewhere. Check the name after --plan."
    assert run["results"] == []
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [{"level": "error", "message": {"text": text}}],
        }
    ]
    assert "automationDetails" not in run  # under which nothing would be open any more
    root = ET.parse(repository / "x.xml").getroot()
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "1",
        "failures": "0",
        "errors": "1",
    }
    (error,) = root.iter("error")
    assert (error.get("message"), error.text) == ("there is no folder elsewhere", text)
    assert not (repository / "x.json").exists()  # an empty one would call everything mended


def test_standard_output_has_a_log_too(repository: Path) -> None:
    stopped = Stopped(repository, ["lint", "--nonsense", "--format=sarif"])
    (run,) = json.loads(stopped.ran.stdout)["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("name", ["plan/x.sarif", "plan/recommendations/x.sarif", "plan/plan.yaml"])
def test_nothing_is_written_into_a_plan(name: str, repository: Path) -> None:
    before = {path: path.read_bytes() for path in (repository / "plan").rglob("*.*")}
    for arguments in (["check", *DAY], ["check", "--nonsense"], ["check", "--plan", "elsewhere"]):
        assert Stopped(repository, [*arguments, "--format", f"sarif={name}"]).ran.code == 2
    assert {path: path.read_bytes() for path in (repository / "plan").rglob("*.*")} == before


def test_a_plan_among_several_that_was_not_checked_is_told_with_the_findings(
    tmp_path: Path,
) -> None:
    write_plan(tmp_path / "north", records={"REC1": make_record(rag="pink")})
    write_plan(tmp_path / "south")
    git(tmp_path / "north", "init", "--quiet")
    git(tmp_path / "north", "config", "user.name", "A")
    git(tmp_path / "north", "add", "--all")
    git(tmp_path / "north", "commit", "--quiet", "--message", "x")
    forms = ["--format=github", "--format=sarif=x.sarif", "--format=junit=x.xml"]
    stopped = Stopped(tmp_path, ["check", *DAY, "--plans", ".", "--base", "HEAD", *forms])
    assert stopped.ran.code == 2
    first, second, *_ = stopped.ran.stdout.splitlines()
    assert first.startswith("::error title=kimplan::south was not checked: the plan cannot be")
    assert second.startswith("::error file=")
    assert "**The plan was not checked.** `south was not checked: " in stopped.summary
    run = read_sarif(tmp_path / "x.sarif")
    assert isinstance(run["invocations"], list)
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["results"]
    names = [case.get("name") for case in ET.parse(tmp_path / "x.xml").getroot().iter("testcase")]
    assert names[0] == "south"
    assert len(names) == 2


# What is annotated of a change


def test_what_others_left_crowds_nothing_out(repository: Path) -> None:
    """Thirty faults and thirty warnings of others, and three faults and three warnings of ours."""
    for number in range(30):
        place = repository / "plan" / "recommendations"
        write_file(place / f"A{number}.yaml", make_record(ref=f"A{number}", rag="pink"))
        text = make_record(ref=f"W{number}", response="TODO: to be written by somebody.")
        write_file(place / f"W{number}.yaml", text)
    commit_all(repository)
    git(repository, "checkout", "--quiet", "-b", "next")
    ours = make_record(
        ref="REC3", owners=["Nobody", "No One"], section="none", response="TODO. TBC. I did it."
    )
    write_file(repository / "plan" / "recommendations" / "REC3.yaml", ours)
    stopped = Stopped(
        repository, ["check", *DAY, "--base", "main", "--format", "github"], GITHUB_ACTIONS="true"
    )
    assert stopped.ran.code == 1, stopped.ran
    lines = stopped.ran.stdout.splitlines()
    for severity in ("error", "warning", "notice"):
        places = [line for line in lines if line.startswith(f"::{severity} ")]
        own = [line for line in places if "/REC3.yaml," in line]
        assert places[: len(own)] == own
        assert len(own) >= {"error": 3, "warning": 1}.get(severity, 0)
        assert len(places) == (10 if severity == "error" else len(own))
    assert "warnings" in next(line for line in lines if line.startswith("Not shown: "))
    table = [line for line in stopped.summary.splitlines() if line.startswith("| error |")]
    assert "REC3" in table[0]


def test_of_several_plans_what_is_touched_comes_first(tmp_path: Path) -> None:
    for name in ("a", "b"):
        many = {f"A{number}": make_record(ref=f"A{number}", rag="pink") for number in range(15)}
        write_plan(tmp_path / name, records=small_records() | many)
    make_repository(tmp_path)
    git(tmp_path, "checkout", "--quiet", "-b", "next")
    path = "b/plan/recommendations/REC3.yaml"
    write_file(tmp_path / path, make_record(ref="REC3", owners=["Nobody"], section="repairs"))
    stopped = Stopped(
        tmp_path, ["check", *DAY, "--plans", ".", "--base", "main", "--format", "github"]
    )
    first = stopped.ran.stdout.splitlines()[0]
    assert first.startswith(f"::error file={path},")
    assert stopped.ran.stdout.count("::error ") == 10


def test_paths_are_from_the_top_wherever_the_plan_is_named_from(repository: Path) -> None:
    write_file(repository / "plan" / "recommendations" / "REC1.yaml", make_record(rag="pink"))
    (repository / "docs").mkdir()
    plan = repository / "plan"
    for folder, named in (
        (repository, "plan"),
        (repository, str(plan)),
        (repository / "docs", os.path.join("..", "plan")),
        (plan, "."),
    ):
        ran = run_cli(["check", *DAY, "--plan", named, "--format", "github"], folder)
        assert ran.stdout.startswith("::error file=plan/recommendations/REC1.yaml,"), named
