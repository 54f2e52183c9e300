"""Sub-actions that are added or changed by command, in the layout of the others."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from kimplan.edits import keys
from kimplan.edits.dates import entries, new_revision, nothing_moves, promised, read_due
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import Update
from kimplan.errors import KimplanError
from kimplan.model.suggestion import did_you_mean
from kimplan.source import KeyPath, shown


def change_action(text: str, value: dict[str, Any], update: Update) -> tuple[str, list[Any]]:
    """Return the text with the action that `update` names added or changed, and all actions then.

    An action is named by its title, or by a part of it that no other has. Raises RefusedError for
    what a rule forbids, and KimplanError for what makes no sense.
    """
    actions = deepcopy(entries(value, "actions"))
    number = _find(actions, update)
    if number is None:
        entry = _new(update)
        return keys.append(text, "actions", entry), [*actions, entry]
    action = actions[number]
    at: KeyPath = ("actions", number)
    if update.owners:
        text = _put(text, action, at, "owner", update.owners[0])
    if update.due:
        text = _move(text, action, at, update)
    elif update.reason or update.agreed_by:
        raise nothing_moves()
    if update.done:
        text = _finish(text, action, at, update)
    return text, actions


def _find(actions: list[Any], update: Update) -> int | None:
    """Return the place of the action that is meant, None for a new one."""
    wanted = " ".join(update.action.split()).casefold()
    titles = [
        " ".join(str(one.get("title", "")).split()) if isinstance(one, dict) else ""
        for one in actions
    ]
    folded = [title.casefold() for title in titles]
    if wanted in folded:
        return folded.index(wanted)
    found = [number for number, title in enumerate(folded) if wanted in title]
    if len(found) > 1:
        names = ", ".join(shown(titles[number]) for number in found[:5])
        raise KimplanError(f"--action may be {names}", "Write more of its title.")
    if found:
        return found[0]
    if update.done or update.reason or update.agreed_by:
        hint = did_you_mean(update.action, titles) or "kimplan show lists the actions."
        raise KimplanError(f"there is no action {shown(update.action)}", hint)
    return None


def _new(update: Update) -> dict[str, str]:
    due = read_due(update.due, "--due").text if update.due else ""
    owner = update.owners[0] if update.owners else ""
    entry = {"title": update.action, "owner": owner, "due": due}
    return {key: text for key, text in entry.items() if text}


def _move(text: str, action: dict[str, Any], at: KeyPath, update: Update) -> str:
    new, old = read_due(update.due, "--due"), promised(action)
    if old and not old.covers_the_same(new):
        before = entries(action, "revisions")
        entry = new_revision(update, old, new, is_chained=bool(before))
        text = keys.append_in(text, at, "revisions", entry)
        action["revisions"] = [*before, entry]
    elif update.reason or update.agreed_by:
        raise nothing_moves()
    return _put(text, action, at, "due", new.text)


def _finish(text: str, action: dict[str, Any], at: KeyPath, update: Update) -> str:
    day = update.on.isoformat()
    if action.get("done") not in {None, day}:
        message = f"the action was done on {action['done']}, and that is never rewritten"
        raise RefusedError(message, "Leave --done out.", "KP802")
    return _put(text, action, at, "done", day)


def _put(text: str, action: dict[str, Any], at: KeyPath, key: str, new: str) -> str:
    if action.get(key) == new:
        return text
    action[key] = new
    return keys.put_in(text, at, key, new)
