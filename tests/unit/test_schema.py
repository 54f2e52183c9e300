from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, SHIPPED_PLAN, TESTS, make_record, make_settings, to_yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.tag import Tag

from kimplan.diagnostic import Severity
from kimplan.model.choice import Choice
from kimplan.model.column_field import ColumnField
from kimplan.model.fields import PlanModel
from kimplan.model.form import fields_of, type_of
from kimplan.model.plan import Layout
from kimplan.model.rating import Rating, Scheme
from kimplan.model.recommendation import Recommendation
from kimplan.schema import MODELS, build_schema, schema_text
from kimplan.source import parse

EXAMPLES = TESTS / "examples"
FOLDER = REPOSITORY / "docs" / "schema"
BRAG = build_schema(Recommendation, scheme=Scheme.BRAG)  # of the records of a plan of that scheme
CHECKERS = {name: Draft7Validator(build_schema(model)) for name, model in MODELS.items()}
CHECKERS["brag"] = Draft7Validator(BRAG)

# What no reader of YAML hands to a schema at all.
UNREADABLE = {
    "KP002-windows-1252-quotes",
    "KP003-at-sign-first",
    "KP003-bracket-not-closed",
    "KP003-colon-in-braces",
    "KP003-colon-in-text",
    "KP003-key-without-colon",
    "KP003-key-without-space",
    "KP003-merge-conflict",
    "KP003-pasted-table",
    "KP003-quotation-mark-not-closed",
    "KP003-quotation-marks-round-a-part",
    "KP003-tab-in-indentation",
    "KP003-text-not-indented",
    "KP004-key-twice",
    "KP005-alias",
    "KP005-two-records",
    "KP120-curly-quotation-marks-for-yaml",
    "KP120-non-breaking-space-after-a-key",
}
_READER = "a schema sees what a reader has made of it"
_OTHER_FILE = "a schema sees one file and not the others"
_NAME = "a schema sees no file names"
_UNIQUE = "uniqueItems compares whole entries, not one key of each"
_RAW = "lint looks for such characters; a pattern on every text would hide what a text is"
UNSEEN = {
    "KP003-link-in-braces": _READER,
    "KP005-anchor": _READER,
    "KP005-directive": _READER,
    "KP005-tag": _READER,
    "KP008-case-number": "a comment is gone when a schema sees the value",
    "KP105-blue-in-rag": "without a plan nobody knows its scheme",
    "KP107-escape-of-a-control-character": _RAW,
    "KP107-escape-that-turns-text": _RAW,
    "KP108-time-zone.plan": "the names of the time zones are the machine's",
    "KP120-non-breaking-space-in-a-role": _RAW,
    "KP202-interval-backwards": "a schema does not compare two dates",
    "KP401-misspelt-owner": _OTHER_FILE,
    "KP401-other-letters-of-the-same-look": _OTHER_FILE,
    "KP401-unregistered-owner": _OTHER_FILE,
    "KP501-ref-of-another-record": _OTHER_FILE,
    "KP502-ref-is-not-the-file-name": _NAME,
    "KP503-invented-section": _OTHER_FILE,
    "KP503-misspelt-section": _OTHER_FILE,
    "KP504-column-twice.plan": _UNIQUE,
    "KP504-role-in-other-capitals.owners": _UNIQUE,
    "KP504-role-twice.owners": _UNIQUE,
    "KP504-section-twice.plan": _UNIQUE,
}

# Codes of which a schema sees nothing, whatever the example.
_ELSEWHERE = "it depends on other lines, fields or files, on the day or on an earlier state"
_POLICY = "it is a matter of policy, which lint decides and a plan may ignore"
UNSEEN_CODES = {
    "KP011": "a schema sees no lines",
    "KP012": "a schema sees no comments",
    "KP013": "a schema sees no comments",
    "KP109": _RAW,
    "KP121": _RAW,
    "KP122": _RAW,
    "KP110": "a schema sees no order of keys",
    **dict.fromkeys([f"KP11{n}" for n in range(1, 5)], _OTHER_FILE),
    **dict.fromkeys(["KP511", "KP512"], _ELSEWHERE),
    **dict.fromkeys([f"KP20{n}" for n in range(3, 9)], _ELSEWHERE),
    **dict.fromkeys(["KP307", "KP308", "KP521", "KP522", "KP523"], _ELSEWHERE),
    **dict.fromkeys(["KP303", "KP305", "KP306", "KP309", "KP312", "KP403"], _POLICY),
    **dict.fromkeys(["KP304", "KP404", "KP405", "KP506"], _OTHER_FILE),
    **dict.fromkeys(["KP406", "KP407"], _POLICY),
    **dict.fromkeys([f"KP60{n}" for n in range(1, 7)], _POLICY),
    **dict.fromkeys([f"KP70{n}" for n in range(1, 8)], _ELSEWHERE),
    **dict.fromkeys([f"KP80{n}" for n in range(1, 8)], _ELSEWHERE),
}


class JsonConstructor(SafeConstructor):
    """Makes what JSON can hold, as schema checkers for YAML do: no dates, and keys as written."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        for key, _ in node.value:
            if isinstance(key, ScalarNode):
                key.ctag = Tag(suffix="tag:yaml.org,2002:str")
        return super().construct_mapping(node, deep=deep)


JsonConstructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def read(text: str, version: tuple[int, int]) -> Any:
    """Return what a reader of YAML 1.1 or 1.2 makes of `text`, types and all."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = JsonConstructor
    yaml.version = version
    return yaml.load(text)


def errors(name: str, value: Any) -> list[str]:
    return [error.message for error in CHECKERS[name].iter_errors(value)]


def kind_of(path: Path) -> str:
    parts = path.name.split(".")
    return parts[-2] if len(parts) > 2 else "recommendation"


def verdict(path: Path, version: tuple[int, int]) -> str:
    """Return whether the file at `path` is ``unreadable``, ``accepted`` or ``rejected``."""
    try:
        value = read(path.read_bytes().decode("utf-8"), version)
    except Exception:  # a reader raises all kinds of things
        return "unreadable"
    return "rejected" if errors(kind_of(path), value) else "accepted"


def properties_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every property of a schema, at every depth."""
    for name, inner in schema.get("properties", {}).items():
        yield name, inner
        yield from properties_of(inner)
    if "items" in schema:
        yield from properties_of(schema["items"])


def models_below(model: type[PlanModel]) -> set[type[PlanModel]]:
    found = {model}
    for field in fields_of(model).values():
        if issubclass(type_of(field).kind, PlanModel):
            found |= models_below(type_of(field).kind)
    return found


ALL_MODELS = sorted(
    set.union(*map(models_below, MODELS.values())), key=lambda model: model.__name__
)
both_versions = pytest.mark.parametrize("version", [(1, 1), (1, 2)], ids=["YAML-1.1", "YAML-1.2"])
reads_numbers_without_a_point = pytest.mark.filterwarnings(
    "ignore::ruamel.yaml.error.MantissaNoDotYAML1_1Warning"
)
each_schema = pytest.mark.parametrize("name", MODELS)


# The text


@each_schema
def test_the_shipped_schema_is_the_one_of_the_models(name: str) -> None:
    shipped = (FOLDER / f"{name}.schema.json").read_text(encoding="ascii")
    hint = f"write it anew: kimplan schema {name} --output docs/schema/{name}.schema.json"
    assert shipped == schema_text(name), hint


def test_no_other_schema_is_shipped() -> None:
    names = (*MODELS, "export")  # the last is held against its own in unit/export/test_feed.py
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.schema.json" for name in names}


@each_schema
def test_a_schema_is_a_schema_of_draft_7(name: str) -> None:
    schema = json.loads(schema_text(name))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@each_schema
def test_a_schema_is_one_text_on_every_machine(name: str) -> None:
    text = schema_text(name)
    assert text.isascii()
    assert "\r" not in text
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_the_editor_of_this_repository_knows_which_schema_is_for_which_file() -> None:
    settings = REPOSITORY / ".vscode" / "settings.json"
    if not settings.exists():
        pytest.skip("this is not the repository but its source distribution")
    chosen = json.loads(settings.read_text(encoding="utf-8"))["yaml.schemas"]
    files = {
        (REPOSITORY / schema).resolve(): {
            path.relative_to(SHIPPED_PLAN).as_posix() for path in found
        }
        for schema, pattern in chosen.items()
        if (found := set(REPOSITORY.glob(pattern)))
    }
    recommendations = {path.name for path in (SHIPPED_PLAN / "recommendations").iterdir()}
    assert files == {
        FOLDER / "recommendation.schema.json": {
            f"recommendations/{name}" for name in recommendations
        },
        FOLDER / "plan.schema.json": {"plan.yaml"},
        FOLDER / "owners.schema.json": {"owners.yaml"},
    }


# The words


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_model_says_what_it_is_for_and_how_it_is_written(
    model: type[PlanModel],
) -> None:
    for name, field in fields_of(model).items():
        assert field.description, name
        holds = type_of(field)
        if not issubclass(holds.kind, PlanModel | Choice):
            assert holds.form.name, name


def test_every_model_has_a_title() -> None:
    assert len(ALL_MODELS) > 10
    titles = {model.__name__: model.model_config.get("title") for model in ALL_MODELS}
    assert {name for name, title in titles.items() if title is None} == {
        "Action", "Column", "Evidence", "Owner", "Owners", "Recommendation", "Section",
        "Verification",
    }  # fmt: skip
    assert build_schema(Recommendation)["title"] == "Recommendation"
    assert build_schema(MODELS["plan"])["title"] == "The plan's settings"


@pytest.mark.parametrize("kind", [Rating, Layout, ColumnField])
def test_every_word_of_a_list_of_words_has_its_meaning(kind: type[Choice]) -> None:
    assert [word for word in kind if not word.meaning.endswith(".")] == []


@each_schema
def test_a_description_is_a_sentence(name: str) -> None:
    properties = list(properties_of(build_schema(MODELS[name])))
    assert properties
    texts = [inner["description"] for _, inner in properties]
    assert [text for text in texts if not text.endswith(".") or text != text.strip()] == []


@each_schema
def test_an_example_stands_with_others_and_is_what_the_schema_accepts(name: str) -> None:
    for key, inner in properties_of(build_schema(MODELS[name])):
        examples = inner.get("examples", [])
        assert len(examples) != 1, f"an editor would write the only example of {key} into files"
        assert [one for one in examples if not Draft7Validator(inner).is_valid(one)] == []


@each_schema
def test_a_text_of_a_form_says_which(name: str) -> None:
    for key, inner in properties_of(build_schema(MODELS[name])):
        for form in (inner, *inner.get("anyOf", ()), inner.get("items", {})):
            if "pattern" in form:
                assert form["errorMessage"], key


@pytest.mark.parametrize(
    "stem",
    ["KP108-ref-with-space",
     "KP201-no-such-month", "KP201-month-for-a-day", "KP108-time-zone.plan"],
)  # fmt: skip
def test_an_editor_says_what_lint_says(stem: str) -> None:
    path = EXAMPLES / "invalid" / f"{stem}.yaml"
    said = path.with_suffix(".expected.txt").read_text(encoding="utf-8")
    found = re.search(rf" {stem[:5]} .*\n(?: .*\n)*?  hint: (.*)", said)
    assert found
    kind = kind_of(path)
    schema = json.dumps(BRAG) if kind == "brag" else schema_text(kind)
    assert json.dumps(found[1]) in schema


# What is accepted and what is not


@both_versions
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("valid/*.yaml")), ids=lambda path: path.stem)
def test_a_right_record_is_accepted(path: Path, version: tuple[int, int]) -> None:
    assert errors(kind_of(path), read(path.read_text(encoding="utf-8"), version)) == []


@both_versions
@pytest.mark.parametrize(
    "path",
    sorted(SHIPPED_PLAN.rglob("*.yaml")),
    ids=lambda path: path.stem,
)
def test_the_shipped_plan_is_accepted(path: Path, version: tuple[int, int]) -> None:
    name = path.stem if path.stem in MODELS else "recommendation"
    assert errors(name, read(path.read_text(encoding="utf-8"), version)) == []


@both_versions
def test_a_wrong_record_is_rejected_but_for_what_no_schema_sees(version: tuple[int, int]) -> None:
    verdicts = {path.stem: verdict(path, version) for path in EXAMPLES.glob("invalid/*.yaml")}
    wrong = {stem for stem, found in verdicts.items() if found == "accepted"}
    assert {stem for stem, found in verdicts.items() if found == "unreadable"} == UNREADABLE
    assert {stem for stem in wrong if stem[:5] not in UNSEEN_CODES} == set(UNSEEN)
    of_codes = {stem for stem in verdicts if stem[:5] in UNSEEN_CODES}
    no_due_date = {"KP013-cannot-be-ignored", "KP205-no-date-left"}
    assert of_codes - wrong == no_due_date
    assert "rejected" in verdicts.values()


RECORD = read(make_record(), (1, 2))


def with_fields(**fields: Any) -> dict[str, Any]:
    given = RECORD | {name.rstrip("_"): value for name, value in fields.items()}
    return {name: value for name, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"due": None}, "'due' is a required property"),
        ({"owners": None}, "'owners' is a required property"),
        ({"owners": []}, "[] should be non-empty"),
        ({"rag": "red", "due": None}, "'due' is a required property"),
        ({"rag": None}, "'rag' is a required property"),
        ({"priority": "high"}, "Additional properties are not allowed ('priority' was unexpected)"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_record(fields: dict[str, Any], message: str) -> None:
    assert errors("recommendation", with_fields(**fields)) == [message]


@pytest.mark.parametrize("rating", ["green", "not-applicable"])
def test_a_closed_rating_needs_neither_a_date_nor_owners(rating: str) -> None:
    assert errors("recommendation", with_fields(rag=rating, due=None, owners=None)) == []
    assert errors("recommendation", with_fields(rag=rating, due=None, owners=[])) == []


@pytest.mark.parametrize("rating", ["green", "not-applicable"])
def test_what_was_promised_stays_when_a_record_closes(rating: str) -> None:
    assert errors("recommendation", with_fields(rag=rating)) == []


@pytest.mark.parametrize("due", ["2024-07-31", "2024-07", "2023-12/2024-03", "2023-12/2024-03-31"])
def test_a_date_is_accepted(due: str) -> None:
    assert errors("recommendation", with_fields(due=due)) == []


@pytest.mark.parametrize(
    "due",
    ["2024-00", "2024-13", "2024-7", "2024-07-00", "2024-07-32", "2024", 2024, "July 2024", "",
     "2024-07/", "/2024-07", "2024-07/2024-08/2024-09", "2024-07 / 2024-08", "2024-07-31T00:00",
     "٢٠٢٤-٠٧", "12024-07", None, True, ["2024-07"]],
)  # fmt: skip
def test_what_is_no_date_is_rejected(due: Any) -> None:
    assert errors("recommendation", RECORD | {"due": due}) != []


@pytest.mark.parametrize("day", ["2024-07", "2024-07-31/2024-08-01", "2024-13-01", 2024])
def test_what_is_no_day_is_rejected(day: Any) -> None:
    assert errors("recommendation", with_fields(completed=day)) != []


@pytest.mark.parametrize("title", ["", "  ", "\n", None, [], {}, "x" * 601])
def test_what_is_no_text_is_rejected(title: Any) -> None:
    assert errors("recommendation", RECORD | {"title": title}) != []


@pytest.mark.parametrize("title", ["x", " x ", "x" * 600, 2024, 1.5, True, False])
def test_what_a_reader_makes_of_a_text_is_accepted(title: Any) -> None:
    assert errors("recommendation", RECORD | {"title": title}) == []


@pytest.mark.parametrize("ref", ["REC 1", "-1", "../x", "REC1.", "4..2", None])
def test_what_is_no_ref_is_rejected(ref: Any) -> None:
    assert errors("recommendation", RECORD | {"ref": ref}) != []


@pytest.mark.parametrize("ref", ["1", "4.2", "3.2.1", "A-12", 12, 1.5])
def test_a_number_that_is_a_ref_is_accepted(ref: Any) -> None:
    assert errors("recommendation", RECORD | {"ref": ref}) == []


SETTINGS = read(make_settings(), (1, 2))


@pytest.mark.parametrize(
    ("fields", "accepted", "rejected"),
    [
        (lambda value: {"due_soon_days": value}, [1, 3650, "90"], [0, 3651, 1.5, "x", "", None]),
        (
            lambda value: {"columns": [{"field": "ref", "label": "Ref", "width": value}]},
            [8, 400, "30", "030"],
            [7, 401, "30 mm", True],
        ),
        (
            lambda value: {"report": {"font_size": value}},
            [6, 10.5, 24, "10.5", "12.0"],
            [5.5, 10.25, 24.5, "10.25", "", True],
        ),
        (
            lambda value: {"report": {"latest_progress": value}},
            [True, False, "true"],
            ["yes", "", 1, None],
        ),
        (
            lambda value: {"report": {"empty_cell": value}},
            ["–", "", "none", 0],
            ["a\nb", "x" * 21, None],
        ),
        (lambda value: {"timezone": value}, ["UTC", "Europe/London"], ["", 1, None]),
        (lambda value: {"sections": value}, [SETTINGS["sections"]], [[], None, "governance"]),
        (lambda value: {"columns": value}, [[{"field": "due", "label": "When"}]], [[], None]),
        (lambda value: {"ratings": {"amber": value}}, [{"label": "A", "meaning": "b"}],
         [{"label": "A"}, {"label": "A", "meaning": "b", "date": "c"}]),
        (lambda value: {"ratings": {"green": value}},
         [{"label": "A", "meaning": "b", "date": "c"}], [{"label": "A", "date": "c"}]),
    ],
)  # fmt: skip
def test_what_a_setting_may_be(
    fields: Callable[[Any], dict[str, Any]], accepted: list[Any], rejected: list[Any]
) -> None:
    assert [one for one in accepted if errors("plan", SETTINGS | fields(one))] == []
    assert [one for one in rejected if not errors("plan", SETTINGS | fields(one))] == []


# What kimplan accepts, the schema accepts. (A text may become short enough only when the blanks
# around it are taken off; a schema counts them, so the texts here are short.)

_ODD_TEXTS = st.sampled_from(
    [
        "no", "NO", "yes", "On", "off", "true", "False", "y", "N", "2024", "1.0", "1e5", ".5", "-1",
        "+1", "0x1F", "0o17", "017", "08", "0b1", "1_000", "12:30", "190:20:30", ".inf", "-.INF",
        ".nan", "2024-07-31", "2024-13-45", "2001-12-14t21:59:43.10-05:00", "'null'",
        "'~'", "'  x '", '"\\n x"', "|\n    a\n\n    b", ">-\n    a\n    b",
        "https://example.org/?a=1#b", "’",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    _ODD_TEXTS,
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30).map(
        lambda text: to_yaml(text).strip()
    ),
)
_SLUGS = st.sampled_from(["repairs", "no", "on", "2024", "1e5", "0x1f", "1-2", "0777", "'y'"])
_REFS = st.sampled_from(["REC1", "NO", "Off", "y", "True", "A-1.2_3", "'NO'", "|\n  REC1"])
_DAYS = st.sampled_from(["2024-07-31", "'2024-02-29'", '" 2024-01-01 "', "|\n    2024-07-31\n"])
_DATES = st.sampled_from(
    ["2024-07", "'2024-07'", "2023-12/2024-03", "2024-01-01/2024-01", ">\n    2024-07\n", "1900-01"]
) | _DAYS  # fmt: skip
_RATINGS = st.sampled_from(
    [
        "rag: amber\ndue: {due}\nowners: [{role}]\n",
        "rag: red\ndue: {due}\nowners:\n  - {role}\n  - x\n",
        "rag: green\nowners: []\n",
        "rag: green\ndue: {due}\n",
        "rag: not-applicable\n",
    ]
)
_ROLES = st.sampled_from(["no", "2024", "1.5", "'x'", "Head of Repairs", "12:30"])
_RECORD = """\
ref: {ref}
section: {slug}
title: {text[0]}
detail: {text[1]}
response: {text[2]}
{rating}completed: {day}
evidence:
  - title: {text[3]}
    link: {text[4]}
    expires: {date}
verified:
  by: {text[5]}
  on: {day}
revisions:
  - {{from: 2024-01, to: 2024-07-31, reason: no, on: 2024-01-31}}
"""
_SETTINGS = """\
title: {text[0]}
organisation: {text[1]}
audience: {text[2]}
timezone: {zone}
due_soon_days: {whole}
columns:
  - field: ref
    label: {text[3]}
    width: {whole}
sections:
  - id: {slug}
    title: {text[4]}
    narrative: {text[5]}
report:
  layout: 'table'
  font_size: {points}
  latest_progress: {switch}
"""
_WHOLES = st.sampled_from(["8", "400", "'90'", "010", "0011", "0377", "008", "0400", "' 30 '"])
_POINTS = st.sampled_from(["6", "06", "08", "10.5", "06.5", "'12.0'", "24", "24.0", '"9"'])
_SWITCHES = st.sampled_from(["true", "false", "'true'", '" false "'])
_ZONES = st.sampled_from(["Europe/London", "UTC", "'GB'", "|\n  UTC"])


def texts_of_records() -> st.SearchStrategy[str]:
    def build(text: list[str], rating: str, due: str, role: str, **other: str) -> str:
        return _RECORD.format(text=text, rating=rating.format(due=due, role=role), **other)

    six = st.lists(_TEXTS, min_size=6, max_size=6)
    return st.builds(
        build, six, _RATINGS, _DATES, _ROLES, ref=_REFS, slug=_SLUGS, day=_DAYS, date=_DATES
    )


def texts_of_settings() -> st.SearchStrategy[str]:
    def build(text: list[str], **other: str) -> str:
        return _SETTINGS.format(text=text, **other)

    six = st.lists(_TEXTS, min_size=6, max_size=6)
    return st.builds(
        build, six, zone=_ZONES, whole=_WHOLES, slug=_SLUGS, points=_POINTS, switch=_SWITCHES
    )


def is_accepted_by_kimplan(name: str, text: str) -> bool:
    document = parse(text)
    if document.value is None or any(one.severity is Severity.ERROR for one in document.problems):
        return False
    try:
        MODELS[name].model_validate(document.value)
    except ValidationError:
        return False
    return True


def errors_of_all_readers(name: str, text: str) -> list[str]:
    found = []
    for version in ((1, 1), (1, 2)):
        found += errors(name, read(text, version))
    return found


@reads_numbers_without_a_point
@example(make_record(title="2024", ref="NO", response="no"))
@given(texts_of_records())
def test_a_record_that_kimplan_accepts_is_accepted(text: str) -> None:
    assume(is_accepted_by_kimplan("recommendation", text))
    assert errors_of_all_readers("recommendation", text) == []


@reads_numbers_without_a_point
@given(texts_of_settings())
def test_settings_that_kimplan_accepts_are_accepted(text: str) -> None:
    assume(is_accepted_by_kimplan("plan", text))
    assert errors_of_all_readers("plan", text) == []


@pytest.mark.parametrize("handle", ["'@x'", "' @org/team '", "a@example.org"])
@pytest.mark.parametrize("written", ["no", "2024", "1.5", "'@x'", "A. N. Other"])
def test_owners_that_kimplan_accepts_are_accepted(written: str, handle: str) -> None:
    names = "role", "name", "email"
    entry = ", ".join(f"{name}: {written}" for name in names)
    text = f"owners:\n  - {{{entry}, handle: {handle}}}\n"
    assert is_accepted_by_kimplan("owners", text)
    assert errors_of_all_readers("owners", text) == []


def test_the_schema_of_a_recommendation_is_that_of_its_model() -> None:
    schema = build_schema(Recommendation)
    names = [field.alias or name for name, field in Recommendation.model_fields.items()]
    assert list(schema["properties"]) == names
    assert schema["required"] == ["ref", "section", "title", "response", "rag"]
    assert schema["additionalProperties"] is False
