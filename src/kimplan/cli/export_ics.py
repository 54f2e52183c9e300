"""``kimplan export ics``: the days that were promised, for people's calendars."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kimplan import __version__
from kimplan.characters import make_visible
from kimplan.cli.exporting import check_outside, write_file
from kimplan.cli.feeding import INTERNAL, Audience, AudienceOption, check_feed, end, give
from kimplan.cli.filters import (
    FilterTexts,
    OverdueOption,
    OwnerOption,
    SectionOption,
    WhereOption,
    asked_of,
)
from kimplan.cli.group import BelowOption, Group, Member, PlansOption, find_group, read_places
from kimplan.cli.options import AsOfOption, RagOption, read_as_of, read_choice, read_period
from kimplan.cli.state import AtOption, tell
from kimplan.cli.telling import remark, tell_written
from kimplan.errors import KimplanError, OutputError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.answers.agenda import Entry, Promised
    from kimplan.answers.listing import Wanted
    from kimplan.export.calendar import CalendarLook
    from kimplan.model.plan import Plan

EXAMPLES = """\b
Examples:
  kimplan export ics --output plan.ics         what is promised, a day each
  kimplan export ics --owner people -o hr.ics  of one owner; a part is enough
  kimplan export ics --by owner --output calendars/
                                               a calendar for each owner
  kimplan export ics --since 2024-05-01 -o plan.ics
                                               and cancel what no longer holds
  kimplan export ics --alarm 14d --alarm 1d -o plan.ics
                                               with other reminders
  kimplan export ics --plans group/ -o all.ics all plans below a folder

\b
Exit codes: 0 it was written, 1 a plan has errors and is left out,
2 it could not be written."""

_SUFFIX = ".ics"
_ALARMS = ("7d", "1d")
_OWNER = "owner"


def export_ics(
    plan: PlansOption = None,
    plans: BelowOption = None,
    as_of: AsOfOption = None,
    at: AtOption = None,
    rag: RagOption = None,
    owner: OwnerOption = None,
    section: SectionOption = None,
    overdue: OverdueOption = False,
    where: WhereOption = None,
    audience: AudienceOption = INTERNAL,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="owner",
            help="A calendar for each owner, in the folder of --output.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REVISION|DATE",
            help="Cancel what was promised then and no longer is: what is done, was given up, or "
            "went to another owner. A tag, branch or commit, or a day: its last commit.",
            show_default=False,
        ),
    ] = None,
    alarm: Annotated[
        list[str] | None,
        typer.Option(
            "--alarm",
            metavar="PERIOD",
            help="Remind so long before: 7d or 2w; may be given more than once. If left out: a "
            "week and a day.",
            show_default=False,
        ),
    ] = None,
    no_alarms: Annotated[bool, typer.Option("--no-alarms", help="Remind of nothing.")] = False,
    link_base: Annotated[
        str | None,
        typer.Option(
            "--link-base",
            metavar="URL",
            help="Link each event to its record's file below this address; no links if left out.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|FOLDER",
            help="Where to write it; an existing file is replaced. With --by owner: the folder. If "
            "left out: standard output.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write what is still promised as a calendar.

    It can be imported or subscribed to. Each open recommendation and action stands on the last day
    of its date, all day long. What is imported again replaces what was there, whatever date and
    words it has now.
    """
    if alarm and no_alarms:
        raise KimplanError("--alarm and --no-alarms exclude each other", "Leave out one of them.")
    alarms = () if no_alarms else _read_alarms(alarm or _ALARMS)
    seen_by = Audience(audience)
    is_by_owner = by is not None and bool(read_choice(by, "--by", [_OWNER]))
    places = find_group(plan, plans)
    folder = _check_folder(output, places) if is_by_owner else None
    if folder is None:
        check_feed(output, places, _SUFFIX)
    texts = FilterTexts(rag, owner, section, overdue, where)
    group = read_places(places, read_as_of(as_of), at, partial=False)
    wanted = asked_of(seen_by.plans(group), texts.filters)
    found = _promised(wanted, group, since, seen_by)
    if link_base is not None:
        found = _linked(found, group, link_base)
    if folder is None:
        _give_one(found, group, alarms, output)
    else:
        _write_each(found, group, alarms, folder)
    end(group)


def _read_alarms(texts: Sequence[str]) -> tuple[int, ...]:
    """Return how many days before the reminders come, the first one first."""
    days = {read_period(text, date(2000, 1, 1), "--alarm") for text in texts}
    return tuple(sorted(days, reverse=True))


def _check_folder(output: Path | None, places: Sequence[tuple[str, Path]]) -> Path:
    if output is None:
        raise KimplanError("--by owner writes several files", "Name a folder: --output calendars.")
    if os.path.lexists(output) and not os.path.isdir(output):
        raise OutputError(f"{output} is not a folder", "Name a folder: --output calendars.")
    if not output.parent.is_dir():
        hint = "Make the folder first, or choose another."
        raise OutputError(f"cannot write {output}: there is no folder {output.parent}", hint)
    check_outside(output, [root for _, root in places])
    return output


def _promised(
    wanted: Sequence[Wanted], group: Group, since: str | None, seen_by: Audience
) -> list[Promised]:
    """Return what of each plan is wanted, as it is and as it was, having said what is odd."""
    from kimplan.answers.agenda import Promised
    from kimplan.answers.listing import chosen_promises

    found = []
    for one, member in zip(wanted, group.members, strict=True):
        now = chosen_promises(one, group.day)
        earlier = _earlier(member, since) if since is not None else None
        seen = seen_by.earlier(earlier, member.plan) if earlier else None
        was = one._replace(of=one.of._replace(plan=seen)) if seen else None
        before = chosen_promises(was, group.day) if was else []
        found.append(Promised(*one.of, tuple(now), tuple(before)))
    return found


def _linked(found: Sequence[Promised], group: Group, base: str) -> list[Promised]:
    from kimplan.answers.edit_link import check_base, edit_links

    check_base(base)
    links = [edit_links(member.root, base) for member in group.members]
    return [one._replace(link=link) for one, link in zip(found, links, strict=True)]


def _earlier(member: Member, since: str) -> Plan | None:
    """Return a plan as it was, so far as it can be understood."""
    from kimplan.linter import load_folder
    from kimplan.snapshot.past import read_past

    past = read_past(member.root, since, member.plan.settings.timezone, "--since")
    for note in past.notes:
        tell(note, member.name)
    plan = load_folder(past.snapshot.plan(), partial=True).plan
    if plan is None:
        tell(f"nothing is cancelled: no plan can be understood at {past.revision}", member.name)
    return plan


def _give_one(
    found: Sequence[Promised], group: Group, alarms: tuple[int, ...], output: Path | None
) -> None:
    from kimplan.answers.agenda import agenda
    from kimplan.export.calendar import calendar_file

    entries = agenda(found, group.day)
    look = _look(found, group.day, alarms)
    give(calendar_file(entries, look), output, _counted(entries))


def _write_each(
    found: Sequence[Promised], group: Group, alarms: tuple[int, ...], folder: Path
) -> None:
    from kimplan.answers.agenda import agendas
    from kimplan.export.calendar import calendar_file
    from kimplan.names import file_names

    calendars = agendas(found, group.day)
    names = file_names([role for role, _ in calendars], _SUFFIX)
    _make(folder)
    for role, entries in calendars:
        target = folder / names[role]
        write_file(target, calendar_file(entries, _look(found, group.day, alarms, role)))
        tell_written(target, _counted(entries))
    if not calendars:
        remark("Nothing is promised, so no calendar was written.\n")
    _tell_others(folder, set(names.values()))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        from kimplan.reasons import why

        raise OutputError(f"cannot make the folder {folder}: {why(error)}") from None


def _tell_others(folder: Path, written: set[str]) -> None:
    """Say which calendars are in the folder that were not written now, and may be out of date."""
    others = [name for name in sorted(os.listdir(folder)) if name.endswith(_SUFFIX)]
    if others := [name for name in others if name not in written]:
        said = f"not written now, and perhaps out of date: {', '.join(others)}"
        sys.stderr.write(f"kimplan: {make_visible(said)}\n")


def _look(
    found: Sequence[Promised], day: date, alarms: tuple[int, ...], role: str = ""
) -> CalendarLook:
    from kimplan.answers.naming import one_line
    from kimplan.export.calendar import CalendarLook

    settings = [one.plan.settings for one in found]
    titles = dict.fromkeys(f"{one.organisation}: {one.title}" for one in settings)
    plans = next(iter(titles)) if len(titles) == 1 else count(len(settings), "action plan")
    name = " – ".join(filter(None, (role, plans)))
    return CalendarLook(one_line(name), settings[0].timezone, day, __version__, alarms)


def _counted(entries: Sequence[Entry]) -> str:
    off = sum(entry.is_off for entry in entries)
    cancelled = f", {off:,} cancelled" if off else ""
    return f"{count(len(entries) - off, 'day')}{cancelled}"
