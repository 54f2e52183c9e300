from __future__ import annotations

import json

import pytest
from hostile_findings import ANY_FINDINGS, ERROR, EVERY_HOSTILE, INFO, WARNING
from hypothesis import given

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic
from kimplan.formatters.findings import fingerprints
from kimplan.formatters.gitlab import format_gitlab

# What docs.gitlab.com/ci/testing/code_quality/ asks of a violation.
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def assert_a_report(text: str) -> None:
    violations = json.loads(text)
    for violation in violations:
        assert violation.keys() == {
            "description", "check_name", "fingerprint", "severity", "location"
        }  # fmt: skip
        assert {type(value) for name, value in violation.items() if name != "location"} == {str}
        assert violation["severity"] in SEVERITIES
        assert violation["location"].keys() == {"path", "lines"}
        assert isinstance(violation["location"]["path"], str)
        assert violation["location"]["lines"].keys() == {"begin"}
        assert isinstance(violation["location"]["lines"]["begin"], int)
    assert len({violation["fingerprint"] for violation in violations}) == len(violations)


def test_the_whole_output() -> None:
    first, second, third = fingerprints([ERROR, WARNING, INFO])
    assert format_gitlab([ERROR, WARNING, INFO]) == (
        r"""[
  {
    "description": "A. Mend it.",
    "check_name": "KP301",
    "fingerprint": "<1>",
    "severity": "major",
    "location": {
      "path": "plan/a b.yaml",
      "lines": {
        "begin": 3
      }
    }
  },
  {
    "description": "B is 50% \u00e9. Look.",
    "check_name": "KP999",
    "fingerprint": "<2>",
    "severity": "minor",
    "location": {
      "path": "plan/b.yaml",
      "lines": {
        "begin": 2
      }
    }
  },
  {
    "description": "C",
    "check_name": "KP702",
    "fingerprint": "<3>",
    "severity": "info",
    "location": {
      "path": "plan/a b.yaml",
      "lines": {
        "begin": 1
      }
    }
  }
]
""".replace("<1>", first)
        .replace("<2>", second)
        .replace("<3>", third)
    )


def test_no_findings_are_an_empty_list() -> None:
    assert format_gitlab([]) == "[]\n"


@pytest.mark.parametrize("found", EVERY_HOSTILE)
def test_hostile_text_is_shown(found: Diagnostic) -> None:
    written = format_gitlab([found, found])
    assert_a_report(written)
    for violation in json.loads(written):
        assert violation["location"]["path"] == make_visible(found.location.path)
        assert violation["description"].startswith(make_visible(found.message))


@given(ANY_FINDINGS)
def test_whatever_is_found_is_a_report(findings: list[Diagnostic]) -> None:
    written = format_gitlab(findings)
    assert_a_report(written)
    assert len(json.loads(written)) == len(findings)
    assert written.isascii()
    assert "##[" not in written
