"""The issues of a repository: found by their label, opened, changed, and commented on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kimplan.forge.call import Caller
from kimplan.forge.errors import ForgeError, RefusedError

LABEL = "kimplan-reminder"
_COLOUR = "1F3A5F"
_ABOUT = "Kept up to date by kimplan from the action plan"
_A_PAGE = 50
_MOST_PAGES = 40
_NEXT = re.compile(r'<([^<>]*)>[^,<>]*;\s*rel="?next"?')
_T = TypeVar("_T")


class _Answer(BaseModel):
    """A part of what the API answers: what we read of it has the type that is published."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True, hide_input_in_errors=True)


class User(_Answer):
    """Somebody, or an app, by the name on the forge."""

    login: str = Field(min_length=1, max_length=200)


class Label(_Answer):
    """A label by its name, which old ones may lack."""

    name: str | None = None


class Issue(_Answer):
    """An issue. What has `pull_request` is none, although the API lists it among them."""

    number: int = Field(ge=1)
    html_url: str = Field(max_length=2000)
    state: Literal["open", "closed"]
    title: str
    body: str | None = None
    user: User | None = None
    labels: list[Label | str] = []
    assignees: list[User] | None = None
    pull_request: dict[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        return self.state == "open"

    @property
    def has_label(self) -> bool:
        """Whether it has our label."""
        names = (one if isinstance(one, str) else one.name or "" for one in self.labels)
        return LABEL in {name.casefold() for name in names}

    def without(self, users: Sequence[str]) -> list[str]:
        """Return those of `users` whom it is not assigned to; the forge knows no capitals."""
        assigned = {one.login.casefold() for one in self.assignees or ()}
        return [user for user in users if user.casefold() not in assigned]


class _Viewer(_Answer):
    viewer: User


class _Graph(_Answer):
    data: _Viewer


class Issues:
    """The issues of the repository that a caller calls for; all methods raise ForgeError."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self._path = f"/repos/{caller.place.name}"
        self._has_label = False

    @property
    def where(self) -> str:
        """The repository, by its owner and name."""
        return self._caller.place.name

    def viewer(self) -> str:
        """Return the name of whoever the token is of, as it stands in an issue's `user`.

        The token of an app, as that of a workflow is, may not ask who it is in the REST API; the
        other one of the same host tells it.
        """
        try:
            return _read(User, self._caller.ask("GET", "/user").data).login
        except ForgeError as error:
            if error.status not in {403, 404}:
                raise
            graph = f"{self._caller.place.api.removesuffix('/v3')}/graphql"
            reply = self._caller.ask("POST", graph, {"query": "query { viewer { login } }"})
            return _read(_Graph, reply.data).data.viewer.login

    def all(self) -> list[Issue]:
        """Return the issues with our label, open and closed ones, oldest first.

        Pages may overlap; one that is there twice is the same issue, not another of its kind.
        """
        ours = (one for one in self._pages() if one.pull_request is None and one.has_label)
        return list({one.number: one for one in ours}.values())

    def _pages(self) -> Iterator[Issue]:
        asked = {"labels": LABEL, "state": "all", "sort": "created", "direction": "asc"}
        path = f"{self._path}/issues?{urlencode(asked | {'per_page': str(_A_PAGE)})}"
        for _ in range(_MOST_PAGES):
            reply = self._caller.ask("GET", path)
            yield from _read(list[Issue], reply.data)
            following = _NEXT.search(reply.headers.get("Link", ""))
            if not following:
                return
            path = following[1]
        hint = f"Take the label {LABEL} off old ones."
        raise ForgeError(f"there are too many issues with the label {LABEL}", hint)

    def open(self, title: str, body: str, assignees: Sequence[str]) -> Issue:
        """Return the issue that was opened with our label, and assigned to these users, if any."""
        self._make_label()
        given: dict[str, object] = {"title": title, "body": body, "labels": [LABEL]}
        if assignees:
            given["assignees"] = list(assignees)
        return _read(Issue, self._caller.ask("POST", f"{self._path}/issues", given).data)

    def change(self, number: int, fields: dict[str, object]) -> Issue:
        """Return the issue of this number with `fields` of it changed."""
        path = f"{self._path}/issues/{number}"
        return _read(Issue, self._caller.ask("PATCH", path, fields).data)

    def comment(self, number: int, body: str) -> None:
        """Say something below an issue: whoever follows it is told by the forge."""
        self._caller.ask("POST", f"{self._path}/issues/{number}/comments", {"body": body})

    def _make_label(self) -> None:
        """Make our label once in a run; that it exists already is as good."""
        if self._has_label:
            return
        label = {"name": LABEL, "color": _COLOUR, "description": _ABOUT}
        try:
            self._caller.ask("POST", f"{self._path}/labels", label)
        except RefusedError as error:
            if "already_exists" not in error.codes:
                raise
        self._has_label = True


def _read(kind: type[_T], data: object) -> _T:
    """Return an answer as a `kind`; raise ForgeError where it is none."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError:
        raise ForgeError(
            "the forge's answer is not what its API is known to answer",
            "Look at the API's address: --api-url, or GITHUB_API_URL.",
        ) from None
