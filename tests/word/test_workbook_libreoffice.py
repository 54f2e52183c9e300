"""LibreOffice opens an exported workbook, prints it as meant, and saves it as the same plan."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import load_shipped_plan, make_plan
from pypdf import PdfReader
from workbooks import imported, plan_of, said, write

from kimplan.model.plan import Plan

pytestmark = pytest.mark.libreoffice

FIELDS: dict[str, Any] = {
    "title": "=cmd|' /C calc'!A0", "detail": "Some **bold** words.\n\n- =1+1\n- two",
    "response": "@SUM(1+1) and _x0041_ and a [link](https://example.org/a).", "due": "2024-03",
    "owners": ["Company Secretary", "Data Manager"],
    "evidence": [{"title": "-1", "link": "https://example.org/d?a=1&b=2", "expires": "2024-07-31"}],
    "progress": [{"on": "2024-01-02", "note": "- A bullet"}],
    "revisions": [{"from": "2023-12/2024-01", "to": "2024-03", "reason": "+1", "on": "2024-01-01"}],
    "actions": [{"title": "Step", "due": "2024-04"}],
}  # fmt: skip
CLOSED = {"rag": "green", "due": "2024-01-31", "completed": "2024-01-30", "publish": "false",
          "verified": {"by": "Company Secretary", "on": "2024-02-01"}}  # fmt: skip


def convert(soffice: str, path: Path, to: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", to, "--outdir", str(folder)]
    done = subprocess.run(
        [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=180,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return folder / f"{path.stem}.{to}"


@pytest.mark.parametrize(
    "plan", [load_shipped_plan(), make_plan(FIELDS, CLOSED)], ids=["shipped", "every table"]
)
def test_saved_by_libreoffice_it_is_the_same_plan(soffice: str, plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    saved = convert(soffice, write(plan, tmp_path), "xlsx", tmp_path / "out")
    prepared = imported(saved)
    assert prepared.proof.lost == ()
    assert (prepared.proof.listed, prepared.proof.open_) == (0, 0)
    assert said(plan_of(prepared)) == said(plan)


def test_its_pages_are_as_they_are_set_up(soffice: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    pdf = PdfReader(convert(soffice, write(load_shipped_plan(), tmp_path), "pdf", tmp_path / "out"))
    assert len(pdf.pages) <= 12
    for number, page in enumerate(pdf.pages, 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
        text = page.extract_text()
        assert "Knowledge and Information Management (KIM) report" in text
        assert "position at 31 May 2024" in text
        assert f"Page {number} of {len(pdf.pages)}" in text
    first, second, *_ = (page.extract_text() for page in pdf.pages)
    assert "Ombudsman Recommendation" in first
    assert "Ombudsman Recommendation" in second  # the header is repeated
