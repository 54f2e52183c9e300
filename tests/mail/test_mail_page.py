"""The HTML part of a mail in a browser: whole at any width, and nothing fetched from anywhere."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import AS_OF, make_plan

from kimplan.answers.group import PlanOf
from kimplan.answers.letter import Occasion, write_letter
from kimplan.answers.reminders import Question, Reminded, digests
from kimplan.mail.page import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
_IS_THERE = _CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
pytestmark = pytest.mark.skipif(
    not _IS_THERE and os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") != "1",
    reason="Chromium or its driver, playwright, is not installed",
)
needs_axe = pytest.mark.skipif(
    not os.environ.get("AXE_CORE") and os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") != "1",
    reason="AXE_CORE names no axe.min.js",
)
LONG = "Superlongwordthatnobodywouldeverwritebutsomebodydid" * 3


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def page_of(*titles: str) -> str:
    records = [
        {"title": title, "due": due, "owners": ["Data Manager", "Head of Repairs"]}
        for title, due in zip(titles, ("2024-03", "2024-06", "2025-01"), strict=False)
    ]
    plan = make_plan(*records, source={"title": "Report", "published": "2023-05"})
    one = Reminded(PlanOf("", plan), lambda ref: f"https://forge.example/edit/{ref}.yaml")
    found = digests([one], Question(AS_OF, owners=["Data Manager", "Company Secretary"]))
    return as_html(write_letter(found, Occasion(AS_OF)))


@pytest.mark.parametrize("width", [320, 640, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mail_is_whole_at_any_width(
    chromium: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    page = chromium.new_page(
        viewport={"width": width, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    file = tmp_path / "mail.html"
    file.write_text(page_of("Keep a list.", LONG, "<img src=https://evil.example/x>"), "utf-8")
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h2").all_inner_texts() == ["Data Manager", "The whole plan"]
    assert page.locator("h3").all_inner_texts()[:3] == [
        "Overdue: 1", "Due soon: 1", "A note would help here too: 1"
    ]  # fmt: skip
    assert page.locator("h1").inner_text().startswith("One thing is overdue, one falls due soon")
    assert page.locator("img, script, iframe, form").count() == 0
    links = page.locator("a").all()
    assert [link.inner_text() for link in links[:2]] == [
        "Open the file of REC1", "Open the file of REC2"
    ]  # fmt: skip
    page.close()


@needs_axe
def test_axe_finds_nothing(chromium: Browser, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 640, "height": 700})
    file = tmp_path / "mail.html"
    file.write_text(page_of("Keep a list.", "Keep two.", "Keep three."), "utf-8")
    page.goto(file.as_uri())
    page.add_script_tag(path=os.environ["AXE_CORE"])
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    page.close()
