"""The Word document that a report is written into: kimplan's own, or the organisation's."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import docx
from docx.document import Document

from kimplan.errors import TemplateError
from kimplan.report.word.vetting import SAVE_AGAIN, UnfitError, vet

MAX_PACKED = 20 * 1024 * 1024
DEFAULT = Path(__file__).parent / "template"


def open_default() -> Document:
    """Return the template that kimplan brings."""
    return docx.Document(str(DEFAULT))


def open_template(path: Path) -> Document:
    """Return the organisation's template at `path`, after vetting it.

    Raises TemplateError, which says what is wrong with the file and what to do about it.
    """
    data = _read(path)
    try:
        vet(data)
    except UnfitError as error:
        raise _refused(path, error.reason, error.hint) from error
    try:
        document = docx.Document(io.BytesIO(data))
        _ = document.element.body.tag, document.styles.element
    except Exception as error:
        raise _refused(path, "Word's parts in it are broken or missing", SAVE_AGAIN) from error
    return document


def _refused(path: Path, reason: str, hint: str) -> TemplateError:
    return TemplateError(f"the template {path} cannot be used: {reason}", hint)


def _read(path: Path) -> bytes:
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise _refused(path, "it is not a file", "Name a Word document (.docx).")
        if status.st_size > MAX_PACKED:
            raise _refused(path, "it is larger than 20 MB", "Make its pictures smaller in Word.")
        return path.read_bytes()
    except FileNotFoundError:
        hint = "Check the name, or leave --template out to use the usual look."
        raise TemplateError(f"there is no template {path}", hint) from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise _refused(path, reason, "Close it in Word and check that you may read it.") from error
