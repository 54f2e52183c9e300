"""The Word document that a report is written into: kimplan's own, or the organisation's."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document

from kimplan.errors import TemplateError
from kimplan.reasons import why
from kimplan.word.dangers import UnfitError
from kimplan.word.kinds import SAVE_AGAIN
from kimplan.word.mending import mended
from kimplan.word.vetting import vet

MAX_PACKED = 20 * 1024 * 1024
DEFAULT = Path(__file__).parent / "template"


def open_default() -> Document:
    """Return the template that kimplan brings."""
    return docx.Document(str(DEFAULT))


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
    return _open(path, _TEMPLATE)


def open_report(path: Path) -> Document:
    """Return the Word file at `path`, vetted as a template is; raise TemplateError likewise."""
    return _open(path, _REPORT)


def _open(path: Path, use: _Use) -> Document:
    data = _read(path, use)
    try:
        vet(data)
    except UnfitError as error:
        raise _refused(path, use, error.reason, error.hint) from error
    try:
        document = docx.Document(io.BytesIO(mended(data)))
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
