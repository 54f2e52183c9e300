"""``kimplan remind --format github``: an issue for each owner, kept up to date."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kimplan.cli.answers import show_view
from kimplan.cli.asking import can_ask, is_agreed
from kimplan.cli.group import Group
from kimplan.cli.output import ANSWERS, Output, format_option
from kimplan.cli.progress import Patience
from kimplan.cli.reminding import Asked, Digests, say
from kimplan.errors import KimplanError

if TYPE_CHECKING:
    from kimplan.answers.answer import Answer
    from kimplan.forge.address import Place
    from kimplan.forge.decide import Scope
    from kimplan.forge.issues import Issues
    from kimplan.forge.keep import Account
    from kimplan.forge.wanted import Wanted

ISSUES = "github"
FORMATS = (*ANSWERS, ISSUES)
RemindersFormat = Annotated[list[str] | None, format_option(FORMATS)]
RepositoryOption = Annotated[
    str,
    typer.Option(
        "--repository",
        metavar="OWNER/NAME",
        envvar="GITHUB_REPOSITORY",
        help="With --format github, the repository whose issues are kept; the one that this plan "
        "came from if left out.",
        show_default=False,
        show_envvar=False,
    ),
]
ApiOption = Annotated[
    str,
    typer.Option(
        "--api-url",
        metavar="URL",
        envvar="GITHUB_API_URL",
        help="With --format github, the address of the forge's API, if it is not GitHub's.",
        show_default=False,
        show_envvar=False,
    ),
]


class Filing(NamedTuple):
    """Where the issues are, as the options of that name say it, and whether to ask first.

    `roots` are the folders of all plans that were asked for, or the folder that they are below:
    whichever can be read on a day, these tell the issues from those of other plans.
    """

    repository: str
    api: str
    yes: bool
    roots: Sequence[Path]


def check_filing(filing: Filing, outputs: Sequence[Output], others: Mapping[str, object]) -> None:
    """Raise KimplanError for a slip that can be told before a plan is read.

    `others` are options that say nothing about issues, by their names.
    """
    from kimplan.forge.address import read_api, read_name
    from kimplan.forge.token import find_token

    if len(outputs) > 1 or outputs[0].file:
        raise KimplanError("--format github goes with no other, and to no file", "Run it alone.")
    for option, value in others.items():
        if value:
            message = f"{option} says nothing with --format github"
            raise KimplanError(message, f"Leave {option} out: an issue is always up to date.")
    find_token(os.environ)
    if filing.api:
        read_api(filing.api, "--api-url")
    if filing.repository:
        read_name(filing.repository, "--repository")


def file_issues(group: Group, asked: Asked, found: Digests, filing: Filing) -> None:
    """Keep an issue up to date for each role, or show what would be done where no token is given.

    Raises KimplanError where that cannot be done, and typer.Exit with 2 where not all was.
    """
    from kimplan.forge.call import Caller
    from kimplan.forge.issues import Issues
    from kimplan.forge.overview import answer_preview
    from kimplan.forge.token import find_token
    from kimplan.forge.wanted import Source, Style, wanted_issues
    from kimplan.formatters.letter_markdown import format_letter, format_note

    where = _standing(filing.roots)
    source = Source(found.occasion, where, group.broken)
    issues = wanted_issues(found.digests, source, Style(format_letter, format_note))
    token = find_token(os.environ)
    if token is None:
        _show(answer_preview(issues, filing.repository.strip()))
        return
    place = _place(filing)
    _keep(Issues(Caller(place, token)), issues, _scope(group, asked, where), filing)


def _standing(roots: Sequence[Path]) -> str:
    """Return where the plan stands in its repository, or the folder that all plans are in.

    Raises KimplanError where no folder holds them all.
    """
    from kimplan.loader import find_repository

    try:
        folder = Path(os.path.commonpath([os.path.realpath(root) for root in roots]))
    except ValueError:  # drives of Windows
        hint = "Run the command for each drive."
        raise KimplanError("the plans are on more than one drive", hint) from None
    top = find_repository(folder)
    return folder.relative_to(top).as_posix() if top else folder.name


def _place(filing: Filing) -> Place:
    """Return which repository is meant; raise KimplanError where nothing says it."""
    from kimplan.forge.address import GITHUB, Place, name_of, read_api, read_name
    from kimplan.git.remote import find_remote
    from kimplan.loader import find_repository

    api = read_api(filing.api or GITHUB, "--api-url")
    if filing.repository:
        return Place(api, read_name(filing.repository, "--repository"))
    top = find_repository(filing.roots[0])
    return Place(api, name_of(find_remote(top) if top else None, api))


def _scope(group: Group, asked: Asked, where: str) -> Scope:
    """Return whose issues are closed if nothing is left for them: of a plan not read, nobody's."""
    from kimplan.forge.decide import Scope
    from kimplan.forge.marker import make_key

    roles: frozenset[str] | None = None
    if asked.owners or group.broken:
        names = () if group.broken else asked.owners
        roles = frozenset(make_key(where, name).role for name in names)
    return Scope(make_key(where, "").plan, roles, group.day)


def _keep(issues: Issues, wanted: Sequence[Wanted], scope: Scope, filing: Filing) -> None:
    """Look at the issues as they are, ask where somebody can be asked, and do what is to be done.

    Raises typer.Exit with 2 where the forge did not do all of it.
    """
    from kimplan.forge.decide import decide
    from kimplan.forge.keep import keep
    from kimplan.forge.overview import answer_steps
    from kimplan.interrupts import tidily

    with Patience("Looking at the issues"):
        steps = decide(wanted, issues.all(), issues.viewer(), scope)
    if not filing.yes and can_ask():
        _show(answer_steps(steps, issues.where))
        if not _is_wanted(issues.where):
            say("Nothing was changed.")
            return
    with tidily():  # whoever interrupts is told what was done
        with Patience("Changing the issues"):
            account = keep(issues, steps)
        _tell(account)


def _is_wanted(where: str) -> bool:
    unanswered = KimplanError("nobody answered; nothing was changed", "Add --yes to do it.")
    return is_agreed(f"Do this in {where}?", unanswered)


def _tell(account: Account) -> None:
    from kimplan.forge.overview import answer_account, refusals

    _show(answer_account(account))
    for sentence in refusals(account):
        say(sentence)
    if stop := account.stop or account.interrupt:
        raise stop
    if account.failed:
        raise typer.Exit(2)


def _show(view: Answer) -> None:
    show_view("remind", view, [Output("text", None)])
