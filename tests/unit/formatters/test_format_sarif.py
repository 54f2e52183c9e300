from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import TESTS
from hostile_findings import ANY_FINDINGS, ERROR, EVERY_HOSTILE, INFO, WARNING
from hypothesis import given, settings
from jsonschema import Draft4Validator

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Location
from kimplan.formatters.findings import fingerprints
from kimplan.formatters.sarif import format_sarif
from kimplan.rules.all_rules import ALL_RULES

SCHEMA = json.loads((TESTS / "data" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)
# RFC 3986, appendix A, without a query or a fragment.
PATH_CHARACTERS = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})*"
RELATIVE = re.compile(PATH_CHARACTERS)
ABSOLUTE = re.compile(f"file:(?:{PATH_CHARACTERS}|///[A-Za-z]:{PATH_CHARACTERS})")


def read(text: str) -> Any:
    """Return the only run of a log that keeps to the schema."""
    log = json.loads(text)
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    [run] = log["runs"]
    return run


def test_the_schema_refuses_what_is_wrong() -> None:
    Draft4Validator.check_schema(SCHEMA)
    log = json.loads(format_sarif([ERROR]))
    log["runs"][0]["results"][0]["level"] = "severe"
    assert len(list(VALIDATOR.iter_errors(log))) == 1


def test_the_whole_output(monkeypatch: pytest.MonkeyPatch) -> None:
    [rule] = [rule for rule in ALL_RULES if rule.code == "KP301"]
    monkeypatch.setattr(rule, "__doc__", "It is wrong.\n\n    Mend ``it``.\n    ")
    monkeypatch.setattr("kimplan.formatters.sarif.ALL_RULES", (rule,))
    monkeypatch.setattr("kimplan.formatters.sarif.homepage", lambda: "https://x.example/kimplan")
    findings = [WARNING, ERROR, INFO._replace(code="KP301")]
    names = fingerprints(findings)
    written = format_sarif(findings, "our plan")
    for index, name in enumerate(names):
        written = written.replace(name, f"<{index}>")
    assert written == (
        r"""{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "kimplan",
          "version": "<version>",
          "semanticVersion": "<version>",
          "informationUri": "https://x.example/kimplan",
          "rules": [
            {
              "id": "KP301",
              "name": "MissingDue",
              "shortDescription": {
                "text": "It is wrong."
              },
              "fullDescription": {
                "text": "Mend ``it``."
              },
              "helpUri": "https://x.example/kimplan/blob/HEAD/docs/rules.md#kp301",
              "help": {
                "text": "Mend ``it``.",
                "markdown": "Mend ``it``."
              },
              "defaultConfiguration": {
                "level": "error"
              }
            },
            {
              "id": "KP999"
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true
        }
      ],
      "automationDetails": {
        "id": "kimplan/our%20plan/"
      },
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "The repository's root."
          }
        }
      },
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "KP999",
          "ruleIndex": 1,
          "level": "warning",
          "message": {
            "text": "B is 50% \u00e9. Look."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "plan/b.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 2,
                  "startColumn": 1
                }
              }
            }
          ],
          "partialFingerprints": {
            "kimplan/v1": "<0>"
          }
        },
        {
          "ruleId": "KP301",
          "ruleIndex": 0,
          "level": "error",
          "message": {
            "text": "A. Mend it."
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "plan/a%20b.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 3,
                  "startColumn": 7
                }
              }
            }
          ],
          "partialFingerprints": {
            "kimplan/v1": "<1>"
          }
        },
        {
          "ruleId": "KP301",
          "ruleIndex": 0,
          "level": "note",
          "message": {
            "text": "C"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "plan/a%20b.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 1
                }
              }
            }
          ],
          "partialFingerprints": {
            "kimplan/v1": "<2>"
          }
        }
      ]
    }
  ]
}
""".replace("<version>", __version__)
    )
    read(format_sarif(findings))


def test_no_findings_are_an_empty_run() -> None:
    run = read(format_sarif([]))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_every_rule_can_be_described() -> None:
    findings = [ERROR._replace(code=rule.code, severity=rule.severity) for rule in ALL_RULES]
    rules = read(format_sarif(findings))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule.code for rule in ALL_RULES)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert len(rule["shortDescription"]["text"]) <= 1024  # GitHub shows no more


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("plan/é #1%.yaml", {"uri": "plan/%C3%A9%20%231%25.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a:b/c?d", {"uri": "a%3Ab/c%3Fd", "uriBaseId": "%SRCROOT%"}),
        ("../x\\y\n", {"uri": "../x%5Cy%0A", "uriBaseId": "%SRCROOT%"}),
        ("\ud800", {"uri": "%5Cud800", "uriBaseId": "%SRCROOT%"}),
        ("/srv/a b.yaml", {"uri": "file:///srv/a%20b.yaml"}),
        ("C:/a:b.yaml", {"uri": "file:///C:/a%3Ab.yaml"}),
        ("//server/share/a.yaml", {"uri": "file://server/share/a.yaml"}),
    ],
)
def test_a_path_is_a_uri(path: str, place: dict[str, str]) -> None:
    [result] = read(format_sarif([ERROR._replace(location=Location(path))]))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == place


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("[text](1) [a]", "[text]\\x281) [a]"),
        ("{0} {12} {from: x} {}", "\\x7b0} \\x7b12} {from: x} {}"),
        ("\x1b\n\ud800\u202e", "\\x1b\\x0a\\ud800\\u202e"),
    ],
)
def test_a_message_is_plain_text(message: str, said: str) -> None:
    [result] = read(format_sarif([ERROR._replace(message=message, hint="")]))["results"]
    assert result["message"] == {"text": said}


@pytest.mark.parametrize("found", EVERY_HOSTILE)
def test_hostile_text_is_shown(found: Diagnostic) -> None:
    [result] = read(format_sarif([found]))["results"]
    said = result["message"]["text"].replace("]\\x28", "](").replace("\\x7b", "{")
    assert said.startswith(make_visible(found.message))


@settings(max_examples=50)
@given(ANY_FINDINGS)
def test_whatever_is_found_keeps_to_the_schema(findings: list[Diagnostic]) -> None:
    written = format_sarif(findings)
    run = read(written)
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(findings)
    for result, found in zip(run["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == make_visible(found.code)
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        form = RELATIVE if "uriBaseId" in place else ABSOLUTE
        assert form.fullmatch(place["uri"])
        path = found.location.path.encode("utf-8", "backslashreplace").decode()
        assert unquote(place["uri"], errors="strict").endswith(path)
    assert written.isascii()
    assert "##[" not in written
