"""Tables as CSV in a real spreadsheet: no cell of them is a formula."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from lxml import etree

from kimplan.answers.tables.formula_mark import marked
from kimplan.answers.tables.table import Field, Kind, RowTable
from kimplan.export.delimited import csv_file

_AS_CSV = "CSV:44,34,76,1,,0,false,true,false,false,false,-1"  # comma, quotes, UTF-8, as numbers
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FORMULAS = ["=1+1", "=A1", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", " =1+1", "'=1+1", '"=1+1']


def opened(soffice: str, folder: Path, name: str, data: bytes) -> etree._Element:
    """Return what LibreOffice makes of a CSV file, as flat XML."""
    (folder / f"{name}.csv").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "fods", f"--infilter={_AS_CSV}"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / f"{name}.csv")],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return etree.parse(folder / f"{name}.fods").getroot()


@pytest.mark.libreoffice
def test_a_spreadsheet_takes_no_cell_for_a_formula(soffice: str, tmp_path: Path) -> None:
    def formulas(root: etree._Element) -> list[str]:
        found = (cell.get(f"{_TABLE}formula") for cell in root.iter())
        return [formula for formula in found if formula]

    bare = "\r\n".join(text for text in FORMULAS if '"' not in text)
    assert formulas(opened(soffice, tmp_path, "bare", bare.encode()))  # it would, as they are
    field = Field("text", "Text", Kind.WORDS, "")
    table = RowTable("any", (field,), [(text,) for text in FORMULAS])
    root = opened(soffice, tmp_path, "table", csv_file(table))
    assert formulas(root) == []
    shown = ["".join(map(str, cell.itertext())) for cell in root.iter(f"{_TEXT}p")]
    assert {*map(marked, FORMULAS)} - {"' =1+1"} <= {*shown}  # of which the blank is an element
