"""Text that was read in the wrong encoding, once or more often, and text that only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimplan.sight.damage import Damage, find, may_be_in


def shown(text: str, *, latin: bool = False) -> str:
    """Return `text` as a program shows it that takes its UTF-8 for another encoding."""
    return "".join(
        chr(byte) if latin else bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in text.encode()
    )


CHARACTERS = "’‘“”–—…£é•™€ŵŷ½°✓▪😀\u00a0àâ"


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("character", CHARACTERS)
def test_what_was_misread_is_known_again(character: str, times: int) -> None:
    text = character
    for _ in range(times):
        text = shown(text)
    assert find(f"don{text}t") == [Damage(3, 3 + len(text), character)]
    assert may_be_in(text)


@pytest.mark.parametrize("character", CHARACTERS)
def test_latin_1_is_known_too(character: str) -> None:
    text = shown(character, latin=True)
    assert find(f"a {text} b") == [Damage(2, 2 + len(text), character)]


@given(st.text(st.sampled_from(CHARACTERS + "ab 1"), max_size=20))
def test_a_whole_text_is_known_again(text: str) -> None:
    mended, at = "", 0
    damaged = shown(text)
    for one in find(damaged):
        mended += damaged[at : one.start] + (one.was or "?")
        at = one.end
    assert mended + damaged[at:] == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("costsÂ 5", Damage(5, 6, "")),
        ("costs Â 5", Damage(6, 8, "")),
        ("ï»¿title", Damage(0, 3, "")),
        ("said.â€ He", Damage(5, 7, None)),
        ("don\ufffdt", Damage(3, 4, None)),
        ("ï¿½", Damage(0, 3, None)),
        ("don\x92t", Damage(3, 4, "’")),
    ],
)
def test_halves_and_losses_are_found(text: str, found: Damage) -> None:
    assert find(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ’s “quoted” – naïve… £5 ½ © ® °",
        "gyda’r tŷ, â’r, Llŷn, Ŵ, Â’i",
        "SÃO PAULO, Ångström, Å“x”, É™, Ä“",
        "plain",
    ],
)
def test_good_text_is_left_alone(text: str) -> None:
    assert [one for one in find(text) if text[one.start] != "Â"] == []
