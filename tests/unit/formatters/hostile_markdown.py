"""Texts that want to be Markdown, and what is read back by a parser that is not ours."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kimplan.characters import make_visible

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What a forge makes of a text that Markdown has left alone.
MEANT = re.compile(
    r"@\w|[#!$~%][0-9]|\bGH-[0-9]|:[\w+-]*:|(https?|ftp|mailto|xmpp):|www\.", re.IGNORECASE
)
PIECES = (
    "@team", "a@b.example", "#12", "GH-7", "!3", ":smile:", "::error::x", "https://x.example", "1https://x.y",
    "www.x.example", "mailto:a@b", "<b>", "<!-- -->", "<!--", "-->", "</td>", "&amp;", "&#64;",
    "|", "\\", "\\|", "`", "``", "~~", "~~~", "**", "__", "*", "_", "[x](y)", "![x](y)", "[x]",
    "[^1]", "# ", "## ", "- ", "+ ", "1. ", "12)", "> ", "---", "===", ":--", "    ", "\n", "\n\n",
    "\t", "\x1b[31m", "\u202e", "##[x]", "$x$", "$1", "\x1c", "\u2028", "é", "日",
)  # fmt: skip
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join)


def expected(text: str) -> str:
    """Return `text` as a reader should see it."""
    return make_visible(re.sub(r"[ \t\r\n]+", " ", text).strip(" ")).strip()


def inlines(markdown: str) -> list[Token]:
    return [token for token in PARSER.parse(markdown) if token.type == "inline"]


def shown(token: Token, *, allowed: frozenset[str] = frozenset()) -> str:
    """Return the text of an inline token, which must be text and empty comments alone."""
    children = token.children or []
    assert {child.type for child in children} <= {"text", "html_inline", *allowed}
    for child in children:
        if child.type == "html_inline":
            assert child.content == "<!-- -->"
        elif child.type == "text":
            assert not MEANT.search(child.content)
    return "".join(child.content for child in children if child.type != "html_inline").strip()


def kinds(markdown: str) -> list[str]:
    return [token.type for token in PARSER.parse(markdown) if token.level == 0]
