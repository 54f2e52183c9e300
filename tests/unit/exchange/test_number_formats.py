"""Numbers as a workbook shows them."""

from __future__ import annotations

import pytest

from kimplan.exchange.number_formats import format_code, show

DAY = 45474  # 1 July 2024


@pytest.mark.parametrize(
    ("value", "code", "text", "due"),
    [
        (DAY, "dd/mm/yyyy", "01/07/2024", "2024-07-01"),
        (DAY, "d mmmm yyyy", "1 July 2024", "2024-07-01"),
        (DAY, "[$-809]dddd, d mmmm yyyy;@", "Monday, 1 July 2024", "2024-07-01"),
        (DAY, "ddd d/m/yy", "Mon 1/7/24", "2024-07-01"),
        (DAY, "mmm-yy", "Jul-24", "2024-07"),
        (DAY, "mmmm yyyy", "July 2024", "2024-07"),
        (DAY, "yyyy", "2024", None),
        (DAY, "d mmm", "1 Jul", "2024-07-01"),
        (DAY + 0.5, "dd/mm/yyyy hh:mm", "01/07/2024 12:00", "2024-07-01"),
        (DAY + 0.5, "dd.mm.yyyy", "01.07.2024", "2024-07-01"),
        (0.5, "h:mm", "12:00", None),
        (0.5, "h:mm AM/PM", "12:00 PM", None),
        (60, "dd/mm/yyyy", "60", None),
        (-1, "dd/mm/yyyy", "-1", None),
        (9e9, "dd/mm/yyyy", "9000000000", None),
        (3, "General", "3", None),
        (1.1, "General", "1.1", None),
        (0.1 + 0.2, "General", "0.3", None),
        (1.1, "0.00", "1.10", None),
        (4, "@", "4", None),
        (1234.5, "£#,##0.00", "£1,234.50", None),
        (1234567, "#,##0", "1,234,567", None),
        (1234567, "#,##0,\"k\"", "1,235k", None),
        (0.255, "0%", "26%", None),
        (0.255, "0.0%", "25.5%", None),
        (7, '"REC"000', "REC007", None),
        (7, '"R"0', "R7", None),
        (12, "000", "012", None),
        (-5, "#,##0;[Red]-#,##0", "-5", None),
        (-5, "0", "-5", None),
        (1.5, "0.##", "1.5", None),
        (2, "0.##", "2", None),
        (5, '[$£-809]#,##0', "£5", None),
    ],
)  # fmt: skip
def test_a_number_as_it_is_shown(value: float, code: str, text: str, due: str | None) -> None:
    shown = show(value, code)
    assert (shown.text, shown.due.text if shown.due else None) == (text, due)


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    assert show(DAY - 1462, "dd/mm/yyyy", from_1904=True).text == "01/07/2024"


def test_formats_by_their_numbers() -> None:
    assert [format_code(number, {164: '"x"0'}) for number in (0, 14, 17, 164, 27, 999)] == [
        "General", "dd/mm/yyyy", "mmm-yy", '"x"0', "dd/mm/yyyy", "General",
    ]  # fmt: skip
