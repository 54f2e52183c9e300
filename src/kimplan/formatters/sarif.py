"""Findings as SARIF 2.1.0, for GitHub code scanning, Azure and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.diagnostics_json import to_json
from kimplan.formatters.findings import fingerprints, sentences
from kimplan.rules import ALL_RULES, Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# What a viewer fills in or makes a link of (sections 3.11.5 and 3.11.6): {0} and [text](target).
_PLACEHOLDER = re.compile(r"\{(?=\d+\})", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:/")


def format_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the findings as a SARIF log of one run, with the rules that occur in it.

    Paths are relative to ``%SRCROOT%``, the repository's root. The partial fingerprint stays when
    lines move; GitHub's upload action adds the one of its own that it goes by.
    """
    codes = sorted({found.code for found in diagnostics})
    run = {
        "tool": {"driver": _driver(codes)},
        "columnKind": "unicodeCodePoints",
        "results": _results(diagnostics, codes),
    }
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(codes: Sequence[str]) -> dict[str, Any]:
    known = {rule.code: rule for rule in ALL_RULES}
    rules = [_rule(code, known) for code in codes]
    return {"name": "kimplan", "version": __version__, "rules": rules}


def _rule(code: str, known: Mapping[str, type[Rule]]) -> dict[str, Any]:
    """Return the rule of `code`; of a code that no rule has there is nothing more to say."""
    described: dict[str, Any] = {"id": make_visible(code)}
    if code not in known:
        return described
    rule = known[code]
    texts = {"shortDescription": rule.title(), "fullDescription": rule.explanation()}
    described["name"] = rule.__name__
    described |= {name: {"text": text} for name, text in texts.items() if text}
    if text := rule.explanation():
        described["help"] = {"text": text, "markdown": text}
    described["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
    return described


def _results(diagnostics: Sequence[Diagnostic], codes: Sequence[str]) -> list[dict[str, Any]]:
    indexes = {code: index for index, code in enumerate(codes)}
    return [
        {
            "ruleId": make_visible(found.code),
            "ruleIndex": indexes[found.code],
            "level": _LEVELS[found.severity],
            "message": {"text": _message(found)},
            "locations": [{"physicalLocation": _place(found)}],
            "partialFingerprints": {"kimplan/v1": name},
            **_fixes(found),
        }
        for found, name in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]


def _message(found: Diagnostic) -> str:
    r"""Return the sentences as plain text: ``{0}`` is shown as ``\x7b0}``, ``](`` as ``]\x28``.

    Other braces are single although section 3.11.5 doubles them: viewers show both.
    """
    return _PLACEHOLDER.sub(r"\\x7b", sentences(found)).replace("](", r"]\x28")


def _fixes(found: Diagnostic) -> dict[str, Any]:
    """Return what an editor can do about it (section 3.55): whole lines for whole lines."""
    if found.correction is None:
        return {}
    first, last, lines = found.correction
    region = {"startLine": first, "startColumn": 1, "endLine": last + 1, "endColumn": 1}
    text = "".join(f"{make_visible(line)}\n" for line in lines)
    change = {
        "artifactLocation": _artifact(found.location.path),
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": text}}],
    }
    return {"fixes": [{"artifactChanges": [change]}]}


def _place(found: Diagnostic) -> dict[str, Any]:
    region = {"startLine": found.location.line, "startColumn": found.location.column}
    return {"artifactLocation": _artifact(found.location.path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    """Return the place of a file as a URI (RFC 3986, https://www.rfc-editor.org/rfc/rfc3986)."""
    uri = quote(path, safe="/", errors="backslashreplace")
    if path.startswith("//"):
        return {"uri": f"file:{uri}"}
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{uri.replace('%3A', ':', 1)}"}
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}
