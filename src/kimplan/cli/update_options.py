"""The options of ``kimplan update``, read to the change that they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kimplan.cli.options import read_rating
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kimplan.edits.request import NewEvidence, OwnValue, Update

_NOTHING_HINT = "Say what to change: --note, --rag, --due and so on; or --edit."


def check_together(wanted: dict[str, Any], *, edit: bool) -> None:
    """Raise KimplanError for options that say nothing together, or contradict each other."""
    if edit and wanted:
        raise KimplanError("--edit stands alone", "Make the whole change in the editor.")
    if not edit and not wanted:
        raise KimplanError("there is nothing to change", _NOTHING_HINT)
    if "owner" in wanted and ("add_owner" in wanted or "remove_owner" in wanted):
        message = "--owner names all the owners, so there is none to add or remove"
        raise KimplanError(message, "Use --owner alone, or --add-owner and --remove-owner.")
    if "by" in wanted and "note" not in wanted:
        raise KimplanError("--by says who writes a note, and there is none", "Give --note too.")
    if "expires" in wanted and len(wanted.get("evidence", ())) != 1:
        message = "--expires is about one piece of evidence"
        raise KimplanError(message, "Give one --evidence with it.")
    if "verified_by" in wanted and "withdraw_verification" in wanted:
        message = "--verified-by takes the place of the old verification by itself"
        raise KimplanError(message, "Leave --withdraw-verification out.")
    _check_action(wanted)


def check_form(ref: str | None, wanted: dict[str, Any], *, edit: bool) -> None:
    """Raise KimplanError for what is asked for beside a form."""
    if ref is not None or wanted or edit:
        message = "--from-form stands alone: the form says which recommendation, and what changes"
        raise KimplanError(message, "Only --plan, --as-of, --dry-run and --format go with it.")


def check_ref(ref: str | None, formats: list[str] | None) -> str:
    """Return the ref that a change without a form needs; raise KimplanError where it is missing."""
    if ref is None:
        hint = "Name the recommendation, kimplan update REC6, or give a form: --from-form FILE."
        raise KimplanError("REF is missing", hint)
    if formats:
        raise KimplanError("--format is for --from-form", "Leave it out.")
    return ref


def _check_action(wanted: dict[str, Any]) -> None:
    """Raise KimplanError for options that say nothing about a sub-action, or two things."""
    if "action" not in wanted:
        if "done" in wanted:
            message = "--done says that a sub-action is done, and none is named"
            raise KimplanError(message, "Give --action TITLE too; a new --rag completes it all.")
        return
    if len(wanted.get("owner", ())) > 1:
        raise KimplanError("a sub-action has one owner", "Give one --owner.")
    if "rag" in wanted and "completed" in wanted:
        message = "--completed may be the day of the sub-action or of the recommendation"
        raise KimplanError(message, "Make two changes of it.")
    if "completed" in wanted and "done" not in wanted:
        message = "--completed with --action is the day on which it was done"
        raise KimplanError(message, "Give --done as well, or leave --action out.")


def read_change(wanted: dict[str, Any], root: Path, day: date) -> Update:
    """Return what the options ask for; raise RefusedError or KimplanError for what cannot be."""
    from kimplan.edits.request import ActionUpdate, Update
    from kimplan.edits.texts import line, prose
    from kimplan.loader import PlanFolder

    def words(name: str) -> str:
        return line(wanted[name], _option(name)) if name in wanted else ""

    def roles(name: str) -> tuple[str, ...]:
        return tuple(line(role, _option(name)) for role in wanted.get(name, ()))

    note = prose(wanted["note"], "--note") if "note" in wanted else ""
    completed = _read_completed(wanted.get("completed"), day)
    action = None
    if "action" in wanted:
        done = (completed or day) if "done" in wanted else None
        owner = "".join(roles("owner"))
        action = ActionUpdate(words("action"), words("due"), owner, done)
    return Update(
        on=day,
        rag=read_rating(wanted["rag"], PlanFolder(root).scheme()) if "rag" in wanted else None,
        due="" if action else words("due"),
        reason=prose(wanted["reason"], "--reason") if "reason" in wanted else "",
        agreed_by=words("agreed_by"),
        owners=() if action else roles("owner"),
        add_owners=roles("add_owner"),
        remove_owners=roles("remove_owner"),
        note=note,
        by=words("by") or (_git_name(root) if note else ""),
        evidence=_read_evidence(wanted),
        no_evidence=_read_exception(words("no_evidence")),
        completed=None if action else completed,
        verified_by=words("verified_by"),
        withdraw_verification="withdraw_verification" in wanted,
        response=_read_response(wanted["response"]) if "response" in wanted else "",
        superseded_by=_read_successor(wanted.get("superseded_by"), root),
        action=action,
        own=_read_own(wanted["set"], root) if "set" in wanted else (),
    )


def _read_own(texts: Iterable[str], root: Path) -> tuple[OwnValue, ...]:
    from kimplan.edits.own_fields import read_own_values

    return read_own_values(root, texts)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _git_name(root: Path) -> str:
    """Return git's user.name; where there is none, say that the note has no name."""
    import sys

    from kimplan.edits.texts import line
    from kimplan.git.process import GitError, git
    from kimplan.loader import find_repository

    try:
        found = git(find_repository(root) or root, "config", "--get", "user.name", may_fail=True)
    except GitError:
        found = b""
    if name := found.decode("utf-8", "replace").strip():
        return line(name, "git's user.name")
    sys.stderr.write("kimplan: the note names nobody, since git knows no name; give --by NAME\n")
    return ""


def _read_evidence(wanted: dict[str, Any]) -> tuple[NewEvidence, ...]:
    from kimplan.edits.due_dates import read_due

    expires = read_due(wanted["expires"], "--expires").text if "expires" in wanted else ""
    return tuple(read_proof(text)._replace(expires=expires) for text in wanted.get("evidence", ()))


def read_proof(text: str) -> NewEvidence:
    """Return the evidence that ``TITLE`` or ``TITLE=LINK`` names; raise KimplanError for none."""
    from kimplan.edits.request import NewEvidence
    from kimplan.edits.texts import line

    title, has_link, link = text.partition("=")
    title = line(title, "the title of --evidence")
    return NewEvidence(title, line(link, "the link of --evidence") if has_link else "")


def _read_successor(ref: str | None, root: Path) -> str | None:
    """Return the ref as its file spells it; raise KimplanError where there is none."""
    from kimplan.edits.record_file import find_record

    if ref is None or not ref.strip():
        return "" if ref is not None else None
    return find_record(root, ref).removesuffix(".yaml")


def _read_exception(reason: str) -> str:
    if reason and not any(map(str.isalnum, reason)):
        raise KimplanError("--no-evidence gives no reason", "Say why there can be no evidence.")
    if len(reason) > 300:
        raise KimplanError("--no-evidence is longer than 300 characters", "Shorten it.")
    return reason


def _read_completed(text: str | None, today: date) -> date | None:
    if text is None:
        return None
    from kimplan.model.date_words import suggest_day
    from kimplan.model.due import NotADateError, parse_day

    try:
        day = parse_day(suggest_day(text.strip()) or text.strip())
    except NotADateError:
        hint = "Write the year, the month and the day: --completed 2024-05-31."
        raise KimplanError(f"--completed '{text[:40]}' is not a day", hint) from None
    if day > today:
        hint = "It is completed when it is; --as-of names another day than today."
        raise KimplanError(f"--completed {day} is not past yet", hint)
    return day


def _read_response(file: str) -> str:
    from kimplan.cli.changing import read_input
    from kimplan.edits.texts import from_bytes

    what = "standard input" if file == "-" else file
    return from_bytes(read_input(file, "--response"), what)
