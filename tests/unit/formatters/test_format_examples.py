"""The examples in docs/formats.md are what the formatters write."""

from __future__ import annotations

import json
import re

import pytest
from conftest import REPOSITORY

from kimplan import __version__
from kimplan.diagnostic import Correction, Diagnostic, Location, Severity
from kimplan.formatters.diagnostics_json import format_json
from kimplan.formatters.github import format_github
from kimplan.formatters.gitlab import format_gitlab
from kimplan.formatters.junit import format_junit
from kimplan.formatters.sarif import format_sarif

DOCUMENT = (REPOSITORY / "docs" / "formats.md").read_text(encoding="utf-8")
FOUND = Diagnostic(
    "KP201",
    Severity.ERROR,
    "due 'July 2024' is not a date",
    Location("plan/recommendations/REC6.yaml", 14, 6),
    "Write the month as a number.",
    "due: July 2024",
    Correction(14, 14, ("due: 2024-07",)),
)


def example(name: str) -> str:
    """Return the first block of code below the heading `name`."""
    _, section = DOCUMENT.split(f"\n### {name}\n")
    found = re.search(r"^```\w*\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found.group(1).replace('"kimplan": "0.1.0"', f'"kimplan": "{__version__}"')


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("json", format_json([FOUND])),
        ("github", format_github([FOUND])),
        ("gitlab", format_gitlab([FOUND])),
        ("junit", format_junit([FOUND])),
    ],
)
def test_an_example_is_what_is_written(name: str, written: str) -> None:
    assert example(name) == written


def test_the_example_of_sarif_is_a_result() -> None:
    results = json.loads(format_sarif([FOUND]))["runs"][0]["results"]
    assert example("sarif") == f"{json.dumps(results[0], indent=2)}\n"


def test_every_field_is_explained() -> None:
    written = json.loads(format_json([FOUND]))
    for field in (*written, *written["diagnostics"][0]):
        assert f"`{field}`" in DOCUMENT
