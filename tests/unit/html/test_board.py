"""The dashboard as text: what it says, and that nothing of a plan is markup or script in it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from conftest import AS_OF, load_shipped_plan, make_plan
from hostile_pages import HOSTILE, hostile_plan

from kimplan.answers.group import PlanOf
from kimplan.html.board import BoardPlan, board_page
from kimplan.model.plan import Plan

# What nobody outside of kimplan can bring into a page.
HELD = {"script", "style", "meta", "link", "base", "iframe", "object", "form", "img", "title"}


class Elements(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page_of(*plans: tuple[str, Plan]) -> str:
    return board_page([BoardPlan(PlanOf(name, plan)) for name, plan in plans], AS_OF)


def held(page: str) -> list[str]:
    return [tag for tag, _ in Elements(page).found if tag in HELD]


@pytest.fixture(scope="module")
def hostile() -> str:
    """The dashboard of a plan with hostile text in each field, and of one with such a name."""
    return page_of(*((text, hostile_plan()) for text in HOSTILE[:3]))


def test_hostile_text_brings_no_element_and_no_attribute(hostile: str) -> None:
    calm = page_of(*((name, make_plan({})) for name in ("a", "b", "c")))
    assert held(hostile) == held(calm)
    names = {name for _, attributes in Elements(hostile).found for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in {"style", "srcdoc"}}


def test_hostile_links_lead_nowhere(hostile: str) -> None:
    links = [attributes["href"] or "" for tag, attributes in Elements(hostile).found
             if tag == "a"]  # fmt: skip
    assert {link.partition(":")[0] if ":" in link else link[:1] for link in links} == {"#", "https"}


def test_a_template_in_a_text_is_not_run(hostile: str) -> None:
    assert "{{7*7}} {% raw %} {# gone #}" in hostile


def test_only_the_page_s_own_script_and_style_are_let_in(hostile: str) -> None:
    policy = next(
        attributes["content"] or "" for tag, attributes in Elements(hostile).found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        (text,) = re.findall(f"<{kind}>(.*?)</{kind}>", hostile, re.DOTALL)
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_the_script_makes_no_markup_and_asks_for_nothing() -> None:
    (script,) = re.findall("<script>(.*?)</script>", page_of(("", make_plan({}))), re.DOTALL)
    words = ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(",
             "fetch", "XMLHttpRequest", "import(", "cookie", "localStorage")  # fmt: skip
    assert not [word for word in words if word in script]


def test_no_two_elements_have_one_id() -> None:
    page = page_of(("north", load_shipped_plan()), ("North", load_shipped_plan()))
    ids = [attributes["id"] for _, attributes in Elements(page).found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_each_link_within_the_page_leads_somewhere() -> None:
    page = page_of(("", load_shipped_plan()))
    found = Elements(page).found
    ids = {attributes["id"] for _, attributes in found if "id" in attributes}
    targets = {(attributes["href"] or "")[1:] for tag, attributes in found
               if tag == "a" and (attributes["href"] or "").startswith("#")}  # fmt: skip
    assert targets <= ids
    assert {"REC1", "REC8", "page--late"} <= targets


def test_what_is_not_published_stands_on_the_page_that_is_internal() -> None:
    fields = [{"id": "secret", "label": "Risk", "publish": "false"}]
    note = {"on": "2024-05-02", "by": "A. Secretary", "note": "Not for everybody."}
    plan = make_plan({"publish": "false", "progress": [note], "fields": {"secret": "High"}},
                     fields=fields)  # fmt: skip
    page = page_of(("", plan))
    for words in ("kept inside", "A. Secretary", "Not for everybody.", "High"):
        assert words in page
    assert page.count("For the Board; not for publication") == 2


def test_a_plan_where_nothing_is_late_says_so() -> None:
    page = page_of(("", make_plan({"rag": "green", "due": None, "completed": "2024-05-01"})))
    assert "Nothing is overdue." in page
    assert "Nothing falls due soon." in page
    assert "100%" in page
