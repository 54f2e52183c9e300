"""A recipient's digests as a mail: text and HTML, the same bytes for the same plan and day."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kimplan.answers.letter import Letter, Occasion, write_letter
from kimplan.mail.address import header_text, with_name
from kimplan.mail.page import as_html
from kimplan.mail.recipients import Recipient
from kimplan.mail.text import as_text

_MORNING = time(9)  # the hour that a mail is dated at, where the plan lives
_NOWHERE = "kimplan.invalid"  # the domain of a Message-ID without a sender (RFC 2606)


class Mail(NamedTuple):
    """A mail, whom it is for, what it says, and the Message-ID that it is known by."""

    recipient: Recipient
    letter: Letter
    message_id: str
    message: EmailMessage


class Dispatch(NamedTuple):
    """What all mails of a run share: the occasion, the plan's time zone, and the sender, if any."""

    occasion: Occasion
    timezone: str
    sender: Address | None = None


def make_mail(recipient: Recipient, dispatch: Dispatch) -> Mail:
    """Return the mail of a recipient.

    Its Message-ID comes from the plans, the roles, the address, the day and what it says, so that a
    mail that says the same on the same day has the same one.
    """
    letter = write_letter(recipient.digests, dispatch.occasion)
    text = as_text(letter)
    digest = _digest(recipient, dispatch, text)
    domain = dispatch.sender.domain if dispatch.sender else _NOWHERE
    message_id = f"<kimplan.{digest[:32]}@{domain}>"
    message = EmailMessage(policy=SMTP)
    if dispatch.sender:
        message["From"] = dispatch.sender
    else:
        message["X-Unsent"] = "1"  # Outlook opens the file as a draft that can be sent
    message["To"] = with_name(recipient.name, recipient.address)
    message["Subject"] = header_text(letter.subject)
    message["Date"] = _date(dispatch)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(as_html(letter), subtype="html", cte="quoted-printable")
    message["Content-Language"] = "en-GB"
    # No line of quoted-printable text can hold this.
    message.set_boundary(f"=_kimplan_{digest[:32]}")
    return Mail(recipient, letter, message_id, message)


def _digest(recipient: Recipient, dispatch: Dispatch, text: str) -> str:
    plans = [(one.plan, one.title, one.organisation, one.role) for one in recipient.digests]
    day = dispatch.occasion.as_of.isoformat()
    known = json.dumps([plans, recipient.address.casefold(), day, text])
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()


def _date(dispatch: Dispatch) -> str:
    zone = ZoneInfo(dispatch.timezone)
    return format_datetime(datetime.combine(dispatch.occasion.as_of, _MORNING, zone))
