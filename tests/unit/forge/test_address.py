"""Where the API is, which repository is meant, and what a token may be."""

from __future__ import annotations

import pytest

from kimplan.errors import KimplanError
from kimplan.forge.address import name_of, read_api, read_name
from kimplan.forge.token import find_token
from kimplan.git.remote import read_remote


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://api.github.com", "https://api.github.com"),
        (" https://forge.example.org/api/v3/ ", "https://forge.example.org/api/v3"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_api(text: str, address: str) -> None:
    assert read_api(text, "--api-url") == address


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "--api-url is no web address"),
        ("api.github.com", "--api-url is no web address"),
        ("https://", "--api-url is no web address"),
        ("https://[::1", "--api-url is no web address"),
        ("https://host:port", "--api-url is no web address"),
        ("https://ho st", "--api-url is no web address"),
        ("https://host\r\nX: y", "--api-url is no web address"),
        ("https://bücher.example", "--api-url is no web address"),
        ("http://api.github.com", "--api-url must begin with https://"),
        ("http://localhost.evil.example", "--api-url must begin with https://"),
        ("ftp://localhost", "--api-url must begin with https://"),
        ("https://ann:secret@host", "--api-url may have no user, password, question mark"),
        ("https://host/?a", "--api-url may have no user, password, question mark"),
    ],
)
def test_no_api(text: str, sentence: str) -> None:
    with pytest.raises(KimplanError) as caught:
        read_api(text, "--api-url")
    assert caught.value.message.startswith(sentence)


@pytest.mark.parametrize("name", ["homes/plan", "a/b.c_d-e", "a/.github"])
def test_a_name(name: str) -> None:
    assert read_name(f" {name} ", "--repository") == name


@pytest.mark.parametrize(
    "name",
    ["", "plan", "a/b/c", "../x", "a/..", "./b", "a b/c", "a/b?", "a/b\n", "é/b", "/b", "a/"],
)
def test_no_name(name: str) -> None:
    with pytest.raises(KimplanError, match="is no repository's name"):
        read_name(f"{name}x/" if name.endswith("\n") else name, "--repository")


@pytest.mark.parametrize(
    ("origin", "api"),
    [
        ("git@github.com:homes/plan.git", "https://api.github.com"),
        ("https://github.com/homes/plan", "https://api.github.com"),
        ("https://forge.example.org/homes/plan", "https://forge.example.org/api/v3"),
        ("https://homes.ghe.com/homes/plan", "https://api.homes.ghe.com"),
    ],
)
def test_the_origin_names_the_repository(origin: str, api: str) -> None:
    assert name_of(read_remote(origin), api) == "homes/plan"


@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        ("", "it is not known which repository the issues are for"),
        ("git@gitlab.com:homes/plan.git", "the repository came from gitlab.com, and the API is"),
        ("https://github.com/homes/plan/more", "the origin's 'homes/plan/more' is no repository's"),
    ],
)
def test_an_origin_elsewhere_names_none(origin: str, sentence: str) -> None:
    with pytest.raises(KimplanError) as caught:
        name_of(read_remote(origin), "https://api.github.com")
    assert caught.value.message.startswith(sentence)


def test_the_token_is_of_the_first_variable_that_has_one() -> None:
    both = {"KIMPLAN_FORGE_TOKEN": " mine\n", "GITHUB_TOKEN": "theirs"}
    mine, theirs = find_token(both), find_token(both | {"KIMPLAN_FORGE_TOKEN": " "})
    assert mine
    assert theirs
    assert (mine.get_secret_value(), theirs.get_secret_value()) == ("mine", "theirs")
    assert "mine" not in f"{mine!r}{mine}"
    assert find_token({}) is None


@pytest.mark.parametrize("text", ["two words", "line\nend", "é", "\x1b", "x" * 5000])
def test_what_is_no_token_is_not_shown(text: str) -> None:
    with pytest.raises(KimplanError) as caught:
        find_token({"GITHUB_TOKEN": text})
    assert caught.value.message == "what GITHUB_TOKEN holds is no token"
    assert text not in caught.value.hint
