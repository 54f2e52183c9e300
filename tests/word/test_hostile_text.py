"""Text of a plan stays text, whatever it looks like, in every field and every part of the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from conftest import (
    AS_OF,
    make_owners,
    make_plan,
    make_record,
    make_settings,
    run_cli,
    to_yaml,
    write_plan,
)
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from report_parts import chapters_of, listing_of

from kimplan.linter import load
from kimplan.model.plan import Layout, Plan

from .conftest import MakeReport, write_only
from .reopened import (
    Reopened,
    anchors,
    expected_counts,
    expected_listing,
    expected_plan,
    run_together,
)
from .templates import TEMPLATES, add_markers, blank, read_parts, template

pytestmark = pytest.mark.slow

Harmless: TypeAlias = Callable[[Layout], dict[str, list[str]]]
HOSTILE = {
    "markup": "</w:t></w:r></w:p><w:p><w:r><w:t>Approved & signed</w:t></w:r></w:p>",
    "entities": "&lt;b&gt; &amp;amp; &#27; &nbsp; %20",
    "quotes": "\"double\" 'single' =\"\" x='y'",
    "cdata": "<![CDATA[ x ]]> ]]> -->",
    "processing instruction": "<?kimplan plan?><?xml version='1.0'?>",
    "block marker": "{{kimplan:plan}}",
    "unknown marker": "{{kimplan:nothing}} {{ kimplan: summary }}",
    "word marker": "{{kimplan:organisation}}",
    "colour of rich": "[red]RED[/red] [bold]",
    "escape": r"\x1b[31m \u001b \033[0m",
    "formula": '=HYPERLINK("https://example.org","x")',
    "field": "{ PAGE } { DDEAUTO c:\\cmd.exe }",
    "long word": "x" * 60,
    "other writing": "Ysgrifennydd y Cwmni – ŵ ŷ – 住宅 – 🏠 – é",
}


def hostile_plan(folder: Path, text: str) -> Path:
    """Write a plan with `text` in every field that holds words."""
    fields = (
        "ref", "recommendation", "response", "rag", "due", "owners", "evidence", "verified",
        "progress", "actions",
    )  # fmt: skip

    def label(rating: str, **more: str) -> dict[str, str]:
        return {"label": f"{text} {rating}", "meaning": text, **more}

    settings = make_settings(
        title=text,
        organisation=text,
        audience=text,
        columns=[{"field": field, "label": f"{field} {text}"} for field in fields],
        ratings={
            "green": label("green", date=text),
            "amber": label("amber"),
            "red": label("red"),
            "not-applicable": label("none", date=text),
        },
        sections=[
            {"id": "governance", "title": text, "narrative": f"{text}\n\n- {text}"},
            {"id": "repairs", "title": f"{text} too"},
        ],
        lint={"ignore": ["KP304", "KP305"]},  # the links are no more links than the rest
    )
    common: dict[str, Any] = {
        "title": text,
        "detail": text,
        "response": f"{text}\n\n- {text}",
        "owners": [text],
        "evidence": [{"title": text, "link": text}, {"title": text, "link": "https://a.org/?&<>'"}],
        "progress": [{"on": "2024-05-01", "by": text, "note": text}],
        "actions": [{"title": text, "owner": text, "due": "2024-02", "done": "2024-02-20"}],
    }
    records = {
        "REC1": make_record(due="2024-03", **common),
        "REC2": make_record(ref="REC2", section="repairs", rag="red", **common),
        "REC3": make_record(
            ref="REC3",
            rag="green",
            due=None,
            verified={"by": text, "on": "2024-05-02"},
            **common,
        ),
        "REC4": make_record(ref="REC4", rag="not-applicable", due=None, **common),
    }
    owners = to_yaml({"owners": [{"role": text}]}) if text else make_owners()
    return write_plan(folder, records=records, settings=settings, owners=owners)


def load_words(plan: Path) -> Plan:
    """Return a plan that may have findings about its words, but no error."""
    loaded = load(plan).plan
    assert loaded is not None
    return loaded


@pytest.fixture(params=[name for name in HOSTILE if name != "word marker"])
def hostile(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Plan]:
    text = HOSTILE[request.param]
    return text, load_words(hostile_plan(tmp_path, text))


def wide() -> Document:
    """A page on which no row is tall, so that none is cut."""
    document = blank(500, 500)
    add_markers(document)
    return document


def elements(path: Path) -> dict[str, list[str]]:
    """Return the names of the nodes of each part in order, comments and the like among them."""
    return {
        name: [str(node.tag) for node in etree.fromstring(data).iter()]
        for name, data in read_parts(path).items()
        if name.endswith((".xml", ".rels"))
    }


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Harmless:
    """Give the elements of a report with harmless text, which is written once a layout."""
    look = tmp_path_factory.mktemp("look") / "look.docx"
    look.write_bytes(template(wide))

    @lru_cache
    def elements_of(layout: Layout) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("harmless")
        plan = load_words(hostile_plan(folder, "Words"))
        return elements(write_only(plan, folder / f"{layout}.docx", layout, template=look).path)

    return elements_of


def test_every_cell_says_the_text_and_nothing_else(
    hostile: tuple[str, Plan], make_report: MakeReport
) -> None:
    text, plan = hostile
    document, _, word = make_report(plan, TEMPLATES["plain"])
    assert run_together(word.grid(word.table("Action plan"))) == run_together(
        expected_plan(document)
    )
    assert word.grid(word.table("Position at a glance")) == expected_counts(document)
    names = anchors(word, document)
    for listing in (listing_of(document, "overdue"), listing_of(document, "due-soon")):
        assert word.grid(word.table(listing.heading)) == expected_listing(listing, names)
    row = chapters_of(document)[0].rows[0]
    assert [row.cells[at].text for at in (3, 5)] == [f"{text} amber", text]


@pytest.mark.parametrize(
    "layout", [Layout.TABLE, pytest.param(Layout.SECTIONS, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "word marker"])
def test_the_file_has_the_same_elements_as_with_harmless_text(
    name: str, layout: Layout, tmp_path: Path, make_report: MakeReport, harmless: Harmless
) -> None:
    plan = load_words(hostile_plan(tmp_path, HOSTILE[name]))
    written = elements(make_report(plan, wide, layout).path)
    assert written == harmless(layout)


def report_within_seconds(folder: Path) -> Reopened:
    """Return the report of the plan in `folder`, written by a process that may not hang."""
    arguments = ["report", "--as-of", str(AS_OF), "--output", "report.docx"]
    ran = run_cli(arguments, folder)
    assert (ran.code, ran.stderr) == (0, "")
    return Reopened(folder / "report.docx")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_default_template_shows_it_too(name: str, tmp_path: Path) -> None:
    hostile_plan(tmp_path, HOSTILE[name])
    word = report_within_seconds(tmp_path)
    assert word.document.paragraphs[0].text == HOSTILE[name]
    assert word.document.core_properties.title == HOSTILE[name]
    header = word.document.sections[0].header.paragraphs[0].text
    assert header == f"{HOSTILE[name]} – {HOSTILE[name]}"


@pytest.mark.parametrize("field", ["title", "organisation", "audience"])
@pytest.mark.parametrize(
    "text", ["{{kimplan:title}}", "{{kimplan:footer}}", "{{kimplan:plan}}", "{{ kimplan:x }}"]
)
def test_a_marker_in_the_plan_is_not_filled_in(field: str, text: str, tmp_path: Path) -> None:
    write_plan(tmp_path, settings=make_settings(**{field: text}))
    title, subtitle = report_within_seconds(tmp_path).document.paragraphs[:2]
    assert text in title.text + subtitle.text


def test_tabs_in_labels_are_spaces_to_a_reader(make_report: MakeReport) -> None:
    plan = make_plan({}, columns=[{"field": "response", "label": "Our\tanswer"}])
    word = make_report(plan).word
    cell = word.table("Action plan")._tbl.tr_lst[0].tc_lst[0]
    assert [(text.text or "").split() for text in cell.iter(qn("w:t"))] == [["Our", "answer"]]
