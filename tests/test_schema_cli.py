"""``kimplan schema``: what it prints, where it writes, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, Ran, cli_environment, run_cli, write_file, write_plan

from kimplan.formatters.fields import format_markdown
from kimplan.schema import MODELS, field_rows

FOLDER = REPOSITORY / "docs" / "schema"
INSIDE = "Choose a name outside of it."


def shipped(name: str) -> str:
    return (FOLDER / f"{name}.schema.json").read_text(encoding="ascii")


def stopped(message: str, hint: str) -> Ran:
    return Ran(2, "", f"kimplan: {message}\n  hint: {hint}\n")


@pytest.mark.parametrize("name", MODELS)
def test_it_prints_the_schema_of_each_file(name: str, tmp_path: Path) -> None:
    assert run_cli(["schema", name], tmp_path) == Ran(0, shipped(name), "")


def test_it_prints_that_of_an_export(tmp_path: Path) -> None:
    assert run_cli(["schema", "export"], tmp_path) == Ran(0, shipped("export"), "")
    assert run_cli(["schema", "export", "--format", "text"], tmp_path) == stopped(
        "the schema of an export is JSON only", "Leave --format out, or read docs/export.md."
    )


def test_it_prints_that_of_a_recommendation_if_none_is_named(tmp_path: Path) -> None:
    assert run_cli(["schema"], tmp_path) == Ran(0, shipped("recommendation"), "")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_it_prints_the_same_on_every_console(encoding: str, tmp_path: Path) -> None:
    ran = run_cli(["schema", "plan"], tmp_path, encoding=encoding, PYTHONIOENCODING=encoding)
    assert ran == Ran(0, shipped("plan"), "")


def test_its_lines_end_alike_on_every_system(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kimplan", "schema", "owners"],
        cwd=tmp_path,
        env=cli_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == shipped("owners").encode("ascii")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        (
            "recomendation",
            "Did you mean 'recommendation'? Write recommendation, plan, owners or export.",
        ),
        ("Owner", "Did you mean 'owners'? Write recommendation, plan, owners or export."),
        ("report", "Did you mean 'export'? Write recommendation, plan, owners or export."),
        ("", "Write recommendation, plan, owners or export."),
    ],
)
def test_a_name_that_is_not_known(name: str, hint: str, tmp_path: Path) -> None:
    assert run_cli(["schema", name], tmp_path) == stopped(f"there is no schema '{name}'", hint)


# The fields in words


OWNERS = """\
owners (list, required)
    The roles, each of them once.
  role (line, required)
      The role, as the recommendations spell it.
  name (line)
      The name of the person who holds it.
  email (line)
      The person's email address.
  handle (handle)
      The person's name on the forge, in quotation marks: "@forge-name".
"""


def test_it_prints_the_fields_in_words(tmp_path: Path) -> None:
    assert run_cli(["schema", "owners", "--format", "text"], tmp_path) == Ran(0, OWNERS, "")


def test_it_says_how_a_date_is_written_and_what_counts_without_a_field(tmp_path: Path) -> None:
    record = run_cli(["schema", "--format", "text"], tmp_path).stdout
    due = record[record.index("\ndue (date)\n") : record.index("\ndue_reason (text)\n")]
    assert " ".join(due.split()).endswith(
        "A day (2024-07-31), a month (2024-07) or an interval (2023-12/2024-03); or none agreed."
    )
    plan = run_cli(["schema", "plan", "--format", "text"], tmp_path).stdout
    assert "\naudience (line, Board if left out)\n" in plan
    assert "\n  layout (word, table if left out)\n" in plan
    assert "\n  latest_progress (true or false, false if left out)\n" in plan


@pytest.mark.parametrize("name", MODELS)
def test_the_fields_in_words_are_those_of_the_schema(name: str, tmp_path: Path) -> None:
    lines = run_cli(["schema", name, "--format", "text"], tmp_path).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    tops = [line.partition(" (")[0] for line in lines if not line.startswith(" ")]
    assert tops == list(json.loads(shipped(name))["properties"])


@pytest.mark.parametrize("name", MODELS)
def test_it_prints_the_fields_as_a_table(name: str, tmp_path: Path) -> None:
    table = format_markdown(field_rows(MODELS[name]))
    assert run_cli(["schema", name, "--format", "markdown"], tmp_path) == Ran(0, table, "")


def test_a_part_that_comes_again_refers_to_the_first(tmp_path: Path) -> None:
    table = run_cli(["schema", "plan", "--format", "markdown"], tmp_path).stdout
    red = "| `ratings`: `red` | keys | How red is shown. It has the fields of `amber`. |  |\n"
    assert red in table
    assert "`ratings`: `red`: " not in table


def test_it_writes_the_fields_into_a_file(tmp_path: Path) -> None:
    ran = run_cli(["schema", "owners", "--format", "text", "-o", "own.txt"], tmp_path)
    assert ran == Ran(0, "Wrote own.txt.\n", "")
    assert (tmp_path / "own.txt").read_bytes() == OWNERS.encode("ascii")


def test_a_form_that_is_not_known(tmp_path: Path) -> None:
    ran = run_cli(["schema", "--format", "yaml"], tmp_path)
    assert ran == stopped("--format 'yaml' is not known", "Known: json, text, markdown.")


@pytest.mark.parametrize("option", ["--output", "-o"])
def test_it_writes_a_file(option: str, tmp_path: Path) -> None:
    target = write_file(tmp_path / "own.json", "the old one")
    ran = run_cli(["schema", "owners", option, "own.json"], tmp_path)
    assert ran == Ran(0, "Wrote own.json.\n", "")
    assert target.read_bytes() == shipped("owners").encode("ascii")
    assert os.listdir(tmp_path) == ["own.json"]


@pytest.mark.parametrize(
    "name", ["plan/x.json", "plan/plan.yaml", "plan/recommendations/REC1.yaml", "plan/../plan/x"]
)
def test_it_writes_nothing_into_the_plan(name: str, tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    before = {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()}
    ran = run_cli(["schema", "--output", name], tmp_path)
    assert ran == stopped(f"{Path(name)} is inside the plan", INSIDE)
    assert {path: path.read_bytes() for path in plan.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links only for administrators")
def test_it_writes_nothing_into_the_plan_through_a_link(tmp_path: Path) -> None:
    plan = write_plan(tmp_path)
    (tmp_path / "linked").symlink_to(plan)
    ran = run_cli(["schema", "--output", "linked/x.json"], tmp_path)
    assert ran == stopped("linked/x.json is inside the plan", INSIDE)


def test_it_writes_beside_a_plan(tmp_path: Path) -> None:
    write_plan(tmp_path)
    assert run_cli(["schema", "-o", "x.json"], tmp_path) == Ran(0, "Wrote x.json.\n", "")


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    ran = run_cli(["schema", "-o", "."], tmp_path)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("kimplan: cannot write .: it is a folder\n  hint: ")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    target = Path("none") / "x.json"
    hint = "Make the folder first, or choose another."
    message = f"cannot write {target}: there is no folder none"
    assert run_cli(["schema", "-o", target], tmp_path) == stopped(message, hint)
