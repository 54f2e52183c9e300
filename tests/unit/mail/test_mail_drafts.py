"""The names of the files that mails stand in."""

from __future__ import annotations

import pytest

from kimplan.mail.drafts import file_stem
from kimplan.names import fault_on_windows


@pytest.mark.parametrize(
    ("role", "stem"),
    [
        ("Head of Repairs", "Head of Repairs"),
        ("CON", "CON"),
        ("nul.txt", "nul.txt"),
        ("../../etc/passwd", "etc passwd"),
        ("a:b*c?d", "a b c d"),
        (" . ", "owner"),
        ("", "owner"),
        ("A\nB\tC\x00", "A B C"),
        ("x" * 300, "x" * 80),
        ("Prif Weithredwr ŵ", "Prif Weithredwr ŵ"),
    ],
)
def test_a_role_as_a_name(role: str, stem: str) -> None:
    assert file_stem(role) == stem
    assert not fault_on_windows(f"2024-05-31 {stem}.eml")


def test_a_long_name_of_many_bytes_fits() -> None:
    assert len(file_stem("漢" * 300).encode()) <= 160
