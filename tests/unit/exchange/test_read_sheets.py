"""A file is read as what it is, whatever it is called, or refused by its true name."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import TESTS
from exchange_dump import dump

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
