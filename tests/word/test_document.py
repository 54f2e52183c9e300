"""The file around the text: properties, language, settings, fields, header and footer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from conftest import make_plan
from docx.oxml.ns import qn
from lxml import etree

from kimplan.report.build import build_report
from kimplan.report.request import Request
from kimplan.word import write_report

from .conftest import MakeReport, Report
from .reopened import find, w
from .templates import TEMPLATES, read_parts

WORD_15 = "http://schemas.microsoft.com/office/word"


def field_codes(part: bytes) -> list[str]:
    """Return the instructions of the fields of a part."""
    root = etree.fromstring(part)
    simple = [field.get(qn("w:instr")) or "" for field in root.iter(qn("w:fldSimple"))]
    return simple + [code.text or "" for code in root.iter(qn("w:instrText"))]


def test_core_properties(report: Report) -> None:
    found = report.word.document.core_properties
    assert found.title == "Knowledge and Information Management (KIM) report"
    assert found.author == "Westward Housing Group"
    assert found.last_modified_by == "kimplan"
    assert found.language == "en-GB"
    assert found.revision == 1
    midnight = datetime(2024, 5, 31, tzinfo=UTC)
    assert found.created == found.modified == midnight
    assert "python-docx" not in read_parts(report.path)["docProps/core.xml"].decode()


def test_properties_are_cut_at_what_word_can_hold(make_report: MakeReport) -> None:
    plan = make_plan({}, title="Long title " * 50, organisation="Long name " * 29)
    found = make_report(plan).word.document.core_properties
    assert found.title == ("Long title " * 50)[:255]
    assert found.author == ("Long name " * 29)[:255]


def test_the_language_is_british_english(report: Report) -> None:
    styles = report.word.document.styles.element
    language = find(styles, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")
    assert language.get(qn("w:val")) == "en-GB"
    settings = report.word.document.settings.element
    assert w(settings, "w:themeFontLang") == "en-GB"
    others = {element.get(qn("w:val")) for element in styles.iter(qn("w:lang"))}
    assert others == {"en-GB"}


def test_compatibility_mode_is_that_of_todays_word(report: Report) -> None:
    settings = report.word.document.settings.element
    modes = [
        setting.get(qn("w:val"))
        for setting in settings.iter(qn("w:compatSetting"))
        if setting.get(qn("w:name")) == "compatibilityMode" and setting.get(qn("w:uri")) == WORD_15
    ]
    assert modes == ["15"]


def test_nothing_asks_when_the_report_is_opened(report: Report) -> None:
    settings = report.word.document.settings.element
    assert list(settings.iter(qn("w:updateFields"))) == []
    for name, part in read_parts(report.path).items():
        if name.startswith("word/") and name.endswith(".xml") and b"instrText" in part:
            assert {code.strip() for code in field_codes(part)} == {"PAGE", "NUMPAGES"}
    assert field_codes(read_parts(report.path)["word/document.xml"]) == []


@pytest.mark.parametrize("page", ["first_page_footer", "footer"])
def test_the_footer_names_the_day_the_version_and_the_page(page: str, report: Report) -> None:
    footer = getattr(report.word.document.sections[0], page)
    (line,) = footer.paragraphs
    assert line.style.name == "Footer"
    assert line.text.startswith(
        "Position at 31 May 2024 · Source version 1234567 · kimplan 9.9\tPage "
    )
    codes = [code.text.strip() for code in footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_the_header_stands_on_every_page_but_the_first(report: Report) -> None:
    section = report.word.document.sections[0]
    assert section.header.paragraphs[0].text == (
        "Westward Housing Group – Knowledge and Information Management (KIM) report"
    )
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous
    for later in list(report.word.document.sections)[1:]:
        assert later.header.paragraphs[0].text == section.header.paragraphs[0].text


def test_no_marker_is_left(report: Report) -> None:
    for name, part in read_parts(report.path).items():
        assert b"{{" not in part, name
        assert b"<?kimplan" not in part, name


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_marker_is_left_of_any_template(name: str, make_report: MakeReport) -> None:
    found = make_report(make_plan({}), TEMPLATES[name])
    for part, data in read_parts(found.path).items():
        assert b"{{kim" not in data, part
        assert b"<?kimplan" not in data, part


def test_every_part_is_whole(report: Report) -> None:
    parts = read_parts(report.path)
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    assert next(iter(parts)) == "[Content_Types].xml"
    assert len(set(map(str.casefold, parts))) == len(parts)


def test_every_relationship_leads_to_a_part(report: Report) -> None:
    parts = read_parts(report.path)
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = name.partition("_rels/")[0]
        for relationship in etree.fromstring(data):
            if relationship.get("TargetMode") == "External":
                continue
            target = relationship.get("Target") or ""
            steps = (folder + target if not target.startswith("/") else target[1:]).split("/")
            while ".." in steps:
                at = steps.index("..")
                del steps[at - 1 : at + 1]
            assert "/".join(steps) in parts, (name, target)


def test_the_year_may_be_any(
    make_report: MakeReport, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan = make_plan({"due": "2024-03"})
    for day in (date(1987, 2, 28), date(2099, 12, 31)):
        target = tmp_path_factory.mktemp("year") / "report.docx"
        write_report(build_report(plan, Request(day, "v")), target)
        assert read_parts(target)
