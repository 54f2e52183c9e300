"""The words of a text, however it is laid out."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.changes.words import plain_words

_SPACES = " \n\t\r\x0b\x0c\x1c\x85\xa0\u2003\u2028\u3000"


@given(st.text(st.sampled_from(f"aé–{_SPACES}")))
@example("\n a   b \n\n  c \n")
@example("a \xa0b\t")
def test_any_space_is_one_and_none_is_left_around_the_text(text: str) -> None:
    assert plain_words(text) == " ".join(text.split())


def test_bullets_are_the_same_however_they_are_typed() -> None:
    for bullet in ("- ", "* ", "•", "· ", "  • "):
        assert plain_words(f"Do:\n{bullet}this\n{bullet}that  now\n") == "Do: - this - that now"


def test_no_text_has_no_words() -> None:
    assert plain_words(None) == plain_words(" \n") == ""
