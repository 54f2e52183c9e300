"""What the tests in a browser need, and where it is not: a browser, axe and a validator of HTML.

``AXE_CORE`` names the file ``axe.min.js``, ``HTML_VALIDATE`` the program of html-validate, both of
which come from npm; the browser is the system's Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def missing(what: str) -> NoReturn:
    """Skip the test because `what` is not there; fail where every test has to run."""
    if os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") == "1":
        pytest.fail(f"{what} is not installed, and KIMPLAN_REQUIRE_ALL_TESTS is 1")
    pytest.skip(f"{what} is not installed")


def named_file(variable: str, what: str) -> Path:
    """Return the file that an environment variable names, or skip the test."""
    named = os.environ.get(variable, "")
    if not named:
        missing(f"{what}, {variable},")
    if not Path(named).is_file():
        pytest.fail(f"{variable} names no file: {named}")
    return Path(named)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window; each test opens pages of its own in it.

    Its driver runs an event loop in this thread, which must end before other modules begin theirs.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None) or missing("Chromium")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if is_root else []
        )
        yield made
        made.close()


@pytest.fixture(scope="session")
def axe() -> Path:
    """The script of axe-core."""
    return named_file("AXE_CORE", "axe-core")


@pytest.fixture(scope="session")
def validate_html() -> Callable[..., str]:
    """Return what html-validate says of a page by the rules that it recommends; nothing is well.

    The names of rules that do not hold for a page stand behind it.
    """
    program = named_file("HTML_VALIDATE", "html-validate")

    def validate(page: Path, *off: str) -> str:
        command: list[str | Path] = [
            program,
            "--preset",
            "recommended",
            "--formatter",
            "text",
            *(f"--rule={rule}:off" for rule in off),
            page.name,
        ]
        done = subprocess.run(
            command, cwd=page.parent, capture_output=True, timeout=120, check=False
        )
        return (done.stdout + done.stderr).decode("utf-8")

    return validate
