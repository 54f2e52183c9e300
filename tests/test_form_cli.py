"""``kimplan update --from-form``: recorded events, what becomes of each, and what is answered."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import REPOSITORY, Golden, lint_plan, run_cli, write_file
from forms_sent import NAMES, body, event, write_forms_plan

GOLDEN = REPOSITORY / "tests" / "golden" / "forms"
DAY = ["--as-of", "2024-05-31"]
CODES = {"changed": 0, "unchanged": 0, "refused": 1}
_QUOTED = re.compile(r"'[^']*'")


def texts(plan: Path) -> dict[str, bytes]:
    return {
        file.relative_to(plan).as_posix(): file.read_bytes()
        for file in plan.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return write_forms_plan(tmp_path / "work")


def test_there_are_events_of_every_kind() -> None:
    kinds = {name.split("-")[0] for name in NAMES}
    assert len(NAMES) >= 50
    assert {"note", "date", "complete", "refused", "hostile", "wrong"} <= kinds


@pytest.mark.parametrize("name", NAMES)
def test_each_event_ends_as_it_should(name: str, plan: Path, golden: Golden) -> None:
    """``pytest tests/test_form_cli.py --update-golden`` writes the answers anew."""
    before, folder = texts(plan), plan.parent
    out = folder.parent
    formats = ["json=../outcome.json", "markdown=../answer.md"]
    options = [option for one in formats for option in ("--format", one)]
    ran = run_cli(["update", "--from-form", str(event(name)), *options, *DAY], folder)
    assert ran.stdout == ""
    if name.startswith("wrong"):
        assert (ran.code, texts(plan)) == (2, before)
        golden(GOLDEN / f"{name}.txt", ran.stderr)
        return
    outcome = json.loads((out / "outcome.json").read_bytes())
    answer = (out / "answer.md").read_bytes().decode("utf-8")
    changed = [path for path, text in texts(plan).items() if before[path] != text]
    assert ran.code == CODES[outcome["outcome"]], ran
    if outcome["outcome"] == "changed":
        assert changed == [f"recommendations/{outcome['ref']}.yaml"]
        assert outcome["path"] == f"plan/{changed[0]}"
        assert [one for one in lint_plan(plan) if one.severity == "error"] == []
        answer += f"\n==> {outcome['path']}\n{texts(plan)[changed[0]].decode('utf-8')}"
    else:
        assert changed == []
        said = _QUOTED.sub("", f"{outcome['message']} {outcome['hint']}")
        assert not re.search(r"--\w|kimplan \w|\bTEXT\b|plan\.yaml", said), said
    golden(GOLDEN / f"{name}.md", answer)


def test_the_change_is_shown_and_may_be_only_that(plan: Path) -> None:
    before = texts(plan)
    form = str(event("complete"))
    ran = run_cli(["update", "--from-form", form, "--dry-run", *DAY], plan.parent)
    assert (ran.code, texts(plan)) == (0, before)
    assert "+rag: green\n" in ran.stdout
    assert ran.stderr == "kimplan: plan/recommendations/REC2.yaml would be changed so\n"
    made = run_cli(["update", "--from-form", form, *DAY], plan.parent)
    assert made.stdout == ran.stdout
    assert made.stderr == "kimplan: plan/recommendations/REC2.yaml is changed\n"
    again = run_cli(["update", "--from-form", str(event("same")), *DAY], plan.parent)
    assert "the due date" not in again.stderr


def test_a_form_does_what_the_options_do(plan: Path, tmp_path: Path) -> None:
    other = write_forms_plan(tmp_path / "other")
    run_cli(["update", "--from-form", str(event("date")), *DAY], plan.parent)
    run_cli(
        ["update", "REC2", "--due", "September 2024", "--reason", "The portal was re-planned.",
         "--agreed-by", "Board", *DAY],
        other.parent,
    )  # fmt: skip
    assert texts(plan) == texts(other)


def test_answers_may_come_from_a_program(plan: Path, tmp_path: Path) -> None:
    answers = {"ref": "REC2", "note": "It is live.", "by": "Data Manager", "rag": " "}
    form = write_file(tmp_path / "form.json", json.dumps(answers))
    ran = run_cli(["update", "--from-form", str(form), *DAY], plan.parent)
    assert ran.code == 0, ran
    assert "+  - on: 2024-05-31\n+    by: Data Manager\n+    note: It is live.\n" in ran.stdout


def test_a_plan_that_rates_by_brag_takes_its_blue(plan: Path, tmp_path: Path) -> None:
    settings = plan / "plan.yaml"
    write_file(settings, settings.read_bytes() + b"ratings:\n  scheme: brag\n")
    for ref in ("REC1", "REC4"):
        record = plan / "recommendations" / f"{ref}.yaml"
        write_file(record, record.read_bytes().replace(b"rag: green", b"rag: blue"))
    answers = {"ref": "REC2", "rag": "Blue", "evidence": "Policy"}
    issue = {"number": 7, "body": body(answers)}
    form = write_file(tmp_path / "form.json", json.dumps({"issue": issue}))
    ran = run_cli(["update", "--from-form", str(form), *DAY], plan.parent)
    assert ran.code == 0, ran
    assert "+rag: blue\n" in ran.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "REF is missing"),
        (["REC2"], "there is nothing to change"),
        (["REC2", "--note", "x", "--format", "json"], "--format is for --from-form"),
        (["REC2", "--from-form", "form.json"], "--from-form stands alone"),
        (["--from-form", "form.json", "--note", "x"], "--from-form stands alone"),
        (["--from-form", "form.json", "--edit"], "--from-form stands alone"),
        (["--from-form", "form.json"], "cannot read form.json"),
        (["--from-form", "."], "cannot read ."),
        (["--from-form", "form.json", "--format", "sarif"], "--format 'sarif' is not known"),
        (
            ["--from-form", "form.json", "--format", "text=x"],
            "--format text=FILE is not for a form",
        ),
        (["--from-form", "form.json", "--format", "json=plan/x.json"], "is inside the plan"),
    ],
)
def test_what_says_nothing_together_is_refused(options: list[str], said: str, plan: Path) -> None:
    before = texts(plan)
    ran = run_cli(["update", *options], plan.parent)
    assert (ran.code, texts(plan)) == (2, before)
    assert said in ran.stderr


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere/x.json", "there is no folder"),
        ("plan", "is inside the plan"),
        (".", "it is a folder"),
        ("link.json", "it is a link"),
    ],
)
def test_an_answer_that_cannot_be_written_leaves_the_plan(
    target: str, said: str, plan: Path
) -> None:
    """Otherwise a note would be there twice, as soon as the command is given again."""
    before = texts(plan)
    (plan.parent / "link.json").symlink_to("elsewhere.json")
    options = ["--format", f"json={target}", *DAY]
    ran = run_cli(["update", "--from-form", str(event("note")), *options], plan.parent)
    assert (ran.code, texts(plan)) == (2, before)
    assert said in ran.stderr


def test_a_form_without_a_plan_is_no_fault_of_its_sender(tmp_path: Path) -> None:
    options = ["--format", "markdown=answer.md", *DAY]
    ran = run_cli(["update", "--from-form", str(event("note")), *options], tmp_path)
    assert ran.code == 2
    assert not (tmp_path / "answer.md").exists()


def test_errors_that_are_there_already_are_not_the_sender_s(plan: Path, tmp_path: Path) -> None:
    record = plan / "recommendations" / "REC2.yaml"
    write_file(record, record.read_bytes().replace(b"Head of Repairs", b"Nobody We Know"))
    options = ["--format", "markdown=../answer.md", *DAY]
    ran = run_cli(["update", "--from-form", str(event("note")), *options], plan.parent)
    assert ran.code == 1
    answer = (tmp_path / "answer.md").read_text(encoding="utf-8")
    assert "**Its file has errors already, which a form cannot mend:**" in answer
    assert "Ask whoever keeps the plan to mend them first." in answer
    assert "Nobody We Know" in answer
