"""Reminders sent to a real mail server, which takes, refuses, delays and drops them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Ran, cli_environment, make_record, run_cli, start_cli, to_yaml, write_plan

from .mail_server import (
    DROP,
    DROP_AFTER,
    HANG,
    PASSWORD,
    USER,
    Certificates,
    MailServer,
)

# The tests' server asks for logins also where nobody listens.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
ADDRESSES = ("ann@homes.example", "bob@homes.example", "cat@homes.example")
ROLES = ("Head of Repairs", "Data Manager", "Communications Manager")
SEND = ("remind", "--as-of", "2024-05-31", "--from", "Plan <plan@homes.example>", "--send")
LOGIN = "planner:s3cret%2Fof%40the%3Aplan"


def owners(addresses: Sequence[str] = ADDRESSES) -> str:
    return to_yaml(
        {"owners": [
            {"role": role, "email": address or None}
            for role, address in zip(ROLES, addresses, strict=True)
        ]}
    )  # fmt: skip


def plan_with_owners(folder: Path, addresses: Sequence[str] = ADDRESSES) -> Path:
    records = {
        f"REC{number}": make_record(
            ref=f"REC{number}", title=f"Keep list {number}.", due="2024-03", owners=[role]
        )
        for number, role in enumerate(ROLES, 1)
    }
    return write_plan(folder, records=records, owners=owners(addresses))


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return plan_with_owners(tmp_path)


def send(plan: Path, url: str, *options: str | Path, trusted: Path | None = None) -> Ran:
    variables = {"KIMPLAN_SMTP_URL": url}
    if trusted:
        variables["SSL_CERT_FILE"] = str(trusted)
    ran = run_cli([*SEND, "--yes", *options], plan.parent, **variables)
    assert "s3cret" not in ran.stdout + ran.stderr
    return ran


def test_each_owner_gets_one_mail(plan: Path) -> None:
    with MailServer() as server:
        ran = send(plan, server.url())
    assert ran == Ran(
        0,
        """\
3 reminders for 31 May 2024.

For                     Address            About
----------------------  -----------------  ---------
Head of Repairs         ann@homes.example  1 overdue
Data Manager            bob@homes.example  1 overdue
Communications Manager  cat@homes.example  1 overdue

Cannot be sent: 1
For                            Why                                     About
-----------------------------  --------------------------------------  ---------
the secretary, the whole plan  nobody is known as the secretary: name  3 overdue
                               a role or an address with --secretary

Addresses stand in owners.yaml, as 'email:' below a role.
""",
        """\
kimplan: sent: ann@homes.example
kimplan: sent: bob@homes.example
kimplan: sent: cat@homes.example
kimplan: 3 mails: 3 sent.
""",
    )
    assert [(mail.sender, mail.to) for mail in server.received] == [
        ("plan@homes.example", (address,)) for address in ADDRESSES
    ]
    first = server.received[0].message
    assert dict(first.items()) == {
        "From": "Plan <plan@homes.example>",
        "To": "Head of Repairs <ann@homes.example>",
        "Subject": "1 overdue: Spotlight action plan",
        "Date": "Fri, 31 May 2024 09:00:00 +0100",
        "Message-ID": first["Message-ID"],
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "en-GB",
        "MIME-Version": "1.0",
        "Content-Type": first["Content-Type"],
    }
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]


def test_a_second_run_sends_nothing_twice(plan: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sent.jsonl"
    with MailServer() as server:
        assert send(plan, server.url(), "--ledger", ledger).code == 0
        again = send(plan, server.url(), "--ledger", ledger)
        sent = [mail.message["Message-ID"] for mail in server.received]
    assert again.code == 0
    assert again.stderr == "kimplan: There is nothing to send.\n"
    assert "Head of Repairs         ann@homes.example  sent before: 1 overdue" in again.stdout
    assert server.recipients == list(ADDRESSES)
    lines = [json.loads(line) for line in ledger.read_text(encoding="ascii").splitlines()]
    assert lines == [{"message_id": name, "as_of": "2024-05-31"} for name in sent]
    assert "homes.example" not in ledger.read_text().replace("@homes.example>", "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("550 5.1.1 no such mailbox", "refused by the server: 550 5.1.1 no such mailbox"),
        ("451 try later", "put off by the server for now: 451 try later"),
        (
            "550 5.7.1 \x1b[31m##[error] evil\x07",
            "refused by the server: 550 5.7.1 \\x1b[31m\\x23#[error] evil\\x07",
        ),
    ],
)
def test_a_refused_recipient_keeps_nobody_else_waiting(
    plan: Path, tmp_path: Path, said: str, why: str
) -> None:
    ledger = tmp_path / "sent.jsonl"
    with MailServer({ADDRESSES[1]: said}) as server:
        ran = send(plan, server.url(), "--ledger", ledger)
        server.refusals.clear()
        again = send(plan, server.url(), "--ledger", ledger)
    assert (ran.code, ran.stderr) == (
        2,
        f"""\
kimplan: sent: ann@homes.example
kimplan: not sent: bob@homes.example: {why}
kimplan: sent: cat@homes.example
kimplan: 3 mails: 2 sent, 1 not sent.
kimplan: The next run with this ledger sends what was not sent, and nothing twice.
""",
    )
    assert (again.code, again.stderr) == (
        0, "kimplan: sent: bob@homes.example\nkimplan: 1 mail: 1 sent.\n"
    )  # fmt: skip
    assert sorted(server.recipients) == sorted(ADDRESSES)


@pytest.mark.parametrize(
    ("how", "query", "said", "has_it"),
    [
        (DROP, "", "not sent: bob@homes.example: it closed the connection", False),
        (HANG, "timeout=1",
         "not sent: bob@homes.example: it did not answer within 1 seconds", False),
        ("421 closing down", "",
         "not sent: bob@homes.example: put off by the server for now: 421 closing down", False),
        (DROP_AFTER, "", "perhaps sent: bob@homes.example: it closed the connection while it took "
         "the mail, so nobody knows whether it has it", True),
    ],
)  # fmt: skip
def test_a_server_that_goes_half_way_is_resumed(
    plan: Path, tmp_path: Path, how: str, query: str, said: str, has_it: bool
) -> None:
    ledger = tmp_path / "sent.jsonl"
    with MailServer({ADDRESSES[1]: how}) as server:
        ran = send(plan, server.url(query=query), "--ledger", ledger)
        fate = said.partition(":")[0]
        assert (ran.code, ran.stderr) == (
            2,
            f"""\
kimplan: sent: ann@homes.example
kimplan: {said}
kimplan: not tried: cat@homes.example: the server had gone
kimplan: 3 mails: 1 sent, 1 {fate}, 1 not tried.
kimplan: The next run with this ledger sends what was not sent, and nothing twice.
""",
        )
        server.refusals.clear()
        assert send(plan, server.url(), "--ledger", ledger).code == 0
    expected = [ADDRESSES[0], *([ADDRESSES[1]] if has_it else []), *ADDRESSES[1:]]
    assert server.recipients == expected


def test_without_a_ledger_it_is_said_that_another_run_sends_again(plan: Path) -> None:
    with MailServer({ADDRESSES[0]: "550 no"}) as server:
        ran = send(plan, server.url())
    assert ran.code == 2
    assert ran.stderr.endswith(
        "kimplan: 3 mails: 2 sent, 1 not sent.\n"
        "kimplan: No ledger was kept: another run sends all again; --owner ROLE sends one role's.\n"
    )
    with MailServer(dict.fromkeys(ADDRESSES, "550 no")) as server:
        ran = send(plan, server.url())
    assert ran.stderr.endswith("kimplan: 3 mails: 3 not sent.\n")


def test_a_refused_sender_is_told_for_each(plan: Path) -> None:
    with MailServer(refused_sender="553 not your address") as server:
        ran = send(plan, server.url())
    assert ran.code == 2
    assert ran.stderr.count("refused by the server: 553 not your address") == 3
    assert server.received == []


# TLS and logins


def test_tls_from_the_beginning_with_a_login(plan: Path, certificates: Certificates) -> None:
    with MailServer(tls=certificates.context(), needs_login=True) as server:
        ran = send(plan, server.url("smtps", login=LOGIN), trusted=certificates.path)
    assert ran.code == 0, ran.stderr
    assert server.logins == [USER.encode()]
    assert server.recipients == list(ADDRESSES)


def test_starttls_with_a_login(plan: Path, certificates: Certificates) -> None:
    with MailServer(starttls=certificates.context(), needs_login=True) as server:
        ran = send(plan, server.url(login=LOGIN, query="tls=yes"), trusted=certificates.path)
    assert ran.code == 0, ran.stderr
    assert server.recipients == list(ADDRESSES)


def refused(ran: Ran, why: str, server: MailServer) -> None:
    assert (ran.code, ran.stderr) == (
        2,
        f"kimplan: the mail server localhost:{server.port}: {why}\n  hint: Nothing was sent.\n",
    )
    assert server.received == []


@pytest.mark.parametrize("way", ["smtps", "starttls"])
@pytest.mark.parametrize("fault", ["expired", "other name", "unknown authority"])
def test_a_certificate_that_cannot_be_trusted(
    plan: Path, certificates: Certificates, way: str, fault: str
) -> None:
    name = "other.example" if fault == "other name" else "localhost"
    context = certificates.context(name, is_expired=fault == "expired")
    trusted = None if fault == "unknown authority" else certificates.path
    why = {
        "expired": "its certificate has expired",
        "other name": "its certificate is for another name",
        "unknown authority": "its certificate is signed by nobody that this machine trusts",
    }[fault]
    if way == "smtps":
        with MailServer(tls=context) as server:
            refused(send(plan, server.url("smtps"), trusted=trusted), why, server)
    else:
        with MailServer(starttls=context) as server:
            refused(send(plan, server.url(query="tls=yes"), trusted=trusted), why, server)


def test_a_server_without_starttls_gets_nothing(plan: Path) -> None:
    with MailServer() as server:
        ran = send(plan, server.url(query="tls=yes"))
        refused(ran, "it offers no TLS (STARTTLS), without which nothing is sent", server)


def test_a_plain_server_where_tls_was_meant(plan: Path) -> None:
    with MailServer() as server:
        ran = send(plan, server.url("smtps"))
        why = "it does not speak TLS from the beginning there; smtp:// with port 587 may be meant"
        refused(ran, why, server)


def test_a_wrong_password(plan: Path) -> None:
    with MailServer(needs_login=True) as server:
        ran = send(plan, server.url(login=LOGIN.replace("plan", "plat")))
        why = "it refused the user or the password: 535 5.7.8 Authentication credentials invalid"
        refused(ran, why, server)


def test_a_login_that_the_server_does_not_know(plan: Path) -> None:
    with MailServer() as server:
        ran = send(plan, server.url(login=LOGIN))
        refused(ran, "it takes no user and password here", server)


def test_a_password_beyond_ascii(plan: Path) -> None:
    with MailServer(needs_login=True) as server:
        ran = send(plan, server.url(login="planner:s3cret%E2%82%AC"))
        why = "the user or the password has letters that mail servers do not take"
        refused(ran, why, server)


@contextmanager
def raw_server(greeting: bytes) -> Iterator[int]:
    """A server that greets and then says nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        done = threading.Event()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(greeting)
                done.wait(30)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("greeting", "why"),
    [
        (b"554 5.7.1 go away\r\n", "refused by the server: 554 5.7.1 go away"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "it did not let us in"),
        (b"", "it did not answer within 1 seconds"),
        (b"2" * 10_000, "it did not let us in"),
    ],
)
def test_a_server_that_is_none(plan: Path, greeting: bytes, why: str) -> None:
    with raw_server(greeting) as port:
        ran = send(plan, f"smtp://localhost:{port}?timeout=1")
    assert ran.code == 2
    assert ran.stderr.startswith(f"kimplan: the mail server localhost:{port}: ")
    assert why in ran.stderr or "refused by the server" in ran.stderr
    assert ran.stderr.endswith("  hint: Nothing was sent.\n")


def test_nothing_listens_there(plan: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ran = send(plan, f"smtp://127.0.0.1:{port}")
    assert (ran.code, ran.stderr) == (
        2,
        f"kimplan: the mail server 127.0.0.1:{port}: nothing listens there\n"
        "  hint: Nothing was sent.\n",
    )


def test_no_server_of_that_name(plan: Path) -> None:
    ran = send(plan, "smtps://mail.invalid")
    assert ran.code == 2
    assert "there is no server of that name, or no network" in ran.stderr


# Who can be sent to


def test_no_owner_with_an_address(tmp_path: Path) -> None:
    plan = plan_with_owners(tmp_path, ["", "", "no address at all"])
    with MailServer() as server:
        ran = send(plan, server.url())
    assert (ran.code, ran.stderr) == (
        2,
        "kimplan: no owner has an address that mail can be sent to\n"
        "  hint: Write them in owners.yaml, as 'email:' below each role.\n",
    )
    assert "'no address at all' is no address: it" in ran.stdout
    assert ran.stdout.startswith("No reminder for 31 May 2024 can be sent to anybody.\n")
    assert server.received == []


def test_two_roles_of_one_person_are_one_mail(tmp_path: Path) -> None:
    plan = plan_with_owners(tmp_path, [ADDRESSES[0], ADDRESSES[0].upper(), ADDRESSES[2]])
    with MailServer() as server:
        assert send(plan, server.url(), "--secretary", ADDRESSES[2]).code == 0
    assert server.recipients == [ADDRESSES[0], ADDRESSES[2]]
    assert [mail.message["Subject"] for mail in server.received] == [
        "2 overdue: Spotlight action plan",
        "3 overdue: Spotlight action plan",
    ]


# Asking


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize(
    ("typed", "code", "ends", "is_sent"),
    [
        ("y\n", 0, "kimplan: 3 mails: 3 sent.\n", True),
        ("n\n", 0, "kimplan: Nothing was sent.\n", False),
        ("\n", 0, "kimplan: Nothing was sent.\n", False),
        ("\x04", 2, "nobody answered; nothing was sent\n  hint: Add --yes to send.\n", False),
    ],
)
def test_somebody_is_asked_on_a_terminal(
    plan: Path, typed: str, code: int, ends: str, is_sent: bool
) -> None:
    with MailServer() as server:
        url = server.url()
        wait, said = on_terminal([*SEND], plan.parent, typed, KIMPLAN_SMTP_URL=url)
    assert wait == code
    assert "Send 3 mails as Plan <plan@homes.example> through localhost? [y/N] " in said
    assert said.endswith(ends)
    assert server.recipients == (list(ADDRESSES) if is_sent else [])


def on_terminal(
    arguments: Sequence[str], cwd: Path, typed: str, **variables: str
) -> tuple[int, str]:
    """Return the exit code of a command on a terminal, and what appears there."""
    import pty

    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    wait = start_cli(arguments, cwd, theirs, theirs, theirs, **variables)
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 65_536)
        except OSError:  # the last writer has gone
            break
        if not more:
            break
        said += more
    os.close(ours)
    return wait(), said.decode().replace("\r\n", "\n")


def test_nobody_can_be_asked_without_a_terminal(plan: Path) -> None:
    with MailServer() as server:
        ran = run_cli([*SEND], plan.parent, KIMPLAN_SMTP_URL=server.url())
    assert ran == Ran(
        2,
        "",
        "kimplan: nobody can be asked here whether to send; nothing was sent\n"
        "  hint: Add --yes to send without asking, as a schedule does.\n",
    )
    assert server.received == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_an_interrupted_run_says_what_is_not_known(plan: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sent.jsonl"
    command = [sys.executable, "-m", "kimplan", *SEND, "--yes", "--ledger", str(ledger)]
    with MailServer({ADDRESSES[1]: HANG}) as server:
        url = server.url(query="timeout=600")  # and nobody waits for that
        process = subprocess.Popen(
            command, cwd=plan.parent, env=cli_environment(KIMPLAN_SMTP_URL=url),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert server.is_hanging.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().startswith("""\
kimplan: sent: ann@homes.example
kimplan: interrupted: bob@homes.example may have its mail or not; 1 mail not tried
""")
    assert len(ledger.read_text().splitlines()) == 1


# The ledger in use


def test_one_run_at_a_time_uses_a_ledger(plan: Path, tmp_path: Path) -> None:
    from kimplan.mail.ledger import Ledger

    path = tmp_path / "sent.jsonl"
    with MailServer() as server, Ledger(path):
        ran = send(plan, server.url(), "--ledger", path)
    assert (ran.code, ran.stdout, ran.stderr) == (
        2,
        "",
        "kimplan: another run is sending with the ledger "
        f"{path}\n  hint: Wait until it ends; nothing was sent by this one.\n",
    )
    assert server.received == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk")
def test_a_ledger_that_is_no_file(plan: Path) -> None:
    with MailServer() as server:
        ran = send(plan, server.url(), "--ledger", "/dev/full")
    assert ran.code == 2
    assert ran.stderr.startswith("kimplan: the ledger /dev/full is no plain file\n")
    assert server.received == []


def test_a_file_of_somebody_else_is_no_ledger(plan: Path, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir,\n")
    with MailServer() as server:
        ran = send(plan, server.url(), "--ledger", path)
    assert ran.code == 2
    assert ran.stderr.startswith(f"kimplan: {path} is no ledger of kimplan\n")
    assert path.read_text() == "Dear Sir,\n"
    assert server.received == []


def test_the_ledger_may_not_be_inside_the_plan(plan: Path) -> None:
    ran = send(plan, "smtp://localhost", "--ledger", plan / "sent.jsonl")
    assert (ran.code, ran.stderr.splitlines()[0]) == (
        2, f"kimplan: {plan / 'sent.jsonl'} is inside the plan"
    )  # fmt: skip


def test_the_password_is_used_as_it_is() -> None:
    from kimplan.mail.server import read_server

    assert read_server(f"smtps://{LOGIN}@localhost").password == PASSWORD
