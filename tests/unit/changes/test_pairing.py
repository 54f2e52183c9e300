"""Which record of a later state is which of an earlier one."""

from __future__ import annotations

import time
from typing import Any

import pytest
from conftest import make_item
from hypothesis import given
from hypothesis import strategies as st

from kimplan.changes.pairing import is_same, pair_records
from kimplan.model.recommendation import Recommendation

WORDS = [
    "temporary",
    "and",
    "permanent",
    "vulnerabilities",
    "are",
    "recognised",
    "recorded",
    "and",
    "removed",
]
ONE = {"title": "Review internal guidance.", "detail": f"Particularly that {' '.join(WORDS)}."}
TWO = {"title": "Publish the answers.", "detail": "So that residents find them without a call."}


def state(**records: dict[str, Any] | None) -> dict[str, Recommendation | None]:
    return {
        ref: None if fields is None else make_item(**({"ref": ref} | fields))
        for ref, fields in records.items()
    }


def reworded(fields: dict[str, str]) -> dict[str, str]:
    return fields | {"detail": fields["detail"].replace(" the", " a").replace("are", "were")}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"REC6": ONE}, {"REC60": ONE}, {"REC60": "REC6"}),
        ({"REC6": ONE}, {"REC60": reworded(ONE)}, {"REC60": "REC6"}),
        ({"REC6": ONE}, {"REC60": ONE | {"title": "Review your internal guidance."}},
         {"REC60": "REC6"}),
        ({"REC6": ONE}, {"REC60": ONE | {"detail": "Quite other words."}}, {"REC60": "REC6"}),
        ({"REC6": ONE}, {"REC60": {"title": "Other.", "detail": "Quite other words."}}, {}),
        ({"REC6": ONE}, {"REC6": {"title": "Other.", "detail": "Quite other words."}},
         {"REC6": "REC6"}),
        ({"REC6": ONE}, {"rec6": {"title": "Other."}}, {"rec6": "REC6"}),
        ({"REC6": ONE, "REC7": TWO}, {"REC6": TWO, "REC7": ONE}, {"REC6": "REC7", "REC7": "REC6"}),
        ({"REC6": ONE, "REC7": TWO}, {"REC6": reworded(TWO), "REC7": reworded(ONE)},
         {"REC6": "REC7", "REC7": "REC6"}),
        ({"REC6": ONE}, {"REC6": TWO, "REC7": reworded(ONE)}, {"REC7": "REC6"}),
        ({"REC6": ONE}, {"REC6": ONE, "REC7": ONE}, {"REC6": "REC6"}),
        ({"REC6": ONE}, {"REC6": reworded(ONE), "REC7": ONE}, {"REC7": "REC6"}),
        ({"REC6": ONE, "REC7": ONE}, {"REC7": ONE, "REC8": ONE}, {"REC7": "REC7", "REC8": "REC6"}),
        ({"REC6": None}, {"REC6": ONE}, {"REC6": "REC6"}),
        ({"REC6": ONE}, {"REC6": None, "REC7": ONE}, {"REC7": "REC6"}),
        ({"REC6": None}, {"REC7": None}, {}),
    ],
)  # fmt: skip
def test_who_is_who(before: Any, after: Any, expected: dict[str, str]) -> None:
    assert pair_records(state(**before), state(**after)) == expected


@pytest.mark.parametrize("detail", ["- one\n- two\n", "* one\n* two\n", "• one\n\n• two\n"])
def test_how_bullets_are_typed_does_not_count(detail: str) -> None:
    before = state(REC1={"title": "Both:", "detail": "- one\n- two\n"}, REC2={"title": "Both:"})
    after = state(REC2={"title": "Both:", "detail": detail}, REC3={"title": "Both:"})
    assert pair_records(before, after) == {"REC2": "REC1", "REC3": "REC2"}


def test_two_of_one_ref_are_the_same_and_two_of_some_words() -> None:
    assert is_same(make_item(**ONE), make_item(**TWO))
    assert is_same(make_item(**ONE), make_item(ref="REC9", **reworded(ONE)))
    assert not is_same(make_item(**ONE), make_item(ref="REC9", **TWO))


@given(st.permutations(range(6)), st.sets(st.integers(0, 5)))
def test_whatever_the_refs_a_record_is_known_by_its_words(order: list[int], gone: set[int]) -> None:
    fields = [{"title": f"{word * 3} {word}.", "detail": word * 5} for word in WORDS[:6]]
    before = state(**{f"REC{n}": one for n, one in enumerate(fields)})
    after = state(**{f"REC{n}": fields[m] for n, m in enumerate(order) if n not in gone})
    expected = {f"REC{n}": f"REC{m}" for n, m in enumerate(order) if n not in gone}
    assert pair_records(before, after) == expected


@pytest.mark.parametrize("kind", ["other words", "nearly the same words"])
def test_a_thousand_renumbered_and_reworded_records_take_no_time(kind: str) -> None:
    def detail(number: int, word: str) -> str:
        own = f"{number}a {number}b " if kind == "other words" else ""
        return f"{own}{' '.join(WORDS)} {word} number {number}."

    count = 1000
    before = state(
        **{f"A{n}": {"title": f"Do {n}", "detail": detail(n, "x")} for n in range(count)}
    )
    after = state(
        **{f"B{n}": {"title": f"Do it {n}", "detail": detail(n, "y")} for n in range(count)}
    )
    start = time.process_time()
    found = pair_records(before, after)
    assert time.process_time() - start < 5
    assert found == {f"B{n}": f"A{n}" for n in range(count)}
