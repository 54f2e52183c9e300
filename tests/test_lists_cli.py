"""Numbered lists in every output, and texts that are the same however they are quoted."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import AS_OF, make_record, make_repository, run_cli, write_plan

DAY = str(AS_OF)
RESPONSE = "We will:\n1. write it\n   a) in Welsh\n   b) in English\n2. print it"
SHOWN = {
    "text": """We will:
1. write it
  a) in Welsh
  b) in English
2. print it
""",
    "markdown": r"""We will:

- 1\. write it
  - a\) in Welsh
  - b\) in English
- 2\. print it
""",
}
SAME_VALUE = "Write it: say 'all' of it."
QUOTED = {
    "literal": f"|-\n  {SAME_VALUE}",
    "folded": ">-\n  Write it:\n  say 'all' of it.",
    "double": f'"{SAME_VALUE}"',
    "single": "'Write it: say ''all'' of it.'",
}


def plan_of(folder: Path, record: str) -> Path:
    folder.mkdir(exist_ok=True)
    return write_plan(folder, records={"A": record})


def report_of(folder: Path, *options: str) -> Path:
    ran = run_cli(["report", "--as-of", DAY, "-o", "board.docx", *options], folder)
    assert (ran.code, ran.stderr) == (0, "")
    return folder / "board.docx"


@pytest.mark.parametrize("form", SHOWN)
def test_show_has_the_items_on_their_lines(form: str, tmp_path: Path) -> None:
    plan_of(tmp_path, make_record(ref="A", response=RESPONSE))
    ran = run_cli(["show", "A", "--as-of", DAY, "--format", form], tmp_path)
    assert ran.code == 0
    assert SHOWN[form] in ran.stdout


def test_the_report_has_the_items_as_paragraphs(tmp_path: Path) -> None:
    plan_of(tmp_path, make_record(ref="A", response=RESPONSE))
    document = docx.Document(str(report_of(tmp_path)))
    cells = [
        [paragraph.text for paragraph in cell.paragraphs]
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    assert ["We will:", "1.\twrite it", "a)\tin Welsh", "b)\tin English", "2.\tprint it"] in cells


@pytest.mark.parametrize("layout", ["table", "sections"])
def test_verify_finds_the_numbered_report_equal(layout: str, tmp_path: Path) -> None:
    plan_of(tmp_path, make_record(ref="A", response=RESPONSE))
    make_repository(tmp_path)
    report_of(tmp_path, "--layout", layout)
    ran = run_cli(["verify", "board.docx", "--format", "json"], tmp_path)
    assert (ran.code, json.loads(ran.stdout)["differences"]) == (0, [])


def quoted(folder: Path, written: str, value: str) -> bytes:
    """Return the body of the report of a plan whose response is `written` so."""
    record = make_record(ref="A", response="PLACEHOLDER")
    before, after = record.split("response:", 1)
    rest = after.split("\n", 2)[2] if after.startswith(" |") else after.split("\n", 1)[1]
    plan_of(folder, f"{before}response: {written}\n{rest}")
    ran = run_cli(["show", "A", "--as-of", DAY, "--format", "json"], folder)
    assert json.dumps(value) in ran.stdout
    with zipfile.ZipFile(report_of(folder)) as package:
        return package.read("word/document.xml")


def test_the_same_value_gives_the_same_pages_however_it_is_quoted(tmp_path: Path) -> None:
    pages = {quoted(tmp_path / name, text, SAME_VALUE) for name, text in QUOTED.items()}
    assert len(pages) == 1


def test_a_plain_scalar_gives_the_same_pages_as_a_quoted_one(tmp_path: Path) -> None:
    value = "1. Write it (all of it)."
    written = {"plain": value, "double": f'"{value}"', "block": f"|-\n  {value}"}
    assert len({quoted(tmp_path / name, text, value) for name, text in written.items()}) == 1
