"""The public page in a browser: for eyes, for a keyboard, for a screen reader and on paper."""

from __future__ import annotations

import http.server
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
from conftest import AS_OF, load_shipped_plan, make_plan
from hostile_pages import HOSTILE, hostile_plan

from browser.pages import VIEWS, View, axe_findings, focused, opened, overflow, roles, small_targets
from kimplan.answers.group import PlanOf
from kimplan.html.public import public_page
from kimplan.model.plan import Plan
from kimplan.model.prose import parse_prose
from kimplan.report.public import publish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

each_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
NARROW, WIDE = View(320), View(1440)


def full_plan() -> Plan:
    """Return a plan with every public column, every rating of brag, and a reason for no date."""
    link = "https://example.org/register"
    told: dict[str, Any] = {
        "evidence": [{"title": "Register", "link": link, "expires": "2025-01"}, {"title": "Note"}],
        "actions": [
            {"title": "Write it", "due": "2024-06", "owner": "Data Manager"},
            {"title": "Test it", "done": "2024-03-02"},
        ],
        "fields": {"priority": "High", "story": "One.\n\n- two\n  - three\n\n1. four"},
        "revisions": [{"from": "2024-03", "to": "2024-07", "reason": "Later", "on": "2024-03-01"}],
    }
    names = ("ref", "recommendation", "response", "rag", "due", "owners", "completed", "actions")
    return make_plan(
        told,
        {"rag": "blue", "completed": "2024-05-01", "due": "2024-03", "ref": "4.2"},
        {"rag": "green"},
        {"rag": "red", "due": "none agreed", "due_reason": "The **budget** is open."},
        {"rag": "not-applicable", "due": None, "superseded_by": "REC1", "section": "repairs"},
        ratings={"scheme": "brag"},
        fields=[
            {"id": "priority", "label": "Priority"},
            {"id": "story", "label": "Story", "type": "text"},
        ],
        columns=[
            *({"field": name, "label": name.capitalize()} for name in names),
            {"field": "fields.priority", "label": "Priority"},
            {"field": "fields.story", "label": "Story"},
        ],
    )


def welsh_plan() -> Plan:
    return make_plan({}, language="cy", title="Cynllun", organisation="Cartrefi")


PLANS: dict[str, Callable[[], list[tuple[str, Plan]]]] = {
    "shipped": lambda: [("", load_shipped_plan())],
    "full": lambda: [("", full_plan())],
    "hostile": lambda: [("", hostile_plan())],
    "several": lambda: [
        ("north/a", load_shipped_plan()),
        ("4 & <b>", full_plan()),
        ("cy", welsh_plan()),
    ],
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each of those plans."""
    folder = tmp_path_factory.mktemp("pages")
    found = {name: folder / f"{name}.html" for name in PLANS}
    for name, plans in PLANS.items():
        published = [PlanOf(called, publish(plan).plan) for called, plan in plans()]
        found[name].write_text(public_page(published, AS_OF), encoding="utf-8", newline="\n")
    return found


@pytest.mark.parametrize("name", PLANS)
def test_the_markup_is_valid(
    name: str, pages: dict[str, Path], validate_html: Callable[[Path], str]
) -> None:
    assert validate_html(pages[name]) == ""


def test_the_validator_finds_something(
    tmp_path: Path, pages: dict[str, Path], validate_html: Callable[[Path], str]
) -> None:
    text = pages["shipped"].read_text(encoding="utf-8").replace("<caption", "<caption id=REC1", 1)
    wrong = tmp_path / "wrong.html"
    wrong.write_text(text, encoding="utf-8")
    assert "no-dup-id" in validate_html(wrong)


@each_view
def test_axe_finds_nothing(view: View, browser: Browser, pages: dict[str, Path], axe: Path) -> None:
    with opened(browser, pages["full"], view, bypass_csp=True) as (page, _):
        assert axe_findings(page, axe) == []


@pytest.mark.parametrize("view", [NARROW, View(1440, "dark")], ids=lambda view: view.name)
@pytest.mark.parametrize("name", ["shipped", "hostile", "several"])
def test_axe_finds_nothing_in_other_plans(
    name: str, view: View, browser: Browser, pages: dict[str, Path], axe: Path
) -> None:
    with opened(browser, pages[name], view, bypass_csp=True) as (page, _):
        assert axe_findings(page, axe) == []


def test_axe_finds_something(browser: Browser, pages: dict[str, Path], axe: Path) -> None:
    with opened(browser, pages["shipped"], bypass_csp=True) as (page, _):
        page.evaluate("document.querySelector('.page-head p').style.color = '#ddd'")
        assert any("color-contrast" in found for found in axe_findings(page, axe))


@each_view
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_wider_than_the_window(
    name: str, view: View, browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages[name], view) as (page, _):
        assert overflow(page) == 0


@pytest.mark.parametrize("view", [NARROW, View(768), WIDE], ids=lambda view: view.name)
def test_a_finger_finds_each_link(view: View, browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["full"], view) as (page, _):
        assert small_targets(page) == []


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=lambda view: view.name)
def test_a_table_is_one_to_a_screen_reader(
    view: View, browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["shipped"], view) as (page, _):
        found = roles(page)
    headings = [name for role, name in found if role == "heading"]
    tables = [name for role, name in found if role == "table"]
    assert headings[1:] == tables == [
        "Governance and Culture",
        "Key Recording Standards",
        "Ensure appropriate systems are in place",
        "Mergers and other structural changes",
        "Repairs",
    ]  # fmt: skip
    assert [name for role, name in found if role == "rowheader"][:2] == ["REC1", "REC2"]
    assert sum(role == "rowheader" for role, _ in found) == 21
    assert sum(role == "columnheader" for role, _ in found) == 5 * 6
    assert (
        sum(role == "cell" for role, _ in found) + sum(role == "gridcell" for role, _ in found) > 90
    )


def test_a_card_says_what_each_of_its_texts_is(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["shipped"], NARROW) as (page, _):
        said = page.eval_on_selector_all(
            "tbody tr:first-child td",
            "all => all.map(one => getComputedStyle(one, '::before').content)",
        )
    names = ("Ombudsman Recommendation", "Westward Housing Group Response", "RAG rating")
    assert said[:3] == [f'"{name}"' for name in names]


def test_the_keyboard_reaches_everything_in_order(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["shipped"], NARROW) as (page, _):
        page.keyboard.press("Tab")
        assert focused(page) == "a #page--main"
        assert _is_seen(page)
        page.keyboard.press("Enter")
        assert focused(page).startswith("main")
        page.keyboard.press("Tab")
        assert focused(page) == "a #section--governance-and-culture"
        for _ in range(5):
            page.keyboard.press("Tab")
        assert focused(page) == "a #REC1"
        assert _is_seen(page)
        assert page.evaluate(
            "parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
        ) >= 2  # fmt: skip


@pytest.mark.parametrize("view", [View(768), WIDE], ids=lambda view: view.name)
def test_no_header_hides_what_has_the_focus(
    view: View, browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["shipped"], view) as (page, _):
        page.keyboard.press("Shift+Tab")
        for _ in range(24):
            assert _is_seen(page), focused(page)
            page.keyboard.press("Shift+Tab")


def _is_seen(page: Page) -> bool:
    """Return whether the element with the focus is what stands in the middle of its place."""
    seen: bool = page.evaluate(
        """() => {
            const one = document.activeElement, box = one.getBoundingClientRect();
            const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return one === found || one.contains(found) || found?.contains(one) && found === one;
        }"""
    )
    return seen


def test_an_address_leads_to_its_row(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, f"{pages['shipped'].as_uri()}#REC6", WIDE) as (page, _):
        row = page.evaluate("document.querySelector(':target').innerText")
        top = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert row.startswith("REC6")
    assert 0 < top < 200
    with opened(browser, f"{pages['several'].as_uri()}#plan-4-b--4.2", WIDE) as (page, _):
        assert page.evaluate("document.querySelector(':target').innerText").startswith("4.2")


def test_a_ref_leads_to_the_one_that_took_its_place(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["several"], WIDE) as (page, _):
        page.click("text=Superseded by >> xpath=.. >> a")
        assert page.url.endswith("#plan-4-b--REC1")
        assert page.evaluate("document.querySelector(':target').innerText").startswith("REC1")


@pytest.mark.parametrize("name", PLANS)
def test_the_page_asks_for_nothing_and_its_own_policy_holds(
    name: str, browser: Browser, pages: dict[str, Path]
) -> None:
    with served(pages[name].parent) as (address, asked):
        with opened(browser, f"{address}/{name}.html") as (page, heard):
            page.wait_for_load_state("networkidle")
            ground = page.evaluate("getComputedStyle(document.querySelector('thead th')).color")
            page.evaluate(
                "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')"
            )
            refused = list(heard.console)
        assert heard.requests == [f"{address}/{name}.html", "data:,"][: len(heard.requests)]
        assert asked == [f"/{name}.html"]
    assert ground == "rgb(255, 255, 255)"  # the page's own style is let in, and no other
    assert len(refused) == 1
    assert "Content Security Policy" in refused[0]


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve a folder as a static host does; give its address, and the paths that are asked for."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(folder))
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_page_needs_no_script(browser: Browser, pages: dict[str, Path]) -> None:
    assert "<script" not in pages["shipped"].read_text(encoding="utf-8")
    with opened(browser, pages["shipped"], script=False) as (page, _):
        assert page.locator("tbody tr").count() == 21


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=lambda view: view.name)
def test_hostile_text_is_shown_and_does_nothing(
    view: View, browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["hostile"], view, bypass_csp=True) as (page, heard):
        rows = page.locator("tbody tr")
        shown = [rows.nth(at).inner_text() for at in range(len(HOSTILE))]
        links = page.eval_on_selector_all("a", "all => all.map(one => one.href)")
        tags = page.eval_on_selector_all("body *", "all => [...new Set(all.map(x => x.localName))]")
        handlers = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
            ".filter(one => one.name.startsWith('on') || one.name === 'style').length"
        )
        for happens in ("mouseover", "load", "error", "focus"):
            page.evaluate(
                "type => document.querySelectorAll('*').forEach(one =>"
                " one.dispatchEvent(new Event(type, {bubbles: true})))",
                happens,
            )
        assert page.evaluate("window.pwned") is None
        assert page.locator("h1").inner_text() == HOSTILE[5]
    assert heard.console == []
    expected = sorted(HOSTILE, key=lambda text: HOSTILE.index(text) % 2)
    for text, row in zip(expected, shown, strict=True):
        words = text.split("](")[0].removeprefix("[") if text.startswith("[") else text
        assert words in row
    assert handlers == 0
    assert {link.split(":")[0] for link in links} == {"file", "https"}
    assert set(tags) <= {
        "a", "header", "main", "footer", "nav", "section", "h1", "h2", "p", "div", "span", "strong",
        "ul", "ol", "li", "dl", "dt", "dd", "wbr", "table", "caption", "thead", "tbody", "tr", "th",
        "td",
    }  # fmt: skip


def test_on_paper_the_header_is_repeated_and_no_row_is_cut(
    browser: Browser, pages: dict[str, Path]
) -> None:
    with opened(browser, pages["shipped"], WIDE) as (page, _):
        paper = page.pdf(prefer_css_page_size=True)
    sheets = pypdf.PdfReader(BytesIO(paper)).pages
    width, height = sheets[0].mediabox.width, sheets[0].mediabox.height
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (297, 210)
    texts = [_squeezed(sheet.extract_text()) for sheet in sheets]
    for text in texts:
        assert ("RAGrating" in text) == bool(re.search(r"REC[0-9]+", text))
    for item in load_shipped_plan().recommendations:
        words = (f"{item.ref}{item.title}", parse_prose(item.response)[-1].text)
        ends = [_squeezed(text) for text in words]
        on = [[end in text for text in texts] for end in ends]
        assert on[0] == on[1], item.ref  # it begins and ends on the same sheet
        assert sum(on[0]) == 1


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
