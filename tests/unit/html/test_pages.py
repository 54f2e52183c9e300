"""What every page is made of: texts and lists, links, anchors, a policy, and no way in for text."""

from __future__ import annotations

import base64
import hashlib
import html
import re

import jinja2
import pytest
from conftest import AS_OF, make_plan
from hostile_pages import HOSTILE, hostile_plan

from kimplan.answers.group import PlanOf
from kimplan.html.address import address
from kimplan.html.anchors import anchor_prefixes
from kimplan.html.markup import prose
from kimplan.html.page import TEMPLATES, render, title_of
from kimplan.html.prose import Item, Listing, Paragraph, breakable, nested
from kimplan.html.public import public_page
from kimplan.model.language import ENGLISH
from kimplan.model.prose import Block, Span, parse_prose
from kimplan.report.public import publish


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("One\nline.\n\nTwo.", "<p>One line.</p><p>Two.</p>"),
        ("So:\n\n- a\n- b", "<p>So:</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c\n- d",
         "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n\n  more\n\n  - b\n- c",
         "<ul><li>a<p>more</p><ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n2. b",
         '<ol><li><span class="marker">1. </span>a</li>'
         '<li><span class="marker">2. </span>b</li></ol>'),
        ("- a\n\n1. b",
         '<ul><li>a</li></ul><ol><li><span class="marker">1. </span>b</li></ol>'),
        ("**a** & <b>", "<p><strong>a</strong> &amp; &lt;b&gt;</p>"),
        ("[a](https://example.org/?x=1&y=\"2)",
         '<p><a href="https://example.org/?x=1&amp;y=%222">a</a></p>'),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
    ],
)  # fmt: skip
def test_texts(text: str, markup: str) -> None:
    assert prose(parse_prose(text)) == markup


def test_blocks_that_begin_deep_lose_nothing() -> None:
    def of(text: str, level: int, *, bullet: bool = True) -> Block:
        return Block((Span(text),), level, bullet)

    blocks = (of("a", 3), of("b", 1), of("c", 2, bullet=False), of("d", 0, bullet=False))
    deep = Listing((Item((Span("a"),), "", ()),), False)
    middle = Listing((Item((), "", (deep,)),), False)
    tail = Listing((Item((), "", (Paragraph((Span("c"),)),)),), False)
    first = Item((), "", (middle,))
    second = Item((Span("b"),), "", (tail,))
    assert nested(blocks) == (Listing((first, second), False), Paragraph((Span("d"),)))


def test_a_long_word_may_be_broken_and_stays_itself() -> None:
    text = f"<a> {'x' * 24} {'y<' * 15} end"
    markup = str(breakable(text))
    assert markup.count("<wbr>") == 2
    assert html.unescape(markup.replace("<wbr>", "")) == text
    assert str(breakable("short & sweet")) == "short &amp; sweet"


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ('https://example.org/a b?"<é>', "https://example.org/a%20b?%22%3Cé%3E"),
        ("https://example.org/%20#x[1]", "https://example.org/%20#x[1]"),
        ("#REC1", "#north--REC1"),
        ("javascript:alert(1)", ""),
        (" https://example.org", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("docs/a.pdf", ""),
        ("", ""),
    ],
)
def test_where_a_link_leads(link: str, target: str) -> None:
    assert address(link, "north--") == target


def test_prefixes_of_anchors() -> None:
    assert anchor_prefixes([""]) == ("",)
    names = ["north", "North & South", "north/south", "4th", "Ŵyn", "a b", "a.b", "--", "A-B"]
    found = anchor_prefixes(names)
    assert found[:5] == ("north--", "North-South--", "north-south-2--", "plan-4th--", "yn--")
    assert len({one.casefold() for one in found}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*--", one) for one in found)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (("Plan", "Homes"), "Plan – Homes"),
        (("Plan", "x" * 70, "Homes"), "Plan – Homes"),
        (("word " * 30, "Homes"), f"{' '.join(['word'] * 14)}…"),
    ],
)
def test_what_a_page_is_called(words: tuple[str, ...], title: str) -> None:
    assert title_of(*words) == title
    assert len(title) <= 70


def test_the_policy_lets_in_the_style_and_the_script_and_nothing_else() -> None:
    made = render("page.html.j2", ENGLISH, scripts=("style.css",))
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", made, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in made
    (policy,) = re.findall(r'Content-Security-Policy" content="(.*?)"', made)
    names = [one.split()[0] for one in html.unescape(policy).split(";")]
    assert names == ["default-src", "style-src", "script-src", "img-src", "base-uri", "form-action"]
    assert "script-src" not in render("page.html.j2", ENGLISH)


def test_no_template_lets_text_in_as_markup() -> None:
    sources = {file.name: file.read_text(encoding="utf-8") for file in TEMPLATES.glob("*.j2")}
    assert len(sources) >= 3
    for name, source in sources.items():
        filters = {
            one.name for one in jinja2.Environment().parse(source).find_all(jinja2.nodes.Filter)
        }
        assert not filters & {"safe", "xmlattr", "urlize"}, name
        assert "autoescape" not in source, name
        assert not re.search(r"=\{\{|='\{\{", source), f"{name}: an attribute without quotes"


def test_hostile_text_is_text_in_the_bytes() -> None:
    made = public_page([PlanOf("", publish(hostile_plan()).plan)], AS_OF)
    tags = set(re.findall(r"<([a-z0-9]+)", made))
    assert tags == {
        "html", "head", "meta", "title", "link", "style", "body", "a", "header", "main", "footer",
        "nav", "section", "h1", "h2", "p", "div", "span", "strong", "ul", "ol", "li", "dl", "dt",
        "dd", "wbr", "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    words = html.unescape(re.sub(r"<wbr>", "", made))
    for text in HOSTILE:
        for block in parse_prose(text):
            assert all(span.text in words for span in block.spans)
    links = [html.unescape(one) for one in re.findall(r'href="(.*?)"', made)]
    assert {one.split(":")[0] for one in links if not one.startswith("#")} == {"https", "data"}
    assert [one for one in links if one.startswith("data")] == ["data:,"]
    assert "49" not in re.findall(r"<td[^>]*>(.*?)</td>", made)


def test_the_same_plan_makes_the_same_bytes() -> None:
    plans = [PlanOf("", publish(make_plan({}, {})).plan)]
    assert public_page(plans, AS_OF) == public_page(plans, AS_OF)


def test_three_hundred_records_stay_below_a_megabyte() -> None:
    response = "We have begun, and will report to the board each quarter. " * 8
    records = [{"response": response, "detail": response[:200]} for _ in range(300)]
    made = public_page([PlanOf("", publish(make_plan(*records)).plan)], AS_OF)
    assert len(made.encode("utf-8")) < 1_000_000


def test_the_id_of_an_own_field_stays_out_of_the_page() -> None:
    fields = [{"id": "jane-smith", "label": "Level"}]
    columns = [{"field": name, "label": name[-5:]} for name in ("ref", "fields.jane-smith")]
    plan = make_plan({"fields": {"jane-smith": "High"}}, fields=fields, columns=columns)
    found = public_page([PlanOf("", plan)], AS_OF)
    assert "High" in found
    assert "jane" not in found
