"""The answers for an e-mail are sound HTML, and can be read by everybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS

from browser.pages import View, axe_findings, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ANSWERS = {page.stem: page for page in sorted((TESTS / "golden" / "answers").glob("*.html"))}
# Outlook knows neither style sheets nor the padding of a table's style.
OUTLOOK = ("no-inline-style", "no-deprecated-attr")

pytestmark = pytest.mark.browser


def test_there_is_something_to_look_at() -> None:
    assert {"overdue", "summary", "list", "show", "changes", "history"} <= ANSWERS.keys()


@pytest.mark.parametrize("name", ANSWERS)
def test_the_markup_is_valid(name: str, validate_html: Callable[..., str]) -> None:
    assert validate_html(ANSWERS[name], *OUTLOOK) == ""


# axe cannot tell the contrast of the bars of "summary", which are characters.
@pytest.mark.parametrize("view", [View(768), View()], ids=lambda view: view.name)
@pytest.mark.parametrize("name", ["changes-of-a-year", "overdue-within-90d", "show", "list"])
def test_axe_finds_nothing(name: str, view: View, browser: Browser, axe: Path) -> None:
    with opened(browser, ANSWERS[name], view) as (page, heard):
        assert axe_findings(page, axe) == []
        assert heard.console == []
