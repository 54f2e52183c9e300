"""The file of a form: an issue's event, or an object of answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kimplan.errors import KimplanError
from kimplan.forms.submission import Sent, read_sent


def issue(**fields: Any) -> bytes:
    known = {"number": 12, "body": "text", "user": {"login": "example-owner"}}
    return json.dumps({"action": "opened", "issue": known | fields}).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(KimplanError) as caught:
        read_sent(data)
    return caught.value.message


def test_of_an_event_only_the_issue_is_read() -> None:
    assert read_sent(issue()) == Sent(12, "example-owner", "text")
    assert read_sent(issue(body=None)) == Sent(12, "example-owner", "")


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_sent(b"\xef\xbb\xbf" + issue()).number == 12


@pytest.mark.parametrize(
    ("login", "name"),
    [
        ("A-1", "A-1"),
        ("person_company", "person_company"),
        ("app[bot]", "app[bot]"),
        ("-a", ""),
        ("a b", ""),
        ("a`b", ""),
        ("a\n", ""),
        ("\u0430", ""),
        ("", ""),
        (7, ""),
    ],
)
def test_the_author_is_a_name_of_the_forge_or_not_known(login: object, name: str) -> None:
    assert read_sent(issue(user={"login": login})).author == name


@pytest.mark.parametrize("user", [None, "example-owner", [], {}])
def test_a_user_that_is_none_is_not_known(user: object) -> None:
    assert read_sent(issue(user=user)).author == ""


@pytest.mark.parametrize("number", [None, 0, -1, 1.0, True, "12", 2**53, [1]])
def test_an_issue_has_a_number(number: object) -> None:
    assert refusal(issue(number=number)) == "the event's issue has no number"


@pytest.mark.parametrize("body", [7, [], {"a": 1}])
def test_an_issue_has_a_text(body: object) -> None:
    assert refusal(issue(body=body)) == "the event's issue has no text"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"\xff", b"{'a': 1}", b"[" * 100_000,
        b'{"issue": ' * 50_000, b'{"number": ' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_no_json_is_said(data: bytes) -> None:
    assert refusal(data) == "the file of the form is not JSON in UTF-8"


@pytest.mark.parametrize(
    "data", [b'{"ref": "REC1", "ref": "REC2"}', b'{"issue": {"ref": 1, "ref": 1}}']
)
def test_what_stands_twice_is_said(data: bytes) -> None:
    assert refusal(data) == "'ref' stands twice in the file of the form"


@pytest.mark.parametrize("data", [b"[]", b"null", b'"issue"', b"7"])
def test_what_is_no_object_is_said(data: bytes) -> None:
    assert refusal(data) == "the file of the form holds no object"


def test_what_is_too_large_is_said() -> None:
    assert refusal(b" " * (2 * 1024 * 1024 + 1)) == "the file of the form is larger than 2 MiB"
    assert refusal(json.dumps({"note": "x" * 70_000}).encode()) == (
        "the answers of the form are too long"
    )


def test_an_event_without_an_issue_is_said() -> None:
    assert refusal(b'{"issue": 7}') == "the event has no issue"
    assert refusal(b'{"action": "opened"}') == "the form knows no answer 'action'"


def test_answers_of_a_program_are_texts() -> None:
    sent = read_sent(b'{"ref": "REC6", "note": "x", "due": " "}')
    assert sent.read() == {"ref": "REC6", "note": "x"}
    assert (
        refusal(b'{"ref": "REC6", "note": ["x"]}') == "the answer 'note' of the form is not a text"
    )
