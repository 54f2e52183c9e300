"""Ignoring a finding hides that finding, where it stands, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from conftest import SHIPPED_PLAN, make_record, make_settings, write_file, write_plan
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.diagnostic import Diagnostic
from kimplan.linter import lint
from kimplan.rules.all_rules import ALL_RULES

# Each of its values stands on one line, so a comment behind it changes nothing else.
FAULTY = (
    make_record(
        ref="REC3",
        title="Keep the the list:",
        response="I have to do this: TBC",
        rag="green",
        owners=["Nobody", "Head of Repairs, Data Manager", "Data Manager", "Data Manager"],
        completed="1924-05-02",
        verified={"by": "Data Manager", "on": "2022-05-01"},
        progress=[{"on": "2024-03-02", "note": "One."}, {"on": "2024-03-01", "note": "Two."}],
        revisions=[{"from": "2024-03", "to": "2204-07", "reason": "Late.", "on": "1924-03-20"}],
    )
    .replace("completed: 1924-05-02\n", "")
    .replace("rag:", "completed: 1924-05-02\nrag:")
)
LINES = FAULTY.count("\n")
SETTINGS = make_settings(source={"title": "Spotlight", "published": "2023-05"})
CODES = st.sampled_from([*(rule.code for rule in ALL_RULES), *(f"KP{n}" for n in range(9)), "KP20"])


def findings(text: str) -> list[Diagnostic]:
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder), records={"REC3": text}, settings=SETTINGS)
        found = lint(plan).diagnostics
    return [_without_folder(one, f"{plan.as_posix()}/") for one in found]


def _without_folder(found: Diagnostic, folder: str) -> Diagnostic:
    path = Path(found.location.path).name
    return found._replace(
        location=found.location._replace(path=path),
        message=found.message.replace(folder, ""),
        hint=found.hint.replace(folder, ""),
        excerpt="",
        correction=None,  # of whole lines, to which the comment belongs
    )


def of_ignores(found: Diagnostic) -> bool:
    return found.code in {"KP012", "KP013"}


def ignored(codes: list[str], line: int, verb: str) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return what a comment behind `line` hides, and what is found all the same."""
    lines = FAULTY.splitlines()
    lines[line - 1] += f"  # kimplan: {verb} {', '.join(codes)} - why"
    bare, kept = findings(FAULTY), findings("\n".join([*lines, ""]))
    assert [found for found in kept if found not in bare and not of_ignores(found)] == []
    return [found for found in bare if found not in kept], kept


def test_the_record_has_much_that_can_be_ignored() -> None:
    found = findings(FAULTY)
    assert len({one.code for one in found if one.location.path == "REC3.yaml"}) >= 14
    assert len({one.location.line for one in found}) >= 10


@given(st.lists(CODES, min_size=1, max_size=3), st.integers(1, LINES), st.booleans())
@example(["KP6"], 3, False)
@example(["KP303"], 6, True)
@example(["KP507"], 1, False)
def test_a_comment_hides_no_finding_of_another_code_or_line(
    codes: list[str], line: int, for_file: bool
) -> None:
    hidden, _ = ignored(codes, line, "ignore-file" if for_file else "ignore")
    for found in hidden:
        assert found.code.startswith(tuple(codes))
        assert found.location.path == "REC3.yaml"
        assert for_file or found.location.line == line


@given(st.lists(CODES, min_size=1, max_size=3, unique=True), st.integers(1, LINES))
def test_a_comment_hides_something_or_is_told(codes: list[str], line: int) -> None:
    hidden, kept = ignored(codes, line, "ignore")
    told = [found for found in kept if of_ignores(found)]
    judged = [code for code in codes if not code.startswith(("KP7", "KP8"))]
    if any(found.code == "KP013" for found in told):
        assert hidden == []
        assert len(told) == 1
    else:
        needed = [code for code in judged if any(one.code.startswith(code) for one in hidden)]
        assert len(told) == len(judged) - len(needed)


@given(st.lists(CODES, max_size=4, unique=True))
def test_a_code_of_the_settings_hides_that_code_alone(codes: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = write_plan(Path(folder), records={"REC3": FAULTY}, settings=SETTINGS)
        bare = lint(plan).diagnostics
        ignoring = "".join(f"    - {code}\n" for code in codes)
        write_file(
            plan / "plan.yaml",
            f"{SETTINGS}lint:\n  ignore:{' []' if not codes else ''}\n{ignoring}",
        )
        kept = lint(plan).diagnostics
    able = {rule.code for rule in ALL_RULES if rule.can_be_ignored}
    hidden = {found for found in bare if found not in kept}
    assert hidden == {
        found for found in bare if found.code in able and found.code.startswith(tuple(codes))
    }
    assert [found for found in kept if found not in bare and not of_ignores(found)] == []


def test_the_shipped_plan_ignores_nothing() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SHIPPED_PLAN.rglob("*.yaml")]
    assert len(texts) == 23
    assert [text for text in texts if "kimplan: ignore" in text] == []
