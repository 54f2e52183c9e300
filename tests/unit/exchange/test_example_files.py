"""Files of each format as somebody may have them: every cell of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TESTS, Golden
from exchange_dump import dump

from kimplan.exchange.read import read_sheets

SUFFIXES = {".docx", ".xlsx", ".html", ".csv"}
FILES = sorted(file for file in (TESTS / "import").iterdir() if file.suffix in SUFFIXES)


def test_there_are_files_of_every_format() -> None:
    assert {file.suffix for file in FILES} == SUFFIXES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_cell(file: Path, golden: Golden) -> None:
    golden(TESTS / "golden" / "sheets" / f"{file.name}.txt", dump(read_sheets(file)))
