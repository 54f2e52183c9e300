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
from kimplan.formatters.homepage import homepage
from kimplan.formatters.stops import Stop, stop_sentences
from kimplan.rules import Rule
from kimplan.rules.all_rules import ALL_RULES

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# Where a kimplan is at home that nobody has released is not known, and SARIF asks for an address:
# that of those whose recommendations it is about is true everywhere.
_OMBUDSMAN = "https://www.housing-ombudsman.org.uk/"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# What a viewer fills in or makes a link of (sections 3.11.5 and 3.11.6): {0} and [text](target).
_PLACEHOLDER = re.compile(r"\{(?=\d+\})", re.ASCII)
_DRIVE = re.compile(r"[A-Za-z]:/")


def format_sarif(
    diagnostics: Sequence[Diagnostic], plan: str = "", stops: Sequence[Stop] = ()
) -> str:
    """Return the findings as a SARIF log of one run, with the rules that occur in it.

    `plan` is the plan's folder from the repository's root, by which the forge tells the logs of
    several plans apart. `stops` say why something was not checked: the run has failed then.
    Paths are relative to ``%SRCROOT%``, the repository's root. The partial fingerprint stays when
    lines move; GitHub's upload action adds the one of its own that it goes by.
    """
    codes = sorted({found.code for found in diagnostics})
    run = {
        "tool": {"driver": _driver(codes)},
        "invocations": [_invocation(stops)],
        **_category(plan),
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The repository's root."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(diagnostics, codes),
    }
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _invocation(stops: Sequence[Stop]) -> dict[str, Any]:
    """Return how the run ended (section 3.20): with findings it has done its work."""
    said = [{"level": "error", "message": {"text": _plain(stop_sentences(one))}} for one in stops]
    described: dict[str, Any] = {"executionSuccessful": not stops}
    return described | ({"toolExecutionNotifications": said} if said else {})


def _category(plan: str) -> dict[str, Any]:
    """Return what GitHub keeps apart by: a log without it is of the workflow's job.

    What stands behind the last slash would be the run's own name (section 3.17.3).
    """
    if not plan:
        return {}
    return {"automationDetails": {"id": f"kimplan/{_artifact(plan)['uri']}/"}}


def _driver(codes: Sequence[str]) -> dict[str, Any]:
    known, home = {rule.code: rule for rule in ALL_RULES}, homepage()
    return {
        "name": "kimplan",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": home or _OMBUDSMAN,
        "rules": [_rule(code, known, home) for code in codes],
    }


def _rule(code: str, known: Mapping[str, type[Rule]], home: str) -> dict[str, Any]:
    """Return the rule of `code`; of a code that no rule has there is nothing more to say."""
    described: dict[str, Any] = {"id": make_visible(code)}
    if code not in known:
        return described
    rule = known[code]
    texts = {"shortDescription": rule.title(), "fullDescription": rule.explanation()}
    described["name"] = rule.__name__
    described |= {name: {"text": text} for name, text in texts.items() if text}
    if home:
        described["helpUri"] = f"{home}/blob/HEAD/docs/rules.md#{code.lower()}"
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
    return _plain(sentences(found))


def _plain(text: str) -> str:
    return _PLACEHOLDER.sub(r"\\x7b", text).replace("](", r"]\x28")


def _fixes(found: Diagnostic) -> dict[str, Any]:
    """Return what an editor can do about it (section 3.55): whole lines for whole lines."""
    if found.correction is None:
        return {}
    first, last, lines = found.correction
    text = "\n".join(map(make_visible, lines))
    # To the end of a line that may be the file's last, and have no line end.
    region = {"startLine": first, "endLine": last}
    if not lines or last < first:
        after = max(first, last + 1)
        region = {"startLine": first, "startColumn": 1, "endLine": after, "endColumn": 1}
        text += "\n" if lines else ""
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
