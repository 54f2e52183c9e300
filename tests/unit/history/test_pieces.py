"""Versions that are read key by key say what they say when they are read whole."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kimplan.history import pieces as module
from kimplan.history.pieces import Pieces
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.rating import Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.source import Document, parse

SOUND = (
    "ref: REC1\n",
    "section: section-1\n",
    "title: Keep a register of every repair.\n",
    "detail: |\n  Keep it.\n\n  In order.\n",
    "owners:\n  - Data Manager\n",
    "rag: amber\n",
    "due: 2024-07\n",
)
# What stands in place of some of the lines, or between them.
ODD = (
    "", "# kimplan\n", "---\n", "--- \n", "...\n", "%YAML 1.2\n", "\n", " \n", "\t\n", "\r\n",
    "# a\n---\n", "response: |\n  One.\n", "response: |\n  One.\n   Two.\n\n\n",
    "response: |-\n  x\n",
    "response: |+\n  One.\n\n", "response: |2\n   One.\n", "response: |\n\n  One.\n",
    "response: |\n    One.\n  two\n", "response: |\n", "response: >\n  One.\n  Two.\n",
    "response: |\n  One.\n# two\n", "response: |\n  One # two.\n", "response: |\n  One \n",
    'response: "One.\n', 'response: "One.\ndue: 2024"\n', "response: 'One.\n", 'title: Two."\n',
    "response: [\n", "response: One.\n  Two.\n", "response: One: two.\n", "response: é “One” … |\n",
    "response: |\n  é “One” … |\n", "response: |\n  a\u200bb\n", "response: a\u200bb\n",
    "response: |\n  a\u2028b\n", "response: &x One.\n", "response: *x\n", "response: !x One.\n",
    "response:\n", "response: ~\n", "response: #1\n", "response: One #1\n", "response: |#1\n  a\n",
    "response:One.\n", "? response\n", "- One.\n", "One.\n", "{response: One.}\n", " response: x\n",
    '"response": One.\n', "Response: One.\n", "unknown: One.\n", "ref: REC2\n", "rag: pink\n",
    "rag: blue\ncompleted: 2024-05-01\n", "completed: 2024-05-01\n", "owners:\n- Data Manager\n",
    "owners: [Data Manager,\nStaff]\n", "<<<<<<< HEAD\nrag: red\n=======\nrag: blue\n>>>>>>> x\n",
    "actions:\n  - title: One.\n    owner: Data Manager\n", "\ufeff", "fields: {a: b}\n",
    "fields: {\n",
)  # fmt: skip


def read(reader: Pieces, content: bytes, scheme: Scheme = Scheme.RAG) -> Recommendation | None:
    return reader.read("a", content, reader.meaning(content), scheme)


def both(reader: Pieces, text: str) -> None:
    content = text.encode()
    whole = load_bytes("a", content, Recommendation, Scheme.RAG).value
    assert read(reader, content) == whole, text


@pytest.mark.parametrize("at", [0, 4, len(SOUND)])
def test_what_is_odd_in_a_text_is_read_as_if_it_was_read_alone(at: int) -> None:
    reader = Pieces()
    both(reader, "".join(SOUND))
    for one, other in pairwise(ODD):
        both(reader, "".join([*SOUND[:at], one, *SOUND[at:]]))
        both(reader, "".join([*SOUND[:at], one, *SOUND[at + 1 :], other])[:-1])


def test_what_another_version_said_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counting(text: str) -> Document:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(module, "parse", counting)
    reader = Pieces()
    text = "".join(SOUND)
    for rating, note in (("amber", "One."), ("red", "One."), ("red", "Two."), ("amber", "Two.")):
        other = text.replace("rag: amber", f"rag: {rating}") + f"response: |\n  {note}\n"
        item = read(reader, other.encode())
        assert item is not None
        assert (item.rag.word, item.response) == (rating, note)
    assert parsed == [f"{text}response: |\n  One.\n", "rag: red\n", "response: |\n  Two.\n"]


def test_a_text_of_another_scheme_is_read_by_it() -> None:
    reader = Pieces()
    text = "".join(SOUND).replace("amber", "green").encode()
    for scheme in (Scheme.RAG, Scheme.BRAG, Scheme.RAG):
        whole = load_bytes("a", text, Recommendation, scheme).value
        assert read(reader, text, scheme) == whole


def test_a_long_text_is_read_whole() -> None:
    text = "".join(SOUND) + "response: |\n" + "  A line of the response.\n" * 500
    both(Pieces(), text)


def test_what_is_known_is_given_up_where_it_grows_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 400)
    reader = Pieces()
    text = "".join(SOUND)
    for number in range(20):
        both(reader, f"{text}response: |\n  Note {number}.\n")
        assert sum(map(len, reader._known)) <= 400 + len(text) + 30
