"""Office files of the usual kind as Strict Open XML, which Word and Excel save on request."""

from __future__ import annotations

import zipfile
from pathlib import Path

# ISO/IEC 29500-4, annex A: each name, and the one that it takes the place of.
_NAMES = (
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
     b"http://purl.oclc.org/ooxml/officeDocument/customProperties"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
     b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes"),
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
     b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main",
     b"http://purl.oclc.org/ooxml/drawingml/main"),
)  # fmt: skip


def as_strict(path: Path, folder: Path) -> Path:
    """Write the file at `path` into `folder` as Strict Open XML, and return where it is."""
    made = folder / path.name
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            for usual, strict in _NAMES:
                data = data.replace(usual, strict)
            new.writestr(name, data)
    return made
