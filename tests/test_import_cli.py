"""``kimplan import``: from a file to a plan on the disk, and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from conftest import Ran, lint_plan, run_cli, write_file

HEAD = "Ref,Recommendation,Our response,RAG,Due date,Owner\n"
SURE = 'REC1,"Keep a register, of all.\nEvery repair.",We do.,Amber,July 2024,Head of Repairs\n'
UNSURE = "REC2,Publish it.,We will.,Red,03/04/24,Data Manager\n"
NEW = ["import", "source.csv", "--organisation", "Example Homes", "--title", "KIM"]
RECORD = """\
ref: REC1
section: recommendations
title: Keep a register, of all.
detail: |
  Every repair.
response: We do.
rag: amber
due: 2024-07
owners:
  - Head of Repairs
"""


def source(folder: Path, *rows: str) -> None:
    write_file(folder / "source.csv", HEAD + "".join(rows))


def files(folder: Path) -> dict[str, bytes]:
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


def test_a_new_plan_is_clean_and_the_next_command_is_said(tmp_path: Path) -> None:
    source(tmp_path, SURE)
    done = run_cli(NEW, tmp_path)
    assert done.code == 0, done.stderr
    assert done.stdout == (
        "source.csv: 1 record in the table\n"
        "COLUMN          FIELD           FOR EXAMPLE\n"
        "Ref             ref             REC1\n"
        "Recommendation  recommendation  Keep a register, of all. Every repair.\n"
        "Our response    response        We do.\n"
        "RAG             rag             Amber\n"
        "Due date        due             July 2024\n"
        "Owner           owners          Head of Repairs\n"
        "section-missing  'no section'  -> Recommendations\n"
        "12 cells: 12 placed, 0 to decide\n"
        "plan is written; kimplan lint says:\n"
        "No problems in 1 recommendation.\n"
        "Next: kimplan report\n"
    )
    assert (tmp_path / "plan/recommendations/REC1.yaml").read_text(encoding="utf-8") == RECORD
    assert lint_plan(tmp_path / "plan") == ()


def test_questions_are_printed_and_nothing_is_written(tmp_path: Path) -> None:
    source(tmp_path, SURE, UNSURE)
    before = files(tmp_path)
    done = run_cli(NEW, tmp_path)
    assert done.code == 1
    line = "date-unclear  REC2/due (the table, row 3)  '03/04/24'  may be: 2024-04-03 or 2024-03-04"
    assert line in done.stdout.splitlines()
    assert "18 cells: 17 placed, 1 to decide" in done.stdout
    assert done.stderr.startswith("kimplan: nothing is written: 1 question above\n")
    assert files(tmp_path) == before


def test_an_answer_that_names_nobody_is_asked_again(tmp_path: Path) -> None:
    source(tmp_path, SURE.replace("Head of Repairs", "All staff"))
    answers = tmp_path / "answers.yaml"
    command = [*NEW, "--answers", "answers.yaml"]
    assert run_cli(command, tmp_path).code == 1
    text = answers.read_text(encoding="utf-8")
    assert '"REC1/owners": ""' in text
    answers.write_text(text.replace('owners": ""', 'owners": "TBC"'), encoding="utf-8")
    ran = run_cli(command, tmp_path)
    assert ran.code == 1
    assert "(the answer 'TBC' is not understood)  write a role\n" in ran.stdout


def test_answers_are_kept_in_a_file(tmp_path: Path) -> None:
    source(tmp_path, SURE, UNSURE)
    command = [*NEW, "--answers", "answers.yaml"]
    assert run_cli(command, tmp_path).code == 1
    path = tmp_path / "answers.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.endswith(
        '# date-unclear: the source says "03/04/24", the table, row 3\n'
        "# it may be: 2024-04-03 or 2024-03-04\n"
        '"REC2/due": ""\n'
    )
    assert run_cli(command, tmp_path).code == 1
    assert path.read_text(encoding="utf-8") == text
    path.write_text(text.replace('due": ""', 'due": "nonsense"'), encoding="utf-8")
    done = run_cli(command, tmp_path)
    assert done.code == 1
    assert "(the answer 'nonsense' is not understood)" in done.stdout
    path.write_text(text.replace('due": ""', 'due": "3 April 2024"'), encoding="utf-8")
    done = run_cli(command, tmp_path)
    assert done.code == 0, done.stdout
    record = (tmp_path / "plan/recommendations/REC2.yaml").read_text(encoding="utf-8")
    assert "due: 2024-04-03\n" in record


@pytest.mark.parametrize("text", ["- a\n", "a: [1]\n", "a: &b c\n", "\x00", "x" * 300_000])
def test_a_file_that_holds_no_answers_is_refused(tmp_path: Path, text: str) -> None:
    source(tmp_path, UNSURE)
    write_file(tmp_path / "answers.yaml", text)
    done = run_cli([*NEW, "--answers", "answers.yaml"], tmp_path)
    assert done.code == 2
    assert done.stderr.startswith("kimplan: answers.yaml")
    assert not (tmp_path / "plan").exists()


def test_what_is_left_open_stays_as_a_comment_and_lint_asks_for_it(tmp_path: Path) -> None:
    source(tmp_path, UNSURE)
    done = run_cli([*NEW, "--leave-open"], tmp_path)
    assert done.code == 0
    record = (tmp_path / "plan/recommendations/REC2.yaml").read_text(encoding="utf-8")
    assert 'rag: red\n# due: to decide; the source says "03/04/24"\nowners:' in record
    assert [one.code for one in lint_plan(tmp_path / "plan")] == ["KP507", "KP301"]
    assert done.stdout.endswith("Next: kimplan lint\n")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    source(tmp_path, SURE)
    before = files(tmp_path)
    done = run_cli([*NEW, "--dry-run"], tmp_path)
    assert (done.code, files(tmp_path)) == (0, before)
    assert done.stdout.endswith("nothing is written (--dry-run)\n")


def test_into_a_plan_that_is_there_only_what_is_new(tmp_path: Path) -> None:
    source(tmp_path, SURE)
    assert run_cli(NEW, tmp_path).code == 0
    path = tmp_path / "plan/recommendations/REC1.yaml"
    path.write_text(RECORD.replace("We do.", "We did.  # a comment"), encoding="utf-8")
    kept = files(tmp_path / "plan")
    later = UNSURE.replace("03/04/24", "May 2024")
    source(tmp_path, SURE, "Repairs,,,,,\n", later)
    done = run_cli(["import", "source.csv"], tmp_path)
    assert done.code == 0, done.stderr
    assert "new  REC2  Publish it.\n" in done.stdout
    assert "differs  REC1/response  plan: 'We did.'  source: 'We do.'\n" in done.stdout
    after = files(tmp_path / "plan")
    assert after["recommendations/REC1.yaml"] == kept["recommendations/REC1.yaml"]
    assert after["plan.yaml"] == kept["plan.yaml"] + b"  - id: repairs\n    title: Repairs\n"
    assert after["owners.yaml"] == kept["owners.yaml"] + b"  - role: Data Manager\n"
    assert lint_plan(tmp_path / "plan") == ()


def test_a_folder_with_something_in_it_is_no_place_for_a_plan(tmp_path: Path) -> None:
    source(tmp_path, SURE)
    (tmp_path / "plan").mkdir()
    write_file(tmp_path / "plan/notes.txt", "mine")
    done = run_cli(NEW, tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.startswith("kimplan: plan is there already, and is no plan\n  hint: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--map", "Lead=owners"], "--map: there is no column 'Lead'"),
        (["--map", "Owner=rga"], "--map: there is no field 'rga'"),
        (["--table", "Plan"], "there is no table 'Plan'"),
    ],
)
def test_what_is_asked_for_wrongly(tmp_path: Path, arguments: list[str], message: str) -> None:
    source(tmp_path, SURE)
    done = run_cli([*NEW, *arguments], tmp_path)
    assert done.code == 2
    assert done.stderr.startswith(f"kimplan: {message}\n  hint: ")
    assert not (tmp_path / "plan").exists()


def test_a_workbook_of_formulas_without_results(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "plan.xlsx"))
    sheet = book.add_worksheet("Plan")
    sheet.write_row(0, 0, ["Ref", "Recommendation", "Response", "RAG", "Due", "Owner"])
    for column in range(6):
        sheet.write_formula(1, column, "=A1", None, "")
    book.close()
    assert run_cli(["import", "plan.xlsx", "--organisation", "X"], tmp_path) == Ran(
        2,
        "",
        "kimplan: plan.xlsx holds formulas without results: sheet 'Plan'\n"
        "  hint: Open it in Excel, save it, and import it again.\n",
    )
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]


def test_a_table_that_rates_by_blue_becomes_a_plan_that_does(tmp_path: Path) -> None:
    write_file(
        tmp_path / "source.csv",
        "Ref,Recommendation,Response,BRAG,Due,Owner\n"
        "R1,Keep a register.,It is kept.,Blue,,Head\n"
        "R2,Train all staff.,Half are trained.,Green,31/07/2024,Head\n",
    )
    assert run_cli(NEW, tmp_path).code == 0
    settings = (tmp_path / "plan" / "plan.yaml").read_text(encoding="utf-8")
    assert "\nratings:\n  scheme: brag\n  blue:\n    label: Blue\n" in settings
    overdue = run_cli(["overdue", "--as-of", "2024-08-02"], tmp_path)
    assert "R2" in overdue.stdout
    assert "R1" not in overdue.stdout
    summary = run_cli(["summary", "--as-of", "2024-08-02", "--format", "json"], tmp_path)
    assert '"blue": 1' in summary.stdout


def test_the_same_table_again_writes_nothing(tmp_path: Path) -> None:
    write_file(
        tmp_path / "source.csv",
        "Ref,Recommendation,Response,RAG,Due,Owner\n"
        "R1,Keep a register.,It is kept.,Red,31/07/2024,Head\n",
    )
    assert run_cli(NEW, tmp_path).code == 0
    before = {file: file.read_bytes() for file in (tmp_path / "plan").rglob("*.yaml")}
    again = run_cli(["import", "source.csv"], tmp_path)
    assert again.code == 0
    assert again.stdout.endswith("nothing is written: the plan has a record for each of them\n")
    assert {file: file.read_bytes() for file in (tmp_path / "plan").rglob("*.yaml")} == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_plan_that_is_there_keeps_its_lines(mark: str, end: str, tmp_path: Path) -> None:
    write_file(
        tmp_path / "source.csv",
        "Ref,Recommendation,Response,RAG,Due,Owner,Section\n"
        "R1,Keep a register.,It is kept.,Red,31/07/2024,Head,Repairs\n"
        "R2,Train all staff.,Half are trained.,Amber,31/08/2024,Data Manager,Data\n",
    )
    plan = tmp_path / "plan"
    assert run_cli(NEW, tmp_path).code == 0
    (plan / "recommendations" / "R2.yaml").unlink()
    settings = (plan / "plan.yaml").read_text(encoding="utf-8")
    kept = f"{mark}# Ours.\n" + settings[: settings.index("  - id: data")].rstrip() + "\n"
    owners = f"{mark}owners:\n  - role: Head # the only one\n"
    for name, text in (("plan.yaml", kept), ("owners.yaml", owners)):
        (plan / name).write_bytes(text.replace("\n", end).encode())
    ran = run_cli(["import", "source.csv"], tmp_path)
    assert (ran.code, ran.stderr) == (0, ""), ran
    assert "No problems" in ran.stdout
    added = ["  - id: data", "    title: Data", ""]
    assert (plan / "plan.yaml").read_bytes().decode() == (
        kept.replace("\n", end).rstrip("\r\n") + end + end.join(added)
    )
    assert (plan / "owners.yaml").read_bytes().decode() == (
        owners.replace("\n", end) + f"  - role: Data Manager{end}"
    )
    assert (plan / "recommendations" / "R2.yaml").is_file()
