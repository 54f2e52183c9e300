"""The quick way through plain text and markdown-it come to the same blocks."""

from __future__ import annotations

from conftest import load_shipped_plan
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.characters import first_forbidden
from kimplan.model.markers import with_dashes
from kimplan.model.prose import MAX_LEVEL, Block, _blocks, _markdown, parse_prose

PIECES = st.sampled_from(
    [
        "a", "One.", "two three", "é", "0", " ", "  ", "\n", "\n\n", "\n \n", "\n\n\n", "- ", "-",
        "\n- ", "\n  ", "\n  - ", "-- ", "– ", "\t", "\r\n", "\r", "1. ", "\n2. ", "\n  a) ",
        "\ni) ", "\no ", "\n• ", "+ ", "* ", "> ", "# ", "---",
        "===", "```", "    ", "<b>", "&amp;", "\\", "|", ":", "(", ")", "!", "`", "~~", "\u00a0",
        "\u200b", "😀",
    ]
)  # fmt: skip
MARKS = st.sampled_from(["*", "**", "_", "__", "[", "]", "](https://e.org)", "](x)", "](", "***"])
PLAIN = st.lists(PIECES, max_size=14).map("".join)
MARKED = st.lists(st.one_of(PIECES, MARKS), max_size=14).map("".join)


SCHEMES = ("http://", "https://", "mailto:")


def slowly(text: str) -> tuple[Block, ...]:
    """Return the blocks as markdown-it finds them, whatever the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip("\n ")
    text, numbers = with_dashes(text)
    return tuple(_blocks(_markdown().parse(text), numbers))


@given(PLAIN)
@example("a\n\n\u00a0\n\nb")
@example("- a\nb\n- c\n\nd\n- e")
@example("- \u00a0a")
@example("- a\n  b\n  c\n- d\n\ne\n  f")
@example("- a\n\n  b")
@example("a\u00a0\n\u00a0b")
def test_plain_text_has_the_blocks_that_markdown_it_finds(text: str) -> None:
    assert parse_prose(text) == slowly(text)


def test_the_shipped_texts_have_the_blocks_that_markdown_it_finds() -> None:
    plan = load_shipped_plan()
    texts = [item.response for item in plan.recommendations]
    texts += [item.detail for item in plan.recommendations if item.detail]
    texts += [section.narrative for section in plan.settings.sections if section.narrative]
    assert [parse_prose(text) for text in texts] == [slowly(text) for text in texts]


@given(st.one_of(MARKED, st.text()))
def test_any_text_has_blocks_that_can_be_shown(text: str) -> None:
    for block in parse_prose(text):
        assert 0 <= block.level <= MAX_LEVEL
        assert block.level or not block.bullet
        assert block.spans
        for span in block.spans:
            assert span.text
            assert "\n" not in span.text
            assert not span.link or span.link.lower().startswith(SCHEMES)


@given(
    st.lists(st.one_of(PIECES, st.sampled_from(["*", "_", "__", "[", "]", "](x)"])), max_size=14)
)
def test_no_word_of_a_text_without_bold_and_links_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces).replace("**", "*")
    if first_forbidden(text) or "**" in text:
        return
    shown = "".join(block.text for block in parse_prose(text))
    assert _but_for_bullets(shown) == _but_for_bullets(text)


def _but_for_bullets(text: str) -> str:
    return "".join(mark for mark in text if not mark.isspace() and mark not in "-•–o")
