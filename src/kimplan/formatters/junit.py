"""Findings as JUnit XML, which GitLab, Azure and Jenkins show as test results.

There is no standard; this keeps to the schema of Jenkins' xUnit plugin, the strictest reader:
https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kimplan.characters import make_visible
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.formatters.stops import Stop, stop_sentences
from kimplan.formatters.text import format_diagnostics

SUITE = "kimplan"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def format_junit(
    diagnostics: Sequence[Diagnostic], where: str = "plan", stops: Sequence[Stop] = ()
) -> str:
    """Return the findings as a suite with a test for each file that has any.

    A file's errors are the test's one failure; warnings and infos are its output and fail nothing.
    What could not be checked, as `stops` say, is a test with an error. Without either there is one
    test, named `where`, that passes. All is ASCII, and characters
    that XML 1.0 forbids (https://www.w3.org/TR/xml/#charsets) are shown as escapes.
    """
    files: dict[str, list[Diagnostic]] = {}
    for found in diagnostics:
        files.setdefault(found.location.path, []).append(found)
    cases = [_stopped(stop, where) for stop in stops]
    cases += [_case(path, inside) for path, inside in files.items()]
    cases = cases or [_case(where, [])]
    root = _suites(cases)
    indent(root)
    text = tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    # The same characters, but no pipeline's log takes them for a command.
    quiet = text.replace("##", "#&#35;").replace("::", ":&#58;")
    return f"{_DECLARATION}{quiet}\n"


def _suites(cases: Sequence[Element]) -> Element:
    totals = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
    }
    root = Element("testsuites", {"name": SUITE, **totals})
    suite = SubElement(root, "testsuite", {"name": SUITE, **totals, "skipped": "0"})
    suite.extend(cases)
    return root


def _stopped(stop: Stop, where: str) -> Element:
    name = make_visible(stop.plan) or where
    case = Element("testcase", {"classname": SUITE, "name": name})
    message = {"message": make_visible(str(stop)), "type": str(Severity.ERROR)}
    SubElement(case, "error", message).text = stop_sentences(stop).replace("[[", r"[\x5b")
    return case


def _case(path: str, diagnostics: Sequence[Diagnostic]) -> Element:
    case = Element("testcase", {"classname": SUITE, "name": make_visible(path)})
    errors = [found for found in diagnostics if found.severity is Severity.ERROR]
    others = [found for found in diagnostics if found.severity is not Severity.ERROR]
    if errors:
        attributes = {"message": _headline(errors), "type": str(Severity.ERROR)}
        SubElement(case, "failure", attributes).text = _lines(errors)
    if others:
        SubElement(case, "system-out").text = _lines(others)
    return case


def _headline(errors: Sequence[Diagnostic]) -> str:
    more = f" (and {len(errors) - 1:,} more)" if len(errors) > 1 else ""
    return f"{make_visible(errors[0].code)} {make_visible(errors[0].message)}{more}"


def _lines(diagnostics: Sequence[Diagnostic]) -> str:
    r"""Return the findings as text; ``[[``, which could attach a file, is shown as ``[\x5b``."""
    return format_diagnostics(diagnostics).replace("[[", r"[\x5b")
