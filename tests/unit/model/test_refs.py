"""Refs: how they are written, ordered and numbered."""

from __future__ import annotations

import random

import pytest

from kimplan.model.refs import file_order, is_ref, next_ref, numbers, ref_order


@pytest.mark.parametrize("ref", ["1", "4.2", "R7", "3.2.1", "A-12", "REC6", "7a", "1_2", "01"])
def test_landlords_number_so(ref: str) -> None:
    assert is_ref(ref)


NO_REFS = ("", " ", "-1", "--plan", ".5", "4.", "4..2", "../1", "a/b", "4,2", "1\n", "1" * 33)


@pytest.mark.parametrize("text", [*NO_REFS, "٤", "é1", "4.2-", "_1", "C:1", "~1", "1 2"])
def test_nothing_else_is_a_ref(text: str) -> None:
    assert not is_ref(text)


def test_numbers_count_as_numbers() -> None:
    words = "1 2 3.2.1 3.2.2 3.2.10 4 4.1 4.2 4.10 7a 10 A-2 A-12 R7 R12 REC1"
    ordered = words.split()
    mixed = random.Random(7).sample(ordered, len(ordered))
    assert sorted(mixed, key=ref_order) == ordered
    files = sorted((f"recommendations/{ref}.yaml" for ref in mixed), key=file_order)
    assert files == [f"recommendations/{ref}.yaml" for ref in ordered]


def test_the_numbers_of_a_ref_stand_with_what_is_before_them() -> None:
    found = [(one.prefix, one.digits) for one in numbers("R3.2.10")]
    assert found == [("R", "3"), ("R3.", "2"), ("R3.2.", "10")]
    assert numbers("B") == []


@pytest.mark.parametrize(
    ("known", "ref"),
    [
        ([], "REC1"),
        (["REC1", "REC2", "REC10"], "REC11"),
        (["REC1", "REC3"], "REC4"),
        (["rec1", "REC2"], "REC3"),
        (["REC01", "REC02"], "REC03"),
        (["REC08", "REC09"], "REC10"),
        (["REC099"], "REC100"),
        (["A-1", "A-2", "REC9"], "A-3"),
        (["A-1", "A-1a", "B"], "A-2"),
        (["B"], "REC1"),
        (["REC999999999"], "REC1000000000"),
        (["KIM2023-4"], "KIM2023-5"),
        (["1", "2", "10"], "11"),
        (["01", "02"], "03"),
        (["4.1", "4.2", "4.10"], "4.11"),
        (["3.2.1", "3.2.2", "3.1.1"], "3.2.3"),
        (["R7"], "R8"),
    ],
)
def test_the_next_ref_follows_the_others(known: list[str], ref: str) -> None:
    assert next_ref(known) == ref


def test_numbers_with_levels_go_on_where_the_section_is() -> None:
    known = ["1.1", "1.2", "1.3", "2.1"]
    assert next_ref(known, ["2.1"]) == "2.2"
    assert next_ref(known, []) == "1.4"
    assert next_ref(["REC1", "REC2", "REC3"], ["REC1"]) == "REC4"
