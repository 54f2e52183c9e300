"""The refs of a source: kept as they are written, where a file can have that name."""

from __future__ import annotations

import pytest

from kimplan.intake.refs import read_ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("REC1", "REC1"),
        ("Rec 4.", "Rec4"),
        ("3.2.1", "3.2.1"),
        ("CONS1", "CONS1"),
        ("CON", ""),
        ("nul.", ""),
        ("com1", ""),
        ("AUX.1", ""),
        ("a/b", ""),
        ("../z", ""),
        ("A" * 300, ""),
    ],
)
def test_a_ref_is_one_that_every_system_can_hold(text: str, ref: str) -> None:
    assert read_ref(text) == ref
