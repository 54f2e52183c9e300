from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from conftest import TESTS
from hostile_findings import ANY_FINDINGS, ERROR, EVERY_HOSTILE, HOSTILE, INFO, WARNING, hostile
from hypothesis import given
from lxml import etree

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.junit import format_junit

SCHEMA = etree.XMLSchema(etree.parse(TESTS / "data" / "schemas" / "junit-10.xsd"))


def read(text: str) -> ET.Element:
    SCHEMA.assertValid(etree.fromstring(text.encode()))
    return ET.fromstring(text)


def test_the_whole_output() -> None:
    second = ERROR._replace(message="D é", hint="")
    assert format_junit([ERROR, WARNING, INFO, second]) == (
        """<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kimplan" tests="2" failures="1" errors="0">
  <testsuite name="kimplan" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="kimplan" name="plan/a b.yaml">
      <failure message="KP301 A. (and 1 more)" type="error">plan/a b.yaml:3:7: error KP301 A.
  hint: Mend it.
plan/a b.yaml:3:7: error KP301 D &#233;
</failure>
      <system-out>plan/a b.yaml:1:1: info KP702 C
</system-out>
    </testcase>
    <testcase classname="kimplan" name="plan/b.yaml">
      <system-out>plan/b.yaml:2:1: warning KP999 B is 50% &#233;
  hint: Look.
</system-out>
    </testcase>
  </testsuite>
</testsuites>
"""
    )


def test_no_findings_are_a_test_that_passes() -> None:
    written = format_junit([], "21 recommendations")
    assert written == (
        """<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kimplan" tests="1" failures="0" errors="0">
  <testsuite name="kimplan" tests="1" failures="0" errors="0" skipped="0">
    <testcase classname="kimplan" name="21 recommendations" />
  </testsuite>
</testsuites>
"""
    )
    read(written)


def test_warnings_alone_fail_nothing() -> None:
    root = read(format_junit([WARNING, INFO]))
    assert root.attrib["failures"] == "0"
    assert root.find(".//failure") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown(text: str) -> None:
    written = format_junit([hostile(text), hostile(text, Severity.INFO)])
    [case] = read(written).iter("testcase")
    failure, output = case
    assert case.attrib == {"classname": "kimplan", "name": make_visible(text)}
    assert failure.attrib == {"message": f"KP301 {make_visible(text)}", "type": "error"}
    said = make_visible(text).replace("[[", "[\\x5b")
    assert (failure.text or "").startswith(f"{said}:3:7: error KP301 {said}\n")
    assert (output.text or "").startswith(f"{said}:3:7: info KP301 {said}\n")


@given(ANY_FINDINGS)
def test_whatever_is_found_is_xml_that_the_schema_allows(findings: list[Diagnostic]) -> None:
    root = read(format_junit(findings))
    failing = {found.location.path for found in findings if found.severity is Severity.ERROR}
    assert root.attrib["tests"] == str(len({found.location.path for found in findings}) or 1)
    assert root.attrib["failures"] == str(len(failing))
    assert len(list(root.iter("failure"))) == len(failing)


@given(ANY_FINDINGS)
def test_any_console_can_show_it_and_no_log_obeys_it(findings: list[Diagnostic]) -> None:
    written = format_junit([*findings, *EVERY_HOSTILE])
    assert written.isascii()
    assert "##" not in written
    assert "::" not in written
    assert not any("[[" in (element.text or "") for element in read(written).iter())
