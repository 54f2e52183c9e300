from __future__ import annotations

import pytest

from kimplan.model.prose import Block, Span, parse_prose


def paragraph(*spans: Span | str) -> Block:
    return Block(_spans(spans))


def bullet(*spans: Span | str, level: int = 1) -> Block:
    return Block(_spans(spans), level, bullet=True)


def below(*spans: Span | str, level: int = 1) -> Block:
    return Block(_spans(spans), level, bullet=False)


def bold(text: str) -> Span:
    return Span(text, bold=True)


def link(text: str, address: str) -> Span:
    return Span(text, link=address)


def _spans(spans: tuple[Span | str, ...]) -> tuple[Span, ...]:
    return tuple(Span(span) if isinstance(span, str) else span for span in spans)


SHAPES: dict[str, tuple[str, list[Block]]] = {
    "nothing": ("", []),
    "only blank lines": ("\n \n\t\n", []),
    "one line": ("One.", [paragraph("One.")]),
    "a wrapped line": ("One\ntwo\nthree.", [paragraph("One two three.")]),
    "spaces round a line end": ("One  \n  two.", [paragraph("One two.")]),
    "two paragraphs": ("One.\n\nTwo.", [paragraph("One."), paragraph("Two.")]),
    "many blank lines": ("One.\n\n \n\t\n\nTwo.", [paragraph("One."), paragraph("Two.")]),
    "blank lines around": ("\n\nOne.\n\n", [paragraph("One.")]),
    "Windows line ends": (
        "One\r\ntwo.\r\n\r\nThree.",
        [paragraph("One two."), paragraph("Three.")],
    ),
    "old Mac line ends": ("One\rtwo.\r\rThree.", [paragraph("One two."), paragraph("Three.")]),
    "a tab": ("One\ttwo.", [paragraph("One two.")]),
    "bullets": ("- a\n- b", [bullet("a"), bullet("b")]),
    "bullets parted by a blank line": ("- a\n\n- b", [bullet("a"), bullet("b")]),
    "a wrapped bullet": ("- a\n  b\n- c", [bullet("a b"), bullet("c")]),
    "a bullet that goes on without an indent": ("- a\nb", [bullet("a b")]),
    "bullets right below a paragraph": (
        "Before:\n- a\n- b",
        [paragraph("Before:"), bullet("a"), bullet("b")],
    ),
    "a paragraph below bullets": ("- a\n\nAfter.", [bullet("a"), paragraph("After.")]),
    "bullets between paragraphs": (
        "One:\n\n- a\n- b\n\nTwo.",
        [paragraph("One:"), bullet("a"), bullet("b"), paragraph("Two.")],
    ),
    "a second paragraph in a bullet": (
        "- a\n\n  more\n- b",
        [bullet("a"), below("more"), bullet("b")],
    ),
    "nested bullets": (
        "- a\n  - b\n    - c\n- d",
        [bullet("a"), bullet("b", level=2), bullet("c", level=3), bullet("d")],
    ),
    "bullets at a fourth level": (
        "- a\n  - b\n    - c\n      - d",
        [bullet("a"), bullet("b", level=2), bullet("c", level=3), bullet("d", level=3)],
    ),
    "a wrapped nested bullet": ("- a\n  - b\n    c", [bullet("a"), bullet("b c", level=2)]),
    "an empty bullet": ("- \n- b", [bullet("b")]),
    "a tab behind the dash": ("-\ta", [bullet("a")]),
    "several spaces behind the dash": ("-   a", [bullet("a")]),
    "a dash without a space": ("-a\n--b", [paragraph("-a --b")]),
    "a dash alone": ("-", [paragraph("-")]),
    "an en dash": ("– a", [paragraph("– a")]),
    "a minus within a line": ("a - b", [paragraph("a - b")]),
}


def number(marker: str, *spans: Span | str, level: int = 1) -> Block:
    return Block(_spans(spans), level, marker=marker)


LISTS: dict[str, tuple[str, list[Block]]] = {
    "numbers": ("1. a\n2. b", [number("1.", "a"), number("2.", "b")]),
    "numbers with a bracket": ("1) a\n2) b", [number("1)", "a"), number("2)", "b")]),
    "the same number": ("1. a\n1. b", [number("1.", "a"), number("1.", "b")]),
    "numbers that begin later": ("7. a\n8. b", [number("7.", "a"), number("8.", "b")]),
    "numbers over ten": ("9. a\n10. b", [number("9.", "a"), number("10.", "b")]),
    "numbers right below a paragraph": (
        "Before:\n1. a\n   more\n2. b",
        [paragraph("Before:"), number("1.", "a more"), number("2.", "b")],
    ),
    "numbers parted by a paragraph": (
        "1. a\n\nThen\n\n2. b",
        [number("1.", "a"), paragraph("Then"), number("2.", "b")],
    ),
    "a wrapped line that begins with a number": (
        "We met on\n12. March and\n1.5 times.",
        [paragraph("We met on 12. March and 1.5 times.")],
    ),
    "a wrapped item whose line begins with a number": (
        "1. We met on\n12. March.\n2. b",
        [number("1.", "We met on 12. March."), number("2.", "b")],
    ),
    "a wrapped line that begins with an o": ("to be\no or not", [paragraph("to be o or not")]),
    "a wrapped line that begins with a dash": ("We\n– all", [paragraph("We – all")]),
    "letters up to i": (
        "g) a\nh) b\ni) c\nj) d",
        [number(f"{x[0]})", x[1]) for x in ("ga", "hb", "ic", "jd")],
    ),
    "Roman numbers": (
        "i) a\nii) b\niii) c\niv) d\nv) e",
        [
            number("i)", "a"),
            number("ii)", "b"),
            number("iii)", "c"),
            number("iv)", "d"),
            number("v)", "e"),
        ],
    ),
    "letters in numbers": (
        "1. a\n   a) b\n   b) c\n2. d\n   a) e",
        [
            number("1.", "a"),
            number("a)", "b", level=2),
            number("b)", "c", level=2),
            number("2.", "d"),
            number("a)", "e", level=2),
        ],
    ),
    "bullets in numbers, two spaces in": (
        "1. a\n  - b\n2. c",
        [number("1.", "a"), bullet("b", level=2), number("2.", "c")],
    ),
    "numbers in bullets": (
        "- a\n  1. b\n  2. c\n- d",
        [bullet("a"), number("1.", "b", level=2), number("2.", "c", level=2), bullet("d")],
    ),
    "Word's bullets": (
        "• a\n  o b\n  o c\n• d",
        [bullet("a"), bullet("b", level=2), bullet("c", level=2), bullet("d")],
    ),
    "en dashes": ("– a\n– b", [bullet("a"), bullet("b")]),
    "middle dots": ("· a\n· b", [bullet("a"), bullet("b")]),
    "a look": ("1. **a** b", [number("1.", bold("a"), " b")]),
    "a second paragraph in a number": (
        "1. a\n\n   more\n2. b",
        [number("1.", "a"), below("more"), number("2.", "b")],
    ),
}

LOOKS: dict[str, tuple[str, list[Block]]] = {
    "bold": ("a **b** c", [paragraph("a ", bold("b"), " c")]),
    "bold over a line end": ("**a\nb**", [paragraph(bold("a b"))]),
    "two bold words": ("**a** **b**", [paragraph(bold("a"), " ", bold("b"))]),
    "bold in a bullet": ("- **a** b", [bullet(bold("a"), " b")]),
    "bold within a word": ("a**b**c", [paragraph("a", bold("b"), "c")]),
    "a link": (
        "see [the policy](https://example.org/p).",
        [paragraph("see ", link("the policy", "https://example.org/p"), ".")],
    ),
    "an insecure link": ("[a](http://e.org)", [paragraph(link("a", "http://e.org"))]),
    "a link in capitals": ("[a](HTTPS://E.org)", [paragraph(link("a", "HTTPS://E.org"))]),
    "a mail address": ("[a](mailto:a@e.org)", [paragraph(link("a", "mailto:a@e.org"))]),
    "a link in a bullet": ("- [a](http://e.org)", [bullet(link("a", "http://e.org"))]),
    "a bold link": (
        "**[a](https://e.org)**",
        [paragraph(Span("a", bold=True, link="https://e.org"))],
    ),
    "a link with a bold word": (
        "[a **b**](https://e.org)",
        [
            paragraph(
                link("a ", "https://e.org"),
                Span("b", bold=True, link="https://e.org"),
            )
        ],
    ),
    "two links side by side": (
        "[a](http://e.org)[b](http://f.org)",
        [paragraph(link("a", "http://e.org"), link("b", "http://f.org"))],
    ),
    "a link whose address is not ASCII": (
        "[a](https://é.org/ü)",
        [paragraph(link("a", "https://xn--9ca.org/%C3%BC"))],
    ),
    "a link within a link": (
        "[a [b](http://c.org) d](http://e.org)",
        [paragraph("[a ", link("b", "http://c.org"), " d](http://e.org)")],
    ),
}

PLAIN_TEXTS = {
    "a javascript link": "[a](javascript:alert(1))",
    "a javascript link in capitals": "[a](JavaScript:alert(1))",
    "a data link": "[a](data:text/html,x)",
    "a file link": "[a](file:///etc/passwd)",
    "a relative link": "[a](../policy.pdf)",
    "a link without a scheme": "[a](//example.org)",
    "a reference link": "[a][b]",
    "a link definition": "[a]: https://example.org",
    "a footnote": "a[^1]",
    "a bare address": "https://example.org/a_b_c",
    "an address in angle brackets": "<https://example.org>",
    "an address with a space": "[a](https://example.org/a b)",
    "a tick box": "[ ] a",
    "a decimal": "1.5 million",
    "a section": "3.2 of the Code",
    "an initial": "I. Smith",
    "a year": "2024. A year.",
    "a letter with a full stop": "a. b",
    "no Roman number": "xil) a",
    "a lone o": "o a",
    "a number without words": "1.",
    "a star": "* a",
    "a plus": "+ a",
    "a heading": "# a",
    "a rule": "---",
    "a rule of stars": "***",
    "a quote": "> a",
    "a fence": "``` a",
    "code": "`a`",
    "a table": "| a | b |",
    "HTML": "<b>a</b>",
    "a comment": "<!-- a -->",
    "an entity": "&amp; &#42;",
    "a backslash": "\\*a\\* \\- \\",
    "emphasis with underscores": "_a_",
    "strong with underscores": "__a__",
    "emphasis with a star": "*a*",
    "a struck word": "~~a~~",
    "unclosed bold": "**a",
    "unopened bold": "a**",
    "bold with spaces inside": "** a **",
    "four stars": "****",
    "underscores within a word": "a_b_c",
    "a lone bracket": "a [b",
    "a smiley": ":-) 😀",
}


@pytest.mark.parametrize("what", SHAPES)
def test_text_is_paragraphs_and_bullets(what: str) -> None:
    text, expected = SHAPES[what]
    assert parse_prose(text) == tuple(expected)


@pytest.mark.parametrize("what", LISTS)
def test_numbers_and_typed_bullets_are_lists(what: str) -> None:
    text, expected = LISTS[what]
    assert parse_prose(text) == tuple(expected)


def test_the_text_of_a_numbered_block_begins_with_its_number() -> None:
    assert parse_prose("1. Do **it**")[0].text == "1. Do it"


@pytest.mark.parametrize("what", LOOKS)
def test_text_has_bold_and_links(what: str) -> None:
    text, expected = LOOKS[what]
    assert parse_prose(text) == tuple(expected)


@pytest.mark.parametrize("what", PLAIN_TEXTS)
def test_anything_else_is_text(what: str) -> None:
    text = PLAIN_TEXTS[what]
    assert parse_prose(text) == (paragraph(text),)


@pytest.mark.parametrize("mark", ["*", "+", "#", ">"])
def test_other_lists_are_wrapped_text(mark: str) -> None:
    assert parse_prose(f"{mark} a\n{mark} b") == (paragraph(f"{mark} a {mark} b"),)


def test_underscores_beside_bold_stay() -> None:
    assert parse_prose("_a_ **b** __c__ *d*") == (paragraph("_a_ ", bold("b"), " __c__ *d*"),)


def test_bold_and_emphasis_together_keep_the_extra_stars() -> None:
    assert parse_prose("***a***") == (paragraph("*", bold("a"), "*"),)


def test_bold_does_not_reach_over_bullets() -> None:
    assert parse_prose("- **a\n- b**") == (bullet("**a"), bullet("b**"))


def test_an_image_is_a_link_to_it() -> None:
    assert parse_prose("![a](https://e.org/a.png)") == (
        paragraph("!", link("a", "https://e.org/a.png")),
    )


def test_the_text_of_a_block_is_its_words() -> None:
    assert parse_prose("a **b** [c](http://e.org)")[0].text == "a b c"


def test_bullets_of_any_depth_are_all_shown() -> None:
    text = "\n".join(f"{'  ' * depth}- item {depth}" for depth in range(30))
    blocks = parse_prose(text)
    assert [block.text for block in blocks] == [f"item {depth}" for depth in range(30)]
    assert [block.level for block in blocks] == [1, 2] + [3] * 28


@pytest.mark.parametrize("text", ["[](https://example.org)", "a [](https://example.org) b"])
def test_a_link_without_words_is_not_lost(text: str) -> None:
    shown = [(span.text, span.link) for block in parse_prose(text) for span in block.spans]
    assert "https://example.org" in str(shown)


def test_the_title_of_a_link_is_not_lost() -> None:
    assert "by 2025" in str(parse_prose('[a](https://example.org "by 2025")'))


def test_a_paragraph_of_a_hard_space_is_no_paragraph() -> None:
    assert parse_prose("a\n\n\u00a0\n\nb") == (paragraph("a"), paragraph("b"))


def test_a_very_long_text_is_read_whole() -> None:
    text = "\n\n".join(["word " * 40] * 90)
    assert [block.text for block in parse_prose(text)] == [("word " * 40).strip()] * 90
