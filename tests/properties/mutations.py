"""Texts for the property tests: valid files, and files as slips of the hand leave them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from conftest import SHIPPED_PLAN, make_owners, make_record, make_settings
from hypothesis import strategies as st

FULL_RECORD = make_record(
    detail="In detail:\n\n- one\n- two\n",
    evidence=[{"title": "Guidance: v3", "link": "https://example.org", "expires": "2026-07"}],
    verified={"by": "Company Secretary", "on": "2024-08-02"},
    progress=[{"on": "2024-05-02", "note": "The form is live.\n\nAt last.\n"}],
    revisions=[{"from": "2024-03", "to": "2024-07", "reason": "Late.", "on": "2024-03-20"}],
    actions=[{"title": "Publish", "owner": "Data Manager", "due": "2024-06"}],
)
FLOW_RECORD = (
    "ref: REC1\nsection: governance\ntitle: 'It''s kept'\nresponse: >-\n  One\n  two\n"
    'rag: amber\ndue: 2024-07  # as promised\nowners: [Company Secretary, "Data Manager"]\n'
    "progress:\n- {on: 2024-05-02, note: The form is live}\n"
)
IGNORING_RECORD = (
    "# kimplan: ignore-file KP110 - as it was typed\n"
    "ref: REC1\nsection: governance\ntitle: Keep it.\nrag: green  # kimplan: ignore KP303, KP803 - "
    "minuted\nresponse: |  # kimplan: ignore KP6 - quoted\n  I have  \n  the the list:\n"
    "owners:\n  # kimplan: ignore KP404 - one person\n  - Data Manager and Head of Repairs\n"
)
BLOCK_RECORDS = (
    make_record(),
    FULL_RECORD,
    (SHIPPED_PLAN / "recommendations" / "REC12.yaml").read_text(encoding="utf-8"),
)
RECORDS = (*BLOCK_RECORDS, FLOW_RECORD, IGNORING_RECORD)
SETTINGS = (
    make_settings(),
    (SHIPPED_PLAN / "plan.yaml").read_text(encoding="utf-8")[:2_300],
)
OWNERS = (make_owners(),)

Edit: TypeAlias = tuple[Callable[[str, float, Any], str], float, Any]

# What a hand slips in; YAML's own marks, and some characters that no plan may hold.
_MARKS = st.sampled_from(
    [
        *":-#&*!|>%@`\"'{}[],?\\ \n~=<.", ": ", "- ", " #", "\n\n", "\r\n", "\r", "\t", "---\n",
        "...\n", "&a ", "*a ", "!!str ", "| ", ">-\n", "\\u202e", "\\n", "é", "–", "’", "\u00a0",
        "\u200b", "\u2028", "\u202e", "\x85", "\x1b", "\x00", "\ufeff", "\ud800", "😀", "0", "a",
        "null", "{a: b}", "[a]", "  ", "# kimplan: ignore KP303 - x\n",
        " # kimplan: ignore KP4 - x\n",
    ]
)  # fmt: skip


def mutated(
    texts: tuple[str, ...], most: int = 4, inserted: st.SearchStrategy[str] = _MARKS
) -> st.SearchStrategy[str]:
    """Return `texts` after up to so many slips: characters and lines lost, added or doubled."""
    where = st.floats(0, 1, exclude_max=True)
    few, shifts = st.integers(1, 3), st.integers(-4, 4)
    edits: st.SearchStrategy[Edit] = st.one_of(
        st.tuples(st.just(_insert), where, inserted),
        st.tuples(st.sampled_from([_delete, _double]), where, few),
        st.tuples(st.sampled_from([_delete_line, _double_line, _move_line, _join]), where, few),
        st.tuples(st.just(_shift_line), where, shifts),
    )
    return st.builds(_apply, st.sampled_from(texts), st.lists(edits, min_size=1, max_size=most))


def _apply(text: str, edits: list[Edit]) -> str:
    for edit, where, what in edits:
        text = edit(text, where, what)
    return text


def _insert(text: str, where: float, what: str) -> str:
    at = int(where * (len(text) + 1))
    return text[:at] + what + text[at:]


def _delete(text: str, where: float, many: int) -> str:
    at = int(where * (len(text) + 1))
    return text[:at] + text[at + many :]


def _double(text: str, where: float, many: int) -> str:
    at = int(where * (len(text) + 1))
    return text[: at + many] + text[at:]


def _delete_line(text: str, where: float, many: int) -> str:
    before, _, after = _split(text, where, many)
    return before + after


def _double_line(text: str, where: float, many: int) -> str:
    before, lines, after = _split(text, where, many)
    return before + lines + lines + after


def _move_line(text: str, where: float, many: int) -> str:
    before, lines, after = _split(text, where, many)
    return before + after + lines


def _join(text: str, where: float, many: int) -> str:
    before, lines, after = _split(text, where, many)
    return before + lines.rstrip("\n") + after


def _shift_line(text: str, where: float, by: int) -> str:
    before, line, after = _split(text, where, 1)
    indent = len(line) - len(line.lstrip(" "))
    return before + " " * max(0, indent + by) + line.lstrip(" ") + after


def _split(text: str, where: float, many: int) -> tuple[str, str, str]:
    """Return what stands before so many lines, those lines, and what stands behind them."""
    lines = text.splitlines(keepends=True)
    at = int(where * (len(lines) + 1))
    parts = lines[:at], lines[at : at + many], lines[at + many :]
    return "".join(parts[0]), "".join(parts[1]), "".join(parts[2])
