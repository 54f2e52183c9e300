"""What each format says of a check that could not run, and who is said to have made a log."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from importlib.metadata import PackageNotFoundError
from typing import Any

import pytest
from conftest import TESTS
from hostile_findings import ERROR, HOSTILE, WARNING
from jsonschema import Draft4Validator
from lxml import etree

from kimplan.characters import make_visible
from kimplan.diagnostic import Correction, Location, Severity
from kimplan.formatters import homepage as of_home
from kimplan.formatters.findings import joined, of_change
from kimplan.formatters.github import format_github_stop, format_github_stop_summary
from kimplan.formatters.junit import format_junit
from kimplan.formatters.sarif import format_sarif
from kimplan.formatters.stops import Stop
from kimplan.starter.origin import UNKNOWN, Origin

SARIF = Draft4Validator(
    json.loads((TESTS / "data" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
)
JUNIT = etree.XMLSchema(etree.parse(TESTS / "data" / "schemas" / "junit-10.xsd"))
STOP = Stop("there is no plan", "Name it.")
OF_ONE = Stop("there is no base", "", "south [x](1) {0}")


def read(text: str) -> Any:
    log = json.loads(text)
    assert [error.message for error in SARIF.iter_errors(log)] == []
    [run] = log["runs"]
    return run


# A check that could not run


def test_github_has_an_annotation_and_a_summary() -> None:
    assert format_github_stop(STOP) == "::error title=kimplan::there is no plan%0AName it.\n"
    assert format_github_stop_summary(STOP) == (
        "### kimplan\n\n**The plan was not checked.** `there is no plan` `Name it.`\n"
    )
    assert format_github_stop_summary(STOP, "report") == (
        "### kimplan\n\n**kimplan `report` did not run.** `there is no plan` `Name it.`\n"
    )
    assert format_github_stop(Stop("no", "", "south")) == (
        "::error title=kimplan::south was not checked: no\n"
    )


def test_junit_has_an_error_beside_the_failures() -> None:
    written = format_junit([ERROR], stops=[STOP, OF_ONE._replace(plan="south")])
    JUNIT.assertValid(etree.fromstring(written.encode()))
    assert written == (
        """<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kimplan" tests="3" failures="1" errors="2">
  <testsuite name="kimplan" tests="3" failures="1" errors="2" skipped="0">
    <testcase classname="kimplan" name="plan">
      <error message="there is no plan" type="error">there is no plan. Name it.</error>
    </testcase>
    <testcase classname="kimplan" name="south">
      <error message="south was not checked: there is no base" type="error">south was not checked: \
there is no base</error>
    </testcase>
    <testcase classname="kimplan" name="plan/a b.yaml">
      <failure message="KP301 A." type="error">plan/a b.yaml:3:7: error KP301 A.
  hint: Mend it.
</failure>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_sarif_has_a_run_that_failed() -> None:
    run = read(format_sarif([ERROR], stops=[STOP, OF_ONE]))
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": "there is no plan. Name it."}},
                {
                    "level": "error",
                    "message": {
                        "text": "south [x]\\x281) \\x7b0} was not checked: there is no base"
                    },
                },
            ],
        }
    ]
    assert len(run["results"]) == 1
    assert "automationDetails" not in run


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_a_hostile_reason_is_shown(text: str) -> None:
    stop = Stop(text, text, text)
    assert read(format_sarif([], stops=[stop]))["invocations"][0]["executionSuccessful"] is False
    written = format_junit([], stops=[stop])
    assert "##" not in written
    assert "::" not in written
    [error] = ET.fromstring(written).iter("error")
    assert error.get("message") == make_visible(str(stop))
    annotation = format_github_stop(stop)
    assert annotation.count("\n") == 1
    assert "##[" not in annotation
    assert format_github_stop_summary(stop).count("\n") == 3


# Who made a log


@pytest.mark.parametrize(
    ("released", "installed", "home"),
    [
        (["Homepage, https://github.com/acme/kimplan"], UNKNOWN, "https://github.com/acme/kimplan"),
        (["Issues, https://x.example/i", "homepage,https://x.example"], UNKNOWN, "https://x.example"),
        ([], Origin("https://git.example/a/kimplan.git", "0" * 40), "https://git.example/a/kimplan"),
        (["Homepage, http://x.example"], UNKNOWN, ""),
        (None, UNKNOWN, ""),
    ],
)  # fmt: skip
def test_home_is_what_the_release_or_the_installer_says(
    released: list[str] | None, installed: Origin, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Metadata:
        def get_all(self, name: str) -> list[str] | None:
            assert name == "Project-URL"
            return released

    def metadata(name: str) -> Metadata:
        if released is None:
            raise PackageNotFoundError(name)
        return Metadata()

    monkeypatch.setattr("importlib.metadata.metadata", metadata)
    monkeypatch.setattr(of_home, "own_origin", lambda: installed)
    assert of_home.homepage() == home


def test_without_a_home_the_address_is_true_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kimplan.formatters.sarif.homepage", lambda: "")
    driver = read(format_sarif([ERROR]))["tool"]["driver"]
    assert driver["informationUri"] == "https://www.housing-ombudsman.org.uk/"
    assert "helpUri" not in driver["rules"][0]


@pytest.mark.parametrize(
    ("plan", "category"),
    [("plan", "kimplan/plan/"), ("a/our plan", "kimplan/a/our%20plan/"), ("é", "kimplan/%C3%A9/")],
)
def test_a_log_is_of_its_plan(plan: str, category: str) -> None:
    assert read(format_sarif([], plan))["automationDetails"] == {"id": category}


# What an editor would do


@pytest.mark.parametrize(
    ("correction", "region", "text"),
    [
        (Correction(3, 3, ("due: 2024-03",)), {"startLine": 3, "endLine": 3}, "due: 2024-03"),
        (Correction(3, 4, ("a: 1", "b: 2")), {"startLine": 3, "endLine": 4}, "a: 1\nb: 2"),
        (
            Correction(3, 4, ()),
            {"startLine": 3, "startColumn": 1, "endLine": 5, "endColumn": 1},
            "",
        ),
        (
            Correction(3, 2, ("a: 1", "b: 2")),
            {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 1},
            "a: 1\nb: 2\n",
        ),
    ],
)
def test_lines_are_replaced_taken_out_and_put_in(
    correction: Correction, region: dict[str, int], text: str
) -> None:
    """A last line without a line end is replaced too: the region ends with the line itself."""
    [result] = read(format_sarif([ERROR._replace(correction=correction)]))["results"]
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": text}}]


# Findings of a change


def test_of_several_plans_what_a_change_touched_comes_first() -> None:
    ours = ERROR._replace(location=Location("a"))
    theirs = ERROR._replace(location=Location("b"))
    noise = WARNING._replace(location=Location("b"))
    one = of_change([theirs, noise, ours], {"a"})
    assert (one.own, one.others, one.left_out) == ([ours], [theirs], [noise])
    assert joined([of_change([theirs], set()), one]).shown == [ours, theirs, theirs]
    nothing = joined([])
    assert (nothing.own, nothing.others, nothing.left_out) == ([], [], [])
    assert of_change([noise, ours], None).shown == [noise, ours]
    assert noise.severity is Severity.WARNING
