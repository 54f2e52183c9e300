"""A Word file's parts, opened for reading: the body and what its paragraphs refer to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from lxml import etree

from kimplan.exchange.bounds import UnreadableError
from kimplan.word.dangers import UnfitError
from kimplan.word.opc import Package, ReadablePackage, Relationship, parse
from kimplan.word.properties import read_property
from kimplan.word.tags import qn
from kimplan.word.vetting import vet_to_read

_EMPTY = b'<w:none xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class WordFile(NamedTuple):
    """The roots of a Word file's parts; one that the file lacks is an empty element.

    `links` are the addresses outside of the file by the ids of their relationships. `commit` is
    what a report of kimplan's says that it was made of, and `is_report` whether it is one.
    """

    body: Any
    styles: Any
    numbering: Any
    comments: Any
    footnotes: Any
    endnotes: Any
    links: dict[str, str]
    title: str = ""
    is_report: bool = False
    commit: str = ""


def open_word(data: bytes) -> WordFile:
    """Return the parts of a Word file; raise UnreadableError for what is none, or is unsafe."""
    try:
        vet_to_read(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _opened(ReadablePackage(archive))
    except UnfitError as error:
        raise UnreadableError(error.reason, error.hint) from error
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        hint = "Open it in Word and save it again."
        raise UnreadableError("its parts are damaged or missing", hint) from error


def _opened(package: Package) -> WordFile:
    main = package.main_part()
    if main is None:
        raise KeyError("the document")
    body = package.parse(main.target).find(qn("w:body"))
    if body is None:
        raise KeyError("the body")
    found = package.relationships_of(main.target)
    part = _parts(package, found)
    links = {one.element.get("Id", ""): one.target for one in found if one.is_external}
    outer = package.relationships("_rels/.rels")
    custom = _first(package, outer, "custom-properties")
    return WordFile(
        body, part("styles"), part("numbering"), part("comments"), part("footnotes"),
        part("endnotes"), links, _title(package, outer),
        bool(custom is not None and read_property(custom, "version")),
        read_property(custom, "commit") if custom is not None else "",
    )  # fmt: skip


def _parts(package: Package, found: list[Relationship]) -> Callable[[str], Any]:
    def part(purpose: str) -> Any:
        root = _first(package, found, purpose)
        return parse(_EMPTY) if root is None else root

    return part


def _first(package: Package, found: list[Relationship], purpose: str) -> Any:
    """Return the root of the part that a relationship of this purpose leads to, or None."""
    name = package.led_to(found, purpose)
    return package.parse(name) if name else None


def _title(package: Package, outer: list[Relationship]) -> str:
    root = _first(package, outer, "core-properties")
    return " ".join((root.findtext(_TITLE) or "").split()) if root is not None else ""
