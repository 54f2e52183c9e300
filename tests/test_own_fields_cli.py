"""A plan with fields of its own, from the files to every answer and the Word report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Ran, git, make_record, make_repository, make_settings, run_cli, write_plan
from docx.oxml.ns import qn

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

DAY = ("--as-of", "2024-05-31")
FIELDS = (
    {"id": "priority", "label": "Priority", "type": "choice", "choices": ["High", "Low"]},
    {"id": "reviewed", "label": "Last reviewed", "type": "date"},
    {"id": "paper", "label": "Board paper", "type": "link", "publish": "false"},
    {"id": "learning", "label": "What was learnt", "type": "text"},
)
COLUMNS = (
    {"field": "ref", "label": "Ref"},
    {"field": "recommendation", "label": "Recommendation"},
    *({"field": f"fields.{one['id']}", "label": one["label"]} for one in FIELDS),
)
PAPER = "https://example.org/papers/7"
VALUES = {
    "priority": "High",
    "reviewed": "2024-03",
    "paper": PAPER,
    "learning": "One form.\n\n- Nobody is asked twice.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository whose plan has own fields, in the first of two records."""
    records = {
        "REC1": make_record(ref="REC1", fields=VALUES),
        "REC2": make_record(ref="REC2", section="repairs"),
    }
    write_plan(tmp_path, records=records, settings=make_settings(fields=FIELDS, columns=COLUMNS))
    make_repository(tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> Ran:
    return run_cli(arguments, folder)


def data(folder: Path, *arguments: str) -> Any:
    ran = run(folder, *arguments, "--format", "json")
    assert ran.code == 0, ran.stderr
    return json.loads(ran.stdout)


def set_(folder: Path, *values: str) -> Ran:
    return run(folder, "update", "REC1", *(word for one in values for word in ("--set", one)), *DAY)


def test_show_has_each_value_by_its_label(folder: Path) -> None:
    shown = run(folder, "show", "REC1", *DAY).stdout
    assert "Priority       High\nLast reviewed  March 2024\nBoard paper    " + PAPER in shown
    assert "What was learnt\nOne form.\n- Nobody is asked twice.\n" in shown
    found = data(folder, "show", "REC1", *DAY)["recommendations"]
    assert [one["fields"] for one in found] == [VALUES]


def test_list_filters_by_them(folder: Path) -> None:
    found = data(folder, "list", "--where", "priority=high", *DAY)["recommendations"]
    assert [(one["ref"], one["fields"]) for one in found] == [("REC1", VALUES)]
    wrong = run(folder, "list", "--where", "prority=High", *DAY)
    assert wrong.code == 2
    assert wrong.stderr.startswith(
        "kimplan: --where 'prority' is no field\n  hint: Did you mean 'priority'?"
    )


def test_update_changes_and_takes_away_and_is_judged(folder: Path) -> None:
    ran = set_(folder, "priority=low", "last reviewed=April 2024", "paper=")
    assert (ran.code, ran.stdout) == (0, """\
--- a/plan/recommendations/REC1.yaml
+++ b/plan/recommendations/REC1.yaml
@@ -7,9 +7,8 @@
 owners:
   - Company Secretary
 fields:
-  priority: High
-  reviewed: 2024-03
-  paper: "https://example.org/papers/7"
+  priority: Low
+  reviewed: 2024-04
   learning: |-
     One form.
 \n""")  # fmt: skip
    refused = set_(folder, "priority=Medium")
    assert refused.code == 1
    assert "fields.priority 'Medium' is none of the choices" in refused.stderr


def test_changes_and_history_call_them_by_their_labels(folder: Path) -> None:
    set_(folder, "priority=Low", "reviewed=2024-04")
    changes = data(folder, "changes", "--since", "HEAD", *DAY)["changes"]
    keys = ("what", "field", "name", "before", "after")
    assert [tuple(one[key] for key in keys) for one in changes] == [
        ("field", "priority", "Priority", "High", "Low"),
        ("field", "reviewed", "Last reviewed", "2024-03", "2024-04"),
    ]
    text = run(folder, "changes", "--since", "HEAD", *DAY).stdout
    assert "Own fields: 2\n" in text
    assert "REC1  Last reviewed  March 2024  April 2024\n" in text
    history = run(folder, "history", "REC1").stdout
    assert "Priority: High to Low" in history
    assert "Last reviewed: March 2024 to April 2024" in history


def test_the_report_prints_them_and_verify_reads_them(folder: Path) -> None:
    first = git(folder, "rev-parse", "HEAD").strip()
    set_(folder, "priority=Low", "learning=Two forms.")
    git(folder, "commit", "-qam", "Change two fields")
    made = run(folder, "report", "--since", first, "-o", "board.docx", *DAY)
    assert made.code == 0, made.stderr
    document = docx.Document(str(folder / "board.docx"))
    grids = {
        table.rows[0].cells[1].text: [[cell.text for cell in row.cells] for row in table.rows]
        for table in document.tables
        if len(table.columns) > 1
    }
    title = "Keep a register of every repair."
    assert grids["Recommendation"][2] == [
        "REC1", title, "Low", "March 2024", PAPER, "Two forms.",
    ]  # fmt: skip
    assert ["REC2", title, "–", "–", "–", "–"] in grids["Recommendation"]
    assert [row[:4] for row in grids["What changed"][1:]] == [["REC1", "Priority", "High", "Low"]]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Also changed: What was learnt of 1 recommendation." in words
    links = [one.get(qn("r:id")) for one in document.element.iter(qn("w:hyperlink"))]
    targets = [document.part.rels[one].target_ref for one in links if one]
    assert targets == [PAPER]
    verified = run(folder, "verify", "board.docx")
    assert (verified.code, "says what the plan said" in verified.stdout) == (0, True)


def test_verify_finds_a_value_that_was_changed_in_word(folder: Path) -> None:
    assert run(folder, "report", "-o", "board.docx", *DAY).code == 0
    document = docx.Document(str(folder / "board.docx"))
    runs = [one for one in document.element.iter(qn("w:t")) if one.text == "High"]
    for one in runs:
        one.text = "Low"
    document.save(str(folder / "board.docx"))
    verified = run(folder, "verify", "board.docx")
    assert verified.code == 1
    assert "Priority" in verified.stdout
    assert "High" in verified.stdout


def test_lint_says_what_is_wrong_in_a_column_and_the_report_is_not_written(folder: Path) -> None:
    path = folder / "plan" / "plan.yaml"
    path.write_bytes(path.read_bytes().replace(b"fields.priority", b"fields.prority"))
    ran = run(folder, "report", "-o", "board.docx", *DAY)
    assert ran.code == 1
    assert "KP512" in ran.stderr
    assert not (folder / "board.docx").exists()


def test_the_schema_of_a_plan_knows_them(folder: Path) -> None:
    schema = json.loads(run(folder, "schema", "recommendation", "--plan", "plan").stdout)
    fields = schema["properties"]["fields"]
    assert list(fields["properties"]) == [one["id"] for one in FIELDS]
    assert fields["properties"]["priority"] == {"description": "Priority", "enum": ["High", "Low"]}
    assert fields["additionalProperties"] is False
    columns = json.loads(run(folder, "schema", "plan", "--plan", "plan").stdout)
    column = columns["properties"]["columns"]["items"]["properties"]["field"]["anyOf"][-1]
    assert column["enum"] == [f"fields.{one['id']}" for one in FIELDS]
    assert json.loads(run(folder, "schema").stdout)["properties"]["fields"]["type"] == "object"
