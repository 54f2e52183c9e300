"""Dates that are given by command, and the revisions that their moves ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.errors import KimplanError
from kimplan.model.due import Due, NotADateError, parse_due, suggest_due
from kimplan.model.fields import DUE_DATE


def entries(value: Mapping[str, Any], key: str) -> list[Any]:
    """Return the list `key` of a record or an action; empty where there is none."""
    found = value.get(key)
    return found if isinstance(found, list) else []


def read_due(text: str, option: str) -> Due:
    """Return the date that `option` gives; one in plain words counts if it means one date only."""
    bare = text.strip()
    try:
        return parse_due(suggest_due(bare) or bare)
    except NotADateError:
        raise KimplanError(f"{option} '{text[:40]}' is not a date", DUE_DATE.hint) from None


def promised(value: Mapping[str, Any]) -> Due | None:
    """Return the date that a record or an action promised last, if it is one."""
    last = (entries(value, "revisions") or [{}])[-1]
    moved = last.get("to") if isinstance(last, dict) else None
    for text in (value.get("due"), moved):
        if isinstance(text, str) and text.strip():
            try:
                return parse_due(suggest_due(text.strip()) or text.strip())
            except NotADateError:
                continue
    return None


def new_revision(update: Update, old: Due, new: Due, *, is_chained: bool) -> dict[str, str]:
    """Return the entry that says why a date moves; raise RefusedError where nobody says it.

    `is_chained` tells that there are revisions already, to which this one must join.
    """
    if not any(map(str.isalnum, update.reason)):
        message = f"the due date moves from {old} to {new}, and nobody says why"
        code = "KP801" if new.last_day > old.last_day else "KP205" if is_chained else ""
        raise RefusedError(message, "Give the reason: --reason TEXT.", code)
    said = {"from": old.text, "to": new.text, "reason": update.reason}
    by = {"agreed_by": update.agreed_by} if update.agreed_by else {}
    return said | by | {"on": update.on.isoformat()}


def nothing_moves() -> KimplanError:
    """Return why a reason is refused where no date moves."""
    message = "--reason and --agreed-by say why a due date moves, and none does"
    return KimplanError(message, "Leave them out, or give the new date with --due.")
