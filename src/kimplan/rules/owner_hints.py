"""What is said of an owner that no registered role is, and the lines to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kimplan.characters import shown
from kimplan.model.email_addresses import email_in
from kimplan.model.nobody import nobody_of
from kimplan.model.suggestion import did_you_mean
from kimplan.rules.roster import Roster, is_doubtful, looks_like_name, parts_of, without_leaving

if TYPE_CHECKING:
    from kimplan.diagnostic import Correction
    from kimplan.model.recommendation import Recommendation
    from kimplan.source import Document, KeyPath
    from kimplan.writing.parsed_text import ParsedText


def about(
    entry: str, at: KeyPath, item: Recommendation, roster: Roster, where: str
) -> tuple[str, str, str]:
    """Return what is wrong with an `entry`, how it is mended, and the role that is surely meant.

    The last is empty where nobody but its owner knows. `where` is how owners.yaml is called.
    """
    if nobody := nobody_of(entry):
        may_go = not item.rag.is_open or at[0] == "actions" or len(item.owners) > 1
        more = ", or delete the line" if may_go else ""
        hint = f"{nobody.hint}{more}. The roles stand in {where}."
        return f"{shown(entry)} {nobody.why}", hint, ""
    meant = roster.meant(entry)
    message = f"the owner {shown(entry)} is not in {where}"
    if roster.held_by(entry):
        message = f"{shown(entry)} is a person, and an owner is a role"
    if not meant:
        return message, _hint(entry, roster, where), ""
    if len(meant) > 1:
        return message, f"Write the one that is meant: {_any_of(meant)}.", ""
    if at[0] == "owners" and meant[0] in item.owners:
        hint = f"Delete the line: {shown(meant[0])} is among the owners already."
        return message, hint, meant[0]
    if roster.held_by(entry):
        return message, f"Write the role that this person holds: {shown(meant[0])}.", meant[0]
    return message, f"Did you mean {shown(meant[0])}?", meant[0]


def _any_of(roles: Sequence[str]) -> str:
    return " or ".join(shown(role) for role in roles[:5])


def _hint(entry: str, roster: Roster, where: str) -> str:
    """Return how an entry is mended that may mean anything."""
    if not any(map(str.isalpha, entry)):
        return f"Write one of the roles in {where}."
    by_command = command("add", entry)
    add = f"'- role: {_written(entry)}' to {where}{by_command and f', or run {by_command}'}."
    return (
        _of_doubt(entry, roster)
        or _of_person(entry, roster, where)
        or _of_near(entry, roster, add)
        or _of_several(entry, add)
        or f"Add {add}"
    )


def _of_doubt(entry: str, roster: Roster) -> str:
    if not is_doubtful(entry):
        return ""
    held = roster.holds(entry) or [role for one in parts_of(entry) for role in roster.meant(one)]
    if not held:
        return "Write the role that will own it, without what is not sure."
    sure = shown(held[0])
    return f"Write {sure} if that is who will own it, without what is not sure."


def _of_person(entry: str, roster: Roster, where: str) -> str:
    address = email_in(entry) or (entry if " " not in entry else "")
    if "@" in address:
        beside = f'handle: "{entry}"' if entry.startswith("@") else f"email: {address}"
        return f"Write the role, and in {where} '{beside}' below '- role: …'."
    if initials := roster.begins_as(entry):
        return f"Did you mean {_any_of(initials)}?"
    if person := roster.called(entry):
        return f"Did you mean {shown(person.role)}, which {person.name} holds?"
    if looks_like_name(left := without_leaving(entry)) and left != entry:
        return "Write the role that owns it now, whoever holds it."
    return ""


def _of_near(entry: str, roster: Roster, add: str) -> str:
    near, held = did_you_mean(entry, roster.roles), roster.holds(entry)
    if not near and not held and (role := roster.around(entry)):
        near = f"Did you mean {shown(role)}?"
    if not near and not held:
        return ""
    return f"{near or f'Did you mean {shown(held[0])}?'} If not, add {add}"


def _of_several(entry: str, add: str) -> str:
    if looks_like_name(entry):
        return f"A person? Write the role, and register it with 'name: {entry}'. A role? Add {add}"
    parts = parts_of(entry)
    if len(parts) > 1 and any(map(looks_like_name, parts)):
        return f"If these are people, write their roles, a line each; if it is one role, add {add}"
    if len(parts) > 1:
        return f"If these are several roles, write a line each; if it is one, add {add}"
    return ""


def command(verb: str, role: str) -> str:
    """Return the command that adds or removes a `role`, or nothing where it cannot be typed."""
    can_be_typed = role.isprintable() and not ("'" in role and '"' in role)
    return f"kimplan owners {verb} {typed(role)}" if can_be_typed else ""


def typed(role: str) -> str:
    """Return `role` as it is typed in a command."""
    marks = set('"$`\\!')
    return f'"{role}"' if marks.isdisjoint(role) or "'" in role else f"'{role}'"


def _written(entry: str) -> str:
    """Return an entry as it has to be written in YAML."""
    from kimplan.writing.parsed_text import CannotEditError
    from kimplan.writing.scalar import inline

    try:
        return inline(entry)
    except CannotEditError:
        return "…"


def instead(
    document: Document, item: Recommendation, at: KeyPath, roles: Sequence[str]
) -> Correction | None:
    """Return the lines with `roles` in place of an entry, but for those that are there already."""
    from kimplan.writing import entries, keys
    from kimplan.writing.correction import by_edit

    def edit(text: ParsedText) -> ParsedText:
        first, *more = [role for role in roles if role not in item.owners] or [""]
        if at[0] != "owners":
            return keys.set_line(text, at, roles[0])
        if not first:
            return entries.remove_entry(text, at)
        text = keys.set_line(text, at, first)
        for number, role in enumerate(more, int(at[1]) + 1):
            text = entries.insert(text, ("owners",), number, role)
        return text

    return by_edit(document, edit)
