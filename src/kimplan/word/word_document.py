"""A Word document as the parts that a report reads and changes."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any, BinaryIO

from kimplan.word.names import (
    DOCUMENT_TYPE,
    NUMBERING,
    NUMBERING_TYPE,
    OFFICE_DOCUMENT,
    SETTINGS,
    STYLES,
    STYLES_TYPE,
    new_element,
    qn,
)
from kimplan.word.parts import Part, Parts, XmlPart, read_parts


class Document:
    """A Word document: its `package`, and its main `part`, whose root is `element`.

    Raises ValueError, TypeError or KeyError for a package that holds none.
    """

    def __init__(self, package: Parts) -> None:
        self.package = package
        self.part = _with_markup(package.rels.only(OFFICE_DOCUMENT))
        if self.part.content_type != DOCUMENT_TYPE:
            raise ValueError(f"a Word document is wanted, and no {self.part.content_type}")
        self.element = self.part.element
        self.body = self.element.find(qn("w:body"))
        if self.body is None:
            raise KeyError("the document has no body")

    @property
    def styles(self) -> Any:
        """The root of the styles; a document without any is given a part for them."""
        return self._root(STYLES, "styles", STYLES_TYPE)

    @property
    def numbering(self) -> Any:
        """The root of the lists; a document without any is given a part for them."""
        return self._root(NUMBERING, "numbering", NUMBERING_TYPE)

    @property
    def settings(self) -> Any | None:
        """The root of the settings; None where there are none."""
        part = self.part.rels.only(SETTINGS)
        return None if part is None else _with_markup(part).element

    def _root(self, kind: str, name: str, content_type: str) -> Any:
        part = self.part.rels.only(kind)
        if part is None:
            place = self.package.free_name(f"/word/{name}.xml")
            part = XmlPart(place, content_type, new_element(f"w:{name}"))
            self.part.rels.relate_to(part, kind)
        return _with_markup(part).element


def _with_markup(part: Part | None) -> XmlPart:
    if not isinstance(part, XmlPart):
        raise TypeError("a part that Word reads as markup is none, or is not there")
    return part


def open_folder(folder: Path) -> Document:
    """Return the Word document whose parts are the files in `folder`."""

    def read(name: str) -> bytes:
        try:
            return (folder / name[1:]).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(name) from error

    return Document(read_parts(read))


def open_file(file: BinaryIO) -> Document:
    """Return the Word document that a file holds.

    Raises many kinds of error for what is no such file: of zipfile, of lxml, KeyError, ValueError.
    """
    with zipfile.ZipFile(file) as archive:
        return Document(read_parts(lambda name: archive.read(name[1:])))
