"""``kimplan update``: one record changed by command."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from kimplan.cli.options import PlanOption, read_as_of, today_in

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
  kimplan update --from-form event.json --format markdown=answer.md
                                    what somebody asked for in a form

\b
Exit codes: 0 changed, or it says so already; 1 a rule forbids it, and the
file stays as it was; 2 it could not be done; 130 interrupted."""


def _text(metavar: str, help_: str, *names: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help_, show_default=False)


def update(
    ref: Annotated[
        str | None,
        typer.Argument(
            metavar="REF", help="The recommendation's ref, such as REC6.", show_default=False
        ),
    ] = None,
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
    from_form: Annotated[
        Path | None,
        _text(
            "FILE",
            "Do what a form asks for, with its REF: the event of an issue that the form made, or "
            "an object of answers, as JSON.",
            "--from-form",
        ),
    ] = None,
    format_: Annotated[
        list[str] | None,
        _text(
            "FORMAT[=FILE]",
            "How the outcome of a form is given: text, json=FILE for a script, markdown=FILE for "
            "its sender; may be given more than once.",
            "--format",
        ),
    ] = None,
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
    from kimplan.cli.update_options import check_form, check_ref, check_together, read_change
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
    if from_form is not None:
        from kimplan.cli.from_form import update_from_form

        check_form(ref, wanted, edit=edit)
        is_made = update_from_form(
            from_form, plan, read_as_of(as_of), format_, write_it=not dry_run
        )
        raise typer.Exit(0 if is_made else 1)
    ref = check_ref(ref, format_)
    check_together(wanted, edit=edit)
    day = read_as_of(as_of)
    root = find_plan(plan)
    name = find_record(root, ref)
    try:
        if edit:
            from kimplan.cli.editor import edit_record

            changed = edit_record(root, name, write=not dry_run)
        else:
            show = partial(show_change, is_dry=dry_run)
            asked = read_change(wanted, root, day or today_in(root))
            changed = change_record(
                root, name.removesuffix(".yaml"), asked, show, write=not dry_run
            )
    except RefusedError as error:
        refused(f"{name.removesuffix('.yaml')} is left as it was", error)
        raise typer.Exit(1) from None
    tell_outcome(changed, is_dry=dry_run)
