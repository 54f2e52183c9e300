"""Whatever a file holds, reading it raises nothing, points into it and says the same twice."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from conftest import lint_output, make_owners, make_settings, needs_c_parser, write_file, write_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import BLOCK_RECORDS, OWNERS, RECORDS, SETTINGS, mutated

from kimplan.characters import first_forbidden
from kimplan.diagnostic import Severity
from kimplan.linter import lint, load
from kimplan.source import Document, parse

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
            path = Path(found.location.path)
            text = (
                path.read_bytes().decode("utf-8-sig", "surrogateescape") if path.is_file() else ""
            )
            assert_inside(text, found.location.line, found.location.column)
            assert re.fullmatch(r"KP[0-5][0-9]{2}", found.code)
        loaded = load(plan)
        assert loaded.diagnostics == result.diagnostics
        assert (loaded.plan is None) == any(
            found.severity is Severity.ERROR for found in result.diagnostics
        )
        if loaded.plan is not None:
            assert len(loaded.plan.recommendations) == result.files


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
