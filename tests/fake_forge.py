"""A forge on this machine, which answers as GitHub's published description says.

It keeps the issues of one repository, holds every call and every answer against the description,
and refuses what it is told to refuse. Import with ``from fake_forge import …``.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from published_api import check_answer, check_call

TOKEN = "ghs_0123456789abcdefToken"
REPOSITORY = "homes/plan"
BOT = "github-actions[bot]"
_WHEN = "2024-05-31T06:15:00Z"
_NUMBERED = re.compile(r"/repos/homes/plan/issues/(\d+)(/comments)?")


class Call(NamedTuple):
    """A call that the forge got."""

    method: str
    path: str
    query: dict[str, str]
    content: Any
    headers: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path.removeprefix('/repos/homes/plan')}"


class Answer(NamedTuple):
    """An answer: its status, its JSON (or bytes as they are), and headers."""

    status: int
    data: Any
    headers: Mapping[str, str] = {}


class Fault(NamedTuple):
    """A refusal of the calls that `calls` fits, by ``METHOD /path``; `times` is how often."""

    calls: str
    answer: Answer
    times: int = 1_000


def error(status: int, message: str, **headers: str) -> Answer:
    """Return an error as the API answers it."""
    data = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": ""}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, data | {"status": str(status)}, named)


def invalid(**problem: Any) -> Answer:
    """Return the answer to what the API cannot take."""
    answer = error(422, "Validation Failed")
    return Answer(422, answer.data | {"errors": [{"resource": "Issue"} | problem]})


class Forge:
    """The forge: its issues by number, comments and labels, and the calls that it got.

    `user` is whose the token is, `is_app` that it is an app's; `assignable` may be assigned.
    """

    def __init__(self) -> None:
        self.user = BOT
        self.is_app = True
        self.assignable = {"ann", "bob"}
        self.labels: dict[str, Any] = {}
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: list[tuple[int, str]] = []
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.problems: list[str] = []
        self.page = 100  # issues a page at most
        self.drops_labels = False
        self.drops_assignees = False
        self.url = ""

    @property
    def said(self) -> list[str]:
        """The calls, in short."""
        return [str(call) for call in self.calls]

    @property
    def changes(self) -> list[str]:
        """The calls that change something, in short."""
        return [call for call in self.said if not call.startswith("GET") and "graphql" not in call]

    def put(self, body: str, *, user: str | None = BOT, state: str = "open", **fields: Any) -> int:
        """Keep an issue that was there before, and return its number."""
        labels = fields.pop("labels", ["kimplan-reminder"])
        issue = self._issue(fields.pop("title", "An issue"), body, labels, user)
        issue |= {"state": state} | fields
        return int(issue["number"])

    def refuse(self, calls: str, answer: Answer, times: int = 1_000) -> None:
        """Refuse the calls that `calls` fits, so often."""
        self.faults.append(Fault(calls, answer, times))

    def answer(self, call: Call) -> Answer:
        """Return the answer to a call, having held both against what is published."""
        self.calls.append(call)
        for number, fault in enumerate(self.faults):
            if fault.times > 0 and re.fullmatch(fault.calls, str(call)):
                self.faults[number] = fault._replace(times=fault.times - 1)
                return fault.answer
        if call.headers.get("Authorization") != f"Bearer {TOKEN}":
            return error(401, "Bad credentials")
        if call.path == "/graphql":
            return Answer(200, {"data": {"viewer": {"login": self.user}}})
        try:
            check_call(call.method, call.path, call.query, call.content)
            answer = self._found(call)
            check_answer(call.method, call.path, answer.status, answer.data)
        except AssertionError as problem:
            self.problems.append(f"{call}: {problem}")
            return error(500, "not as published")
        return answer

    def _found(self, call: Call) -> Answer:
        if call.path == "/user":
            if self.is_app:
                return error(403, "Resource not accessible by integration")
            return Answer(200, _public_user(self.user))
        numbered = _NUMBERED.fullmatch(call.path)
        issue = self.issues.get(int(numbered[1])) if numbered else None
        if numbered and issue:
            change = self._comment if numbered[2] else self._change
            return change(issue, call.content)
        name = call.path.removeprefix(f"/repos/{REPOSITORY}/")
        if name == "labels":
            return self._label(call.content)
        if name != "issues":
            return error(404, "Not Found")
        return self._list(call.query) if call.method == "GET" else self._open(call.content)

    def _list(self, query: dict[str, str]) -> Answer:
        found = [
            one
            for one in self.issues.values()
            if query.get("labels", "") in {label["name"] for label in one["labels"]}
            and query.get("state", "open") in {"all", one["state"]}
        ]
        found.sort(key=lambda one: one["number"], reverse=query.get("direction") != "asc")
        size = min(int(query.get("per_page", "30")), self.page)
        page = int(query.get("page", "1"))
        headers = {}
        if page * size < len(found):
            # As GitHub does, by the repository's number, and with other pages beside the next.
            address = f"{self.url}/repos/{REPOSITORY}/issues"
            following = urlencode(query | {"page": str(page + 1)})
            last = urlencode(query | {"page": "9"})
            headers["Link"] = f'<{address}?{last}>; rel="last", <{address}?{following}>; rel="next"'
        return Answer(200, found[(page - 1) * size : page * size], headers)

    def _open(self, content: Any) -> Answer:
        refused = self._refused(content)
        if refused:
            return refused
        labels = [] if self.drops_labels else content.get("labels", [])
        issue = self._issue(content["title"], content.get("body"), labels, self.user)
        self._assign(issue, content.get("assignees", []))
        return Answer(201, issue)

    def _change(self, issue: dict[str, Any], content: Any) -> Answer:
        refused = self._refused(content)
        if refused:
            return refused
        self._assign(issue, content.pop("assignees", [one["login"] for one in issue["assignees"]]))
        issue |= content
        issue["closed_at"] = _WHEN if issue["state"] == "closed" else None
        return Answer(200, issue)

    def _refused(self, content: Any) -> Answer | None:
        if len(content.get("body") or "") > 65_536:
            return invalid(code="custom", field="body", message="body is too long")
        strangers = set(content.get("assignees", [])) - self.assignable
        if strangers:
            said = f"assignees {', '.join(sorted(strangers))} cannot be assigned to this issue"
            return invalid(code="invalid", field="assignees", message=said)
        return None

    def _assign(self, issue: dict[str, Any], names: list[str]) -> None:
        issue["assignees"] = [] if self.drops_assignees else [_user(name) for name in names]
        issue["assignee"] = issue["assignees"][0] if issue["assignees"] else None

    def _comment(self, issue: dict[str, Any], content: Any) -> Answer:
        body = content["body"]
        self.comments.append((issue["number"], body))
        url, number = issue["url"], len(self.comments)
        comment = {"id": number, "node_id": f"IC_{number}", "html_url": url, "issue_url": url}
        comment |= {"url": url, "user": _user(self.user), "body": body}
        comment |= {"created_at": _WHEN, "updated_at": _WHEN, "author_association": "NONE"}
        return Answer(201, comment)

    def _label(self, content: Any) -> Answer:
        name = content["name"]
        if name in self.labels:
            return invalid(resource="Label", code="already_exists", field="name")
        self.labels[name] = self._named_label(name) | content
        return Answer(201, self.labels[name])

    def _named_label(self, name: str) -> dict[str, Any]:
        url = f"{self.url}/repos/{REPOSITORY}/labels/{name}"
        label = {"id": 1, "node_id": "LA_1", "url": url, "name": name, "default": False}
        return label | {"color": "ededed", "description": None}

    def _issue(
        self, title: str, body: str | None, labels: list[str], user: str | None
    ) -> dict[str, Any]:
        number = len(self.issues) + 1
        repository = f"{self.url}/repos/{REPOSITORY}"
        url = f"{repository}/issues/{number}"
        issue: dict[str, Any] = {
            "id": 1000 + number,
            "node_id": f"I_{number}",
            "url": url,
            "repository_url": repository,
            "labels_url": f"{url}/labels{{/name}}",
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "html_url": f"https://github.com/{REPOSITORY}/issues/{number}",
            "number": number,
            "state": "open",
            "locked": False,
            "title": title,
            "body": body,
            "user": _user(user) if user else None,
            "labels": [self._named_label(name) for name in labels],
            "assignee": None,
            "assignees": [],
            "milestone": None,
            "comments": 0,
            "created_at": _WHEN,
            "updated_at": _WHEN,
            "closed_at": None,
            "author_association": "NONE",
        }
        self.issues[number] = issue
        return issue


def _user(login: str) -> dict[str, Any]:
    url = f"https://api.github.com/users/{login}"
    kinds = ("followers", "gists", "starred", "subscriptions", "repos", "events", "following")
    links = {f"{kind}_url": f"{url}/{kind}" for kind in kinds}
    return links | {
        "login": login,
        "id": 1,
        "node_id": "U_1",
        "avatar_url": "https://avatars.githubusercontent.com/u/1",
        "gravatar_id": "",
        "url": url,
        "html_url": f"https://github.com/{login}",
        "organizations_url": f"{url}/orgs",
        "received_events_url": f"{url}/received_events",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
    }


def _public_user(login: str) -> dict[str, Any]:
    names = ("name", "company", "location", "email", "hireable", "bio")
    nothing: dict[str, Any] = dict.fromkeys(names)
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    dates = {"created_at": _WHEN, "updated_at": _WHEN}
    return _user(login) | nothing | counts | dates | {"blog": "", "user_view_type": "public"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    forge: Forge

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", "0"))
        content = json.loads(self.rfile.read(length)) if length else None
        headers = dict(self.headers.items())
        call = Call(self.command, parts.path, dict(parse_qsl(parts.query)), content, headers)
        self._write(self.forge.answer(call))

    do_POST = do_GET  # noqa: N815
    do_PATCH = do_GET  # noqa: N815

    def _write(self, answer: Answer) -> None:
        is_raw = isinstance(answer.data, bytes)
        data = answer.data if is_raw else json.dumps(answer.data).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve on a free port of this machine, and yield the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def forge_running() -> Iterator[Forge]:
    """Yield a forge that answers at its `url`; no call or answer may be other than published."""
    forge = Forge()
    handler = type("Handler", (_Handler,), {"forge": forge})
    with serving(handler) as forge.url:
        yield forge
    assert forge.problems == []
