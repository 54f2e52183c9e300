from __future__ import annotations

import pytest
from hostile_findings import ANY_FINDINGS, ERROR, INFO, WARNING
from hypothesis import given

from kimplan.characters import LOG_COMMAND
from kimplan.diagnostic import Diagnostic, Location
from kimplan.formatters.findings import errors_first, fingerprints, sentences


def moved(found: Diagnostic, by: int) -> Diagnostic:
    place = found.location
    return found._replace(location=Location(place.path, place.line + by, place.column + by))


def test_errors_come_first_and_the_order_stays_otherwise() -> None:
    second = ERROR._replace(message="Z")
    third = ERROR._replace(message="A")
    assert errors_first([INFO, WARNING, second, third]) == [second, third, WARNING, INFO]


@pytest.mark.parametrize(
    ("message", "hint", "said"),
    [
        ("it is late", "Do it.", "it is late. Do it."),
        ("It is late.", "Do it.", "It is late. Do it."),
        ("late!", "Do it.", "late! Do it."),
        ("late", "", "late"),
        ("la\nte", "Do\x1b it.", "la\\x0ate. Do\\x1b it."),
    ],
)
def test_message_and_hint_are_sentences_on_one_line(message: str, hint: str, said: str) -> None:
    assert sentences(ERROR._replace(message=message, hint=hint)) == said


def test_a_fingerprint_is_the_same_on_every_machine_and_in_every_version() -> None:
    assert fingerprints([ERROR]) == [
        "8a559e1974968767e55fe4a2a6c5393adda4fdf4c3afeff7bdc88cae7ea79dac"
    ]


@given(ANY_FINDINGS)
def test_fingerprints_differ_and_stay_when_lines_move(findings: list[Diagnostic]) -> None:
    names = fingerprints(findings)
    assert len(set(names)) == len(findings)
    assert fingerprints([moved(found, 5) for found in findings]) == names


def test_a_fingerprint_depends_on_code_path_and_message() -> None:
    others = [
        ERROR._replace(code="KP302"),
        ERROR._replace(message="B."),
        ERROR._replace(location=Location("plan/c.yaml", 3, 7)),
    ]
    assert len(set(fingerprints([ERROR, *others]))) == 4
    for other in others:
        assert fingerprints([other]) != fingerprints([ERROR])


def test_the_first_of_two_alike_keeps_its_fingerprint_when_the_second_goes() -> None:
    assert fingerprints([ERROR, moved(ERROR, 1)])[:1] == fingerprints([ERROR])


def test_a_finding_of_the_clock_keeps_its_fingerprint_from_day_to_day() -> None:
    today = ERROR._replace(code="KP701", message="61 days late on 31 May 2024")
    tomorrow = today._replace(message="62 days late on 1 June 2024")
    assert fingerprints([today]) == fingerprints([tomorrow])


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("##[error]", "?#[error]"),
        ("####[x]##[y]", "##?#[x]?#[y]"),
        ("##vso[task.x]", "?#vso[task.x]"),
        ("## [x] #[y] # #[z] ##é[", "## [x] #[y] # #[z] ##é["),
    ],
)
def test_commands_of_a_log_are_found(text: str, broken: str) -> None:
    assert LOG_COMMAND.sub("?", text) == broken
