"""One call: the token, the refusals in sentences, waiting, and servers that mean no good."""

from __future__ import annotations

import math
import socket
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler

import pytest
from fake_forge import REPOSITORY, TOKEN, Answer, Forge, error, invalid, serving
from pydantic import SecretStr

from kimplan.forge import call
from kimplan.forge.address import Place
from kimplan.forge.call import Caller, Times
from kimplan.forge.errors import ForgeError, RefusedError
from kimplan.forge.patience import wait_for

LIST = f"/repos/{REPOSITORY}/issues"


def said_of(caller: Caller, path: str = LIST) -> str:
    """Return the sentence with which a call ends that must not succeed."""
    with pytest.raises(ForgeError) as caught:
        caller.ask("GET", path)
    assert TOKEN not in f"{caught.value.message}{caught.value.hint}"
    return caught.value.message


def caller_of(url: str, seconds: float = 5.0) -> Caller:
    return Caller(Place(url, REPOSITORY), SecretStr(TOKEN), Times(seconds, seconds))


def test_a_call_has_the_headers_that_the_api_asks_for(forge: Forge, caller: Caller) -> None:
    assert caller.ask("GET", LIST).data == []
    headers = forge.calls[0].headers
    assert headers["Accept"] == "application/vnd.github+json"
    assert headers["X-Github-Api-Version"] == "2022-11-28"
    assert headers["User-Agent"].startswith("kimplan/")
    assert headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (error(301, "Moved Permanently"), "the repository homes/plan has moved: Moved Permanently"),
        (error(307, ""), "the repository homes/plan has moved"),
        (error(401, "Bad credentials"), "the forge does not accept the token: Bad credentials"),
        (
            error(403, "Resource not accessible by integration"),
            "the token may not do this in homes/plan: Resource not accessible by integration",
        ),
        (
            error(404, "Not Found"),
            "the forge knows no repository homes/plan, or the token may not see it: Not Found",
        ),
        (
            error(410, "Issues are disabled for this repo."),
            "issues are turned off in homes/plan: Issues are disabled for this repo",
        ),
        (error(500, "Server Error"), "the forge answers with 500: Server Error"),
        (error(418, f"You said {TOKEN}"), "the forge answers with 418: You said …"),
        (Answer(502, b"<html>Bad gateway</html>"), "the forge answers with 502"),
        (Answer(422, []), "the forge does not take it"),
        (Answer(403, {"message": ["no", "text"]}), "the token may not do this in homes/plan"),
        (
            invalid(code="custom", field="body", message="body is too long"),
            "the forge does not take it: body is too long",
        ),
        (invalid(code="missing", field="labels"), "the forge does not take it: missing"),
    ],
)
def test_a_refusal_is_a_sentence(
    answer: Answer, sentence: str, forge: Forge, caller: Caller
) -> None:
    forge.refuse("GET /issues", answer)
    assert said_of(caller) == sentence
    assert len(forge.calls) == 1


def test_what_is_invalid_names_the_fields(forge: Forge, caller: Caller) -> None:
    forge.refuse("GET /issues", invalid(code="invalid", field="assignees", value=["ann"]))
    with pytest.raises(RefusedError) as caught:
        caller.ask("GET", LIST)
    assert caught.value.fields == {"assignees"}
    assert caught.value.codes == {"invalid"}


# Waiting


def test_a_short_wait_is_waited_for(forge: Forge, caller: Caller, waited: list[float]) -> None:
    forge.refuse("GET /issues", error(429, "Too many", Retry_After="7"), times=2)
    assert caller.ask("GET", LIST).status == 200
    assert waited == [7.0, 7.0]


def test_a_secondary_limit_without_a_time_is_a_minute(
    forge: Forge, caller: Caller, waited: list[float]
) -> None:
    limit = error(403, "You have exceeded a secondary rate limit. Please wait a few minutes.")
    forge.refuse("GET /issues", limit, times=1)
    caller.ask("GET", LIST)
    assert waited == [60.0]
    forge.refuse("GET /issues", limit, times=1)
    assert said_of(caller).startswith("the forge asks to wait: You have exceeded a secondary")
    assert waited == [60.0]


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1717136130"}, 31.0),
        (429, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1717136130"}, 31.0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1717136000"}, 0.0),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}, math.inf),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9", "Date": "?"}, math.inf),
        (403, {"X-RateLimit-Remaining": "4999"}, None),
        (403, {}, None),
        (429, {}, 60.0),
        (404, {"Retry-After": "1"}, None),
        (503, {"Retry-After": "-1"}, math.inf),
    ],
)
def test_the_servers_own_clock_counts(
    status: int, headers: dict[str, str], seconds: float | None
) -> None:
    message = Message()
    for name, value in ({"Date": "Fri, 31 May 2024 06:15:00 GMT"} | headers).items():
        message[name] = value
    assert wait_for(status, message, "") == seconds


@pytest.mark.parametrize(
    ("headers", "sentence"),
    [
        ({"Retry_After": "1800"}, "the forge asks to wait for 30 minutes: No"),
        ({"Retry_After": "Fri, 31 May 2024 06:00:00 GMT"}, "the forge asks to wait: No"),
        ({"Retry_After": "9" * 400}, "the forge asks to wait: No"),
        ({"X_RateLimit_Remaining": "0"}, "the forge asks to wait: No"),
    ],
)
def test_a_long_wait_ends_the_run(
    headers: dict[str, str], sentence: str, forge: Forge, caller: Caller, waited: list[float]
) -> None:
    forge.refuse("GET /issues", error(429, "No", **headers))
    assert said_of(caller) == sentence
    assert waited == []


def test_a_server_that_always_asks_to_wait_is_left(
    forge: Forge, caller: Caller, waited: list[float]
) -> None:
    forge.refuse("GET /issues", error(403, "No", Retry_After="0"))
    assert said_of(caller) == "the forge asks to wait: No"
    assert len(forge.calls) == len(waited) == 4


def test_a_server_that_is_away_says_when_it_is_back(
    forge: Forge, caller: Caller, waited: list[float]
) -> None:
    forge.refuse("GET /issues", error(503, "Back soon", Retry_After="3"), times=1)
    caller.ask("GET", LIST)
    forge.refuse("GET /issues", error(503, "Away"))
    assert said_of(caller) == "the forge answers with 503: Away"
    assert waited == [3.0]


def test_many_changes_are_paced(forge: Forge, caller: Caller, waited: list[float]) -> None:
    number = forge.put("text")
    for _ in range(23):
        caller.ask("PATCH", f"{LIST}/{number}", {"title": "Another"})
    assert waited == [1.0, 1.0, 1.0]


# Where the token goes


def test_the_token_goes_to_no_other_host(forge: Forge, caller: Caller) -> None:
    _Thief.asked.clear()
    with serving(_Thief) as other:
        elsewhere = {"Location": f"{other}/repos/homes/plan/issues"}
        moved = error(302, "Found")
        forge.refuse("GET /issues", moved._replace(headers=elsewhere))
        assert said_of(caller) == "the repository homes/plan has moved: Found"
        assert "to another host" in said_of(caller, f"{other}/repos/homes/plan/issues")
        assert "to another host" in said_of(caller, forge.url.replace("127.0.0.1", "localhost"))
    assert _Thief.asked == []


class _Thief(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(str(self.headers))


def test_no_proxy_leads_to_this_machine(
    forge: Forge, monkeypatch: pytest.MonkeyPatch, waited: list[float]
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    times = Times(sleep=waited.append)
    caller = Caller(Place(forge.url, REPOSITORY), SecretStr(TOKEN), times)
    assert caller.ask("GET", LIST).status == 200


def test_a_token_is_not_in_what_can_be_printed(caller: Caller) -> None:
    assert TOKEN not in repr(vars(caller))


# Servers that mean no good


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert said_of(caller_of(url)) == f"{url} cannot be reached: Connection refused"


def test_no_such_host() -> None:
    said = said_of(caller_of("https://forge.invalid"))
    assert said.startswith("https://forge.invalid cannot be reached: ")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"not HTTP at all\r\n\r\n", "does not answer as a web server does"),
        (b"", "does not answer as a web server does"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "the forge's answer is no JSON"),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe\x00", "the forge's answer is no JSON"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n[{", "the forge's answer is no JSON"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 200_000, "the forge's answer is no JSON"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"9" * 100_000, "the forge's answer is no JSON"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, "does not answer as a web server does"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000, "does not answer as a web server does"),
    ],
)
def test_an_answer_that_is_none(data: bytes, sentence: str) -> None:
    with _answering(data) as url:
        assert sentence in said_of(caller_of(url))


def test_an_answer_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "LARGEST", 100_000)
    with _answering(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 300_000) as url:
        assert said_of(caller_of(url)) == "the forge's answer is too long to be one"


def test_a_server_that_says_nothing() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert said_of(caller_of(url, seconds=0.2)) == f"{url} does not answer"


def test_a_server_that_says_a_letter_now_and_then() -> None:
    with serving(_Dripping) as url:
        assert said_of(caller_of(url, seconds=0.3)) == f"{url} does not answer"


class _Dripping(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        gone = threading.Event()
        try:
            while not gone.wait(0.05):
                self.wfile.write(b" ")
        except OSError:
            return

    def log_message(self, *args: object) -> None:
        pass


class _answering:  # noqa: N801
    """Answers one connection with some bytes, whatever is asked, and closes it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._answer)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *problem: object) -> None:
        self._thread.join()
        self._socket.close()

    def _answer(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(65536)
            try:
                connection.sendall(self._data)
            except OSError:
                return
