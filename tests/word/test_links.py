"""Links within the report and out of it."""

from __future__ import annotations

import pytest
from conftest import make_plan
from docx.oxml.ns import qn
from report_parts import listing_of

from kimplan.model.plan import Layout

from .conftest import MakeReport, Report
from .reopened import Reopened, anchors, w


def linked_rows(word: Reopened) -> dict[str, str]:
    """Return, for each ref that is a link, the text of the first cell of the row it leads to."""
    rows = word.bookmarked_rows()
    return {
        "".join(run.text or "" for run in link.iter(qn("w:t"))): word.cell(
            rows[link.get(qn("w:anchor"))].tc_lst[0]
        ).text
        for link in word.body.iter(qn("w:hyperlink"))
        if link.get(qn("w:anchor"))
    }


def test_refs_lead_to_their_rows(report: Report) -> None:
    listed = [
        *listing_of(report.document, "overdue").rows,
        *listing_of(report.document, "due-soon").rows,
    ]
    refs = [row[0].text for row in listed]
    assert len(refs) == 10
    assert linked_rows(report.word) == {ref: ref for ref in refs}


def test_every_row_has_one_bookmark_that_begins_and_ends_in_it(report: Report) -> None:
    word = report.word
    starts = list(word.body.iter(qn("w:bookmarkStart")))
    ends = list(word.body.iter(qn("w:bookmarkEnd")))
    assert [start.get(qn("w:id")) for start in starts] == [end.get(qn("w:id")) for end in ends]
    assert len({start.get(qn("w:id")) for start in starts}) == 21
    for start, end in zip(starts, ends, strict=True):
        assert start.getparent() is end.getparent()
    assert len(anchors(word, report.document)) == 21


def test_bookmarks_have_names_that_word_can_hold(make_report: MakeReport) -> None:
    """Word allows letters, digits and underscores, 40 at most, after a letter."""
    refs = ["R" * 32, "REC-1", "REC.1", "REC_1", "a-b.c_d-" + "9" * 24]
    document, _, word = make_report(make_plan(*({"ref": ref, "due": "2024-01"} for ref in refs)))
    names = list(anchors(word, document).values())
    assert all(name.isascii() and name.replace("_", "a").isalnum() for name in names)
    assert all(len(name) <= 40 and name[0].isalpha() for name in names)
    assert len(set(names)) == len(refs)
    assert linked_rows(word) == {ref: ref for ref in refs}


def test_bookmarks_differ_in_more_than_capitals(make_report: MakeReport) -> None:
    """Word takes ``kimplan_REC_1`` and ``kimplan_rec_1`` for one name and keeps only one."""
    refs = ["REC.1", "rec-1", "Rec_1"]
    document, _, word = make_report(make_plan(*({"ref": ref} for ref in refs)))
    names = anchors(word, document).values()
    assert len({name.casefold() for name in names}) == len(refs)


@pytest.mark.parametrize("empty", ["", "–"])
@pytest.mark.parametrize("layout", Layout)
def test_refs_lead_to_the_rows_of_a_plan_without_refs(
    layout: Layout, empty: str, make_report: MakeReport
) -> None:
    columns = [{"field": "evidence", "label": "Proof"}, {"field": "response", "label": "Response"}]
    records = ({"due": "2024-03", "response": name} for name in ("first", "second"))
    plan = make_plan(*records, columns=columns, report={"empty_cell": empty})
    word = make_report(plan, layout=layout).word
    rows = word.bookmarked_rows()
    found = {
        "".join(run.text or "" for run in link.iter(qn("w:t"))): [
            word.cell(cell).text for cell in rows[link.get(qn("w:anchor"))].tc_lst
        ]
        for link in word.body.iter(qn("w:hyperlink"))
    }
    assert found == {"REC1": [empty, "first"], "REC2": [empty, "second"]}


@pytest.mark.parametrize("layout", Layout)
def test_a_plan_without_refs_has_its_bookmarks_all_the_same(
    layout: Layout, make_report: MakeReport
) -> None:
    columns = [{"field": "evidence", "label": "Proof"}, {"field": "response", "label": "Response"}]
    records = ({"due": "2024-03", "response": name} for name in ("first", "second"))
    document, _, word = make_report(make_plan(*records, columns=columns), layout=layout)
    names = anchors(word, document)
    rows = word.bookmarked_rows()
    assert [word.cell(rows[names[ref]].tc_lst[1]).text for ref in ("REC1", "REC2")] == [
        "first",
        "second",
    ]


def test_web_addresses_are_links_in_the_file(make_report: MakeReport) -> None:
    address = "https://example.org/search?q=a&b=%20c#part"
    plan = make_plan(
        {
            "response": f"See [the page]({address}) and [again]({address}), "
            "or [write](mailto:office@example.org).",
            "detail": "[not a link](javascript:alert) and [nor this](file:///etc/hosts)",
        }
    )
    word = make_report(plan).word
    assert sorted(word.links.values()) == [address, "mailto:office@example.org"]
    targets = [
        (word.links[link.get(qn("r:id"))], link[0].find(qn("w:t")).text)
        for link in word.body.iter(qn("w:hyperlink"))
        if link.get(qn("r:id"))
    ]
    assert targets == [
        (address, "the page"),
        (address, "again"),
        ("mailto:office@example.org", "write"),
    ]
    relationships = word.document.part.rels.values()
    assert all(r.is_external for r in relationships if r.reltype.endswith("/hyperlink"))


def test_links_look_like_links(report: Report) -> None:
    style = report.word.style("Hyperlink").get(qn("w:styleId"))
    links = list(report.word.body.iter(qn("w:hyperlink")))
    assert links
    for link in links:
        for run in link.iterchildren(qn("w:r")):
            assert w(run, "w:rPr", "w:rStyle") == style
