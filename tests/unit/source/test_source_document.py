from __future__ import annotations

import pytest
from conftest import needs_c_parser
from ruamel.yaml.error import YAMLError

from kimplan.diagnostic import Severity
from kimplan.source import Document, KeyPath, Problem, parse, shown
from kimplan.source.events import next_event
from kimplan.source.walk import MAX_DEPTH, MAX_EVENTS, SURELY_FEW

WITHOUT = "Write the line without it."
INDENT = (
    "Keys of one list start in the same column, with spaces; text below a | is indented by two."
)
QUOTE = "To use these characters in text, put the whole value in double quotes or below a |."
QUOTE_OR_ALIGN = (
    "If it belongs to the text, put the whole value in double quotes or below a |; "
    "if it is a key, start it in the same column as the other keys."
)
WRITE_KEYS = "Write 'key: value' lines; kimplan rule KP009 says which."
QUOTE_ALL = "To begin text with this character, put the whole value in double quotes."
ONE_RECORD = "Keep one record a file."
KEEP_ONE = "Keep one of the two; only you know which."
FLOW_HINT = "Close it, and put commas between its entries."
LOST_HINT = (
    "If it is a comment, put a space behind the #; if it is text, put the whole text in double "
    "quotes, or on the lines below a |."
)
NEVER_CLOSED = "the quotation mark that opens here is never closed, or holds an unknown escape"
CLOSE_QUOTE = 'Close it; a quotation mark inside is written \\" and a backslash \\\\.'
NO_KEY = "this line is neither 'key: value' nor indented text"
WRITE_KEY = "Write the key, a colon and a space, or indent the line as part of the text above."
OVERRIDE = "a right-to-left override (U+202E), which turns the text round, stands"
SURROGATE = "half of a surrogate pair (U+D800), which nobody can see, stands after 'a:'"
ESCAPE = "an escape character (U+001B), which nobody can see, stands before '[31m'"
SEPARATOR = "a line separator (U+2028), which nobody can see, stands in 'a b:'"
MARK = "a byte order mark (U+FEFF), which nobody can see, stands after 'b'"
BELL = "a bell character (U+0007), which nobody can see, stands after 'a:'"
DEEP_HINT = "A plan needs three; kimplan schema --format text says which."


both_parsers = pytest.mark.parametrize("pure", [pytest.param(False, marks=needs_c_parser), True])


def problem(code: str, message: str, hint: str, line: int, column: int) -> Problem:
    return Problem(code, message, hint, line, column)


def lost(line: int, column: int) -> Problem:
    message = "everything from this # on is read as a comment, so it is lost"
    return Problem("KP008", message, LOST_HINT, line, column)


VALUES: dict[str, tuple[str, dict[str, object]]] = {
    "a key": ("a: b\n", {"a": "b"}),
    "no line end": ("a: b", {"a": "b"}),
    "Windows line ends": ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    "old Mac line ends": ("a: b\rc: d\r", {"a": "b", "c": "d"}),
    "Windows line ends in a block": ("a: |\r\n  b\r\n  c\r\n", {"a": "b\nc\n"}),
    "a document start": ("---\na: b\n", {"a": "b"}),
    "a document end": ("a: b\n...\n", {"a": "b"}),
    "comments": ("# x\na: b  # y\n# z\n", {"a": "b"}),
    "words that other readers change": (
        "a: no\nb: on\nc: 1.0\nd: 012\ne: 2024-13-45\nf: 1_000\ng: 0x10\nh: .inf\ni: 12:30:45\n",
        {
            "a": "no",
            "b": "on",
            "c": "1.0",
            "d": "012",
            "e": "2024-13-45",
            "f": "1_000",
            "g": "0x10",
            "h": ".inf",
            "i": "12:30:45",
        },
    ),
    "a very long number": (f"a: {'9' * 4301}\n", {"a": "9" * 4301}),
    "keys that other readers change": (
        "no: a\n1: b\n2024-01-01: c\n",
        {
            "no": "a",
            "1": "b",
            "2024-01-01": "c",
        },
    ),
    "nothing behind a key": ("a:\nb: c\n", {"a": "", "b": "c"}),
    "a null": ("a: ~\nb: null\nc: Null\nd: NULL\n", {"a": "", "b": "", "c": "", "d": ""}),
    "a quoted null": ("a: 'null'\nb: \"~\"\nc: |-\n  null\n", {"a": "null", "b": "~", "c": "null"}),
    "a null in braces": (
        "a: {b: ~, c: null, d: , e: }\n",
        {
            "a": {"b": "", "c": "", "d": "", "e": ""},
        },
    ),
    "single quotes": ("a: 'it''s'\n", {"a": "it's"}),
    "double quotes": ('a: "b\\n\\"c\\" \\\\ \\u00e9 \\t"\n', {"a": 'b\n\n"c" \\ é \t'}),
    "quotes over lines": ('a: "b\n  c\n\n  d"\n', {"a": "b c\n\nd"}),
    "a plain text over lines": ("a: b\n  c\n\n  d\n", {"a": "b c\n\nd"}),
    "a block": ("a: |\n  b\n   c\n\n  d\ne: f\n", {"a": "b\n c\n\nd\n", "e": "f"}),
    "a block without its last line end": ("a: |-\n  b\n", {"a": "b"}),
    "a block with all its line ends": ("a: |+\n  b\n\n", {"a": "b\n\n"}),
    "a block with its indent named": ("a: |2\n   b\n", {"a": " b\n"}),
    "a folded block": ("a: >\n  b\n  c\n\n  d\n", {"a": "b c\n\nd\n\n"}),
    "a block with a comment behind its mark": ("a: | # x\n  b\n", {"a": "b\n"}),
    "an empty block": ("a: |\nb: c\n", {"a": "", "b": "c"}),
    "marks in a block": (
        "a: |\n  # b\n  - c: d\n  &e *f !g %h @i `j\n",
        {
            "a": "# b\n- c: d\n&e *f !g %h @i `j\n",
        },
    ),
    "a list": ("a:\n  - b\n  - c\n", {"a": ["b", "c"]}),
    "a list that is not indented": ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    "a list of mappings": (
        "a:\n  - b: c\n    d: e\n  - {f: g}\n",
        {
            "a": [{"b": "c", "d": "e"}, {"f": "g"}],
        },
    ),
    "a list in brackets": ("a: [b, 'c, d', \"e\"]\n", {"a": ["b", "c, d", "e"]}),
    "brackets over lines": ("a: [\n  b,\n  c,\n]\n", {"a": ["b", "c"]}),
    "empty brackets": ("a: []\nb: {}\n", {"a": [], "b": {}}),
    "nested mappings": ("a:\n  b:\n    c: d\n", {"a": {"b": {"c": "d"}}}),
    "an explicit key": ("? a\n: b\n", {"a": "b"}),
    "a quoted key": ('"a b": c\n', {"a b": "c"}),
    "a merge key": ("<<: a\n", {"<<": "a"}),
    "a colon without a space": ("a: b:c http://d\n", {"a": "b:c http://d"}),
    "a hash without a space": ("a: b#c\n", {"a": "b#c"}),
    "a quoted hash": ("a: \"case #12\"\nb: 'case #12'\n", {"a": "case #12", "b": "case #12"}),
    "a link in quotes in braces": ('a: {b: "https://c"}\n', {"a": {"b": "https://c"}}),
    "a tab within a text": ("a: b\tc\n", {"a": "b c"}),
    "a tab behind the colon": ("a:\tb\n", {"a": "b"}),
    "a tab behind the dash": ("a:\n  -\tb\n", {"a": ["b"]}),
    "a tab on a blank line": ("a: b\n\t\nc: d\n", {"a": "b", "c": "d"}),
    "a line that ends with a tab": ("a: b\t\nc: d\n", {"a": "b", "c": "d"}),
    "other scripts": ("a: é – “b” 😀 日本\n", {"a": "é – “b” 😀 日本"}),
    "a percent sign within": ("a: 50%\nb: |\n  %c\n", {"a": "50%", "b": "%c\n"}),
}


@pytest.mark.parametrize("what", VALUES)
def test_every_scalar_is_read_as_a_text(what: str) -> None:
    text, value = VALUES[what]
    document = parse(text)
    assert (document.value, document.problems) == (value, [])


class TestPlaces:
    TEXT = (
        "# comment\n"
        "title: Plan\n"
        "owners:\n"
        "  - role: A\n"
        "    name:   B\n"
        "  - {role: C, 'name': D}\n"
        "empty:\n"
        "block: |\n"
        "  text\n"
        "nested:\n"
        "  deep:\n"
        "  - - x\n"
        "    - y\n"
        "é😀: z\n"
        "none: []\n"
    )

    @pytest.mark.parametrize(
        ("path", "value_at", "key_at"),
        [
            ((), (2, 1), (2, 1)),
            (("title",), (2, 8), (2, 1)),
            (("owners",), (4, 3), (3, 1)),
            (("owners", 0), (4, 5), (4, 5)),
            (("owners", 0, "role"), (4, 11), (4, 5)),
            (("owners", 0, "name"), (5, 13), (5, 5)),
            (("owners", 1), (6, 5), (6, 5)),
            (("owners", 1, "role"), (6, 12), (6, 6)),
            (("owners", 1, "name"), (6, 23), (6, 15)),
            (("block",), (8, 8), (8, 1)),
            (("nested", "deep", 0), (12, 5), (12, 5)),
            (("nested", "deep", 0, 1), (13, 7), (13, 7)),
            (("é😀",), (14, 5), (14, 1)),
            (("none",), (15, 7), (15, 1)),
        ],
    )
    def test_a_value_and_its_key_have_a_place(
        self, path: KeyPath, value_at: tuple[int, int], key_at: tuple[int, int]
    ) -> None:
        document = parse(self.TEXT)
        assert document.problems == []
        assert document.locate(path) == value_at
        assert document.locate(path, key=True) == key_at

    def test_an_empty_value_stands_behind_its_key(self) -> None:
        document = parse(self.TEXT)
        assert document.locate(("empty",), key=True) == (7, 1)
        assert document.locate(("empty",))[0] == 7

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            (("missing",), (2, 1)),
            (("owners", 0, "email"), (4, 5)),
            (("owners", 9), (4, 3)),
            (("owners", "role"), (4, 3)),
            (("title", "deeper", 0), (2, 8)),
            (("nested", "deep", 0, 7), (12, 5)),
        ],
    )
    def test_what_is_missing_is_placed_at_its_nearest_parent(
        self, path: KeyPath, place: tuple[int, int]
    ) -> None:
        assert parse(self.TEXT).locate(path) == place

    def test_a_document_that_says_nothing_has_only_its_start(self) -> None:
        for document in (Document(), parse(""), parse("- a\n"), parse("a: [\n")):
            assert document.value is None
            assert document.locate(()) == (1, 1)
            assert document.locate(("title",), key=True) == (1, 1)

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_places_are_the_same_with_other_line_ends(self, end: str) -> None:
        document = parse(self.TEXT.replace("\n", end))
        assert document.locate(("owners", 0, "name")) == (5, 13)
        assert document.locate(("é😀",)) == (14, 5)

    def test_the_first_of_two_equal_keys_keeps_its_value_and_place(self) -> None:
        document = parse("a: b\nc: d\na: [e]\n")
        assert document.value == {"a": "b", "c": "d"}
        assert document.locate(("a",)) == (1, 4)


PROBLEMS: dict[str, tuple[str, list[Problem]]] = {
    "nothing": ("", [problem("KP009", "the file holds nothing, not keys", WRITE_KEYS, 1, 1)]),
    "only a comment": (
        "# a\n",
        [problem("KP009", "the file holds nothing, not keys", WRITE_KEYS, 1, 1)],
    ),
    "only a document start": (
        "---\n",
        [problem("KP009", "the file holds nothing, not keys", WRITE_KEYS, 1, 1)],
    ),
    "a list": ("- a\n", [problem("KP009", "the file holds a list, not keys", WRITE_KEYS, 1, 1)]),
    "only text": (
        "a\n",
        [problem("KP009", "the file holds only text, not keys", WRITE_KEYS, 1, 1)],
    ),
    "a key twice": (
        "a: b\nc: d\na: e\n",
        [problem("KP004", "the key 'a' stands twice", KEEP_ONE, 3, 1)],
    ),
    "a key three times": (
        "a: b\na: c\na: d\n",
        [
            problem("KP004", "the key 'a' stands twice", KEEP_ONE, 2, 1),
            problem("KP004", "the key 'a' stands twice", KEEP_ONE, 3, 1),
        ],
    ),
    "a key twice in braces": (
        "a: {b: c, b: d}\n",
        [problem("KP004", "the key 'b' stands twice", KEEP_ONE, 1, 11)],
    ),
    "a key twice, once in quotes": (
        "a: b\n'a': c\n",
        [problem("KP004", "the key 'a' stands twice", KEEP_ONE, 2, 1)],
    ),
    "a key twice in a list's entry": (
        "a:\n  - b: c\n    b: d\n",
        [problem("KP004", "the key 'b' stands twice", KEEP_ONE, 3, 5)],
    ),
    "a long key twice": (
        f"{'k' * 61}: b\n{'k' * 61}: c\n",
        [problem("KP004", f"the key '{'k' * 59}…' stands twice", KEEP_ONE, 2, 1)],
    ),
    "an anchor": (
        "a: &b c\n",
        [problem("KP005", "a YAML anchor (&) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "an anchored list": (
        "a: &b\n  - c\n",
        [problem("KP005", "a YAML anchor (&) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "an anchored key": (
        "&a b: c\n",
        [problem("KP005", "a YAML anchor (&) is not allowed in a plan", QUOTE_ALL, 1, 1)],
    ),
    "text that begins with &": (
        "a: &important\n",
        [problem("KP005", "a YAML anchor (&) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "an alias": (
        "a: *b\n",
        [problem("KP005", "a YAML alias (*) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "an alias in a list": (
        "a:\n  - *b\n",
        [problem("KP005", "a YAML alias (*) is not allowed in a plan", QUOTE_ALL, 2, 5)],
    ),
    "an alias as a key": (
        "*a : b\n",
        [problem("KP005", "a YAML alias (*) is not allowed in a plan", QUOTE_ALL, 1, 1)],
    ),
    "a merged alias": (
        "a: b\n<<: *c\n",
        [problem("KP005", "a YAML alias (*) is not allowed in a plan", QUOTE_ALL, 2, 5)],
    ),
    "a tag": (
        "a: !b c\n",
        [problem("KP005", "a YAML tag (!) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "a standard tag": (
        "a: !!bool abc\n",
        [problem("KP005", "a YAML tag (!) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "a Python tag": (
        "a: !!python/object/apply:os.system [id]\n",
        [problem("KP005", "a YAML tag (!) is not allowed in a plan", QUOTE_ALL, 1, 4)],
    ),
    "a tagged key": (
        "!a b: c\n",
        [problem("KP005", "a YAML tag (!) is not allowed in a plan", QUOTE_ALL, 1, 1)],
    ),
    "a tagged document": (
        "--- !a\nb: c\n",
        [problem("KP005", "a YAML tag (!) is not allowed in a plan", QUOTE_ALL, 1, 5)],
    ),
    "a directive": (
        "%YAML 1.3\n---\na: b\n",
        [
            problem(
                "KP005", "a line that begins with % is a YAML directive",
                "Delete the line, or indent it if it is text.", 1, 1,
            )
        ],
    ),
    "a line that begins with a percent sign": (
        "a: b\n%c\n",
        [
            problem(
                "KP005", "a line that begins with % is a YAML directive",
                "Delete the line, or indent it if it is text.", 2, 1,
            )
        ],
    ),
    "two documents": (
        "a: b\n---\nc: d\n",
        [problem("KP005", "several documents in one file", ONE_RECORD, 2, 1)],
    ),
    "two documents, the second empty": (
        "a: b\n---\n",
        [problem("KP005", "several documents in one file", ONE_RECORD, 2, 1)],
    ),
    "a tab in the indentation": (
        "a:\n\tb: c\n",
        [
            problem(
                "KP003", "a tab in the indentation",
                "Use spaces: YAML does not take tabs at the start of a line.", 2, 1,
            )
        ],
    ),
    "a tab behind spaces in the indentation": (
        "a:\n  - b\n  \t c: d\n",
        [
            problem(
                "KP003", "a tab in the indentation",
                "Use spaces: YAML does not take tabs at the start of a line.", 3, 3,
            )
        ],
    ),
    "a colon in a plain text": (
        "a: b: c\n",
        [problem("KP003", "a ': ' where no key may stand", QUOTE_OR_ALIGN, 1, 5)],
    ),
    "a key that is indented too far": (
        "a: b\n  c: d\n",
        [problem("KP003", "a ': ' where no key may stand", QUOTE_OR_ALIGN, 2, 4)],
    ),
    "a key that is indented too little": (
        "a:\n    b: c\n  d: e\n",
        [problem("KP003", "this line does not fit what stands above it", INDENT, 3, 3)],
    ),
    "a key without a colon": (
        "a: b\nc\n",
        [
            problem("KP003", NO_KEY, WRITE_KEY, 2, 1)
        ],
    ),
    "a colon without a space behind the first key": (
        "a:b\nc: d\n",
        [problem("KP003", "a ': ' where no key may stand", QUOTE_OR_ALIGN, 2, 2)],
    ),
    "a colon without a space behind a key": (
        "a: b\nc:d\n",
        [problem("KP003", NO_KEY, WRITE_KEY, 2, 1)],
    ),
    "an open double quote": (
        'a: "b\nc: d\n',
        [problem("KP003", NEVER_CLOSED, CLOSE_QUOTE, 1, 4)],
    ),
    "an open single quote": (
        "a: 'b\nc: d\n",
        [problem("KP003", NEVER_CLOSED, CLOSE_QUOTE, 1, 4)],
    ),
    "an unknown escape": (
        'a: "C:\\qath"\n',
        [problem("KP003", NEVER_CLOSED, CLOSE_QUOTE, 1, 4)],
    ),
    "text behind a closing quote": (
        'a: "b" c\n',
        [problem("KP003", "this line does not fit what stands above it", INDENT, 1, 8)],
    ),
    "text that begins with @": (
        "a: @b\n",
        [problem("KP003", "text may not begin with this character", QUOTE, 1, 4)],
    ),
    "text that begins with a backquote": (
        "a: `b`\n",
        [problem("KP003", "text may not begin with this character", QUOTE, 1, 4)],
    ),
    "text that begins with a percent sign": (
        "a: %b\n",
        [problem("KP003", "text may not begin with this character", QUOTE, 1, 4)],
    ),
    "text behind a block's mark": (
        "a: | b\n  c\n",
        [
            problem(
                "KP003", "after | stands something other than the end of the line",
                "Write the text on the lines below the |, indented by two spaces.", 1, 4,
            )
        ],
    ),
    "a list behind a key on its line": (
        "a: - b\n",
        [
            problem(
                "KP003", "'- ' is not a value",
                "Begin the list on the next line, or put the text in double quotes.", 1, 4,
            )
        ],
    ),
    "an open bracket": (
        "a: [b, c\nd: e\n",
        [problem("KP003", "this { or [ is not closed as it should be", FLOW_HINT, 1, 4)],
    ),
    "an open brace": (
        "a:\n  - {b: c\nd: e\n",
        [problem("KP003", "this { or [ is not closed as it should be", FLOW_HINT, 2, 5)],
    ),
    "a missing comma": (
        "a: {b: 'c' d: e}\n",
        [problem("KP003", "this { or [ is not closed as it should be", FLOW_HINT, 1, 4)],
    ),
    "a colon in braces": (
        "a: {b: https://c}\n",
        [
            problem(
                "KP003", "a ':' inside { } or [ ] needs quotation marks",
                'Put the value in double quotes: link: "https://…".', 1, 13,
            )
        ],
    ),
    "a colon in brackets": (
        "a: [b:c]\n",
        [
            problem(
                "KP003", "a ':' inside { } or [ ] needs quotation marks",
                'Put the value in double quotes: link: "https://…".', 1, 6,
            )
        ],
    ),
    "a key that is a list": (
        "? [a]\n: b\n",
        [problem("KP003", "a key must be a plain word", "Write 'key: value'.", 1, 3)],
    ),
    "a key that is a mapping": (
        "{a: b}: c\n",
        [problem("KP003", "a key must be a plain word", "Write 'key: value'.", 1, 1)],
    ),
    "an empty key": (
        ": a\n",
        [problem("KP003", "this line does not fit what stands above it", INDENT, 1, 1)],
    ),
    "a hash in a text": ("a: case #12 of\n", [lost(1, 9)]),
    "a hash in a list": ("a:\n  - flat #3\n  - b\n", [lost(2, 10)]),
    "two hashes": ("a: b #1\nc: d #2\n", [lost(1, 6), lost(2, 6)]),
    "a forbidden character": (
        "a: b\u202ec\nd: \x1b[31m\n",
        [
            problem("KP107", f"{OVERRIDE} in 'bc'", WITHOUT, 1, 5),
            problem("KP107", ESCAPE, WITHOUT, 2, 4),
        ],
    ),
    "a forbidden character in a key": (
        "a\u2028b: c\n",
        [problem("KP107", SEPARATOR, WITHOUT, 1, 2)],
    ),
    "a forbidden character in a comment": (
        "a: b # \u202e\n",
        [problem("KP107", f"{OVERRIDE} after '#'", WITHOUT, 1, 8)],
    ),
    "a byte order mark within": (
        "a: b\ufeff\n",
        [problem("KP107", MARK, WITHOUT, 1, 5)],
    ),
    "a lone surrogate": (
        "a: \ud800\n",
        [problem("KP107", SURROGATE, WITHOUT, 1, 4)],
    ),
    "a forbidden character and a broken line": (
        "a: \x07\nb\n",
        [
            problem("KP107", BELL, WITHOUT, 1, 4),
            problem("KP003", NO_KEY, WRITE_KEY, 2, 1),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", PROBLEMS)
def test_what_is_wrong_is_told_with_its_place(what: str) -> None:
    text, problems = PROBLEMS[what]
    assert parse(text).problems == problems


@pytest.mark.parametrize(
    ("escape", "described"),
    [
        (r"\u202e", "a right-to-left override (U+202E), which turns the text round"),
        (r"\u2066", "a left-to-right isolate (U+2066), which turns the text round"),
        (r"\U0001fffe", "a noncharacter (U+1FFFE), which nobody can see"),
        (r"\x1b", "an escape character (U+001B), which nobody can see"),
        (r"\e", "an escape character (U+001B), which nobody can see"),
        (r"\0", "a null character (U+0000), which nobody can see"),
        (r"\a", "a bell character (U+0007), which nobody can see"),
        (r"\N", "a control character (U+0085), which nobody can see"),
        (r"\L", "a line separator (U+2028), which nobody can see"),
        (r"\P", "a paragraph separator (U+2029), which nobody can see"),
        (r"\uFEFF", "a byte order mark (U+FEFF), which nobody can see"),
    ],
)
def test_an_escape_to_a_forbidden_character_is_told_at_its_place(
    escape: str, described: str
) -> None:
    message = f"the escape {escape} makes {described}"
    assert parse(f'a: "b {escape} c"\n').problems == [problem("KP107", message, WITHOUT, 1, 7)]
    assert parse(f'"{escape}": b\n').problems == [problem("KP107", message, WITHOUT, 1, 2)]


@pytest.mark.parametrize(
    ("escape", "described"),
    [
        (r"\u00ad", "a soft hyphen (U+00AD)"),
        (r"\xad", "a soft hyphen (U+00AD)"),
        (r"\u200b", "a zero-width space (U+200B)"),
        (r"\u200D", "a zero-width joiner (U+200D)"),
    ],
)
def test_an_escape_to_an_unseen_character_is_warned_of_at_its_place(
    escape: str, described: str
) -> None:
    message = f"the escape {escape} makes {described}, which nobody can see"
    expected = Problem("KP109", message, WITHOUT, 2, 4, Severity.WARNING)
    assert parse(f'a: "b\n  c{escape}d"\n').problems == [expected]


@pytest.mark.parametrize("escape", [r"\ud800", r"\uDFFF"])
def test_an_escape_to_half_a_character_is_told_at_its_text(escape: str) -> None:
    made = f"U+{escape[2:].upper()} (half of a surrogate pair)"
    message = f"an escape in this text makes {made}, which cannot stand in a plan"
    expected = [problem("KP107", message, "Delete the escape.", 1, 4)]
    assert parse(f'a: "b {escape} c"\n').problems == expected


def test_an_escape_beyond_unicode_is_told_at_its_text() -> None:
    problems = parse('a: b\nc: "\\U00110000"\n').problems
    assert [(found.code, found.line, found.column) for found in problems] == [("KP107", 2, 4)]


def test_harmless_escapes_are_read() -> None:
    assert parse(r'a: "\u00e9 \x41 \U0001F600 \_ \/ \""').value == {"a": 'é A 😀 \u00a0 / "'}


@pytest.mark.parametrize(
    "text",
    [
        "a: b # c\n",
        "a: b #! c\n",
        "a: b ## c\n",
        "a: b #\n",
        "a: b  #kimplan: ignore KP303 - c\n",
        "a: b\n#c: d\n",
        "a: b\n  #c: d\n",
        "a:\n  - b\n  #- c\n",
    ],
)
def test_a_comment_that_looks_like_one_is_not_warned_of(text: str) -> None:
    assert parse(text).problems == []


def test_lost_text_does_not_take_the_value_away() -> None:
    document = parse("a: case #12\nb: c\n")
    assert document.value == {"a": "case", "b": "c"}


def test_a_duplicate_key_does_not_take_the_value_away() -> None:
    assert parse("a: b\na: c\nd: e\n").value == {"a": "b", "d": "e"}


class TestBounds:
    @both_parsers
    def test_sixteen_levels_are_read_and_seventeen_are_not(self, *, pure: bool) -> None:
        def nested(depth: int) -> str:
            return "a: " + "[" * (depth - 1) + "]" * (depth - 1)

        assert parse(nested(MAX_DEPTH), pure=pure).problems == []
        too_deep = parse(nested(MAX_DEPTH + 1), pure=pure)
        assert too_deep.value is None
        assert too_deep.problems == [
            problem("KP006", "the file nests more than 16 levels", DEEP_HINT, 1, 3 + MAX_DEPTH)
        ]

    @both_parsers
    def test_seventeen_levels_of_indents_are_not_read(self, *, pure: bool) -> None:
        lines = [f"{' ' * depth}a:\n" for depth in range(MAX_DEPTH + 1)]
        text = "".join(lines)[:-1] + " b\n"
        assert parse(text, pure=pure).problems == [
            problem("KP006", "the file nests more than 16 levels", DEEP_HINT, 17, 17)
        ]

    @pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: "])
    @both_parsers
    def test_a_hundred_thousand_levels_are_refused(self, opening: str, *, pure: bool) -> None:
        document = parse(opening * 100_000, pure=pure)
        assert document.value is None
        assert [found.code for found in document.problems] in (["KP006"], ["KP003"])

    @pytest.mark.slow
    @both_parsers
    def test_twenty_thousand_elements_are_read_and_one_more_is_not(self, *, pure: bool) -> None:
        # The stream, the document, the mapping and the list begin and end, and there is a key.
        most = MAX_EVENTS - 9
        fits = parse("a:\n" + "- b\n" * most, pure=pure)
        assert (fits.problems, fits.value) == ([], {"a": ["b"] * most})
        too_many = parse("a:\n" + "- b\n" * (most + 1), pure=pure)
        assert too_many.value is None
        message = "the file holds more than 20,000 YAML elements"
        assert too_many.problems == [problem("KP006", message, "Shorten the file.", most + 2, 3)]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("piece", "elements", "last"),
        [
            ("a{n}: b\n", 2, (9_998, 1)),
            ("- {{}}\n", 2, (9_998, 3)),
            ("- [a]\n", 3, (6_665, 4)),
            ("- {{a: b}}\n", 4, (4_999, 4)),
        ],
    )
    @both_parsers
    def test_an_element_that_is_one_too_many_is_named(
        self, piece: str, elements: int, last: tuple[int, int], *, pure: bool
    ) -> None:
        fits = (MAX_EVENTS - 6) // elements  # the stream, the document and the file's value
        text = "".join(piece.format(n=n) for n in range(fits))
        message = "the file holds more than 20,000 YAML elements"
        assert {found.code for found in parse(text, pure=pure).problems} <= {"KP009"}
        text += "".join(piece.format(n=fits + n) for n in range(2))
        too_many = problem("KP006", message, "Shorten the file.", *last)
        assert parse(text, pure=pure).problems == [too_many]

    @pytest.mark.slow
    @pytest.mark.parametrize("opening", ["{", "[", ""])
    @pytest.mark.parametrize(
        "piece", [":,", "?,", "? :,", "a,", "{},", "[],", "[:],", "- ", "? ", ": ", "-\n", "? :\n"]
    )
    def test_no_text_whose_elements_are_not_counted_has_too_many(
        self, opening: str, piece: str
    ) -> None:
        get, found = next_event((opening + piece * SURELY_FEW)[:SURELY_FEW]), 0
        try:
            while get() is not None:
                found += 1
        except YAMLError:
            pass
        assert found <= MAX_EVENTS

    def test_an_alias_bomb_is_refused_at_its_first_anchor(self) -> None:
        lines = ["a0: &a0 [x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
        assert parse("\n".join(lines)).problems == [
            problem("KP005", "a YAML anchor (&) is not allowed in a plan", QUOTE_ALL, 1, 5)
        ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "''"),
        ("a", "'a'"),
        ("a" * 60, f"'{'a' * 60}'"),
        ("a" * 61, f"'{'a' * 59}…'"),
        ("a'b", "'a'b'"),
    ],
)
def test_a_value_is_shown_in_quotes_and_shortened(text: str, said: str) -> None:
    assert shown(text) == said
