"""A file is read as what it is, whatever it is called, or refused by its true name."""

from __future__ import annotations

import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from conftest import TESTS
from exchange_dump import dump
from strict_files import as_strict

from kimplan.errors import KimplanError
from kimplan.exchange.read import read_sheets

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    "name",
    ["D05-tracked.docx", "X03-real-dates.xlsx", "H01-published.html", "V02-cp1252-semicolons.csv"],
)
@pytest.mark.parametrize("suffix", [".doc", ".xls", ".txt", ""])
def test_the_name_does_not_count(name: str, suffix: str, tmp_path: Path) -> None:
    source = TESTS / "import" / name
    copy = tmp_path / f"plan{suffix}"
    shutil.copyfile(source, copy)
    found = read_sheets(copy)
    assert found._replace(name=name) == read_sheets(source)


@pytest.mark.parametrize(
    "name",
    ["D04-typed-bullets.docx", "D32-dates.docx", "X03-real-dates.xlsx", "X06-fill-only.xlsx"],
)
def test_what_is_strict_is_read_as_what_is_not(name: str, tmp_path: Path) -> None:
    source = TESTS / "import" / name
    strict = as_strict(source, tmp_path)
    assert b"purl.oclc.org" in zipfile.ZipFile(strict).read("_rels/.rels")
    assert dump(read_sheets(strict)) == dump(read_sheets(source))


def zipped(path: Path, **parts: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"%PDF-1.7", "it is a PDF"),
        (b"{\\rtf1 x}", "it is in the Rich Text Format (.rtf)"),
        (b"MIME-Version: 1.0\r\n", "it is a web page in one file (.mht)"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "it is protected by a password"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "it is in the old format of Word (.doc)"),
        (OLE2 + "Workbook".encode("utf-16-le"), "it is in the old format of Excel (.xls)"),
        (OLE2, "it is in an old format of Microsoft Office"),
        (b"PK\x03\x04 nothing", "it is damaged"),
    ],
)
def test_what_is_no_table(data: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(data)
    with pytest.raises(KimplanError) as error:
        read_sheets(tmp_path / "plan.docx")
    assert str(error.value) == f"{tmp_path / 'plan.docx'} cannot be read: {reason}"
    assert error.value.hint


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "an OpenDocument text (.odt)"),
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"},
            "an OpenDocument sheet (.ods)",
        ),
        ({"ppt__presentation.xml": "x"}, "a PowerPoint presentation"),
        ({"plan.csv": "a,b"}, "an archive of files (.zip)"),
    ],
)
def test_other_archives(parts: dict[str, str], reason: str, tmp_path: Path) -> None:
    zipped(tmp_path / "plan.docx", **parts)
    with pytest.raises(KimplanError) as error:
        read_sheets(tmp_path / "plan.docx")
    assert str(error.value) == f"{tmp_path / 'plan.docx'} cannot be read: it is {reason}"


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(KimplanError, match="there is no file"):
        read_sheets(tmp_path / "none.docx")
    with pytest.raises(KimplanError, match="is not a file"):
        read_sheets(tmp_path)


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    file = read_sheets(tmp_path / "a.csv")
    assert file.digest == "5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313"
    assert (
        dump(file)
        == "a.csv, title ''\n== the table below ''\n-- row 1\n   0:\n     a\n   1:\n     b\n"
    )


def lying(source: Path, target: Path, name: str) -> None:
    """Copy an archive with 60 MB more in the part `name`, which is said to hold ten bytes."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, old.read(one))
        new.writestr(name, bytes(60_000_000))
    data = bytearray(target.read_bytes())
    size = data.rindex(b"PK\x01\x02") + 24  # of the last part, in the directory
    data[size : size + 4] = (10).to_bytes(4, "little")
    target.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "part"),
    [("D05-tracked.docx", "word/extra.xml"), ("X03-real-dates.xlsx", "xl/_rels/extra.rels")],
)
def test_no_more_is_unpacked_than_a_part_is_said_to_hold(
    name: str, part: str, tmp_path: Path
) -> None:
    lying(TESTS / "import" / name, tmp_path / name, part)
    tracemalloc.start()
    with pytest.raises(KimplanError, match="damaged"):
        read_sheets(tmp_path / name)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"])
def test_no_part_of_a_workbook_declares_entities(part: str, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(TESTS / "import/X03-real-dates.xlsx") as old,
        zipfile.ZipFile(tmp_path / "plan.xlsx", "w") as new,
    ):
        for name in old.namelist():
            declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>'
            data = old.read(name)
            end = data.find(b"?>") + 2 if b"?>" in data else 0
            new.writestr(name, data[:end] + declared * (name == part) + data[end:])
    with pytest.raises(KimplanError, match="declares entities"):
        read_sheets(tmp_path / "plan.xlsx")
