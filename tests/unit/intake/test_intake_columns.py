"""Columns by their labels, by what stands in them, and as they are told."""

from __future__ import annotations

import pytest

from kimplan.errors import KimplanError
from kimplan.intake.columns import guess, read_map

WORDS = ["Do this thing.", "Do another thing."]


def fields(labels: list[str], told: dict[str, str] | None = None) -> list[str]:
    return [one.field for one in guess(labels, [WORDS for _ in labels], told or {})]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("No.", "ref"),
        ("#", "ref"),
        ("Recommendation no", "ref"),
        ("Ombudsman Recommendation", "recommendation"),
        ("Issue", "recommendation"),
        ("Landlord response", "response"),
        ("Westward Housing Group Response", "response"),
        ("Action", "response"),
        ("Update", "response"),
        ("RAG", "rag"),
        ("Status", "rag"),
        ("Rating", "rag"),
        ("Est Comp Date for Red/Amber", "due"),
        ("Target date", "due"),
        ("Deadline", "due"),
        ("Timescale", "due"),
        ("By when", "due"),
        ("Lead", "owners"),
        ("Responsible officer", "owners"),
        ("Accountable", "owners"),
        ("Evidence", "evidence"),
        ("Theme", "section"),
    ],
)
def test_the_many_words_for_a_field(label: str, field: str) -> None:
    cells = [["R1"] if field == "ref" else ["31/03/24"] if field == "progress" else WORDS]
    assert [one.field for one in guess([label], cells, {})] == [field]


def test_every_column_has_one_field() -> None:
    labels = ["ID", "Issue", "Action", "Status", "Target date", "Lead officer", "Priority"]
    assert fields(labels) == [
        "ref", "recommendation", "response", "rag", "due", "owners", "fields.priority",
    ]  # fmt: skip


def test_a_column_without_a_label_is_known_by_what_stands_in_it() -> None:
    labels = ["", "Recommendation", ""]
    cells = [["R1", "R2"], WORDS, ["Green", "Amber"]]
    assert [one.field for one in guess(labels, cells, {})] == ["ref", "recommendation", "rag"]


def test_two_own_fields_of_one_label_have_two_ids() -> None:
    assert fields(["Cost", "Cost"]) == ["fields.cost", "fields.cost-2"]


def test_a_column_is_what_it_is_told_to_be() -> None:
    told = {"lead": "owners", "Cost": "none", "Owner": "own"}
    assert fields(["Lead", "Cost", "Owner"], told) == ["owners", "", "fields.owner-2"]


def test_a_map_is_read() -> None:
    assert read_map(["Lead=owners", "A = b=due"]) == {"Lead": "owners", "A = b": "due"}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Lead", "--map 'Lead' is not understood", "Write the column's label"),
        ("Lead=owner", "--map: there is no field 'owner'", "Did you mean 'owners'?"),
    ],
)
def test_a_map_that_is_none(text: str, message: str, hint: str) -> None:
    with pytest.raises(KimplanError) as error:
        read_map([text])
    assert error.value.message == message
    assert error.value.hint.startswith(hint)


def test_a_map_of_a_column_that_is_not_there() -> None:
    with pytest.raises(KimplanError) as error:
        fields(["Lead", "RAG"], {"Lad": "owners"})
    assert error.value.message == "--map: there is no column 'Lad'"
    assert error.value.hint == "Did you mean 'Lead'? The columns are: Lead, RAG."


def test_two_columns_told_to_be_one_field_are_refused() -> None:
    with pytest.raises(KimplanError, match="both claim the field owners"):
        fields(["Lead", "RAG"], {"Lead": "owners", "RAG": "owners"})


def test_a_percentage_is_no_day_of_completion() -> None:
    columns = guess(["Ref", "% complete"], [["1", "2"], ["25%", "50%"]], {})
    assert [column.field for column in columns] == ["ref", "fields.complete"]


def test_columns_are_counted_from_one() -> None:
    assert fields(["Ref", "Lead", "Lead"], {"Column 3": "owners"})[2] == "owners"
    for number in ("0", "Column 0", "Column 4"):
        with pytest.raises(KimplanError, match=f"there is no column '{number}'"):
            fields(["Ref", "Lead", "Lead"], {number: "owners"})


def test_a_column_that_only_colours_fill_is_the_ratings_where_no_other_is() -> None:
    labels = ["Ref", "Recommendation", "Response", "Progress"]
    cells = [["1", "2", "3"], ["Do it.", "Do that.", "Do more."], ["We do."] * 3, ["", "", ""]]
    plain, mixed = ["", "", ""], ["FFC000", "00B050", "FF0000"]

    def last(*fills: list[str], told: dict[str, str] | None = None) -> str:
        return guess(labels, cells, told or {}, [plain, *fills])[-1].field

    assert last(plain, plain, mixed) == "rag"
    assert last(plain, plain, ["FFC000"] * 3) == "progress"
    assert last(plain, plain, ["DDDDDD", "EEEEEE", ""]) == "progress"
    assert last(mixed, plain, plain) == "progress"
    assert last(plain, mixed, mixed) == "rag"
    assert last(plain, plain, mixed, told={"Progress": "evidence"}) == "evidence"
