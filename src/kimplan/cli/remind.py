"""``kimplan remind``: one digest an owner, as files or as mail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kimplan.cli.group import BelowOption, PlansOption, find_group, read_places
from kimplan.cli.options import AsOfOption, read_as_of
from kimplan.cli.output import read_formats
from kimplan.cli.remind_issues import (
    FORMATS,
    ISSUES,
    ApiOption,
    Filing,
    RemindersFormat,
    RepositoryOption,
    check_filing,
    file_issues,
)

EXAMPLES = """\b
Examples:
  kimplan remind                        who would be reminded of what, today
  kimplan remind --output reminders     a file for each mail, to look at or
                                        to open in Outlook and send
  kimplan remind --within 30d           what falls due in the next 30 days
  kimplan remind --since 2024-05-01     and what has changed since
  kimplan remind --owner "Head of Repairs"
  kimplan remind --send --ledger sent.jsonl
                                        send them, each of them once
  kimplan remind --send --yes --sparing --ledger sent.jsonl
                                        for a schedule that runs every day
  kimplan remind --format github        an issue for each owner, kept up to
                                        date where a token is given

\b
KIMPLAN_SMTP_URL names the mail server, as smtps://user:password@host:465 or
smtp://user:password@host:587, and KIMPLAN_MAIL_FROM the sender.
KIMPLAN_FORGE_TOKEN, or else GITHUB_TOKEN, is the token for --format github.

\b
Exit codes: 0 it is done, 1 the plan has errors, 2 it could not be done, or
not every mail was sent or not every issue kept; which were and which were not
is said."""


def remind(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar="PERIOD",
            help="How far ahead to look: 90d, 6w or 3m; as far as plan.yaml says if left out.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISION|DATE",
            help="Say also what has moved, closed or changed hands since then.",
            show_default=False,
        ),
    ] = None,
    owner: Annotated[
        list[str] | None,
        typer.Option(
            "--owner",
            metavar="ROLE",
            help="Only this role; may be given more than once.",
            show_default=False,
        ),
    ] = None,
    secretary: Annotated[
        str,
        typer.Option(
            "--secretary",
            metavar="ROLE|ADDRESS",
            help="Whom the whole plan is for; the only role with 'secretary' in its name if "
            "left out.",
            show_default=False,
        ),
    ] = "",
    sparing: Annotated[
        bool,
        typer.Option(
            "--sparing",
            help="For a run every day: only to those of whom something is a week or a day before "
            "its date, the day after it, or a week after that and so on.",
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            help="Write each mail to a file of this folder.",
            show_default=False,
        ),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Send them, after asking.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask, neither before mails nor before issues.")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="Keep in this file what was sent, and do not send it again.",
            show_default=False,
        ),
    ] = None,
    sender: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="ADDRESS",
            envvar="KIMPLAN_MAIL_FROM",
            help="Whom the mail is from.",
            show_default=False,
            show_envvar=False,
        ),
    ] = "",
    link_base: Annotated[
        str,
        typer.Option(
            "--link-base",
            metavar="URL",
            help="What links to the files begin with; the forge's editor if left out.",
            show_default=False,
        ),
    ] = "",
    repository: RepositoryOption = "",
    api_url: ApiOption = "",
    formats: RemindersFormat = None,
) -> None:
    """Remind each owner, kindly, of what is overdue or due soon.

    Without --output or --send it shows who would get what. The secretary gets the whole plan.
    """
    from kimplan.cli.mailing import Posting, check_posting, post
    from kimplan.cli.reminding import Asked, check_asked, read_digests

    asked = Asked(within, since, tuple(owner or ()), secretary.strip(), link_base, sparing)
    posting = Posting(output, ledger, sender, send=send, yes=yes)
    check_asked(asked)
    places = find_group(plan, plans)
    roots = [root for _, root in places]
    filing = Filing(repository, api_url, yes, [plans] if plans and not plan else roots)
    outputs = read_formats(formats, FORMATS, *roots)
    has_issues = any(output.name == ISSUES for output in outputs)
    if has_issues:
        mailing = {"--output": output, "--send": send, "--ledger": ledger, "--sparing": sparing}
        check_filing(filing, outputs, mailing)
    else:
        check_posting(posting, roots)
    group = read_places(places, read_as_of(as_of), partial=False)
    found = read_digests(group, asked)
    if has_issues:
        file_issues(group, asked, found, filing)
    else:
        post(found, posting, outputs, group.warning)
    if not group.is_complete:
        raise typer.Exit(1)
