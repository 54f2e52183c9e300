"""Nothing of a plan's text is HTML: read back by a parser that is not ours."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hostile_markdown import HOSTILE, expected
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.answer import Answer, Column, Facts, Heading, Line, Part, Prose, Table, Tone
from kimplan.formatters.answer_html import format_html
from kimplan.model.prose import Block, Span, parse_prose

MAY = {
    "html",
    "head",
    "meta",
    "title",
    "body",
    "main",
    "h1",
    "h2",
    "p",
    "table",
    "tbody",
    "tr",
    "th",
    "td",
}
TEXT = {"ul", "ol", "li", "strong", "a"}
EMPTY = {"meta"}


class Reader(HTMLParser):
    """What a page consists of: its elements, their attributes, and the text in each of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in EMPTY:
            self.open.append(tag)
            if tag in {"h2", "p", "th", "td"}:
                self.texts.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"h2", "p", "th", "td", "strong", "a"} and self.texts:
            tag, text = self.texts[-1]
            self.texts[-1] = tag, text + data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read(*parts: Part) -> Reader:
    text = format_html(Answer(parts, {}), "list")
    assert text.isascii()
    page = Reader(text)
    assert page.open == []
    assert {name for name, _ in page.attributes} <= {
        "lang", "charset", "name", "content", "style", "cellpadding", "cellspacing", "scope",
        "width", "href", "start", "value",
    }  # fmt: skip
    assert not any("url(" in value for name, value in page.attributes if name == "style")
    return page


def words(text: str) -> str:
    return " ".join(expected(text).split())


@given(HOSTILE, HOSTILE)
def test_lines_and_headings_are_just_their_characters(line: str, heading: str) -> None:
    page = read(Line(line), Heading(heading))
    assert set(page.tags) <= MAY
    assert [(tag, words(text)) for tag, text in page.texts] == [
        ("p", words(line)), ("h2", words(heading)),
    ]  # fmt: skip


@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=4), HOSTILE)
def test_a_table_has_its_rows_and_cells_and_no_others(
    rows: list[tuple[str, str]], title: str
) -> None:
    page = read(Table((Column(title), Column("Number", is_number=True)), rows))
    assert set(page.tags) <= MAY
    assert page.tags.count("tr") == 1 + len(rows)
    cells = [title, "Number", *(cell for row in rows for cell in row)]
    assert [words(text) for _, text in page.texts] == [words(cell) for cell in cells]


@given(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_facts_are_rows_of_two(pairs: list[tuple[str, str]]) -> None:
    page = read(Facts(tuple((*pair, Tone.AMBER) for pair in pairs)))
    assert set(page.tags) <= MAY
    both = [one for pair in pairs for one in pair]
    assert [words(text) for _, text in page.texts] == [words(one) for one in both]


@given(HOSTILE)
def test_a_text_is_paragraphs_lists_bold_words_and_links_to_the_web(text: str) -> None:
    page = read(Prose(parse_prose(text)))
    assert set(page.tags) <= MAY | TEXT
    for name, value in page.attributes:
        assert name != "href" or value.lower().startswith(("http://", "https://", "mailto:"))


@given(st.lists(st.tuples(HOSTILE, st.integers(0, 3), st.sampled_from(["", "-", "1.", "b)"]))))
def test_lists_of_any_depth_are_closed(blocks: list[tuple[str, int, str]]) -> None:
    made = tuple(
        Block(
            (Span(text),),
            level,
            level > 0 and mark == "-",
            mark if level > 0 and mark > "-" else "",
        )
        for text, level, mark in blocks
    )
    read(Prose(made))


def body(*parts: Part) -> str:
    page = format_html(Answer(parts, {}), "show")
    return page.partition("</h1>\n")[2].removesuffix("</main>\n</body>\n</html>\n")


def test_a_rating_has_its_colour_and_its_word() -> None:
    column = Column("RAG", tones={"AMBER": Tone.AMBER})
    assert (
        'background-color:#FFB000;color:#000000;font-weight:bold;white-space:nowrap">AMBER</td>'
        in body(Table((column,), [("AMBER",)]))
    )


def test_a_cell_of_prose_has_its_bold_words_and_links() -> None:
    column = Column("Why", is_prose=True)
    cell = body(
        Table((column, column), [("", "Could **not** be <b>.\n\nSee [x](https://x.example)")])
    )
    assert "Could <strong>not</strong> be &lt;b&gt;.<br>See <a href=" in cell


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", ""]
)
def test_what_leads_anywhere_but_to_the_web_is_no_link(link: str) -> None:
    assert "<a " not in body(Prose((Block((Span("here", link=link),)),)))


def test_bold_words_links_and_lists_are_real() -> None:
    text = "A **bold** [site](https://x.example/?a=1&b=2).\n\n- one\n  - two\n- three\n\n1. first"
    plain = " ".join(line for line in body(Prose(parse_prose(text))).splitlines())
    tags = [tag for tag in Reader(plain).tags if tag != "span"]
    assert tags == ["p", "strong", "a", "ul", "li", "ul", "li", "li", "ol", "li"]
    assert 'href="https://x.example/?a=1&amp;b=2"' in plain
