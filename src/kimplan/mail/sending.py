"""Mails given to a server, one after the other: what it took, what it refused, what is left."""

from __future__ import annotations

import contextlib
import enum
import smtplib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from kimplan.errors import KimplanError
from kimplan.mail.message import Mail
from kimplan.mail.refusals import reason
from kimplan.mail.server import Security, Server

_GOING = 421  # the server closes the connection
_GOOD = (250, 251)


class Fate(enum.Enum):
    """What became of a mail."""

    SENT = "sent"
    REFUSED = "not sent"
    UNSURE = "perhaps sent"
    LEFT = "not tried"


class Outcome(NamedTuple):
    """What became of a mail, and why, if it was not sent: a phrase for a person."""

    mail: Mail
    fate: Fate
    why: str = ""


class _GoneError(Exception):
    """The server takes nothing more."""


def send(
    server: Server, sender: str, mails: Sequence[Mail], on_sent: Callable[[Mail], None]
) -> Iterator[Outcome]:
    """Give `mails` to the server, and yield what became of each as soon as it is known.

    `on_sent` is called when the server has taken one, before anything else is sent. After the
    server has gone, the rest is left. Raises KimplanError, with nothing sent, where the server
    cannot be reached, cannot prove who it is, or does not let us in.
    """
    smtp = _connect(server)
    try:
        for outcome in _outcomes(smtp, server, sender, mails):
            if outcome.fate is Fate.SENT:
                on_sent(outcome.mail)
            yield outcome
        # Not where somebody interrupts: whoever does will not wait for the answer.
        with contextlib.suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _outcomes(
    smtp: smtplib.SMTP, server: Server, sender: str, mails: Sequence[Mail]
) -> Iterator[Outcome]:
    """Yield what becomes of each mail; the rest is left after the server has gone."""
    for number, mail in enumerate(mails, 1):
        is_gone = False
        try:
            outcome = _deliver(smtp, sender, mail, server)
            is_gone = outcome.fate is Fate.UNSURE
        except _GoneError as gone:
            outcome, is_gone = Outcome(mail, Fate.REFUSED, str(gone)), True
        yield outcome
        if is_gone:
            yield from (Outcome(one, Fate.LEFT, "the server had gone") for one in mails[number:])
            return


def _deliver(smtp: smtplib.SMTP, sender: str, mail: Mail, server: Server) -> Outcome:
    """Return what became of one mail; raise _GoneError where the server takes nothing more."""
    data = mail.message.as_bytes()
    try:
        for code, said in _envelope(smtp, sender, mail.recipient.address):
            if code not in _GOOD:
                return _refused(smtp, mail, code, said, server)
    except (OSError, smtplib.SMTPException) as error:
        raise _GoneError(reason(error, server)) from None
    try:
        code, said = smtp.data(data)
    except smtplib.SMTPDataError as error:
        return _refused(smtp, mail, error.smtp_code, error.smtp_error, server)
    except (OSError, smtplib.SMTPException) as error:
        why = f"{reason(error, server)} while it took the mail, so nobody knows whether it has it"
        return Outcome(mail, Fate.UNSURE, why)
    if code != _GOOD[0]:
        return _refused(smtp, mail, code, said, server)
    return Outcome(mail, Fate.SENT)


def _envelope(smtp: smtplib.SMTP, sender: str, address: str) -> Iterator[tuple[int, bytes]]:
    yield smtp.mail(sender)
    yield smtp.rcpt(address)


def _refused(
    smtp: smtplib.SMTP, mail: Mail, code: int, said: bytes | str, server: Server
) -> Outcome:
    """Return that the server refused one mail, having made it ready for the next."""
    why = reason(smtplib.SMTPResponseException(code, said), server)
    if code == _GOING:
        raise _GoneError(why)
    try:
        smtp.rset()
    except (OSError, smtplib.SMTPException):
        raise _GoneError(f"{why}, and then the server went away") from None
    return Outcome(mail, Fate.REFUSED, why)


def _connect(server: Server) -> smtplib.SMTP:
    """Return a connection that mail can be sent over; raise KimplanError."""
    from ssl import create_default_context

    smtp: smtplib.SMTP | None = None
    try:
        if server.security is Security.TLS:
            context = create_default_context()
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.patience, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.patience)
        smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            smtp.starttls(context=create_default_context())
            smtp.ehlo()
        if server.has_login:
            smtp.login(server.user, server.password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        if smtp is not None:
            smtp.close()
        where = f"the mail server {server.host}:{server.port}"
        raise KimplanError(f"{where}: {reason(error, server)}", "Nothing was sent.") from None
    return smtp
