"""A change in words: what people call that which changed, and the change as a phrase."""

from __future__ import annotations

from kimplan.answers.naming import one_line, short
from kimplan.changes.fields import Change, Kind
from kimplan.model.plan import Settings
from kimplan.plural import count

NAMES = {
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.RENUMBERED: "Ref",
    Kind.RATING: "RAG rating",
    Kind.DUE: "Completion date",
    Kind.OWNERS: "Owner",
    Kind.EVIDENCE: "Evidence",
    Kind.COMPLETED: "Completed",
    Kind.VERIFIED: "Verified",
    Kind.PROGRESS: "Progress",
    Kind.REVISION: "Revisions",
    Kind.SECTION: "Section",
    Kind.ACTIONS: "Actions",
    Kind.TITLE: "Title",
    Kind.DETAIL: "Detail",
    Kind.RESPONSE: "Response",
    Kind.FIELD: "Own field",
    Kind.DUE_REASON: "Reason for no date",
    Kind.SUPERSEDED: "Superseded by",
    Kind.PUBLISH: "Publication",
}
REWORDED = (Kind.TITLE, Kind.DETAIL, Kind.RESPONSE, Kind.DUE_REASON)


def name_of(change: Change, settings: Settings | None) -> str:
    """Return what people call that which changed: an own field by its label."""
    if change.kind is not Kind.FIELD:
        return NAMES[change.kind]
    return settings.own_label(change.field) if settings else change.field


def describe(change: Change, settings: Settings | None = None) -> str:
    """Return a change as a phrase: ``completion date July 2024 to May 2024, 61 days earlier``.

    The settings tell what an own field is called; without them it is called by its id.
    """
    name = NAMES[change.kind]
    match change.kind:
        case Kind.FIELD:
            phrase = _describe_own(change, settings)
        case Kind.DUE:
            phrase = _describe_move(change)
        case Kind.ADDED | Kind.REMOVED:
            phrase = name.lower()
        case Kind.RENUMBERED:
            phrase = f"renumbered from {change.before} to {change.after}"
        case Kind.SUPERSEDED:
            after = f"superseded by {change.after}"
            phrase = after if change.after else f"no longer superseded by {change.before}"
        case Kind.PUBLISH:
            phrase = change.after
        case Kind.RATING | Kind.SECTION if change.before and change.after:
            phrase = f"{name} {change.before} to {change.after}"
        case _:
            phrase = _describe_text(change, name)
    return phrase


def _describe_text(change: Change, name: str) -> str:
    if change.kind in {*REWORDED, Kind.REVISION}:
        how = "reworded" if change.before and change.after else "added"
        of = f" of the action {change.action}" if change.action else ""
        return f"{name.lower()}{of} {how if change.after else 'taken away'}"
    after, before = short(change.after), short(change.before)
    if change.kind in {Kind.COMPLETED, Kind.VERIFIED} and after:
        return f"{name}: {before} to {after}" if before else f"{name}: {after}"
    if before and after and sorted(before.split("; ")) == sorted(after.split("; ")):
        return f"{name} in another order: {after}"
    parts = [f"added: {after}" if after else "", f"taken away: {before}" if before else ""]
    return f"{name} {'; '.join(filter(None, parts))}"


def _describe_own(change: Change, settings: Settings | None) -> str:
    name, states = one_line(name_of(change, settings)), [change.before, change.after]
    if settings:
        states = [settings.show_own(change.field, text) for text in states]
    before, after = map(short, states)
    if not after:
        return f"{name} taken away: {before}"
    return f"{name}: {before} to {after}" if before else f"{name}: {after}"


def _describe_move(change: Change) -> str:
    what = f"date of the action {short(change.action)}" if change.action else "completion date"
    if not change.after:
        return f"{what} taken away"
    if change.is_first_date:
        how = "put back" if change.days == 0 else "first promised"
        return f"{what} {how}: {change.after}"
    if not change.before:
        return f"{what}: {change.after}"
    later = "later" if (change.days or 0) > 0 else "earlier"
    how_far = f", {count(abs(change.days), 'day')} {later}" if change.days else ""
    reason = f": {short(change.reason)}" if change.reason else ""
    return f"{what} {change.before} to {change.after}{how_far}{reason}"
