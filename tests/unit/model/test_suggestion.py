from __future__ import annotations

import pytest

from kimplan.model.suggestion import did_you_mean, nearest

KNOWN = ("green", "amber", "red", "not-applicable")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("amber", "amber"),
        ("Amber", "amber"),
        ("AMBER", "amber"),
        ("ambre", "amber"),
        ("gren", "green"),
        ("not applicable", "not-applicable"),
        ("Not_Applicable", "not-applicable"),
    ],
)
def test_a_near_name_is_suggested(name: str, meant: str) -> None:
    assert did_you_mean(name, KNOWN) == f"Did you mean '{meant}'?"


@pytest.mark.parametrize("name", ["", "blue", "x" * 100_000, "1", "\U0001f600"])
def test_nothing_is_suggested_when_nothing_is_near(name: str) -> None:
    assert did_you_mean(name, KNOWN) == ""


def test_nothing_is_suggested_when_nothing_is_known() -> None:
    assert did_you_mean("amber", ()) == ""


def test_a_suggestion_is_spelt_as_it_is_known() -> None:
    assert did_you_mean("company secretary", ["Company Secretary"]) == (
        "Did you mean 'Company Secretary'?"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("ambre", "amber"), ("gren", "green"), ("rad", "red"), ("Amberr", "amber")),
        *(("grey", ""), ("grene", "green"), ("bread", ""), ("", ""), ("x" * 100_000, "")),
        ("not-aplicabel", "not-applicable"),
    ],
)
def test_only_a_slip_of_the_fingers_is_near(name: str, meant: str) -> None:
    assert nearest(name, KNOWN) == meant


def test_of_two_that_are_as_near_neither_is_meant() -> None:
    assert nearest("cat", ["bat", "rat"]) == ""
