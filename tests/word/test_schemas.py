"""Every kind of report follows the schemas of Word, says the Open XML SDK's validator."""

from __future__ import annotations

import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kimplan.word import write_template

from .conftest import GALLERY, Written

pytestmark = pytest.mark.schemas

# Reports that differ from these only in the length or the size of their text are not asked about.
CHECKED = [name for name in GALLERY if not re.search("large|long|full|many|issue", name)]


@pytest.fixture(scope="session")
def verdicts(
    validator: str, gallery: dict[str, Written], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    """What is wrong with each file; several are asked about at a time."""
    folder = tmp_path_factory.mktemp("templates")
    files = {name: gallery[name].path for name in CHECKED}
    files["the default template"] = folder / "default.docx"
    write_template(folder / "default.docx")

    def errors(path: Path) -> list[dict[str, Any]]:
        done = subprocess.run([validator, str(path)], capture_output=True, timeout=60, check=False)
        answer = json.loads(done.stdout)
        assert answer["ok"] == (not answer["errors"])
        found: list[dict[str, Any]] = answer["errors"]
        return found

    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(files, pool.map(errors, files.values()), strict=True))


@pytest.mark.parametrize("name", CHECKED)
def test_report(name: str, verdicts: dict[str, list[dict[str, Any]]]) -> None:
    assert verdicts[name] == []


def test_the_default_template(verdicts: dict[str, list[dict[str, Any]]]) -> None:
    assert verdicts["the default template"] == []
