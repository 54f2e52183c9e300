"""Word documents as an organisation would make them, built anew by each run."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

Xml: TypeAlias = Any  # an element of lxml or python-docx
Build: TypeAlias = Callable[[], Document]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
BLOCKS = ("summary", "changes", "trend", "overdue", "due-soon", "evidence", "plan", "moves")
WORDS = ("title", "subtitle", "organisation", "position", "header", "footer")


def marker(name: str) -> str:
    """Return the marker called `name`."""
    return f"{{{{kimplan:{name}}}}}"


def xml(text: str) -> Xml:
    """Return the element that `text` writes, with the usual prefixes declared."""
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    name, rest = text[1:].split(">", 1)
    end = "/" if name.endswith("/") else ""
    return parse_xml(f"<{name.removesuffix('/')}{declared}{end}>{rest}")


def logo() -> bytes:
    """Return a PNG picture: a square, 8 pixels wide, of one colour."""
    row = b"\0" + bytes((0x1F, 0x7A, 0x4D)) * 8

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(row * 8)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


# Pages


def lay_out(section: Section, width: float, height: float, margin: float = 20) -> None:
    """Give `section` a page size and margins, in millimetres."""
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Mm(margin)
    section.top_margin = section.bottom_margin = Mm(20)


def blank(width: float = 297, height: float = 210) -> Document:
    """Return an empty document, on A4 landscape unless told otherwise, without kimplan's styles."""
    document = docx.Document()
    lay_out(document.sections[0], width, height)
    return document


def add_markers(document: Document, names: Sequence[str] = BLOCKS) -> None:
    """Add a paragraph for each of the markers called `names`."""
    for name in names:
        document.add_paragraph(marker(name))


def in_arial(document: Document) -> None:
    """Set the text in Arial, for which every machine has a typeface of the same widths."""
    normal = document.styles["Normal"]
    assert normal.type is WD_STYLE_TYPE.PARAGRAPH
    normal.font.name = "Arial"


# Templates


def plain() -> Document:
    """A4 landscape, all block markers and nothing else."""
    document = blank()
    add_markers(document)
    return document


def letterhead() -> Document:
    """A logo, a header, a cover, its own look, and markers that Word split over three runs."""
    document = blank()
    styles = document.styles
    normal = styles["Normal"]
    assert normal.type is WD_STYLE_TYPE.PARAGRAPH
    normal.font.name, normal.font.size = "Georgia", Pt(10)
    heading = styles["Heading 1"]
    heading.font.name, heading.font.color.rgb = "Georgia", RGBColor(0x1F, 0x7A, 0x4D)
    bullet = styles["List Bullet"]
    bullet.paragraph_format.left_indent = Mm(12)
    header = document.sections[0].header
    line = header.paragraphs[0]
    line.add_run().add_picture(io.BytesIO(logo()), width=Mm(12))
    line.add_run("  Harbour Homes · Confidential to the Board")
    document.sections[0].footer.paragraphs[0].text = marker("footer")
    document.add_paragraph("Paper 7: assurance", style="Title")
    cover = document.add_paragraph("For ")
    for piece in ("{{kim", "plan:organi", "sation}}"):
        cover.add_run(piece).italic = piece.startswith("{{") or None
    cover.add_run(", to note.")
    split = document.add_paragraph()
    for piece in ("{{kimplan", ":sum", "mary}}"):
        split.add_run(piece)
    add_markers(document, BLOCKS[1:])
    document.add_paragraph("The Board is asked to note this paper.")
    return document


def no_markers() -> Document:
    """A document with text of its own and no marker at all."""
    document = blank()
    document.add_paragraph("Minutes of the last meeting", style="Heading 1")
    document.add_paragraph("They were agreed.")
    return document


def portrait() -> Document:
    """A4 portrait, in Arial."""
    document = blank(210, 297)
    in_arial(document)
    document.add_paragraph(marker("title"), style="Title")
    add_markers(document)
    return document


def first_page() -> Document:
    """A header of its own on the first page, and page numbers in small Roman from 5."""
    document = blank()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "First page only"
    section.header.paragraphs[0].text = marker("header")
    section.footer.paragraphs[0]._p.append(xml('<w:fldSimple w:instr=" PAGE "></w:fldSimple>'))
    section._sectPr.append(xml('<w:pgNumType w:fmt="lowerRoman" w:start="5"/>'))
    _in_order(section._sectPr)
    add_markers(document)
    return document


def localised() -> Document:
    """The style ids that a German Word gives; the names in the file stay English."""
    document = blank()
    ids = {
        "Heading1": "berschrift1",
        "Heading2": "berschrift2",
        "Normal": "Standard",
        "Title": "Titel",
        "ListBullet": "Aufzhlungszeichen",
    }
    for element in document.styles.element.iter():
        for name, value in element.attrib.items():
            if value in ids and (element.tag != f"{{{W}}}name"):
                element.set(name, ids[value])
    heading = next(s for s in document.styles if s.style_id == "berschrift1")
    heading.font.color.rgb = RGBColor(0x80, 0x00, 0x40)
    document.add_paragraph("Deckblatt")
    add_markers(document)
    return document


def two_sections() -> Document:
    """The plan on landscape pages, then an appendix on portrait ones."""
    document = blank()
    add_markers(document)
    lay_out(document.add_section(WD_SECTION.NEW_PAGE), 210, 297)
    document.add_paragraph("Appendix A", style="Heading 1")
    document.add_paragraph("How the ratings were agreed.")
    return document


def split_pages() -> Document:
    """The summary on a portrait page, and the plan on A3 landscape pages, in Arial."""
    document = blank(210, 297)
    in_arial(document)
    add_markers(document, BLOCKS[:5])
    lay_out(document.add_section(WD_SECTION.NEW_PAGE), 420, 297)
    add_markers(document, BLOCKS[5:])
    return document


def own_styles() -> Document:
    """A document that has some of kimplan's own styles already, in its own look."""
    document = plain()
    for name, size in (("kimplan Cell", 8), ("kimplan Note", 7)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.name = Pt(size), "Verdana"
    return document


TEMPLATES: dict[str, Build] = {
    build.__name__: build
    for build in (
        plain,
        letterhead,
        no_markers,
        portrait,
        first_page,
        localised,
        two_sections,
        split_pages,
        own_styles,
    )
}

_SECTION_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
    "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
    "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
)  # fmt: skip


def _in_order(properties: Xml) -> None:
    """Put the children of a ``w:sectPr`` in the schema's order."""
    properties[:] = sorted(
        properties, key=lambda child: _SECTION_ORDER.index(child.tag.partition("}")[2])
    )


# Files


@lru_cache
def template(build: Build) -> bytes:
    """Return the file that `build` makes."""
    return to_bytes(build())


def to_bytes(document: Document) -> bytes:
    """Return `document` as the bytes of its file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read_parts(file: Path | bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names in the zip."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    with zipfile.ZipFile(source) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip of `parts`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def edited(file: bytes, changes: Mapping[str, object]) -> bytes:
    """Return a package with some parts changed: bytes replace, None deletes, a function edits."""
    parts = read_parts(file)
    for name, change in changes.items():
        if change is None:
            del parts[name]
        elif callable(change):
            parts[name] = change(parts[name])
        else:
            assert isinstance(change, bytes)
            parts[name] = change
    return zipped(parts)
