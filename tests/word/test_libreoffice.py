"""LibreOffice opens every kind of report, and its PDF is whole, tagged and easy on the eye."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from pypdf import PdfReader
from report_parts import PLAN_HEADING, chapters_of, chart_of, columns_of, listing_of

from kimplan.report.document import ReportDocument

from .conftest import DEFAULT_LOOK, GALLERY, Written

pytestmark = pytest.mark.libreoffice

TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


class Pdf(NamedTuple):
    """What LibreOffice made of a report.

    `pages` are the lines of each page, cell after cell; `text` is all of it as it stands side by
    side, where no word is put together again that a line end parts.
    """

    document: ReportDocument
    pages: list[list[str]]
    text: str
    path: Path


Pdfs: TypeAlias = dict[str, Pdf]


@pytest.fixture(scope="session")
def pdfs(
    soffice: str,
    pdftotext: str,
    gallery: dict[str, Written],
    tmp_path_factory: pytest.TempPathFactory,
) -> Pdfs:
    """Every report as a PDF, by one run of LibreOffice with a profile of its own."""
    folder = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(report.path) for report in gallery.values()]
    run([soffice, "--headless", profile, "--convert-to", TAGGED, "--outdir", str(folder), *files])
    found = {}
    for name, report in gallery.items():
        path = folder / f"{name}.pdf"
        by_cell, side_by_side = (
            run([pdftotext, *options, "-enc", "UTF-8", str(path), "-"])
            for options in ((), ("-layout",))
        )
        pages = [page.splitlines() for page in by_cell.removesuffix("\f").split("\f")]
        found[name] = Pdf(report.document, pages, side_by_side, path)
    return found


def run(command: list[str]) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode("utf-8")


def body(pdf: Pdf, page: list[str]) -> list[str]:
    """Return the lines of a page without header, footer and page number."""
    furniture = {pdf.document.words.header, pdf.document.words.footer, "First page only"}
    return [
        line
        for line in map(str.strip, page)
        if line
        and line not in furniture
        and "Confidential to the Board" not in line
        and not re.fullmatch(r"Page \d+ of \d+|\d+|[ivxl]+", line)
    ]


def blocks(document: ReportDocument) -> Iterator[str]:
    """Yield every text of the report that stands on some page."""
    yield document.words.position
    for listing in (listing_of(document, "overdue"), listing_of(document, "due-soon")):
        yield from (listing.heading, listing.introduction)
        yield from (cell.text for row in listing.rows for cell in row)
    yield from (column.label for column in columns_of(document))
    for section in chapters_of(document):
        yield section.title
        yield from (block.text for block in section.narrative)
        yield from (cell.text for row in section.rows for cell in row.cells)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


# Pages


@pytest.mark.parametrize(("name", "pages"), [("table", 12), ("sections", 13)])
def test_the_shipped_plan_takes_no_more_pages_than_it_did(
    name: str, pages: int, pdfs: Pdfs
) -> None:
    assert pages - 2 <= len(pdfs[name].pages) <= pages + 1


@pytest.mark.parametrize("name", GALLERY)
def test_every_ref_is_there(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]
    if name == "issue_response_rag":
        refs = [
            row[0].text
            for row in (
                *listing_of(pdf.document, "overdue").rows,
                *listing_of(pdf.document, "due-soon").rows,
            )
        ]
    else:
        refs = [row.anchor for section in chapters_of(pdf.document) for row in section.rows]
    assert refs
    # A narrow column may break a ref.
    text = re.sub(r"\s", "", "".join(line for page in pdf.pages for line in page))
    assert [ref for ref in refs if ref not in text] == []


NARROW = {"every_column", "a_page_long_and_narrow"}
IN_ARIAL = [*(name for name in DEFAULT_LOOK if name not in NARROW), "portrait", "split_pages"]


@pytest.mark.parametrize("name", IN_ARIAL)
def test_no_word_is_lost_or_broken(name: str, pdfs: Pdfs) -> None:
    """Eleven columns are too narrow for some words; the next tests are for them."""
    pdf = pdfs[name]
    missing = words("\n".join(blocks(pdf.document))) - words(pdf.text)
    assert {word for word in missing if len(word) < 40} == set()


def test_no_line_is_lost_where_columns_are_narrow(pdfs: Pdfs) -> None:
    missing = words("\n".join(blocks(pdfs["a_page_long_and_narrow"].document)))
    missing -= words(pdfs["a_page_long_and_narrow"].text)
    assert {word for word in missing if re.fullmatch(r"w\d+x\d+", word)} == set()


@pytest.mark.parametrize("name", GALLERY)
def test_no_letter_is_lost(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]

    def letters(text: str) -> Counter[str]:
        return Counter(filter(str.isalnum, text))

    assert letters("\n".join(blocks(pdf.document))) - letters(pdf.text) == Counter()


@pytest.mark.parametrize("name", GALLERY)
def test_no_page_is_empty(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]
    assert [number for number, page in enumerate(pdf.pages, 1) if not body(pdf, page)] == []


@pytest.mark.parametrize("name", GALLERY)
def test_no_page_holds_only_a_heading_or_a_caption(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]
    document = pdf.document
    short = (
        PLAN_HEADING,
        listing_of(document, "overdue").heading,
        listing_of(document, "due-soon").heading,
        chart_of(document).whole_caption,
        "Position at a glance",
        *(section.title for section in chapters_of(document)),
    )
    alone = [
        number
        for number, page in enumerate(pdf.pages, 1)
        if all(any(line in text for text in short) for line in body(pdf, page))
    ]
    assert alone == []


@pytest.mark.parametrize("name", ["table", "sections", "large", "issue_response_rag", "evidence"])
def test_the_first_page_holds_the_position_and_begins_what_is_overdue(
    name: str, pdfs: Pdfs
) -> None:
    pdf = pdfs[name]
    first = body(pdf, pdf.pages[0])
    assert first[0] == pdf.document.words.title
    figure = next(at for at, line in enumerate(first) if line.startswith("Figure 1."))
    assert "Overdue items (6)" in first[figure:]


@pytest.mark.parametrize("name", ["table", "large", "evidence", "letterhead", "two_sections"])
def test_the_header_row_is_on_every_page_of_the_plan(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]
    rated = [row.anchor for section in chapters_of(pdf.document) for row in section.rows]
    pages = [page for page in pdf.pages if "Westward Housing Group Response" in "\n".join(page)]
    if name == "evidence":
        pages = [page for page in pdf.pages if "Evidence" in page]
    for page in pages:
        assert "Owner" in page
    with_rows = [
        page for page in pdf.pages if {"GREEN", "AMBER"} & set(page) and set(rated) & set(page)
    ]
    assert len(pages) >= len(with_rows) - 1 > 3


@pytest.mark.parametrize("name", DEFAULT_LOOK)
def test_every_page_is_numbered(name: str, pdfs: Pdfs) -> None:
    pages = pdfs[name].pages
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert pdfs[name].document.words.footer in page


def test_a_template_numbers_its_pages_its_own_way(pdfs: Pdfs) -> None:
    """From 5, after a first page of its own; LibreOffice itself forgets the Roman numerals."""
    first, *rest = pdfs["first_page"].pages
    assert "First page only" in first
    assert all("First page only" not in page for page in rest)
    for number, page in zip(("vi", "vii", "viii", "ix", "x"), rest, strict=False):
        assert {number, str(rest.index(page) + 6)} & set(page)


def test_pages_keep_the_shape_of_the_template(pdfs: Pdfs) -> None:
    def is_landscape(name: str) -> list[bool]:
        boxes = (page.mediabox for page in PdfReader(pdfs[name].path).pages)
        return [box.width > box.height for box in boxes]

    assert all(is_landscape("table"))
    portrait = is_landscape("portrait")
    assert portrait == sorted(portrait)  # the plan's table lies across, and stands last
    assert 0 < sum(portrait) < len(portrait)
    two = is_landscape("two_sections")
    assert two == [True] * (len(two) - 1) + [False]
    split = is_landscape("split_pages")
    assert split == sorted(split)
    assert 0 < sum(split) < len(split)


# What a screen reader is told


def structure(pdf: Pdf) -> list[str]:
    """Return the types of all elements of the structure tree, in order."""
    root: Any = PdfReader(pdf.path).trailer["/Root"]
    tree = root["/StructTreeRoot"]
    roles = {name: str(role) for name, role in tree.get("/RoleMap", {}).items()}
    return [roles.get(kind, kind).removeprefix("/") for kind in _kinds(tree)]


def _kinds(node: Any) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _kinds(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _kinds(node["/K"])


@pytest.mark.parametrize("name", GALLERY)
def test_the_pdf_is_tagged(name: str, pdfs: Pdfs) -> None:
    root: Any = PdfReader(pdfs[name].path).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    kinds = Counter(structure(pdfs[name]))
    assert kinds["Table"] >= 2
    assert kinds["TH"] >= kinds["Table"] * 3
    assert kinds["TD"] > kinds["TH"]
    assert kinds["H1"] >= 4


@pytest.mark.parametrize(
    ("name", "tables", "header_cells"), [("table", 4, 4 + 5 + 5 + 6), ("sections", 8, 14 + 5 * 6)]
)
def test_every_header_cell_is_one_for_a_screen_reader(
    name: str, tables: int, header_cells: int, pdfs: Pdfs
) -> None:
    kinds = Counter(structure(pdfs[name]))
    assert (kinds["Table"], kinds["TH"]) == (tables, header_cells)
    assert (kinds["H1"], kinds["H2"], kinds["LI"], kinds["Figure"]) == (4, 5, 8, 1)
    assert kinds["Link"] == 10


@pytest.mark.parametrize("name", GALLERY)
def test_the_title_is_shown(name: str, pdfs: Pdfs) -> None:
    reader = PdfReader(pdfs[name].path)
    assert reader.metadata is not None
    assert reader.metadata.title == pdfs[name].document.words.title
    assert reader.metadata.author == pdfs[name].document.words.organisation


@pytest.mark.parametrize("name", DEFAULT_LOOK)
def test_the_language_is_british_english(name: str, pdfs: Pdfs) -> None:
    root: Any = PdfReader(pdfs[name].path).trailer["/Root"]
    assert root["/Lang"] == "en-GB"


@pytest.mark.parametrize("name", ["table", "sections", "portrait"])
def test_refs_lead_to_the_page_of_their_row(name: str, pdfs: Pdfs) -> None:
    pdf = pdfs[name]
    listed = [*listing_of(pdf.document, "overdue").rows, *listing_of(pdf.document, "due-soon").rows]
    pages = [re.sub(r"\s", "", "".join(pdf.pages[target])) for target in link_targets(pdf)]
    assert len(pages) >= len(listed)
    assert [row[0].text for row in listed if not any(row[0].text in page for page in pages)] == []
    plan = next(at for at, page in enumerate(pdf.pages) if PLAN_HEADING in page)
    assert min(link_targets(pdf)) >= plan


def link_targets(pdf: Pdf) -> list[int]:
    """Return the page, from 0, that each link within the document leads to."""
    reader: Any = PdfReader(pdf.path)
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}
    return [
        numbers[annotation.get_object()["/Dest"][0].idnum]
        for page in reader.pages
        for annotation in page.get("/Annots", ())
        if "/Dest" in annotation.get_object()
    ]
