"""What a run of a Word file shows, by its own look and by what stands around it."""

from __future__ import annotations

import pytest
from lxml import etree

from kimplan.word.tags import qn
from kimplan.word.visible import FALLBACK, Eye

_WORD, _COMPATIBLE = (tag[1:].partition("}")[0] for tag in (qn("w:p"), FALLBACK))
_NAMES = f'xmlns:w="{_WORD}" xmlns:mc="{_COMPATIBLE}"'


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ("", "Agreed"),
        ("<w:rPr><w:b/></w:rPr>", "Agreed"),
        ("<w:rPr><w:vanish/></w:rPr>", ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr>', "Agreed"),
        ('<w:rPr><w:vanish w:val="0"/><w:vanish/></w:rPr>', "Agreed"),
        ('<w:rPr><w:vanish/><w:vanish w:val="0"/></w:rPr>', ""),
        ("<w:rPr/><w:rPr><w:b/><w:vanish/></w:rPr>", ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr><w:rPr><w:vanish/></w:rPr>', "Agreed"),
        ('<w:rPr><w:sz w:val="5"/></w:rPr>', ""),
        ('<w:rPr><w:sz w:val="6"/></w:rPr>', "Agreed"),
        ('<w:rPr><w:sz w:val="22"/><w:sz w:val="1"/></w:rPr>', "Agreed"),
        ("<w:rPr><w:strike/></w:rPr>", "[struck: Agreed]"),
        ('<w:rPr><w:strike w:val="0"/><w:dstrike/></w:rPr>', "[struck: Agreed]"),
        ('<w:rPr><w:strike w:val="0"/><w:strike/></w:rPr>', "Agreed"),
        ("<w:rPr><w:strike/><w:vanish/></w:rPr>", ""),
    ],
)
def test_the_first_of_each_property_of_a_run_counts(look: str, shown: str) -> None:
    assert _shown(f"<w:r>{look}<w:t>Agreed</w:t></w:r>") == shown


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("w:ins", "Agreed"),
        ("w:sdt", "Agreed"),
        ("w:del", ""),
        ("w:moveFrom", ""),
        ("mc:Fallback", ""),
        ("w:bdo", "[turned: Agreed]"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "<w:ins>{}</w:ins>"])
def test_what_stands_around_a_run_counts_at_any_depth(tag: str, shown: str, around: str) -> None:
    run = "<w:r><w:t>Agreed</w:t></w:r>"
    assert _shown(f"<{tag}>{around.format(run)}</{tag}>") == shown


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ("", "[struck: Agreed]"),
        ('<w:strike w:val="0"/>', "[struck: Agreed]"),
        ('<w:strike w:val="0"/><w:dstrike w:val="0"/>', "Agreed"),
    ],
)
def test_a_style_that_strikes_out_counts_unless_both_strokes_are_off(look: str, shown: str) -> None:
    style = '<w:style w:type="character" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    run = f'<w:r><w:rPr><w:rStyle w:val="Out"/>{look}</w:rPr><w:t>Agreed</w:t></w:r>'
    assert _shown(run, style) == shown


def _shown(content: str, style: str = "") -> str:
    styles = etree.fromstring(f"<w:styles {_NAMES}>{style}</w:styles>")
    return Eye(styles).text(etree.fromstring(f"<w:p {_NAMES}>{content}</w:p>"))
