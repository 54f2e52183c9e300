"""Stray white space and the order of keys are mended, and what means something stays."""

from __future__ import annotations

import pytest
from conftest import make_record

from kimplan.edits.mend import fix_text
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation
from kimplan.source import parse


def mended(text: str) -> str:
    return fix_text(text, Recommendation)


# White space


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_stray_white_space_goes_and_the_last_line_ends(end: str) -> None:
    text = make_record(response="a\n\nb\n").replace("\n", end)
    lines = text.split(end)
    spoilt = end.join(f"{line} \t" for line in lines[:-1])
    assert mended(spoilt) == text


def test_white_space_that_a_value_needs_stays() -> None:
    text = make_record(response="MARK").replace("MARK", '"a\\ \n  b"')
    assert mended(text) == text
    folded = make_record(response="MARK").replace("MARK", ">\n  a \n  b\n   c \n")
    assert parse(mended(folded)).value == parse(folded.replace(" \n", "\n")).value
    kept = make_record() + "detail: |+\n  a\n\n\n"
    assert "detail: |+\n  a\n\n\n" in mended(kept)


def test_no_break_spaces_stay() -> None:
    text = make_record(response="a\u00a0\nb\u00a0\n")
    assert mended(text) == text


def test_white_space_of_the_other_files() -> None:
    assert fix_text("owners: \n- role: A  ", Owners) == "owners:\n- role: A\n"


# The order of keys


def test_the_keys_come_into_the_usual_order_with_their_comments() -> None:
    text = (
        "# plan/recommendations/REC1.yaml\nrag: amber  # since May\n\n# promised\ndue: July 2024\n"
        "ref: REC1\nresponse: |\n  We will.\n# kimplan: ignore KP501 - an old one\n"
        "section: governance\nowners:\n  - B\n  # - A\n  - A  # too\n# what they said\n"
        "title: T\n# end\n"
    )
    assert mended(text) == (
        "# plan/recommendations/REC1.yaml\nref: REC1\n# kimplan: ignore KP501 - an old one\n"
        "section: governance\n# what they said\ntitle: T\nresponse: |\n  We will.\n"
        "rag: amber  # since May\n\n# promised\ndue: 2024-07\nowners:\n  - B\n  # - A\n"
        "  - A  # too\n# end\n"
    )


# A key that stands twice, one that is not known, and one that is no line of its own.
@pytest.mark.parametrize("more", ["ref: REC1\n", "titel: x\n", "? section\n: x\n"])
def test_keys_are_left_where_they_are_if_the_order_is_not_clear(more: str) -> None:
    text = "title: T\nref: REC1\n" + more
    assert parse(text).value is not None
    assert mended(text) == text
    assert mended("{title: T, ref: REC1}\n") == "{title: T, ref: REC1}\n"


def test_inner_keys_and_the_other_files_keep_their_order() -> None:
    text = make_record() + "progress:\n  - note: x\n    on: 2024-05-02\n"
    assert mended(text) == text
    plan = "organisation: A\ntitle: B\nsections:\n  - title: C\n    id: c\n"
    assert fix_text(plan, Settings) == plan


def test_an_ignore_never_comes_to_stand_above_another_line() -> None:
    text = "ref: R\nrag: red\n# kimplan: ignore KP303 - why\ntitle: T\n"
    assert mended(text) == "ref: R\n# kimplan: ignore KP303 - why\ntitle: T\nrag: red\n"
    parted = text.replace("why\n", "why\n# of rag\n\n")
    assert mended(parted) == (
        "ref: R\n\ntitle: T\nrag: red\n# kimplan: ignore KP303 - why\n# of rag\n"
    )
