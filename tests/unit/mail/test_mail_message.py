"""Mails whatever stands in the plan: their headers are ours, and their words the plan's."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from conftest import AS_OF, make_plan
from hypothesis import example, given
from hypothesis import strategies as st

from kimplan.answers.group import PlanOf
from kimplan.answers.letter import Occasion
from kimplan.answers.reminders import Question, Reminded, digests
from kimplan.mail.address import header_text, read_sender
from kimplan.mail.message import Dispatch, make_mail
from kimplan.mail.recipients import share_out
from kimplan.model.plan import Owner, Plan

ROLE = "Data Manager"
SENDER = read_sender("Plan <plan@homes.example>")
DISPATCH = Dispatch(Occasion(AS_OF), "Europe/London", SENDER)


def mail_of(plan: Plan, name: str | None = None) -> EmailMessage:
    owner = Owner.model_construct(role=ROLE, name=name, email="ann@homes.example", handle=None)
    plan = plan._replace(owners=(owner,))
    found = digests([Reminded(PlanOf("", plan))], Question(AS_OF, owners=[ROLE]))
    (recipient,), _ = share_out(found)
    data = make_mail(recipient, DISPATCH).message.as_bytes()
    message = message_from_bytes(data, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    return message


_LETTERS = [*'a =?"<>@,;:()\\.-_\t\r\n\x00\x1b', "ŵ", "漢", "🏠", "\u202e"]
# Words longer than a line too: where a header is broken inside of quotes, they are easily lost.
AWKWARD = st.lists(st.sampled_from([*_LETTERS, "x" * 40, "eve@evil.example"]), max_size=60).map(
    lambda words: "".join(words)[:250]
)


@given(name=AWKWARD, title=AWKWARD)
@example(name="=?utf-8?q?=0d=0aBcc:_eve=40evil.example?=", title="x")
@example(name="x", title="=?utf-8?b?DQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=")
@example(name=f"{'a' * 60},eve@evil.example,{'b' * 20}", title="x")
@example(name='Ann "\r\nBcc: eve@evil.example', title="a\r\nBcc: eve@evil.example")
def test_nothing_adds_a_header_or_a_recipient(name: str, title: str) -> None:
    plan = make_plan({"due": "2024-03", "owners": [ROLE]})
    settings = plan.settings.model_copy(update={"title": title})
    message = mail_of(plan._replace(settings=settings), name)
    assert message.keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "Content-Language",
    ]  # fmt: skip
    assert [one.addr_spec for one in message["To"].addresses] == ["ann@homes.example"]
    assert str(message["Subject"]).isprintable()


@pytest.mark.parametrize(
    "name",
    [
        "Ann Other", "Other, Ann", 'Ann "the" Other', "Ann (Repairs)", "Siân Ŵyn", "漢字" * 5,
        "Ann <ann@evil.example>", "Very Long Role " * 6, "Dr. Ann O'Neill; Head", "🏠 Homes",
        "Prif Weithredwr, Tai a Chymunedau — y Cyngor (dros dro) ŵ",
    ],
)  # fmt: skip
def test_a_name_comes_through_whole(name: str) -> None:
    message = mail_of(make_plan({"due": "2024-03", "owners": [ROLE]}), name)
    assert message["To"].addresses[0].display_name == name.strip()[:70].strip()


def test_what_looks_encoded_is_parted() -> None:
    assert header_text("=?utf-8?q?=0d?= ==??=?") == "= ?utf-8?q?=0d?= == ??= ?"
