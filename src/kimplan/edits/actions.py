"""A sub-action that is added, done, moved or given to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from kimplan.edits.draft import Draft
from kimplan.edits.due_dates import move_due, nothing_moves, read_promise
from kimplan.edits.refusal import RefusedError
from kimplan.edits.request import ActionUpdate, Update
from kimplan.errors import KimplanError
from kimplan.model.suggestion import did_you_mean
from kimplan.source import shown
from kimplan.writing.parsed_text import CannotEditError

_ACTIONS = ("actions",)


def change_action(draft: Draft, update: Update, asked: ActionUpdate) -> None:
    """Add the sub-action that is `asked` for, or change the one whose title has these words.

    Raises RefusedError for what a rule forbids, and KimplanError where none or several are meant.
    """
    asked = asked._replace(title=" ".join(asked.title.split()))
    titles = _titles(draft)
    index = _find(titles, asked.title)
    if index is not None:
        _change(draft, index, update, asked)
    elif asked.done or update.reason or update.agreed_by:
        message = f"there is no action {shown(asked.title)}"
        raise KimplanError(message, _known(asked.title, titles))
    else:
        _add(draft, asked, titles)


def _titles(draft: Draft) -> list[str]:
    found = draft.entries(_ACTIONS)
    if not all(isinstance(one, dict) and isinstance(one.get("title"), str) for one in found):
        raise CannotEditError
    return [" ".join(one["title"].split()) for one in found]


def _find(titles: Sequence[str], asked: str) -> int | None:
    """Return the index of the title with the words `asked`, or else of the only one around them."""
    words = asked.casefold()
    folded = [title.casefold() for title in titles]
    found = [at for at, title in enumerate(folded) if title == words]
    found = found or [at for at, title in enumerate(folded) if words in title]
    if len(found) > 1:
        several = ", ".join(shown(titles[at]) for at in found[:5])
        message = f"{shown(asked)} may be one of several actions"
        raise KimplanError(message, f"Give more of its words: {several}.")
    return found[0] if found else None


def _known(title: str, titles: Sequence[str]) -> str:
    if meant := did_you_mean(title, titles):
        return meant
    known = ", ".join(map(shown, titles[:10]))
    return f"Its actions: {known}." if known else "It has no actions; without --done it is added."


def _add(draft: Draft, asked: ActionUpdate, titles: Sequence[str]) -> None:
    due = read_promise(asked.due, "--due").text if asked.due else ""
    entry = {"title": asked.title, "owner": asked.owner, "due": due}
    draft.append(_ACTIONS, {key: text for key, text in entry.items() if text})
    if meant := did_you_mean(asked.title, titles):
        draft.said.append(f"The action {shown(asked.title)} is added. {meant}")


def _change(draft: Draft, index: int, update: Update, asked: ActionUpdate) -> None:
    at = (*_ACTIONS, index)
    is_whole = " ".join(str(draft.get((*at, "title"))).split()).casefold() == asked.title.casefold()
    if not is_whole and not (asked.due or asked.owner or asked.done):
        message = f"{shown(asked.title)} is part of the action {shown(draft.get((*at, 'title')))}"
        hint = "Say what changes, --done, --due or --owner; a new one needs words of its own."
        raise KimplanError(message, hint)
    if asked.due:
        move_due(draft, at, asked.due, update)
    elif update.reason or update.agreed_by:
        raise nothing_moves()
    if asked.owner:
        draft.put((*at, "owner"), asked.owner)
    if asked.done:
        _finish(draft, (*at, "done"), asked.done.isoformat())


def _finish(draft: Draft, at: tuple[str | int, ...], day: str) -> None:
    if draft.get(at) not in (None, "", day):
        message = f"it was done on {draft.get(at)}, and what was done is never rewritten"
        raise RefusedError(message, "Say in a note what is different: --note TEXT.", "KP802")
    draft.put(at, day)
