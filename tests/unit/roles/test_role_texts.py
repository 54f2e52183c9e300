"""The texts of a registry and of records in which a role has another name, in any layout."""

from __future__ import annotations

import pytest

from kimplan.roles.records import Held, Role, given, held, is_clear, still_said
from kimplan.roles.registry import renamed, with_role, without_role
from kimplan.writing.parsed_text import ParsedText

HEAD = "ref: REC1\nsection: repairs\n"
A, B = "Head of Repairs", "Director, R&D"
OLD = Role(A, frozenset({"Data Manager", B}))
NAMES = [
    B,
    "Director: Homes",
    'O\'Neil "the" Clerk',
    "Clerk #1",
    "\u017di\u017eek \u2013 Cyfarwyddwr Tai",
    "- Clerk",
    "No",
    "{Clerk}",
    "x" * 300,
]
RECORDS = [
    f"{HEAD}owners:\n  - {A}\n  - Data Manager\n",
    f"{HEAD}owners:\n- Data Manager  # a\n# b\n- '{A}'  # c\n",
    f'{HEAD}owners: ["{A}", Data Manager]  # both\n',
    f"{HEAD}owners: [\n  {A},  # a\n  Data Manager,  # b\n]\n",
    f"{HEAD}owners:\n  - Head of\n    Repairs\n  - >-\n    Data Manager\n",
    f"{HEAD}owners:\n  - |\n    {A}\n  - Data Manager",
    f"{HEAD}owners: [Data Manager]\nactions:\n  - {{title: T, owner: {A}, due: 2024-06}}\n",
    f"{HEAD}actions: [{{title: T, owner: '{A}'}}, {{owner: {A}, title: U}}]\n",
    f"{HEAD}actions:\n  - title: T\n    owner: HEAD OF  REPAIRS\n  - title: U\n",
    "{ref: REC1, owners: [" + A + "]}\n",
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", RECORDS)
def test_only_the_role_is_another(text: str, name: str, end: str) -> None:
    before = ParsedText.of(text.replace("\n", end))
    assert is_clear(before.value)
    after = given(before, OLD, name)
    assert held(after.value, OLD) == Held(is_owner=False, actions=())
    mine = Role(name)
    assert held(after.value, mine) == held(before.value, OLD)
    back = given(after, mine, A)
    assert [" ".join(one.split()) for one in back.value.get("owners", [])] == [
        " ".join(one.split()) for one in before.value.get("owners", [])
    ]
    assert back.comments() == before.comments()


@pytest.mark.parametrize(
    ("owners", "expected"),
    [
        (f"  - {A}\n  - {B}\n", f"  - {B}\n"),
        (f"  - {B}  # b\n  # c\n  - {A}  # a\n", f"  - {B}  # b\n  # c\n"),
        (f"  - {A}\n  - Data Manager\n  - {A}\n", f"  - {B}\n  - Data Manager\n"),
        (f"  - head of repairs\n  - {B}\n  - {A}\n", f"  - {B}\n"),
    ],
)
def test_nobody_stands_twice(owners: str, expected: str) -> None:
    text = given(ParsedText.of(f"{HEAD}owners:\n{owners}rag: red\n"), OLD, B)
    assert text.text == f"{HEAD}owners:\n{expected}rag: red\n"


def test_an_ignore_goes_with_its_line_and_other_comments_stay() -> None:
    ignore = "  # kimplan: ignore KP403 - both were asked for\n"
    before = ParsedText.of(f"{HEAD}owners:\n  - {B}\n  # who\n{ignore}  - {A}\n")
    assert given(before, OLD, B).text == f"{HEAD}owners:\n  - {B}\n  # who\n"


def test_a_registered_role_that_differs_in_capitals_is_another() -> None:
    other = Role(A, frozenset({"Head of repairs"}))
    assert other.is_named("HEAD OF REPAIRS")
    assert not other.is_named("Head of repairs")
    assert not other.is_named(None)


@pytest.mark.parametrize(
    "value",
    [None, [], {"owners": "A"}, {"owners": [["A"]]}, {"actions": ["A"]},
     {"actions": [{"owner": ["A"]}]}, {"actions": {"title": "T"}}],
)  # fmt: skip
def test_where_it_cannot_be_told_who_owns_what(value: object) -> None:
    assert not is_clear(value)


@pytest.mark.parametrize(
    ("value", "is_said"),
    [
        ({"response": "The Head of\nRepairs does."}, True),
        ({"progress": [{"by": A}]}, True),
        ({"response": "The Head of Repairshop does."}, False),
        ({"owners": [A], "actions": [{"owner": A}]}, False),
    ],
)
def test_where_it_is_named_otherwise(value: object, is_said: bool) -> None:
    assert still_said(value, A) is is_said


REGISTRIES = [
    f'# top\nowners:\n  - role: {A}  # c\n    handle: "@a"\n  # of the next\n  - role: X\n',
    f"owners:\n- {{role: '{A}', email: a@example.org}}\n- {{role: X}}\n",
    f"owners: [{{role: {A}}}, {{role: X}}]\n",
    f'owners: [\n  {{role: "{A}"}},  # c\n  {{role: X}},\n]\n',
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", REGISTRIES)
def test_a_registry_in_any_layout(text: str, name: str) -> None:
    before = ParsedText.of(text)
    after = renamed(before, 0, name)
    assert [one["role"] for one in after.value["owners"]] == [name, "X"]
    more = with_role(after, {"role": name + "!", "handle": "@b"})
    assert more.value["owners"][2] == {"role": name + "!", "handle": "@b"}
    fewer = without_role(more, 0)
    assert [one["role"] for one in fewer.value["owners"]] == ["X", name + "!"]
    assert fewer.comments() == before.comments()


def test_the_first_role_of_an_empty_registry() -> None:
    text = with_role(ParsedText.of("# none yet\nowners: []\n"), {"role": A})
    assert text.text == f"# none yet\nowners:\n  - role: {A}\n"
