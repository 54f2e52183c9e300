"""``kimplan update``: one record changed by command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kimplan.cli.options import PlanOption, read_as_of, read_rating, today_in
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from datetime import date

    from kimplan.edits.request import NewEvidence, Update

EXAMPLES = """\b
Examples:
  kimplan update REC6 --note "The web form is live."
                                    a dated note, by you
  kimplan update REC6 --due 2024-09 --reason "The portal was re-planned."
                                    the move is written down by itself
  kimplan update REC6 --rag green --evidence "Policy=https://example.org/p"
                                    completed today; what was promised stays
  kimplan update REC6 --rag green --no-evidence "A change of practice."
  kimplan update REC6 --rag red --due 2024-12
  kimplan update REC6 --due "none agreed" --reason "No contractor yet."
                                    open, and counted as without a date
  kimplan update REC6 --owner "Head of Repairs" --owner "Data Manager"
                                    these two and nobody else
  kimplan update REC6 --add-owner "Data Manager" --dry-run
                                    only shows what would change
  kimplan update REC6 --action "Publish the form" --due 2024-06
                                    one more step, or a new date for it
  kimplan update REC6 --action "Publish the form" --done
  kimplan update REC6 --set priority=High --set reviewed=2024-07
                                    own fields of the plan; --set priority=
                                    takes one away
  kimplan update REC6 --response answer.txt
  kimplan update REC6 --rag not-applicable --superseded-by REC12
  kimplan update REC6 --edit        in your editor, checked before it counts

\b
Exit codes: 0 changed, or it says so already; 1 a rule forbids it, and the
file stays as it was; 2 it could not be done; 130 interrupted."""

_NOTHING_HINT = "Say what to change: --note, --rag, --due and so on; or --edit."


def _text(metavar: str, help_: str, *names: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help_, show_default=False)


def update(
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="The recommendation's ref, such as REC6.")
    ],
    rag: Annotated[
        str | None,
        _text(
            "RATING",
            "The new rating: green, amber, red or not-applicable, or blue where plan.yaml has it.",
        ),
    ] = None,
    due: Annotated[
        str | None,
        _text("DATE", "The new due date: 2024-07-31, 2024-07 or 2023-12/2024-03; or none agreed."),
    ] = None,
    reason: Annotated[
        str | None, _text("TEXT", "Why the due date moves, or why none is agreed.")
    ] = None,
    agreed_by: Annotated[str | None, _text("NAME", "Who agreed to the new due date.")] = None,
    owner: Annotated[
        list[str] | None,
        _text("ROLE", "The owner, in place of all there are; may be given more than once."),
    ] = None,
    add_owner: Annotated[
        list[str] | None, _text("ROLE", "One more owner; may be given more than once.")
    ] = None,
    remove_owner: Annotated[
        list[str] | None, _text("ROLE", "An owner no longer; may be given more than once.")
    ] = None,
    note: Annotated[str | None, _text("TEXT", "A progress note, dated today.")] = None,
    by: Annotated[
        str | None, _text("NAME", "Who writes the note; git's user.name if left out.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        _text(
            "TITLE[=LINK]",
            "Evidence, with a web address or a path in the repository behind the first =; "
            "may be given more than once.",
        ),
    ] = None,
    expires: Annotated[str | None, _text("DATE", "When that evidence expires.")] = None,
    no_evidence: Annotated[
        str | None,
        _text("REASON", "Why there can be none; a comment says so to the reviewer."),
    ] = None,
    completed: Annotated[
        str | None, _text("DATE", "The day on which it was completed; today if left out.")
    ] = None,
    verified_by: Annotated[
        str | None, _text("NAME", "Who checked, today, that it is complete.")
    ] = None,
    withdraw_verification: Annotated[
        bool,
        typer.Option(
            "--withdraw-verification",
            help="Take the verification away, where what was verified changes.",
        ),
    ] = False,
    action: Annotated[
        str | None,
        _text(
            "TITLE",
            "A sub-action: a new one, or one that is there, by its title or a part of it. --due, "
            "--reason, --agreed-by, --owner and --done are then about that one.",
        ),
    ] = None,
    done: Annotated[
        bool, typer.Option("--done", help="The sub-action is done, today or on --completed.")
    ] = False,
    set_: Annotated[
        list[str] | None,
        _text(
            "ID=VALUE",
            "A value of one of the plan's own fields; without one it is taken away. May be given "
            "more than once.",
            "--set",
        ),
    ] = None,
    response: Annotated[
        str | None, _text("FILE", "The new response, from a text file; - is standard input.")
    ] = None,
    superseded_by: Annotated[
        str | None,
        _text(
            "REF",
            "What took the place of a not-applicable recommendation; '' takes that away.",
        ),
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the record in $VISUAL or $EDITOR.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would change.")
    ] = False,
    plan: PlanOption = None,
    as_of: Annotated[
        str | None, _text("DATE", "The day of the change, as 2024-05-31; today if left out.")
    ] = None,
) -> None:
    """Change one recommendation, and nothing else in its file.

    Several options are one change. The change is shown; what lint would call an error is refused,
    and comments and layout stay.
    """
    from kimplan.cli.changing import refused, show_change, tell_outcome
    from kimplan.edits.change import change_record
    from kimplan.edits.record_file import find_record
    from kimplan.edits.refusal import RefusedError
    from kimplan.loader import find_plan

    given = {
        "rag": rag, "due": due, "reason": reason, "agreed_by": agreed_by, "owner": owner,
        "add_owner": add_owner, "remove_owner": remove_owner, "note": note, "by": by,
        "evidence": evidence, "expires": expires, "no_evidence": no_evidence,
        "completed": completed, "verified_by": verified_by, "response": response,
        "withdraw_verification": withdraw_verification or None, "action": action,
        "done": done or None, "superseded_by": superseded_by, "set": set_,
    }  # fmt: skip
    wanted = {name: value for name, value in given.items() if value is not None and value != []}
    _check_together(wanted, edit=edit)
    day = read_as_of(as_of)
    root = find_plan(plan)
    name = find_record(root, ref)
    try:
        if edit:
            from kimplan.cli.editor import edit_record

            changed = edit_record(root, name, write=not dry_run)
        else:
            asked = _read(wanted, root, day or today_in(root))
            changed = change_record(
                root, name.removesuffix(".yaml"), asked, show_change, write=not dry_run
            )
    except RefusedError as error:
        refused(f"{name.removesuffix('.yaml')} is left as it was", error)
        raise typer.Exit(1) from None
    tell_outcome(changed, is_dry=dry_run)


def _check_together(wanted: dict[str, Any], *, edit: bool) -> None:
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


def _read(wanted: dict[str, Any], root: Path, day: date) -> Update:
    """Return what the options ask for; raise RefusedError or KimplanError for what cannot be."""
    from kimplan.edits.own_fields import read_own_values
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
        own=read_own_values(root, wanted.get("set", ())),
    )


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
    from kimplan.edits.request import NewEvidence
    from kimplan.edits.texts import line

    expires = read_due(wanted["expires"], "--expires").text if "expires" in wanted else ""
    found = []
    for text in wanted.get("evidence", ()):
        title, has_link, link = text.partition("=")
        title = line(title, "the title of --evidence")
        link = line(link, "the link of --evidence") if has_link else ""
        found.append(NewEvidence(title, link, expires))
    return tuple(found)


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
    from kimplan.model.due import NotADateError, parse_day, suggest_day

    if text is None:
        return None
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
