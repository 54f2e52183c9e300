"""Whatever a file holds, reading it raises nothing, points into it and says the same twice."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from conftest import lint_output, make_owners, make_settings, needs_c_parser, write_file, write_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from kimplan.characters import first_forbidden
from kimplan.diagnostic import Diagnostic, Severity
from kimplan.linter import Clock, lint, load
from kimplan.loader.loaded_file import load_bytes
from kimplan.model.plan import Settings
from kimplan.model.recommendation import Recommendation
from kimplan.snapshot.earlier import Base
from kimplan.source import Document, parse
from properties.mutations import BLOCK_RECORDS, OWNERS, RECORDS, SETTINGS, mutated

DATED = make_settings(
    source={"title": "Spotlight", "published": "2023-05", "link": "https://example.org"},
    lint={"ignore": ["KP6"], "progress_days": "30"},
)
LINE_END = re.compile("\r\n|\r|\n")
ANY_TEXT = st.one_of(
    mutated(RECORDS),
    mutated(SETTINGS),
    st.text(),
    st.text(alphabet=":-#&*!|>%@`\"'{}[],?\\ \n\r\tab0", max_size=40),
)
# The slips of people who mean no harm: no control characters, tags or escapes.
ORDINARY = st.sampled_from([*":-#|>\"'{}[],. \nax2é", ": ", "- ", " #", "\n\n", "  "])


def assert_inside(text: str, line: int, column: int) -> None:
    lines = LINE_END.split(text)
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


def assert_plain(value: object) -> None:
    """Fail unless `value` holds only dicts, lists and texts that may stand in a plan."""
    if isinstance(value, dict):
        for key, inner in value.items():
            assert_plain(key)
            assert_plain(inner)
    elif isinstance(value, list):
        for inner in value:
            assert_plain(inner)
    else:
        assert isinstance(value, str)
        assert first_forbidden(value) is None


def places(document: Document) -> list[tuple[int, int]]:
    """Return the places of all keys and values."""
    found = []

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        found.append(document.locate(path))
        found.append(document.locate(path, key=True))
        steps = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
        for step, inner in steps:
            if isinstance(inner, dict | list):
                walk(inner, (*path, step))
            else:
                found.append(document.locate((*path, step)))
                found.append(document.locate((*path, step), key=isinstance(step, str)))

    if document.value is not None:
        walk(document.value, ())
    return found


@given(ANY_TEXT)
def test_any_text_is_read_and_every_place_lies_inside_it(text: str) -> None:
    for pure in (False, True):
        document = parse(text, pure=pure)
        assert document.value is not None or document.problems
        for problem in document.problems:
            assert_inside(text, problem.line, problem.column)
            assert problem.message
        for line, column in places(document):
            assert_inside(text, line, column)
        if document.value is not None:
            assert_plain(document.value)


@needs_c_parser
@given(mutated(BLOCK_RECORDS, inserted=ORDINARY))
def test_both_parsers_say_the_same_of_ordinary_slips(text: str) -> None:
    quick, pure = parse(text, pure=False), parse(text, pure=True)
    assert quick.problems == pure.problems
    if not quick.problems:
        assert quick.value == pure.value


@needs_c_parser
@given(ANY_TEXT)
def test_what_one_parser_reads_the_other_reads_alike(text: str) -> None:
    quick, pure = parse(text, pure=False), parse(text, pure=True)
    assert bool(quick.problems) == bool(pure.problems)
    if not quick.problems:
        assert quick.value == pure.value


@given(
    st.lists(mutated(RECORDS), min_size=1, max_size=3),
    st.one_of(st.just(make_settings()), mutated(SETTINGS)),
    st.one_of(st.just(make_owners()), mutated(OWNERS)),
)
def test_any_files_are_linted_and_every_place_lies_inside_its_file(
    records: list[str], settings: str, owners: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        named = {f"REC{number}": encode(text) for number, text in enumerate(records, 1)}
        plan = write_plan(
            Path(folder), records=named, settings=encode(settings), owners=encode(owners)
        )
        result = lint(plan)
        for found in result.diagnostics:
            assert_in_its_file(found)
            assert re.fullmatch(r"KP[0-6][0-9]{2}", found.code)
        loaded = load(plan)
        errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
        assert loaded.errors == tuple(errors)
        assert (loaded.plan is None) == bool(errors)
        if loaded.plan is not None:
            assert len(loaded.plan.recommendations) == result.files


@given(
    st.lists(mutated(RECORDS), min_size=1, max_size=3),
    st.lists(mutated(RECORDS), min_size=1, max_size=3),
    st.one_of(st.just(DATED), mutated((DATED, *SETTINGS))),
    st.one_of(st.just(DATED), mutated((DATED, *SETTINGS))),
    st.dates(date(2023, 1, 1), date(2027, 1, 1)),
)
def test_any_files_are_checked_and_every_place_lies_inside_its_file(
    records: list[str], earlier: list[str], settings: str, settings_then: str, as_of: date
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        named = {f"REC{number}": encode(text) for number, text in enumerate(records, 1)}
        plan = write_plan(Path(folder), records=named, settings=encode(settings))
        where = f"{plan.as_posix()}/recommendations"
        before = {
            f"{where}/REC{number}.yaml": encode(text) for number, text in enumerate(earlier, 1)
        }
        base = Base(
            "main",
            frozenset({*before, *(f"{where}/{ref}.yaml" for ref in named)}),
            {path: load_bytes(path, text, Recommendation) for path, text in before.items()},
            load_bytes(f"{plan.as_posix()}/plan.yaml", encode(settings_then), Settings),
        )
        linted = set(lint(plan).diagnostics)
        checked = lint(plan, clock=Clock(as_of, base)).diagnostics
        for found in checked:
            assert_in_its_file(found)
            assert re.fullmatch(r"KP[0-8][0-9]{2}", found.code)
        more = {found for found in checked if found.code[:3] in {"KP7", "KP8"}}
        assert linted == set(checked) - more


def assert_in_its_file(found: Diagnostic) -> None:
    """Fail unless a finding points into its file and shows the line that it points to."""
    path = Path(found.location.path)
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape") if path.is_file() else ""
    assert_inside(text, found.location.line, found.location.column)
    line = LINE_END.split(text)[found.location.line - 1]
    assert found.excerpt in {line, ""}


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder), records={"REC1": content})
        assert lint(plan).diagnostics


@settings(max_examples=25)
@given(st.permutations(range(6)), st.lists(mutated(RECORDS, most=1), min_size=6, max_size=6))
def test_findings_do_not_depend_on_the_order_in_which_files_were_made(
    order: list[int], texts: list[str]
) -> None:
    said = []
    for numbers in (range(6), order):
        with tempfile.TemporaryDirectory() as folder:
            plan = write_plan(Path(folder), records={})
            for number in numbers:
                path = plan / "recommendations" / f"REC{number + 7}.yaml"
                write_file(path, encode(texts[number]))
            said.append(lint_output(plan))
    assert said[0] == said[1]


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
