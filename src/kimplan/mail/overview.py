"""Who gets what: the answer that ``kimplan remind`` shows before anything is written or sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from kimplan.answers.answer import Answer, Column, Heading, Line, Part, Table, Tone
from kimplan.answers.letter import Occasion, write_letter
from kimplan.answers.naming import named, one_line
from kimplan.answers.reminders import Digest
from kimplan.mail.message import Mail
from kimplan.mail.recipients import Unreached
from kimplan.model.due import show_day
from kimplan.plural import count


class Overview(NamedTuple):
    """What there is to send, and what cannot be; `sent` are the Message-IDs of what was before."""

    as_of: date
    mails: Sequence[Mail]
    unreached: Sequence[Unreached]
    sent: Collection[str] = ()


def answer_overview(overview: Overview) -> Answer:
    """Return who gets which reminders, and whom none can reach."""
    parts: list[Part] = [Line(_opening(overview))]
    if overview.mails:
        columns = Column("For", share=3), Column("Address", share=3), Column("About", share=3)
        parts.append(Table(columns, [_row(mail, overview) for mail in overview.mails]))
    if overview.unreached:
        parts.append(Heading(f"Cannot be sent: {len(overview.unreached):,}"))
        columns = Column("For", share=3), Column("Why", share=3), Column("About", share=3)
        rows = [
            (_whose(one.digest), one.why, _about(one.digest, overview.as_of))
            for one in overview.unreached
        ]
        parts.append(Table(columns, rows))
        hint = "Addresses stand in owners.yaml, as 'email:' below a role."
        parts.append(Line(hint, Tone.QUIET))
    return Answer(tuple(parts), _data(overview))


def _opening(overview: Overview) -> str:
    day = show_day(overview.as_of)
    if not overview.mails and not overview.unreached:
        return f"Nobody needs a reminder on {day}."
    if not overview.mails:
        return f"No reminder for {day} can be sent to anybody."
    return f"{count(len(overview.mails), 'reminder')} for {day}."


def _row(mail: Mail, overview: Overview) -> tuple[str, str, str]:
    to = mail.recipient
    roles = named(_whose(one) for one in to.digests)
    has_name = to.name not in to.roles
    about = mail.letter.summary
    if mail.message_id in overview.sent:
        about = f"sent before: {about}"
    return f"{one_line(to.name)} ({roles})" if has_name else roles, to.address, about


def _whose(digest: Digest) -> str:
    """Return whose a digest is: the role, or that it is the secretary's, and of which plan."""
    plan = f"{digest.plan}: " if digest.plan else ""
    role = one_line(digest.role) or "the secretary"
    return f"{plan}{role}{', the whole plan' if digest.is_secretary else ''}"


def _about(digest: Digest, as_of: date) -> str:
    return write_letter([digest], Occasion(as_of)).summary


def _data(overview: Overview) -> dict[str, Any]:
    digests = [one for mail in overview.mails for one in mail.recipient.digests]
    digests += [one.digest for one in overview.unreached]
    return {
        "as_of": overview.as_of.isoformat(),
        "mails": [
            {
                "name": mail.recipient.name,
                "address": mail.recipient.address,
                "roles": list(mail.recipient.roles),
                "subject": mail.letter.subject,
                "message_id": mail.message_id,
                "sent_before": mail.message_id in overview.sent,
            }
            for mail in overview.mails
        ],
        "unreached": [
            {"plan": one.digest.plan, "role": one.digest.role, "why": one.why}
            for one in overview.unreached
        ],
        "digests": [_digest(one) for one in digests],
    }


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "plan": digest.plan,
        "role": digest.role,
        "secretary": digest.is_secretary,
        "reminders": [
            {
                "topic": str(row.topic),
                "ref": row.ref,
                "title": row.title,
                "action": row.is_action,
                "owners": list(row.owners),
                "days_left": row.left,
                "promise": row.promise or None,
                "first_promised": row.first_promised or None,
                "why": row.why or None,
                "evidence": row.evidence or None,
                "link": row.link or None,
            }
            for row in digest.rows
        ],
        "news": [
            {
                "event": str(news.event),
                "ref": news.ref,
                "title": news.title,
                "action": news.is_action,
                "before": news.before or None,
                "after": news.after or None,
                "due": news.due or None,
                "why": news.why or None,
                "link": news.link or None,
            }
            for news in digest.news
        ],
    }
