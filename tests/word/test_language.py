"""A report in Welsh: its words, its dates, and what spelling and screen readers take it for."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import (
    AS_OF,
    TESTS,
    Golden,
    make_record,
    make_repository,
    make_settings,
    run_cli,
    write_plan,
)
from docx.oxml.ns import qn

from kimplan.word.template import open_default

LONG = " ".join(f"Brawddeg {number} o ymateb hir." for number in range(120))
RECORDS: tuple[dict[str, Any], ...] = (
    {"ref": "REC1", "due": "2023-12/2024-03", "response": LONG,
     "progress": [{"on": "2024-05-02", "note": "Mae'r ffurflen yn fyw."}],
     "revisions": [{"from": "2024-02", "to": "2023-12/2024-03", "reason": "Oedi.",
                    "on": "2024-02-01"}],
     "actions": [{"title": "Cyhoeddi", "due": "2024-03-01"}]},
    {"ref": "REC2", "section": "repairs", "due": "2024-06-02"},
    {"ref": "REC3", "rag": "green", "due": "2024-02", "completed": "2024-03-02", "owners": None,
     "evidence": [{"title": "Canllaw", "link": "https://example.org/c", "expires": "2024-07"}]},
    {"ref": "REC4", "rag": "not-applicable", "due": None, "owners": None},
)  # fmt: skip
TEXTS = {str(record["ref"]): make_record(**record) for record in RECORDS}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("welsh")
    write_plan(folder, records=TEXTS, settings=make_settings(language="cy"))
    make_repository(folder)
    ran = run_cli(["report", "--output", "cy.docx", "--as-of", AS_OF.isoformat()], folder)
    assert (ran.code, ran.stderr) == (0, "")
    return folder / "cy.docx"


def lines(path: Path) -> list[str]:
    document = docx.Document(str(path))
    body: Any = document.element.body
    found = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [line for line in found if line]


def test_every_word_of_it(written: Path, golden: Golden) -> None:
    words = "\n".join(lines(written)) + "\n"
    golden(TESTS / "golden" / "report-welsh.txt", words)


def test_what_it_is_taken_for(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "xml" in name}
    languages = set(re.findall(r'<w:lang w:val="([^"]*)"', parts["word/styles.xml"]))
    assert languages == {"cy-GB"}
    assert '<w:themeFontLang w:val="cy-GB"' in parts["word/settings.xml"]
    assert "<dc:language>cy-GB</dc:language>" in parts["docProps/core.xml"]
    (footer, _) = (text for name, text in parts.items() if name.startswith("word/footer"))
    words = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", footer))
    assert re.sub("[0-9a-f]{7}", "…", words).startswith("Sefyllfa ar 31 Mai 2024 · Fersiwn ffynhon")
    assert words.endswith("Tudalen 1 o 1")


def test_it_can_be_verified(written: Path) -> None:
    ran = run_cli(["verify", written.name], written.parent)
    assert (ran.code, ran.stderr) == (0, "")


def test_a_template_of_another_language(written: Path, tmp_path: Path) -> None:
    template = open_default()
    for found in template.styles.element.iter(qn("w:lang")):
        found.getparent().remove(found)
    normal: Any = template.styles["Normal"].element
    language = normal.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "en-US"})
    normal.get_or_add_rPr().append(language)
    template.save(str(tmp_path / "own.docx"))
    arguments = ("--template", str(tmp_path / "own.docx"), "--output", str(tmp_path / "r.docx"))
    assert run_cli(["report", *arguments], written.parent).code == 0
    report = docx.Document(str(tmp_path / "r.docx"))
    styles: Any = report.styles.element
    assert {each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))} == {"cy-GB"}
    path = "/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")))
    assert styles.find(path) is not None


def test_a_plan_that_says_no_language_leaves_the_templates(tmp_path: Path) -> None:
    write_plan(tmp_path, records=TEXTS)
    template = open_default()
    for found in template.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), "en-US")
    template.save(str(tmp_path / "own.docx"))
    ran = run_cli(["report", "--template", "own.docx", "--output", "r.docx"], tmp_path)
    assert ran.code == 0
    styles: Any = docx.Document(str(tmp_path / "r.docx")).styles.element
    assert {each.get(qn("w:val")) for each in styles.iter(qn("w:lang"))} == {"en-US"}


def test_a_language_that_there_are_no_words_of(tmp_path: Path) -> None:
    write_plan(tmp_path, settings=make_settings(language="fr"))
    ran = run_cli(["lint"], tmp_path)
    assert ran.code == 1
    assert ran.stdout.splitlines()[:4] == [
        "plan/plan.yaml:9:11: error KP108 language 'fr' is not written as it should be",
        "    9 | language: fr",
        "      |           ^",
        "  hint: Write the tag of a language that kimplan has words of: cy, en.",
    ]
