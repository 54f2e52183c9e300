from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kimplan.cli.options import read_as_of, today
from kimplan.errors import KimplanError


@pytest.mark.parametrize("text", ["2024-05-31", " 2024-05-31 ", "2024-05-31\n"])
def test_a_day_is_read(text: str) -> None:
    assert read_as_of(text) == date(2024, 5, 31)


def test_no_day_is_none() -> None:
    assert read_as_of(None) is None


@pytest.mark.parametrize(
    "text", ["", "today", "2024-05", "31/05/2024", "2024-02-30", "2024-05-31/2024-06-01", "٢"]
)
def test_what_is_no_day_is_told(text: str) -> None:
    with pytest.raises(KimplanError) as error:
        read_as_of(text)
    assert (error.value.message, error.value.hint) == (
        f"--as-of '{text}' is not a day",
        "Write the year, the month and the day: --as-of 2024-05-31.",
    )


def test_a_long_text_is_shortened() -> None:
    with pytest.raises(KimplanError) as error:
        read_as_of("9" * 5_000)
    assert error.value.message == f"--as-of '{'9' * 40}' is not a day"


def test_today_is_the_day_of_the_clock() -> None:
    before = datetime.now(UTC).date()
    found = today("UTC")
    assert before <= found <= datetime.now(UTC).date()
