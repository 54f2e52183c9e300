"""What was verified stays what was verified: a change renews the verification or withdraws it."""

from __future__ import annotations

from typing import Any

from kimplan.edits.draft import Draft
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.errors import KimplanError
from kimplan.model.due import NotADateError, parse_day, show_day
from kimplan.model.rating import Rating
from kimplan.source import shown
from kimplan.writing.scalar import says_the_same

_VERIFIED = ("verified",)
_COVERED = ("rag", "response", "evidence", "completed")


def verify(
    draft: Draft, before: dict[str, Any], update: Update, rag: Rating | None, complete: str
) -> None:
    """Write, renew or withdraw the verification, as asked; refuse to leave a broken one.

    It is called when all else is done; `before` is what the record said before the update, and
    `complete` the word for what is complete. Raises
    RefusedError for what KP802, KP806 or KP306 forbids.
    """
    changed = _changed(before, draft.value)
    stands = bool(draft.value.get("verified"))
    if update.withdraw_verification:
        if stands or not before.get("verified"):  # else reopening took it away
            _withdraw(draft, changed, stands=stands)
    elif update.verified_by:
        _check_complete(rag, complete)
        _renew(draft, changed, update)
    elif stands and changed:
        message = f"{_names(changed)} {_what_was(draft)} would change"
        hint = (
            "Have it verified again in the same change, --verified-by NAME, or take the "
            "verification away: --withdraw-verification."
        )
        raise RefusedError(message, hint, "KP806")


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [key for key in _COVERED if not _is_same(before.get(key), after.get(key))]


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return says_the_same(one.strip("\n "), other.strip("\n "))
    return bool(one == other)


def _names(keys: list[str]) -> str:
    return " and ".join({"rag": "the rating"}.get(key, f"the {key}") for key in keys)


def _what_was(draft: Draft) -> str:
    found = draft.value.get("verified")
    by = found.get("by") if isinstance(found, dict) else None
    return f"that {shown(by)} verified" if isinstance(by, str) else "that was verified"


def _withdraw(draft: Draft, changed: list[str], *, stands: bool) -> None:
    if not stands:
        message = "there is no verification to withdraw"
        raise KimplanError(message, "Leave --withdraw-verification out.")
    if not changed:
        message = "a verification is withdrawn only together with a change of what it covers"
        hint = "If it should not count, change what it is about, or say in a note why: --note TEXT."
        raise RefusedError(message, hint, "KP802")
    draft.remove(_VERIFIED)
    draft.said.append(f"'verified' is taken away, as {_names(changed)} changed.")


def _check_complete(rag: Rating | None, complete: str) -> None:
    if rag is None or not rag.is_complete:
        message = f"it cannot be verified while it is {rag or 'without a rating'}"
        code = "KP306" if rag and rag.is_open else ""
        raise RefusedError(message, f"Give --rag {complete} as well.", code)


def _renew(draft: Draft, changed: list[str], update: Update) -> None:
    entry = {"by": update.verified_by, "on": update.on.isoformat()}
    old = draft.value.get("verified")
    if old:
        _check_renewal(old, entry, changed, update)
    if old != entry:
        draft.put_map(_VERIFIED, entry)


def _check_renewal(old: Any, entry: dict[str, str], changed: list[str], update: Update) -> None:
    if not changed and old != entry:
        message = "it was verified before, and a verification is never rewritten"
        day = f"it was on {show_day(update.on)}"
        raise RefusedError(message, f"Say in a note that {day}: --note TEXT.", "KP802")
    if changed and old == entry:
        message = f"{_names(changed)} would change, and the verification would not tell"
        hint = "Withdraw it with this change, --withdraw-verification, and verify again after it."
        raise RefusedError(message, hint, "KP806")
    then = old.get("on") if isinstance(old, dict) else None
    if changed and isinstance(then, str) and _is_later(then, update):
        message = f"it was verified on {then}, which is later than this day"
        raise RefusedError(message, "Give a day that is not earlier: --as-of DATE.", "KP802")


def _is_later(day: str, update: Update) -> bool:
    try:
        return parse_day(day) > update.on
    except NotADateError:
        return False
