"""The shipped plan says what the published table says, word for word and cell by cell.

The table is tests/data/kim-report.txt, scraped from a web page: a cell ends with "|", a row has
six cells, and a section is one wide cell closed by "|||||". A plan's paragraphs and line ends
are its own. Beyond that, only these repairs of the scraping are allowed:

- the stray "Device" before "Key Recording Standards" is gone;
- the source's bullet mark "·" is "- " at the start of a line;
- joint owners, parted by "/", are separate owners;
- a date is written as DUE says.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

TESTS = Path(__file__).resolve().parent
PLAN = TESTS.parent / "plan"
SOURCE = TESTS / "data" / "kim-report.txt"

COLUMNS = ("ref", "recommendation", "response", "rag", "due", "owners")
SECTIONS = {
    "governance-and-culture": "Governance and Culture",
    "key-recording-standards": "Key Recording Standards",
    "appropriate-systems": "Ensure appropriate systems are in place.",
    "mergers": "Mergers and other structural changes",
    "repairs": "Repairs",
}
REFS = {
    "governance-and-culture": ["REC1", "REC2", "REC3", "REC4", "REC5", "REC6"],
    "key-recording-standards": ["REC7", "REC8", "REC9", "REC10"],
    "appropriate-systems": ["REC11", "REC12", "REC13", "REC14"],
    "mergers": ["REC15", "REC16", "REC17", "REC18"],
    "repairs": ["REC19", "REC20", "REC21"],
}
DUE = {
    "10th January 2023": "2023-01-10",
    "Dec 23 – Mar 24": "2023-12/2024-03",
    "January 2024": "2024-01",
    "March 24": "2024-03",
    "31 March 2024": "2024-03-31",
    "April 2024": "2024-04",
    "May 2024": "2024-05",
    "July 2024": "2024-07",
    "Compliant": "Compliant",
    "": "",
}
# A title is the recommendation's first sentence. The source left these two without a full stop.
UNSTOPPED_TITLES = {
    "REC5": "Train staff on the requirements of the Equality Act 2010",
    "REC14": "Schedule appropriate sensitive information reviews",
}

Where = tuple[str, str]  # a ref, a section's id or "columns", and the cell's name
Cells = dict[Where, list[str]]  # each cell's words
ALL_CELLS: list[Where] = [
    *(("columns", column) for column in COLUMNS),
    *((section, "section") for section in SECTIONS),
    *((ref, cell) for refs in REFS.values() for ref in refs for cell in (*COLUMNS, "section")),
]


# The source


def source_rows() -> Iterator[list[str]]:
    _heading, table = SOURCE.read_text(encoding="utf-8").split("\n", 1)
    assert table.endswith("|"), "the table's last cell is open"
    row: list[str] = []
    for text, closes_section in re.findall(r"([^|]*)\|\n?(\|{5}\n)?", table):
        row.append(text.strip())
        if closes_section or len(row) == len(COLUMNS):
            yield row
            row = []
    assert not row, f"the table's last row is short: {row}"


def source_cells() -> Cells:
    header, *rows = source_rows()
    cells: Cells = {
        ("columns", name): text.split() for name, text in zip(COLUMNS, header, strict=True)
    }
    sections = iter(SECTIONS)
    section = ""
    for row in rows:
        if len(row) == 1:
            section = next(sections)
            cells[section, "section"] = row[0].removeprefix("Device ").split()
            continue
        ref, recommendation, response, rag, due, owners = row
        cells[ref, "ref"] = [ref]
        cells[ref, "section"] = [section]
        cells[ref, "recommendation"] = recommendation.split()
        cells[ref, "response"] = response.split()
        cells[ref, "rag"] = rag.split()
        cells[ref, "due"] = DUE[due].split()
        cells[ref, "owners"] = joint(role.strip() for role in owners.split("/"))
    return cells


# The plan


def read(path: Path) -> dict[str, Any]:
    """Read a YAML file with every scalar as a string."""
    values: dict[str, Any] = YAML(typ="base", pure=True).load(path.read_text(encoding="utf-8"))
    return values


def read_records(plan: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: read(path) for path in (plan / "recommendations").glob("*.yaml")}


def plan_cells(plan: Path) -> Cells:
    settings = read(plan / "plan.yaml")
    cells: Cells = {
        ("columns", column["field"]): column["label"].split() for column in settings["columns"]
    }
    for section in settings["sections"]:
        cells[section["id"], "section"] = words(section["title"], section["narrative"])
    for ref, record in read_records(plan).items():
        rating = settings["ratings"][record["rag"]]
        cells[ref, "ref"] = [record["ref"]]
        cells[ref, "section"] = [record["section"]]
        cells[ref, "recommendation"] = words(record["title"], record.get("detail", ""))
        cells[ref, "response"] = words(record["response"])
        cells[ref, "rag"] = rating["label"].split()
        cells[ref, "due"] = record.get("due", rating.get("date", "")).split()
        cells[ref, "owners"] = joint(record.get("owners", []))
    return cells


# The comparison


def words(*texts: str) -> list[str]:
    """Split the plan's texts into words, with the source's mark before each bullet."""
    return re.sub(r"^- ", "· ", "\n".join(texts), flags=re.MULTILINE).split()


def joint(roles: Iterable[str]) -> list[str]:
    return " / ".join(roles).split()


def difference(where: Where, source: Cells, plan: Cells) -> str:
    """Say where a cell differs and show both texts, or nothing when it does not."""
    published, shipped = source.get(where, []), plan.get(where, [])
    if published == shipped:
        return ""
    name = " ".join(where)
    return f"{name}\n  source: {' '.join(published)}\n  plan:   {' '.join(shipped)}"


def differing_cells(source: Cells, plan: Cells) -> list[str]:
    everywhere = sorted(source.keys() | plan.keys())
    return [" ".join(where) for where in everywhere if difference(where, source, plan)]


@pytest.fixture(scope="module")
def source() -> Cells:
    return source_cells()


@pytest.fixture(scope="module")
def plan() -> Cells:
    return plan_cells(PLAN)


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    return read_records(PLAN)


@pytest.mark.parametrize("where", ALL_CELLS, ids=" ".join)
def test_cell_says_what_the_source_says(where: Where, source: Cells, plan: Cells) -> None:
    found = difference(where, source, plan)
    assert not found, found


def test_every_cell_is_compared(source: Cells, plan: Cells) -> None:
    assert sorted(source) == sorted(ALL_CELLS)
    assert sorted(plan) == sorted(ALL_CELLS)


def test_title_is_the_heading_of_the_source() -> None:
    heading = SOURCE.read_text(encoding="utf-8").split("\n", 1)[0]
    assert read(PLAN / "plan.yaml")["title"] == heading


def test_sections_stand_in_report_order_with_their_titles() -> None:
    shipped = read(PLAN / "plan.yaml")["sections"]
    assert [(section["id"], section["title"]) for section in shipped] == list(SECTIONS.items())


def test_columns_stand_in_the_source_order() -> None:
    shipped = read(PLAN / "plan.yaml")["columns"]
    assert [column["field"] for column in shipped] == list(COLUMNS)


def test_each_recommendation_has_one_file_and_nothing_else_is_there() -> None:
    expected = {f"{ref}.yaml" for refs in REFS.values() for ref in refs}
    assert {path.name for path in (PLAN / "recommendations").iterdir()} == expected
    assert {path.name for path in PLAN.iterdir()} == {
        "plan.yaml",
        "owners.yaml",
        "recommendations",
    }


def test_recommendations_are_in_their_sections(records: dict[str, dict[str, Any]]) -> None:
    expected = {ref: section for section, refs in REFS.items() for ref in refs}
    assert {ref: record["section"] for ref, record in records.items()} == expected


def test_counts(records: dict[str, dict[str, Any]]) -> None:
    assert len(records) == 21
    assert len({record["section"] for record in records.values()}) == 5
    ratings = Counter(record["rag"] for record in records.values())
    assert ratings == {"green": 8, "amber": 10, "not-applicable": 3}


def test_only_open_items_have_a_due_date(records: dict[str, dict[str, Any]]) -> None:
    amber = {ref for ref, record in records.items() if record["rag"] == "amber"}
    assert {ref for ref, record in records.items() if "due" in record} == amber


def test_title_is_the_first_sentence(source: Cells, records: dict[str, dict[str, Any]]) -> None:
    expected = {
        ref: re.split(r"(?<=\.) ", " ".join(text), maxsplit=1)[0]
        for (ref, cell), text in source.items()
        if cell == "recommendation" and ref != "columns"
    }
    assert {ref: record["title"] for ref, record in records.items()} == expected | UNSTOPPED_TITLES


def test_owners_are_the_roles_of_the_source_in_order(source: Cells) -> None:
    roles = [
        role
        for (ref, cell), text in source.items()
        if cell == "owners" and ref != "columns" and text
        for role in " ".join(text).split(" / ")
    ]
    shipped = read(PLAN / "owners.yaml")["owners"]
    assert [owner["role"] for owner in shipped] == list(dict.fromkeys(roles))


# The comparison can fail


@pytest.mark.parametrize("where", ALL_CELLS, ids=" ".join)
def test_a_lost_or_invented_word_is_reported_with_both_texts(where: Where, source: Cells) -> None:
    published = source[where]
    changed = published[:-1] if published else ["Invented"]
    plan = source | {where: changed}
    assert differing_cells(source, plan) == [" ".join(where)]
    report = difference(where, source, plan)
    assert f"source: {' '.join(published)}\n" in report
    assert report.endswith(f"plan:   {' '.join(changed)}")


@pytest.mark.parametrize(
    ("file", "old", "new", "cell"),
    [
        ("REC6", "there is not guarantee", "there is no guarantee", "REC6 response"),
        ("REC1", "retention policy\n", "retention policy.\n", "REC1 response"),
        ("REC2", "  - Data Retention\n", "", "REC2 response"),
        ("REC2", "  - Data Retention\n", "  Data Retention\n", "REC2 response"),
        ("REC4", "landlord’s", "landlord's", "REC4 recommendation"),
        ("REC8", "2023-01-10", "2024-01-10", "REC8 due"),
        ("REC12", "  - Assistant Director People and Safety\n", "", "REC12 owners"),
        ("REC15", "rag: not-applicable", "rag: red", "REC15 rag"),
        ("REC18", "section: mergers", "section: repairs", "REC18 section"),
        ("plan", "when,\n", "\n", "governance-and-culture section"),
        ("plan", "Est Comp Date", "Completion Date", "columns due"),
    ],
)
def test_a_changed_file_is_reported(
    file: str, old: str, new: str, cell: str, tmp_path: Path
) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(PLAN, copy)
    path = next(copy.rglob(f"{file}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert differing_cells(plan_cells(PLAN), plan_cells(copy)) == [cell]
