"""A due date that is set or moved, of a record or of one of its sub-actions."""

from __future__ import annotations

from typing import Any

from kimplan.edits.draft import Draft
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.errors import KimplanError
from kimplan.model.due import NONE_AGREED, Due, NotADateError, parse_promise
from kimplan.model.value_forms import DUE_DATE, PROMISE
from kimplan.source import KeyPath, shown


def move_due(draft: Draft, at: KeyPath, due: str, update: Update) -> None:
    """Set the due date of what stands at `at` to `due`; a move becomes a revision.

    Raises RefusedError for a move without a reason, and KimplanError for a reason without a move.
    """
    new, old = read_promise(due, "--due"), _promised(draft, at)
    if old and not old.covers_the_same(new) and _is_move(draft, at, old, update):
        draft.append((*at, "revisions"), _revision(draft, at, (old, new), update))
    elif (update.reason or update.agreed_by) and (new.is_agreed or at):
        raise nothing_moves()
    draft.put((*at, "due"), new.text)
    if not at:
        _set_reason(draft, new, update)


def _is_move(draft: Draft, at: KeyPath, old: Due, update: Update) -> bool:
    """Return whether a new date moves a promise: the first one after none may do without."""
    return old.is_agreed or bool(update.reason or draft.entries((*at, "revisions")))


def _set_reason(draft: Draft, new: Due, update: Update) -> None:
    """Say why no date is agreed (KP209), or take that away where there is one."""
    if not new.is_agreed and update.reason:
        draft.put_prose(("due_reason",), update.reason)
    elif not new.is_agreed and not draft.get(("due_reason",)):
        message = "no date is agreed, and nobody says why"
        raise RefusedError(message, "Give the reason: --reason TEXT.", "KP209")
    elif new.is_agreed and draft.get(("due_reason",)) is not None:
        draft.remove(("due_reason",))
        draft.said.append("'due_reason' is taken away: there is a date.")


def _promised(draft: Draft, at: KeyPath) -> Due | None:
    """Return the date that was promised last, if it is one."""
    last = (draft.entries((*at, "revisions")) or [{}])[-1]
    moved = last.get("to") if isinstance(last, dict) else None
    for text in (draft.get((*at, "due")), moved):
        if isinstance(text, str) and (found := _due_in(text.strip())):
            return found
    return None


def _due_in(text: str) -> Due | None:
    from kimplan.model.date_words import suggest_due

    try:
        return parse_promise(suggest_due(text) or text)
    except NotADateError:
        return None


def _revision(draft: Draft, at: KeyPath, move: tuple[Due, Due], update: Update) -> dict[str, str]:
    old, new = move
    if not any(map(str.isalnum, update.reason)):
        title = draft.get((*at, "title")) if at else ""
        whose = f" of the action {shown(title)}" if title else ""
        message = f"the due date{whose} moves from {old} to {new}, and nobody says why"
        is_chained = bool(draft.entries((*at, "revisions")))
        code = "KP801" if new.last_day > old.last_day else "KP205" if is_chained else ""
        raise RefusedError(message, "Give the reason: --reason TEXT.", code)
    said: dict[str, Any] = {"from": old.text, "to": new.text, "reason": update.reason}
    by = {"agreed_by": update.agreed_by} if update.agreed_by else {}
    return said | by | {"on": update.on.isoformat()}


def nothing_moves() -> KimplanError:
    """Return the error of a reason that is about nothing."""
    message = "--reason and --agreed-by say why a due date moves, and none does"
    return KimplanError(message, "Leave them out, or give the new date with --due.")


def read_promise(text: str, option: str) -> Due:
    """Return the date that `option` gives as `read_due` does, or that none is agreed.

    Raises KimplanError for anything else.
    """
    bare = " ".join(text.split())
    if found := _due_in(bare.casefold() if bare.casefold() == NONE_AGREED else bare):
        return found
    raise KimplanError(f"{option} '{text[:40]}' is not a date", PROMISE.hint)


def read_due(text: str, option: str) -> Due:
    """Return the date that `option` gives; one in plain words counts if it means one date only.

    Raises KimplanError for anything else.
    """
    found = _due_in(text.strip())
    if found and found.is_agreed:
        return found
    raise KimplanError(f"{option} '{text[:40]}' is not a date", DUE_DATE.hint)
