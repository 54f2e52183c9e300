"""``kimplan remind`` by mail: shown, written to files, or sent after asking."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from kimplan.cli.answers import show_view
from kimplan.cli.asking import can_ask, is_agreed
from kimplan.cli.exporting import check_outside
from kimplan.cli.output import Output
from kimplan.cli.reminding import Digests, say
from kimplan.cli.streams import flush
from kimplan.errors import KimplanError, OutputError
from kimplan.plural import count

if TYPE_CHECKING:
    from kimplan.mail.ledger import Ledger
    from kimplan.mail.message import Mail
    from kimplan.mail.sending import Outcome

_URL = "KIMPLAN_SMTP_URL"


class Posting(NamedTuple):
    """What is to be done with the mails: the options of that name."""

    output: Path | None
    ledger: Path | None
    sender: str
    send: bool
    yes: bool


def check_posting(posting: Posting, roots: Iterable[Path]) -> None:
    """Raise KimplanError for a slip that can be told before a plan is read.

    `roots` are the folders of the plans, inside of which nothing is written.
    """
    from kimplan.mail.address import read_sender
    from kimplan.mail.server import read_server

    folders = list(roots)
    for target in filter(None, (posting.output, posting.ledger)):
        check_outside(target, folders)
    if posting.output and os.path.lexists(posting.output) and not posting.output.is_dir():
        raise OutputError(f"{posting.output} is not a folder", "Name a folder for the mails.")
    if posting.sender:
        read_sender(posting.sender)
    if not posting.send:
        if posting.yes or posting.ledger:
            given = "--yes" if posting.yes else "--ledger"
            raise KimplanError(f"{given} says nothing without --send", "Add --send, or leave it.")
        return
    if not posting.sender:
        hint = "Name it with --from plan@example.org, or in KIMPLAN_MAIL_FROM."
        raise KimplanError("nobody is named whom the mail is from", hint)
    if not os.environ.get(_URL):
        hint = f"Set {_URL} to smtps://user:password@smtp.example.org:465."
        raise KimplanError("no mail server is named", hint)
    read_server(os.environ[_URL])
    if not posting.yes and not can_ask():
        hint = "Add --yes to send without asking, as a schedule does."
        raise KimplanError("nobody can be asked here whether to send; nothing was sent", hint)


def post(found: Digests, posting: Posting, outputs: list[Output], warning: str = "") -> None:
    """Show who gets which mail, and write or send them where that was asked.

    The `warning` says what is left out. Raises KimplanError where that cannot be done, and
    typer.Exit with 2 where not all were sent.
    """
    from kimplan.mail.address import read_sender
    from kimplan.mail.message import Dispatch, make_mail
    from kimplan.mail.overview import Overview, answer_overview
    from kimplan.mail.recipients import share_out

    recipients, unreached = share_out(found.digests)
    sender = read_sender(posting.sender) if posting.sender else None
    mails = [
        make_mail(one, Dispatch(found.occasion, found.timezones[one.digests[0].plan], sender))
        for one in recipients
    ]
    day = found.occasion.as_of
    with _opened(posting.ledger) as ledger:
        sent = {one.message_id for one in mails if ledger and one.message_id in ledger}
        view = answer_overview(Overview(day, mails, unreached, sent))
        if found.left_out is not None:
            view = view.with_data({"left_out": list(found.left_out)})
        show_view("remind", view, outputs, warning)
        if posting.output:
            _write(posting.output, mails, day.isoformat())
        if posting.send and unreached and not mails:
            hint = "Write them in owners.yaml, as 'email:' below each role."
            raise KimplanError("no owner has an address that mail can be sent to", hint)
        if posting.send:
            _send(
                posting,
                [one for one in mails if one.message_id not in sent],
                ledger,
                day.isoformat(),
            )


@contextlib.contextmanager
def _opened(path: Path | None) -> Iterator[Ledger | None]:
    from kimplan.mail.ledger import Ledger

    if path is None:
        yield None
        return
    with Ledger(path) as ledger:
        yield ledger


def _write(folder: Path, mails: Sequence[Mail], day: str) -> None:
    from kimplan.mail.drafts import write_drafts

    if mails:
        earlier = write_drafts(folder, mails, day)
        say(f"Wrote {count(len(mails), 'mail')} to {folder}, a file each.")
        for name in earlier:
            say(f"Still there, from an earlier run: {name}")


def _send(posting: Posting, mails: Sequence[Mail], ledger: Ledger | None, day: str) -> None:
    """Send the mails after asking, and say of each what became of it."""
    from kimplan.interrupts import tidily
    from kimplan.mail.address import read_sender
    from kimplan.mail.sending import send
    from kimplan.mail.server import read_server

    if not mails:
        say("There is nothing to send.")
        return
    server, sender = read_server(os.environ[_URL]), read_sender(posting.sender)
    if not posting.yes and not _is_wanted(len(mails), str(sender), server.host):
        say("Nothing was sent.")
        return

    def note(mail: Mail) -> None:
        if ledger is not None:
            ledger.add(mail.message_id, day)

    outcomes: list[Outcome] = []
    flush()  # whoever reads the answer may have gone, and then nothing is sent
    with tidily():
        try:
            for outcome in send(server, sender.addr_spec, mails, note):
                outcomes.append(outcome)
                _tell(outcome)
        except KeyboardInterrupt:
            if len(outcomes) < len(mails):
                to, left = _at_hand(mails, outcomes)
                say(f"interrupted: {to} may have its mail or not; {left} not tried")
            raise
        except OutputError as error:
            to, left = _at_hand(mails, outcomes)
            message = f"{to} was sent its mail, but {error.message}"
            raise KimplanError(message, f"{left} of this run not tried.") from None
    _sum_up(outcomes, has_ledger=ledger is not None)


def _at_hand(mails: Sequence[Mail], outcomes: Sequence[Outcome]) -> tuple[str, str]:
    """Return the address of the mail that is being sent, and how many are left after it."""
    left = len(mails) - len(outcomes) - 1
    return mails[len(outcomes)].recipient.address, count(left, "mail")


def _is_wanted(number: int, sender: str, host: str) -> bool:
    question = f"Send {count(number, 'mail')} as {sender} through {host}?"
    return is_agreed(
        question, KimplanError("nobody answered; nothing was sent", "Add --yes to send.")
    )


def _tell(outcome: Outcome) -> None:
    """Say what became of a mail, as soon as it is known."""
    why = f": {outcome.why}" if outcome.why else ""
    say(f"{outcome.fate.value}: {outcome.mail.recipient.address}{why}")


def _sum_up(outcomes: Sequence[Outcome], *, has_ledger: bool) -> None:
    """Say how many mails were sent; end with 2 if not all of them."""
    from kimplan.mail.sending import Fate

    counts = {fate: sum(one.fate is fate for one in outcomes) for fate in Fate}
    said = [f"{number:,} {fate.value}" for fate, number in counts.items() if number]
    say(f"{count(len(outcomes), 'mail')}: {', '.join(said)}.")
    if counts[Fate.SENT] == len(outcomes):
        return
    if has_ledger:
        say("The next run with this ledger sends what was not sent, and nothing twice.")
    elif counts[Fate.SENT] or counts[Fate.UNSURE]:
        say("No ledger was kept: another run sends all again; --owner ROLE sends one role's.")
    raise typer.Exit(2)
