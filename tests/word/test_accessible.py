"""A report for publishing passes the rules of Word's own accessibility checker.

The rules are those of "Rules for the Accessibility Checker" (Microsoft Support), by their names.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import run_cli
from docx.oxml.ns import qn

from .reopened import Reopened, Xml, w

pytestmark = pytest.mark.slow

SHIPPED = Path(__file__).parents[2] / "plan"


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Reopened:
    folder = tmp_path_factory.mktemp("published")
    options = ("--for", "publishing", "--as-of", "2024-05-31", "--output", "report.docx")
    ran = run_cli(["report", "--plan", str(SHIPPED), *options], folder)
    assert (ran.code, ran.stderr) == (0, "")
    return Reopened(folder / "report.docx")


def paragraphs(word: Reopened) -> list[Xml]:
    return list(word.body.iter(qn("w:p")))


def test_all_non_text_content_has_alternative_text(word: Reopened) -> None:
    drawings = list(word.body.iter(qn("wp:docPr")))
    assert drawings
    assert all(len(drawing.get("descr", "")) > 20 for drawing in drawings)


def test_objects_stand_in_line_with_the_text(word: Reopened) -> None:
    assert list(word.body.iter(qn("wp:anchor"))) == []


def test_tables_have_a_header_row_and_say_what_they_are(word: Reopened) -> None:
    assert word.tables
    for table in word.tables:
        first, *_ = table._tbl.tr_lst
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert w(table._tbl, "w:tblPr", "w:tblLook", attribute="w:firstRow") == "1"
        assert word.caption(table)
        assert word.description(table)


def test_tables_have_a_simple_structure(word: Reopened) -> None:
    for table in word.tables:
        assert list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge"), qn("w:hMerge"))) == []
        assert [each for each in table._tbl.iter(qn("w:tbl")) if each is not table._tbl] == []
        assert {len(row.tc_lst) for row in table._tbl.tr_lst} == {len(table.columns)}


def test_the_document_has_a_title_and_a_language(word: Reopened) -> None:
    assert (
        word.document.core_properties.title == "Knowledge and Information Management (KIM) report"
    )
    defaults: Xml = word.document.styles.element.find(qn("w:docDefaults"))
    assert [lang.get(qn("w:val")) for lang in defaults.iter(qn("w:lang"))] == ["en-GB"]


def test_headings_are_there_and_none_is_skipped(word: Reopened) -> None:
    names = [word.style_name(paragraph) for paragraph in paragraphs(word)]
    levels = [int(name[-1]) for name in names if name.startswith("heading ")]
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))
    assert levels.count(2) == 5  # the sections of the plan, each above its table


def test_headings_are_short(word: Reopened) -> None:
    texts = [
        word.paragraph(paragraph).block.text
        for paragraph in paragraphs(word)
        if word.style_name(paragraph).startswith("heading ")
    ]
    assert all(0 < len(text) <= 100 for text in texts)


def test_links_say_where_they_lead(word: Reopened) -> None:
    texts = [
        "".join(t.text for t in link.iter(qn("w:t"))) for link in word.body.iter(qn("w:hyperlink"))
    ]
    assert texts
    assert not [
        text for text in texts if re.fullmatch("(click )?here|link|more", text, re.IGNORECASE)
    ]


def test_no_characters_are_repeated_to_make_space(word: Reopened) -> None:
    texts = [word.paragraph(paragraph).block.text for paragraph in paragraphs(word)]
    assert not [text for text in texts if re.search(r"\s{3,}", text)]


def test_no_empty_paragraphs_make_space(word: Reopened) -> None:
    empty = [p for p in word.body.iterchildren(qn("w:p")) if not list(p.iter(qn("w:r")))]
    assert [each for each in empty if each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None] == []


def test_text_is_large_enough_to_be_published(word: Reopened) -> None:
    assert word.document.styles["kimplan Cell"].element.rPr.sz_val.pt == 12


def test_anybody_may_read_it(word: Reopened) -> None:
    settings: Xml = word.document.settings.element
    assert settings.find(qn("w:documentProtection")) is None
    assert settings.find(qn("w:writeProtection")) is None
