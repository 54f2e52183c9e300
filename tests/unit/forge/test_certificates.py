"""A forge is asked through https alone, and only where its certificate can be trusted."""

from __future__ import annotations

import importlib.util
import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from fake_forge import REPOSITORY, TOKEN
from pydantic import SecretStr

from kimplan.forge.address import Place
from kimplan.forge.call import Caller, Times
from kimplan.forge.errors import ForgeError

if not importlib.util.find_spec("trustme") and os.environ.get("KIMPLAN_REQUIRE_ALL_TESTS") != "1":
    pytest.skip("trustme is not installed", allow_module_level=True)

import trustme


class _Handler(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers["Authorization"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"login": "ann"}')

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def secure_server(certificate: trustme.LeafCert) -> Iterator[str]:
    """Serve over TLS on a free port, and yield the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    _Handler.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    server.handle_error = lambda *request: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def ask(url: str) -> object:
    caller = Caller(Place(url, REPOSITORY), SecretStr(TOKEN), Times(5.0, 5.0))
    return caller.ask("GET", "/user").data


def trust(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system trust `authority`, as a company's own certificate is trusted."""
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))


def test_a_certificate_that_the_system_trusts_will_do(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(authority, tmp_path, monkeypatch)
    with secure_server(authority.issue_cert("localhost")) as url:
        assert ask(url) == {"login": "ann"}
    assert _Handler.asked == [f"Bearer {TOKEN}"]


@pytest.mark.parametrize("fault", ["unknown", "expired", "of another"])
def test_another_certificate_gets_no_token(
    fault: str, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault != "unknown":
        trust(authority, tmp_path, monkeypatch)
    begin, end = (datetime(2020, month, 1, tzinfo=UTC) for month in (1, 2))
    certificate = {
        "unknown": authority.issue_cert("localhost"),
        "expired": authority.issue_cert("localhost", not_before=begin, not_after=end),
        "of another": authority.issue_cert("forge.example.org"),
    }[fault]
    with (
        secure_server(certificate) as url,
        pytest.raises(ForgeError, match="has no certificate that can be trusted"),
    ):
        ask(url)
    assert _Handler.asked == []
