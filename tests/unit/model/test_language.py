"""The words of other languages: every one that a report needs is there, and nothing else."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from conftest import REPOSITORY
from jinja2 import nodes

from kimplan.answers.naming import SUPERSEDED
from kimplan.html.page import TEMPLATES
from kimplan.model.column_field import ColumnField
from kimplan.model.due import NO_DATE, parse_due
from kimplan.model.labels import RatingLabels
from kimplan.model.language import FOLDER, known_languages, parse_language
from kimplan.model.plan import Settings
from kimplan.model.rating import Rating, Scheme
from kimplan.report.cells import CONTINUED

SOURCE = REPOSITORY / "src" / "kimplan"
FILES = sorted(FOLDER.glob("*.toml"))
# What stands in a variable where it is said, and where those words are.
ELSEWHERE = {
    "fact.what": ("schedule.py", "Fact", 1),
    "column.label": ("report/parts", "TableColumn", 1),
}

# What is said in another module than it is written in.
IMPORTED = {"CONTINUED": CONTINUED, "NO_DATE": NO_DATE, "SUPERSEDED": SUPERSEDED}


class Said(ast.NodeVisitor):
    """The texts and the nouns that a module says in the language of a plan."""

    def __init__(self, tree: ast.Module) -> None:
        self.texts: set[str] = set()
        self.nouns: set[str] = set()
        self.unknown: set[str] = set()
        self._values: dict[str, list[ast.expr]] = {}
        self._is_another = any(  # a function that is called say
            isinstance(node, ast.ImportFrom) and any(one.name == "say" for one in node.names)
            for node in ast.walk(tree)
        )
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._assign(target, node.value)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self._assign(node.target, node.value)
        self.visit(tree)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            if len(target.elts) == len(value.elts):
                for one, what in zip(target.elts, value.elts, strict=True):
                    self._assign(one, what)
        elif isinstance(target, ast.Name):
            self._values.setdefault(target.id, []).append(value)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        is_another = self._is_another and isinstance(function, ast.Name)
        if name == "say" and node.args and not is_another:
            self.texts |= set(self._words(node.args[0]))
        elif name == "counted" and isinstance(function, ast.Attribute):
            self.nouns |= set(self._words(node.args[1]))
        self.generic_visit(node)

    def _words(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.Name(id=name) if name in self._values:
                for value in self._values[name]:
                    yield from self._words(value)
            case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                for value in values:
                    yield from self._words(value)
            case ast.Subscript(value=value):
                yield from self._words(value)
            case ast.Name() | ast.Attribute():
                self.unknown.add(ast.unparse(node))


@lru_cache(maxsize=1)
def said() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the texts, the nouns and what could not be followed, of the whole package."""
    texts, nouns, unknown = set[str](), set[str](), set[str]()
    for file in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found = Said(tree)
        texts |= found.texts
        nouns |= found.nouns
        unknown |= found.unknown
        texts |= set(_listed(tree, file))
    for template in sorted(TEMPLATES.glob("*.j2")):
        page = jinja2.Environment().parse(template.read_text(encoding="utf-8"))
        texts |= set(_said_in_template(page, "say", 0))
        nouns |= set(_said_in_template(page, "counted", 1))
    return frozenset(texts), frozenset(nouns), frozenset(unknown)


def _said_in_template(page: nodes.Template, name: str, at: int) -> Iterator[str]:
    """Yield the words that a template of a page says in the plan's language."""
    for call in page.find_all(nodes.Call):
        called = getattr(call.node, "attr", getattr(call.node, "name", ""))
        if called == name:
            words = call.args[at]
            assert isinstance(words, nodes.Const), f"{name} in line {call.lineno} says no constant"
            yield words.value


def _listed(tree: ast.Module, file: Path) -> Iterator[str]:
    """Yield the labels of columns, and what facts are called, where they are written."""
    place = file.relative_to(SOURCE).as_posix()
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for where, called, at in ELSEWHERE.values():
        for call in calls:
            is_it = getattr(call.func, "id", "") == called and place.startswith(where)
            argument = call.args[at] if is_it and len(call.args) > at else None
            if isinstance(argument, ast.Constant):
                yield str(argument.value)
    if place == "word/language.py":
        yield from ("Page ", " of ")
    if place == "word/tables.py":
        yield from IMPORTED.values()


@lru_cache(maxsize=8)
def table(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def test_every_word_can_be_followed_from_where_it_is_said() -> None:
    texts, nouns, unknown = said()
    assert {"Action plan", "Total", "once", "completed", " (cont.)", "progress notes"} <= texts
    assert "recommendation" in nouns
    columns = {one for one in unknown if one.startswith("ColumnField.")}  # the plan names them
    assert unknown - columns == {*ELSEWHERE, "text.text", *IMPORTED, "english"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_every_word_and_no_other(file: Path) -> None:
    texts, nouns, _ = said()
    assert set(table(file)["texts"]) == texts
    assert set(table(file)["nouns"]) == nouns


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_has_the_places_of_the_english(file: Path) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for english, text in table(file)["texts"].items():
        assert text.strip(), english
        assert places(text) == places(english), english
        assert (text[0].isspace(), text[-1].isspace()) == (
            english[0].isspace(),
            english[-1].isspace(),
        ), english
    for noun, forms in table(file)["nouns"].items():
        assert "other" in forms, noun
        assert all(places(form) == {"number"} for form in forms.values()), noun


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_language_names_all_columns_and_ratings(file: Path) -> None:
    words, ratings = table(file), RatingLabels()
    assert len(set(words["months"])) == 12
    assert set(words["columns"]) == set(ColumnField)
    names = {rating.value for rating in Rating}
    assert set(words["labels"]) == set(words["meanings"]) == names
    assert set(words["dates"]) == {"blue", "green"}
    assert ratings.green.date is not None


@pytest.mark.parametrize("tag", known_languages())
@pytest.mark.parametrize("scheme", Scheme)
def test_the_usual_words_are_as_valid_as_those_of_a_plan(tag: str, scheme: Scheme) -> None:
    values = {"title": "Plan", "organisation": "Us", "sections": [{"id": "a", "title": "A"}]}
    rated = {"language": tag, "ratings": {"scheme": scheme.value}}
    usual = Settings.model_validate(values | rated)
    said = {
        name.replace("_", "-"): {key: word for key, word in label if word is not None}
        for name, label in usual.ratings
        if name != "scheme" and (name != "blue" or scheme is Scheme.BRAG)
    }
    again = Settings.model_validate(values | rated | {"ratings": {"scheme": scheme.value, **said}})
    assert again == usual


def test_a_language_is_known_again_by_its_tag() -> None:
    assert parse_language("cy-IE") == parse_language("CY-ie") != parse_language("cy")
    assert len({parse_language("cy-IE"), parse_language("CY-ie"), parse_language("en-IE")}) == 2
    assert (
        parse_language("cy-IE").say("Overdue") == parse_language("cy").say("Overdue") != "Overdue"
    )


def test_welsh_dates_and_numbers() -> None:
    welsh = parse_language("cy")
    assert welsh.day(date(2024, 5, 31)) == "31 Mai 2024"
    assert welsh.due(parse_due("2023-12/2024-03")) == "Rhagfyr 2023 – Mawrth 2024"
    days = [welsh.counted(number, "day") for number in (1, 2, 3, 1200)]
    assert days == ["1 diwrnod", "2 ddiwrnod", "3 diwrnod", "1,200 diwrnod"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [("en", "en-GB"), ("en-GB", "en-GB"), ("EN-ie", "en-IE"), ("cy", "cy-GB"), ("cy-GB", "cy-GB"),
     ("CY", "cy-GB"), ("cy-latn-gb", "cy-Latn-GB")],
)  # fmt: skip
def test_tags(text: str, tag: str) -> None:
    assert str(parse_language(text)) == tag


@pytest.mark.parametrize(
    "text", ["fr", "welsh", "", "c", "cy_GB", "cy-", "../cy", "cy\n", "cy-GB-GB", "x" * 300]
)
def test_what_is_no_known_language(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text[:20]) or "^$"):
        parse_language(text)


def test_the_known_languages() -> None:
    assert known_languages() == ["cy", "en"]
