"""``kimplan export html``: the plan as a page, for the public or for the board."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan.characters import make_visible
from kimplan.cli.exporting import check_output, check_outside, write_file
from kimplan.cli.group import BelowOption, Group, PlansOption, find_group, read_places
from kimplan.cli.later_facts import refuse_future
from kimplan.cli.options import AsOfOption, read_as_of
from kimplan.cli.report_words import counts, page_name
from kimplan.cli.state import AtOption
from kimplan.cli.telling import tell_written
from kimplan.errors import KimplanError, OutputError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.answers.group import PlanOf
    from kimplan.report.public import Published

EXAMPLES = """\b
Examples:
  kimplan export html                     the page to publish, in this folder
  kimplan export html --output site/      as site/index.html, for a web server
  kimplan export html --as-of 2024-05-31  the position on another day
  kimplan export html --at board-2024-05  the plan as it stood at that tag
  kimplan export html --for board         the dashboard, for the inside
  kimplan export html --for board --since board-2024-02
                                          with what changed since that tag
  kimplan export html --plans landlords   all plans below a folder, on a page

\b
Exit codes: 0 the page was written, 1 a plan has errors, 2 it could not be
written."""

_PUBLIC, _BOARD = "public", "board"
_SUFFIX = ".html"
_INDEX = "index.html"


def export_html(
    plan: PlansOption = None,
    plans: BelowOption = None,
    audience: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="public|board",
            help="Whom the page is for. Nothing internal stands in the page for the public; the "
            "board's has everything, and is not for publication.",
        ),
    ] = _PUBLIC,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER/",
            help="Where to write the page; an earlier one is replaced. In a folder it is called "
            "index.html. If left out: the organisation, the plan's title and the date, here.",
            show_default=False,
        ),
    ] = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISION|DATE",
            help="For the board: the last meeting, as a tag, branch or commit, or a day. Adds what "
            "changed since.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write the plan as a page for the public or the board.

    It is one file, which works anywhere and fetches nothing. The page for the public has each
    recommendation, the response, the rating and the date. Names of people, e-mail addresses, notes,
    and what says publish: false are never in it.
    """
    _check_audience(audience, since)
    group = read_places(find_group(plan, plans), read_as_of(as_of), at, partial=False)
    for member in group.members:
        refuse_future(member.root, member.past, member.plan, group.day, "nothing was written")
    if audience == _BOARD:
        from kimplan.cli.board import read_board_page

        _write(group, group.plans, read_board_page(group, since), output, _BOARD)
    else:
        _publish(group, output)
    if not group.is_complete:
        raise typer.Exit(1)


def _check_audience(audience: str, since: str | None) -> None:
    """Raise KimplanError for an audience that there is no page for, or with the other's options."""
    if audience not in {_PUBLIC, _BOARD}:
        hint = "Write --for public or --for board."
        raise KimplanError(f"--for '{audience[:40]}' is no audience of a page", hint)
    if audience == _PUBLIC and since is not None:
        hint = "Write --for board, or leave --since out."
        raise KimplanError("the page for the public has no changes since a meeting", hint)


def _publish(group: Group, output: str | None) -> None:
    from kimplan.html.public import public_page

    found = list(_published(group))
    plans = [one._replace(plan=public.plan) for one, public in found]
    _write(group, plans, public_page(plans, group.day, len(group.broken)), output, _PUBLIC)
    for one, public in found:
        _tell(one.name, public.sentences)


def _published(group: Group) -> Iterator[tuple[PlanOf, Published]]:
    """Yield the plans that may be published in part or whole; one alone must be such a plan."""
    from kimplan.report.public import NothingPublicError, publish
    from kimplan.snapshot.authors import authors_of

    left = len(group.plans)
    for member in group.members:
        one = member.of
        try:
            found = publish(one.plan, authors_of(member.root))
        except NothingPublicError as error:
            left -= 1
            if not left:
                raise
            _tell(one.name, [f"left out, because {error.message}"])
        else:
            yield one, found


def _write(
    group: Group, plans: Sequence[PlanOf], page: str, output: str | None, audience: str
) -> None:
    roots = [member.root for member in group.members]
    target = _target(output) if output is not None else Path(page_name(plans, group.day, audience))
    if target.name == _INDEX and output is not None and _is_folder(output):
        check_outside(target, roots)
        _make_folder(target.parent)
    check_output(target, roots, _SUFFIX)
    write_file(target, page.encode("utf-8"))
    tell_written(target, _what(plans, group))


def _what(plans: Sequence[PlanOf], group: Group) -> str:
    if len(plans) == 1:
        return counts(plans[0].plan, None, group.day)
    items = sum(len(one.plan.recommendations) for one in plans)
    return f"{count(len(plans), 'plan')}, {count(items, 'recommendation')}"


def _target(output: str) -> Path:
    return Path(output) / _INDEX if _is_folder(output) else Path(output)


def _is_folder(output: str) -> bool:
    separators = ("/", os.sep)
    return output.endswith(separators) or os.path.isdir(output)


def _make_folder(folder: Path) -> None:
    """Make the folder that a page goes to, in a folder that is there."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        hint = "Name another folder, or a file that ends with .html."
        raise OutputError(f"{folder} is a file, not a folder", hint) from None
    except OSError as error:
        from kimplan.reasons import why

        hint = "Make the folder first, or choose another."
        raise OutputError(f"cannot write into the folder {folder}: {why(error)}", hint) from None


def _tell(name: str, sentences: Sequence[str]) -> None:
    for sentence in sentences:
        whose = f"{name}: " if name else ""
        sys.stderr.write(f"kimplan: {make_visible(f'{whose}{sentence}')}\n")
