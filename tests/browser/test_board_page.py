"""The dashboard in a browser: its filters by keyboard, its addresses, and for every eye."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pypdf
import pytest
from board_meetings import Commit, make_meetings
from conftest import AS_OF, load_shipped_plan, make_plan
from hostile_pages import HOSTILE, hostile_plan

from browser.pages import (
    VIEWS,
    View,
    axe_findings,
    focused,
    opened,
    overflow,
    roles,
    small_targets,
    spilling,
)
from kimplan.answers.group import PlanOf
from kimplan.html.board import BoardPlan, board_page
from kimplan.linter import load
from kimplan.model.plan import Plan
from kimplan.report.since import read_since

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

each_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
NARROW, WIDE = View(320), View(1440)
EVERYTHING: dict[str, Any] = {
    "detail": "Particularly:\n\n- of **emergency** repairs\n  - at night",
    "response": "See [the site](https://example.org/site).",
    "due": "2024-09",
    "owners": ["Head of Repairs", "Data Manager"],
    "evidence": [{"title": "Register", "link": "https://example.org/r", "expires": "2024-02"}],
    "progress": [{"on": "2024-05-02", "by": "Data Manager", "note": "The form is **live**."}],
    "revisions": [
        {"from": "2024-03", "to": "2024-09", "reason": "A **new** contractor.",
         "agreed_by": "Board", "on": "2024-03-20"},
    ],
    "actions": [
        {"title": "Publish the form.", "owner": "Data Manager", "due": "2024-04"},
        {"title": "Close the old system.", "owner": "Head of Repairs", "due": "2024-06-15"},
    ],
    "fields": {"risk": "High", "story": "One.\n\n- two"},
}  # fmt: skip


def full_plan() -> Plan:
    """Return a plan with every rating of brag and everything that a record can hold."""
    return make_plan(
        EVERYTHING,
        {"rag": "blue", "due": "2024-03", "completed": "2024-05-01", "ref": "4.2",
         "verified": {"by": "Company Secretary", "on": "2024-05-02"}},
        {"rag": "green", "due": "2024-06"},
        {"rag": "red", "due": "none agreed", "due_reason": "The budget is open."},
        {"rag": "not-applicable", "due": None, "owners": [], "superseded_by": "REC1",
         "section": "repairs"},
        {"due": "2024-01-31", "section": "repairs", "owners": ["Head of Repairs"]},
        ratings={"scheme": "brag"},
        fields=[{"id": "risk", "label": "Risk"}, {"id": "story", "label": "Story", "type": "text"}],
    )  # fmt: skip


def large_plan(number: int = 300) -> Plan:
    """Return a plan with so many full records, of which a third is urgent."""
    words = "The register of repairs is kept and read by everybody who needs it, every day. "
    filled = {**EVERYTHING, "detail": words * 4, "response": words * 8}
    calm = {"actions": [], "due": "2025-01", "revisions": [], "evidence": []}
    return make_plan(
        *(
            {**filled, **(calm if at % 3 else {}), "ref": f"REC{at}",
             "section": "governance" if at < number / 2 else "repairs"}
            for at in range(1, number + 1)
        ),
        fields=[{"id": "risk", "label": "Risk"}, {"id": "story", "label": "Story", "type": "text"}],
    )  # fmt: skip


def meetings(folder: Path) -> list[BoardPlan]:
    """Return a plan with a history, and what happened in it since February."""
    held = make_meetings(folder)
    held.write("REC7", section="repairs", due="none agreed", due_reason="Waits for the budget.")
    held.commit(Commit("2024-05-20"))
    plan = load(held.plan).plan
    assert plan is not None
    since = read_since(held.plan, plan, "board-2024-02", AS_OF)
    return [BoardPlan(PlanOf("", plan), "Source version abc1234", since)]


def alone(plan: Plan) -> list[BoardPlan]:
    return [BoardPlan(PlanOf("", plan))]


def several(folder: Path) -> list[BoardPlan]:
    welsh = make_plan({}, language="cy", title="Cynllun", organisation="Cartrefi")
    plans = {"north/a": load_shipped_plan(), "4 & <b>": full_plan(), "cy": welsh}
    (held,) = meetings(folder)
    found = [BoardPlan(PlanOf(name, plan)) for name, plan in plans.items()]
    return [*found, held._replace(of=PlanOf("held", held.of.plan))]


PLANS: dict[str, Callable[[Path], list[BoardPlan]]] = {
    "shipped": lambda _: alone(load_shipped_plan()),
    "full": lambda _: alone(full_plan()),
    "meetings": meetings,
    "hostile": lambda _: alone(hostile_plan()),
    "several": several,
    "welsh": lambda _: alone(make_plan(EVERYTHING | {"fields": {}}, language="cy")),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The dashboard of each of those plans."""
    folder = tmp_path_factory.mktemp("boards")
    found = {name: folder / f"{name}.html" for name in PLANS}
    for name, plans in PLANS.items():
        page = board_page(plans(folder / f"{name}-plan"), AS_OF)
        found[name].write_text(page, encoding="utf-8", newline="\n")
    return found


@pytest.mark.parametrize("name", PLANS)
def test_the_markup_is_valid(
    name: str, pages: Mapping[str, Path], validate_html: Callable[[Path], str]
) -> None:
    found = validate_html(pages[name])
    if name == "hostile":  # whose title is short, but not as it is escaped
        found = "".join(one for one in found.splitlines() if "[long-title]" not in one)
    assert found == ""


@each_view
@pytest.mark.parametrize("name", ["full", "meetings"])
def test_axe_finds_nothing(
    name: str, view: View, browser: Browser, pages: Mapping[str, Path], axe: Path
) -> None:
    with opened(browser, pages[name], view, bypass_csp=True) as (page, _):
        assert axe_findings(page, axe) == []
        open_everything(page)
        assert axe_findings(page, axe) == []
        assert overflow(page) == 0


@pytest.mark.parametrize(
    "view", [NARROW, View(768), View(1440, "dark")], ids=lambda view: view.name
)
@pytest.mark.parametrize("name", ["shipped", "hostile", "several", "welsh"])
def test_axe_finds_nothing_in_other_plans(
    name: str, view: View, browser: Browser, pages: Mapping[str, Path], axe: Path
) -> None:
    with opened(browser, pages[name], view, bypass_csp=True) as (page, _):
        open_everything(page)
        assert axe_findings(page, axe) == []


@each_view
@pytest.mark.parametrize("name", PLANS)
def test_nothing_is_wider_than_the_window(
    name: str, view: View, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages[name], view) as (page, heard):
        open_everything(page)
        assert overflow(page) == 0
        assert spilling(page, ".tiles a") == []
        assert heard.console == []


@pytest.mark.parametrize("view", [NARROW, View(768), WIDE], ids=lambda view: view.name)
def test_a_finger_finds_each_control(
    view: View, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["full"], view) as (page, _):
        assert small_targets(page) == []


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def shown(page: Page) -> list[str]:
    """Return the refs of the recommendations that are shown."""
    return page.locator("details.record:visible > summary > .ref").all_inner_texts()


def told(page: Page) -> str:
    """Return what the live region says."""
    return page.locator("#page--shown").inner_text()


def says(page: Page, words: str) -> None:
    """Check what the live region says, when what the browser has still to do is done."""
    from playwright.sync_api import expect

    expect(page.locator("#page--shown")).to_have_text(words)


def chosen(page: Page) -> dict[str, list[str]]:
    """Return what the address says is chosen."""
    return parse_qs(address(page).partition("#")[2])


def address(page: Page) -> str:
    """Return the address that the browser shows, which a script may have changed just now."""
    shown_address: str = page.evaluate("location.href")
    return shown_address


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element with this selector has the focus."""
    for _ in range(200):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def test_without_a_script_everything_is_shown_and_nothing_filters(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["shipped"], script=False) as (page, _):
        assert page.locator("details.record:visible").count() == 21
        assert not page.locator("#page--filters").is_visible()
        page.locator("#REC6 > summary").focus()
        page.keyboard.press("Enter")
        assert page.locator("#REC6 .story").is_visible()
        targets = page.eval_on_selector_all(
            "a[data-filter]", "all => all.map(one => one.getAttribute('href'))"
        )
    assert set(targets) == {"#page--records"}


def test_the_filters_work_by_keyboard_and_say_how_many_are_shown(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["shipped"]) as (page, heard):
        says(page, "21 of 21 shown")
        role = page.locator("#page--shown").get_attribute("role")
        tab_to(page, "#page--rating")
        page.keyboard.type("AMB")
        says(page, "10 of 21 shown")
        page.keyboard.press("Tab")
        page.keyboard.type("Repairs")
        says(page, "3 of 21 shown")
        assert shown(page) == ["REC19", "REC20", "REC21"]
        tab_to(page, "#page--state")
        page.keyboard.type("Over")
        assert shown(page) == ["REC21"]
        headings = page.locator(".group h3:visible").all_inner_texts()
        tab_to(page, "#page--clear")
        page.keyboard.press("Enter")
        says(page, "21 of 21 shown")
        assert focused(page).startswith("button")
        assert heard.console == []
    assert role == "status"
    assert headings == ["Repairs"]


def test_words_are_looked_for_in_the_stories_without_regard_to_accents(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["full"]) as (page, _):
        tab_to(page, "#page--words")
        page.keyboard.type("EMÉRGENCY  contractor")
        assert shown(page) == ["REC1"]
        says(page, "1 of 6 shown")
        page.keyboard.press("Control+a")
        page.keyboard.type("nothing says this")
        says(page, "0 of 6 shown")
        assert page.locator(".group:visible").count() == 0


def test_the_address_holds_what_is_chosen_and_shows_it_again(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["several"]) as (page, _):
        page.select_option("#page--plan", "4 & <b>")
        page.select_option("#page--owner", "Head of Repairs")
        page.locator("#page--words").fill("contractor & co?")
        page.locator("#page--words").fill("contractor")
        kept, refs, words = address(page), shown(page), told(page)
        state = chosen(page)
    assert state == {"plan": ["4 & <b>"], "owner": ["Head of Repairs"], "words": ["contractor"]}
    assert refs == ["4 & <b> REC1"]
    with opened(browser, kept) as (page, heard):
        assert (shown(page), told(page)) == (refs, words)
        assert page.locator("#page--owner").input_value() == "Head of Repairs"
        page.locator("#page--clear").click()
        assert "#" not in address(page)
        assert heard.console == []


def test_back_and_a_changed_address_show_another_view(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["shipped"]) as (page, _):
        page.locator(".ratings a", has_text="AMBER").click()
        says(page, "10 of 21 shown")
        assert chosen(page) == {"rating": ["amber"]}
        assert focused(page).startswith("h2")
        page.locator(".ratings a", has_text="GREEN").click()
        says(page, "8 of 21 shown")
        page.go_back()
        says(page, "10 of 21 shown")
        page.go_back()
        says(page, "21 of 21 shown")


@pytest.mark.parametrize(
    "place",
    ["rating=purple&owner=Nobody", "=&=", "words=", "constructor=1&__proto__=2", "rating=%zz",
     "words=%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E", "toString", "page--none"],
)  # fmt: skip
def test_any_address_is_harmless(place: str, browser: Browser, pages: Mapping[str, Path]) -> None:
    with opened(browser, f"{pages['shipped'].as_uri()}#{place}") as (page, heard):
        number = 0 if "img" in place else 21
        says(page, f"{number} of 21 shown")
        assert page.evaluate("window.pwned") is None
        assert heard.console == []


def test_an_address_of_a_record_opens_its_story_even_if_it_is_filtered_away(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, f"{pages['shipped'].as_uri()}#REC6") as (page, _):
        assert page.locator("#REC6 .story").is_visible()
        assert focused(page).startswith("summary REC6")
        page.select_option("#page--rating", "green")
        assert "REC8" not in shown(page)
        page.locator("table.cards a", has_text="REC8").first.click()
        page.locator("#REC8 .story").wait_for(state="visible")
        says(page, "21 of 21 shown")


@pytest.mark.parametrize(("name", "total"), [("full", 6), ("shipped", 21)])
def test_the_figures_lead_to_what_they_count(
    name: str, total: int, browser: Browser, pages: Mapping[str, Path]
) -> None:
    """Each rating and section has as many recommendations as the figure beside it says."""
    with opened(browser, pages[name]) as (page, _):
        for link in page.locator(".ratings a, .pair .figures:not(.ratings) th a").all():
            row = link.locator("xpath=ancestor::tr")
            label = "Number" if link.locator("xpath=ancestor::table").get_attribute(
                "class") == "figures ratings" else "Total"  # fmt: skip
            number = row.locator(f"td[data-label='{label}']").inner_text()
            link.click()
            says(page, f"{number} of {total} shown")


def test_the_tiles_lead_to_what_they_count(browser: Browser, pages: Mapping[str, Path]) -> None:
    with opened(browser, pages["full"]) as (page, _):
        tiles = {"without a date": 1, "complete": 1}
        for words, count in tiles.items():
            page.locator(".tiles a", has_text=re.compile(words)).first.click()
            says(page, f"{count} of 6 shown")


def test_all_stories_open_and_close_but_those_filtered_away(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["full"]) as (page, _):
        page.select_option("#page--rating", "amber")
        page.get_by_role("button", name="Open all stories").click()
        assert page.locator("details.record[open]").count() == 2
        page.get_by_role("button", name="Close all stories").click()
        assert page.locator("details.record[open]").count() == 0


def test_a_story_says_everything_about_a_record(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, f"{pages['full'].as_uri()}#REC1") as (page, _):
        text = page.locator("#REC1").inner_text()
        bold = page.locator("#REC1 .story strong").all_inner_texts()
    for words in (
        "of emergency repairs", "the site", "Publish the form.", "April 2024, 31 days late",
        "2 May 2024, Data Manager", "The form is live.", "20 March 2024", "A new contractor.",
        "Register", "expired February 2024", "Risk", "High",
        "March 2024: moved once, 183 days later", "Head of Repairs; Data Manager",
    ):  # fmt: skip
        assert words in text, words
    assert bold == ["emergency", "live", "new"]


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=lambda view: view.name)
def test_a_screen_reader_hears_tables_headings_and_numbers(
    view: View, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["shipped"], view) as (page, _):
        found = roles(page)
    headings = [name for role, name in found if role == "heading"]
    assert [name for role, name in found if role == "table"] == [
        "By rating", "By section", "By owner", "Overdue", "Due soon",
    ]  # fmt: skip
    assert headings[:5] == [
        "Knowledge and Information Management (KIM) report",
        "Position at a glance", "Overdue (6)", "Due soon (4)", "All recommendations",
    ]  # fmt: skip
    assert len(headings) == 5 + 5  # and a section of the plan each
    assert ("status", "") in found or ("status", "21 of 21 shown") in found
    names = [name for role, name in found if role == "link"]
    assert "44% complete 8 of the 18 that apply" in names
    assert "6 overdue" in names


def test_what_changed_and_the_months_are_shown(browser: Browser, pages: Mapping[str, Path]) -> None:
    with opened(browser, pages["meetings"]) as (page, _):
        changed = page.locator("section[aria-labelledby='page--changes']").inner_text()
        assert "Compared with the report at 10 February 2024" in changed
        assert "Company Secretary, 14 March 2024" in changed
        assert "not for publication" in page.locator("header").inner_text()
        images = [name for role, name in roles(page) if role == "image"]
        page.locator("details.more > summary").click()
        rows = page.locator("details.more tbody tr").all_inner_texts()
    assert len(images) == 1
    assert "The table below has the same figures." in images[0]
    assert [" ".join(row.split()) for row in rows][-2:] == [
        "30 April 2024 1 4 0 5", "31 May 2024 1 4 1 6",
    ]  # fmt: skip


def test_the_page_fetches_nothing_and_its_policy_holds(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["shipped"]) as (page, heard):
        page.wait_for_load_state("networkidle")
        page.evaluate(
            """() => {
                const made = document.createElement('script');
                made.textContent = 'window.pwned = 1';
                document.body.append(made);
            }"""
        )
        assert page.evaluate("window.pwned") is None
    assert [one for one in heard.requests if not one.startswith(("file:", "data:"))] == []
    assert len(heard.console) == 1
    assert "Content Security Policy" in heard.console[0]


@pytest.mark.parametrize("view", [NARROW, WIDE], ids=lambda view: view.name)
def test_hostile_text_is_shown_and_does_nothing(
    view: View, browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["hostile"], view, bypass_csp=True) as (page, heard):
        for select in ("section", "owner"):
            options = page.locator(f"#page--{select} option").count()
            for at in range(1, options):
                page.select_option(f"#page--{select}", index=at)
                assert told(page) != "0 of 15 shown"
            page.select_option(f"#page--{select}", "")
        page.get_by_role("button", name="Open all stories").click()
        shown_text = page.locator("main").inner_text()
        links = page.eval_on_selector_all("a", "all => all.map(one => one.href)")
        tags = page.eval_on_selector_all("body *", "all => [...new Set(all.map(x => x.localName))]")
        handlers = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
            ".filter(one => one.name.startsWith('on') || one.name === 'style').length"
        )
        scripts = page.locator("script").count()
        assert page.evaluate("window.pwned") is None
        owners = page.locator("#page--owner option").all_inner_texts()
    assert heard.console == []
    for text in HOSTILE:
        words = text.split("](")[0].removeprefix("[") if text.startswith("[") else text
        assert words in shown_text
    assert set(owners) == {"All owners", *HOSTILE}
    assert (handlers, scripts) == (0, 1)
    assert {link.split(":")[0] for link in links} == {"file", "https"}
    assert {"img", "iframe", "object", "style", "form", "base"}.isdisjoint(tags)


def test_on_paper_stand_the_figures_and_every_recommendation(
    browser: Browser, pages: Mapping[str, Path]
) -> None:
    with opened(browser, pages["meetings"], WIDE) as (page, _):
        paper = page.pdf(prefer_css_page_size=True)
    text = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(paper)).pages)
    assert "not for publication" in text
    for number in range(1, 6):
        assert f"REC{number}" in text
    assert "All ratings" not in text
    assert "Open all stories" not in text


def test_three_hundred_records_are_small_and_quick(browser: Browser, tmp_path: Path) -> None:
    page_file = tmp_path / "large.html"
    begun = time.perf_counter()
    text = board_page(alone(large_plan()), AS_OF)
    taken = time.perf_counter() - begun
    page_file.write_text(text, encoding="utf-8", newline="\n")
    assert len(text.encode("utf-8")) < 1_000_000
    assert taken < 5  # seconds, of a slow machine
    with opened(browser, page_file) as (page, _):
        says(page, "300 of 300 shown")
        spent = page.evaluate(
            """() => {
                const begun = performance.now();
                const words = document.getElementById('page--words');
                words.value = 'contractor';
                words.dispatchEvent(new Event('input'));
                document.body.getBoundingClientRect();
                return performance.now() - begun;
            }"""
        )
        says(page, "100 of 300 shown")
    assert spent < 1000  # milliseconds


def test_the_same_plan_gives_the_same_page() -> None:
    day = date(2024, 5, 31)
    assert board_page(alone(full_plan()), day) == board_page(alone(full_plan()), day)
