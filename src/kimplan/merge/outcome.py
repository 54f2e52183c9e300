"""What merging came to, as lines for people and as values for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from kimplan.merge.edit import Edit, Note, Proof, Text, Value, show_value
from kimplan.merge.finding import Finding, Kind
from kimplan.merge.merging import Merged
from kimplan.plural import count

_HEADINGS = {
    Kind.CONFLICT: "Changed on both sides",
    Kind.REFUSED: "Refused",
    Kind.NEEDS: "To be answered first",
    Kind.LEFT: "Left to you",
    Kind.TOLD: "Said, and nothing done",
}
_LONGEST = 160


def change_lines(merged: Merged) -> list[str]:
    """Return a line for each field that changes: ``REC6 due: July 2024 -> September 2024``."""
    return [_change(edit) for edit in _made(merged)]


def _made(merged: Merged) -> Iterator[Edit]:
    """Yield the edits of which changes were made."""
    for one in merged.proposals:
        if one.prepared:
            yield from one.edits


def _change(edit: Edit) -> str:
    if isinstance(edit.was, Text) and isinstance(edit.says, Text):
        how = _short_change(show_value(edit.was).split(), show_value(edit.says).split())
    elif isinstance(edit.says, Note | Proof):
        how = f"+ {_short(edit.says)}"
    else:
        how = f"{_short(edit.was)} -> {_short(edit.says)}"
    return f"{edit.ref} {edit.field}: {how} ({edit.file})"


def _short_change(was: Sequence[str], says: Sequence[str]) -> str:
    """Return which words went and which came: ``- July + August``."""
    found = []
    matcher = SequenceMatcher(None, was, says, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            found += [
                f"{sign} {' '.join(words)}"
                for sign, words in (("-", was[a:b]), ("+", says[c:d]))
                if words
            ]
    text = " ".join(found).replace("+ / ", "+ ").replace("- / ", "- ")
    if text in {"", "+ /", "- /"}:
        return "the same words in another layout"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _short(value: Value) -> str:
    words = " ".join(show_value(value).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the findings below a heading for each kind, with what to do in a line below each."""
    for kind, heading in _HEADINGS.items():
        found = [one for one in findings if one.kind is kind]
        if found:
            yield f"{heading}:"
        for one in found:
            yield f"  {_finding(one)}"
            if one.hint:
                yield f"    hint: {one.hint}"


def _finding(one: Finding) -> str:
    name = " ".join(filter(None, [one.ref, one.what]))
    code = f" ({one.code})" if one.code else ""
    file = f" [{one.file}]" if one.file else ""
    return f"{name}: {one.text}{code}{file}"


def verdict(merged: Merged, *, is_written: bool) -> str:
    """Return in a sentence how it ends."""
    number = len(merged.changes)
    files = count(number, "file")
    if not merged.may_be_written:
        return "nothing is written: what stands above has to be settled first"
    if not number:
        return "nothing changes in the plan"
    if is_written:
        return f"{files} changed"
    return f"{files} would change so; --write makes the {'changes' if number > 1 else 'change'}"


def data_of(merged: Merged, diffs: Sequence[str], *, is_written: bool) -> dict[str, Any]:
    """Return the same as values."""
    return {
        "changes": [
            {
                "ref": edit.ref,
                "field": str(edit.field),
                "was": show_value(edit.was) if edit.was is not None else None,
                "says": show_value(edit.says),
                "file": edit.file,
            }
            for edit in _made(merged)
        ],
        "diffs": list(diffs),
        "findings": [one._asdict() | {"kind": str(one.kind)} for one in merged.findings],
        "may_be_written": merged.may_be_written,
        "written": is_written,
    }
