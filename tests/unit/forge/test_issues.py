"""The issues of a repository, as the published API gives and takes them."""

from __future__ import annotations

from typing import Any

import pytest
from fake_forge import BOT, Answer, Forge, error, invalid

from kimplan.forge.call import Caller
from kimplan.forge.errors import ForgeError
from kimplan.forge.issues import Issues


@pytest.fixture
def issues(caller: Caller) -> Issues:
    return Issues(caller)


def test_all_pages_are_read_oldest_first(forge: Forge, issues: Issues) -> None:
    forge.page = 2
    for number in range(5):
        forge.put(f"text {number}", state="closed" if number % 2 else "open")
    found = issues.all()
    assert [(one.number, one.is_open) for one in found] == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
        (5, True),
    ]
    assert [call.query.get("page", "1") for call in forge.calls] == ["1", "2", "3"]
    assert {call.query["state"] for call in forge.calls} == {"all"}


def test_what_is_no_issue_of_ours_is_left_out(forge: Forge, issues: Issues) -> None:
    urls = dict.fromkeys(("url", "html_url", "diff_url", "patch_url"))
    forge.put("a pull request", pull_request=urls)
    forge.put("without the label", labels=["bug"])
    kept = forge.put("ours")
    assert [one.number for one in issues.all()] == [kept]


def test_an_issue_that_two_pages_hold_is_one(forge: Forge, issues: Issues) -> None:
    number = forge.put("one")
    again = {"Link": f'<{forge.url}/repos/homes/plan/issues?labels=kimplan-reminder>; rel="next"'}
    forge.refuse("GET /issues", Answer(200, [forge.issues[number]], again), times=1)
    assert [one.number for one in issues.all()] == [number]


def test_a_next_page_on_another_host_is_refused(forge: Forge, issues: Issues) -> None:
    link = {"Link": '<https://thief.example/repos/homes/plan/issues?page=2>; rel="next"'}
    forge.refuse("GET /issues", Answer(200, [], link))
    with pytest.raises(ForgeError, match="to another host"):
        issues.all()


def test_pages_without_an_end_are_left(forge: Forge, issues: Issues) -> None:
    link = {"Link": f'<{forge.url}/repos/homes/plan/issues?page=2>; rel="next"'}
    forge.refuse("GET /issues", Answer(200, [], link))
    with pytest.raises(ForgeError, match="too many issues with the label kimplan-reminder"):
        issues.all()
    assert len(forge.calls) == 40


@pytest.mark.parametrize(
    "data",
    [
        {"message": "no list"},
        None,
        [1],
        [{"number": 1}],
        [{"number": "1", "title": "x", "state": "open", "html_url": ""}],
        [{"number": 1, "title": "x", "state": "ajar", "html_url": ""}],
        [{"number": 1, "title": "x", "state": "open", "html_url": "", "user": "ann"}],
        [{"number": -1, "title": "x", "state": "open", "html_url": ""}],
    ],
)
def test_an_answer_of_another_shape_is_refused(data: Any, forge: Forge, issues: Issues) -> None:
    forge.refuse("GET /issues", Answer(200, data))
    with pytest.raises(ForgeError, match="is not what its API is known to answer"):
        issues.all()


def test_an_app_asks_elsewhere_who_it_is(forge: Forge, issues: Issues) -> None:
    assert issues.viewer() == BOT
    assert forge.said == ["GET /user", "POST /graphql"]


def test_the_other_api_of_a_server_stands_beside_the_first(forge: Forge) -> None:
    caller = Caller(*_parts(f"{forge.url}/api/v3"))
    forge.refuse("GET /api/v3/user", error(403, "Resource not accessible by integration"))
    forge.refuse("POST /api/graphql", Answer(200, {"data": {"viewer": {"login": "app[bot]"}}}))
    assert Issues(caller).viewer() == "app[bot]"


def _parts(url: str) -> Any:
    from fake_forge import REPOSITORY, TOKEN
    from pydantic import SecretStr

    from kimplan.forge.address import Place

    return Place(url, REPOSITORY), SecretStr(TOKEN)


def test_a_person_is_known_at_once(forge: Forge, issues: Issues) -> None:
    forge.user, forge.is_app = "ann", False
    assert issues.viewer() == "ann"
    assert forge.said == ["GET /user"]


@pytest.mark.parametrize("status", [401, 500, 429])
def test_whoever_is_refused_asks_no_further(status: int, forge: Forge, issues: Issues) -> None:
    forge.refuse("GET /user", error(status, "No", Retry_After="900"))
    with pytest.raises(ForgeError):
        issues.viewer()
    assert forge.said == ["GET /user"]


def test_the_label_is_made_once(forge: Forge, issues: Issues) -> None:
    first, second = issues.open("One", "text", ()), issues.open("Two", "text", ["ann"])
    assert forge.changes == ["POST /labels", "POST /issues", "POST /issues"]
    assert [one["name"] for one in forge.issues[2]["labels"]] == ["kimplan-reminder"]
    assert (first.without(["ann"]), second.without(["Ann"])) == (["ann"], [])
    assert (second.number, second.title, second.body) == (2, "Two", "text")


def test_a_label_that_is_there_is_as_good(forge: Forge, issues: Issues) -> None:
    forge.labels["kimplan-reminder"] = {}
    assert issues.open("One", "text", ()).has_label


def test_a_label_that_cannot_be_made_is_said(forge: Forge, issues: Issues) -> None:
    forge.refuse("POST /labels", invalid(resource="Label", code="missing_field", field="name"))
    with pytest.raises(ForgeError, match="the forge does not take it: missing_field"):
        issues.open("One", "text", ())
    assert forge.issues == {}
