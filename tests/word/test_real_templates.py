"""Word documents of other people as templates: those of python-docx's own tests.

`KIMPLAN_REAL_TEMPLATES` names a folder with such files. CI gets them from python-docx's source
distribution; elsewhere these tests are skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from kimplan.errors import TemplateError
from kimplan.model.plan import Plan
from kimplan.word.mending import mended

from .conftest import missing, write
from .reopened import Reopened, Xml, expected_plan, run_together, section_of, text_width, w

# Why some of them cannot be templates, by their names.
REFUSED = {
    "shp-inline-shape-access.docx": "it shows a picture that is linked to and not in it",
}
LEAST = 30

pytestmark = pytest.mark.slow


def real_templates() -> list[Path]:
    folder = os.environ.get("KIMPLAN_REAL_TEMPLATES", "")
    return sorted(Path(folder).rglob("*.doc[xt]*")) if folder else []


@pytest.fixture(scope="module")
def files() -> list[Path]:
    found = real_templates()
    return found or missing("a folder of Word files, KIMPLAN_REAL_TEMPLATES,")


def test_there_are_enough_of_them(files: list[Path]) -> None:
    assert len(files) >= LEAST
    assert set(REFUSED) <= {file.name for file in files}


@pytest.mark.parametrize("file", real_templates(), ids=lambda file: file.name)
def test_the_report_stands_in_it(file: Path, shipped: Plan, validator: str, tmp_path: Path) -> None:
    if reason := REFUSED.get(file.name):
        with pytest.raises(TemplateError) as caught:
            write(shipped, tmp_path / "report.docx", template=file)
        assert reason in caught.value.message
        return
    document, path, word = write(shipped, tmp_path / "report.docx", template=file)
    table = word.table("Action plan")
    assert run_together(word.grid(table)) == run_together(expected_plan(document))
    assert_tables_fit(word)
    (tmp_path / "template.docx").write_bytes(mended(file.read_bytes()))
    assert len(problems(validator, path)) <= len(problems(validator, tmp_path / "template.docx"))


def assert_tables_fit(word: Reopened) -> None:
    """Check that each of the report's tables is as wide as the text of its page."""
    for table in word.tables:
        grid: Xml = table._tbl.tblGrid
        if word.caption(table):
            widths = sum(int(column.get(qn("w:w"))) for column in grid)
            assert widths == text_width(section_of(table._tbl))
            assert w(table._tbl, "w:tblPr", "w:tblW", attribute="w:w") == str(widths)


def problems(validator: str, file: Path) -> list[str]:
    ran = subprocess.run([validator, file], capture_output=True, text=True, check=False)
    found: list[str] = json.loads(ran.stdout)["errors"]
    return found
