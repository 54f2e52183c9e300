"""What the tests of Word files share: reports of the shipped plan, written once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

import pytest
from conftest import AS_OF, load_shipped_plan, make_item, make_plan

from kimplan.model.column_field import ColumnField
from kimplan.model.plan import Column, Layout, Plan
from kimplan.report.build import build_report
from kimplan.report.document import ReportDocument
from kimplan.report.request import Request
from kimplan.word import write_report

from .reopened import Reopened
from .templates import TEMPLATES, Build, template

VERSION = "Source version 1234567 · kimplan 9.9"


class Report(NamedTuple):
    """What a report should say, and the file that was read back."""

    document: ReportDocument
    path: Path
    word: Reopened


class Written(NamedTuple):
    """What a report should say, and its file."""

    document: ReportDocument
    path: Path


MakeReport: TypeAlias = Callable[..., Report]
Reports: TypeAlias = Callable[..., Report]


@pytest.fixture(scope="session")
def shipped() -> Plan:
    return load_shipped_plan()


@pytest.fixture(scope="session")
def table_report(shipped: Plan, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("shipped") / "table.docx"
    return write(shipped, path, Layout.TABLE)


@pytest.fixture(scope="session")
def sections_report(shipped: Plan, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("shipped") / "sections.docx"
    return write(shipped, path, Layout.SECTIONS)


@pytest.fixture(params=list(Layout))
def report(request: pytest.FixtureRequest) -> Report:
    """The shipped plan's report in each layout."""
    found: Report = request.getfixturevalue(f"{request.param}_report")
    return found


@pytest.fixture
def make_report(tmp_path: Path) -> MakeReport:
    """Write the report of a plan, perhaps in a template, and read it back."""

    def make(
        plan: Plan,
        build: Build | None = None,
        layout: Layout | None = None,
        font_size: float | None = None,
    ) -> Report:
        number = len(list(tmp_path.glob("report*.docx")))
        look = tmp_path / f"template{number}.docx" if build else None
        if build and look:
            look.write_bytes(template(build))
        return write(plan, tmp_path / f"report{number}.docx", layout, font_size, look)

    return make


@pytest.fixture(scope="session")
def plan() -> Plan:
    return make_plan(
        {"rag": "green", "due": None},
        {"due": "2024-03", "response": "Some of it.\n\n- one\n  - two"},
        {"section": "repairs", "rag": "red"},
    )


@pytest.fixture(scope="session")
def reports(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Give the plan's report in each template; each is written once."""

    @lru_cache
    def report(name: str, layout: Layout = Layout.TABLE) -> Report:
        folder = tmp_path_factory.mktemp(name)
        (folder / "look.docx").write_bytes(template(TEMPLATES[name]))
        return write(plan, folder / "report.docx", layout, template=folder / "look.docx")

    return report


def write(
    plan: Plan,
    path: Path,
    layout: Layout | None = None,
    font_size: float | None = None,
    template: Path | None = None,
) -> Report:
    """Write the report of `plan` to `path` and read it back."""
    document = write_only(plan, path, layout, font_size, template).document
    return Report(document, path, Reopened(path))


def write_only(
    plan: Plan,
    path: Path,
    layout: Layout | None = None,
    font_size: float | None = None,
    template: Path | None = None,
) -> Written:
    """Write the report of `plan` to `path`."""
    document = build_report(plan, Request(AS_OF, VERSION, layout, font_size))
    write_report(document, path, template)
    return Written(document, path)


# Reports of every kind, for the programs that open Word files

ISSUE_RESPONSE_RAG = {"recommendation": "Issue", "response": "Response", "rag": "RAG"}
EVIDENCE = {
    "ref": "Ref",
    "recommendation": "Recommendation",
    "response": "Response",
    "rag": "RAG rating",
    "due": "Estimated completion date",
    "owners": "Owner",
    "evidence": "Evidence",
}
EVERY_COLUMN = {field.value: field.value.capitalize() for field in ColumnField}


def with_columns(plan: Plan, labels: dict[str, str]) -> Plan:
    """Return `plan` with other columns, and with something to show in each."""
    columns = [
        Column.model_validate({"field": field, "label": label}) for field, label in labels.items()
    ]
    first = plan.recommendations[0]
    story = {
        "completed": "2024-05-01",
        "evidence": [
            {"title": "Minutes", "link": "https://example.org/?a=1&b=2", "expires": "2026-07"},
            {"title": "Policy", "link": "docs/policy.pdf"},
        ],
        "verified": {"by": "Company Secretary", "on": "2024-05-02"},
        "progress": [{"on": "2024-04-01", "by": "Data Manager", "note": "Begun:\n\n- slowly"}],
        "actions": [{"title": "Write it", "due": "2024-06"}],
    }
    told = first.model_copy(update={name: getattr(make_item(**story), name) for name in story})
    settings = plan.settings.model_copy(update={"columns": columns})
    return plan._replace(settings=settings, recommendations=(told, *plan.recommendations[1:]))


def many_sections(count: int) -> Plan:
    """Return a plan with so many sections, the last of them empty."""
    ratings = ("amber", "red", "green", "not-applicable")
    records: list[dict[str, Any]] = [
        {
            "section": f"s{at % (count - 1)}",
            "rag": ratings[at % 4],
            "due": f"2024-0{1 + at % 9}" if at % 4 < 2 else None,
        }
        for at in range(3 * count)
    ]
    names = ("records", "a chapter of the report with a title that is quite long")
    sections = [
        {"id": f"s{at}", "title": f"Section {at + 1}: {names[at % 3 == 0]}"} for at in range(count)
    ]
    return make_plan(*records, sections=sections)


def long_responses(*lengths: int) -> Plan:
    """Return a plan with responses of so many words, no two of which are the same."""
    texts = (" ".join(f"w{length}x{at}" for at in range(length)) for length in lengths)
    return make_plan(*({"response": text} for text in texts))


def full_first_page(words: int) -> Plan:
    """Return a plan whose first section and first row fill the first page of the plan."""
    narrative = "\n\n".join([" ".join(["tale"] * 100)] * 3)
    sections = [
        {"id": "governance", "title": "Governance", "narrative": narrative},
        {"id": "repairs", "title": "Repairs"},
    ]
    response = " ".join(["word"] * words)
    return make_plan({"response": response}, {}, {"section": "repairs"}, sections=sections)


def long_words() -> Plan:
    """Return a plan with words that no column can hold."""
    return make_plan(
        {
            "title": "W" * 60,
            "response": f"{'x' * 60} and https://example.org/{'a' * 80}",
            "owners": ["Q" * 60],
        }
    )


def nested_bullets() -> Plan:
    response = "Of this:\n\n- one\n  - two\n    - three\n\n      still three\n\n  still one\n- four"
    return make_plan(
        {"response": response, "detail": response},
        sections=[{"id": "governance", "title": "Governance", "narrative": response}],
    )


@pytest.fixture(scope="session")
def gallery(shipped: Plan, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    """Reports of every kind, by name, in files that have these names too."""
    folder = tmp_path_factory.mktemp("gallery")
    table, sections = Layout.TABLE, Layout.SECTIONS
    kinds: dict[str, tuple[Plan, Layout, float | None]] = {
        "table": (shipped, table, None),
        "sections": (shipped, sections, None),
        "large": (shipped, table, 12.0),
        "large_sections": (shipped, sections, 12.0),
        "issue_response_rag": (with_columns(shipped, ISSUE_RESPONSE_RAG), table, None),
        "evidence": (with_columns(shipped, EVIDENCE), table, None),
        "every_column": (with_columns(shipped, EVERY_COLUMN), table, None),
        "many_sections": (many_sections(12), table, None),
        "one_section": (nested_bullets(), sections, None),
        "a_page_long": (long_responses(*range(180, 330, 15)), table, None),
        "a_page_long_sections": (long_responses(*range(185, 335, 15)), sections, None),
        "a_page_long_and_narrow": (
            with_columns(long_responses(*range(40, 160, 10)), EVERY_COLUMN),
            table,
            None,
        ),
        "pages_long": (long_responses(50, 1000, 50), table, None),
        "long_words": (long_words(), table, None),
        "first_page_full": (full_first_page(200), table, None),
        "first_page_fuller": (full_first_page(215), table, None),
    }
    found = {
        name: write_only(plan, folder / f"{name}.docx", layout, size)
        for name, (plan, layout, size) in kinds.items()
    }
    for name, build in TEMPLATES.items():
        look = tmp_path_factory.mktemp("looks") / "look.docx"
        look.write_bytes(template(build))
        found[name] = write_only(shipped, folder / f"{name}.docx", template=look)
    return found


DEFAULT_LOOK = (
    "table", "sections", "large", "large_sections", "issue_response_rag", "evidence",
    "every_column", "many_sections", "one_section", "a_page_long", "a_page_long_sections",
    "a_page_long_and_narrow",
    "pages_long", "long_words", "first_page_full", "first_page_fuller",
)  # fmt: skip
GALLERY = (*DEFAULT_LOOK, *TEMPLATES)


# Programs that not everybody has


def missing(what: str) -> NoReturn:
    """Skip the test because `what` is not there; fail where every test has to run."""
    if os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") == "1":
        pytest.fail(f"{what} is not installed, and KIMPLAN_REQUIRE_ALL_TESTS is 1")
    pytest.skip(f"{what} is not installed")


def program(name: str) -> str:
    """Return the path of a program on PATH, or skip the test."""
    return shutil.which(name) or missing(name)


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice."""
    return program("soffice")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    """The program of poppler that reads the text of a PDF."""
    return program("pdftotext")


@pytest.fixture(scope="session")
def validator() -> str:
    """The Open XML SDK's validator."""
    named = os.environ.get("OOXML_VALIDATOR", "")
    if named and not Path(named).is_file():
        pytest.fail(f"OOXML_VALIDATOR names no file: {named}")
    return named or program("ooxml-validator")
