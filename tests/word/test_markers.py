"""Markers: what they may stand in, and what is said about those that nobody can fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import make_plan
from docx.document import Document
from docx.oxml.ns import qn

from kimplan.errors import TemplateError
from kimplan.model.plan import Plan

from .conftest import MakeReport
from .reopened import expected_plan
from .templates import BLOCKS, WORDS, add_markers, blank, marker, plain, to_bytes, xml


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan({"due": "2024-03"})


def refusal(make_report: MakeReport, plan: Plan, document: Document) -> tuple[str, str]:
    """Return the sentence and the hint with which a template is refused."""
    with pytest.raises(TemplateError) as caught:
        make_report(plan, lambda: document)
    return caught.value.message, caught.value.hint


# Words


@pytest.mark.parametrize(
    "word",
    [pytest.param(word, marks=[pytest.mark.slow] * (at > 0)) for at, word in enumerate(WORDS)],
)
@pytest.mark.parametrize("place", ["body", "cell", "header", "footer", "text box"])
def test_a_word_may_stand_anywhere(
    word: str, place: str, plan: Plan, make_report: MakeReport
) -> None:
    def build() -> Document:
        document = plain()
        text = f"« {marker(word)} »"
        section = document.sections[0]
        if place == "body":
            document.add_paragraph(text)
        elif place == "cell":
            document.add_table(1, 1).cell(0, 0).text = text
        elif place == "header":
            section.header.paragraphs[0].text = text
        elif place == "footer":
            section.footer.paragraphs[0].text = text
        else:
            document.add_paragraph()._p.append(text_box(text))
        return document

    document, _, report = make_report(plan, build)
    section = report.document.sections[0]
    roots = [report.body, section.header._element, section.footer._element]
    said = ["".join(text.text or "" for text in line.iter(qn("w:t"))) for line in lines(roots)]
    assert f"« {getattr(document.words, word)} »" in said


def lines(roots: list[Any]) -> list[Any]:
    return [line for root in roots for line in root.iter(qn("w:p"))]


def text_box(text: str) -> Any:
    return xml(
        '<w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:rect></w:pict></w:r>"
    )


def test_several_words_in_one_line_and_one_of_them_twice(
    plan: Plan, make_report: MakeReport
) -> None:
    def build() -> Document:
        document = plain()
        organisation = marker("organisation")
        document.add_paragraph(f"{organisation}: {marker('title')} of {organisation}.")
        return document

    report = make_report(plan, build).word
    assert report.document.paragraphs[-1].text == (
        "Example Homes: Spotlight action plan of Example Homes."
    )


@pytest.mark.parametrize("written", ["{{kimplan:title}}", "{{ kimplan: title }}"])
def test_spaces_in_a_marker_do_not_matter(
    written: str, plan: Plan, make_report: MakeReport
) -> None:
    def build() -> Document:
        document = plain()
        document.add_paragraph(f"{written}!")
        return document

    report = make_report(plan, build).word
    assert report.document.paragraphs[-1].text == "Spotlight action plan!"


@pytest.mark.parametrize(
    "pieces",
    [
        ("{", "{kimplan:title}}!"),
        ("{{kimplan:title", "}}!"),
        ("« ", "{{", "kimplan", ":", "title", "}", "}", "!"),
        tuple("{{kimplan:title}}!"),
    ],
    ids=len,
)
def test_a_marker_that_word_split(
    pieces: tuple[str, ...], plan: Plan, make_report: MakeReport
) -> None:
    def build() -> Document:
        document = plain()
        line = document.add_paragraph()
        for piece in pieces:
            line.add_run(piece)
            line._p.append(xml('<w:proofErr w:type="spellStart"/>'))
        return document

    text = make_report(plan, build).word.document.paragraphs[-1].text
    assert text == "".join(pieces).replace(marker("title"), "Spotlight action plan")


def test_other_double_braces_are_text(plan: Plan, make_report: MakeReport) -> None:
    text = "{{ name }} {{other:plan}} {{{{ }} made by kimplan, <kimplan@example.org> {{kimplan}}"

    def build() -> Document:
        document = plain()
        document.add_paragraph(text)
        return document

    assert make_report(plan, build).word.document.paragraphs[-1].text == text


# Blocks


def test_blocks_stand_where_their_markers_stood(plan: Plan, make_report: MakeReport) -> None:
    def build() -> Document:
        document = blank()
        for name in ("plan", "overdue"):
            document.add_paragraph(f"Before {name}")
            document.add_paragraph(f"  {marker(name)} ")
        document.add_paragraph("The end")
        return document

    outline = make_report(plan, build).word.outline()
    assert [item if isinstance(item, str) else item.block.text for item in outline] == [
        "Before plan",
        "Action plan",
        "Action plan",
        "Before overdue",
        "Overdue items (1)",
        "Amber or Red items whose estimated completion date has passed, oldest first.",
        "Overdue items (1)",
        "The end",
    ]


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_alone(name: str, plan: Plan, make_report: MakeReport) -> None:
    def build() -> Document:
        document = blank()
        add_markers(document, list(dict.fromkeys((name, "plan"))))
        return document

    word = make_report(plan, build).word
    captions = {
        "summary": ["Position at a glance"],
        "changes": [],
        "overdue": ["Overdue items (1)"],
        "due-soon": [],
        "evidence": [],
        "trend": [],
        "plan": [],
        "moves": [],
    }
    assert [word.caption(table) for table in word.tables] == [*captions[name], "Action plan"]
    assert bool(list(word.body.iter(qn("c:chart")))) == (name == "summary")


def test_the_marker_of_a_block_may_be_split(plan: Plan, make_report: MakeReport) -> None:
    def build() -> Document:
        document = blank()
        line = document.add_paragraph()
        for piece in ("{{kim", "plan:p", "lan}}"):
            line.add_run(piece)
        return document

    document, _, word = make_report(plan, build)
    assert word.grid(word.table("Action plan")) == expected_plan(document)


@pytest.mark.parametrize("name", BLOCKS)
def test_a_table_is_parted_from_a_table_below_it(
    name: str, plan: Plan, make_report: MakeReport
) -> None:
    """Word joins tables that no paragraph parts."""

    def build() -> Document:
        document = blank()
        add_markers(document, ("plan", name) if name != "plan" else (name,))
        document.add_table(1, 1).cell(0, 0).text = "Signed"
        return document

    word = make_report(plan, build).word
    previous = None
    for child in word.body:
        assert not (child.tag == qn("w:tbl") and previous == child.tag)
        previous = child.tag


# Refusals


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_twice(name: str, plan: Plan, make_report: MakeReport) -> None:
    document = plain()
    add_markers(document, (name,))
    message, hint = refusal(make_report, plan, document)
    assert message == f"the template has the marker {marker(name)} twice"
    assert hint


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("plann", "Did you mean 'plan'?"),
        ("duesoon", "Did you mean 'due-soon'?"),
        ("Summary", "Did you mean 'summary'?"),
        ("organization", "Did you mean 'organisation'?"),
        ("weather", "Known: summary, changes, trend, overdue, due-soon, evidence, plan, moves,"),
        ("", "Known: summary"),
    ],
)
def test_an_unknown_marker(
    written: str, suggestion: str, plan: Plan, make_report: MakeReport
) -> None:
    document = plain()
    document.add_paragraph(marker(written))
    message, hint = refusal(make_report, plan, document)
    assert message == f"the template has the unknown marker {marker(written)}"
    assert hint.startswith(suggestion)


@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "plan"])
def test_a_template_without_the_plan(name: str, plan: Plan, make_report: MakeReport) -> None:
    document = blank()
    add_markers(document, (name,))
    message, hint = refusal(make_report, plan, document)
    assert message == ("the template has no {{kimplan:plan}}, so the report would lack the plan")
    assert hint == "Put it on a line of its own where the table is to stand."


@pytest.mark.parametrize(
    ("written", "shown", "hint"),
    [
        ("{{Kimplan:plan}}", "{{Kimplan:plan}}", "Write {{kimplan:plan}}."),
        ("{kimplan:overdue}", "{kimplan:overdue}", "Write {{kimplan:overdue}}."),
        ("{{kimplan plan}}", "{{kimplan plan}}", "Write {{kimplan:plan}}."),
        ("{{ KIMPLAN : Summary }}", "{{ KIMPLAN : Summary }}", "Write {{kimplan:summary}}."),
        ("{{kimplan:plan}", "{{kimplan:plan}", "Write {{kimplan:plan}}."),
        ("[[kimplan:title]]", "[[kimplan:title]]", "Write {{kimplan:title}}."),
        ("<<kimplan;title>>", "<<kimplan;title>>", "Write {{kimplan:title}}."),
        ("as kimplan:footer says", "kimplan:footer", "Write {{kimplan:footer}}."),
        ("{{kimplan plam}}", "{{kimplan plam}}", "Did you mean 'plan'?"),
    ],
)
@pytest.mark.parametrize("place", ["body", "footer"])
def test_what_is_nearly_a_marker(
    place: str, written: str, shown: str, hint: str, plan: Plan, make_report: MakeReport
) -> None:
    document = plain()
    footer = document.sections[0].footer
    line = footer.paragraphs[0] if place == "footer" else document.add_paragraph()
    for piece in (written[:4], written[4:]):
        line.add_run(piece)
    assert refusal(make_report, plan, document) == (
        f"the template has '{shown}', which is nearly a marker",
        hint,
    )


def test_a_very_long_unknown_marker_is_shown_short(plan: Plan, make_report: MakeReport) -> None:
    document = plain()
    document.add_paragraph(marker("x" * 5000))
    assert len(refusal(make_report, plan, document)[0]) < 200


def in_cell(document: Document) -> None:
    document.add_table(1, 1).cell(0, 0).text = marker("plan")


def in_header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = marker("plan")


def in_first_footer(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_footer.paragraphs[0].text = marker("plan")


def in_a_sentence(document: Document) -> None:
    document.add_paragraph(f"See {marker('plan')} below.")


def in_a_text_box(document: Document) -> None:
    document.add_paragraph()._p.append(text_box(marker("plan")))


def in_a_content_control(document: Document) -> None:
    text = f"<w:p><w:r><w:t>{marker('plan')}</w:t></w:r></w:p>"
    control = xml(f"<w:sdt><w:sdtPr/><w:sdtContent>{text}</w:sdtContent></w:sdt>")
    document.add_paragraph()._p.addprevious(control)


def two_in_a_line(document: Document) -> None:
    document.add_paragraph(marker("plan") + marker("overdue"))


@pytest.mark.parametrize(
    "put",
    [
        in_cell,
        in_header,
        in_first_footer,
        in_a_sentence,
        in_a_text_box,
        in_a_content_control,
        two_in_a_line,
    ],
    ids=lambda put: put.__name__,
)
def test_a_block_where_no_block_can_stand(put: Any, plan: Plan, make_report: MakeReport) -> None:
    document = blank()
    add_markers(document, ("summary",))
    put(document)
    message, hint = refusal(make_report, plan, document)
    assert "does not stand alone in a paragraph of the body" in message
    assert marker("plan") in message or marker("overdue") in message
    assert "line of its own" in hint


def test_nothing_is_written_for_a_refused_marker(
    plan: Plan, make_report: MakeReport, tmp_path: Path
) -> None:
    document = plain()
    in_cell(document)
    refusal(make_report, plan, document)
    assert [path.name for path in tmp_path.iterdir()] == ["template0.docx"]
    assert docx.Document(str(tmp_path / "template0.docx")).tables
    assert to_bytes(document)
