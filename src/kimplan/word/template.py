"""The Word document that a report is written into: kimplan's own, or the organisation's."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import docx
from docx.document import Document

from kimplan.errors import TemplateError
from kimplan.reasons import why
from kimplan.word.dangers import UnfitError
from kimplan.word.flow import Piece, pieces
from kimplan.word.kinds import SAVE_AGAIN
from kimplan.word.mending import mended
from kimplan.word.opc import Package
from kimplan.word.vetting import vet

MAX_PACKED = 20 * 1024 * 1024
DEFAULT = Path(__file__).parent / "template"


def open_default() -> Document:
    """Return the template that kimplan brings."""
    return docx.Document(str(DEFAULT))


class OpenedReport(NamedTuple):
    """A report that was opened: `word` lacks the rows of its tables, which are read as they come.

    `data` is the file.
    """

    word: Document
    data: bytes

    def pieces(self) -> Iterator[tuple[Piece, Any]]:
        """Yield the pieces of its body in their order; each is good until the next."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            names = Package(archive).names
            with archive.open(names[self.word.part.partname.membername.casefold()]) as part:
                yield from pieces(part)


class _Use(NamedTuple):
    """What a file is opened for, in words for when it cannot be."""

    refused: str
    missing: str
    hint: str


_TEMPLATE = _Use(
    "the template {} cannot be used",
    "there is no template {}",
    "Check the name, or leave --template out to use the usual look.",
)
_REPORT = _Use("{} cannot be read", "there is no file {}", "Check the name.")


def open_template(path: Path) -> Document:
    """Return the organisation's template at `path`, after vetting it.

    Raises TemplateError, which says what is wrong with the file and what to do about it.
    """
    data = _read(path, _TEMPLATE)
    _vetted(path, data, _TEMPLATE)
    return _opened(path, data, _TEMPLATE)


def open_report(path: Path) -> OpenedReport:
    """Return the Word file at `path`, vetted as a template is; raise TemplateError likewise."""
    data = _read(path, _REPORT)
    without_rows = _vetted(path, data, _REPORT)
    return OpenedReport(_opened(path, data, _REPORT, without_rows), data)


def _vetted(path: Path, data: bytes, use: _Use) -> dict[str, bytes]:
    try:
        return vet(data)
    except UnfitError as error:
        raise _refused(path, use, error.reason, error.hint) from error


def _opened(
    path: Path, data: bytes, use: _Use, parts: Mapping[str, bytes] = MappingProxyType({})
) -> Document:
    """Return the document in `data`, with `parts` in place of those with their names."""
    try:
        document = docx.Document(io.BytesIO(mended(data, parts)))
        _ = document.element.body.tag, document.styles.element
    except Exception as error:
        reason = "Word's parts in it are broken or missing"
        raise _refused(path, use, reason, SAVE_AGAIN) from error
    return document


def _refused(path: Path, use: _Use, reason: str, hint: str) -> TemplateError:
    return TemplateError(f"{use.refused.format(path)}: {reason}", hint)


def _read(path: Path, use: _Use) -> bytes:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, use, "it is not a file", "Name a Word document (.docx).")
        if status.st_size > MAX_PACKED:
            hint = "Make its pictures smaller in Word."
            raise _refused(path, use, "it is larger than 20 MB", hint)
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateError(use.missing.format(path), use.hint) from None
    except OSError as error:
        hint = "Close it in Word and check that you may read it."
        raise _refused(path, use, why(error), hint) from error
