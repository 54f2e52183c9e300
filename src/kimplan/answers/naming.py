"""How the answers name things: ratings, numbers of days, owners."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kimplan.model.labels import RatingLabels
from kimplan.model.language import ENGLISH, Language
from kimplan.model.plan import Plan
from kimplan.model.recommendation import Action, Recommendation
from kimplan.schedule import Promise, completed_late, days_left, later_facts, slippage

if TYPE_CHECKING:
    from kimplan.changes.fields import Change

_TIMES = ("once", "twice")
_BREAKS = re.compile(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*")
NO_OWNER = "No owner"
SUPERSEDED = "Superseded by "
ACTION = "Action: "  # before an action's title, where recommendations are listed
_LONGEST = 300  # characters of a note or of a list of names that a table shows


def one_line(text: str) -> str:
    """Return `text` on one line, with a space for each run of white space that breaks or tabs."""
    return _BREAKS.sub(" ", text) if "\n" in text or "\t" in text else text


def short(text: str, longest: int = _LONGEST) -> str:
    """Return `text` on one line, without its end if it is too long for a table."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def named(roles: Iterable[str]) -> str:
    """Return the roles with semicolons between, because a role's name may hold commas."""
    return "; ".join(map(one_line, roles))


def rating_names(change: Change, labels: RatingLabels) -> list[str]:
    """Return what a rating was and is called; with what it means, where that is the same."""
    names = [one_line(labels[rating].label) for rating in change.ratings]
    return [change.before, change.after] if names[0] == names[1] else names


def promised(item: Recommendation) -> str:
    """Return the due date as it was promised, or what took the item's place, or nothing."""
    if item.superseded_by:
        return superseded(item.superseded_by)
    return sentence_case(str(item.due)) if item.due and item.rag.is_open else ""


def superseded(ref: str) -> str:
    """Return that another recommendation took the place: ``Superseded by REC12``."""
    return f"{SUPERSEDED}{ref}"


def sentence_case(text: str) -> str:
    """Return `text` with its first letter as a capital: ``No date agreed``."""
    return f"{text[:1].upper()}{text[1:]}"


def times(number: int, language: Language = ENGLISH) -> str:
    """Return ``once``, ``twice`` or ``3 times``."""
    if number <= len(_TIMES):
        return language.say(_TIMES[number - 1])
    return language.counted(number, "time")


def owner_name(role: str, language: Language) -> str:
    """Return a role as it is called, or in a language that there is no owner."""
    return language.say(NO_OWNER) if role == NO_OWNER else role


def slipped_from(promise: Promise) -> str:
    """Return the first agreed date where the due date is later, or nothing."""
    has_slipped = (slippage(promise.action or promise.item) or 0) > 0
    return str(promise.first_agreed) if has_slipped else ""


def undated_sentence(number: int, refs: Iterable[str] = (), language: Language = ENGLISH) -> str:
    """Return of how many open recommendations no date is agreed, and which they are; or nothing."""
    if not number:
        return ""
    names = short(", ".join(refs))
    values = {"number": number, "refs": f": {names}" if names else ""}
    if number == 1:
        return language.say("1 open recommendation has no date agreed{refs}.", **values)
    return language.say("{number:,} open recommendations have no date agreed{refs}.", **values)


def later_facts_sentence(
    items: Iterable[Recommendation], as_of: date, language: Language = ENGLISH
) -> str:
    """Return that the files hold facts later than `as_of`, which nobody knew then; or nothing."""
    found = later_facts(items, as_of)
    if not found:
        return ""
    item, fact = found[0]
    more = language.say(", and {number:,} more", number=len(found) - 1) if len(found) > 1 else ""
    return language.say(
        "The files hold facts later than {as_of} ({ref}: {fact} on {day}{more}), so this is not "
        "what was known then.",
        as_of=language.day(as_of), ref=item.ref, fact=language.say(fact.what),
        day=language.day(fact.day), more=more,
    )  # fmt: skip


def promise_data(promise: Promise, plan: Plan, as_of: date) -> dict[str, Any]:
    """Return a recommendation or one of its actions, as values for programs.

    `action` is the action's title, or None; the dates and owners are then its own.
    """
    data = item_data(promise.item, plan, as_of)
    if promise.action is None:
        return data | {"action": None}
    left = promise.days_left(as_of)
    return data | {
        "action": one_line(promise.action.title),
        **_dates(promise.action),
        "days_left": left,
        "overdue": left < 0,
        "owners": promise.owners,
    }


def _dates(item: Recommendation | Action) -> dict[str, Any]:
    return {
        "due": item.due.text if item.due else None,
        "due_last_day": item.due.last_day.isoformat() if item.due and item.due.is_agreed else None,
        "first_agreed": item.first_agreed.text if item.first_agreed else None,
        "slipped_days": slippage(item),
    }


def item_data(item: Recommendation, plan: Plan, as_of: date) -> dict[str, Any]:
    """Return a recommendation and where its date stands, as values for programs."""
    left = days_left(item, as_of)
    return {
        "ref": item.ref,
        "title": one_line(item.title),
        "section": item.section,
        "rag": item.rag.word,
        "label": plan.settings.ratings[item.rag].label,
        **_dates(item),
        "no_date_agreed": item.lacks_date,
        "due_reason": item.due_reason,
        "superseded_by": item.superseded_by,
        "completed_late_days": completed_late(item),
        "days_left": left,
        "overdue": left is not None and left < 0,
        "owners": list(item.owners),
        "fields": dict(item.fields),
        "publish": item.publish,
    }
