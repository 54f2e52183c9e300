"""The widths of letters: those of the fonts themselves."""

from __future__ import annotations

import os
import subprocess

import pytest
from fontTools.ttLib import TTFont
from word.conftest import program

from kimplan.word.metrics import word_width

# Free fonts that are made to the measure of others.
FONTS = {"Arial": "Liberation Sans:bold", "Times New Roman": "Liberation Serif:bold"}


@pytest.mark.parametrize("font", FONTS)
def test_each_letter_is_as_wide_as_in_the_font(font: str) -> None:
    asked = [program("fc-match"), "-f", "%{file}", FONTS[font]]
    file = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "Liberation" in os.path.basename(file)
    with TTFont(file) as opened:
        glyphs, widths, unit = opened.getBestCmap(), opened["hmtx"], opened["head"].unitsPerEm
        for letter in map(chr, range(ord(" "), ord("~") + 1)):
            exact = widths[glyphs[ord(letter)]][0] / unit * 72  # points, at a size of 72
            assert word_width(letter, font, 72) == pytest.approx(exact * 25.4 / 72, abs=0.02)


@pytest.mark.parametrize("word", ["AMBER", "Applicable", "September", "REC12", "Ŵŷ"])
def test_a_font_that_is_not_known_is_taken_to_be_wide(word: str) -> None:
    known = [word_width(word, font, 10.5) for font in ("Arial", "Calibri", "Times New Roman")]
    assert word_width(word, "Nobody Knows", 10.5) == word_width(word, "Verdana", 10.5) > max(known)


def test_names_do_not_count_capitals_and_some_fonts_have_several() -> None:
    assert word_width("Owner", "ARIAL", 12) == word_width("Owner", "Helvetica", 12)
    assert word_width("Owner", "arial", 24) == 2 * word_width("Owner", "Arial", 12)
