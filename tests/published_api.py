"""What GitHub publishes about its API, to hold calls and answers against.

Import with ``from published_api import …``.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from conftest import TESTS
from jsonschema import Draft202012Validator

_FILE = TESTS / "data" / "schemas" / "github-rest-issues.json"


@lru_cache(maxsize=1)
def description() -> Any:
    """Return the description, its schemas written as JSON Schema writes them."""
    return _plain(json.loads(_FILE.read_text(encoding="utf-8")))


def _plain(value: Any) -> Any:
    """Return an OpenAPI 3.0 description with JSON Schema's own way to say that null will do."""
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    plain = {name: _plain(inner) for name, inner in value.items() if name != "nullable"}
    # A schema that is used by others says so itself: nullable-simple-user and its like.
    return {"anyOf": [plain, {"type": "null"}]} if value.get("nullable") is True else plain


def operation(method: str, path: str) -> tuple[str, Any] | None:
    """Return the template of `path` and what is published of this call, or None."""
    for template, methods in description()["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in methods:
            return template, methods[method.lower()]
    return None


def check_call(method: str, path: str, query: dict[str, str], content: Any) -> None:
    """Assert that a call is one of those that are published, with its parameters and content."""
    found = operation(method, path)
    assert found, f"no such call: {method} {path}"
    known = {one["name"]: one["schema"] for one in map(_resolved, found[1].get("parameters", []))}
    for name, value in query.items():
        assert name in known, f"no such parameter: {name}"
        kind = known[name].get("type")
        _check(int(value) if kind == "integer" else value, known[name])
    body = found[1].get("requestBody")
    assert (content is not None) == bool(body), f"{method} {path} with {content!r}"
    if body:
        _check(content, body["content"]["application/json"]["schema"])


def check_answer(method: str, path: str, status: int, data: Any) -> None:
    """Assert that an answer is one of those that are published for this call."""
    found = operation(method, path)
    assert found
    answers = {number: _resolved(one) for number, one in found[1]["responses"].items()}
    # Every call may be answered so, whatever is published of it.
    shared = {"401": "requires_authentication", "403": "forbidden", "429": "forbidden"}
    name = shared.get(str(status), "not_found")
    answer = answers.get(str(status)) or description()["components"]["responses"][name]
    schemas = answer.get("content", {})
    if schemas:
        _check(data, schemas["application/json"]["schema"])


def _resolved(value: Any) -> Any:
    reference = value.get("$ref") if isinstance(value, dict) else None
    if not reference:
        return value
    found = description()
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return found


def _check(value: Any, schema: Any) -> None:
    whole = {**schema, "components": description()["components"]}
    errors = [error.message[:300] for error in Draft202012Validator(whole).iter_errors(value)]
    assert errors == []
