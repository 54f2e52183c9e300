"""Any sequence of elements is written as it is, and read back for `verify`."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import make_plan
from docx.oxml.ns import qn

from kimplan.model.prose import Block, Span
from kimplan.model.rating import Rating
from kimplan.report.document import (
    Cell,
    DocumentPart,
    Element,
    Figure,
    Heading,
    Paragraph,
    ReportDocument,
    Role,
    SectionRow,
    Series,
    Table,
    TableColumn,
    TableRow,
    Width,
)
from kimplan.report.parts import NAMES
from kimplan.verify.expected import Grid, expected
from kimplan.word import write_report
from kimplan.word.read import read_report

from .conftest import write_only
from .reopened import Reopened, w


def text(words: str) -> Cell:
    return Cell((Block((Span(words),)),))


def says(words: str, role: Role) -> Paragraph:
    return Paragraph(Block((Span(words),)), role)


def figure(number: int, *, beside: bool = False) -> Figure:
    series = (Series("Late & red", Rating.RED, True, (number, 0)),)
    return Figure(
        "In words.", "All of it.", ("A", "B"), series, beside=beside, label=f"Figure {number}"
    )


COLUMNS = (TableColumn("ref", "Ref", Width(20, 15)), TableColumn("x", "<X>", Width(60, 40)))
TABLE = Table(
    "Two columns",
    "What it holds.",
    COLUMNS,
    (
        TableRow((text("REC1"), Cell(())), "REC1"),
        SectionRow("A section", (Block((Span("Its text"),)),)),
        TableRow((Cell((Block((Span("REC1", link="#REC1"),)),)), Cell(()))),
        TableRow((text("Late"), Cell((Block((Span("1 day", bold=True),)),), 1, late=True))),
        TableRow((text("Red"), Cell((Block((Span("RED"),)),), Rating.RED))),
    ),
)
BULLET = Paragraph(
    Block((Span("see "), Span("this", link="https://example.org/?a=1&b=2")), 1, True),
    Role.NARRATIVE,
)
SEQUENCES: dict[str, tuple[Element, ...]] = {
    "words alone": (Heading("Words"), says("One.", Role.INTRODUCTION), says("Two.", Role.NOTE)),
    "a table at the end": (Heading("Table"), says("Of two.", Role.INTRODUCTION), TABLE),
    "two tables": (Heading("T"), TABLE, says("Between.", Role.NOTE), TABLE._replace(title="Next")),
    "bullets": (Heading("B"), says("These:", Role.NARRATIVE), BULLET, Heading("Deeper", 2)),
    "a figure beside a table": (Heading("F"), TABLE, figure(1, beside=True), TABLE),
    "a figure with nothing above": (figure(1, beside=True), Heading("F"), figure(2)),
    "two figures beside": (
        Heading("One"), figure(1, beside=True), Heading("Two"), figure(2, beside=True),
    ),
    "a remark": (says("Position.", Role.POSITION), says("Later facts.", Role.REMARK)),
}  # fmt: skip


def document_of(path: Path, *sequences: tuple[Element, ...]) -> ReportDocument:
    """Write a report whose first parts are these sequences, and nothing else."""
    document = write_only(make_plan({}), path).document
    parts = zip(NAMES, sequences, strict=False)
    document = document._replace(
        parts=tuple(DocumentPart(name, found, name == NAMES[0]) for name, found in parts)
    )
    write_report(document, path)
    return document


@pytest.mark.parametrize("name", SEQUENCES)
def test_what_is_written_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document = document_of(path, SEQUENCES[name])
    right, found = expected(document, NAMES), read_report(path).content
    said = [document.words.title, document.words.subtitle, *(line.text for line in right.lines)]
    assert [line.text for line in found.lines] == said
    assert uncut(found.tables) == uncut(right.tables)
    labelled = [
        # Above what stands first is the title, which is no line of a part.
        shown._replace(title=each.title, below=each.below and shown.below)
        for shown, each in zip(found.figures, right.figures, strict=True)
    ]
    assert labelled == list(right.figures)


def uncut(tables: tuple[Grid, ...]) -> list[Grid]:
    """Return tables without the refs that only the parts of a cut row say; no row here is cut."""
    return [table._replace(refs=()) for table in tables]


def test_all_sequences_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document = document_of(path, *list(SEQUENCES.values())[: len(NAMES)])
    assert uncut(read_report(path).content.tables) == uncut(expected(document, NAMES).tables)
    body = [child.tag for child in Reopened(path).body]
    assert (qn("w:tbl"), qn("w:tbl")) not in pairwise(body)
    assert (qn("w:tbl"), qn("w:sectPr")) not in pairwise(body)


def test_a_figure_stands_beside_what_its_heading_is_of(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    document_of(path, SEQUENCES["a figure beside a table"])
    word = Reopened(path)
    numbers = [
        w(properties, "w:cols", attribute="w:num") for properties in word.body.iter(qn("w:sectPr"))
    ]
    assert numbers == [None, "2", None]
    widths = [
        sum(int(each.get(qn("w:w")) or 0) for each in table._tbl.iter(qn("w:gridCol")))
        for table in word.tables
    ]
    assert widths[0] < 16838 / 2 < widths[1]


def test_a_link_leads_nowhere_when_its_row_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    rows = (TABLE.rows[2],)
    document_of(path, (Heading("T"), TABLE._replace(rows=rows)))
    assert list(Reopened(path).body.iter(qn("w:hyperlink"))) == []


@pytest.mark.libreoffice
def test_libreoffice_shows_every_sequence(tmp_path: Path, soffice: str, pdftotext: str) -> None:
    path = tmp_path / "report.docx"
    document = document_of(path, *list(SEQUENCES.values())[1 : 1 + len(NAMES)])
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    convert = [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    done = subprocess.run(
        [pdftotext, "-enc", "UTF-8", str(tmp_path / "report.pdf"), "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    shown = " ".join(done.stdout.decode().split())
    lines = expected(document, NAMES).lines
    assert [line.text for line in lines if line.text not in shown] == []
