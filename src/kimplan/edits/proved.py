"""The proof that a changed record says what it should, and nothing else."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from kimplan.edits.fix_proof import is_proved
from kimplan.model.fields import PlanModel
from kimplan.source import Document, parse

_UNSEEN = "KP109"  # lint warns of it; a change may bring one


class _Anything(PlanModel):
    """Any keys at all: what the values are is for the linter to judge."""

    model_config = ConfigDict(extra="allow")


def says_only(before: str, after: str, expected: Any) -> bool:
    """Return whether `after` says what is `expected`, and has no new problem."""
    unseen = [problem for problem in parse(after).problems if problem.code == _UNSEEN]
    document = Document(before, [*parse(before).problems, *unseen])
    document.value = {}
    return is_proved(document, after, expected, _Anything, _without_last_line_ends)


def _without_last_line_ends(value: Any) -> Any:
    """Return `value` as the models see it: a line end behind the last word means nothing."""
    if isinstance(value, dict):
        return {key: _without_last_line_ends(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_last_line_ends(inner) for inner in value]
    return value.rstrip("\n")
