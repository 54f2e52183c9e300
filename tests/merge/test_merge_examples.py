"""The Word copies of `examples/`, each with what is expected of it, through the command line.

They are copies of a report of the shipped plan; each is made to name the commit of the repository
that the tests make of it.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from conftest import SHIPPED_PLAN, commit_all, git, made_once, make_repository, run_cli
from word_copies import WordCopy

from kimplan.loader.loaded_file import load_bytes
from kimplan.model.due import parse_due
from kimplan.model.prose import parse_prose
from kimplan.model.recommendation import Recommendation

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("R*.docx"))
DAY = ["--as-of", "2024-06-10"]
REASONS = ["--reason", "REC6=The portal was re-planned."]


def repository(folder: Path) -> str:
    """Make a repository with the shipped plan as the examples' report has it."""

    def make(folder: Path) -> None:
        import shutil

        shutil.copytree(SHIPPED_PLAN, folder / "plan")
        make_repository(folder)

    made_once("the shipped plan", folder, make)
    return git(folder, "rev-parse", "HEAD")


def copy_in(folder: Path, name: str) -> Path:
    """Put an example beside the plan, as a report of its commit."""
    commit = repository(folder)
    copy = WordCopy(EXAMPLES / f"{name}.docx")
    copy.stamp(commit)
    return copy.save(folder / f"{name}.docx")


def records(folder: Path) -> dict[str, Recommendation]:
    found = {}
    for path in (folder / "plan" / "recommendations").glob("*.yaml"):
        value = load_bytes(path.as_posix(), path.read_bytes(), Recommendation).value
        assert value is not None
        found[value.ref] = value
    return found


def before(folder: Path, commands: list[str]) -> None:
    """Run the commands that come before the merge."""
    for command in commands:
        program, *arguments = shlex.split(command)
        if program == "git":
            commit_all(folder)
        else:
            assert run_cli(arguments, folder).code == 0


def test_there_are_examples() -> None:
    assert len(NAMES) == 7


def test_an_unedited_copy_changes_nothing(tmp_path: Path) -> None:
    done = run_cli(["merge", copy_in(tmp_path, "base").name, "--write", *DAY], tmp_path)
    assert done == (0, "", "kimplan: nothing changes in the plan\n")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_what_is_expected(tmp_path: Path, name: str) -> None:
    wanted: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    copy = copy_in(tmp_path, name)
    before(tmp_path, wanted["before"])
    was = records(tmp_path)
    done = run_cli(["merge", copy.name, "--write", *DAY], tmp_path)
    for one in (*wanted["needs"], *wanted["refused"]):
        assert one["ref"] in done.stdout
        assert one["code"] in done.stdout
        assert done.code == 1
        assert records(tmp_path) == was
    if wanted["needs"]:
        done = run_cli(["merge", copy.name, "--write", *DAY, *REASONS], tmp_path)
    for one in wanted["told"]:
        assert one["ref"] in done.stdout
        assert one["value"] in done.stdout
    new = {ref for ref, fields in wanted["changes"].items() if fields.get("new")}
    now = records(tmp_path)
    changed = {ref for ref in now if now[ref] != was.get(ref)}
    assert changed == wanted["changes"].keys() - new
    for ref in changed:
        check_record(was[ref], now[ref], wanted["changes"][ref])
    for ref in new:
        assert ref in done.stdout


def check_record(was: Recommendation, now: Recommendation, wanted: dict[str, list[str]]) -> None:
    """Hold a record against the changes that are expected, and those that come by themselves."""
    fields = {name for name, value in now if value != getattr(was, name)}
    assert fields - {"revisions"} == set(wanted)
    for name, (_, says) in wanted.items():
        if name == "due":
            assert now.due == parse_due(says)
            assert now.revisions[-1].reason == "The portal was re-planned."
        else:
            added = says.removeprefix("+").removeprefix("•").strip()
            assert parse_prose(now.response)[-1].text.endswith(added)


def test_what_is_written_changes_only_its_lines(tmp_path: Path) -> None:
    copy = copy_in(tmp_path, "R51-bullet-added")
    assert run_cli(["merge", copy.name, "--write", *DAY], tmp_path).code == 0
    assert git(tmp_path, "diff", "--unified=0", "--no-color").split("\n")[4:] == [
        "@@ -14,0 +15 @@ response: |",
        "+  - Data Ownership",
    ]
