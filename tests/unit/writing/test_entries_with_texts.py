"""Entries that hold free text stand a key a line, whatever stands above them."""

from __future__ import annotations

import pytest

from kimplan.writing import entries, keys
from kimplan.writing.entries import append, insert, unfolded
from kimplan.writing.parsed_text import CannotEditError, ParsedText

HEAD = "ref: REC1\n"
NOTE = {"on": "2024-05-02", "note": "Web form, leaflet: printed"}
LINES = '- on: 2024-05-02\n{0}  note: "Web form, leaflet: printed"\n'
LIST = ("progress",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "progress:\n  " + LINES.format("  ")),
        ("progress: []\n", "progress:\n  " + LINES.format("  ")),
        ("progress: [ ]  # none\n", "progress:  # none\n  " + LINES.format("  ")),
        ("progress:\n", "progress:\n  " + LINES.format("  ")),
        (
            "progress:\n- {on: 2024-01-02, note: Begun.}  # n\n# foot\n",
            "progress:\n- {on: 2024-01-02, note: Begun.}  # n\n" + LINES.format("") + "# foot\n",
        ),
        (
            "progress:\n    -   {on: 2024-01-02,\n         note: Begun.}\n",
            "progress:\n    -   {on: 2024-01-02,\n         note: Begun.}\n"
            '    -   on: 2024-05-02\n        note: "Web form, leaflet: printed"\n',
        ),
        (
            "progress: [{on: 2024-01-02, note: Begun.}]\n",
            "progress: [{on: 2024-01-02, note: Begun.}, "
            '{on: 2024-05-02, note: "Web form, leaflet: printed"}]\n',
        ),
    ],
)
def test_a_note_is_put_last(before: str, after: str) -> None:
    text = append(ParsedText.of(HEAD + before), LIST, NOTE)
    assert text.text == HEAD + after
    assert text.get(LIST)[-1] == NOTE


def test_a_note_is_put_above_one_in_braces() -> None:
    text = ParsedText.of(f"{HEAD}progress:\n  # last\n  - {{on: 2024-06-02, note: Done.}}\n")
    assert insert(text, LIST, 0, NOTE).text == (
        f"{HEAD}progress:\n  {LINES.format('  ')}  # last\n  - {{on: 2024-06-02, note: Done.}}\n"
    )


def test_what_holds_no_free_text_may_stand_in_braces() -> None:
    text = ParsedText.of("columns:\n  - {field: ref, label: Ref}\n")
    more = append(text, ("columns",), {"field": "rag", "label": "RAG"})
    assert more.text == text.text + "  - {field: rag, label: RAG}\n"
    sections = ParsedText.of("sections:\n  - {id: a, title: A}\n")
    assert append(sections, ("sections",), {"id": "b", "title": "B, C"}).text == (
        sections.text + "  - id: b\n    title: B, C\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "verified:\n  by: A, B\n  on: 2024-05-02\n"),
        ("verified: {}\n", "verified:\n  by: A, B\n  on: 2024-05-02\n"),
        ("verified:  # who\n", "verified:  # who\n  by: A, B\n  on: 2024-05-02\n"),
    ],
)
def test_a_verification_has_lines(before: str, after: str) -> None:
    checked = {"by": "A, B", "on": "2024-05-02"}
    text = keys.put_map(ParsedText.of(HEAD + before), ("verified",), checked)
    assert text.text == HEAD + after


MOVE = {"from": "2024-06", "to": "2024-08", "reason": "Staff left, twice.", "on": "2024-05-31"}


@pytest.mark.parametrize(
    ("action", "lines"),
    [
        (
            "- {title: Tell them, due: 2024-08}  # by letter",
            "- title: Tell them\n  due: 2024-08  # by letter\n",
        ),
        (
            '- {"title": "Tell #12: all", due: \'2024-08\'}',
            "- title: \"Tell #12: all\"\n  due: '2024-08'\n",
        ),
        ("-   { title: T, due: 2024-08 }", "-   title: T\n    due: 2024-08\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_action_in_braces_gets_lines_when_a_text_comes_in(
    action: str, lines: str, end: str
) -> None:
    text = ParsedText.of(f"{HEAD}actions:\n{action}\n- {{title: U}}\n".replace("\n", end))
    after = append(text, ("actions", 0, "revisions"), MOVE)
    first = text.value["actions"][0] | {"revisions": [MOVE]}
    assert after.value["actions"] == [first, {"title": "U"}]
    assert after.text.startswith(f"{HEAD}actions:\n{lines}".replace("\n", end))
    assert after.text.endswith(f"- {{title: U}}{end}")
    assert "{from" not in after.text


@pytest.mark.parametrize(
    "action",
    [
        "- {title: Tell them, # whom\n   due: 2024-08}\n",
        "- {title: Tell them,\n   due: 2024-08}\n",
        "- {title: Tell them, due: 2024-08, owner: }\n",
    ],
)
def test_an_action_that_cannot_have_lines_stays_in_braces(action: str) -> None:
    text = ParsedText.of(f"{HEAD}actions:\n{action}")
    with pytest.raises(CannotEditError):
        unfolded(text, ("actions", 0))
    after = append(text, ("actions", 0, "revisions"), MOVE)
    assert after.value["actions"][0]["revisions"] == [MOVE]


def test_the_whole_record_in_braces_stays_so() -> None:
    text = entries.append(ParsedText.of("{ref: REC1, rag: red}\n"), LIST, NOTE)
    assert text.text == (
        '{ref: REC1, rag: red, progress: [{on: 2024-05-02, note: "Web form, leaflet: printed"}]}\n'
    )
