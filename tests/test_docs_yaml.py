"""Every example of YAML in README.md and docs/ is sound, but for what the page says of it.

A whole file is linted as it is. Of a part, each key takes its place in a file that is sound. The
workflows have tests of their own (tests/ci).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import (
    commit_all,
    companions,
    lint_plan,
    make_owners,
    make_record,
    make_repository,
    make_settings,
    run_cli,
    write_file,
    write_plan,
)
from documents import PAGES, Example, examples

from kimplan.model.form import fields_of
from kimplan.model.plan import Owners, Settings
from kimplan.model.recommendation import Recommendation

KEYS = {
    "record": tuple(fields_of(Recommendation)),
    "owners": tuple(fields_of(Owners)),
    "settings": tuple(fields_of(Settings)),
}
ROLES = (
    "Company Secretary", "Head of Repairs", "Data Manager", "Communications Manager",
    "Customer Insight & Engagement Manager",
)  # fmt: skip
SECTIONS = [
    {"id": "governance", "title": "Governance"},
    {"id": "repairs", "title": "Repairs"},
    {"id": "governance-and-culture", "title": "Governance and Culture"},
]
WORKFLOW = re.compile(r"# (\.git|azure-pipelines|\.pre-commit)")
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
# What is found because the plan around an example is small: roles that own nothing, and gaps.
SAMPLE = {"KP405", "KP506", "KP507"}
FOUND = [
    (page, one)
    for page, path in PAGES.items()
    for one in examples(path)
    if not WORKFLOW.match(one.text)
]
each_example = pytest.mark.parametrize(
    ("page", "example"), FOUND, ids=[f"{page}:{one.line}" for page, one in FOUND]
)


def parts(text: str) -> dict[str, str]:
    """Return the lines of each key of a file, and the comments above it with it."""
    pieces = re.split(r"^(?=(?:#.*\n)*[a-z_]+:)", text, flags=re.MULTILINE)
    named = [(_KEY.search(piece), piece) for piece in pieces]
    return {key[1]: piece for key, piece in named if key}


def kind_of(text: str) -> str:
    """Return which of the plan's files an example is of, by its keys."""
    keys = parts(text).keys()
    if "- role:" in text:
        return "owners"
    if keys <= {"fields"} or not keys <= set(KEYS["record"]):
        is_declared = "  - id:" in text or not keys <= {"fields"}
        return "settings" if is_declared else "record"
    return "record"


def put(kind: str, base: str, example: str) -> str:
    """Return the file `base` with the keys of `example` in their place."""
    both = parts(base) | parts(example)
    return "".join(both[key] for key in KEYS[kind] if key in both)


def linted(page: str, example: Example, folder: Path) -> list[str]:
    """Return the codes of what is found in the plan that `example` was put into."""
    texts = {
        "record": make_record(
            ref="REC6", section="governance-and-culture", owners=[ROLES[-1]], evidence=None
        ),
        "settings": make_settings(sections=SECTIONS),
        "owners": make_owners(*ROLES),
    }
    # Own fields are declared in one example of a page, and used in another.
    others = [one for one in examples(PAGES[page]) if "fields" in parts(one.text)]
    for one in (*others, example):
        kind = kind_of(one.text)
        texts[kind] = put(kind, texts[kind], one.text)
    more = companions() | {"REC12": make_record(ref="REC12")}
    if "required: true" in texts["settings"]:
        more = {ref: f"{text}fields:\n  priority: High\n" for ref, text in more.items()}
    missing = [one for one in ROLES if one not in texts["owners"]]
    plan = write_plan(
        folder,
        records=more | {"REC6": texts["record"]},
        settings=texts["settings"],
        owners=texts["owners"] + "".join(f"  - role: {one}\n" for one in missing),
    )
    return sorted({found.code for found in lint_plan(plan)} - SAMPLE)


@each_example
def test_an_example_is_sound_but_for_what_the_page_says(
    page: str, example: Example, tmp_path: Path
) -> None:
    assert linted(page, example, tmp_path) == sorted(example.finds)


@each_example
def test_the_keys_of_an_example_are_in_the_usual_order(page: str, example: Example) -> None:
    kind, keys = kind_of(example.text), [*parts(example.text)]
    assert kind != "record" or keys == sorted(keys, key=KEYS[kind].index)


@each_example
def test_no_example_has_braces(page: str, example: Example) -> None:
    assert "{" not in example.text


def pairs(page: str) -> list[tuple[str, str]]:
    """Return what stands below the words Before and After of a page."""
    text = PAGES[page].read_text(encoding="utf-8")
    block = r"\n\n```yaml\n(.*?)```\n"
    found = re.findall(rf"^(Before|After):{block}", text, re.MULTILINE | re.DOTALL)
    assert [name for name, _ in found] == ["Before", "After"] * (len(found) // 2)
    return [
        (before, after) for (_, before), (_, after) in zip(found[::2], found[1::2], strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("before", "after"), pairs("docs/owners.md"))
def test_what_an_owner_copies_passes_the_check_of_a_pull_request(
    before: str, after: str, tmp_path: Path
) -> None:
    usual = make_record(ref="REC6", owners=list(ROLES), detail=None)
    plan = write_plan(
        tmp_path, records={"REC6": put("record", usual, before)}, owners=make_owners(*ROLES)
    )
    make_repository(tmp_path)
    write_file(plan / "recommendations" / "REC6.yaml", put("record", usual, after))
    commit_all(tmp_path)
    ran = run_cli(["check", "--base", "HEAD~1", "--as-of", "2024-10-01"], tmp_path)
    assert not re.findall(r"error KP(?!701|705)", ran.stdout), ran.stdout


def test_there_are_examples_of_each_kind() -> None:
    assert {kind_of(one.text) for page, one in FOUND} == KEYS.keys()


def test_a_wrong_example_is_found(tmp_path: Path) -> None:
    wrong = Example(1, "rag: amber\ndue: 31/07/2024\n")
    assert linted("docs/owners.md", wrong, tmp_path) == ["KP201"]
