"""The codes and the rules as a whole: each is defined once, documented, shown and in its place."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import REPOSITORY, TESTS

import kimplan.rules
from kimplan.rules import ALL_RULES, Rule

SOURCE = REPOSITORY / "src" / "kimplan"
EXAMPLES = TESTS / "examples" / "invalid"
CODE = re.compile(r"""["'](KP\d{3})["']""")
# What no text of a record can show, and where it is tested instead.
WITHOUT_EXAMPLE = {
    "KP001": "a file that cannot be read: unit/source/test_source_file.py",
    "KP007": "a file that nothing reads: unit/loader/test_folder.py",
    "KP505": "a plan without records: unit/loader/test_folder.py",
}
# Which module of the rules may define which codes.
FAMILIES = {"ratings": "KP3", "owners": "KP4", "references": "KP5"}


def codes_in_the_source() -> dict[str, set[str]]:
    """Return each code that the source names, and in which files."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            found.setdefault(code, set()).add(path.relative_to(SOURCE).as_posix())
    return found


def all_rules_anywhere() -> set[type[Rule]]:
    """Return every rule that a module of the rules defines, listed or not."""
    for module in pkgutil.iter_modules(kimplan.rules.__path__):
        importlib.import_module(f"kimplan.rules.{module.name}")

    def below(rule: type[Rule]) -> set[type[Rule]]:
        children = {
            child for child in rule.__subclasses__() if child.__module__.startswith("kimplan.")
        }
        return children.union(*map(below, children))

    return below(Rule)


def test_there_are_rules() -> None:
    assert len(ALL_RULES) >= 9


def test_every_rule_that_is_defined_is_listed_once() -> None:
    assert Counter(ALL_RULES) == Counter(all_rules_anywhere())


def test_every_rule_has_a_code_of_its_own() -> None:
    assert [
        code for code, times in Counter(rule.code for rule in ALL_RULES).items() if times > 1
    ] == []


def test_no_code_of_a_rule_is_used_for_anything_but_that_rule() -> None:
    found = codes_in_the_source()
    for rule in ALL_RULES:
        path = rule.__module__.removeprefix("kimplan.").replace(".", "/")
        assert found[rule.code] == {f"{path}.py"}


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_finds_and_why_and_how_to_mend_it(rule: type[Rule]) -> None:
    summary, _, body = (rule.__doc__ or "").partition("\n\n")
    assert summary.endswith(".")
    assert len(body.split()) >= 5


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_stands_in_the_module_of_its_family(rule: type[Rule]) -> None:
    assert rule.code.startswith(FAMILIES[rule.__module__.rpartition(".")[2]])


def test_codes_are_found_in_the_source() -> None:
    found = codes_in_the_source()
    assert len(found) >= 25
    assert {rule.code for rule in ALL_RULES} <= found.keys()
    assert {code[:3] for code in found} == {"KP0", "KP1", "KP2", "KP3", "KP4", "KP5"}


def test_every_code_has_an_example_or_a_reason_for_having_none() -> None:
    shown = {path.name.split("-", 1)[0] for path in EXAMPLES.glob("*.yaml")}
    found = codes_in_the_source().keys()
    assert shown | WITHOUT_EXAMPLE.keys() == found
    assert not shown & WITHOUT_EXAMPLE.keys()


@pytest.mark.parametrize("code", WITHOUT_EXAMPLE)
def test_a_code_without_an_example_is_tested_where_it_is_said(code: str) -> None:
    path = Path(TESTS / WITHOUT_EXAMPLE[code].rpartition(": ")[2])
    assert code in path.read_text(encoding="utf-8")
