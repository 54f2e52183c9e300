from __future__ import annotations

import pytest

from kimplan.names import fault_on_windows, file_names, is_device, without_forbidden

DEVICE = "Windows keeps this name for a device"
DROPPED = "Windows drops a full stop or a space at the end of a name"


@pytest.mark.parametrize(
    "name",
    [
        *("CON", "con", "Prn", "AUX", "NUL", "COM0", "COM9", "LPT1", "com¹", "LPT³"),
        *("CONIN$", "conout$", "NUL.yaml", "con.tar.gz", "AUX .yaml", "CON."),
    ],
)
def test_a_device_is_one_whatever_stands_behind_a_full_stop(name: str) -> None:
    assert is_device(name)
    assert fault_on_windows(name) == DEVICE


@pytest.mark.parametrize(
    "name",
    [
        *("REC1.yaml", "CONTRACT.yaml", "COM.yaml", "COM10.yaml", "LPTX", "NULL", "a.CON"),
        *("CONIN", "é.yaml", "a b.yaml", ".gitkeep", "a(1).yaml", "住宅.yaml", "a'b", "100%"),
    ],
)
def test_another_name_has_no_fault(name: str) -> None:
    assert not is_device(name)
    assert fault_on_windows(name) == ""
    assert without_forbidden(name) == name


@pytest.mark.parametrize("character", [*'<>:"/\\|?*', "\x00", "\t", "\n", "\x1f"])
def test_a_character_that_windows_cannot_hold_is_named(character: str) -> None:
    name = f"a{character}b.yaml"
    assert fault_on_windows(name) == f"Windows allows no {character!r} in a name"
    assert without_forbidden(name) == "a b.yaml"


@pytest.mark.parametrize("name", ["a.", "a ", "a.yaml ", "..", "a. "])
def test_an_end_that_windows_drops_is_told(name: str) -> None:
    assert fault_on_windows(name) == DROPPED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Head of Repairs", "Head of Repairs.ics"),
        ('A/B: "Lead"', "A B Lead.ics"),
        ("CON", "_CON.ics"),
        ("nul.", "_nul.ics"),
        ("../../etc", "etc.ics"),
        ("-o", "_-o.ics"),
        ("...", "_.ics"),
        ("a\tb\u202ec", "a b c.ics"),
        ("住" * 100, f"{'住' * 40}.ics"),
    ],
)
def test_a_text_becomes_a_name_that_every_system_can_hold(text: str, name: str) -> None:
    assert file_names([text], ".ics") == {text: name}
    assert fault_on_windows(name) == ""


def test_names_beside_one_another_are_apart_on_every_system() -> None:
    texts = ["Lead", "LEAD", "lead?", "lead 2", "Caf\u00e9", "Cafe\u0301", "Straße", "STRASSE"]
    names = file_names(texts, ".ics")
    assert list(names.values()) == [
        "Lead.ics", "LEAD 2.ics", "lead 3.ics", "lead 2 2.ics", "Caf\u00e9.ics",
        "Cafe\u0301 2.ics", "Straße.ics", "STRASSE 2.ics",
    ]  # fmt: skip
