"""The codes and the rules as a whole: each is defined once, documented, shown and in its place."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY, TESTS

import kimplan.rules
from kimplan.diagnostic import Severity
from kimplan.rules import ChangeRule, ClockRule, ReadingRule, Rule, groups
from kimplan.rules.all_rules import ALL_RULES, rules_of

SOURCE = REPOSITORY / "src" / "kimplan"
EXAMPLES = TESTS / "examples"
CODE = re.compile(r"""["'](KP\d{3})["']""")
FOUND = re.compile(r"^\S.*?:\d+:\d+: (error|warning|info) (KP\d{3}) ", re.MULTILINE)
# What no text of a record can show, and where it is tested instead.
WITHOUT_EXAMPLE = {
    "KP001": "a file that cannot be read: unit/source/test_source_file.py",
    "KP007": "a file that nothing reads: unit/loader/test_folder.py",
    "KP010": "a file's name: unit/rules/test_files.py",
    "KP505": "a plan without records: unit/loader/test_folder.py",
    "KP507": "a record that is not there: unit/rules/test_references.py",
}
# Which module of the rules may define which codes.
FAMILIES = {
    "files": "KP0",
    "fields": "KP1",
    "own_fields": "KP1",
    "entities": "KP1",
    "dates": "KP2",
    "promises": "KP2",
    "ratings": "KP3",
    "labels": "KP3",
    "owners": "KP4",
    "registry": "KP4",
    "references": "KP5",
    "declared_fields": "KP5",
    "supersession": "KP5",
    "web_links": "KP3",
    "wording": "KP6",
    "left_open": "KP6",
    "clock": "KP7",
    "change_control": "KP8",
    "kept_dates": "KP8",
    "kept_records": "KP8",
}
# The rules that find things of more than one severity, as their documentation says.
OTHER_SEVERITIES = {("KP007", Severity.WARNING), ("KP701", Severity.WARNING)}
# What changes files names the rules that it keeps or works round, and finds nothing itself.
CHANGING = ("writing/", "edits/", "merge/")
READING = [rule for rule in ALL_RULES if issubclass(rule, ReadingRule)]
OTHERS = [rule for rule in ALL_RULES if not issubclass(rule, ReadingRule)]


def codes_in_the_source() -> dict[str, set[str]]:
    """Return each code that the source names, and in which files but those of `CHANGING`."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        for code in CODE.findall(path.read_text(encoding="utf-8")):
            places = found.setdefault(code, set())
            if not name.startswith(CHANGING):
                places.add(name)
    return found


def all_rules_anywhere() -> set[type[Rule]]:
    """Return every rule with a code that a module of the rules defines, listed or not."""
    for module in pkgutil.iter_modules(kimplan.rules.__path__):
        importlib.import_module(f"kimplan.rules.{module.name}")

    def below(rule: type[Rule]) -> set[type[Rule]]:
        children = {
            child for child in rule.__subclasses__() if child.__module__.startswith("kimplan.")
        }
        return children.union(*map(below, children))

    return {rule for rule in below(Rule) if getattr(rule, "code", "")}


def home_of(rule: type[Rule]) -> str:
    return f"{rule.__module__.removeprefix('kimplan.').replace('.', '/')}.py"


def family_of(rule: type[Rule]) -> str:
    return FAMILIES[rule.__module__.rpartition(".")[2]]


def test_there_are_rules() -> None:
    assert len(ALL_RULES) >= 61
    assert len(READING) >= 21
    assert {family_of(rule) for rule in ALL_RULES} == set(FAMILIES.values())


def test_every_rule_that_is_defined_is_listed_once() -> None:
    assert Counter(ALL_RULES) == Counter(all_rules_anywhere())


def test_each_rule_is_asked_when_it_can_say_something() -> None:
    """A rule whose findings are errors is asked by whoever loads a plan, and so on."""

    def group(rule: type[Rule]) -> Callable[[], groups.Rules]:
        if issubclass(rule, ReadingRule):
            return groups.reading_rules
        if issubclass(rule, ClockRule):
            return groups.clock_rules
        if issubclass(rule, ChangeRule):
            return groups.change_rules
        is_error = rule.severity is Severity.ERROR
        return groups.error_rules if is_error else groups.warning_rules

    assert [rule for rule in ALL_RULES if rule not in group(rule)()] == []


def test_every_rule_has_a_code_of_its_own() -> None:
    assert [
        code for code, times in Counter(rule.code for rule in ALL_RULES).items() if times > 1
    ] == []


def test_every_code_of_the_source_is_a_rules_and_no_rule_is_without() -> None:
    assert codes_in_the_source().keys() == {rule.code for rule in ALL_RULES}


def test_the_rules_are_listed_in_the_order_of_their_families() -> None:
    families = [rule.code[:3] for rule in ALL_RULES]
    assert families == sorted(families)


@pytest.mark.parametrize("rule", OTHERS, ids=lambda rule: rule.code)
def test_no_code_of_a_rule_is_used_for_anything_but_that_rule(rule: type[Rule]) -> None:
    assert codes_in_the_source()[rule.code] == {home_of(rule)}


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.code)
def test_a_code_of_reading_is_said_where_files_are_read(rule: type[Rule]) -> None:
    elsewhere = codes_in_the_source()[rule.code] - {home_of(rule)}
    ignores = (SOURCE / "ignores.py").read_text(encoding="utf-8")
    if f"{rule.__name__}.code" in ignores:
        elsewhere.add("ignores.py")
    assert elsewhere
    assert [path for path in elsewhere if path != "ignores.py"] == [
        path for path in elsewhere if path.startswith(("source/", "loader/"))
    ]


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.code)
def test_a_rule_of_reading_finds_nothing_itself_and_its_errors_stand(rule: type[Rule]) -> None:
    assert rule.can_be_ignored == (rule.code in {"KP109", "KP121"})
    assert rule.check is Rule.check
    assert rule.check_plan is Rule.check_plan


@pytest.mark.parametrize("rule", OTHERS, ids=lambda rule: rule.code)
def test_every_other_rule_finds_something(rule: type[Rule]) -> None:
    assert rule.check is not Rule.check or rule.check_plan is not Rule.check_plan


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_finds_and_why_and_how_to_mend_it(rule: type[Rule]) -> None:
    assert isinstance(rule.severity, Severity)
    assert re.fullmatch(r"KP[0-8]\d\d", rule.code)
    assert re.fullmatch(r'[A-Z"][^\n]*[^.\n]\.', rule.title())
    assert len(rule.title()) <= 120
    assert not re.search(r"[.!?] [A-Z]", rule.title())
    assert len(rule.explanation().split()) >= 5
    assert rule.explanation().rstrip() == rule.explanation()
    assert rule.__doc__ is not None
    assert rule.__doc__.startswith(rule.title().split()[0])


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_rule_stands_in_the_module_of_its_family(rule: type[Rule]) -> None:
    assert rule.code.startswith(family_of(rule))


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("KP303", ["KP303"]),
        ("KP70", ["KP701", "KP702", "KP703", "KP704", "KP705", "KP706", "KP707"]),
        ("KP8", ["KP801", "KP802", "KP803", "KP804", "KP805", "KP806", "KP807"]),
        ("KP9", []),
        ("KP3030", []),
        ("kp303", []),
    ],
)
def test_a_prefix_names_the_rules_whose_codes_begin_so(prefix: str, codes: list[str]) -> None:
    assert [rule.code for rule in rules_of(prefix)] == codes


def test_every_code_has_an_example_or_a_reason_for_having_none() -> None:
    shown = {path.name.split("-", 1)[0] for path in EXAMPLES.glob("invalid/*.yaml")}
    assert shown | WITHOUT_EXAMPLE.keys() == {rule.code for rule in ALL_RULES}
    assert not shown & WITHOUT_EXAMPLE.keys()


@pytest.mark.parametrize("code", WITHOUT_EXAMPLE)
def test_a_code_without_an_example_is_tested_where_it_is_said(code: str) -> None:
    path = Path(TESTS / WITHOUT_EXAMPLE[code].rpartition(": ")[2])
    assert code in path.read_text(encoding="utf-8")


def test_what_is_found_has_the_severity_of_its_rule() -> None:
    texts = [*EXAMPLES.glob("invalid/*.expected.txt"), *TESTS.glob("golden/lint-*.txt")]
    found = {pair for path in texts for pair in FOUND.findall(path.read_text(encoding="utf-8"))}
    shown = {rule.code for rule in ALL_RULES} - WITHOUT_EXAMPLE.keys()
    assert {code for _, code in found} >= shown
    severities = {(rule.code, rule.severity) for rule in ALL_RULES}
    assert {(code, Severity(severity)) for severity, code in found} <= severities | OTHER_SEVERITIES
