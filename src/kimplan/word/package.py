"""A Word file's parts into a zip: the same parts give the same bytes on every machine and day."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import BinaryIO

from docx.document import Document
from docx.opc.packuri import PACKAGE_URI

from kimplan.word.digest import NAME as DIGEST
from kimplan.word.digest import Digest
from kimplan.word.markers import PLACEHOLDER
from kimplan.word.markup import quote
from kimplan.word.opc import CONTENT_TYPES
from kimplan.word.proof import BrokenPackageError, prove
from kimplan.word.properties import properties_name, with_property

_PLACEHOLDER = re.compile(rb"<\?" + PLACEHOLDER.encode() + rb" ([a-z-]+)\?>")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ROWS_AT_ONCE = 64
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"

Blocks = Callable[[str], Iterable[str]]


def write_package(document: Document, blocks: Blocks, out: BinaryIO) -> None:
    """Write `document` to `out`, with `blocks` giving the text in place of each placeholder.

    The main part is written as it is made, so that a long table is never in memory as a whole.
    `out` can be read as well; raises BrokenPackageError if what it holds then is no Word file.
    """
    _write_parts(document, blocks, out)
    out.flush()
    prove(out)


def _write_parts(document: Document, blocks: Blocks, out: BinaryIO) -> None:
    package = document.part.package
    parts = list(package.iter_parts())
    main = document.part
    names = {str(part.partname).casefold() for part in parts}
    if len(names) != len(parts):
        raise BrokenPackageError("two parts have one name")
    types = {str(part.partname): part.content_type for part in parts}
    last = properties_name(document)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        digest = Digest()
        write = partial(_write, archive, digest)
        write(CONTENT_TYPES, [_content_types(types).encode()])
        write(PACKAGE_URI.rels_uri.membername, [_encoded(package.rels.xml)])
        # Writing the blocks adds relationships and styles, so the main part goes first.
        for part in [main, *(part for part in parts if part is not main)]:
            if part.partname != last:
                content = _spliced(part.blob, blocks) if part is main else [part.blob]
                write(part.partname.membername, content)
            if part.rels:
                write(part.partname.rels_uri.membername, [_encoded(part.rels.xml)])
        for part in (part for part in parts if part.partname == last):
            blob = with_property(part.blob, DIGEST, digest.value(part.blob))
            write(part.partname.membername, [blob])


def _spliced(blob: bytes, blocks: Blocks) -> Iterator[bytes]:
    pieces = _PLACEHOLDER.split(blob)
    yield pieces[0]
    for name, after in zip(pieces[1::2], pieces[2::2], strict=True):
        texts = iter(blocks(name.decode()))
        while batch := list(islice(texts, _ROWS_AT_ONCE)):
            yield "".join(batch).encode()
        yield after


def _write(archive: zipfile.ZipFile, digest: Digest, name: str, content: Iterable[bytes]) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    entry.external_attr = 0
    with archive.open(entry, "w") as file:
        for piece in digest.passing(name, content):
            file.write(piece)


def _encoded(xml: str | bytes) -> bytes:
    return xml.encode() if isinstance(xml, str) else xml


def _content_types(types: dict[str, str]) -> str:
    overrides = "".join(
        f"<Override PartName={quote(name)} ContentType={quote(kind)}/>"
        for name, kind in types.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONSHIPS_TYPE}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
