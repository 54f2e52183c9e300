from __future__ import annotations

import json

from hostile_findings import ANY_FINDINGS, ERROR, EVERY_HOSTILE, INFO, WARNING, hostile
from hypothesis import given

from kimplan import __version__
from kimplan.diagnostic import Correction, Diagnostic
from kimplan.formatters.diagnostics_json import format_json


def whole(text: str) -> str:
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_the_whole_output() -> None:
    assert format_json([ERROR, WARNING._replace(correction=Correction(2, 1, ("b: é",)))]) == (
        f"""{{
  "version": 1,
  "kimplan": "{__version__}",
"""
        r"""  "diagnostics": [
    {
      "code": "KP301",
      "severity": "error",
      "message": "A.",
      "path": "plan/a b.yaml",
      "line": 3,
      "column": 7,
      "hint": "Mend it.",
      "correction": null
    },
    {
      "code": "KP999",
      "severity": "warning",
      "message": "B is 50% \u00e9",
      "path": "plan/b.yaml",
      "line": 2,
      "column": 1,
      "hint": "Look.",
      "correction": {
        "first": 2,
        "last": 1,
        "lines": [
          "b: \u00e9"
        ]
      }
    }
  ],
  "totals": {
    "error": 1,
    "warning": 1,
    "info": 0
  }
}
"""
    )


def test_no_findings() -> None:
    assert format_json([]) == (
        f"""{{
  "version": 1,
  "kimplan": "{__version__}",
  "diagnostics": [],
  "totals": {{
    "error": 0,
    "warning": 0,
    "info": 0
  }}
}}
"""
    )


def test_half_a_surrogate_pair_is_shown_and_all_else_stays() -> None:
    text = "\ud800 \x1b\n\u202e ##[error]x \\"
    written = format_json([hostile(text)])
    assert r'"message": "\\ud800 \u001b\n\u202e \u0023#[error]x \\"' in written
    assert json.loads(written)["diagnostics"][0]["message"] == whole(text)


@given(ANY_FINDINGS)
def test_what_is_read_back_is_what_was_found(findings: list[Diagnostic]) -> None:
    read = json.loads(format_json(findings))
    assert read["diagnostics"] == [
        {
            "code": whole(found.code),
            "severity": found.severity.value,
            "message": whole(found.message),
            "path": whole(found.location.path),
            "line": found.location.line,
            "column": found.location.column,
            "hint": whole(found.hint),
            "correction": found.correction
            and {
                "first": found.correction.first,
                "last": found.correction.last,
                "lines": [whole(line) for line in found.correction.lines],
            },
        }
        for found in findings
    ]
    assert sum(read["totals"].values()) == len(findings)


@given(ANY_FINDINGS)
def test_any_console_can_show_it_and_no_log_obeys_it(findings: list[Diagnostic]) -> None:
    written = format_json([*findings, *EVERY_HOSTILE, INFO])
    assert written.isascii()
    assert "##[" not in written
    assert "##vso[" not in written
    assert all(line.isprintable() for line in written.split("\n"))
    assert not any(line.lstrip().startswith("::") for line in written.split("\n"))
