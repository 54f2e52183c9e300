"""Findings as JSON (RFC 8259, https://www.rfc-editor.org/rfc/rfc8259), for any program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kimplan import __version__
from kimplan.characters import LOG_COMMAND
from kimplan.diagnostic import Correction, Diagnostic, Severity

FORMAT_VERSION = 1


def format_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the findings and their totals as one JSON object; docs/formats.md names its fields.

    Texts are as they are, but for half a surrogate pair, which strict readers refuse: it is shown
    as an escape.
    """
    counts = Counter(found.severity for found in diagnostics)
    return to_json(
        {
            "version": FORMAT_VERSION,
            "kimplan": __version__,
            "diagnostics": [_entry(found) for found in diagnostics],
            "totals": {str(severity): counts[severity] for severity in Severity},
        }
    )


def to_json(value: Any) -> str:
    r"""Return `value` as JSON in ASCII, which any console can show and no pipeline's log obeys.

    ``##[`` can only stand in a text, where ``\u0023`` means the same as ``#``.
    """
    text = json.dumps(value, indent=2, ensure_ascii=True)
    return LOG_COMMAND.sub(r"\\u0023", text) + "\n"


def _entry(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": _whole(found.code),
        "severity": str(found.severity),
        "message": _whole(found.message),
        "path": _whole(found.location.path),
        "line": found.location.line,
        "column": found.location.column,
        "hint": _whole(found.hint),
        "correction": found.correction and _correction(found.correction),
    }


def _correction(correction: Correction) -> dict[str, Any]:
    lines = [_whole(line) for line in correction.lines]
    return {"first": correction.first, "last": correction.last, "lines": lines}


def _whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
