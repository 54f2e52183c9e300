"""KIMPLAN_SMTP_URL."""

from __future__ import annotations

import pytest

from kimplan.errors import KimplanError
from kimplan.mail.server import Security, Server, read_server

TLS, STARTTLS, NONE = Security.TLS, Security.STARTTLS, Security.NONE


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://mail.example", Server("mail.example", 465, TLS)),
        ("smtps://u:p%40%2F%3A@mail.example:4650",
         Server("mail.example", 4650, TLS, "u", "p@/:")),
        ("smtp://mail.example", Server("mail.example", 587, STARTTLS)),
        ("smtp://mail.example/?tls=no", Server("mail.example", 587, NONE)),
        ("smtp://localhost", Server("localhost", 25, NONE)),
        ("smtp://u:p@127.0.0.1:2525", Server("127.0.0.1", 2525, NONE, "u", "p")),
        ("smtp://[::1]?tls=yes&timeout=5", Server("::1", 25, STARTTLS, patience=5)),
    ],
)  # fmt: skip
def test_how_the_server_is_spoken_to(url: str, server: Server) -> None:
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "https://u:hunter2@mail.example", "u:hunter2@mail.example", "smtp://", "smtps://u:hunter2@",
        "smtp://u:hunter2@mail.example:port", "smtp://u:hunter2@mail.example:99999",
        "smtp://u:hunter2@mail.example?tls=no", "smtps://u:hunter2@mail.example?tls=no",
        "smtp://u:hunter2@mail.example?tls=maybe", "smtp://u:hunter2@mail.example?x=1",
        "smtp://u:hunter2@mail.example?timeout=0", "smtp://u:hunter2@mail.example?timeout=1e9",
        "smtp://u:hunter2@mail.example/path", "smtp://u:hunter2/@mail.example",
        "smtp://u:hunter2#@mail.example", "smtp://hunter2@mail.example", "smtp://:hunter2@m.example",
        "smtp://u:hunter2@[::1", "smtp://u:hunter2@mäil.example", "smtp://u:hunter2@ma il.example",
    ],
)  # fmt: skip
def test_an_address_that_is_no_use_is_told_without_the_password(url: str) -> None:
    with pytest.raises(KimplanError) as caught:
        read_server(url)
    said = f"{caught.value.message} {caught.value.hint}"
    assert said.startswith("the mail server's address in KIMPLAN_SMTP_URL is no use: ")
    assert "hunter2" not in said


def test_a_server_is_shown_without_its_password() -> None:
    server = read_server("smtps://u:hunter2@mail.example")
    assert "hunter2" not in f"{server} {server!r}"
