"""A real mail server for the tests, which takes, refuses, delays and drops as it is told."""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import pytest

if os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") != "1":
    for needed in ("aiosmtpd", "trustme"):
        pytest.importorskip(needed, reason=f"{needed} is not installed")

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "planner", "s3cret/of@the:plan"
HANG, DROP, DROP_AFTER = "hang", "drop", "drop after the data"


class Received(NamedTuple):
    """A mail that the server took."""

    sender: str
    to: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        """The mail, parsed by the standard library."""
        found = message_from_bytes(self.data, policy=SMTP_POLICY)
        assert isinstance(found, EmailMessage)
        return found


class Certificates:
    """An authority of the tests' own, and certificates that it signed."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.path = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.path))

    def context(self, name: str = "localhost", *, is_expired: bool = False) -> ssl.SSLContext:
        """Return what a server shows that calls itself `name`."""
        begin, end = (datetime(2020, month, 1, tzinfo=UTC) for month in (1, 2))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if is_expired:
            certificate = self._authority.issue_cert(name, not_before=begin, not_after=end)
        else:
            certificate = self._authority.issue_cert(name)
        certificate.configure_cert(context)
        return context


class MailServer:
    """A server on a free port of this machine; use it in a ``with`` statement.

    `refusals` are answers by the addresses of recipients, or one of the words above, which say
    what happens when that recipient is named.
    """

    def __init__(
        self,
        refusals: Mapping[str, str] | None = None,
        *,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        needs_login: bool = False,
        refused_sender: str = "",
    ) -> None:
        self.received: list[Received] = []
        self.logins: list[bytes] = []
        self.refusals = dict(refusals or {})
        self._refused_sender = refused_sender
        self._tls = tls
        self._options: dict[str, Any] = {"tls_context": starttls, "hostname": "mail.test"}
        if needs_login:
            self._options |= {
                "auth_required": True,
                "auth_require_tls": False,
                "authenticator": self._login,
            }
        self._protocols: list[SMTP] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self.is_hanging = threading.Event()
        self.port = 0

    def __enter__(self) -> MailServer:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)

    def url(self, scheme: str = "smtp", *, login: str = "", query: str = "") -> str:
        """Return the server's address as KIMPLAN_SMTP_URL has it."""
        return f"{scheme}://{login and login + '@'}localhost:{self.port}{query and '?' + query}"

    @property
    def recipients(self) -> list[str]:
        """The addresses that got a mail, in the order of the mails."""
        return [address for mail in self.received for address in mail.to]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self._tls)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for protocol in self._protocols:
            _abort(protocol)
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(server.wait_closed())
        self._loop.close()

    def _protocol(self) -> SMTP:
        self._protocols.append(SMTP(self, loop=self._loop, **self._options))
        return self._protocols[-1]

    def _login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login)
        is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._refused_sender:
            return self._refused_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.refusals.get(address, "")
        if said == HANG:
            self.is_hanging.set()
            await asyncio.Event().wait()
        if said == DROP:
            _abort(server)
            await asyncio.Event().wait()
        if said and said != DROP_AFTER:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        to = tuple(envelope.rcpt_tos)
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(Received(envelope.mail_from or "", to, content))
        if any(self.refusals.get(address) == DROP_AFTER for address in to):
            _abort(server)
            await asyncio.Event().wait()
        return "250 OK"


def _abort(protocol: SMTP) -> None:
    """Break the connection, as a cable does."""
    if isinstance(protocol.transport, asyncio.Transport):
        protocol.transport.abort()
