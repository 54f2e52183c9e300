"""Findings as a GitLab Code Quality report, for the merge request's widget and changes.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.diagnostics_json import to_json
from kimplan.formatters.findings import fingerprints, sentences

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def format_gitlab(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the findings as a JSON list of code quality violations; none is an empty list.

    A fingerprint stays when lines move, so that GitLab can tell a new finding from an old one.
    """
    named = zip(diagnostics, fingerprints(diagnostics), strict=True)
    return to_json([_violation(found, name) for found, name in named])


def _violation(found: Diagnostic, fingerprint: str) -> dict[str, Any]:
    return {
        "description": sentences(found),
        "check_name": make_visible(found.code),
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {
            "path": make_visible(found.location.path),
            "lines": {"begin": found.location.line},
        },
    }
