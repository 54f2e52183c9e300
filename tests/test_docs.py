"""What is written about kimplan holds for kimplan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Golden

from kimplan import __version__
from kimplan.formatters.fields import format_markdown
from kimplan.model.column_field import ColumnField
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.model.plan import Owners, Settings
from kimplan.model.rating import Rating
from kimplan.model.recommendation import Recommendation
from kimplan.report.parts import NAMES
from kimplan.rules.all_rules import ALL_RULES, rules_of
from kimplan.schema import MODELS, field_rows
from kimplan.word import write_template

ROOT = Path(__file__).parent.parent
FORMAT = (ROOT / "docs" / "plan-format.md").read_text(encoding="utf-8")
CODE = re.compile(r"\bKP[0-9]+\b")


def field_names(model: type[PlanModel]) -> set[str]:
    names = set()
    for name, field in fields_of(model).items():
        names.add(name)
        if issubclass(type_of(field).kind, PlanModel):
            names |= field_names(type_of(field).kind)
    return names


def test_every_code_is_explained_in_its_order_and_none_that_does_not_exist() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    explained = re.findall(r"^### (KP[0-9]{3})$", text, re.MULTILINE)
    assert explained
    assert explained == sorted(rule.code for rule in ALL_RULES)


def test_every_code_that_the_documents_speak_of_exists() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    named = {
        (document.name, code)
        for document in documents
        for code in CODE.findall(document.read_text(encoding="utf-8"))
    }
    assert {code for name, code in named if name == "rules.md"}
    assert {(name, code) for name, code in named if not rules_of(code)} == set()


def test_no_document_holds_what_a_merge_left_behind() -> None:
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    marks = re.compile(r"^(<{7}|>{7}|={7}$)", re.MULTILINE)
    left = [one.name for one in documents if marks.search(one.read_text(encoding="utf-8"))]
    assert left == []


@pytest.mark.parametrize("model", [Recommendation, Settings, Owners])
def test_every_field_is_explained(model: type[PlanModel]) -> None:
    names = field_names(model) - {str(rating) for rating in Rating}
    assert names
    assert {name for name in names if f"`{name}`" not in FORMAT} == set()


def test_the_tables_of_the_fields_are_those_of_the_models(golden: Golden) -> None:
    """``pytest tests/test_docs.py --update-golden`` writes them anew."""

    def table(found: re.Match[str]) -> str:
        return f"{found[1]}\n{format_markdown(field_rows(MODELS[found[2]]))}\n<!-- end -->\n"

    block = r"(<!-- kimplan schema (\w+) --format markdown -->\n).*?<!-- end -->\n"
    assert [name for _, name in re.findall(block, FORMAT, re.DOTALL)] == list(MODELS)
    golden(ROOT / "docs" / "plan-format.md", re.sub(block, table, FORMAT, flags=re.DOTALL))


def test_every_column_and_rating_is_explained() -> None:
    words = {str(one) for one in (*ColumnField, *Rating)}
    assert {word for word in words if f"`{word}`" not in FORMAT} == set()


def test_every_block_marker_is_explained() -> None:
    text = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    assert {name for name in NAMES if f"`{{{{kimplan:{name}}}}}`" not in text} == set()


def anchors(document: Path) -> set[str]:
    """Return the anchors that a forge gives the headings of a document."""
    text = re.sub(r"^```.*?^```$", "", document.read_text(encoding="utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {words.strip().replace(" ", "-") for words in plain}


def test_every_link_of_the_documents_leads_to_a_file_and_a_heading() -> None:
    pages = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
    documents = [*(ROOT / name for name in pages), *(ROOT / "docs").glob("*.md")]
    links = [
        (document, target)
        for document in documents
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:", "…"))
    ]
    assert len(links) > 100
    missing = []
    for document, target in links:
        name, _, anchor = target.partition("#")
        file = document.parent / name if name else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append((document.name, target))
    assert missing == []


def test_every_page_is_named_in_the_readme_or_generated() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pages = [page.name for page in (ROOT / "docs").glob("*.md")]
    assert [page for page in pages if f"](docs/{page})" not in readme] == []


def test_what_is_said_of_releases_holds_until_there_is_one() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    is_released = ", not yet released" not in changes
    for name in ("README.md", "docs/begin.md", "docs/upgrade.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        says_none = re.search(r"not on the Python Package Index yet|There is no release yet", text)
        assert is_released is (says_none is None), name


def test_no_document_holds_the_marks_of_a_merge() -> None:
    for document in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        text = document.read_text(encoding="utf-8")
        assert re.findall(r"^(?:<{7}|={7}|>{7})(?: .*)?$", text, re.MULTILINE) == [], document


def test_the_readme_has_the_two_lines_that_ci_runs() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.fullmatch(r"    python3 .*", line)] == [
        "    python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/kimplan report",
        "    python3 -m venv .venv && "
        '.venv/bin/pip install --quiet --editable ".[test]" && .venv/bin/pytest',
    ]


def test_the_changelog_begins_with_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+?),? ", changes, re.MULTILINE)[0] == __version__


def test_the_shipped_template_is_the_default_one(tmp_path: Path) -> None:
    write_template(tmp_path / "report.docx")
    shipped = (ROOT / "templates" / "report.docx").read_bytes()
    assert (tmp_path / "report.docx").read_bytes() == shipped
